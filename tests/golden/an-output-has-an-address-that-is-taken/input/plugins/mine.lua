return { outputs = function(site)
  return {
    { address = "index.html", text = "x" },
    { address = "../x.txt", text = "x" },
    { address = "a/b.txt" },
    { address = "fine.txt", text = "x" },
  }
end }

-- visit: a page type.
local visit = { template = "lesson.html", fields = { who = list(record{ name = text, age = integer }) } }

function visit.check(page, report)
  report({ "who", 2, "name" }, "nobody is called so")
  report({ "who", 1 }, "perhaps", { warning = true, help = "ask" })
  report({ "nothing" }, "far off")
end

return visit

-- greeting: a page type.
local greeting = { template = "lesson.html", fields = { name = text{ required = true } } }
function greeting.check(page, report)
  if page.name == "You" then report({ "name" }, "that is no name") end
end
return greeting

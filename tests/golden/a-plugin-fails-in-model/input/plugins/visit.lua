-- visit: a page type.
local visit = { template = "lesson.html" }

function visit.model(page)
  return { words = page.name .. "!" }
end

return visit

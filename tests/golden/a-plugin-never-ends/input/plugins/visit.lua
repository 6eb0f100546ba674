-- visit: a page type.
local visit = { template = "lesson.html" }

function visit.model(page)
  while true do end
end

return visit

-- visit: a page type.
local visit = { template = "lesson.html" }

function visit.model(page)
  local words = "x"
  while true do words = words .. words end
end

return visit

-- visit: a page type.
local visit = { fields = { name = text } }

function visit.check(page, report)
  local n = #page.name
end

return visit

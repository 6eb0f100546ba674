-- visit: a page type.
local visit = { fields = { names = list(text) } }

function visit.check(page, report)
  page.names[1] = "x"
end

return visit

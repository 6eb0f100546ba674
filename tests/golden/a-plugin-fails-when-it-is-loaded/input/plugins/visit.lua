-- visit: a page type.
local visit = { fields = { name = txt } }
visit.name.of = 1
return visit

-- visit: a page type.
local visit = {
return visit

-- visit: a page type.
local visit = {}

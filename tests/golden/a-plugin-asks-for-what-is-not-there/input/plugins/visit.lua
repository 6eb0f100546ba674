-- visit: a page type.
local file = io.open("/etc/passwd")
return {}

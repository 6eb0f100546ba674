-- visit: a page type.
return { fields = { name = 5 } }

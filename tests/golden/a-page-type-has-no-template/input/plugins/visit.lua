-- visit: a page type.
return {}

-- visit: a page type.
local visit = { fields = {}, template = "lesson.html" }

function visit.site(site)
  find_pages(site, { title = "First" })
end

return visit

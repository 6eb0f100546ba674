-- site: the page type of a site's own page, its index.md.  Its template shows the courses, and its script
-- how far one is with each.
local site_page = { default = "site", done = "none" }

-- Most keys are the address, and so is the link from the front page.
local function add_counting(list, pages)
  for _, page in ipairs(pages) do
    if page.counts then
      table.insert(list, page.key == page.url and page.key or { key = page.key, href = page.url })
    end
  end
end

function site_page.model(_, site)
  local courses = {}
  for i, course in ipairs(site.courses) do
    local pages = {}
    for _, module in ipairs(course.modules) do add_counting(pages, module.pages) end
    add_counting(pages, course.pages)
    courses[i] = { id = course.id, pages = pages, renamed = course.renamed }
  end
  return { courses = courses }
end

return site_page

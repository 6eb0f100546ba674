-- site: the page type of a site's own page, its index.md.  Its template shows the courses, and its script
-- how far one is with each.
local site_page = { default = "site", done = "none" }

-- Most keys are the address, and so is the link from the front page.
local function add_counting(list, pages)
  for _, page in ipairs(pages) do
    if page.counts then
      local key = page.key
      list[#list + 1] = key == page.address and key or { key = key, href = page.url }
    end
  end
end

-- What the script needs to know of a course; asked for one by one, as there may be many.
local function counted(course)
  local pages = {}
  for _, module in ipairs(course.modules) do add_counting(pages, module.pages) end
  add_counting(pages, course.pages)
  return { id = course.id, pages = pages, renamed = course.renamed }
end

function site_page.model()
  return { counted = counted }
end

return site_page

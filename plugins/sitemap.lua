-- sitemap: `sitemap.xml`, all pages for search engines, for sites that say in `url` where they will be published.
local sitemap = {}

local MOST_PAGES = 50000    -- in one file, as sitemaps.org says

local function homes_of(site)
  local homes, seen = {}, {}
  local function add(page)
    if not seen[page.home] then table.insert(homes, page.home) end
    seen[page.home] = true
  end
  local function add_all(pages)
    for _, page in ipairs(pages) do add(page) end
  end
  add(site.page)
  add_all(site.pages)
  for _, course in ipairs(site.courses) do
    add(course.page)
    for _, module in ipairs(course.modules) do
      add(module.page)
      add_all(module.pages)
    end
    add_all(course.pages)
  end
  return homes
end

-- A file of the `entries` from `first` to `last`, each an address in an element.
local function file_of(address, root, element, entries, first, last)
  local lines = { '<?xml version="1.0" encoding="UTF-8"?>', "<" .. root .. ' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">' }
  for i = first, last do
    lines[#lines + 1] = "<" .. element .. "><loc>" .. xml(entries[i]) .. "</loc></" .. element .. ">"
  end
  lines[#lines + 1] = "</" .. root .. ">\n"
  return { address = address, text = table.concat(lines, "\n") }
end

function sitemap.outputs(site)
  if edition == "facilitator" or not site.page.home then return {} end
  local homes = homes_of(site)
  if #homes <= MOST_PAGES then return { file_of("sitemap.xml", "urlset", "url", homes, 1, #homes) } end
  local top = site.page.home:gsub("[^/]*$", "")
  local files, addresses = {}, {}
  for first = 1, #homes, MOST_PAGES do
    local name = "sitemap-" .. #files + 1 .. ".xml"
    addresses[#addresses + 1] = top .. name
    files[#files + 1] = file_of(name, "urlset", "url", homes, first, math.min(first + MOST_PAGES - 1, #homes))
  end
  table.insert(files, file_of("sitemap.xml", "sitemapindex", "sitemap", addresses, 1, #addresses))
  return files
end

return sitemap

-- visit: a page type whose site() says what find_pages() gives.
local visit = { fields = {}, template = "lesson.html" }

function visit.site(site, report)
  local function say(place, filter, what)
    for number, page in ipairs(find_pages(place, filter)) do
      report(page, number .. " of " .. what, { warning = true })
    end
  end
  local course = site.courses[1]
  say(site, { type = "visit" }, "the visits of the site")
  say(course, { block = "term" }, "the pages of the course with a term")
  say(course.modules[1], { type = "visit", block = "term" }, "the visits of the module with a term")
  say(course.modules[1].pages[1], { type = "glossary" }, "no page")
  say(course.modules[1].pages[1], { type = "visit" }, "a page that is a visit")
  say(course.modules[1], {}, "the module")
end

return visit

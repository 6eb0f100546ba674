-- results: a page of the facilitator's site: records of learners are dropped on it, scored anew, and shown:
-- who has finished, and which questions are good.  Its script and styles stand on that page alone.
local questions = shared("questions")

local files = { "turns", "zip", "table", "statistics", "roster", "grading", "gathering", "intake", "plots", "views", "stay", "results" }

local results = { functions = {} }

-- The courses, and what is outside of them if that is to be done: records are of the one or the other.
local function parts_of(site)
  local parts = {}
  for _, course in ipairs(site.courses) do table.insert(parts, course) end
  for _, page in ipairs(site.pages) do
    if page.facts and page.facts.edition then
      table.insert(parts, { id = "", title = site.title, modules = {}, pages = site.pages })
      break
    end
  end
  return parts
end

-- Known while any page is made; nothing where the plugin is switched off.
function results.site(site)
  return { has_page = edition == "facilitator" and #parts_of(site) > 0 }
end

-- Where the page is, for templates that lead to it; nil where there is none.
function results.functions.results_url()
  if overview and overview.has_page then return asset("results.html") end
end

-- All editions that were kept; those of today's quizzes are made once more if the folder has lost them.
local function keys_of(parts)
  local all = {}
  for name, key in pairs(editions()) do all[name] = key end
  local function look(pages)
    for _, page in ipairs(pages) do
      local name = page.facts and page.facts.edition
      local quiz = name and not all[name] and fields_of(page)
      if quiz then
        local _, key = questions.edition(quiz, (quiz.answers or "open") == "open")
        keep_edition(name, key)
        all[name] = editions()[name]
      end
    end
  end
  for _, part in ipairs(parts) do
    look(part.pages)
    for _, module in ipairs(part.modules) do look(module.pages) end
  end
  return all
end

local function add_pages(list, pages, module)
  for _, page in ipairs(pages) do
    local name = page.facts and page.facts.edition
    if page.counts or name then
      table.insert(list, {
        key = page.key, title = page.title, module = module, url = page.url, counts = page.counts, edition = name,
      })
    end
  end
end

local function course_of(course)
  local pages = {}
  for _, module in ipairs(course.modules) do add_pages(pages, module.pages, module.title) end
  add_pages(pages, course.pages)
  return { id = course.id, title = course.title, pages = pages, renamed = course.renamed }
end

local function script()
  local parts = {}
  for i, name in ipairs(files) do parts[i] = file_text("js/results/" .. name .. ".js") end
  return table.concat(parts, "\n")
end

function results.outputs(site)
  local parts, courses = parts_of(site), {}
  if edition ~= "facilitator" or #parts == 0 then return {} end
  for i, part in ipairs(parts) do courses[i] = course_of(part) end
  local js, css = script(), file_text("css/results.css")
  return {
    { address = "results.js", text = js },
    { address = "results.css", text = css },
    {
      address = "results.html", template = "results.html", title = word("results-title"),
      data = {
        courses = courses, editions = keys_of(parts), more_words = "results-",
        js_version = identity(js):sub(1, 8), css_version = identity(css):sub(1, 8),
      },
    },
  }
end

return results

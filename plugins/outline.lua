-- outline: the plan of every course for those who approve it: modules, pages, objectives and minutes, as
-- a page to print and as a table for a spreadsheet.
local outline = {
  optional = true,
  options = { title = text{ help = "The title of the page." } },
}

local function rows_of(course)
  local rows = {}
  for _, module in ipairs(course.modules) do
    for _, page in ipairs(module.pages) do
      local objectives = {}
      for i, objective in ipairs(page.objectives) do objectives[i] = objective end
      table.insert(rows, {
        module = module.title, label = module.label, page = page.title, type = page.type_name,
        minutes = page.minutes, objectives = objectives,
      })
    end
  end
  return rows
end

local function table_of(rows)
  local cells = { { word("outline-module"), word("outline-page"), word("outline-type"), word("outline-minutes"), word("outline-objectives") } }
  for i, row in ipairs(rows) do
    cells[i + 1] = { row.module, row.page, row.type, row.minutes or "", table.concat(row.objectives, "; ") }
  end
  return csv(cells)
end

function outline.outputs(site)
  local files = {}
  for _, course in ipairs(site.courses) do
    local rows = rows_of(course)
    local folder = course.page.address:gsub("[^/]*$", "")
    table.insert(files, { address = folder .. "outline.csv", text = table_of(rows) })
    table.insert(files, {
      address = folder .. "outline.html", template = "outline.html",
      title = (options.title or word("outline-title")) .. ": " .. course.title,
      data = { name = course.title, summary = course.summary, rows = rows, minutes = course.minutes },
    })
  end
  return files
end

-- For templates: a link to the outline of a course; nil where none is made.
outline.functions = {
  outline_url = function(course)
    return options and (url(course):gsub("[^/]*$", "outline.html")) or nil
  end,
}

return outline

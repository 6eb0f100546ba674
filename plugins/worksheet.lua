-- worksheet: a lesson with places to write, to be filled in on screen or on paper.
local worksheet = {
  done = "filled",
  sheet = true,
  fields = { header = list(text, { help = "What stands at its top, such as Name and Date." }) },
}

function worksheet.model(page)
  local labels = {}
  for _, label in ipairs(page.header) do table.insert(labels, label) end
  if #labels == 0 and page.course and page.course.header then
    for _, label in ipairs(page.course.header) do table.insert(labels, label) end
  end
  local header = {}
  for i, label in ipairs(labels) do
    header[i] = { label = label, id = "header-" .. slug(label) }
  end
  return { header = header }
end

return worksheet

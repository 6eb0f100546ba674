-- categorize: items to sort into groups.
local rows = shared("rows")

local categorize = { fields = {
  prompt = markdown{ required = true, help = "The question." },
  groups = map(list_or_one(markdown), { required = true, help = "What belongs into each group." }),
  partial = boolean{ help = "Points for each item that is right." },
} }

function categorize.check(question, report)
  local count, groups = 0, {}    -- groups: the name of that in which an item is
  for name, group in pairs(question.groups) do
    count = count + 1
    if #group == 0 then
      report({ "groups", name }, "the group '" .. name .. "' has no items", { help = "list them below it, each behind `- `" })
    end
    local function path_of(i) return #group > 1 and { "groups", name, i } or { "groups", name } end
    rows.check_twice(group, path_of, "%s is in the group '" .. name .. "' twice", report)
    for i, item in ipairs(group) do
      local text = item:text()
      if groups[text] and groups[text] ~= name then report(path_of(i), "'" .. text .. "' is in two groups") end
      groups[text] = text ~= "" and name or nil
    end
  end
  if count < 2 then
    report({ "groups" }, "there " .. (count == 1 and "is only one group" or "are no groups"), {
      help = "write at least two below `groups:`, each with its items",
    })
  end
end

function categorize.model(question)
  local written, names = {}, {}
  for name, group in pairs(question.groups) do
    local title = html(name)
    table.insert(names, title)
    for _, item in ipairs(group) do table.insert(written, { content = item, option = title }) end
  end
  local model = rows.model(question, written)
  model.options = rows.named(names)
  return model
end

return categorize

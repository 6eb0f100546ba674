-- steps: each heading, or each item of its one numbered list, is a step with a large numeral.
local steps = {}

local function typed_number(text)
  return string.match(text, "^[Ss]tep%s+%d+[:.]?%s*")
end

local function each_step(block)
  local found = block.content:sections()
  if #found > 0 then return found, true end
  local list = {}
  local items = block.content:items()
  for i, item in ipairs(items) do list[i] = { content = item } end
  return list, false, items.start
end

function steps.check(block, report)
  local found, has_headings = each_step(block)
  if #found == 0 then
    report({}, "there is no step in it", { help = "each step is a heading with its text, or an item of one numbered list" })
  end
  for _, step in ipairs(found) do
    local text = has_headings and step.text or step.content:text()
    if typed_number(text) then
      report(has_headings and step or {}, "'" .. string.sub(text, 1, 30) .. "': steps are numbered by themselves", {
        warning = true, help = "leave out 'Step' and its number",
      })
    end
  end
end

function steps.model(block)
  local made = {}
  local found, _, start = each_step(block)    -- a list that begins with `3.` goes on from there
  for i, step in ipairs(found) do
    local heading = step.heading
    local typed = heading and typed_number(step.text)
    if typed then heading = heading:after(typed) end
    made[i] = { number = i + (start or 1) - 1, id = step.id, heading = heading, level = step.level, content = step.content }
  end
  return { steps = made, before = found.before }
end

return steps

-- choose-all: several of the choices are right, and all of them are wanted.
local choice = arrow{ "text", "feedback" }

local choose_all = { fields = {
  prompt = markdown{ required = true },
  right = list_or_one(choice),
  wrong = list_or_one(choice),
  choices = list(record{ right = markdown, wrong = markdown, feedback = markdown, pin = boolean }),
  partial = boolean,
} }

function choose_all.check(question, report)
  local rights, count = #question.right, #question.right + #question.wrong + #question.choices
  local seen = {}
  local function see(path, text)
    if seen[text] then report(path, "this choice stands here twice: '" .. text .. "'") end
    seen[text] = true
  end
  for i, right in ipairs(question.right) do see({ "right", i }, right.text:text()) end
  for i, wrong in ipairs(question.wrong) do see({ "wrong", i }, wrong.text:text()) end
  for i, item in ipairs(question.choices) do
    if (item.right and 1 or 0) + (item.wrong and 1 or 0) ~= 1 then
      report({ "choices", i }, "a choice begins with either `right:` or `wrong:`")
    else
      see({ "choices", i }, (item.right or item.wrong):text())
    end
    if item.right then rights = rights + 1 end
  end
  local place = #question.choices > 0 and { "choices" } or #question.wrong > 0 and { "wrong" } or {}
  if count == 0 then
    report({}, "this question has no choices", { help = "write lists below `right:` and `wrong:`" })
  elseif rights == 0 then
    report(place, "none of the " .. count .. " choices is right", { help = "mark at least two with `right:`" })
  elseif rights == 1 then
    report(#question.right > 0 and { "right" } or place, "exactly one choice is right",
      { warning = true, help = "write `choose-one` when only one answer is right" })
  end
end

function choose_all.model(question)
  local listed, ids = {}, {}
  local function add(text, feedback, is_right)
    local id = identity(text:text())
    table.insert(listed, { id = id, content = text, feedback = feedback, is_right = is_right })
    table.insert(ids, id)
  end
  for _, item in ipairs(question.choices) do
    add(item.right or item.wrong, item.feedback, item.right ~= nil)
  end
  local is_ordered = #listed > 0
  for _, right in ipairs(question.right) do add(right.text, right.feedback, true) end
  for _, wrong in ipairs(question.wrong) do add(wrong.text, wrong.feedback, false) end
  local choices, feedback, right = {}, {}, {}
  local order = is_ordered and {} or fixed_order(question.source, ids)
  for i = 1, #listed do
    local one = listed[order[i] or i]
    choices[i] = one
    if one.feedback then feedback[one.id] = one.feedback end
    if one.is_right then table.insert(right, one.id) end
  end
  return {
    choices = choices, feedback = feedback,
    key = { right = right, partial = question.partial or false },
  }
end

return choose_all

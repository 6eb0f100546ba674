-- choose-one: exactly one of several choices is right.
local choice = arrow{ "text", "feedback" }

local choose_one = { fields = {
  prompt = markdown{ required = true },
  right = choice,
  wrong = list_or_one(choice),
  choices = list(record{ right = markdown, wrong = markdown, feedback = markdown, pin = boolean }),
} }

function choose_one.check(question, report)
  local rights = question.right and 1 or 0
  local seen = {}
  local function see(path, text)
    if seen[text] then report(path, "this choice stands here twice: '" .. text .. "'") end
    seen[text] = true
  end
  if question.right then see({ "right" }, question.right.text:text()) end
  for i, wrong in ipairs(question.wrong) do see({ "wrong", i }, wrong.text:text()) end
  for i, item in ipairs(question.choices) do
    if (item.right and 1 or 0) + (item.wrong and 1 or 0) ~= 1 then
      report({ "choices", i }, "a choice begins with either `right:` or `wrong:`")
    else
      see({ "choices", i }, (item.right or item.wrong):text())
    end
    if item.right then rights = rights + 1 end
  end
  local count = (question.right and 1 or 0) + #question.wrong + #question.choices
  local place = #question.choices > 0 and { "choices" } or #question.wrong > 0 and { "wrong" } or {}
  if count == 0 then
    report({}, "this question has no choices", { help = "write `right:` and, below `wrong:`, a list" })
  elseif rights == 0 then
    report(place, count == 1 and "the one choice is not right" or "none of the " .. count .. " choices is right",
      { help = "mark one with `right:`" })
  elseif rights > 1 then
    report(place, rights .. " choices are right", { help = "write `choose-all` for several right answers" })
  elseif count == 1 then
    report({ "right" }, "there is only one choice", { help = "write the others below `wrong:`" })
  end
end

function choose_one.model(question)
  local listed, ids, texts = {}, {}, {}
  local function add(text, feedback, is_right)
    local id = identity(text:text())
    table.insert(listed, { id = id, content = text, feedback = feedback, is_right = is_right })
    table.insert(ids, id)
  end
  for _, item in ipairs(question.choices) do
    add(item.right or item.wrong, item.feedback, item.right ~= nil)
  end
  local is_ordered = #listed > 0
  if question.right then add(question.right.text, question.right.feedback, true) end
  for _, wrong in ipairs(question.wrong) do add(wrong.text, wrong.feedback, false) end
  local choices, feedback, right = {}, {}, {}
  local order = is_ordered and {} or fixed_order(question.source, ids)
  for i = 1, #listed do
    local one = listed[order[i] or i]
    choices[i] = one
    if one.feedback then feedback[one.id] = one.feedback end
    if one.is_right then table.insert(right, one.id) end
  end
  return { choices = choices, feedback = feedback, key = { right = right } }
end

return choose_one

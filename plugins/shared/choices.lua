-- choices: what the question types share whose answer is one or several of a list.
-- The author writes `right:` and `wrong:`, which say nothing about the order, or `choices:`, a list
-- in the order in which it is to be seen.
local choices = {}

-- The list under `choices:`.
function choices.field()
  return list(record{ right = markdown, wrong = markdown, feedback = markdown, pin = boolean })
end

-- Every choice of a question in the order in which it is written: { content, feedback, is_right,
-- path }, where `path` says where it stands.  `rights` is the list of those under `right:`.
local function written(question, rights)
  local all = {}
  local function add(path, content, feedback, is_right)
    table.insert(all, { path = path, content = content, feedback = feedback, is_right = is_right })
  end
  for i, item in ipairs(question.choices) do
    if item.right or item.wrong then
      add({ "choices", i }, item.right or item.wrong, item.feedback, item.right ~= nil)
    end
  end
  for i, right in ipairs(rights) do
    add(#rights > 1 and { "right", i } or { "right" }, right.text, right.feedback, true)
  end
  for i, wrong in ipairs(question.wrong) do add({ "wrong", i }, wrong.text, wrong.feedback, false) end
  return all
end

-- Report what is wrong with any choice.  Gives how many there are, how many are right, and the path
-- at which to say something of all of them.
function choices.check(question, rights, report)
  local all, seen, right_count = written(question, rights), {}, 0
  for i, item in ipairs(question.choices) do
    if (item.right and 1 or 0) + (item.wrong and 1 or 0) ~= 1 then
      report({ "choices", i }, "a choice begins with either `right:` or `wrong:`")
    end
  end
  for _, choice in ipairs(all) do
    local text = choice.content:text()
    if seen[text] then report(choice.path, "this choice stands here twice: '" .. text .. "'") end
    seen[text] = true
    if choice.is_right then right_count = right_count + 1 end
  end
  local place = #question.choices > 0 and { "choices" } or #question.wrong > 0 and { "wrong" } or {}
  return #all, right_count, place
end

-- What the template and the scorer need: the choices in the order in which they are shown, each with
-- its identity, the feedback by identity, and the identities of those that are right.
function choices.model(question, rights)
  local all, ids = written(question, rights), {}
  for i, choice in ipairs(all) do
    choice.id = identity(choice.content:text())
    ids[i] = choice.id
  end
  local order = #question.choices > 0 and {} or fixed_order(question.source, ids)
  local shown, feedback, right = {}, {}, {}
  for i = 1, #all do
    local choice = all[order[i] or i]
    shown[i] = { id = choice.id, content = choice.content }
    if choice.feedback then feedback[choice.id] = choice.feedback end
    if choice.is_right then table.insert(right, choice.id) end
  end
  return { choices = shown, feedback = feedback, key = { right = right } }
end

return choices

-- choices: what the question types share whose answer is one or several of a list.
-- The author writes `right:` and `wrong:`, which say nothing about the order, or `choices:`, a list
-- in the order in which it is to be seen.
local choices = {}

-- The list under `choices:`.
function choices.field()
  return list(record{
    right = markdown{ help = "A choice that is right." },
    wrong = markdown{ help = "A choice that is wrong." },
    feedback = markdown{ help = "Shown to whoever takes it." },
    pin = boolean{ help = "It stays in its place when choices are mixed." },
  })
end

-- What stands under `right:`: of choose-one a text, of choose-all a list of them.
local function rights(question)
  local right = question.right
  if not right then return {} end
  return right.text and { right } or right
end

-- Every choice of a question in the order in which it is written: { content, feedback, is_right, pin,
-- under, number, item }, where it is the item `number` of what stands `under` that key.  Empty for a
-- question that has none.
function choices.written(question)
  local all, listed = {}, question.choices
  if not listed then return all end
  for i, item in ipairs(listed) do
    local right = item.right
    local content = right or item.wrong
    if content then
      all[#all + 1] = {
        content = content, feedback = item.feedback, is_right = right ~= nil, pin = item.pin, under = "choices", number = i, item = item,
      }
    end
  end
  local function add(under, list)
    for i, item in ipairs(list) do
      all[#all + 1] = {
        content = item.text, feedback = item.feedback, is_right = under == "right", under = under, number = i, item = item,
      }
    end
  end
  add("right", rights(question))
  add("wrong", question.wrong)
  return all
end

-- Where a choice stands.
local function path_of(choice, question)
  if choice.under == "right" and #rights(question) == 1 then return { "right" } end
  return { choice.under, choice.number }
end

-- "All of the above" means something only where the author says what is above.
local function check_above(question, all, report)
  local above = word_or_nil("above-words")
  if not above or #question.choices > 0 then return end
  for _, choice in ipairs(all) do
    if choice.text:lower():find(above, 1, true) then
      report(path_of(choice, question), "'" .. choice.text .. "' needs an order, and `right:` and `wrong:` have none", {
        warning = true,
        help = "list all choices below `choices:` in your order, this one with `pin: true`; or make it several right answers with choose-all",
      })
    end
  end
end

-- Where the choices are mixed on screen, what speaks of those above it must stay where it is.
function choices.check_mixed(question, path, report)
  local above = word_or_nil("above-words")
  for i, item in ipairs(above and question.choices or {}) do
    local content = item.right or item.wrong
    if content and not item.pin and content:text():lower():find(above, 1, true) then
      local place = {}
      for j, step in ipairs(path) do place[j] = step end
      table.insert(place, "choices")
      table.insert(place, i)
      report(place, "'" .. content:text() .. "' needs its place, and `shuffle` moves it", {
        warning = true, help = "write `pin: true` below it",
      })
    end
  end
end

-- What is wrong with one choice, whatever the others are.
local function check_choice(question, choice, report)
  if choice.content:is_empty() then report(path_of(choice, question), "this choice has no text") end
  if choice.item["feedback-source"] == "" then
    report(path_of(choice, question), "there is no text behind the arrow `=>`", { help = "write the feedback behind it, or leave it out" })
  end
end

-- A picture that is described nowhere was reported as such.
local function check_twice(question, choice, seen, report)
  local text, source = choice.text, choice.item["text-source"]
  local is_reported = text == "" and (choice.content:is_empty() or (source and source:find("![]", 1, true)))
  if seen[text] and text ~= "" then
    report(path_of(choice, question), "this choice stands here twice: '" .. text .. "'")
  elseif seen[text] and not is_reported then
    report(path_of(choice, question), "no words tell this choice from another", { help = "describe its picture: `![what it shows](...)`" })
  end
  seen[text] = true
end

-- Report what is wrong with any choice.  Gives how many there are, how many are right, and the path
-- at which to say something of all of them; nothing when it is not clear which are the choices.
function choices.check(question, report)
  local all, seen, right_count = choices.written(question), {}, 0
  if #question.choices > 0 and #rights(question) + #question.wrong > 0 then
    report({ "choices" }, "`choices:` cannot stand beside `right:` and `wrong:`", {
      help = "put all of them below `choices:`, each with `- right:` or `- wrong:` before it",
    })
    return
  end
  for i, item in ipairs(question.choices) do
    if (item.right and 1 or 0) + (item.wrong and 1 or 0) ~= 1 then
      report({ "choices", i }, "a choice begins with either `right:` or `wrong:`")
    end
  end
  for _, choice in ipairs(all) do
    choice.text = choice.content:text()
    check_choice(question, choice, report)
    check_twice(question, choice, seen, report)
    if choice.is_right then right_count = right_count + 1 end
  end
  check_above(question, all, report)
  local place = #question.choices > 0 and { "choices" } or #question.wrong > 0 and { "wrong" } or {}
  return #all, right_count, place
end

-- What the template and the scorer need: the choices in the order in which they are shown, each with
-- its identity, the feedback by identity, and the identities of those that are right.
function choices.model(question)
  local all, ids = choices.written(question), {}
  for i, choice in ipairs(all) do
    choice.id = identity(choice.content:text())
  end
  local is_free = #question.choices == 0
  -- from an order that says nothing, so that what fixed_order() avoids says nothing either
  if is_free then table.sort(all, function(one, other) return one.id < other.id end) end
  for i, choice in ipairs(all) do ids[i] = choice.id end
  local order = is_free and fixed_order(question.source, ids) or {}
  local shown, feedback, right, answers = {}, {}, {}, {}
  for i = 1, #all do
    local choice = all[order[i] or i]
    shown[i] = { id = choice.id, content = choice.content, pin = choice.pin or false }
    if edition == "facilitator" then
      answers[i] = { text = choice.content, feedback = choice.feedback, is_right = choice.is_right }
    end
    if choice.feedback then feedback[choice.id] = choice.feedback end
    if choice.is_right then right[#right + 1] = choice.id end
  end
  return { choices = shown, feedback = feedback, key = { right = right }, answers = answers }
end

return choices

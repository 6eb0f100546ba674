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

-- Give `take` every choice in the order in which it is written: its content, its feedback, whether it is right, and what is
-- written of it, which is the item `number` of what stands `under` that key.
local function each(question, take)
  for i, item in ipairs(question.choices) do
    local right = item.right
    local content = right or item.wrong
    if content then take(content, item.feedback, right ~= nil, item, "choices", i) end
  end
  for i, item in ipairs(rights(question)) do take(item.text, item.feedback, true, item, "right", i) end
  for i, item in ipairs(question.wrong) do take(item.text, item.feedback, false, item, "wrong", i) end
end

-- All of them: { content, feedback, is_right, item, under, number }.  Empty for a question that has none.
function choices.written(question)
  local all = {}
  if not question.choices then return all end
  each(question, function(content, feedback, is_right, item, under, number)
    all[#all + 1] = { content = content, feedback = feedback, is_right = is_right, item = item, under = under, number = number }
  end)
  return all
end

-- Where a choice stands.
local function path_of(question, under, number)
  if under == "right" and #rights(question) == 1 then return { "right" } end
  return { under, number }
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

-- Is it a picture that is described nowhere?  That was reported as such.
local function is_reported(text, content, item)
  local source = item["text-source"]
  return text == "" and (content:is_empty() or (source and source:find("![]", 1, true)))
end

-- Report what is wrong with any choice.  Gives how many there are, how many are right, and the path
-- at which to say something of all of them; nothing when it is not clear which are the choices.
function choices.check(question, report)
  local listed = question.choices
  local is_listed = #listed > 0
  if is_listed and #rights(question) + #question.wrong > 0 then
    report({ "choices" }, "`choices:` cannot stand beside `right:` and `wrong:`", {
      help = "put all of them below `choices:`, each with `- right:` or `- wrong:` before it",
    })
    return
  end
  for i, item in ipairs(listed) do
    if (item.right and 1 or 0) + (item.wrong and 1 or 0) ~= 1 then
      report({ "choices", i }, "a choice begins with either `right:` or `wrong:`")
    end
  end
  local seen, count, right_count = {}, 0, 0
  local above = not is_listed and word_or_nil("above-words")
  each(question, function(content, feedback, is_right, item, under, number)
    local text = content:text()
    local function say(message, options) report(path_of(question, under, number), message, options) end
    if text == "" and content:is_empty() then say("this choice has no text") end
    if feedback and item["feedback-source"] == "" then
      say("there is no text behind the arrow `=>`", { help = "write the feedback behind it, or leave it out" })
    end
    if seen[text] and text ~= "" then
      say("this choice stands here twice: '" .. text .. "'")
    elseif seen[text] and not is_reported(text, content, item) then
      say("no words tell this choice from another", { help = "describe its picture: `![what it shows](...)`" })
    end
    -- "all of the above" means something only where the author says what is above
    if above and text:lower():find(above, 1, true) then
      say("'" .. text .. "' needs an order, and `right:` and `wrong:` have none", {
        warning = true,
        help = "list all choices below `choices:` in your order, this one with `pin: true`; or make it several right answers with choose-all",
      })
    end
    seen[text] = true
    count = count + 1
    if is_right then right_count = right_count + 1 end
  end)
  local place = is_listed and { "choices" } or #question.wrong > 0 and { "wrong" } or {}
  return count, right_count, place
end

-- What the template and the scorer need: the choices in the order in which they are shown, each with
-- its identity, the feedback by identity, and the identities of those that are right.
function choices.model(question)
  local all, feedback, is_right, ids = {}, {}, {}, {}
  each(question, function(content, own, right, item, under)
    local id = identity(content:text())
    all[#all + 1] = { id = id, content = content, pin = under == "choices" and item.pin or false }
    feedback[id], is_right[id] = own, right
  end)
  local is_free = #question.choices == 0
  -- from an order that says nothing, so that what fixed_order() avoids says nothing either
  if is_free then table.sort(all, function(one, other) return one.id < other.id end) end
  for i, choice in ipairs(all) do ids[i] = choice.id end
  local order = is_free and fixed_order(question.source, ids) or {}
  local shown, right, answers = {}, {}, {}
  for i = 1, #all do
    local choice = all[order[i] or i]
    local id = choice.id
    shown[i] = choice
    if is_right[id] then right[#right + 1] = id end
    if edition == "facilitator" then
      answers[i] = { text = choice.content, feedback = feedback[id], is_right = is_right[id] }
    end
  end
  return { choices = shown, feedback = feedback, key = { right = right }, answers = answers }
end

return choices

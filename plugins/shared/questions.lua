-- questions: what a quiz page, a quiz inside a lesson and a group of questions have in common.
local choices = shared("choices")
local questions = {}

-- The list under `questions:`.
function questions.field()
  return list(variant("questions", {
    id = text{ help = "What answers are kept under, when the prompt is not to be." },
    points = integer{ min = 1, max = 100, help = "What it counts; left out, 1." },
    attempts = integer{ min = 1, max = 99, help = "How often this question may be answered." },
    pin = boolean{ help = "Stays in its place when questions are mixed." },
    hints = list_or_one(markdown, { help = "Shown one by one, when asked for." }),
    explanation = markdown{ help = "Why the right answer is right; shown when it has been answered." },
    ["if-right"] = markdown{ help = "Shown when it is right." },
    ["if-wrong"] = markdown{ help = "Shown when it is wrong." },
    objective = text{ help = "What it asks for; results are shown by it." },
    tags = list_or_one(text, { help = "Words of your own." }),
    facilitator = markdown{ help = "For the facilitator alone." },
  }, {
    ["multiple-choice"] = "write choose-one for one right answer, choose-all for several",
    ["single-choice"] = "write choose-one",
    ["multiple-answer"] = "write choose-all",
    ["multiple-response"] = "write choose-all",
    ["multi-select"] = "write choose-all",
    ["checkboxes"] = "write choose-all",
    ["truefalse"] = "write true-false",
    ["yes-no"] = "write true-false, or choose-one with the choices Yes and No",
    ["text"] = "write short-answer for a few words that are checked, essay for a text that is not",
    ["open"] = "write short-answer for a few words that are checked, essay for a text that is not",
    ["free-text"] = "write short-answer for a few words that are checked, essay for a text that is not",
    ["number"] = "write numeric",
    ["calculated"] = "write numeric",
    ["match"] = "write matching",
    ["pairs"] = "write matching, with the pairs below `pairs:`",
    ["order"] = "write ordering",
    ["sequence"] = "write ordering",
    ["ranking"] = "write ordering",
    ["drag-and-drop"] = "write matching, ordering or categorize: they need no dragging",
    ["sort"] = "write categorize to sort into groups, ordering to put in order",
    ["classify"] = "write categorize",
    ["cloze"] = "write fill-in, with the answers in braces: `Responding is a {choice}.`",
    ["gaps"] = "write fill-in, with the answers in braces: `Responding is a {choice}.`",
    ["fill-in-the-blank"] = "write fill-in, with the answers in braces: `Responding is a {choice}.`",
    ["missing-words"] = "write fill-in, with the answers in braces: `Responding is a {choice}.`",
    ["question"] = "begin with the type: choose-one for one right answer, choose-all for several, true-false",
  }), { required = true, min = 1 })
end

-- What answers are kept under: the author's id, else type and prompt.  What is in braces may be an
-- answer, and no trace of it is to be in an id.
local function identity_of(question)
  local source = question.source
  if source:find("{", 1, true) then source = source:gsub("%b{}", "{}") end
  return question.id or identity(question.type .. "\n" .. source)
end

-- Every question that is answered, in the order of the file: { question, id, unit, unit_id, inner }.
-- `unit` is the place in the list of what is drawn and shuffled as one, `inner` that in a group.
local function flat(written)
  local all = {}
  for i, question in ipairs(written) do
    local id, group = identity_of(question), question.questions
    if not group then all[#all + 1] = { question = question, id = id, unit = i, unit_id = id } end
    for j, inner in ipairs(group or {}) do
      all[#all + 1] = { question = inner, id = identity_of(inner), unit = i, unit_id = id, inner = j }
    end
  end
  return all
end

-- Where a question of the list stands in the file.
local function path_of(entry)
  if entry.inner then return { "questions", entry.unit, "questions", entry.inner } end
  return { "questions", entry.unit }
end

local function below(path, key)
  local longer = {}
  for i, step in ipairs(path) do longer[i] = step end
  table.insert(longer, key)
  return longer
end

-- Everything that has an identity must have one of its own: questions, and groups of them, also those
-- of another quiz on the same page.
local function check_identities(quiz, all, report)
  local places = {}
  local function check(entry, what)
    local id = entry.id
    local other = places[id] or (not claim("question " .. id) and "one of another quiz on this page")
    if other and entry.question.id then
      report(below(path_of(entry), "id"), "the id '" .. id .. "' is already that of " .. other)
    elseif other then
      report(path_of(entry), "this question is the same as " .. other, {
        help = "give one of them an `id:` of its own, under which its answers are kept",
      })
    end
    places[id] = what
  end
  for i, question in ipairs(quiz.questions) do
    if question.id == "" then report({ "questions", i, "id" }, "this id is empty") end
    if question.questions then
      check({ question = question, id = identity_of(question), unit = i }, "the group before question " .. #all)
    end
  end
  for i, entry in ipairs(all) do check(entry, "question " .. i) end
end

-- Report keys of the quiz that contradict its questions, or each other.
local function check_keys(quiz, all, report)
  local count, pinned = #quiz.questions, 0
  if quiz.draw and quiz.draw > count then
    report({ "draw" }, "'draw' is " .. quiz.draw .. ", but there " ..
      (count == 1 and "is 1 question" or "are " .. count .. " questions"), { if_fine = true })
  end
  for _, question in ipairs(quiz.questions) do pinned = pinned + (question.pin and 1 or 0) end
  if quiz.draw and pinned > quiz.draw then
    report({ "draw" }, pinned .. " questions are pinned, and only " .. quiz.draw .. " drawn")
  end
  local is_scored = false
  for _, entry in ipairs(all) do is_scored = is_scored or entry.question.type ~= "essay" end
  if quiz.pass and #all > 0 and not is_scored then
    report({ "pass" }, "nothing in this quiz counts towards 'pass'", {
      warning = true, help = "essays are marked by the learner; leave `pass` out, or add a question that is checked",
    })
  end
  for _, key in ipairs({ "pass", "attempts" }) do
    if quiz.answers == "absent" and quiz[key] then
      report({ key }, "'" .. key .. "' has no effect where no answer is checked", {
        warning = true, help = "leave it out, or leave out `answers: absent`",
      })
    end
  end
  if quiz.shuffle == "choices" or quiz.shuffle == "both" then
    for _, entry in ipairs(all) do choices.check_mixed(entry.question, path_of(entry), report) end
  end
end

-- Advice, for `lectern check`.

local function has_explanation(question)
  for _, key in ipairs({ "explanation", "if-wrong", "if-right", "model-answer", "rubric" }) do
    if question[key] then return true end
  end
  for _, choice in ipairs(choices.written(question)) do
    if choice.feedback then return true end
  end
  for _, list in ipairs({ "accept", "wrong" }) do    -- of short-answer
    for _, one in ipairs(question[list] or {}) do
      if one.feedback then return true end
    end
  end
  return false
end

-- One sentence for all of them, at the first.
local function advise_on_explanations(all, report)
  local numbers, first = {}, nil
  for number, entry in ipairs(all) do
    if not has_explanation(entry.question) then
      first = first or entry
      table.insert(numbers, tostring(number))
    end
  end
  if not first then return end
  local message = "question " .. numbers[1] .. " explains nothing"
  if #numbers > 1 then
    local last = table.remove(numbers)
    message = "questions " .. table.concat(numbers, ", ") .. " and " .. last .. " explain nothing"
  end
  report(path_of(first), message, {
    advice = true, help = "a learner who was wrong wants to know why: write `explanation:`",
  })
end

local function advise_on_prompt(entry, report)
  local list = word_or_nil("negative-words")
  if not list then return end
  local negative, count = {}, 0
  for one in list:gmatch("%S+") do negative[one] = true end
  if entry.question.type == "essay" then return end
  for one in (entry.question.prompt:split()):text():lower():gsub("’", "'"):gmatch("[^%s%p]+'?%a*") do
    if negative[one] or one:match("n't$") then count = count + 1 end
  end
  if count > 1 then
    report(path_of(entry), "this question has a double negative", {
      advice = true, help = "ask for what is so, rather than for what is not",
    })
  end
end

-- Say `message` when `is_so` holds for all of at least three questions.
local function advise_on_all(some, is_so, message, help, report)
  if #some < 3 then return end
  for _, entry in ipairs(some) do
    if not is_so(entry) then return end
  end
  report({ "questions" }, message:format(#some), { advice = true, help = help })
end

local function is_right_longest(entry)
  local right, wrong = 0, 0
  for _, choice in ipairs(choices.written(entry.question)) do
    local length = utf8.len(choice.content:text()) or 0
    if choice.is_right then right = math.max(right, length) else wrong = math.max(wrong, length) end
  end
  return right > wrong
end

local function place_of_right(entry)
  for i, choice in ipairs(choices.written(entry.question)) do
    if choice.is_right then return i end
  end
end

local function advise(all, report)
  local of_one, in_order, statements = {}, {}, {}
  for _, entry in ipairs(all) do
    local type = entry.question.type
    if type == "choose-one" then table.insert(of_one, entry) end
    if type == "choose-one" and #entry.question.choices > 0 then table.insert(in_order, entry) end
    if type == "true-false" then table.insert(statements, entry) end
    advise_on_prompt(entry, report)
  end
  advise_on_explanations(all, report)
  advise_on_all(of_one, is_right_longest, "in all %d questions the right choice is the longest",
    "shorten it, or write the others as fully", report)
  advise_on_all(in_order, function(entry) return place_of_right(entry) == place_of_right(in_order[1]) end,
    "in all %d questions with `choices:` the right one is at the same place",
    "move it, or write `right:` and `wrong:`, which have no order", report)
  advise_on_all(statements, function(entry) return entry.question.answer == statements[1].question.answer end,
    "all %d statements have the same answer", "turn some of them round", report)
end

-- Report what is wrong with a quiz: a page, or what is in a fenced block.
function questions.check(quiz, report)
  local all = flat(quiz.questions)
  check_identities(quiz, all, report)
  check_keys(quiz, all, report)
  if wants_advice then advise(all, report) end
end

-- From what was written to what the templates and the script need.

-- A key without what is only shown: feedback, a model of an essay.
local function scoring_part(key)
  if type(key) ~= "table" then return not (type(key) == "userdata" and type(key.is_empty) == "function") and key or nil end
  local part = {}
  for name, value in pairs(key) do
    if value == false then part[name] = false else part[name] = scoring_part(value) end
  end
  return part
end

-- What is kept of a question for the results page: how answers are scored, and in which words it was asked; `own` is what
-- its type makes of it.  The unit is said of the questions of a group.  And the identities of its parts.
local function asked_of(entry, own)
  local question, parts, words = entry.question, identities_in(own)
  local tags = {}
  for i, tag in ipairs(question.tags) do tags[i] = tag end
  return {
    id = entry.id, type = question.type, points = question.points or own.points or 1,
    unit = entry.unit_id ~= entry.id and entry.unit_id or nil, key = scoring_part(own.key), attempts = question.attempts,
    prompt = (question.prompt:split()):text(), words = words, objective = question.objective, tags = tags,
  }, parts
end

-- The edition of a quiz, which stands for all by which it is scored, see docs/reference/record.md; and what is kept of it.
-- Both are the same whichever edition of the site is made.  Where the site holds no key, its edition must not tell the key
-- either.
local function edition_of(quiz, asked, parts, is_open)
  local list = {}
  for i, one in ipairs(asked) do
    list[i] = { id = one.id, type = one.type, points = one.points, unit = one.unit, parts = parts[i], key = is_open and one.key or nil }
  end
  return identity(veiled({ pass = quiz.pass, draw = quiz.draw, questions = list })), {
    pass = quiz.pass, draw = quiz.draw, attempts = quiz.attempts, isOpen = is_open, questions = asked,
  }
end

-- The same for those who have not made the model of the quiz.
function questions.edition(quiz, is_open)
  local asked, parts = {}, {}
  for number, entry in ipairs(flat(quiz.questions)) do
    local question = entry.question
    asked[number], parts[number] = asked_of(entry, model_of("questions", question.type, question))
  end
  return edition_of(quiz, asked, parts, is_open)
end

local function question_model(entry, number, settings)
  local question, id = entry.question, entry.id
  local own = model_of("questions", question.type, question)
  local asked, parts
  if not settings.edition then asked, parts = asked_of(entry, own) end
  local points = question.points or own.points or 1
  own.id, own.name, own.number = id, "q-" .. id, number
  local hints = {}
  for i, hint in ipairs(question.hints) do hints[i] = hint end
  local prompt, more = own.prompt, nil
  if not prompt then prompt, more = question.prompt:split() end
  own.label = prompt:text()
  local secret = {
    key = own.key or {},
    feedback = own.feedback,
    explanation = question.explanation,
    ifRight = question["if-right"],
    ifWrong = question["if-wrong"],
  }
  return {
    id = id, number = number, type = question.type, points = points,
    type_name = word_or_nil("type-" .. question.type) or question.type,
    prompt = prompt, more = more, hints = hints,
    own = own,
    answers = edition == "facilitator" and {
      list = own.answers or {}, rubric = own.rubric, model_answer = own.model_answer,
      explanation = question.explanation,
      if_right = question["if-right"], if_wrong = question["if-wrong"], note = question.facilitator,
    } or nil,
    data = {
      id = id, type = question.type, number = number, points = points, unit = entry.unit_id,
      attempts = question.attempts, objective = question.objective,
      key = settings.is_open and veiled(secret) or nil,
    },
    asked = asked, parts = parts,
  }
end

-- The pages of the course that teach an objective: whose `objectives` hold it, or begin with it.
local function pages_for(objective, course)
  local found, wanted = {}, objective:lower()
  local function look(pages)
    for _, page in ipairs(pages) do
      for _, written in ipairs(page.objectives) do
        if written:lower():sub(1, #wanted) == wanted then
          table.insert(found, { title = page.title, url = url(page) })
          break
        end
      end
    end
  end
  for _, module in ipairs(course and course.modules or {}) do look(module.pages) end
  if course then look(course.pages) end
  return found
end

local function objectives_of(all, course)
  local list, seen = {}, {}
  for _, entry in ipairs(all) do
    local objective = entry.question.objective
    if objective and not seen[objective] then
      seen[objective] = true
      table.insert(list, { text = objective, pages = pages_for(objective, course) })
    end
  end
  return #list > 0 and list or nil
end

-- { units, points, scored, count, data, kept }: `scored` are the points without essays; units are what is
-- drawn and shuffled as one, each { id, questions, text, note, from, to }, where `text` is what a
-- group's questions share.  Of `settings`, `edition` is that of the quiz where it is known already; else
-- `kept` is what is to be kept of it.
function questions.model(quiz, settings)
  local units, data, points, scored, asked, parts = {}, {}, 0, 0, {}, {}
  local all = flat(quiz.questions)
  for number, entry in ipairs(all) do
    local question = quiz.questions[entry.unit]
    local unit = units[entry.unit]
    if not unit then
      local is_group = question.questions ~= nil
      unit = {
        id = entry.unit_id, questions = {}, pin = question.pin or false,
        text = is_group and question.prompt or nil, from = number,
        note = is_group and edition == "facilitator" and question.facilitator or nil,
      }
      units[entry.unit] = unit
    end
    local model = question_model(entry, number, settings)
    unit.to = number
    table.insert(unit.questions, model)
    data[number] = model.data
    asked[number], parts[number] = model.asked, model.parts
    points = points + model.points
    if entry.question.type ~= "essay" then scored = scored + model.points end
  end
  local name, kept = settings.edition, nil
  if not name then name, kept = edition_of(quiz, asked, parts, settings.is_open) end
  return {
    units = units, count = #all, points = points, scored = scored, kept = kept,
    data = {
      pass = quiz.pass, attempts = quiz.attempts, showResults = settings.show_results,
      draw = quiz.draw, shuffle = quiz.shuffle, questions = data, objectives = objectives_of(all, settings.course), edition = name,
    },
  }
end

return questions

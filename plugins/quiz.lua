-- quiz: a page of questions that check themselves in the browser.
local quiz = {
  default = "yaml",
  done = "quiz",
  fields = {
    intro = markdown,
    pass = percent{ help = "How much of the points it takes; left out, there is nothing to pass." },
    attempts = integer{ min = 1, max = 99 },
    ["show-results"] = one_of{ "each", "end" },
    answers = one_of{ "open", "absent" },
    draw = integer{ min = 1 },
    shuffle = one_of{ "choices", "questions", "both" },
    questions = list(variant("questions", {
      id = text,
      points = integer{ min = 1, max = 100 },
      hints = list_or_one(markdown),
      explanation = markdown,
      ["if-right"] = markdown,
      ["if-wrong"] = markdown,
      objective = text,
      tags = list_or_one(text),
      facilitator = markdown,
    }, {
      ["multiple-choice"] = "write choose-one for one right answer, choose-all for several",
      ["single-choice"] = "write choose-one",
      ["multiple-answer"] = "write choose-all",
      ["multiple-response"] = "write choose-all",
      ["multi-select"] = "write choose-all",
      ["question"] = "begin with the type: choose-one for one right answer, choose-all for several, true-false",
    }), { required = true, min = 1 }),
  },
}

-- What answers are kept under: the author's id, else type and prompt.
local function identity_of(question)
  return question.id or identity(question.type .. "\n" .. question.source)
end

function quiz.check(page, report)
  local places = {}
  for i, question in ipairs(page.questions) do
    local id = identity_of(question)
    if places[id] and question.id then
      report({ "questions", i, "id" }, "the id '" .. id .. "' is already that of question " .. places[id])
    elseif places[id] then
      report({ "questions", i }, "this question is the same as question " .. places[id], {
        help = "give one of them an `id:` of its own, under which its answers are kept",
      })
    end
    places[id] = i
  end
  if page.draw and page.draw > #page.questions then
    report({ "draw" }, "'draw' is " .. page.draw .. ", but there " ..
      (#page.questions == 1 and "is 1 question" or "are " .. #page.questions .. " questions"))
  end
end

local function question_model(page, question, number)
  local own = model_of("questions", question.type, question)
  local id = identity_of(question)
  own.id, own.name, own.number = id, "q" .. number, number
  local hints = {}
  for i, hint in ipairs(question.hints) do hints[i] = hint end
  local open = page.answers ~= "absent"
  local secret = {
    key = own.key,
    feedback = own.feedback,
    explanation = question.explanation,
    ifRight = question["if-right"],
    ifWrong = question["if-wrong"],
  }
  local points = question.points or own.points or 1
  local prompt, more = question.prompt:split()
  return {
    id = id, number = number, type = question.type, points = points,
    type_name = word_or_nil("type-" .. question.type) or question.type,
    prompt = prompt, more = more, hints = hints,
    body = render("questions/" .. question.type .. ".html", own),
    data = { id = id, type = question.type, points = points, key = open and veiled(secret) or nil },
  }
end

function quiz.model(page)
  local questions, data, points = {}, {}, 0
  for i, question in ipairs(page.questions) do
    questions[i] = question_model(page, question, i)
    data[i] = questions[i].data
    points = points + questions[i].points
  end
  return {
    intro = page.intro, pass = page.pass, attempts = page.attempts, points = points,
    show_results = page["show-results"] or "each", answers = page.answers or "open",
    questions = questions,
    data = {
      pass = page.pass, attempts = page.attempts, showResults = page["show-results"] or "each",
      questions = data,
    },
  }
end

return quiz

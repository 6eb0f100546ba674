-- quiz: a few questions inside a lesson, in a fenced block; each is checked by itself, at once.
local questions = shared("questions")

local quiz = {
  form = "fence",
  list = "questions",
  fields = {
    attempts = integer{ min = 1, max = 99, help = "How often each question may be answered." },
    shuffle = one_of{ "choices", "questions", "both", help = "What is mixed anew for each attempt." },
    counts = boolean{ help = "Is the lesson read to its end only when these questions have been answered?" },
    questions = questions.field(),
  },
}

function quiz.check(block, report)
  questions.check(block.fields, report)
end

function quiz.model(block, page)
  local model = questions.model(block.fields, { is_open = true, show_results = "each", course = page.course })
  model.counts, model.kept = block.fields.counts or false, nil
  return model
end

return quiz

-- essay: a text in one's own words, which no machine marks: the learner does, by the rubric.
local essay = { fields = {
  prompt = markdown{ required = true, help = "The question." },
  lines = integer{ min = 1, max = 60, help = "How many lines there are on paper." },
  words = integer{ min = 1, max = 10000, help = "How many words are expected; never more than a hint." },
  ["model-answer"] = markdown{ help = "A good answer, for the learner afterwards and for the facilitator." },
  rubric = map(integer{ min = 1, max = 100 }, { help = "What is looked for, and the points for it." }),
} }

local function sum(rubric)
  local points = 0
  for _, most in pairs(rubric) do points = points + most end
  return points
end

function essay.check(question, report)
  local points = sum(question.rubric)
  if question.points and points > 0 and question.points ~= points then
    report({ "points" }, "the rubric gives " .. points .. " points, not " .. question.points, {
      help = "leave `points:` out: they are the sum of the rubric",
    })
  end
end

function essay.model(question)
  local rubric, points = {}, sum(question.rubric)
  for name, most in pairs(question.rubric) do table.insert(rubric, { name = name, points = most }) end
  return {
    lines = question.lines or 6, words = question.words, points = points > 0 and points or nil,
    key = { rubric = rubric, model = question["model-answer"] },
    rubric = #rubric > 0 and rubric or nil, model_answer = question["model-answer"],
  }
end

return essay

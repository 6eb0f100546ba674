-- group: a text or picture with several questions below it, which are drawn and shuffled as one.
local questions = shared("questions")

local group = { fields = {
  prompt = markdown{ required = true, help = "The question." },
  questions = questions.field(),
} }

function group.check(question, report)
  for i, inner in ipairs(question.questions) do
    if inner.questions then
      report({ "questions", i }, "a group cannot stand in a group", { help = "begin it at the left, with `- group:`" })
    end
    if inner.pin then
      report({ "questions", i, "pin" }, "the questions of a group stay together", { help = "write `pin:` at the group" })
    end
  end
  for _, key in ipairs({ "points", "attempts", "explanation", "if-right", "if-wrong", "objective" }) do
    if question[key] then
      report({ key }, "a group has no '" .. key .. "' of its own", { help = "write it in the questions of the group" })
    end
  end
  if #question.hints > 0 then
    report({ "hints" }, "a group has no 'hints' of its own", { help = "write it in the questions of the group" })
  end
end

return group

-- short-answer: a few words that are typed, and compared with those that are accepted.
local accepting = shared("accepting")
local answer = arrow{ "text", "feedback" }

local short_answer = { fields = {
  prompt = markdown{ required = true, help = "The question." },
  accept = list_or_one(answer, { required = true, min = 1, help = "The answers that are right." }),
  wrong = list_or_one(answer, { help = "Answers that are wrong, with what to say of them." }),
  exact = boolean{ help = "Letter by letter, with capitals and all." },
  accents = one_of{ "ignore", "matter", help = "Whether accents matter." },
} }

-- The answers of a list as they were written: they are words to compare, not Markdown.
local function sources(list)
  local all = {}
  for i, one in ipairs(list) do all[i] = one["text-source"] end
  return all
end

local function check_arrows(list, key, report)
  for i, one in ipairs(list) do
    if one["feedback-source"] == "" then
      report({ key, i }, "there is no text behind the arrow `=>`", { help = "write the feedback behind it, or leave it out" })
    end
  end
end

function short_answer.check(question, report)
  local accepted = sources(question.accept)
  local seen = accepting.check(accepted, question, function(i) return { "accept", i } end, report)
  accepting.check(sources(question.wrong), question, function(i) return { "wrong", i } end, report, seen)
  accepting.check_rules(question, report)
  check_arrows(question.accept, "accept", report)
  check_arrows(question.wrong, "wrong", report)
  if #accepted == 1 and accepted[1]:find(",%s") then
    report({ "accept" }, "this is one answer, with a comma in it", {
      advice = true, help = "if there are several, write each on a line of its own, behind `- `",
    })
  end
end

local function keyed(list)
  local all = {}
  for i, one in ipairs(list) do all[i] = { text = one["text-source"], feedback = one.feedback } end
  return all
end

function short_answer.model(question, page)
  local answers = {}
  for _, one in ipairs(question.accept) do
    table.insert(answers, { text = html(one["text-source"]), feedback = one.feedback, is_right = true })
  end
  for _, one in ipairs(question.wrong) do
    table.insert(answers, { text = html(one["text-source"]), feedback = one.feedback, is_right = false })
  end
  return {
    key = { accept = keyed(question.accept), wrong = keyed(question.wrong), rules = accepting.rules(question, page) },
    answers = answers,
  }
end

return short_answer

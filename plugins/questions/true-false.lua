-- true-false: a statement that is true, or is not.
local true_false = { fields = {
  prompt = markdown{ required = true, help = "The question." },
  answer = boolean{ required = true, help = "Whether it is true." },
} }

function true_false.model(question)
  local answer = tostring(question.answer)
  return { key = { right = answer }, answers = { { text = html(word(answer)), is_right = true } } }
end

return true_false

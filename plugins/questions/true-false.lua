-- true-false: a statement that is true, or is not.
local true_false = { fields = {
  prompt = markdown{ required = true },
  answer = boolean{ required = true },
} }

function true_false.model(question)
  return { key = { right = tostring(question.answer) } }
end

return true_false

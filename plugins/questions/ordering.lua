-- ordering: items to put in the order in which the author wrote them.
local rows = shared("rows")

local ordering = { fields = {
  prompt = markdown{ required = true, help = "The question." },
  items = list(markdown, { required = true, min = 2, help = "The items in their right order." }),
  partial = boolean{ help = "Points for each item in its place." },
} }

function ordering.check(question, report)
  rows.check_twice(question.items, function(i) return { "items", i } end, "%s is in the list twice", report)
end

function ordering.model(question)
  local all, ids, answers = rows.named(question.items), {}, {}
  for i, item in ipairs(all) do
    ids[i] = item.id
    answers[i] = { text = item.content, place = i, is_right = true }
  end
  return { items = rows.mixed(question.source, all), key = { right = ids, partial = question.partial or false }, answers = answers }
end

return ordering

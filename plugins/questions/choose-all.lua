-- choose-all: several of the choices are right, and all of them are wanted.
local choices = shared("choices")
local choice = arrow{ "text", "feedback" }

local choose_all = { fields = {
  prompt = markdown{ required = true, help = "The question." },
  right = list_or_one(choice),
  wrong = list_or_one(choice),
  choices = choices.field(),
  partial = boolean{ help = "Points for each choice that is as it should be." },
} }

function choose_all.check(question, report)
  local count, right, place = choices.check(question, report)
  if not count then return end
  if count == 0 then
    report({}, "this question has no choices", { help = "write lists below `right:` and `wrong:`" })
  elseif right == 0 then
    report(place, "none of the " .. count .. " choices is right", { help = "mark at least two with `right:`" })
  elseif right == 1 then
    report(#question.right > 0 and { "right" } or place, "exactly one choice is right",
      { warning = true, help = "write `choose-one` when only one answer is right" })
  end
end

function choose_all.model(question)
  local model = choices.model(question)
  model.key.partial = question.partial or false
  return model
end

return choose_all

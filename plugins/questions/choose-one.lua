-- choose-one: exactly one of several choices is right.
local choices = shared("choices")
local choice = arrow{ "text", "feedback" }

local choose_one = { fields = {
  prompt = markdown{ required = true, help = "The question." },
  right = choice,
  wrong = list_or_one(choice),
  choices = choices.field(),
} }

function choose_one.check(question, report)
  local count, right, place = choices.check(question, report)
  if not count then return end
  if count == 0 then
    report({}, "this question has no choices", { help = "write `right:` and, below `wrong:`, a list" })
  elseif right == 0 then
    report(place, count == 1 and "the one choice is not right" or "none of the " .. count .. " choices is right",
      { help = "mark one with `right:`" })
  elseif right > 1 then
    report(place, right .. " choices are right", { help = "write `choose-all` for several right answers" })
  elseif count == 1 then
    report({ "right" }, "there is only one choice", { help = "write the others below `wrong:`" })
  end
end

choose_one.model = choices.model

return choose_one

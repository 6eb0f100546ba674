-- numeric: a number, right within a tolerance or a range.
local numeric = { fields = {
  prompt = markdown{ required = true, help = "The question." },
  answer = number{ help = "The right number." },
  tolerance = text{ help = "How far off it may be: a number, or per cent." },
  min = number{ help = "The smallest number that is right." },
  max = number{ help = "The largest number that is right." },
  unit = text{ help = "What stands behind the number; it may be typed or not." },
} }

-- `5` or `5%`: the number, and whether it is of a hundred.
local function tolerance_of(question)
  if not question.tolerance then return 0, false end
  local digits, percent = question.tolerance:match("^%s*(%d*%.?%d+)%s*(%%?)%s*$")
  return digits and tonumber(digits), percent == "%"
end

-- A number in the shortest form that reads back as the same: 25, not 25.0.
local function digits(number)
  if number == math.floor(number) and math.abs(number) < 1e15 then return string.format("%d", number) end
  for precision = 15, 17 do
    local shortest = string.format("%." .. precision .. "g", number)
    if precision == 17 or tonumber(shortest) == number then return shortest end
  end
end

function numeric.check(question, report)
  local answer, min, max = question.answer, question.min, question.max
  local tolerance, is_percent = tolerance_of(question)
  if not (answer or min or max) then
    report({}, "this question has no right answer", { help = "write `answer: 25`, or a range: `min: 20` and `max: 30`" })
  elseif (min or max) and not (min and max) then
    report({ min and "min" or "max" }, "a range has two ends", { help = "write both `min:` and `max:`, or `answer:`" })
  elseif min and min > max then
    report({ "min" }, "the range begins at " .. digits(min) .. " and ends before, at " .. digits(max))
  elseif answer and min and (answer < min or answer > max) then
    report({ "answer" }, "the answer " .. digits(answer) .. " is outside of its range, " .. digits(min) .. " to " .. digits(max))
  end
  if not tolerance then
    report({ "tolerance" }, "'tolerance' must be a number such as 5, or a percentage such as 5%, not '" .. question.tolerance .. "'")
  elseif question.tolerance and (min or max) then
    report({ "tolerance" }, "a range has no tolerance", { help = "widen `min:` and `max:` instead" })
  elseif is_percent and answer == 0 then
    report({ "tolerance" }, "a percentage of 0 is 0", { help = "write the tolerance as a number" })
  end
end

function numeric.model(question, page)
  local tolerance, is_percent = tolerance_of(question)
  local unit = question.unit and " " .. question.unit or ""
  local within = question.tolerance and " ± " .. question.tolerance or ""
  local answer, min, max = question.answer, question.min, question.max
  local shown = answer and digits(answer) or digits(min) .. " – " .. digits(max)
  shown = shown .. (is_percent and unit .. within or within .. unit)
  return {
    unit = question.unit,
    key = {
      value = answer and digits(answer), min = min and digits(min), max = max and digits(max),
      tolerance = digits(tolerance), percent = is_percent, unit = question.unit, language = page.language,
    },
    answers = { { text = html(shown), is_right = true } },
  }
end

return numeric

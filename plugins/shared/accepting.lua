-- accepting: what the question types share to which a few words are typed: how close is close enough.
local accepting = {}

-- Two spellings of one answer, as the scorer would see them, roughly: letters, digits, single blanks.
local function plain(answer, is_exact)
  if is_exact then return answer end
  return (answer:lower():gsub("%s+", " "):gsub("^ ", ""):gsub("[ .!?,;:]+$", ""))
end

-- Report answers of `list` that are empty or stand there twice; `path_of(i)` says where each is.
-- Gives what was read, for a second list, which is not to repeat what `accepted` holds.
function accepting.check(list, question, path_of, report, accepted)
  local seen = {}
  for i, answer in ipairs(list) do
    local spelling = plain(answer, question.exact)
    local same = seen[spelling] or (accepted and accepted[spelling])
    if not answer:find("%S") then
      report(path_of(i), "this answer is empty")
    elseif spelling == "" then
      report(path_of(i), "final punctuation makes no difference, and this answer is nothing else", {
        help = "write `exact: true` where it does",
      })
    elseif same then
      local message = seen[spelling] and "this answer stands here twice: '%s'" or "this answer is accepted already: '%s'"
      report(path_of(i), message:format(answer), {
        help = same ~= answer and "upper and lower case, blanks and final punctuation make no difference" or nil,
      })
    end
    seen[spelling] = answer
  end
  return seen
end

-- Report rules that contradict each other.
function accepting.check_rules(question, report)
  if question.exact and question.accents == "ignore" then
    report({ "accents" }, "`exact: true` and `accents: ignore` say opposite things", { help = "leave one of them out" })
  end
end

-- How the scorer compares: with `accents: ignore`, `exact: true`, by the rules of the page's language.
function accepting.rules(question, page)
  return { exact = question.exact or false, accents = question.accents ~= "ignore", language = page.language }
end

return accepting

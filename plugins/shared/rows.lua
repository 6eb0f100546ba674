-- rows: what the question types share that give each of several things one of several others: pairs
-- to match, items to sort into groups.
local rows = {}

-- Report what stands in `list` twice or has no words, by which the scorer knows it; `path_of(i)` says
-- where, `message` what.
function rows.check_twice(list, path_of, message, report)
  local seen = {}
  for i, content in ipairs(list) do
    local text = content:text()
    if text == "" then
      report(path_of(i), "there are no words here", { help = "write some; a picture is described so: `![what it shows](...)`" })
    elseif seen[text] then
      report(path_of(i), message:format("'" .. text .. "'"))
    end
    seen[text] = true
  end
end

-- A drop-down list shows words and nothing else.
function rows.check_words(content, path, report)
  if content:text() == "" then
    report(path, "this is shown in a drop-down list and needs words", { help = "a picture can stand at the other side" })
  end
end

-- Contents as { id, content, text }, each once.
function rows.named(contents)
  local list, seen = {}, {}
  for _, content in ipairs(contents) do
    local text = content:text()
    if not seen[text] then
      seen[text] = true
      table.insert(list, { id = identity(text), content = content, text = text })
    end
  end
  return list
end

-- A list of { id, ... } in the order that the build gives it, which is never that in which it came.
function rows.mixed(seed, list)
  local ids, mixed = {}, {}
  for i, item in ipairs(list) do ids[i] = item.id end
  for i, place in ipairs(fixed_order(seed, ids)) do mixed[i] = list[place] end
  return mixed
end

-- What template and scorer need of `written`, a list of { content, option }: the rows, mixed; which
-- option is right for each; the same in words.
function rows.model(question, written)
  local all, right, answers = {}, {}, {}
  for i, row in ipairs(written) do
    local text = row.content:text()
    all[i] = { id = identity(text), content = row.content, text = text, option = row.option }
    right[all[i].id] = identity(row.option:text())
    answers[i] = { text = row.content, feedback = row.option, is_right = true }
  end
  return {
    rows = rows.mixed(question.source, all),
    key = { right = right, partial = question.partial or false },
    answers = answers,
  }
end

return rows

-- fill-in: a text with gaps.  `{word|another}` is filled by typing one of its words; where one of
-- them has a `=` before it, `{=word|another}`, it is chosen from a list, and that one is right.
local accepting = shared("accepting")
local rows = shared("rows")

local fill_in = { fields = {
  prompt = markdown{ required = true, gaps = true, help = "The question." },
  partial = boolean{ help = "Points for each gap that is right." },
  exact = boolean{ help = "Letter by letter, with capitals and all." },
  accents = one_of{ "ignore", "matter", help = "Whether accents matter." },
} }

-- What is between the braces: the words it accepts, or, for a list, { words, right }.
local function read(source)
  local words, right, count = {}, nil, 0
  local part = ""
  local function finish()
    local is_right = part:match("^%s*=")
    local word = part:gsub("^%s*=?", ""):gsub("\\(%p)", "%1"):gsub("^%s+", ""):gsub("%s+$", "")
    table.insert(words, word)
    if is_right then
      right = right or #words
      count = count + 1
    end
    part = ""
  end
  local i = 1
  while i <= #source do
    local char = source:sub(i, i)
    if char == "\\" then
      part = part .. source:sub(i, i + 1)
      i = i + 1
    elseif char == "|" then
      finish()
    else
      part = part .. char
    end
    i = i + 1
  end
  finish()
  return { words = words, right = right, rights = count }
end

-- Is there a brace without its other, which was reported where it stands?
local function has_stray_brace(source)
  return source:gsub("\\.", ""):gsub("`[^`]*`", ""):gsub("%b{}", ""):find("[{}]") ~= nil
end

function fill_in.check(question, report)
  local gaps = question.prompt:gaps()
  accepting.check_rules(question, report)
  if #gaps == 0 and not has_stray_brace(question.source) then
    report({}, "there is no gap in this text", { help = "write the answer in braces: `Responding is a {choice}.`" })
  end
  for _, gap in ipairs(gaps) do
    local content = read(gap.source)
    if gap.source:match("^[%s|=]*$") then
      report(gap, "this gap has no answer", { help = "write it between the braces, and others that are right behind `|`: `{choice|decision}`" })
    elseif content.rights > 1 then
      report(gap, "several answers of this gap are marked right by `=`", {
        help = "a list to choose from has one right answer; without `=` all of them are right",
      })
    elseif content.rights == 1 and #content.words == 1 then
      report(gap, "there is nothing else to choose in this gap", { help = "write the wrong ones behind `|`: `{=breath|answer|sigh}`" })
    elseif gap.source:find("=>", 1, true) then
      report(gap, "a gap has no feedback", { help = "write it below `explanation:`" })
    else
      local rules = content.right and { exact = true } or question
      accepting.check(content.words, rules, function() return gap end, report)
    end
  end
end

-- A gap's id comes from the words before it, so that no trace of its answer is in it.
local function ids_of(gaps)
  local ids, seen = {}, {}
  for i, gap in ipairs(gaps) do
    local id = identity(gap.before:text())
    seen[id] = (seen[id] or 0) + 1
    ids[i] = seen[id] > 1 and id .. "-" .. seen[id] or id
  end
  return ids
end

local function options_of(content, id)
  local options = {}
  for i, word in ipairs(content.words) do options[i] = { id = identity(word), text = word } end
  return rows.mixed(id, options), options[content.right].id
end

function fill_in.model(question, page)
  local gaps = question.prompt:gaps()
  local ids, parts, key, answers = ids_of(gaps), {}, {}, {}
  for i, gap in ipairs(gaps) do
    local content = read(gap.source)
    local part = { before = gap.before, id = ids[i], number = i, count = #gaps }
    if content.right then
      part.options, key[ids[i]] = options_of(content, ids[i])
      key[ids[i]] = { option = key[ids[i]] }
    else
      key[ids[i]] = { accept = content.words }
    end
    parts[i] = part
    local shown = content.right and content.words[content.right] or table.concat(content.words, " | ")
    answers[i] = { text = html(shown), place = i, is_right = true }
  end
  return {
    prompt = html(word("fill-in-prompt", { count = #gaps })),
    parts = parts, rest = gaps.rest, count = #gaps,
    key = { gaps = key, partial = question.partial or false, rules = accepting.rules(question, page) },
    answers = answers,
  }
end

return fill_in

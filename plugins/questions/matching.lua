-- matching: each thing on the left belongs to one on the right.
local rows = shared("rows")

local matching = { fields = {
  prompt = markdown{ required = true, help = "The question." },
  pairs = list(arrow{ "left", "right", required = true }, { required = true, min = 2, help = "What belongs together." }),
  extra = list_or_one(markdown, { help = "Right sides that belong to nothing." }),
  partial = boolean{ help = "Points for each pair that is right." },
} }

function matching.check(question, report)
  local lefts, rights, count = {}, {}, 0
  for i, pair in ipairs(question.pairs) do
    lefts[i] = pair.left
    local text = pair.right:text()
    if not rights[text] then count = count + 1 end
    rights[text] = true
    rows.check_words(pair.right, { "pairs", i }, report)
    if pair["right-source"]:find("%s=>%s") then
      report({ "pairs", i }, "there are two arrows `=>` in this pair", { help = "a pair has no feedback; write it below `explanation:`" })
    end
  end
  if count == 1 and #lefts > 1 and #question.extra == 0 then
    report({ "pairs" }, "all pairs have the same right side", { help = "use categorize, or give each a right side of its own" })
  end
  rows.check_twice(lefts, function(i) return { "pairs", i } end, "%s is on the left twice", report)
  rows.check_twice(question.extra, function(i) return { "extra", i } end, "%s is in `extra` twice", report)
  for i, content in ipairs(question.extra) do
    if rights[content:text()] and content:text() ~= "" then
      report({ "extra", i }, "'" .. content:text() .. "' is the right side of a pair already", {
        help = "`extra` is for what belongs to nothing",
      })
    end
  end
end

function matching.model(question)
  local written = {}
  for i, pair in ipairs(question.pairs) do written[i] = { content = pair.left, option = pair.right } end
  local model = rows.model(question, written)
  local contents = {}    -- as the rows stand, so that mixing them never puts each beside its own
  for i, row in ipairs(model.rows) do contents[i] = row.option end
  for _, content in ipairs(question.extra) do table.insert(contents, content) end
  model.options = rows.mixed(question.source .. "\n", rows.named(contents))
  return model
end

return matching

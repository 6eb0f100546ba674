-- response-table: the classic table of a case study.  Each heading in it is a row: its words name
-- the row, its text is the guiding question, `{lines=5}` behind it the room to write.
local response_table = { hides_headings = true, names_itself = true }

function response_table.check(block, report)
  local rows = block.content:sections()
  if #rows == 0 then
    report({}, "this table has no rows", { help = "each heading in it is a row, with its question below" })
  end
  for _, row in ipairs(rows) do
    local lines = row.attributes.lines
    if lines and not string.match(lines, "^%d%d?$") then
      report(row, "the lines of '" .. row.text .. "' must be a whole number, not '" .. lines .. "'")
    end
  end
end

function response_table.model(block)
  local rows = {}
  for i, row in ipairs(block.content:sections()) do
    local answers = row.content:blocks("model-answer")
    rows[i] = {
      id = unique("w-" .. string.sub(identity(block.identity .. row.text), 1, 8)),
      heading = row.heading, label = row.text, level = row.level,
      content = row.content:before("model-answer"),
      lines = tonumber(row.attributes.lines or 4),
      words = tonumber(row.attributes.words or nil),
      optional = row.attributes.optional ~= nil,
      model_answer = edition == "facilitator" and answers[1] or nil,
    }
  end
  return { rows = rows }
end

return response_table

-- dialogue: turns of a conversation.  A line that begins with `Name:` starts a turn.
local dialogue = { attributes = { you = text{ help = "Whose turns stand at the other side." } } }

-- The name that opens a line of text: one to four words, then a colon and a blank.
local function name_of(text)
  local name = string.match(text, "^([^:.!?,;]+):%s")
  if not name or #name > 40 then return nil end
  local _, words = string.gsub(name, "%S+", "")
  return words <= 4 and name or nil
end

function dialogue.check(block, report)
  for _, line in ipairs(block.content:lines()) do
    if name_of(line:text()) then return end
  end
  report({}, "nobody speaks in this dialogue", { help = "begin each turn with a name: `Student: I need an article.`" })
end

function dialogue.model(block)
  local turns = {}
  for _, line in ipairs(block.content:lines()) do
    local name = name_of(line:text())
    if name then
      table.insert(turns, { name = name, is_you = name == block.attributes.you, lines = { line:after(name .. ": ") } })
    elseif #turns > 0 then
      table.insert(turns[#turns].lines, line)
    end
  end
  return { turns = turns }
end

return dialogue

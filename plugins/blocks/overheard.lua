-- overheard: something that was said.  The theme sets the quotation marks.
local overheard = {}

function overheard.model(block)
  return { where = block.title }
end

return overheard

-- columns: side by side where there is room; each heading begins a column.
local columns = {}

function columns.model(block)
  local sections = block.content:sections()
  return { columns = sections }
end

return columns

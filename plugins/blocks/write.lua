-- write: a place to write, said in full: `::write[Label]{lines=4 words=150 optional}`.
local write = {
  form = "leaf",
  template = "parts/write.html",
  names_itself = true,
  attributes = { lines = integer{ min = 1, max = 60 }, words = integer{ min = 1 }, optional = boolean },
}

function write.check(block, report)
  if block.title_text == "" then
    report({}, "this place to write has no label", { help = "write `::write[What do you say first?]`" })
  end
end

function write.model(block)
  return {
    kind = "lines",
    id = block.id or unique("w-" .. string.sub(block.identity, 1, 8)),
    label = block.title:text(), title = block.title,
    lines = block.attributes.lines or 3,
    words = block.attributes.words,
    optional = block.attributes.optional or false,
    visible_label = true,
  }
end

return write

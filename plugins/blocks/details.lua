-- details: something to open.  Carpentries' solutions and spoilers are the same.
local details = { names = { "details", "solution", "spoiler" }, template = "blocks/details.html" }

function details.model(block)
  return { title = block.title or html(word_or_nil("callout-" .. block.name) or word("details")) }
end

return details

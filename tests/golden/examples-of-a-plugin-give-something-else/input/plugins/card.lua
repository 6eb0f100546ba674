-- card: a block.
return { blocks = { card = { model = function(block) return { words = block.content:text() } end, template = "card.html" } } }

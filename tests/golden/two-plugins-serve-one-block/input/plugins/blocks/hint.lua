-- hint: a block.
return { names = { "hint", "tip" } }

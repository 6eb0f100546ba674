-- roll: a sheet with names; its template adds one to what it is given.
local roll = { sheet = true, done = "own" }
function roll.model(page) return { names = { "Ana" } } end
return roll

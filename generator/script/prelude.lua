-- prelude: the functions by which a plugin declares its fields.
-- A declaration is a table { kind = ..., options }; generator/script/fields.c reads it.

local function scalar(kind)
  local meta = { kind = kind, __metatable = false }
  function meta.__newindex() error("the functions that declare fields cannot be changed", 2) end
  function meta.__call(_, options)
    local field = { kind = kind }
    for key, value in next, options do field[key] = value end
    return field
  end
  return setmetatable({}, meta)
end

local function holder(kind)
  return function(item, options)
    local field = { kind = kind, item = item }
    for key, value in next, options or {} do field[key] = value end
    return field
  end
end

return {
  text = scalar("text"),
  markdown = scalar("markdown"),
  integer = scalar("integer"),
  number = scalar("number"),
  percent = scalar("percent"),
  boolean = scalar("boolean"),
  date = scalar("date"),
  color = scalar("color"),
  path = scalar("path"),
  page = scalar("page"),
  anything = scalar("anything"),
  list = holder("list"),
  list_or_one = holder("list_or_one"),
  map = holder("map"),
  record = function(fields, options)
    local field = { kind = "record", fields = fields }
    for key, value in next, options or {} do field[key] = value end
    return field
  end,
  one_of = function(options)
    local field = { kind = "one_of", options = {} }
    for key, value in next, options do
      if type(key) == "number" then field.options[key] = value else field[key] = value end
    end
    return field
  end,
  either = function(choices) return { kind = "either", choices = choices } end,
  -- A text in two parts with `=>` between them: a choice and its feedback, the two sides of a pair.
  arrow = function(parts)
    local field = { kind = "arrow", parts = {} }
    for key, value in next, parts do
      if type(key) == "number" then field.parts[key] = value else field[key] = value end
    end
    return field
  end,
  -- A record of which one key names a plugin of `folder`, whose fields it then has besides these.
  -- `instead` maps other tools' words to what to write in their place.
  variant = function(folder, fields, instead)
    return { kind = "variant", folder = folder, fields = fields, instead = instead }
  end,
}

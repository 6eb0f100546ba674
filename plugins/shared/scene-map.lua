-- scene-map: a scenario as a map, in rows by how far each scene is from the start.  It places boxes
-- and arrows; the template draws them.
local WIDTH, HEIGHT, ACROSS, DOWN, EDGE = 138, 58, 14, 64, 10

-- A name in at most two lines of as many letters as a box holds.
local function lines_of(text)
  local most, lines = 18, { "" }
  for piece in text:gmatch("%S+") do
    local line = lines[#lines]
    local longer = line == "" and piece or line .. " " .. piece
    if line == "" or utf8.len(longer, 1, -1, true) <= most then lines[#lines] = longer
    else table.insert(lines, piece) end
  end
  local shown = { lines[1], lines[2] }
  if lines[3] then shown[2] = shown[2] .. " …" end
  for i, line in ipairs(shown) do
    local count = utf8.len(line, 1, -1, true)
    if count and count > most + 2 then shown[i] = line:sub(1, utf8.offset(line, most + 1) - 1) .. "…" end
  end
  return shown
end

-- The scenes in rows; what nothing leads to stands in a row below all others.
local function rows_of(graph)
  local rows, deepest = {}, 0
  for _, scene in pairs(graph.scenes) do deepest = math.max(deepest, scene.far or 0) end
  for _, name in ipairs(graph.order) do
    local scene = graph.scenes[name]
    local at = (scene.far or deepest + 1) + 1
    rows[at] = rows[at] or {}
    table.insert(rows[at], scene)
  end
  return rows
end

local function place(rows)
  local widest, boxes = 1, {}
  for _, row in ipairs(rows) do widest = math.max(widest, #row) end
  local inner = widest * (WIDTH + ACROSS) - ACROSS
  for i, row in ipairs(rows) do
    local left = EDGE + (inner - #row * (WIDTH + ACROSS) + ACROSS) // 2
    for j, scene in ipairs(row) do
      boxes[scene.name] = { x = left + (j - 1) * (WIDTH + ACROSS), y = EDGE + (i - 1) * (HEIGHT + DOWN), row = i, place = j }
    end
  end
  return boxes, inner + 2 * EDGE
end

-- The line of an arrow.  One that leads down or along leaves a box below; one that leads back up by
-- more than a row goes round the boxes, in a lane of its own at the end of the map.
local function line(from, to, leave, meet, lane)
  local bottom, top = from.y + HEIGHT, from.y
  local middle = DOWN // 2
  if to.row == from.row + 1 then
    return ("M%d %dC%d %d %d %d %d %d"):format(leave, bottom, leave, bottom + middle, meet, to.y - middle, meet, to.y - 7), false
  elseif to.row == from.row then
    return ("M%d %dC%d %d %d %d %d %d"):format(leave, bottom, leave, bottom + middle + 8, meet, bottom + middle + 8, meet, bottom + 7), true
  elseif to.row == from.row - 1 then
    local low = to.y + HEIGHT
    return ("M%d %dC%d %d %d %d %d %d"):format(leave, top, leave, top - middle, meet, low + middle, meet, low + 7), true
  end
  local low = to.y + HEIGHT
  local up, over = top - 12 - lane % 4 * 4, low + 14 + lane % 4 * 4
  return ("M%d %dV%dH%dV%dH%dV%d"):format(leave, top, up, lane, over, meet, low + 7), true
end

-- What leads where, each pair of scenes once.
local function edges_of(graph, boxes)
  local edges = {}
  for _, name in ipairs(graph.order) do
    local seen = {}
    for _, choice in ipairs(graph.scenes[name].choices) do
      local from, to = boxes[name], boxes[choice.to]
      if to and not seen[choice.to] then
        seen[choice.to] = true
        table.insert(edges, { from = from, to = to, is_down = to.row > from.row, is_along = to.row == from.row })
      end
    end
  end
  return edges
end

-- Give each arrow a place of its own on the sides of its boxes, in the order of what is at its other
-- end, so that few arrows cross.
local function give_ports(edges)
  local sides = {}
  local function join(box, side, edge, key, other)
    if not box.low then
      box.low, box.high = {}, {}
      table.insert(sides, box)
    end
    table.insert(box[side], { edge = edge, key = key, x = other.x, place = #box[side] })
  end
  for _, edge in ipairs(edges) do
    join(edge.from, (edge.is_down or edge.is_along) and "low" or "high", edge, "leave", edge.to)
    join(edge.to, edge.is_down and "high" or "low", edge, "meet", edge.from)
  end
  for _, box in ipairs(sides) do
    for _, ends in ipairs({ box.low, box.high }) do
      table.sort(ends, function(one, other)
        if one.x ~= other.x then return one.x < other.x end
        return one.place < other.place
      end)
      for n, one in ipairs(ends) do one.edge[one.key] = box.x + WIDTH * n // (#ends + 1) end
    end
  end
end

return function(graph)
  local rows = rows_of(graph)
  local boxes, width = place(rows)
  local edges = edges_of(graph, boxes)
  give_ports(edges)
  local arrows, shown = {}, {}
  local lane = width
  for i, edge in ipairs(edges) do
    local is_long = edge.to.row < edge.from.row - 1
    if is_long then lane = lane + 8 end
    local path, is_back = line(edge.from, edge.to, edge.leave, edge.meet, lane)
    local tip = is_back and edge.to.y + HEIGHT or edge.to.y
    local base = is_back and 9 or -9
    arrows[i] = { path = path, is_back = is_back, head = ("M%d %dl-5 %dh10z"):format(edge.meet, tip, base) }
  end
  for number, name in ipairs(graph.order) do
    local scene, box, targets = graph.scenes[name], boxes[name], {}
    for i, choice in ipairs(scene.choices) do
      targets[i] = graph.scenes[choice.to] and tostring(graph.scenes[choice.to].number) or "?"
    end
    shown[number] = {
      x = box.x, y = box.y, middle = box.x + WIDTH // 2, number = number, lines = lines_of(scene.written.title or name),
      name = scene.written.title or name, ending = scene.written.ending, targets = table.concat(targets, ", "),
    }
  end
  return {
    boxes = shown, arrows = arrows, box_width = WIDTH, box_height = HEIGHT,
    width = lane + (lane > width and EDGE or 0), height = #rows * (HEIGHT + DOWN) - DOWN + 2 * EDGE + 16,
  }
end

-- scenes: the graph of a scenario: what leads where, what is wrong with it, and its best way.
local scenes = {}

-- A choice in either form, with the path of what it says and of where it leads.
local function choice_of(written, name, i)
  local path = { "scenes", name, "choices", i }
  local is_arrow = written["say-source"] ~= nil
  local to = written.to
  if is_arrow then to = written["to-source"] end
  return {
    say = written.say, to = to, feedback = written.feedback, points = written.points,
    source = written.say:text() .. "\n" .. (to or ""),
    path = path,
    to_path = is_arrow and path or { "scenes", name, "choices", i, "to" },
  }
end

-- The scenes by name, each with its number, its choices and how far it is from the start; and their
-- names in `order`: the start first, the others as they are written.
function scenes.graph(page)
  local graph = { scenes = {}, order = {}, start = page.start }
  for name in pairs(page.scenes) do graph.start = graph.start or name end
  if graph.start and page.scenes[graph.start] then graph.order[1] = graph.start end
  for name in pairs(page.scenes) do
    if name ~= graph.order[1] then table.insert(graph.order, name) end
  end
  for number, name in ipairs(graph.order) do
    local scene = { name = name, number = number, written = page.scenes[name], choices = {} }
    for i, written in ipairs(page.scenes[name].choices) do scene.choices[i] = choice_of(written, name, i) end
    graph.scenes[name] = scene
  end
  local reached = { graph.scenes[graph.start] }
  if reached[1] then reached[1].far = 0 end
  for _, scene in ipairs(reached) do
    for _, choice in ipairs(scene.choices) do
      local next_scene = graph.scenes[choice.to]
      if next_scene and not next_scene.far then
        next_scene.far = scene.far + 1
        table.insert(reached, next_scene)
      end
    end
  end
  return graph
end

-- The names of the scenes from which an ending can be reached, or what was reported already.
local function ending_scenes(graph)
  local leads, is_changed = {}, true
  while is_changed do
    is_changed = false
    for name, scene in pairs(graph.scenes) do
      local ends = scene.written.ending or #scene.choices == 0
      for _, choice in ipairs(scene.choices) do
        ends = ends or not graph.scenes[choice.to] or leads[choice.to]
      end
      if ends and not leads[name] then leads[name], is_changed = true, true end
    end
  end
  return leads
end

local function check_target(path, name, graph, what, report)
  if graph.scenes[name] then return end
  local meant = nearest(name, graph.order)
  report(path, what .. " '" .. name .. "'" .. (meant and "; did you mean '" .. meant .. "'?" or ""))
end

local function check_choice(choice, graph, report)
  if not choice.to then
    report(choice.path, "this choice leads nowhere", { help = "write `=>` and the name of a scene behind it" })
  else
    check_target(choice.to_path, choice.to, graph, "there is no scene", report)
  end
  if choice.say:is_empty() then
    report(choice.path, "this choice has no text")
  elseif #choice.say:links() > 0 then
    report(choice.path, "a choice cannot hold a link, as it is one itself")
  end
end

local function check_scene(scene, graph, report)
  local path = { "scenes", scene.name }
  local count = #scene.choices
  if scene.written.ending and count > 0 then
    report({ "scenes", scene.name, "ending" }, "this scene has an ending, and choices as well", { help = "leave out one of the two" })
  elseif not scene.written.ending and count == 0 then
    report(path, "nothing leads on from the scene '" .. scene.name .. "'", {
      help = "give it `choices:`, or `ending: good`, `fair` or `bad`",
    })
  elseif count == 1 then
    report({ "scenes", scene.name, "choices" }, "there is only one choice here", {
      advice = true, help = "a second one makes it a decision",
    })
  end
  local said = {}
  for _, choice in ipairs(scene.choices) do
    check_choice(choice, graph, report)
    local text = choice.say:text()
    if said[text] and text ~= "" then report(choice.path, "this choice stands here twice: '" .. text .. "'") end
    said[text] = true
  end
end

local function check_ids(graph, report)
  local owners = {}
  for _, name in ipairs(graph.order) do
    local id = slug(name)
    if owners[id] then
      report({ "scenes", name }, "the scenes '" .. owners[id] .. "' and '" .. name .. "' have the same address")
    end
    owners[id] = owners[id] or name
  end
end

-- What can only be said of a graph whose every choice leads somewhere.
local function check_ways(graph, report)
  local leads = ending_scenes(graph)
  for _, name in ipairs(graph.order) do
    if not graph.scenes[name].far then
      report({ "scenes", name }, "nothing leads to the scene '" .. name .. "'", { warning = true, if_fine = true })
    elseif not leads[name] then
      report({ "scenes", name }, "no ending can be reached from the scene '" .. name .. "'", {
        if_fine = true, help = "somebody who comes here goes round in circles",
      })
    end
  end
end

function scenes.check(page, report)
  local graph = scenes.graph(page)
  if #graph.order == 0 then
    report({ "scenes" }, "there are no scenes")
    return
  end
  for _, name in ipairs(graph.order) do check_scene(graph.scenes[name], graph, report) end
  check_ids(graph, report)
  if page.start and not page.scenes[page.start] then
    check_target({ "start" }, page.start, graph, "there is no scene", report)
  else
    check_ways(graph, report)
  end
  if page.pass and not scenes.has_points(graph) then
    report({ "pass" }, "there is something to pass, but no choice has `points`")
  elseif page.pass and scenes.most(graph) <= 0 then
    report({ "pass" }, "nothing can be passed: the best way brings no points")
  end
end

function scenes.has_points(graph)
  for _, scene in pairs(graph.scenes) do
    for _, choice in ipairs(scene.choices) do
      if choice.points then return true end
    end
  end
  return false
end

-- The points of the best way from the start to an ending that comes to no scene twice.  Where there
-- are very many ways, the best of the first fifty thousand steps.
function scenes.most(graph)
  local best, steps, visited = nil, 0, {}
  local function walk(scene, points)
    steps = steps + 1
    if scene.written.ending and (not best or points > best) then best = points end
    visited[scene.name] = true
    for _, choice in ipairs(scene.choices) do
      local next_scene = graph.scenes[choice.to]
      if next_scene and not visited[choice.to] and steps < 50000 then walk(next_scene, points + (choice.points or 0)) end
    end
    visited[scene.name] = nil
  end
  if graph.scenes[graph.start] then walk(graph.scenes[graph.start], 0) end
  return best or 0
end

return scenes

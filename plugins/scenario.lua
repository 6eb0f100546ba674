-- scenario: a page type.  A conversation in scenes: each choice leads to a scene, until one ends it.
local scenes = shared("scenes")
local map_of = shared("scene-map")

local scenario = {
  done = "played",
  sheet = true,
  fields = {
    intro = markdown{ help = "What stands above the first scene." },
    start = text{ help = "The name of the first scene; left out, the one that is written first." },
    pass = percent{ help = "How much of the points it takes; left out, it is enough to come to an ending." },
    scenes = map(record{
      title = text{ help = "The heading of the scene; left out, it has a number alone." },
      who = text{ help = "Who speaks." },
      mood = one_of{ "calm", "worried", "angry", "relieved", "happy", help = "How they feel." },
      says = markdown{ required = true, help = "What is said, or what happens." },
      choices = list(either{ arrow{ "say", "to" }, record{
        say = markdown{ required = true, help = "What the learner can say or do." },
        to = text{ required = true, help = "The name of the scene that it leads to." },
        feedback = markdown{ help = "What is shown at the top of the next scene." },
        points = integer{ min = -100, max = 100, help = "What it adds to the score, or takes from it." },
      } }, { help = "What the learner can do, and where it leads." }),
      ending = one_of{ "good", "fair", "bad", help = "The conversation ends here, and how." },
    }, { required = true, help = "The scenes by name." }),
  },
}

function scenario.check(page, report)
  scenes.check(page, report)
end

-- What the template needs of a choice: where it leads by number, and what the script tells it by.
local function shown_choice(choice, graph)
  return {
    say = choice.say,
    to = choice.to,
    number = graph.scenes[choice.to].number,
    id = identity(choice.source),
    feedback = choice.feedback,
    points = choice.points,
  }
end

function scenario.model(page)
  local graph = scenes.graph(page)
  local list = {}
  for number, name in ipairs(graph.order) do
    local scene, choices = graph.scenes[name], {}
    for i, choice in ipairs(scene.choices) do choices[i] = shown_choice(choice, graph) end
    list[number] = {
      name = name, id = slug(name), number = number, title = scene.written.title, who = scene.written.who,
      mood = scene.written.mood, says = scene.written.says, ending = scene.written.ending, choices = choices,
    }
  end
  return {
    intro = page.intro, pass = page.pass, scenes = list,
    most = scenes.has_points(graph) and scenes.most(graph) or nil,
    map = edition == "facilitator" and map_of(graph) or nil,
  }
end

return scenario

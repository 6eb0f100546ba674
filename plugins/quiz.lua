-- quiz: a page of questions that check themselves in the browser.
local questions = shared("questions")

local quiz = {
  default = "yaml",
  done = "quiz",
  sheet = true,
  fields = {
    intro = markdown{ help = "What stands above the questions." },
    pass = percent{ help = "How much of the points it takes; left out, there is nothing to pass." },
    attempts = integer{ min = 1, max = 99, help = "How often each question may be answered; left out, as often as you like." },
    ["show-results"] = one_of{ "each", "end", help = "Is each question checked by itself, or all when they are handed in?" },
    answers = one_of{ "open", "absent", help = "With `absent` the site holds no key." },
    ["key-page"] = page{ help = "A page with the answers, for those whose browser runs no script." },
    draw = integer{ min = 1, help = "That many of the questions at random." },
    shuffle = one_of{ "choices", "questions", "both", help = "What is mixed anew for each attempt." },
    questions = questions.field(),
  },
}

function quiz.check(page, report)
  questions.check(page, report)
end

-- The facilitator's results page asks for the editions of all quizzes.
function quiz.facts(page, is_fine)
  if not is_fine or edition ~= "facilitator" then return nil end
  local name, kept = questions.edition(page, (page.answers or "open") == "open")
  keep_edition(name, kept)
  return { edition = name }
end

function quiz.model(page)
  local show_results = page["show-results"] or "each"
  local answers = page.answers or "open"
  local model = questions.model(page, {
    is_open = answers == "open", show_results = show_results, course = page.course,
    edition = page.facts and page.facts.edition,
  })
  -- so that records are scored by it as long as there are any
  if model.kept then keep_edition(model.data.edition, model.kept) end
  model.kept = nil
  -- as text, since a handout shows the same
  model.intro = page.intro and render("parts/quiz-intro.html", { intro = page.intro })
  model.body = render("parts/questions.html", { units = model.units, show_results = show_results, is_inside = false })
  model.units, model.unit_count = nil, #model.units
  model.pass, model.attempts, model.draw = page.pass, page.attempts, page.draw
  model.key_page = page["key-page"] and link(page["key-page"])
  model.show_results, model.answers = show_results, answers
  return model
end

return quiz

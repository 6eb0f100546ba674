-- flashcards: a page type.  Cards with two sides, written here or taken from a glossary: to practise on
-- screen, and again after some days, and to cut out of paper.
local flashcards = {
  done = "practised",
  sheet = true,
  fields = {
    intro = markdown{ help = "What stands above the cards." },
    cards = list(either{ arrow{ "front", "back" }, record{
      front = markdown{ required = true, help = "What is asked." },
      back = markdown{ required = true, help = "What one should know." },
      hint = markdown{ help = "What helps to find it." },
    } }),
    from = page{ help = "A glossary: each of its terms becomes a card, after those in `cards`." },
    first = one_of{ "front", "back", help = "The side that is shown first; left out, the front." },
    ["new-cards"] = integer{ min = 1, max = 100, help = "How many cards a learner meets for the first time on one day; left out, 10." },
  },
}

local most_cards, most_words, new_cards = 100, 60, 10

-- The terms of the glossary that `from` names, or nil when it is none.
local function terms_of(path)
  local named = path and page_named(path)
  local fields = named and fields_of(named)
  return fields and fields.type == "glossary" and fields.terms or nil
end

-- All cards in order, each with the path at which it is written.
local function cards_of(page)
  local cards = {}
  for i, written in ipairs(page.cards) do
    cards[i] = {
      front = written.front, back = written.back, hint = written.hint,
      path = { "cards", i }, is_arrow = written["front-source"] ~= nil,
    }
  end
  for name, written in pairs(terms_of(page.from) or {}) do
    table.insert(cards, { front = html(name), back = written.meaning or written, path = { "from" }, term = name })
  end
  return cards
end

-- By what a card is known, wherever it stands: the words on its front.
local function key_of(card)
  return (card.front:text():gsub("%s+", " "))
end

local function check_sides(card, report)
  if card.front:is_empty() then
    report(card.path, "the front of this card is empty", { help = card.is_arrow and "write what is asked before the `=>`" })
  elseif not card.back or card.back:is_empty() then
    report(card.path, "the back of this card is empty", { help = card.is_arrow and "write `=>` and the answer behind it" })
  else
    local _, count = card.back:text():gsub("%S+", "")
    if count > most_words then
      report(card.path, "the back of this card has " .. count .. " words", {
        advice = true, help = "what fits on a card has " .. most_words .. " at most; make two cards of it",
      })
    end
  end
end

local function check_from(page, report)
  if not page.from or not page_named(page.from) or terms_of(page.from) then return end
  report({ "from" }, "'" .. page.from .. "' is no glossary", { help = "name a page with `type: glossary`" })
end

function flashcards.check(page, report)
  local cards, known = cards_of(page), {}
  check_from(page, report)
  for _, card in ipairs(cards) do
    local key = key_of(card)
    if not card.term then check_sides(card, report) end
    if known[key] and key ~= "" then
      local where = card.term and "the glossary explains '" .. key .. "', which is the front of a card already"
      report(card.path, where or "another card has the front '" .. key .. "' already")
    end
    known[key] = true
  end
  if #cards == 0 and not page.from then
    report({}, "there are no cards", { help = "write `cards:` and a list of `front => back`, or `from:` and the path of a glossary" })
  elseif #cards > most_cards then
    report({ #page.cards > most_cards and "cards" or "from" }, "these are " .. #cards .. " cards", {
      advice = true, help = "sets of " .. most_cards .. " at most are easier to finish; make several pages of them",
    })
  end
end

function flashcards.model(page)
  local shown = {}
  for number, card in ipairs(cards_of(page)) do
    local is_turned = page.first == "back"
    shown[number] = {
      number = number, id = identity(key_of(card)), hint = card.hint,
      first = is_turned and card.back or card.front, second = is_turned and card.front or card.back,
    }
  end
  return { intro = page.intro, cards = shown, new_cards = page["new-cards"] or new_cards }
end

return flashcards

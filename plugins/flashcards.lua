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
    } }, { help = "The cards, each with two sides." }),
    from = page{ help = "A glossary: each of its terms becomes a card, after those in `cards`." },
    first = one_of{ "front", "back", help = "The side that is shown first; left out, the front." },
    ["new-cards"] = integer{ min = 1, max = 100, help = "How many cards a learner meets for the first time on one day; left out, 10." },
  },
}

local most_cards, most_words, new_cards = 100, 60, 10

-- The terms of a page if it is a glossary, else nil.
local function terms_of(page)
  local fields = page and page.type == "glossary" and fields_of(page)
  return fields and fields.terms or nil
end

-- All cards in order: those that are written here, and then `terms`.
local function cards_of(page, terms)
  local cards = {}
  for i, written in ipairs(page.cards) do
    cards[i] = {
      front = written.front, back = written.back, hint = written.hint,
      path = { "cards", i }, is_arrow = written["front-source"] ~= nil,
    }
  end
  for name, written in pairs(terms or {}) do
    table.insert(cards, { front = html(name), back = written.meaning or written })
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

local function check_count(count, path, report)
  if count <= most_cards then return end
  report(path, "these are " .. count .. " cards", {
    advice = true, help = "sets of " .. most_cards .. " at most are easier to finish; make several pages of them",
  })
end

function flashcards.check(page, report)
  local cards, known = cards_of(page), {}
  for _, card in ipairs(cards) do
    local key = key_of(card)
    check_sides(card, report)
    if known[key] and key ~= "" then report(card.path, "another card has the front '" .. key .. "' already") end
    known[key] = true
  end
  if page.from then return end
  check_count(#cards, { "cards" }, report)
  if #cards == 0 then
    report({}, "there are no cards", { help = "write `cards:` and a list of `front => back`, or `from:` and the path of a glossary" })
  end
end

-- What `from` says in the fields of a page, as a path from the top of content/.
local function from_top(page, path)
  return path:sub(1, 1) == "/" and path or page.source:gsub("[^/]*$", "") .. path
end

-- A page that is not there is said with all other links.
local function check_from(page, report)
  local fields = fields_of(page)
  local named = fields and fields.from and page_named(from_top(page, fields.from))
  local terms = terms_of(named)
  local known, place = {}, { "from", of = fields }
  if not named then return end
  if not terms then
    report(place, "'" .. fields.from .. "' is no glossary", { help = "name a page with `type: glossary`" })
    return
  end
  local cards = cards_of(fields, terms)
  for i, card in ipairs(cards) do
    local key = key_of(card)
    if known[key] and i > #fields.cards then
      report(place, "the glossary explains '" .. key .. "', which is the front of a card already")
    end
    known[key] = true
  end
  check_count(#cards, place, report)
end

function flashcards.site(site, report)
  for _, page in ipairs(find_pages(site, { type = "flashcards" })) do check_from(page, report) end
end

function flashcards.model(page)
  local shown = {}
  for number, card in ipairs(cards_of(page, page.from and terms_of(page_named(page.from)))) do
    local is_turned = page.first == "back"
    shown[number] = {
      number = number, id = identity(key_of(card)), hint = card.hint,
      first = is_turned and card.back or card.front, second = is_turned and card.front or card.back,
    }
  end
  return { intro = page.intro, cards = shown, new_cards = page["new-cards"] or new_cards }
end

return flashcards

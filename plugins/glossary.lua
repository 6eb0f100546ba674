-- glossary: a page type and the inline block `term`.  What words mean is said in one place, and shown
-- wherever they are used.
local glossary = {
  done = "read",
  fields = {
    intro = markdown{ help = "What stands above the terms." },
    terms = map(either{ markdown, record{
      meaning = markdown{ required = true, help = "What the term means." },
      also = list_or_one(text, { help = "Other names and spellings of it, such as the plural." }),
      see = list_or_one(text, { help = "Terms of this glossary to read as well." }),
    } }, { required = true, min = 1, help = "Each term with its meaning, or with a group of keys." }),
  },
}

-- How names are compared: capital letters and further blanks make no difference.
local function key_of(name)
  return (name:lower():gsub("%s+", " "):gsub("^ ", ""):gsub(" $", ""))
end

-- A term in either form.
local function entry_of(name, written)
  local is_record = written.meaning ~= nil
  local address = slug(name)
  return {
    name = name,
    id = "term-" .. (address ~= "" and address or identity(name)),
    meaning = is_record and written.meaning or written,
    also = is_record and written.also or {},
    see = is_record and written.see or {},
  }
end

-- The terms of a page in the order of their names, and by every name they have.
local function entries_of(terms)
  local list, by_name = {}, {}
  for name, written in pairs(terms) do
    local entry = entry_of(name, written)
    entry.sort = slug(name) .. "\n" .. key_of(name)
    table.insert(list, entry)
    by_name[key_of(name)] = by_name[key_of(name)] or entry
    for _, other in ipairs(entry.also) do by_name[key_of(other)] = by_name[key_of(other)] or entry end
  end
  table.sort(list, function(one, other) return one.sort < other.sort end)
  return list, by_name
end

local function names_in(list)
  local names = {}
  for i, entry in ipairs(list) do names[i] = entry.name end
  return names
end

function glossary.check(page, report)
  local list, by_name = entries_of(page.terms)
  local ids = {}
  for name in pairs(page.terms) do
    local entry = entry_of(name, page.terms[name])
    local owner = ids[entry.id] or (by_name[key_of(name)].name ~= name and by_name[key_of(name)].name)
    if owner then
      report({ "terms", name }, "'" .. name .. "' is explained already, as '" .. owner .. "'")
    end
    ids[entry.id] = name
    for i, other in ipairs(entry.also) do
      if by_name[key_of(other)].name ~= name then
        report({ "terms", name, "also", i }, "'" .. other .. "' is a name of '" .. by_name[key_of(other)].name .. "' already")
      end
    end
    for i, other in ipairs(entry.see) do
      if not by_name[key_of(other)] then
        local meant = nearest(other, names_in(list))
        report({ "terms", name, "see", i }, "no term here is called '" .. other .. "'", { help = meant and "did you mean '" .. meant .. "'?" })
      end
    end
  end
end

local function joined(texts)
  local all
  for _, text in ipairs(texts) do all = all and all .. ", " .. text or text end
  return all
end

local function first_letter(name)
  local address = slug(name)
  if address == "" then return utf8.char(utf8.codepoint(name, 1)) end
  local letter = address:sub(1, 1):upper()
  return letter:match("%d") and "0–9" or letter
end

function glossary.model(page)
  local list, by_name = entries_of(page.terms)
  local letters = {}
  for _, entry in ipairs(list) do
    local letter = first_letter(entry.name)
    local last = letters[#letters]
    if not last or last.letter ~= letter then
      last = { letter = letter, id = "letter-" .. #letters + 1, entries = {} }
      table.insert(letters, last)
    end
    local see = {}
    for i, name in ipairs(entry.see) do see[i] = { name = by_name[key_of(name)].name, id = by_name[key_of(name)].id } end
    table.insert(last.entries, { name = entry.name, id = entry.id, meaning = entry.meaning, see = see,
      others = joined(entry.also) })
  end
  return { intro = page.intro, letters = letters, count = #list }
end

-- Pages by the id of the course that they are in; those outside of any under "".
local function by_course(pages)
  local lists = {}
  for _, page in ipairs(pages) do
    local id = page.course and page.course.id or ""
    lists[id] = lists[id] or {}
    table.insert(lists[id], page)
  end
  return lists
end

-- These glossaries as one: each name they know with where it leads and what it means.
local function scope_of(glossaries, report)
  local scope = { names = {}, spelt = {}, entries = {} }
  for _, page in ipairs(glossaries or {}) do
    local fields = fields_of(page)
    local list = fields and entries_of(fields.terms) or {}
    for _, entry in ipairs(list) do
      local known = { name = entry.name, target = "/" .. page.source .. "#" .. entry.id, meaning = entry.meaning:text() }
      local place = { "terms", entry.name, of = fields }
      local other = scope.names[key_of(entry.name)]
      if other then report(place, "'" .. entry.name .. "' is explained in another glossary of this course, too") end
      table.insert(scope.entries, { place = place, entry = known })
      table.insert(scope.spelt, entry.name)
      scope.names[key_of(entry.name)] = known
      for _, name in ipairs(entry.also) do
        scope.names[key_of(name)] = scope.names[key_of(name)] or known
        table.insert(scope.spelt, name)
      end
    end
  end
  return scope
end

local function report_undefined(fact, scopes, report)
  local spelt = {}
  for _, scope in ipairs(scopes) do
    for _, name in ipairs(scope.spelt) do table.insert(spelt, name) end
  end
  local meant = nearest(fact.entry, spelt)
  local help = meant and "did you mean '" .. meant .. "'? If so: `:term[words]{entry=\"" .. meant .. "\"}`"
    or #spelt > 0 and "write what it means in the glossary"
    or "write a page with `type: glossary`"
  report(fact, "no glossary explains '" .. fact.entry .. "'", { help = help })
end

-- See that each term that is used is explained, in a glossary of the course or of the site.
local function check_uses(pages, scopes, report)
  for _, page in ipairs(pages or {}) do
    for _, fact in ipairs(page.block_facts.term) do
      local found
      for _, scope in ipairs(scopes) do found = found or scope.names[key_of(fact.entry)] end
      if found then found.is_used = true else report_undefined(fact, scopes, report) end
    end
  end
end

local function report_unused(scope, report)
  for _, known in ipairs(scope.entries) do
    if not known.entry.is_used then
      report(known.place, "no page uses the term '" .. known.entry.name .. "'", { advice = true, help = "where it is used, write `:term[" .. known.entry.name .. "]`" })
    end
  end
end

function glossary.site(site, report)
  local glossaries, users = by_course(find_pages(site, { type = "glossary" })), by_course(find_pages(site, { block = "term" }))
  local everywhere = scope_of(glossaries[""], report)
  local overview = { site = everywhere.names, courses = {} }
  check_uses(users[""], { everywhere }, report)
  for _, course in ipairs(site.courses) do
    local own = scope_of(glossaries[course.id], report)
    check_uses(users[course.id], { own, everywhere }, report)
    report_unused(own, report)
    overview.courses[course.id] = own.names
  end
  report_unused(everywhere, report)
  return overview
end

local term = {
  form = "inline",
  attributes = { entry = text{ help = "The name of the term in the glossary, when the words are not the same." } },
}

local function wanted(block)
  return block.attributes.entry or block.content:text()
end

function term.check(block, report)
  if block.content:is_empty() then
    report({}, "there are no words that the term stands for", { help = "write `:term[refereed journal]`" })
  end
end

function term.facts(block)
  return { entry = wanted(block) }
end

function term.model(block, page)
  local course = page.course and overview.courses[page.course.id] or {}
  local known = course[key_of(wanted(block))] or overview.site[key_of(wanted(block))]
  return {
    text = block.content,
    url = known and link(known.target),
    meaning = known and known.meaning,
    id = unique("meaning"),
  }
end

glossary.blocks = { term = term }
return glossary

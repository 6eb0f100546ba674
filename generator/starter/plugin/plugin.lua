-- @NAME@: a page type.  Say here in one sentence what such a page is for.
local plugin = {
  title = "@TITLE@",
  done = "read",
  fields = {
    intro = markdown{ help = "What stands above the list." },
    entries = list(record{
      name = text{ required = true, help = "What it is called." },
      text = markdown{ required = true, help = "What there is to say of it." },
    }, { required = true, min = 1, help = "What the page lists." }),
  },
}

-- What Lectern cannot know: here, that no two entries may have one name.
function plugin.check(page, report)
  local seen = {}
  for i, entry in ipairs(page.entries) do
    if seen[entry.name] then
      report({ "entries", i, "name" }, "'" .. entry.name .. "' is there already", { help = "give it another name" })
    end
    seen[entry.name] = true
  end
end

-- What the template @NAME@.html sees.
function plugin.model(page)
  local entries = {}
  for i, entry in ipairs(page.entries) do
    entries[i] = { id = unique(slug(entry.name)), name = entry.name, text = entry.text }
  end
  return { intro = page.intro, entries = entries }
end

return plugin

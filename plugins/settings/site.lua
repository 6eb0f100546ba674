-- site: what content/site.yaml may say.
return { fields = {
  title = text{ required = true, help = "The name of the site." },
  id = text{ help = "128 random bits in hexadecimal; keeps this site's work apart from that of others on the same host." },
  language = text{ help = "The language of the site, such as `en` or `de-AT`." },
  theme = text{ help = "A folder in themes/; what it lacks comes from the default theme." },
  organization = text{ help = "Whose training it is; in the header, and on certificates." },
  brand = record{ color = color{ help = "The colour of buttons, links and numerals." }, logo = text{ help = "A picture, from content/." } },
  footer = record{
    contact = markdown{ help = "Whom to ask; an address or a link." },
    owner = text{ help = "Who answers for the site." },
    reviewed = date{ help = "When somebody last went through it." },
    accessibility = text{ help = "The page that tells how accessible the site is." },
    privacy = text{ help = "The page that tells what is kept." },
  },
  url = text{ help = "Where the site will be published." },
  publish = record{ to = text{ help = "Where `lectern publish` copies it: `user@host:folder`, or a folder." } },
  htaccess = either{ boolean, record{
    errors = boolean, types = boolean, charset = boolean, caching = boolean, nosniff = boolean, listing = boolean,
  } },
  device = one_of{ "own", "shared", help = "Whose device do learners use? Left out, each is asked once." },
  ["hand-in"] = record{
    link = text{ help = "The campus's form, filled in at `{name}`, `{course}`, `{page}`, `{date}`, `{score}`, `{percent}` and `{code}`." },
    email = text{ help = "Where an e-mail with a short code goes." },
  },
  plugins = map(anything, { help = "Plugins by name: off, or their options." }),
  callouts = map(record{
    title = text{ required = true, help = "What stands above it." },
    like = text{ help = "The call-out whose look it has: note, tip, warning and others." },
  }),
  html = one_of{ "pass", "escape", help = "HTML in Markdown: passed on, or shown as it is written." },
  ["unknown-blocks"] = one_of{ "error", "keep", help = "With `keep` a block that nobody knows is a warning." },
  check = record{
    orphans = boolean, ["unused-files"] = boolean, ["large-pictures"] = boolean, ["heading-levels"] = boolean,
    ["link-texts"] = boolean, titles = boolean, ["long-pages"] = boolean, summaries = boolean,
  },
} }

-- site: what content/site.yaml may say.
return { fields = {
  title = text{ required = true, help = "The name of the site." },
  id = text{ help = "128 random bits in hexadecimal; keeps this site's work apart from that of others on the same host." },
  language = text{ help = "The language of the site, such as `en` or `de-AT`." },
  theme = text{ help = "A folder in themes/; what it lacks comes from the default theme." },
  organization = text,
  brand = record{ color = color, logo = text },
  footer = record{
    contact = markdown, owner = text, reviewed = date, accessibility = text, privacy = text,
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
  callouts = map(record{ title = text{ required = true }, like = text }),
  html = one_of{ "pass", "escape" },
  ["unknown-blocks"] = one_of{ "error", "keep" },
  check = record{
    orphans = boolean, ["unused-files"] = boolean, ["large-pictures"] = boolean, ["heading-levels"] = boolean,
    ["link-texts"] = boolean, titles = boolean, ["long-pages"] = boolean, summaries = boolean,
  },
} }

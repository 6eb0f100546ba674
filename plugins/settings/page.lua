-- page: the keys that every page may have, in its front matter or, for a page that is YAML, beside
-- those of its type.
return { fields = {
  title = text{ help = "Left out, the first heading is the title." },
  type = text{ help = "The page type; left out, a .md file is a lesson and a .yaml file a quiz." },
  id = text{ help = "What the learner's work on the page is kept under; its address when left out." },
  order = integer{ help = "Its place; else the number before its name." },
  summary = text{ help = "One sentence, shown below the title and in lists." },
  minutes = integer{ min = 1, max = 600, help = "How long it takes." },
  ["to-do"] = text{ help = "The sentence on the module's numbered list." },
  objectives = list_or_one(text, { help = "What one can do afterwards." }),
  requires = list_or_one(either{ one_of{ "reading" }, page }, {
    help = "What has to be done before it opens: pages or modules, or `reading`, all pages before it in its module that are no quiz.",
  }),
  counts = boolean{ help = "Does it count for completion?  Pages in modules do, others do not." },
  draft = boolean{ help = "The page is left out, unless drafts are asked for." },
  ["old-addresses"] = list_or_one(text, { help = "Addresses that the page had before; they lead to it." }),
  language = text{ help = "The language of the page, when it is not that of the site." },
  print = boolean{ help = "With `off` the page is not printed." },
} }

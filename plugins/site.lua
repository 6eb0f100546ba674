-- site: the page type of a site's own page, its index.md.  Its template shows what the site holds.
return { default = "site", done = "none" }

-- module: the page type of a module's own page, its index.md.  Its template shows what the module holds.
return { default = "module", done = "none" }

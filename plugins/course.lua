-- course: the page type of a course's own page, its index.md.  Its template shows what the course holds.
return { default = "course", done = "none" }

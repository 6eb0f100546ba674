-- page-break: on paper, a new page begins here.
return { form = "leaf block" }

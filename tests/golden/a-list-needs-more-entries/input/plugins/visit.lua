-- visit: a page type.
return { template = "lesson.html", fields = { who = list(text, { min = 2 }), how = map(number) } }

-- pair: a question.
return { fields = { prompt = markdown, pairs = list(arrow{ "left", "right", required = true }) } }

return { pages = { quiz = { fields = {} } } }

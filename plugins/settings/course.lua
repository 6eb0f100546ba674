-- course: what a course.yaml may say.
return { fields = {
  title = text{ required = true, help = "The name of the course." },
  id = text{ help = "What the learner's work is kept under; the folder's name when left out." },
  summary = text{ help = "One sentence, on its card on the front page." },
  order = integer{ help = "Its place among the courses." },
  unit = text{ help = "The word before a module's number: Module, Part, Week." },
  numbered = boolean{ help = "Show the number of each module's folder." },
  passport = boolean{ help = "Each module that is done gets a stamp." },
  requires = one_of{ "reading", help = "Each quiz opens when the pages before it in its module are done." },
  locks = boolean{ help = "With `off` nothing waits for anything." },
  header = list(text, { help = "What stands at the top of each worksheet, such as Name and Date." }),
} }

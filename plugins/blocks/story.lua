-- story: a case to read.
return {}

-- dont-say: sentences to avoid.
return {}

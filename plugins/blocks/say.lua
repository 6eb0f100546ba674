-- say: sentences to use.  `dont-say` beside it has those to avoid.
return {}

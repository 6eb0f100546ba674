-- print-only: what only paper needs.
return {}

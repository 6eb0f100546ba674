-- figure: a picture or table with its caption, which is the block's title.
return {}

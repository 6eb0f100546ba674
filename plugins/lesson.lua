-- lesson: a page to read.  It is done when it has been read to its end, or marked as read.
return { default = "md", done = "read" }

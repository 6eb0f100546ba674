-- key: a key of the keyboard.
return { form = "inline" }

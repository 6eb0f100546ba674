-- facilitator: a note for who runs the workshop, in the facilitator's edition only.
return { private = true, names = { "facilitator", "instructor" }, template = "blocks/facilitator.html" }

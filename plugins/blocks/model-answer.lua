-- model-answer: for the facilitator's edition only.
return { private = true }

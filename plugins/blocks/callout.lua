-- callout: a box apart from the text, in the look of what it is for.  It serves the names that other
-- tools use as well, and those that `callouts:` in site.yaml adds.
local looks = {
  callout = "note",
  note = "note", tip = "tip", important = "important", warning = "warning", caution = "caution",
  ["callout-note"] = "note", ["callout-tip"] = "tip", ["callout-important"] = "important",
  ["callout-warning"] = "warning", ["callout-caution"] = "caution",
  challenge = "challenge", questions = "question", objectives = "objectives",
  keypoints = "keypoints", instructor = "instructor", discussion = "question",
  prereq = "prereq", testimonial = "testimonial",
}

local callout = {
  template = "blocks/callout.html",
  names = {
    "callout", "note", "tip", "important", "warning", "caution",
    "callout-note", "callout-tip", "callout-important", "callout-warning", "callout-caution",
    "challenge", "questions", "objectives", "keypoints", "discussion", "prereq", "testimonial",
  },
}

function callout.model(block)
  local own = callouts and callouts[block.name]
  local kind = own and own.like or looks[block.name] or "note"
  kind = looks[kind] or kind
  local title = block.title
  if not title then
    title = html(own and own.title or word_or_nil("callout-" .. block.name)
      or word_or_nil("callout-" .. (looks[block.name] or block.name)) or block.name)
  end
  return { kind = kind, title = title }
end

return callout

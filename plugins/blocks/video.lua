-- video: a video inside a lesson; what a page of type `video` shows, without its page.
local video = {
  form = "leaf block",
  attributes = { src = path{ required = true, remote = true }, poster = path, captions = path },
}

function video.model(block, page)
  local src = block.attributes.src
  local host = string.match(src, "^https?://([^/?#]+)")
  local track = block.attributes.captions and read_captions(block.attributes.captions)
  return {
    label = block.title_text ~= "" and block.title_text or src, track = track, cues = track or {},
    src = host and src or media(src), is_remote = host ~= nil, host = host,
    poster = block.attributes.poster and media(block.attributes.poster),
    captions = block.attributes.captions and media(block.attributes.captions),
    captions_language = page.language,
  }
end

return video

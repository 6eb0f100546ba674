-- video: a page with a video, and its transcript as the text.  A video on another host is shown as
-- its poster with a link; no request leaves by itself.
local video = {
  done = "watched",
  fields = {
    src = path{ required = true, remote = true, help = "The film: a file, or an address on another host." },
    poster = path{ help = "The picture before it plays." },
    captions = path{ help = "A WebVTT file." },
    ["captions-language"] = text{ help = "The language of the captions, when it is not that of the page." },
  },
}

local function host_of(src)
  return string.match(src, "^https?://([^/?#]+)")
end

function video.check(page, report)
  if host_of(page.src) then
    if page.captions then
      report({ "captions" }, "captions go with a video of this site, not with one on " .. host_of(page.src))
    end
  elseif page.captions then
    local cues, problem = read_captions(page.captions)
    if not cues and problem ~= "" then report({ "captions" }, "these captions cannot be used: " .. problem) end
  elseif not page.captions then
    report({ "src" }, "this video has no captions", {
      help = "write `captions:` with the path of a WebVTT file (.vtt): not everybody can hear it",
    })
  end
end

function video.model(page)
  local host = host_of(page.src)
  local track = page.captions and read_captions(page.captions)
  return {
    src = host and page.src or media(page.src),
    is_remote = host ~= nil,
    host = host,
    poster = page.poster and media(page.poster),
    captions = page.captions and media(page.captions),
    captions_language = page["captions-language"] or page.language,
    track = track, cues = track or {},
  }
end

return video

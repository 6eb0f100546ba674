-- course: the page type of a course's own page, its index.md.  Its template shows what the course holds;
-- of a passport, a stamp for each module: its title around a ring, a little askew, the same in every build.
local course_page = { default = "course", done = "none" }

local around = 2 * 3.14159265 * 47    -- the length of the ring on which the title stands
local most = 44                       -- letters that can still be read there

-- How wide a text is in capitals, in letters: those of East Asia are twice as wide.
local function width_of(text)
  local width = 0
  for _, code in utf8.codes(text) do width = width + (code >= 0x2E80 and 2 or 1) end
  return width
end

local function shortened(text)
  local kept, width = {}, 0
  for _, code in utf8.codes(text) do
    width = width + (code >= 0x2E80 and 2 or 1)
    if width > most - 4 then return table.concat(kept) .. "…" end
    table.insert(kept, utf8.char(code))
  end
  return text
end

local function stamp_of(title)
  local long = title .. " · " .. word("passport-word") .. " · "
  local text = width_of(long) <= most and long or shortened(title) .. " · "
  if 2 * width_of(text) <= most then text = text .. text end
  local digits = tonumber(string.sub(identity(title), 1, 4), 16)
  return {
    text = text,
    length = math.floor(around * 0.98),
    size = math.min(12, math.floor(10 * around / (0.72 * width_of(text))) / 10),
    angle = digits % 29 - 14,
  }
end

function course_page.model(page)
  local stamps = {}
  if page.course.passport then
    for i, module in ipairs(page.course.modules) do stamps[i] = stamp_of(module.title) end
  end
  return { stamps = stamps }
end

return course_page

-- certificate: a page type.  What a learner prints when the module or the course that the page stands in
-- is done, and a facilitator prints blank.  Nobody signs it but by hand.
local certificate = {
  done = "none",
  fields = {
    signatures = list_or_one(text, { help = "What stands below each line to sign on; left out, there is one." }),
  },
}

function certificate.check(page, report)
  if not page.course then
    report({ "type" }, "a certificate needs a course to be for", { help = "move the page into the folder of a course or of a module" })
  elseif page.kind ~= "page" then
    report({ "type" }, "a certificate is a page of its own", { help = "write it into a file beside this one, such as `certificate.md`" })
  elseif #page.signatures > 3 then
    report({ "signatures" }, "there is room for 3 signatures, not for " .. #page.signatures)
  end
end

local function counts_any(pages)
  for _, page in ipairs(pages) do
    if page.counts then return true end
  end
  return false
end

local function counts_any_of(course)
  for _, module in ipairs(course.modules) do
    if counts_any(module.pages) then return true end
  end
  return counts_any(course.pages)
end

function certificate.site(site, report)
  for _, page in ipairs(find_pages(site, { type = "certificate" })) do
    local what = page.module and "module" or "course"
    local is_reachable = page.module and counts_any(page.module.pages) or not page.module and counts_any_of(page.course)
    if not is_reachable then
      report(page, "nobody can ever get this certificate: no page of this " .. what .. " counts for completion")
    end
  end
end

-- What it is for, and what that holds: the modules of a course, or the pages of a module that count.
function certificate.model(page)
  local parts, module, course = {}, page.module, page.course
  for _, part in ipairs(module and module.pages or course.modules) do
    if not module or part.counts then table.insert(parts, part.title) end
  end
  local signatures = {}
  for i, label in ipairs(page.signatures) do signatures[i] = label end
  if #signatures == 0 then signatures[1] = word("certificate-signature") end
  return {
    key = module and module.page.key,
    what = module and module.title or course.title,
    of = module and (module.label and module.label .. " · " or "") .. course.title or nil,
    parts = parts, signatures = signatures,
  }
end

return certificate

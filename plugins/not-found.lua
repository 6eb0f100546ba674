-- not-found: `404.html`, for sites that say in `url` where they will be published.
local not_found = {}

function not_found.outputs(site)
  if edition == "facilitator" or not site.page.home then return {} end
  return { { address = "404.html", template = "404.html", title = word("not-found-title"), anywhere = true } }
end

return not_found

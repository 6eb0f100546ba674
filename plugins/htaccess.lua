-- htaccess: `.htaccess`, what an Apache web server is to do with the files of a site, where `site.yaml` asks for it.
-- Each part can be switched off, as a server may forbid what it needs, and then shows nothing at all.
local htaccess = {}

-- In the order in which they are written; `%s` is the path of `url`.
local parts = {
  { "errors", [[
<IfModule core.c>
ErrorDocument 404 %s404.html
</IfModule>
]] },
  { "types", [[
<IfModule mod_mime.c>
AddType text/javascript .js
AddType text/vtt .vtt
AddType image/svg+xml .svg
AddType image/webp .webp
</IfModule>
]] },
  { "charset", [[
<IfModule mod_mime.c>
AddCharset utf-8 .html .css .js .csv .vtt .xml .svg
</IfModule>
]] },
  { "caching", [[
<IfModule mod_headers.c>
Header set Cache-Control "no-cache" "expr=%%{REQUEST_URI} =~ m#(/|[.]html)$#"
Header set Cache-Control "public, max-age=31536000, immutable" "expr=%%{QUERY_STRING} =~ /^v=[0-9a-f]+$/"
</IfModule>
]] },
  { "nosniff", [[
<IfModule mod_headers.c>
Header always set X-Content-Type-Options "nosniff"
</IfModule>
]] },
  { "listing", [[
<IfModule mod_autoindex.c>
IndexIgnore *
</IfModule>
]] },
}

function htaccess.outputs(site)
  local asked = site.htaccess
  if edition == "facilitator" or not site.page.home or not asked then return {} end
  local path = site.page.home:gsub("^%a+://[^/]*", ""):gsub("[^/]*$", "")
  local text = { "# Made by Lectern; see `htaccess` in site.yaml.\n" }
  for _, part in ipairs(parts) do
    if asked == true or asked[part[1]] ~= false then
      text[#text + 1] = "\n# " .. part[1] .. "\n" .. part[2]:format(path)
    end
  end
  return { { address = ".htaccess", text = table.concat(text) } }
end

return htaccess

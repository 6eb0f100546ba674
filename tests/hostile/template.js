/* template: templates that mean harm. */
'use strict';

const { row, inTemplate, withModel, TOO_LONG, TOO_LARGE } = require('./row.js');

const many = (count, text) => Array.from({ length: count }, () => text).join('');

module.exports = [
  inTemplate('a template that never ends', '{% while true do %}{% end %}\n', TOO_LONG),
  inTemplate('a template that writes without end', '{% while true do %}some words{% end %}\n', /for too long|64 MiB/),
  inTemplate('a template that writes giants', '{% local s = ("<"):rep(1000000) while true do %}{{ s }}{% end %}\n', /for too long|64 MiB/),
  inTemplate('a template that writes 10 MB', '{% for i = 1, 10 do %}{{ ("x"):rep(1000000) }}{% end error("held") %}\n', /held/),
  inTemplate('a template that includes itself', '{% include "hostile.html", {} %}\n', /nested more than 40 deep|overflow/),
  inTemplate('a template that includes itself twice', '{% while true do pcall(function() %}{% include "hostile.html", {} %}{% end) end %}\n', /for too long|nested|expected/),
  inTemplate('a template that is its own layout', '{% layout "hostile.html" %}\n{% block body %}{% end %}\n', /nested more than 40 deep|circle/),
  inTemplate('two layouts in a circle', '{% layout "other.html" %}\n', /nested more than 40 deep|circle/,
    { files: { 'themes/default/templates/other.html': '{% layout "hostile.html" %}\n' }, at: 'themes/default/templates/(hostile|other).html' }),
  inTemplate('a template that renders itself', '{{{ render("hostile.html", {}) }}}\n', /overflow|nested|failed/),
  inTemplate('a template that renders for ever', '{% while true do pcall(render, "parts/task.html", { id = "x", checked = true }) end %}\n', /for too long|64 MiB/),
  inTemplate('a template that renders what fails for ever', '{% while true do pcall(render, "nowhere.html", {}) end %}\n', /for too long|64 MiB/),
  inTemplate('text is written as HTML', '{{{ "<script>" }}}\n', /takes Html that Lectern made/),
  inTemplate('text is written in a script', '<script>{{ page.title }}</script>\n', /cannot stand in <script>/),
  inTemplate('text is written as an attribute that acts', '<p onclick="{{ page.title }}">x</p>\n', /cannot stand in an attribute/),
  inTemplate('a link to a script', '<a href="{{ "javascript:alert(1)" }}">x</a>\n', /cannot begin with this scheme/),
  inTemplate('a link to a script in disguise', '<a href="{{ "java\\nscript:alert(1)" }}">x</a>{% error("held") %}\n', /scheme|held/),
  inTemplate('a writer gets what is no text', '{% _w(nil) %}\n', /string expected/),
  inTemplate('a writer gets a table', '{% _w({}) %}\n', /string expected/),
  inTemplate('a writer gets nothing', '{% _w() %}\n', /string expected/),
  inTemplate('the writer of HTML gets text', '{% _h("<script>") %}\n', /takes Html/),
  inTemplate('the writer of literals gets text', '{% _w("<scr" .. "ipt>alert(1)</script>") %}{% error("held") %}\n', /held/),
  inTemplate('the include gets what is no name', '{% _i(_ENV, {}, {}) %}\n', /string expected/),
  inTemplate('the include gets no data', '{% _i(_ENV, "hostile.html", nil) %}\n', /nested|overflow/),
  inTemplate('the include is told that a library is its own', '{% _i(_ENV, "parts/link-notes.html", string, true) error(string.upper("held")) %}\n', /HELD/),
  inTemplate('the layout gets nothing', '{% _l(nil, nil, "base.html") %}\n', /./, { at: '[^\\n]*' }),
  withModel('a writer is kept', 'keep = function(w) kept = w end\nif kept then kept("x") end\nreturn { keep = keep, use = function() kept("x") error("held") end }',
    '{% keep(_w) use() %}\n', /held/, { at: 'plugins/hostile.lua' }),
  inTemplate('300 nested blocks', many(300, '{% do %}') + many(300, '{% end %}'), /overflow|too many|levels|nested/),
  inTemplate('300 nested functions in a template', many(300, '{% (function() %}') + many(300, '{% end)() %}'), /./),
  inTemplate('braces that are never closed', '{{ '.repeat(10000), /./),
  inTemplate('a statement that is not Lua', '{% ))(( %}\n', /./),
  inTemplate('a template of another name', 'x', /no such template/, { files: { 'plugins/hostile.lua': 'return { template = "../../../content/site.yaml" }\n' }, at: '[^\\n]*', hasNoLine: true }),
  inTemplate('a template by a whole path', 'x', /no such template/, { files: { 'plugins/hostile.lua': 'return { template = "/etc/passwd" }\n' }, at: '[^\\n]*', hasNoLine: true }),
  inTemplate('the names of other templates are changed', '{% page = nil site = nil word = nil string.upper = nil %}\n', /cannot be changed/),
  inTemplate('string.rep in a template', '{{ ("x"):rep(1 << 40) }}\n', /longer than 1 MiB/),
  inTemplate('a bomb of text in a template', '{% local s = "x" while true do s = s .. s end %}\n', TOO_LARGE),
  row('block', 'model', 'blocks in blocks in blocks', 'return { template = "blocks/details.html" }\n', /nested more than \d+ deep|too deep/,
    { content: '# Hostile\n\n' + Array.from({ length: 60 }, (_, i) => ':'.repeat(70 - i) + 'hostile[x]\n').join('') + 'x\n' + Array.from({ length: 60 }, (_, i) => ':'.repeat(11 + i) + '\n').join(''),
      at: 'content/1-hostile.md' }),
];

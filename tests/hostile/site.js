/* site: what looks over other pages: facts, site(), overviews, fields of other pages; and parts that are kept. */
'use strict';

const { row, inCheck, inFacts, inModel, inTemplate, TOO_LONG, TOO_LARGE } = require('./row.js');

const inSite = (name, code, message, more = {}) =>
  row('page', 'model', name, `local hostile = { template = "lesson.html" }\nfunction hostile.site(site, report)\n${code}\nend\nreturn hostile\n`, message, { isAlone: true, ...more });
const inBlockFacts = (name, code, message, more = {}) =>
  row('block', 'check', name, `return { template = "blocks/details.html", facts = function(block)\n${code}\nend }\n`, message, more);
const NO_LINE = { hasNoLine: true };

module.exports = [
  inFacts('facts that are a circle', 'local t = {} t.t = t return t', /circle|nested/, NO_LINE),
  inFacts('facts with a number that is none as a key', 'local t = setmetatable({}, { __pairs = function() return function() return 0/0, 1 end end }) return t', TOO_LONG, { isLoose: true }),
  inFacts('facts that are a function', 'return print or error', /function|cannot/, NO_LINE),
  inBlockFacts('an endless loop in the facts of a block', 'while true do end', TOO_LONG),
  inBlockFacts('facts of a block that are no table', 'return "x"', /table with keys/, NO_LINE),
  inBlockFacts('facts of a block that are too large', 'return { x = ("x"):rep(20000) }', /16 KiB/, NO_LINE),
  inBlockFacts('facts of a block that claim another place', 'return { x = 1, offset = -1, file = 99999 }', /./, { isLoose: true }),
  inSite('an endless loop in site()', 'while true do end', TOO_LONG),
  inSite('memory without end in site()', 'local t = {} for i = 1, 1 << 40 do t[i] = ("x"):rep(1000) .. i end', TOO_LARGE),
  inSite('an overview that is too large', 'local t = {} for i = 1, 40000 do t[i] = ("x"):rep(30) .. i end return t', /1 MiB|too long/, NO_LINE),
  inSite('an overview that is a circle', 'local t = {} t.t = t return t', /circle|nested/, NO_LINE),
  inSite('an overview that is a function', 'return function() end', /function|cannot/, NO_LINE),
  inSite('reports without end', 'while true do report(site.page, "x") end', TOO_LONG),
  inSite('a report at a place that is none', 'report({ offset = 1 << 40, file = 1 << 40 }, "x")', /no place/),
  inSite('a report of a page that is none', 'report(setmetatable({}, { __index = function() return 1 << 30 end }), "x")', /no place|plain/),
  inSite('a report in fields that are none', 'report({ "x", of = 5 }, "held")\nerror("held")', /held/),
  inSite('fields of a page again and again', 'while true do fields_of(site.page) end', /too long|64 MiB/),
  inSite('fields of what is no page', 'fields_of(site.courses)', /takes a page/),
  inSite('a page that is no path', 'page_named(("../"):rep(200000))\nerror("held")', /held|too long|longer/),
  inSite('a page outside of content', 'assert(page_named("../../../../etc/passwd.md") == nil)\nerror("held")', /held/),
  inSite('nearest in a long list', 'local t = {} for i = 1, 100000 do t[i] = "word" .. i end\nwhile true do nearest("word", t) end', TOO_LONG),
  inSite('nearest with a giant', 'nearest(("x"):rep(1 << 21), {})', /longer than 1 MiB/),
  inSite('an object kept for later', 'kept = site\nreturn { x = 1 }', /./, { isLoose: true }),
  inCheck('fields of another page in check', 'fields_of(page)', /not known yet/),
  inCheck('a page that is named in check', 'page_named("2-honest.md")', /not known yet/),
  inModel('Markdown without end', 'while true do from_markdown("*x*") end', /too long|64 MiB/),
  inModel('Markdown that is a giant', 'from_markdown(("*x* "):rep(1 << 19))', /longer than|too long|64 MiB/),
  inModel('Markdown that is not right', 'from_markdown(":::tip\\nx")', /not right/),
  inModel('the fields of itself', 'local f = fields_of(page)\nerror(f.title and "held" or "none")', /held/),
  inModel('an overview that nobody made', 'return { x = overview.x }', /nil/),
  inModel('a mark outside of a template', 'mark_current(page)', /takes a page, in a template/),
  inTemplate('a mark of what is no page', '{% layout "base.html" %}\n{% block body %}\n{% mark_current(5) %}\n{% end %}\n', /takes a page/),
  inModel('an address written outside of a template', 'write_url(page)', /takes a page, in a template/),
  inTemplate('an address of what is no page', '{% layout "base.html" %}\n{% block body %}\n{% write_url(5) %}\n{% end %}\n', /takes a page/),
  inTemplate('an address in a part that is the same anywhere', '{% layout "base.html" %}\n{% block body %}\n{% include "parts/header.html", { once = "x", anywhere = true } %}\n{% end %}\n', /no addresses but those of write_url/, { at: 'themes/default/templates/parts/header.html' }),
  inTemplate('a kept part with a giant key', '{% layout "base.html" %}\n{% block body %}\n{% include "lesson.html", { once = ("x"):rep(1 << 21) } %}\n{% end %}\n', /longer than 1 MiB/),
  inTemplate('a kept part of itself', '{% include "hostile.html", { once = "x" } %}\n', /nested more than|in a circle|too long/, { isLoose: true }),
  inTemplate('kept parts without end', '{% layout "base.html" %}\n{% block body %}\n{% for i = 1, 1 << 40 do %}{% include "parts/words.html", { once = "x" .. i } %}{% end %}\n{% end %}\n', /too long|64 MiB/, { at: 'themes/default/templates/(hostile|parts/words).html' }),
  inTemplate('a kept part that fails', '{% layout "base.html" %}\n{% block body %}\n{% include "parts/mood.html", { once = "x" } %}\n{% end %}\n', /./, { isLoose: true }),
];

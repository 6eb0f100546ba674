/* declare: plugins whose tables are not what a plugin's table should be. */
'use strict';

const { row } = require('./row.js');

const declares = (name, fields, message, more) =>
  row('page', 'check', name, `return { template = "lesson.html", fields = ${fields} }\n`, message, { hasNoLine: true, ...more });

module.exports = [
  declares('a field that is a number', '{ x = 7 }', /declared by no function/),
  declares('a field that is a function', '{ x = pairs }', /declared by no function/),
  declares('fields that are a text', '"x"', /declared by no function|no 'fields'|bad argument/),
  declares('fields with keys that are no text', '{ [1.5] = text, [true] = text }', /declared by no function/),
  declares('a list of nothing', '{ x = list() }', /no 'item'|declared by no function/),
  declares('a list of numbers', '{ x = list(7) }', /no 'item'|declared by no function/),
  declares('a choice of nothing', '{ x = one_of(nil) }', /table expected/, { hasNoLine: false }),
  declares('a choice without a length', '{ x = { kind = "one_of", options = (function() local t = {} for i = 50, 0, -1 do t[1 << i] = "x" end return t end)() } }', /too many|more than/),
  declares('either without a length', '{ x = { kind = "either", choices = (function() local t = {} for i = 50, 0, -1 do t[1 << i] = text end return t end)() } }', /too many|more than/),
  declares('either of nothing', '{ x = either({}) }', /at least one form/),
  declares('an arrow with one part', '{ x = arrow{ "x" } }', /two parts/),
  declares('a kind that is none', '{ x = { kind = "bomb" } }', /declared by no function/),
  row('page', 'check', 'a field that holds itself', 'local x = { kind = "list" }\nx.item = x\nreturn { fields = { x = x } }\n', /nested too deeply/, { hasNoLine: true }),
  row('page', 'check', 'fields that double', 'local x = text\nfor i = 1, 30 do x = record{ a = x, b = x } end\nreturn { fields = { x = x } }\n', /too many|too large|more than|for too long|64 MiB/, { hasNoLine: true }),
  row('page', 'check', 'ten thousand fields', 'local f = {}\nfor i = 1, 10000 do f["f" .. i] = text end\nreturn { fields = f }\n', /too many|more than/, { hasNoLine: true }),
  row('page', 'check', 'options of wrong types', 'return { template = "lesson.html", fields = { x = text{ min = {}, max = "many", help = 7 } }, check = function() error("held") end }\n', /held/),
  row('page', 'check', 'fields with a metatable', 'return { fields = setmetatable({}, { __index = function() while true do end end, __pairs = function() while true do end end, __len = function() while true do end end }), check = function() error("held") end }\n', /held/),
  row('page', 'check', 'a plugin with a metatable', 'return setmetatable({ check = function() error("held") end }, { __index = function() while true do end end })\n', /held/),
  row('page', 'check', 'functions that are no functions', 'return { template = {}, model = 7, check = "x", facts = true, names = "x", default = {}, done = pairs }\n', /no such template|held|/, { hasNoLine: true, isLoose: true }),
  row('block', 'check', 'the declarations of all are changed', 'text.kind = "bomb"\n', /cannot be changed/),
  row('block', 'check', 'an option is added to the declarations of all', 'integer.required = true\n', /cannot be changed/),
  row('block', 'check', 'the declarations of all are called by another', 'setmetatable(text, {})\n', /protected metatable/),
  row('block', 'check', 'a thousand names', 'local n = {}\nfor i = 1, 1000 do n[i] = "hostile" .. i end\nn[1] = "hostile"\nreturn { names = n, check = function() error("held") end }\n', /held|more than 24|names/, { hasNoLine: true, isLoose: true }),
  row('block', 'check', 'the name of a block of Lectern', 'return { names = { "hostile", "callout", "details" } }\n', /is already that of/, { hasNoLine: true }),
  row('block', 'check', 'one name twice', 'return { names = { "hostile", "hostile" }, check = function() error("held") end }\n', /held/),
  row('block', 'check', 'the form of a block that is none', 'return { form = ("x"):rep(100000), check = function() error("held") end }\n', /held/),
  row('page', 'check', 'the default of every page', 'return { default = "md", check = function() error("held") end, template = "lesson.html" }\n', /held/, {}),
];

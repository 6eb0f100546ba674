/* load: harm that is done while a plugin is loaded, where no worker stands around it. */
'use strict';

const { row, inLoad, TOO_LONG, TOO_LARGE } = require('./row.js');

const absent = ['io', 'os', 'debug', 'package', 'coroutine'].map((name) =>
  inLoad(`there is no ${name}`, `local x = ${name}.anything`, /attempt to index a nil value/));
const absentFunctions = ['load', 'loadstring', 'require', 'dofile', 'loadfile', 'collectgarbage', 'getmetatable', 'rawset', 'print', 'next', 'xpcall',
  'string.dump', 'math.random', 'math.randomseed', 'table.move', 'string.pack', 'string.unpack'].map((name) =>
  inLoad(`there is no ${name}()`, `${name}("x")`, /attempt to call a nil value/));

module.exports = [
  ...absent, ...absentFunctions,
  inLoad('an endless loop', 'while true do end', TOO_LONG),
  inLoad('an endless loop of goto', '::again:: goto again', TOO_LONG),
  inLoad('recursion without end', 'local function f() return 1 + f() end\nf()', /stack overflow|64 MiB/),
  inLoad('tail calls without end', 'local function f() return f() end\nf()', TOO_LONG),
  inLoad('a bomb of tables', 'local t = {}\nwhile true do t = { t, t } end', TOO_LARGE),
  inLoad('a bomb of text', 'local s = "x"\nwhile true do s = s .. s end', TOO_LARGE),
  inLoad('a table that is filled', 'local t = {}\nfor i = 1, 1e9 do t[i] = i end', TOO_LARGE),
  inLoad('pcall that goes on', 'while true do pcall(function() while true do end end) end', TOO_LONG),
  inLoad('pcall in pcall in pcall', 'local function f() pcall(f) pcall(f) end\nf()', TOO_LONG),
  inLoad('pcall around a bomb', 'while true do pcall(function() local s = "x" while true do s = s .. s end end) end', TOO_LARGE),
  inLoad('an error that is a table', 'error({})', /an error that is table/),
  inLoad('an error that is nil', 'error(nil)', /an error that is nil/),
  inLoad('an error with __tostring', 'error(setmetatable({}, { __tostring = function() while true do end end }))', /an error that is table/),
  inLoad('an error in many lines', 'error("x\\n\\27[2J\\a\\0y")', /x/),
  inLoad('an error of a mebibyte', 'error(("x"):rep(1000000))', /xxx/),
  inLoad('__close without end', 'local x <close> = setmetatable({}, { __close = function() while true do end end })', TOO_LONG),
  inLoad('__close that goes on when it is stopped',
    'local function again() local x <close> = setmetatable({}, { __close = again }) while true do end end\nagain()', TOO_LONG),
  inLoad('__gc', 'setmetatable({}, { __gc = function() while true do end end })', /cannot have __gc/),
  inLoad('__gc that is false', 'setmetatable({}, { __gc = false })', /cannot have __gc/),
  inLoad('__index in a circle', 'local a, b = {}, {}\nsetmetatable(a, { __index = b }) setmetatable(b, { __index = a })\nlocal x = a.x', /'__index' chain too long/),
  inLoad('what is hoarded stays small', 'hoard = {}\nfor i = 1, 55 do hoard[i] = ("x"):rep(1000000) .. i end\nerror("held")', /held/),
  inLoad('a binary chunk', '', /binary|text|only/, { text: Buffer.from('\x1bLua\x54\x00\x19\x93\r\n\x1a\n\x04\x08\x08', 'latin1') }),
  inLoad('bytes that are no text', '', /syntax error|unexpected symbol|near/, { text: Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x0a]) }),
  inLoad('nested parentheses', 'return ' + '('.repeat(5000) + '1' + ')'.repeat(5000), /overflow|too many|levels/, {}),
  inLoad('300 nested functions', 'function f() '.repeat(300) + 'end '.repeat(300), /overflow|too many|levels/),
  inLoad('300 local names', Array.from({ length: 300 }, (_, i) => `local x${i} = ${i}`).join('\n'), /too many local variables/),
  inLoad('a jungle of goto', Array.from({ length: 1000 }, (_, i) => `::a${i}:: if x then goto a${(i * 7) % 1000} end`).join('\n') + '\ngoto a0', TOO_LONG),
  inLoad('a text with a million escapes', `local s = "${'\\u{10FFFF}'.repeat(100000)}"\nerror("held " .. #s)`, /held 400000/),
  inLoad('a source of 20 MB', `x = { ${'{},'.repeat(7e6)} }`, /larger than|too large/, { hasNoLine: true }),
  row('page', 'check', 'a plugin without a table', 'return 7\n', /must end by returning its table/, { hasNoLine: true }),
  row('page', 'check', 'a plugin that is a table of Lua’s', 'return string\n', /must end by returning its table|type/, { hasNoLine: true, isLoose: true }),
  row('shared', 'check', 'a shared file that calls itself', 'return (shared("hostile"))\n', /overflow|circle|nested/,
    { files: { 'plugins/hostile.lua': 'shared("hostile")\nreturn { template = "lesson.html" }\n' } }),
  row('shared', 'check', 'a shared file that never ends', 'while true do end\n', TOO_LONG,
    { files: { 'plugins/hostile.lua': 'shared("hostile")\nreturn { template = "lesson.html" }\n' } }),
  inLoad('shared files without end', 'while true do pcall(shared, "choices") end', TOO_LONG),
  inLoad('a shared file out of the plugins', 'shared("../../../etc/passwd")', /there is no plugins\/shared/),
  inLoad('a shared file by a whole path', 'shared("/etc/passwd")', /there is no plugins\/shared/),
  inLoad('a shared file with NUL', 'shared("choices\\0x")', /there is no plugins\/shared/),
  row('block', 'check', 'a block that never ends while it is loaded', 'while true do end\n', TOO_LONG),
  row('question', 'check', 'a question that never ends while it is loaded', 'while true do end\n', TOO_LONG),
  inLoad('render() while it is loaded', 'render("base.html", {})', /./),
  inLoad('media() while it is loaded', 'local x = media("x.png")\nerror("held")', /held|page/),
  inLoad('link() while it is loaded', 'local x = link("2-honest.md")\nerror("held")', /held|page/),
  inLoad('asset() while it is loaded', 'local x = asset("lectern.css")\nerror("held")', /held|page/),
  inLoad('word() while it is loaded', 'local x = word("date")\nerror("held")', /held|catalogue|page/),
  inLoad('words_for_script() while it is loaded', 'local x = words_for_script()\nerror("held")', /held|page/),
  inLoad('report() while it is loaded', 'report({}, "x")\nreport({ 1, 2 }, "y")\nclaim("z")\nlink_notes()\nerror("held")', /held|page/),
];

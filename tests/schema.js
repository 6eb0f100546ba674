/* schema: what `lectern schema` writes takes what Lectern takes, and refuses the mistakes that can be
 * seen without knowing what a page means. */
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const NAMES = ['site', 'course', 'page', 'quiz'];

/* What Lectern says of fields, word for word; all of it an editor can say too. */
const KINDS = 'a text|a whole number|a number|a percentage such as 80%|true or false|a date such as 2026-11-02|' +
  'a colour such as "#0b5d4d"|the path of a file|the path of a page|a list|a group of keys|one of several forms';
const SEEN = [
  /^unknown key '/,
  /^'[^']*' is missing$/,
  new RegExp(`^'[^']*' must be (${KINDS}), not `),
  /^'[^']*' must be ('[^']*'(, | or )?)+, not /,
  /^'[^']*' must be at (least|most) /,
  /^'[^']*' must be between 0% and 100%$/,
  /^'[^']*' needs at least \d+ entr/,
  /^none of the keys names a type of /,
  /^'[^']*' and '[^']*' cannot stand together/,
  /^'[^']*' has no text$/,
  /^no page type is called '/,
  /^an arrow `=>` with a text behind it is missing$/,
];

function lectern(words, options = {}) {
  const result = spawnSync(path.join(process.env.LECTERN_BUILD, 'lectern'), words, { encoding: 'utf8', timeout: 60000, ...options });
  return { status: result.status, out: result.stdout, err: result.stderr };
}

function scratch() {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-schema-'));
}

function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
}

function bytesOf(folder) {
  return NAMES.map((name) => fs.readFileSync(path.join(folder, `${name}.schema.json`), 'utf8'));
}

/* Functions that say whether a value fits, by the schema's name; null when the plugins cannot be used. */
function validators(project) {
  const Ajv = require('ajv');
  const folder = scratch();
  const run = lectern(['schema', ...(project ? [project] : [path.join(folder, 'nowhere')]), '--out', folder]);
  if (run.status !== 0) return null;
  const ajv = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true });
  for (const word of ['deprecationMessage', 'patternErrorMessage', 'errorMessage']) ajv.addKeyword(word);    /* words of editors */
  return Object.fromEntries(NAMES.map((name, i) => [name, ajv.compile(JSON.parse(bytesOf(folder)[i]))]));
}

/* As an editor reads it: YAML 1.2, in which `yes` is a word and a date is one too.  undefined when it
 * cannot be read. */
function parsed(text) {
  const yaml = require('js-yaml');
  try {
    const value = yaml.load(text.replace(/^\uFEFF/, ''), { schema: yaml.CORE_SCHEMA });
    return value === undefined ? null : value;
  } catch {
    return undefined;
  }
}

/* The YAML of a file, and how many of its lines that is. */
function yamlOf(file) {
  const text = fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  if (file.endsWith('.yaml')) return { text, lines: Infinity };
  const front = /^---[ \t]*\r?\n((?:[^]*?\n)?)---[ \t]*\r?(?:\n|$)/.exec(text);
  return front && { text: front[1], lines: front[1].split('\n').length + 1 };
}

function schemaFor(project, file) {
  const name = path.relative(path.join(project, 'content'), file);
  if (name === 'site.yaml') return 'site';
  if (path.basename(name) === 'course.yaml') return 'course';
  return name.endsWith('.yaml') ? 'quiz' : 'page';
}

function sourcesBelow(folder) {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? sourcesBelow(file) : entry.isFile() && /\.(yaml|md)$/.test(file) ? [file] : [];
  }).sort();
}

function sameBytes(report) {
  const [first, second] = [scratch(), scratch()];
  const run = lectern(['schema', '--out', first]);
  lectern(['schema', '--out', second], { env: { ...process.env, LC_ALL: 'tr_TR.UTF-8' } });
  report(run.status === 0 && run.out === NAMES.map((name) => path.join(first, `${name}.schema.json\n`)).join(''),
    'it says where it has written', run.out + run.err);
  report(bytesOf(first).join() === bytesOf(second).join(), 'the same bytes each time');
  const isIndented = (text) => /^\{\n {2}"\$schema": "[^]*\n\}\n$/.test(text) && JSON.parse(text);
  report(bytesOf(first).every(isIndented), 'it is JSON, two blanks for each level');
}

/* What Lectern has nothing to say about is right. */
function takesWhatIsRight(report, projects, usual) {
  const counts = { taken: 0, skipped: 0 };
  for (const { folder, said } of projects) {
    if (said.trim()) continue;
    const fits = fs.existsSync(path.join(folder, 'plugins')) ? validators(folder) : usual;
    for (const file of fits ? sourcesBelow(path.join(folder, 'content')) : []) {
      const written = yamlOf(file);
      if (!written) continue;
      const value = parsed(written.text);
      counts[value === undefined ? 'skipped' : 'taken']++;
      if (value === undefined) continue;
      const fit = fits[schemaFor(folder, file)];
      report(fit(value), `${file} fits`, JSON.stringify(fit.errors, null, 1));
    }
  }
  report(counts.taken >= 20, 'at least 20 files were held against a schema', JSON.stringify(counts));
  report(counts.skipped <= counts.taken / 10, 'and few could not be read', JSON.stringify(counts));
}

/* What Lectern reports, and a schema can see, does not fit. */
function refusesWhatIsWrong(report, projects, usual) {
  const refused = new Set();
  for (const { name, folder, said } of projects) {
    const fits = /error: /.test(said) && fs.existsSync(path.join(folder, 'plugins')) ? validators(folder) : usual;
    for (const [, shown, line, message] of said.matchAll(/^([^ :][^:\n]*):(\d+):\d+: error: (.*)$/gm)) {
      const file = path.join(path.dirname(folder), shown);
      if (!fits || !SEEN.some((pattern) => pattern.test(message)) || !/\.(yaml|md)$/.test(file) || !fs.existsSync(file)) continue;
      const written = yamlOf(file);
      const value = written && Number(line) <= written.lines ? parsed(written.text) : undefined;
      if (value === undefined) continue;
      refused.add(name);
      report(!fits[schemaFor(folder, file)](value), `${name}: a schema sees ${message}`, written.text);
    }
  }
  report(refused.size >= 12, 'at least 12 cases have a mistake that a schema can see', [...refused].join(' '));
}

/* A page type for each kind of field, and a page for each value. */
const FIELDS = {
  text: 'text', 'text-required': 'text{ required = true }', markdown: 'markdown',
  integer: 'integer', 'integer-range': 'integer{ min = 2, max = 80 }', number: 'number', percent: 'percent',
  boolean: 'boolean', 'boolean-required': 'boolean{ required = true }', date: 'date', color: 'color', anything: 'anything',
  list: 'list(text)', 'list-min': 'list(text, { min = 2, required = true })', 'list-or-one': 'list_or_one(integer)',
  map: 'map(text)', record: 'record{ a = text }', 'record-required': 'record{ a = integer{ required = true } }',
  'one-of': 'one_of{ "a word", "1", "true" }', either: 'either{ one_of{ "maybe" }, list(text), integer }',
  arrow: 'arrow{ "left", "right" }', 'arrow-required': 'arrow{ "left", "right", required = true }',
  nested: 'list(record{ a = list_or_one(boolean), b = map(list(integer)) })',
};
const VALUES = ['', '3', '"3"', '-1', '+5', '007', '1', '"1"', '1.5', '"1.5"', '.5', '80', '81', '80%', '"80 %"', '100.0%', '180%', '-5%',
  'true', 'True', '"true"', 'yes', 'Yes', 'YES', 'on', 'off', 'False', 'maybe', 'a word', '2026-11-02', '"2026-11-02"', '2026-1-2',
  '"#abc"', '"#0b5d4d"', '"#abcd"', '[]', '[a]', '[a, b]', '[1, 2]', '[[a], b]', '{a: b}', '{a: 1}', '{a: 1, b: 2}', '{b: 1}', '{}',
  'x => y', 'x =>y', '=> y', '"x\\n=> y"', '[{a: yes}, {a: [on, off], b: {c: [1]}}]', '[{a: 1}]', '[{b: {c: d}}]', '[{c: 1}]'];

/* What only Lectern sees: an editor does not know how a number was spelt, or of which form something was to be. */
const UNSEEN = new Set(['integer-range: "1"', 'one-of: True']);

function agrees(report) {
  const folder = scratch();
  const files = { 'content/site.yaml': 'title: Probes\n', 'content/desk/course.yaml': 'title: Desk\n', 'content/desk/1-all/index.md': '# All\n' };
  const probes = [];
  for (const [kind, field] of Object.entries(FIELDS)) {
    files[`plugins/probe-${kind}.lua`] = `return { template = "lesson.html", fields = { value = ${field} } }\n`;
    VALUES.forEach((value, i) => {
      const file = `content/desk/1-all/${kind}-${i}.yaml`;
      files[file] = `title: Probe\ntype: probe-${kind}\nvalue: ${value}\n`;
      probes.push({ file: path.join(folder, file), name: `${kind}: ${value}`, text: files[file] });
    });
  }
  write(folder, files);
  const wrong = new Set(JSON.parse(lectern(['check', folder, '--format', 'json'], { maxBuffer: 1 << 26 }).out).problems
    .filter((problem) => problem.severity === 'error').map((problem) => problem.file));
  const fits = validators(folder).quiz;
  for (const { file, name, text } of probes) {
    const isRight = !wrong.has(file);
    report(fits(parsed(text)) === (isRight || UNSEEN.has(name)), `Lectern and its schema agree on ${name}`,
      `Lectern ${isRight ? 'takes' : 'refuses'} it\n${JSON.stringify(fits.errors)}`);
  }
}

/* A plugin of the project's own takes part; groups of questions may hold questions. */
function ownPlugins(report) {
  const folder = scratch();
  write(folder, {
    'content/site.yaml': 'title: Own\n',
    'plugins/questions/bundle.lua': 'return { fields = { prompt = markdown{ required = true },\n' +
      '  inner = list(variant("questions", { tag = text{ help = "A word." } }, { query = "write bundle" })) } }\n',
    'plugins/collection.lua': 'return { default = "collection", fields = { items = list(variant("nothing", {})) } }\n',
  });
  const fits = validators(folder);
  const quiz = (question) => fits.quiz({ title: 'Quiz', questions: [question] });
  const inner = { 'true-false': 'Yes.', answer: true, tag: 'a' };
  report(quiz({ bundle: 'All.', inner: [inner, { bundle: 'More.', inner: [inner] }] }), 'questions may hold questions', JSON.stringify(fits.quiz.errors));
  report(!quiz({ bundle: 'All.', inner: [{ ...inner, tagg: 'a' }] }), 'and what is wrong in them is seen');
  report(!quiz({ bundle: 'All.', inner: [{ query: 'More.' }] }) && /write bundle/.test(JSON.stringify(fits.quiz.schema)),
    'a word of other tools is refused, and the schema tells what to write instead');
  report(fits.quiz({ title: 'Quiz', type: 'collection', items: [] }) && !fits.quiz({ title: 'Quiz', type: 'collection', items: [{}] }),
    'where there is no type nothing is right');
  report(validators(null).quiz({ title: 'Quiz', questions: [{ bundle: 'All.' }] }) === false, 'without a project there are no plugins but Lectern’s');
}

function commandLine(report) {
  const help = lectern(['schema', '--help']);
  report(help.status === 0 && /Example:/.test(help.out), '--help shows an example');
  report(lectern(['schema', '--strict']).status === 2 && lectern(['schema', 'a', 'b']).status === 2, 'wrong usage');
  const nothing = scratch();
  const none = lectern(['schema', nothing]);
  report(none.status === 1 && /there is no folder 'content' here/.test(none.err) && fs.readdirSync(nothing).length === 0,
    'a folder that is no project is left alone', none.err);
  write(nothing, { 'a-file': '' });
  const blocked = lectern(['schema', '--out', path.join(nothing, 'a-file/below')]);
  report(blocked.status === 1 && /a-file\/below: error: nothing can be written here/.test(blocked.err), 'a folder that cannot be made', blocked.err);
  fs.mkdirSync(path.join(nothing, 'out/site.schema.json'), { recursive: true });
  const taken = lectern(['schema', '--out', path.join(nothing, 'out')]);
  report(taken.status === 1 && /site\.schema\.json: error: cannot be written/.test(taken.err), 'a file that cannot be written', taken.err);
  write(nothing, { 'content/site.yaml': 'title: Small\n' });
  const made = lectern(['schema', nothing]);
  report(made.status === 0 && bytesOf(path.join(nothing, '.lectern/schemas')).length === 4, 'they are in .lectern/schemas of the project', made.err);
  write(nothing, { 'plugins/questions/broken.lua': 'return {\n' });
  const broken = lectern(['schema', nothing]);
  report(broken.status === 1 && /broken\.lua:2: error: /.test(broken.err) && broken.out === '', 'a plugin that cannot be used is reported', broken.err);
}

module.exports = function schema(report) {
  const golden = fs.readdirSync('tests/golden').sort().map((name) => {
    const messages = path.join('tests/golden', name, 'messages');
    const said = fs.existsSync(messages) ? fs.readFileSync(messages, 'utf8') : '';
    return { name, folder: path.join('tests/golden', name, 'input'), said };
  });
  const ours = ['.', 'generator/starter/project'].map((folder) => ({ name: folder, folder, said: '' }));
  const usual = validators(null);
  commandLine(report);
  sameBytes(report);
  report(usual !== null, 'the schemas are schemas');
  takesWhatIsRight(report, [...ours, ...golden], usual);
  refusesWhatIsWrong(report, golden, usual);
  agrees(report);
  ownPlugins(report);
};

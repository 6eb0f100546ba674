/* reference: the docs keep their word.
 * Every marked example in docs/ is checked by Lectern; every key, block, command and function has
 * its place in docs/reference; every link leads somewhere, and every page of docs can be reached.
 *
 * An example is a fenced block below a comment `<!-- example: KIND -->`, where KIND is
 *   page        a Markdown page, front matter and all    question   an entry of a quiz's `questions:`
 *   markdown    what stands below the front matter       site       a site.yaml
 *   quiz        a YAML page                              course     a course.yaml
 *   file PATH   a file of a project that all such examples of one page make together; a path that
 *               comes twice begins the next project
 * A tutorial's examples are steps in one project, taken one after the other:
 *   step PATH   a file is written                         remove PATH   something is removed
 *   run         commands, which must be fine; with `, gives: MESSAGE` they must fail and say that
 * Behind it may stand `, gives: MESSAGE`: then Lectern must say this, and nothing else; otherwise it
 * must say nothing. `, advises: MESSAGE` is the same for advice, which is heard nowhere else. Examples
 * may refer to what FIXTURES holds. */
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const FOLDER = 'content/example/1-basics/';
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>';
const FIXTURES = {
  'content/site.yaml': 'title: Examples\ncheck:\n  titles: off\n',
  'content/index.md': '# Examples\n\nWords.\n',
  'content/accessibility.md': '# Accessibility\n\nWords.\n',
  'content/privacy.md': '# Privacy\n\nWords.\n',
  'content/media/logo.svg': PICTURE,
  'content/media/desk.svg': PICTURE,
  'content/media/visit.jpg': 'picture',
  'content/media/visit.mp4': 'video',
  'content/media/visit.vtt': 'WEBVTT\n\n00:00.000 --> 00:02.000\nGood morning.\n',
  'content/example/course.yaml': 'title: Example\n',
  'content/example/index.md': '# Example\n\nWords.\n',
  'content/example/policies.md': '# Policies\n\n## Privacy\n\nWords.\n',
  [FOLDER + 'index.md']: '# Basics\n\nWords.\n',
  [FOLDER + '1-six-steps.md']: '# Six steps\n\nWords.\n\n## Listen\n\nWords.\n',
  [FOLDER + '2-quiz.yaml']: 'title: Quiz\nquestions:\n  - true-false: Yes.\n    answer: true\n',
};

function filesBelow(folder, extension) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(file, extension) : file.endsWith(extension) ? [file] : [];
  }).sort();
}

/* Examples. */

function examplesOf(file) {
  const found = [];
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  for (let i = 0; i < lines.length; i++) {
    const mark = /^( *)<!-- example: (\w+)(?: (\S+?))?(?:, (gives|advises): (.*?))? -->$/.exec(lines[i]);
    if (!mark) continue;
    const [, indent, kind, name, verb, gives] = mark;
    const fence = /^ *(`{3,}|~{3,})/.exec(lines[i + 1] || '');
    const end = fence ? lines.findIndex((line, at) => at > i + 1 && line.trim() === fence[1]) : -1;
    if (end < 0) throw new Error(`${file}:${i + 1}: no fenced block follows this mark`);
    const text = lines.slice(i + 2, end).map((line) => line.slice(indent.length)).join('\n') + '\n';
    found.push({ file, line: i + 1, kind, name, gives, isAdvised: verb === 'advises', text });
  }
  return found;
}

/* The file that an example becomes, in a project that many share. */
function asFile(example, number) {
  const indented = example.text.replace(/^(?=.)/gm, '  ');
  switch (example.kind) {
    case 'page': return [`${FOLDER}example-${number}.md`, example.text];
    case 'markdown': return [`${FOLDER}example-${number}.md`, `---\ntitle: Example\n---\n\n${example.text}`];
    case 'quiz': return [`${FOLDER}example-${number}.yaml`, example.text];
    case 'question': return [`${FOLDER}example-${number}.yaml`, `title: Example\nquestions:\n${indented}`];
    case 'course': return [`content/course-${number}/course.yaml`, example.text];
    case 'site': return ['content/site.yaml', example.text];
    default: throw new Error(`${example.file}:${example.line}: no example is of the kind '${example.kind}'`);
  }
}

/* Check a project; its problems by file. */
function problemsOf(files) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-reference-'));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  const lectern = path.join(process.env.LECTERN_BUILD, 'lectern');
  const run = spawnSync(lectern, ['check', '--format', 'json'], { cwd: folder, encoding: 'utf8', timeout: 60000 });
  fs.rmSync(folder, { recursive: true, force: true });
  const byFile = {};
  for (const problem of JSON.parse(run.stdout || '{"problems":[{"file":"?","message":"no answer"}]}').problems)
    (byFile[problem.file] ||= []).push(problem);
  return byFile;
}

const isAdvice = (problem) => problem.severity === 'advice';

function shown(problems) {
  return problems.map((problem) => `${problem.file}:${problem.line}:${problem.column}: ${problem.message}`).join('\n');
}

function judge(report, example, problems) {
  const name = `${example.file}:${example.line}`;
  const wanted = example.gives === undefined ? [] : [example.gives];
  const said = problems.filter((problem) => isAdvice(problem) === example.isAdvised).map((problem) => problem.message);
  const isRight = said.length === wanted.length && said.every((message, i) => message === wanted[i]);
  report(isRight, name, `wanted: ${wanted.join() || 'no message'}\n${shown(problems)}`);
}

/* Examples that may share a project do: one for those that are fine, one for those that give messages,
 * and one for those that give advice, which is not given beside errors. */
function runShared(report, examples) {
  const groups = {
    good: (one) => one.gives === undefined,
    bad: (one) => one.gives !== undefined && !one.isAdvised,
    middling: (one) => one.isAdvised,
  };
  for (const [group, isOf] of Object.entries(groups)) {
    const files = { ...FIXTURES }, places = [];
    for (const example of examples.filter(isOf)) {
      const [name, text] = asFile(example, places.length + 100);
      files[name] = text;
      places.push([example, name]);
    }
    const problems = problemsOf(files);
    for (const [example, name] of places) {
      judge(report, example, problems[name] || []);
      delete problems[name];
    }
    const rest = Object.values(problems).flat().filter((problem) => !isAdvice(problem));
    report(rest.length === 0, `nothing else is said about ${group} examples`, shown(rest));
  }
}

function runSites(report, examples) {
  for (const example of examples)
    judge(report, example, Object.values(problemsOf({ ...FIXTURES, 'content/site.yaml': example.text })).flat());
}

function projectsOf(examples) {
  const projects = [];
  for (const example of examples) {
    const last = projects[projects.length - 1];
    if (last && last[0].file === example.file && !last.some((one) => one.name === example.name)) last.push(example);
    else projects.push([example]);
  }
  return projects;
}

function runProjects(report, examples) {
  for (const project of projectsOf(examples)) {
    const files = {};
    const isWhole = project.some((example) => example.name === 'content/site.yaml');
    if (!isWhole) Object.assign(files, FIXTURES);
    for (const example of project) files[example.name] = example.text;
    const problems = problemsOf(files);
    for (const example of project) {
      judge(report, example, problems[example.name] || []);
      delete problems[example.name];
    }
    const rest = Object.values(problems).flat().filter((problem) => !isAdvice(problem));
    report(rest.length === 0, `${project[0].file}: nothing else is said about its project`, shown(rest));
  }
}

/* The lines of a `run`: all but the last must be fine, and the last too unless it is to give a message. */
function runCommands(report, example, base, place) {
  const lectern = path.resolve(process.env.LECTERN_BUILD, 'lectern');
  const lines = example.text.trim().split('\n');
  for (const [i, line] of lines.entries()) {
    const [program, ...words] = line.split(' ');
    if (program === 'cd') place = path.join(base, words[0]);
    else if (program !== 'lectern') throw new Error(`${example.file}:${example.line}: only lectern and cd can be run`);
    if (program !== 'lectern') continue;
    const run = spawnSync(lectern, words, { cwd: place, encoding: 'utf8', timeout: 60000 });
    const isLast = i === lines.length - 1 && example.gives !== undefined;
    const isRight = isLast ? run.status === 1 && run.stderr.includes(example.gives) : run.status === 0 && !/warning/.test(run.stderr);
    report(isRight, `${example.file}:${example.line}: ${line}`, `wanted: ${isLast ? example.gives : 'no message'}\n${run.stderr}`);
  }
  return place;
}

function runTutorials(report, examples) {
  for (const file of new Set(examples.map((example) => example.file))) {
    const base = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-tutorial-'));
    let place = base;
    for (const example of examples.filter((one) => one.file === file)) {
      const target = path.join(place, example.name || '');
      if (example.kind === 'run') {
        place = runCommands(report, example, base, place);
      } else if (example.kind === 'remove') {
        fs.rmSync(target, { recursive: true });
      } else {
        fs.mkdirSync(path.dirname(target), { recursive: true });
        fs.writeFileSync(target, example.text);
      }
    }
    fs.rmSync(base, { recursive: true, force: true });
  }
}

/* What must be mentioned where. */

const OPTIONS = new Set(['required', 'help', 'min', 'max', 'remote', 'gaps']);

/* The names of the fields that a plugin declares, at any depth. */
function fieldNames(source, table) {
  const start = source.search(new RegExp(`\\b${table}\\s*=\\s*{`));
  if (start < 0) return [];
  let depth = 0, end = source.indexOf('{', start);
  do {
    depth += { '{': 1, '}': -1 }[source[end]] || 0;
    end++;
  } while (depth && end < source.length);
  const strings = /(\["[^"]+"\])|"(?:[^"\\]|\\.)*"/g;
  const body = source.slice(source.indexOf('{', start) + 1, end).replace(strings, (all, key) => key || '""');
  const names = [...body.matchAll(/(?:\["([^"]+)"\]|\b([a-z_]\w*))\s*=[^=>]/g)].map((match) => match[1] || match[2]);
  return names.filter((name) => !OPTIONS.has(name));
}

function mentions(page, name) {
  const text = fs.existsSync(page) ? fs.readFileSync(page, 'utf8') : '';
  const plain = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`\`[^\`\\n]*(?<![\\w-])${plain}(?![\\w-])[^\`\\n]*\``).test(text);
}

function requireMention(report, page, names, what) {
  for (const name of new Set(names))
    report(mentions(page, name), `${page} tells of ${what} ${name}`, 'it is not there in `code`');
}

const PAGES = {
  'settings/site': 'site-yaml', 'settings/course': 'course-yaml', 'settings/page': 'front-matter',
  quiz: 'quizzes', worksheet: 'worksheets', video: 'videos', scenario: 'scenarios', lesson: 'front-matter',
  module: 'front-matter', course: 'front-matter', site: 'front-matter', outline: 'plugins', glossary: 'glossaries', flashcards: 'flashcards',
  certificate: 'certificates', results: 'results', sitemap: 'site-yaml', 'not-found': 'site-yaml', htaccess: 'site-yaml',
};

function checkPlugins(report) {
  for (const file of filesBelow('plugins', '.lua')) {
    const name = file.slice('plugins/'.length, -'.lua'.length);
    if (name.startsWith('shared/')) continue;    /* no plugin, but what plugins have in common */
    const source = fs.readFileSync(file, 'utf8');
    const isBlock = name.startsWith('blocks/');
    const page = `docs/reference/${isBlock ? 'blocks' : name.startsWith('questions/') ? name : PAGES[name]}.md`;
    if (!fs.existsSync(page)) report(false, `${name} has a page in docs/reference`, `there is no ${page}`);
    const table = isBlock && !/\bform = "fence"/.test(source) ? 'attributes' : 'fields';
    const names = fieldNames(source, table).filter((field) => field !== 'prompt');
    requireMention(report, page, names, `${name}'s`);
    const list = /\bnames = {([^}]*)}/.exec(source);
    const served = list ? [...list[1].matchAll(/"([^"]+)"/g)].map((match) => match[1]) : [path.basename(name)];
    if (isBlock) requireMention(report, page, served, 'the block');
  }
}

/* The page of all keys is what Lectern prints. */
function checkAllKeys(report) {
  const run = spawnSync(path.join(process.env.LECTERN_BUILD, 'lectern'), ['schema', '--format', 'markdown'], { encoding: 'utf8' });
  const page = 'docs/reference/all-keys.md';
  report(run.status === 0 && fs.readFileSync(page, 'utf8') === run.stdout, `${page} is what the plugins declare`,
    `write it anew: build/lectern schema --format markdown > ${page}`);
}

/* The keys of every question, and what other tools call the types. */
function checkQuestions(report) {
  const source = fs.readFileSync('plugins/shared/questions.lua', 'utf8');
  const field = /^function questions\.field\(\)\n([\s\S]*?)\nend/m.exec(source)[1];
  const names = [...field.matchAll(/^ {4}(?:\["([^"]+)"\]|([a-z]\w*)) = /gm)].map((match) => match[1] || match[2]);
  requireMention(report, 'docs/reference/quizzes.md', names, "every question's");
}

/* Names that C hands to Lua: `{"word", library_word}`. */
function namesIn(file, pattern) {
  return [...fs.readFileSync(file, 'utf8').matchAll(pattern)].map((match) => match[1]);
}

function checkFunctions(report) {
  const page = 'docs/reference/plugins.md';
  requireMention(report, page, namesIn('generator/script/library.c', /\{"(\w+)", library_/g), 'the function');
  requireMention(report, page, namesIn('generator/script/html.c', /\{"([a-z]\w*)", html_/g), 'the method');
  const kinds = /^ {2}(\w+) = (?:scalar|holder|function)/gm;
  requireMention(report, page, namesIn('generator/script/prelude.lua', kinds), 'the field');
  const getters = /(?<!define )\b(?:SITE_ENTRY\(|ENTRY\((?:page|module|course), )(\w+)\)/g;
  const objects = namesIn('generator/course/objects.c', getters);
  requireMention(report, 'docs/reference/templates.md', objects, 'the part');
}

function checkCommands(report) {
  const page = 'docs/reference/commands.md';
  const lectern = path.join(process.env.LECTERN_BUILD, 'lectern');
  const ask = (...words) => spawnSync(lectern, [...words, '--help'], { encoding: 'utf8' }).stdout;
  const commands = [...ask().matchAll(/^ {2}([a-z]+) {2,}/gm)].map((match) => match[1]);
  report(commands.length > 0, 'lectern --help lists its commands');
  for (const command of commands) {
    requireMention(report, page, [`lectern ${command}`], 'the command');
    requireMention(report, page, [...ask(command).matchAll(/--[a-z][a-z-]*/g)].map((match) => match[0]), `${command}'s`);
  }
}

/* Links. */

function withoutCode(text) {
  return text.replace(/^( *)(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ *\2 *$/gm, '').replace(/<!--[\s\S]*?-->/g, '');
}

/* Ids as sites that show Markdown give them to headings. */
function headingIds(file) {
  const ids = new Map();
  return withoutCode(fs.readFileSync(file, 'utf8')).split('\n').filter((line) => /^#{1,6} /.test(line)).map((line) => {
    const id = line.replace(/^#+ /, '').trim().toLowerCase().replace(/[^\p{L}\p{N}\p{M} _-]/gu, '').replace(/ /g, '-');
    const count = ids.get(id) || 0;
    ids.set(id, count + 1);
    return count ? `${id}-${count}` : id;
  });
}

function linksOf(file) {
  const text = withoutCode(fs.readFileSync(file, 'utf8')).replace(/`[^`\n]*`/g, '');
  const written = [...text.matchAll(/\]\(([^)\s]+)\)/g), ...text.matchAll(/(?:src|href)="([^"]+)"/g)];
  return written.map((match) => match[1]).filter((link) => !/^[a-z]+:/.test(link));
}

function checkLinks(report) {
  const docs = filesBelow('docs', '.md');
  const reached = new Set(), waiting = ['README.md'];
  while (waiting.length) {
    const file = waiting.pop();
    if (reached.has(file)) continue;
    reached.add(file);
    for (const link of linksOf(file)) {
      const [name, id] = link.split('#');
      const target = name ? path.join(path.dirname(file), name) : file;
      const exists = fs.existsSync(target);
      const hasId = !id || !exists || !target.endsWith('.md') || headingIds(target).includes(id);
      report(exists && hasId, `${file} links to ${link}`, exists ? 'it has no such heading' : 'there is no such file');
      if (exists && target.endsWith('.md')) waiting.push(target);
    }
  }
  for (const file of docs) report(reached.has(file), `${file} can be reached from README.md`, 'no page links to it');
}

module.exports = function reference(report) {
  const examples = filesBelow('docs', '.md').flatMap(examplesOf);
  report(examples.length > 0, 'there are examples in docs/');
  const own = ['file', 'site', 'step', 'run', 'remove'];    /* kinds that are not put into one project with others */
  runShared(report, examples.filter((one) => !own.includes(one.kind)));
  runSites(report, examples.filter((one) => one.kind === 'site'));
  runProjects(report, examples.filter((one) => one.kind === 'file'));
  runTutorials(report, examples.filter((one) => own.slice(2).includes(one.kind)));
  checkPlugins(report);
  checkAllKeys(report);
  checkQuestions(report);
  checkFunctions(report);
  checkCommands(report);
  checkLinks(report);
};

/* print: handouts as PDF through a real Chromium, and what becomes of a browser that misbehaves. */
'use strict';

const { spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const onFullDisk = require('./full-disk.js');

let lectern;

function run(words, options = {}) {
  const { env = {}, ...more } = options;
  const result = spawnSync(lectern, words, { encoding: 'utf8', timeout: 120000, env: { ...process.env, ...env }, ...more });
  return { status: result.status, out: result.stdout, err: result.stderr };
}

const scratch = () => fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-print-'));

function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

const quiz = (title, more = '') => `title: ${title}\n${more}questions:\n  - choose-one: First question of ${title}?\n    right: This one.\n`
  + '    wrong:\n      - That one.\n        => SECRET-FEEDBACK\n    explanation: SECRET-EXPLANATION\n'
  + `  - true-false: Second question of ${title}.\n    answer: true\n    explanation: SECRET-REASON\n`;

const SHEET = `---
type: worksheet
---

# Plan A

## Before the table

| What | Who |
| ---- | --- |
| ____ | ____ |

## After the table

Begin at ____________________.

![a dot](dot.svg)
`;

const SMALL = {
  'content/site.yaml': 'title: Small\nid: 00112233445566778899aabbccddeeff\n',
  'content/index.md': '# Small\n',
  'content/desk/course.yaml': 'title: Desk\n',
  'content/desk/1-first/1-lesson.md': '# Lesson\n\nTo read.\n',
  'content/desk/1-first/2-plan.md': SHEET,
  'content/desk/1-first/3-quiz.yaml': quiz('Calls', 'draw: 1\nshuffle: both\n'),
  'content/desk/1-first/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><circle r="1"/></svg>\n',
};

const project = (more = {}) => write(scratch(), { ...SMALL, ...more });
const pdfs = (folder) => (fs.existsSync(folder) ? fs.readdirSync(folder).sort() : []);
const text = (pdf, ...options) => spawnSync('pdftotext', [...options, pdf, '-'], { encoding: 'utf8' }).stdout;
const flat = (words) => words.replace(/\s+/g, ' ').trim();

function facts(pdf) {
  const { stdout } = spawnSync('pdfinfo', [pdf], { encoding: 'utf8' });
  return Object.fromEntries(stdout.split('\n').map((line) => line.match(/^([^:]+): +(.*)$/)).filter(Boolean).map((match) => match.slice(1)));
}

/* What is true of every handout. */
function looksRight(pdf) {
  const { Title, Tagged, Pages, CreationDate } = facts(pdf);
  const check = spawnSync('qpdf', ['--check', pdf], { encoding: 'utf8' });
  const outline = JSON.parse(spawnSync('qpdf', ['--json', '--json-key=outlines', pdf], { encoding: 'utf8', maxBuffer: 1 << 26 }).stdout).outlines;
  const last = flat(text(pdf, '-f', Pages, '-l', Pages));
  const wrong = [];
  if (check.status !== 0) wrong.push(check.stdout + check.stderr);
  if (Tagged !== 'yes') wrong.push('no tags');
  if (!Title) wrong.push('no title');
  if (!/ 2000/.test(CreationDate)) wrong.push(`made on ${CreationDate}`);
  if (!outline.length) wrong.push('no outline');
  if (!fs.readFileSync(pdf, 'latin1').includes('/Lang (en)')) wrong.push('no language');
  if (last.length < 30) wrong.push(`the last page holds only '${last}'`);
  return wrong.map((what) => `${path.basename(pdf)}: ${what}`);
}

function sample(report) {
  const folder = scratch(), handouts = path.join(folder, 'site/handouts');
  fs.cpSync('content', path.join(folder, 'content'), { recursive: true });
  const temporary = scratch();
  const first = run(['print', folder], { env: { TMPDIR: temporary } });
  const names = pdfs(handouts);
  report(fs.readdirSync(temporary).length === 0, 'the browser leaves nothing behind', fs.readdirSync(temporary).join(' '));
  report(first.status === 0 && first.out === `${names.length} handouts printed in ${handouts}\n`, 'the sample site is printed', first.out + first.err);
  report(names.includes('service-desk-introduction-quiz.pdf') && names.includes('passport-your-customer-reflect.pdf') &&
    !names.some((name) => /index|lesson/.test(name)), 'its worksheets and quizzes, called by their addresses', names.join(' '));
  const wrong = names.flatMap((name) => looksRight(path.join(handouts, name)));
  report(wrong.length === 0, 'each with tags, title, language and outline, and no blank page at its end', wrong.join('\n'));
  noAnswers(report, path.join(folder, 'content'), handouts, names);
  books(report, handouts);
  report(names.every((name) => facts(path.join(handouts, name))['Page size'].includes('letter')), 'on Letter');
  const build = run(['build', folder]);
  report(build.err === '' && pdfs(handouts).length === names.length, 'a build leaves them where they are, and says nothing', build.err);
  const out = path.join(scratch(), 'papers');
  const pages = ['service-desk/3-practice/3-quiz.yaml', 'passport/4-your-customer/4-reflect.md'];
  const some = run(['print', folder, ...pages, '--out', out]);
  report(some.status === 0 && pdfs(out).length === 2, 'only the pages that are named', some.out + some.err);
  report(pdfs(out).every((name) => fs.readFileSync(path.join(out, name)).equals(fs.readFileSync(path.join(handouts, name)))),
    'with the same bytes, whatever was printed before them');
  const a4 = run(['print', folder, pages[1], '--out', out, '--paper', 'a4']);
  report(a4.status === 0 && facts(path.join(out, 'passport-your-customer-reflect.pdf'))['Page size'].includes('A4'), 'on A4', a4.err);
}

/* The contents of a book name the pages on which its parts begin. */
function books(report, handouts) {
  const pdf = path.join(handouts, 'passport.pdf');
  const contents = text(pdf, '-f', '2', '-l', '2', '-layout');
  const entries = [...contents.matchAll(/^ *(\S.*?) {2,}(\d+) *$/gm)].map((match) => [match[1], match[2]]);
  const bad = entries.filter(([title, page]) => !flat(text(pdf, '-f', page, '-l', page)).includes(title));
  report(entries.length > 8 && bad.length === 0, 'the contents of a handbook name the right pages', contents);
  report(/Workplace Passport/.test(text(pdf, '-f', '1', '-l', '1')), 'its first page is its title');
  report(!pdfs(handouts).some((name) => name.endsWith('.html')), 'what books are printed from is gone again', pdfs(handouts).join(' '));
}

/* Nothing that explains an answer is on the learners' paper. */
function noAnswers(report, content, handouts, names) {
  const paper = names.map((name) => flat(text(path.join(handouts, name)))).join(' ');
  const sources = fs.readdirSync(content, { recursive: true }).filter((name) => name.endsWith('quiz.yaml'));
  const secrets = sources.flatMap((name) => [...fs.readFileSync(path.join(content, name), 'utf8').matchAll(/(?:^ *=>|\bexplanation:) +([^|>\n]{20,})$/gm)]
    .map((match) => flat(match[1].replace(/["*_]/g, '')).slice(0, 40)));
  const lessons = fs.readdirSync(content, { recursive: true }).filter((name) => name.endsWith('.md'))
    .map((name) => flat(fs.readFileSync(path.join(content, name), 'utf8').replace(/["*_]/g, ''))).join(' ');
  const told = secrets.filter((secret) => !lessons.includes(secret) && paper.includes(secret));
  report(secrets.length > 20 && told.length === 0, 'no explanation and no feedback is on the learners’ paper', `${secrets.length} looked for\n${told.join('\n')}`);
}

function small(report) {
  const folder = project({
    'content/desk/1-first/4-screen.yaml': quiz('On screen', 'print: false\n'),
    'content/desk/1-first/5-later.yaml': quiz('Later', 'draft: true\n'),
    'content/desk-first/course.yaml': 'title: Other\n',
    'content/desk-first/1-quiz.yaml': quiz('Alike'),
  });
  const handouts = path.join(folder, 'site/handouts');
  const first = run(['print', folder]);
  report(first.status === 0 && pdfs(handouts).join(' ') === 'desk-first-2.pdf desk-first-plan.pdf desk-first-quiz-2.pdf desk-first-quiz.pdf desk-first.pdf desk.pdf',
    'sheets and books; pages with `print: false` and drafts are left out, and no two have one name', pdfs(handouts).join(' ') + first.err);
  const words = flat(text(path.join(handouts, 'desk-first-plan.pdf'), '-layout'));
  const order = ['Plan A', 'Before the table', 'What', 'After the table', 'Begin at'].map((part) => words.indexOf(part));
  report(order.every((place, i) => place >= 0 && place > (order[i - 1] ?? -1)), 'the text comes in the order of the page', words);
  const drawn = flat(text(path.join(handouts, names(handouts, 'Calls'))));
  report(/First question of Calls.*Second question of Calls/.test(drawn) && !/SECRET/.test(drawn),
    'a quiz that is drawn and mixed is whole and in order on paper', drawn);
  const bytes = pdfs(handouts).map((name) => fs.readFileSync(path.join(handouts, name)));
  const times = pdfs(handouts).map((name) => fs.statSync(path.join(handouts, name)).mtimeMs);
  run(['print', folder]);
  report(pdfs(handouts).every((name, i) => bytes[i].equals(fs.readFileSync(path.join(handouts, name)))), 'the same bytes again, tables too');
  report(pdfs(handouts).every((name, i) => times[i] === fs.statSync(path.join(handouts, name)).mtimeMs), 'a handout that did not change keeps its time');
  choosing(report, folder);
  owning(report, folder, handouts);
}

const names = (folder, words) => pdfs(folder).find((name) => text(path.join(folder, name)).includes(words));

function choosing(report, folder) {
  const said = (words, pattern, what, options) => {
    const result = run(words, options);
    report(result.status === 1 && pattern.test(result.err), what, result.out + result.err);
  };
  said(['print', folder, 'desk/1-first/4-screen.yaml'], /4-screen\.yaml: error: this page is not printed, as it says `print: false`/, 'a page that is not for paper says so');
  said(['print', folder, 'desk/1-first/5-later.yaml'], /says `draft: true`\n.*--drafts/, 'a draft says so');
  said(['print', folder, 'desk/1-first/3-quizz.yaml'], /there is no page of that name\n.*did you mean 'desk\/1-first\/3-quiz\.yaml'/, 'a page that is not there: the nearest is named');
  said(['print', folder, 'plan.md'], /did you mean 'desk\/1-first\/2-plan\.md'/, 'also by its name alone');
  said(['print', path.join(folder, 'nowhere')], /there is no folder 'content' here/, 'no project, no handouts');
  const mixed = run(['print', folder, 'desk/1-first/9-no.md', 'desk/1-first/1-lesson.md']);
  report(mixed.status === 1 && /^1 handout printed/.test(mixed.out) && fs.existsSync(path.join(folder, 'site/handouts/desk-first-lesson.pdf')),
    'what can be printed is, also a lesson that is named', mixed.out + mixed.err);
  const here = run(['print', '2-plan.md', '--out', 'paper'], { cwd: path.join(folder, 'content/desk/1-first') });
  report(here.status === 1 && /there is no folder 'content' here/.test(here.err), 'a page alone needs the project to be here', here.err);
  const inside = run(['print', 'content/desk/1-first/2-plan.md'], { cwd: folder });
  report(inside.status === 0 && /^1 handout printed in site\/handouts\n$/.test(inside.out), 'and may be named as the shell completes it', inside.out + inside.err);
  report(run(['print', folder, '--paper', 'a5']).status === 2 && run(['print', folder, '--stats']).status === 2, 'what is no option of it is wrong usage');
}

/* Only what Lectern wrote is written over or removed. */
function owning(report, folder, handouts) {
  write(folder, { 'site/handouts/mine.pdf': 'mine', 'site/handouts/desk-first-screen.pdf': 'mine, too' });
  fs.writeFileSync(path.join(folder, 'content/desk/1-first/4-screen.yaml'), quiz('On screen'));
  fs.rmSync(path.join(folder, 'content/desk/1-first/2-plan.md'));
  const result = run(['print', folder]);
  report(result.status === 1 && /desk-first-screen\.pdf: error: this file stays, as Lectern did not write it/.test(result.err) &&
    fs.readFileSync(path.join(handouts, 'desk-first-screen.pdf'), 'utf8') === 'mine, too' && /^5 of 6 handouts printed/.test(result.out),
  'a file of somebody else is not written over, and the others are printed', result.out + result.err);
  report(/mine\.pdf' is not Lectern's; it stays/.test(result.err), 'a file of somebody else stays, with a warning');
  report(!fs.existsSync(path.join(handouts, 'desk-first-plan.pdf')), 'the handout of a page that is gone is removed');
  fs.rmSync(path.join(handouts, 'mine.pdf'));
  const clean = run(['print', folder, '--clean']);
  report(clean.status === 0 && text(path.join(handouts, 'desk-first-screen.pdf')).includes('On screen'), '--clean writes over it', clean.err);
}

/* Letters that no font has, here such as no font ever will, are named where they are written. */
function letters(report) {
  const [one, two, three] = ['\u{10FFFD}', '\u{10FFFC}', '\u{10FFFB}'];
  const folder = project({
    'content/desk/1-first/1-lesson.md': `# Lesson\n\nTo read, ${one} too, but &#x10FFFC; is written otherwise.\n`,
    'content/desk/1-first/2-plan.md': `---\ntype: worksheet\n---\n\n# Plan A\n\nSay “${two}${one}${two}”, ✓ or é: ____\n`,
    'content/desk/1-first/4-screen.yaml': quiz(`Only on ${three}`, 'print: false\n'),
  });
  const result = run(['print', folder]);
  const told = result.err.split('\n').filter((line) => line.includes('no font'));
  report(result.status === 0 && /^4 handouts printed/.test(result.out) && pdfs(path.join(folder, 'site/handouts')).length === 4, 'letters without a font keep nothing from being printed', result.out + result.err);
  report(told.length === 2 && told[0].endsWith(`1-lesson.md:3:10: warning: no font that is installed has ${one} (U+10FFFD), ${two} (U+10FFFC)`) &&
    told[1].endsWith(`2-plan.md:7:6: warning: no font that is installed has ${two} (U+10FFFC), ${one} (U+10FFFD)`),
  'each page is named once, at the first of its letters, and only for what is printed of it', result.err);
  report(/an empty box instead; install a font that has it, .*fonts-noto/.test(result.err), 'and what can be done', result.err);
  report(run(['print', folder, '--strict', 'desk/1-first/2-plan.md']).status === 1 && run(['print', folder, '--strict', 'desk/1-first/3-quiz.yaml']).status === 0,
    '--strict counts that as an error');
  write(folder, { 'content/desk/1-first/2-plan.md': `---\ntype: worksheet\n---\n\n# Plan A\n\n${Array.from({ length: 9 }, (_, i) => String.fromCodePoint(0x10FFF0 + i)).join(' ')}: ____\n` });
  const many = run(['print', folder, 'desk/1-first/2-plan.md']);
  report(/\(U\+10FFF4\) and 4 more\n/.test(many.err), 'of many letters five are named', many.err);
}

/* A program that stands in for the browser. */
function browser(script) {
  const file = path.join(scratch(), 'browser');
  fs.writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}

const FAKE = `exec node '${path.resolve('tests/print/fake-browser.js')}' "$@"`;

function troubles(report) {
  const folder = project();
  const temporary = scratch();
  const printed = (program, env = {}) => run(['print', folder], { env: { LECTERN_BROWSER: program, LECTERN_BROWSER_SECONDS: '1', TMPDIR: temporary, ...env } });
  const said = (result, pattern, what) => report(result.status === 1 && pattern.test(result.err), what, result.out + result.err);
  said(printed('', { PATH: scratch() }), /no Chromium was found\n.*install the package chromium, or name a browser in LECTERN_BROWSER; .*handout\.html/, 'no browser: what to do');
  said(printed('/nowhere/chromium'), /\/nowhere\/chromium: error: LECTERN_BROWSER names this browser, and there is no such program/, 'LECTERN_BROWSER that names nothing');
  said(printed(browser('exec sleep 50')), /browser: error: the browser did not get ready with this in 1 s/, 'a browser that hangs from the start');
  said(printed(browser('echo "No usable sandbox!" >&2; exit 1')), /the browser ended while it was busy with this\n.*the last that it said: No usable sandbox!/, 'a browser that ends, and why');
  said(printed(browser("printf 'good day\\0' >&4; exec sleep 50")), /the browser answers what Lectern does not understand/, 'a browser that answers nonsense');
  said(printed(browser('cat /dev/zero >&4'), { LECTERN_BROWSER_SECONDS: '3' }), /the browser answers what Lectern does not understand/, 'a browser that answers without end');
  said(printed(browser(FAKE), { TMPDIR: '/nowhere' }), /\/nowhere: error: the browser needs a folder here/, 'no temporary folder');
  report(pdfs(path.join(folder, 'site/handouts')).length === 0 && fs.existsSync(path.join(folder, 'site/desk/first/quiz.html')), 'the site was built all the same');
  report(fs.readdirSync(temporary).length === 0, 'and no folder is left behind', fs.readdirSync(temporary).join(' '));
}

/* A page on which the browser fails costs that page only. */
function onePage(report) {
  const kinds = {
    hangs: /the browser did not get ready with this in 2 s/,
    ends: /the browser ended while it was busy with this/,
    crashes: /the browser crashed on this page/,
    garbles: /the browser answers what Lectern does not understand/,
    refuses: /the browser refuses this: Page\.printToPDF: Printing failed/,
    slides: /the browser printed no PDF/,
  };
  const pages = Object.fromEntries(Object.keys(kinds).map((kind, i) => [`content/desk/2-more/${i + 1}-${kind}.yaml`, quiz(kind)]));
  const folder = project({ ...pages, 'content/desk/2-more/9-good.yaml': quiz('good') });
  const log = path.join(scratch(), 'log'), words = path.join(scratch(), 'words');
  const result = run(['print', folder], { env: { LECTERN_BROWSER: browser(FAKE), LECTERN_BROWSER_SECONDS: '2', FAKE_LOG: log, FAKE_ARGUMENTS: words } });
  for (const [kind, pattern] of Object.entries(kinds)) {
    const line = result.err.split('\n').find((each) => each.includes(`${kind}.yaml`)) ?? '';
    report(result.status === 1 && pattern.test(line), `a page on which the browser ${kind} is named`, result.err);
  }
  report(/^6 of 12 handouts printed/.test(result.out) && fs.existsSync(path.join(folder, 'site/handouts/desk-more-good.pdf')), 'the others are printed', result.out);
  report(!fs.readFileSync(path.join(folder, 'site/handouts/desk-more-good.pdf'), 'latin1').includes('2026'), 'a date is patched, whatever its zone');
  const { words: started } = JSON.parse(fs.readFileSync(words, 'utf8'));
  report(started.includes('--remote-debugging-pipe') && started.includes('--disable-background-networking') &&
    started.includes('--no-sandbox') === (process.getuid() === 0), 'the sandbox is left out only for root', started.join(' '));
}

function places(report) {
  const folder = project();
  const fake = { LECTERN_BROWSER: browser(FAKE) };
  fs.writeFileSync(path.join(folder, 'letter.txt'), 'mine');
  const within = run(['print', folder, '--out', path.join(folder, 'letter.txt/papers')], { env: fake });
  report(within.status === 1 && /nothing can be written here: something on the way is not a folder/.test(within.err), 'a folder that cannot be made', within.err);
  fs.mkdirSync(path.join(folder, 'papers/desk-first-quiz.pdf'), { recursive: true });
  const blocked = run(['print', folder, '--clean', '--out', path.join(folder, 'papers')], { env: fake });
  report(blocked.status === 1 && /desk-first-quiz\.pdf: error: cannot be written/.test(blocked.err) && /^3 of 4/.test(blocked.out), 'a file that cannot be written', blocked.out + blocked.err);
  report(pdfs(path.join(folder, 'papers')).join(' ') === 'desk-first-plan.pdf desk-first-quiz.pdf desk-first.pdf desk.pdf', 'and nothing half written is left', pdfs(path.join(folder, 'papers')).join(' '));
  const none = run(['print', write(scratch(), { 'content/site.yaml': SMALL['content/site.yaml'], 'content/index.md': '# Small\n' })], { env: fake });
  report(none.status === 0 && /^nothing was printed/.test(none.out), 'a site without sheets', none.out + none.err);
}

/* The ruled lines of each page: rows of a picture of it that are dark for more than half their width. */
function linesOf(pdf) {
  const folder = scratch();
  spawnSync('pdftoppm', ['-gray', '-r', '72', pdf, path.join(folder, 'page')]);
  return fs.readdirSync(folder).sort().map((name) => {
    const picture = fs.readFileSync(path.join(folder, name));
    const [head, width, height] = /^P5\s+(\d+)\s+(\d+)\s+\d+\s/.exec(picture.subarray(0, 40).toString('latin1'));
    const isDark = (row) => {
      let dark = 0;
      for (let x = 0; x < Number(width); x++) dark += picture[head.length + row * width + x] < 200;
      return dark > width / 2;
    };
    let count = 0;
    for (let row = 0; row < Number(height); row++) count += isDark(row) && !(row && isDark(row - 1));
    return count;
  });
}

/* Lines to write on stay together, and the head of a long table stands on each of its pages. */
function whole(report) {
  const lines = Array.from({ length: 12 }, (_, i) => `Question ${i + 1}, with a few words.\n\n::write[Your answer ${i + 1}]{lines=7}\n`).join('\n');
  const rows = Array.from({ length: 90 }, (_, i) => `| ${i + 1} | words |`).join('\n');
  const folder = project({
    'content/desk/1-first/6-lines.md': `---\ntitle: Lines\ntype: worksheet\n---\n\n${lines}`,
    'content/desk/1-first/7-table.md': `---\ntitle: Table\ntype: worksheet\n---\n\n| Number | Said |\n| --- | --- |\n${rows}\n`,
  });
  const result = run(['print', folder, 'content/desk/1-first/6-lines.md', 'content/desk/1-first/7-table.md'].map((word) => word.replace(/^content\//, '')));
  const pages = linesOf(path.join(folder, 'site/handouts/desk-first-lines.pdf'));
  const bare = pages.map((count, i) => count - (i === 0 ? 1 : 0));    /* the line below the head of the sheet */
  report(pages.length > 2 && bare.reduce((a, b) => a + b, 0) === 84 && bare.every((count) => count % 7 === 0), 'no block of ruled lines is split', result.err + pages.join(' '));
  const table = path.join(folder, 'site/handouts/desk-first-table.pdf');
  const count = Number(facts(table).Pages);
  const heads = Array.from({ length: count }, (_, i) => flat(text(table, '-f', String(i + 1), '-l', String(i + 1)))).filter((words) => /Number Said/.test(words));
  report(count > 1 && heads.length === count, 'the head of a table stands on each of its pages', `${heads.length} of ${count}`);
}

/* A question's number is not left behind at the foot of a page, where keys make questions long. */
function numbers(report) {
  const wrong = (count) => Array.from({ length: count }, (_, i) => `      - That ${i}, and not the other.\n        => No, as was said before.\n`).join('');
  const one = (i) => `  - choose-one: Which ${i}?\n    right: This.\n    wrong:\n${wrong(3 + (i % 4))}    explanation: So it is.\n`;
  const folder = project({ 'content/desk/1-first/3-quiz.yaml': `title: Many\nquestions:\n${Array.from({ length: 16 }, (_, i) => one(i)).join('')}` });
  const result = run(['print', folder, '--edition', 'facilitator', 'desk/1-first/3-quiz.yaml']);
  const pages = text(path.join(folder, 'site-facilitator/handouts/desk-first-quiz.pdf'), '-layout').split('\f').slice(0, -1);
  const feet = pages.map((words) => words.split('\n').filter((line) => line.trim()).at(-2).trim());
  report(pages.length > 4 && !feet.some((line) => /^Question \d+ ·/.test(line)), 'the number of a question is on the page of its text', `${result.err}${feet.join('\n')}`);
}

const isAlive = (id) => {
  try { process.kill(id, 0); return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${id}/status`, 'utf8')); } catch { return false; }
};

async function until(holds) {
  for (let i = 0; i < 100 && !holds(); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  return holds();
}

/* Whatever ends Lectern ends the browser. */
async function interrupted(report) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL']) {
    const folder = project({ 'content/desk/1-first/1-hangs.yaml': quiz('Hangs') });
    const temporary = scratch(), log = path.join(scratch(), 'log'), words = path.join(scratch(), 'words');
    const env = { ...process.env, LECTERN_BROWSER: browser(FAKE), TMPDIR: temporary, FAKE_LOG: log, FAKE_ARGUMENTS: words };
    const child = spawn(lectern, ['print', folder], { env, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.on('close', (status, by) => resolve(by)));
    await until(() => fs.existsSync(log) && fs.readFileSync(log, 'utf8').includes('Page.navigate'));
    const { id } = JSON.parse(fs.readFileSync(words, 'utf8'));
    child.kill(signal);
    report(await ended === signal, `${signal} ends it`);
    report(await until(() => !isAlive(id)), `${signal} ends the browser too`);
    if (signal !== 'SIGKILL') report(fs.readdirSync(temporary).length === 0, `${signal} leaves no folder behind`);
    else leftBehind(report, temporary);
  }
}

/* The folder of a Lectern that was killed goes with the next run; that of another that runs stays, and so does
 * what only has such a name. */
function leftBehind(report, temporary) {
  const left = fs.readdirSync(temporary);
  write(temporary, { 'lectern-chromium-mine/letter.txt': 'mine', 'lectern-chromium-busy/lectern-lock': '', 'lectern-chromium-free/lectern-lock': '' });
  const print = `LECTERN_BROWSER='${browser(FAKE)}' TMPDIR='${temporary}' '${lectern}' print '${project()}'`;
  const { status, stderr } = spawnSync('flock', [path.join(temporary, 'lectern-chromium-busy/lectern-lock'), '-c', print], { encoding: 'utf8' });
  report(left.length === 1 && status === 0 && fs.readdirSync(temporary).sort().join(' ') === 'lectern-chromium-busy lectern-chromium-mine',
    'the next run removes the folder of one that was killed, and no other', `${stderr}${left} ${fs.readdirSync(temporary)}`);
}

function fullDisk(report) {
  onFullDisk(report, 'print');
  onFullDisk(report, 'temporary');
}

module.exports = async function print(report, { cases }) {
  lectern = path.join(process.env.LECTERN_BUILD, 'lectern');
  const all = { sample, small, whole, numbers, letters, troubles, onePage, places, fullDisk, interrupted };
  for (const [name, test] of Object.entries(all))
    if (!cases.length || cases.includes(name)) await test(report);
};

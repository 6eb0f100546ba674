/* make-picture: makes the pictures in docs/pictures/ that README.md and how-tos show.
 *   make site && node tests/make-picture.js
 * The first is a lesson of the sample site; the second what becomes of the quiz in README.md; the third
 * a mistake, as `lectern serve` shows it; the last what the terminal said meanwhile, as it was recorded. */
'use strict';

const { execFileSync, spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { chromium } = require('playwright-core');

process.chdir(path.join(__dirname, '..'));
process.env.LECTERN_BUILD = path.resolve(process.env.LECTERN_BUILD || 'build');
const lectern = path.join(process.env.LECTERN_BUILD, 'lectern');
const { serve } = require('./serve/running.js');
const COURSE = 'site/service-desk';
const READ = ['introduction/good-service', 'introduction/who-we-serve', 'difficult-situations/understanding-behaviour'];
const LESSON = 'difficult-situations/six-steps';
const PICTURES = 'docs/pictures';

/* A project that holds only the quiz in README.md; gives the address of its page. */
function buildQuiz(folder) {
  const yaml = /```yaml\n([\s\S]*?)```/.exec(fs.readFileSync('README.md', 'utf8'))[1];
  fs.mkdirSync(path.join(folder, 'content'));
  fs.writeFileSync(path.join(folder, 'content/site.yaml'), 'title: Lectern\n');
  fs.writeFileSync(path.join(folder, 'content/quiz.yaml'), yaml);
  execFileSync(lectern, ['build', folder], { stdio: 'inherit' });
  return path.join(folder, 'site/quiz.html');
}

async function newPage(browser, width, height) {
  return browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce', colorScheme: 'light' });
}

const open = (page, file) => page.goto(pathToFileURL(path.resolve(file)).href);

/* A lesson in the middle of a course, of which some pages have been read. */
async function pictureLesson(browser) {
  const page = await newPage(browser, 1280, 800);
  for (const name of READ) {
    await open(page, `${COURSE}/${name}.html`);
    await page.click('#mark-page');
    if (name === READ[0]) await page.getByRole('button', { name: 'Keep it here' }).click();
  }
  await open(page, `${COURSE}/${LESSON}.html`);
  await page.screenshot({ path: `${PICTURES}/lesson.png` });
}

/* A question that somebody has answered, not rightly. */
async function pictureQuiz(browser, folder) {
  const page = await newPage(browser, 560, 800);
  await open(page, buildQuiz(folder));
  await page.locator('label').filter({ hasText: 'it worked' }).click();
  await page.click('[type="submit"]');
  await page.locator('.quiz form').screenshot({ path: `${PICTURES}/quiz.png` });
}

/* A lesson with a slip in a block's name. */
async function pictureMistake(browser, folder) {
  const source = path.join(folder, 'content/service-desk/2-difficult-situations/1-understanding-behaviour.md');
  fs.cpSync('content', path.join(folder, 'content'), { recursive: true });
  const server = await serve('.', [], { cwd: folder });
  const page = await newPage(browser, 1280, 800);
  await page.goto(`http://127.0.0.1:${server.port}/service-desk/difficult-situations/understanding-behaviour.html`);
  await page.waitForTimeout(500);
  fs.writeFileSync(source, fs.readFileSync(source, 'utf8').replace(':::figure[', ':::figur['));
  await page.locator('lectern-overlay .panel').waitFor();
  await page.screenshot({ path: `${PICTURES}/mistake.png` });
  await server.end();
}

/* What `lectern serve` writes on a terminal while somebody edits: a save, a slip, the slip mended, the end. */
async function recordTerminal(folder) {
  const name = 'my-training', source = path.join(folder, name, 'content/first-course/1-welcome/1-first-lesson.md');
  const pause = () => new Promise((resolve) => setTimeout(resolve, 1500));
  fs.mkdirSync(folder, { recursive: true });
  execFileSync(lectern, ['new', name], { cwd: folder });
  const text = fs.readFileSync(source, 'utf8');
  const terminal = spawn('script', ['-qfec', `stty cols 84; exec '${lectern}' serve ${name}`, '/dev/null'],
    { cwd: folder, env: { ...process.env, TERM: 'xterm-256color', NO_COLOR: undefined } });
  let recorded = '';
  terminal.stdout.on('data', (bytes) => { recorded += bytes; });
  for (const next of [`${text}\nAnother sentence.\n`, `${text}\nAnother sentence.\n\n:::tipp\nSmile on the telephone, too.\n:::\n`,
    `${text}\nAnother sentence.\n\n:::tip\nSmile on the telephone, too.\n:::\n`]) {
    await pause();
    fs.writeFileSync(source, next);
  }
  await pause();
  terminal.stdin.write('\x03');
  await new Promise((resolve) => terminal.on('close', resolve));
  return `\x1b[1m$\x1b[0m lectern serve ${name}\n${recorded}`;
}

/* The same as HTML: colours of a terminal are classes. */
function terminalHtml(recorded) {
  const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const plain = recorded.replace(/\r\n/g, '\n').replace(/[^\n]*\r\x1b\[K/g, '');    /* a line that was written over */
  let html = '', open = false;
  for (const part of plain.split(/(\x1b\[[0-9;]*m)/)) {
    const code = /^\x1b\[([0-9;]*)m$/.exec(part);
    html += code ? (open ? '</span>' : '') : escape(part);
    if (code) {
      open = !/^0?$/.test(code[1]);
      if (open) html += `<span class="${code[1].split(';').map((number) => `c${number}`).join(' ')}">`;
    }
  }
  return `<!DOCTYPE html><meta charset="utf-8"><style>
    body { margin: 0; background: #1c2230; } pre { margin: 0; padding: 22px 26px; font: 15px/1.5 "DejaVu Sans Mono", monospace; color: #e6e9f0; width: max-content; }
    .c1 { font-weight: bold; } .c2 { color: #9aa4b8; } .c31 { color: #ff8d8d; } .c32 { color: #8fdb9f; } .c33 { color: #f3cf7a; } .c34, .c36 { color: #8cc8ff; } .c35 { color: #e0a8ff; }
    </style><pre>${html}${open ? '</span>' : ''}</pre>`;
}

async function pictureTerminal(browser, folder) {
  const page = await newPage(browser, 900, 500);
  await page.setContent(terminalHtml(await recordTerminal(folder)));
  await page.locator('pre').screenshot({ path: `${PICTURES}/terminal.png` });
}

async function main() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-picture-'));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: process.getuid() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    fs.mkdirSync(PICTURES, { recursive: true });
    await pictureLesson(browser);
    await pictureQuiz(browser, folder);
    await pictureMistake(browser, path.join(folder, 'served'));
    await pictureTerminal(browser, path.join(folder, 'terminal'));
  } finally {
    await browser.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
  for (const name of fs.readdirSync(PICTURES)) console.log(`${name}: ${fs.statSync(`${PICTURES}/${name}`).size} bytes`);
}

main();

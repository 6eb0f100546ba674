/* results: a thousand records of fifty questions on the results page, from the choice of the files until all
 * is shown, on a processor that Chromium slows down four times; and the longest that the page did not answer.
 * The floor is the same page reading the same files one after the other and parsing the data in them, and nothing
 * else; it can be beaten, as the page reads some files while it works on others. */
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { quizOf, answerOf, attemptOf, recordOf, htmlOf, FILES } = require('../results/records.js');

const RECORDS = 1000;
const QUESTIONS = 50;
const RUNS = 3;

const TYPES = [
  (n) => `  - choose-one: What comes first, ${n}?\n    right: Right ${n}\n    wrong:\n      - Wrong ${n}\n      - Other ${n}\n`,
  (n) => `  - choose-all: What is right, ${n}?\n    right:\n      - One ${n}\n      - Two ${n}\n    wrong: Three ${n}\n`,
  (n) => `  - short-answer: Which word is it, ${n}?\n    accept: help desk\n`,
  (n) => `  - numeric: How many are there, ${n}?\n    answer: ${n}\n`,
  (n) => `  - matching: What belongs together, ${n}?\n    pairs:\n      - A ${n} => one\n      - B ${n} => two\n`,
];

function makeProject(lectern, spawnSync) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-bench-'));
  const questions = Array.from({ length: QUESTIONS }, (_, i) => TYPES[i % TYPES.length](i + 1));
  const files = { ...FILES, 'content/desk/1-first/2-check.yaml': `title: Fifty\npass: 60%\nquestions:\n${questions.join('')}` };
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  const { status, stderr } = spawnSync(lectern, ['build', folder, '--edition', 'facilitator'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return folder;
}

/* Records as large as learners' pages write them: with what was answered in words. */
function writeRecords(folder, quiz) {
  const records = path.join(folder, 'records');
  fs.mkdirSync(records);
  return Array.from({ length: RECORDS }, (_, i) => {
    const marks = quiz.questions.map((_q, j) => ((i * 31 + j * 17 + ((i * j) % 13) * 7) % 100 < 30 + (i % 50) ? 1 : 0));
    const answers = Object.fromEntries(quiz.questions.map((question, j) => [question.id, {
      answer: answerOf(question, marks[j]), tries: 1, isChecked: true, at: '2026-11-20T12:00:00.000Z',
      label: `${j + 1}. What somebody was asked in a sentence of usual length?`, text: 'What was answered, in the words that stood on the page.',
    }]));
    const data = recordOf(`Person ${i}`, [attemptOf(quiz, marks)]);
    Object.values(data.pages).at(-1).answers = answers;
    const file = path.join(records, `The desk - Person ${i}.html`);
    fs.writeFileSync(file, htmlOf(data));
    return file;
  });
}

/* A page on which everything is four times slower, as `window.begun` says when the files were chosen. */
async function openPage(browser, folder) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(pathToFileURL(path.join(folder, 'site-facilitator/results.html')).href);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.evaluate(() => addEventListener('change', () => { window.begun = performance.now(); }, { capture: true }));
  return page;
}

/* Notes when the page is no longer busy and that has been drawn, and how long it did not answer until then: of a task
 * that the browser began before, as it hands a thousand files over, only what comes after counts. */
function watch() {
  const tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ entryTypes: ['longtask'] });
  const box = document.querySelector('[data-results]');
  let isBusy = false;
  new MutationObserver(() => {
    isBusy ||= box.hasAttribute('aria-busy');
    if (!isBusy || box.hasAttribute('aria-busy') || window.shown) return;
    requestAnimationFrame(() => setTimeout(() => { window.shown = performance.now(); }));
  }).observe(box, { attributes: true });
  window.longest = () => tasks.map(({ startTime, duration }) => startTime + duration - Math.max(startTime, window.begun))
    .reduce((one, other) => Math.max(one, other), 0);
}

/* { seconds, all, longest }: until all is shown, until the last row is laid out, too, that nobody looks at, and the
 * longest task in milliseconds. */
async function grade(browser, folder, files) {
  const page = await openPage(browser, folder);
  await page.evaluate(watch);
  await page.locator('[data-take="files"]').setInputFiles(files);
  const result = await page.evaluate(async () => {
    while (!lectern.results.handed()) await new Promise((done) => setTimeout(done, 5));
    await lectern.results.done();
    const all = (performance.now() - window.begun) / 1000;
    await new Promise((done) => setTimeout(done, 500)); /* long tasks are told of later */
    const rows = document.querySelectorAll('.results-people tbody tr').length;
    return { seconds: (window.shown - window.begun) / 1000, all, longest: window.longest(), rows };
  });
  if (result.rows !== RECORDS) throw new Error(`${result.rows} records are shown`);
  await page.context().close();
  return result;
}

async function readOnly(browser, folder, files) {
  const page = await openPage(browser, folder);
  await page.evaluate(() => {
    document.querySelector('[data-take="files"]').addEventListener('change', async (event) => {
      event.stopImmediatePropagation();
      const files_ = [...event.target.files];
      for (const file of files_) JSON.parse(/lectern-record">([^<]*)/.exec(await file.text())[1]);
      window.ended = performance.now();
    }, { capture: true });
  });
  await page.locator('[data-take="files"]').setInputFiles(files);
  await page.waitForFunction(() => window.ended, null, { timeout: 120000 });
  const seconds = await page.evaluate(() => (window.ended - window.begun) / 1000);
  await page.context().close();
  return seconds;
}

module.exports = async function results({ lectern, row, median, spawnSync }) {
  const { chromium } = require('playwright-core');
  const program = [process.env.LECTERN_BROWSER, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((name) => name && fs.existsSync(name));
  if (!program) return;
  const folder = makeProject(lectern, spawnSync);
  const files = writeRecords(folder, quizOf(path.join(folder, 'site-facilitator')));
  const browser = await chromium.launch({ executablePath: program, args: process.getuid() === 0 ? ['--no-sandbox'] : [] });
  const runs = [];
  const floors = [];
  for (let i = 0; i < RUNS; i++) {
    floors.push(await readOnly(browser, folder, files));
    runs.push(await grade(browser, folder, files));
  }
  const floor = median(floors);
  const of = (part) => median(runs.map((one) => one[part]));
  row(`results: ${RECORDS} records of ${QUESTIONS} questions, 4x slower`, of('seconds'), floor, 's ', 'within 3 s');
  row('results: until rows out of sight are laid out, too', of('all'), floor, 's ', 'none; the page is in use by then');
  row('results: the longest task meanwhile', of('longest'), 0, 'ms', 'at most 200 ms');
  await browser.close();
  fs.rmSync(folder, { recursive: true });
};

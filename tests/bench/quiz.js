/* quiz: a key press in a quiz of 200 questions, until the script has dealt with it and until the page has
 * been drawn again, on a processor that Chromium slows down four times; the floor is the same key in the
 * same page without script. */
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const TYPES = [
  (n) => `  - choose-one: What comes first, ${n}?\n    right: Right ${n}\n    wrong:\n      - Wrong ${n}\n      - Other ${n}\n`,
  (n) => `  - short-answer: Which word is it, ${n}?\n    accept: word ${n}\n`,
  (n) => `  - matching: What belongs together, ${n}?\n    pairs:\n      - A ${n} => one\n      - B ${n} => two\n      - C ${n} => three\n`,
  (n) => `  - fill-in: The ${n}th is {this} or {that|those}.\n`,
];

function makeProject() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-bench-'));
  const write = (name, text) => {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  };
  write('content/site.yaml', 'title: Bench\nid: 00000000000000000000000000000000\n');
  write('content/index.md', '# Bench\n');
  write('content/desk/course.yaml', 'title: Desk\n');
  write('content/desk/index.md', '# Desk\n');
  write('content/desk/1-one/index.md', '# One\n');
  const questions = Array.from({ length: 200 }, (_, i) => TYPES[i % TYPES.length](i + 1));
  write('content/desk/1-one/1-quiz.yaml', `title: Two hundred\nquestions:\n${questions.join('')}`);
  return folder;
}

/* Press keys in a field in the middle of the page; how long each took, in milliseconds. */
async function pressKeys(browser, file, script) {
  const context = await browser.newContext({ javaScriptEnabled: true });
  const page = await context.newPage();
  if (!script) await page.route('**/lectern.js*', (route) => route.abort());
  await page.goto(pathToFileURL(file).href);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.locator('.answer-line input').nth(25).focus();
  await page.evaluate(() => {
    window.times = { handled: [], drawn: [] };
    let begun;
    addEventListener('keydown', () => { begun = performance.now(); }, { capture: true });
    addEventListener('input', () => {
      const since = begun;
      window.times.handled.push(performance.now() - since);
      requestAnimationFrame(() => setTimeout(() => window.times.drawn.push(performance.now() - since)));
    });
  });
  for (const key of 'abcdefghijklmnopqrstuvwxyzabcd') {
    await page.keyboard.press(key);
    await page.waitForTimeout(60);
  }
  const times = await page.evaluate(() => window.times);
  await context.close();
  return times;
}

module.exports = async function quiz({ lectern, row, median, spawnSync }) {
  const { chromium } = require('playwright-core');
  const folder = makeProject();
  const build = spawnSync(lectern, ['build', folder], { encoding: 'utf8' });
  if (build.status !== 0) throw new Error(build.stderr);
  const browser = await chromium.launch({
    executablePath: process.env.LECTERN_BROWSER || '/usr/bin/chromium',
    args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
  });
  const file = path.join(folder, 'site/desk/one/quiz.html');
  const floor = await pressKeys(browser, file, false);
  const times = await pressKeys(browser, file, true);
  await browser.close();
  row('a key in a quiz of 200 questions, CPU 4x slower', median(times.handled), median(floor.handled), 'ms', 'at most 50 ms');
  row('the slowest of 30 keys', Math.max(...times.handled), Math.max(...floor.handled), 'ms', 'at most 50 ms');
  row('the same until it is drawn', median(times.drawn), median(floor.drawn), 'ms', 'near the floor');
};

/* edges: a small project in Arabic, so from right to left, with what the sample site does not have: a
 * quiz handed in at the end, one without keys, a sheet where nothing must be filled, storage that is
 * full, an author who rewords a choice. */
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const settle = require('../settle');

const FILES = {
  'site.yaml': 'title: Edges\nid: 0123456789abcdef0123456789abcdef\nlanguage: ar\nfooter:\n  contact: desk@example.org\n  owner: Us\n',
  'index.md': '# Front\n',
  'desk/course.yaml': 'title: Desk\nid: desk\n',
  'desk/index.md': '# Desk\n',
  'desk/1-first/index.md': '# First\n',
  'desk/1-first/1-short.md': '# Short\n\nOne line only.\n',
  'desk/1-first/2-absent.yaml': 'title: Absent\nanswers: absent\npass: 80%\nquestions:\n  - choose-one: Which?\n    right: Alpha\n    wrong:\n      - Beta\n',
  'desk/1-first/3-end.yaml': [
    'title: End', 'pass: 80%', 'attempts: 2', 'show-results: end', 'questions:',
    '  - choose-one: Which one?', '    right: Alpha', '    wrong:', '      - Beta', '      - Gamma',
    '    hints:', '      - First', '      - Second',
    '  - choose-all: Which of them?', '    right:', '      - One', '      - Two', '    wrong:', '      - Three',
    '    partial: true', '    explanation: Because.',
    '  - true-false: Is it so?', '    answer: true', ''].join('\n'),
  'desk/1-first/4-free.md': '---\ntitle: Free\ntype: worksheet\nheader: [Name, Date]\n---\n\n::write[If you like]{lines=3 optional}\n',
  'desk/1-first/5-one.yaml': 'title: One\nquestions:\n  - choose-one: Which tpyo?\n    id: one\n    right: Right wit typo\n    wrong:\n      - Beta\n',
  'desk/1-first/6-sheet.md': '---\ntitle: Sheet\ntype: worksheet\n---\n\n::write[Say it]{lines=3 words=50}\n\nMy name is ________ here.\n',
};

function build(report) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-edges-'));
  const put = (name, text) => {
    fs.mkdirSync(path.dirname(path.join(folder, 'content', name)), { recursive: true });
    fs.writeFileSync(path.join(folder, 'content', name), text);
  };
  for (const [name, text] of Object.entries(FILES)) put(name, text);
  const make = () => {
    const run = spawnSync(path.join(process.env.LECTERN_BUILD, 'lectern'), ['build'], { cwd: folder, encoding: 'utf8' });
    report(run.status === 0, 'the project builds', run.stderr);
  };
  make();
  return { put, make, url: (name) => pathToFileURL(path.join(folder, 'site', name)).href };
}

const choose = (page, number, text) => page.locator('.question').nth(number).locator('label', { hasText: text }).click();
const submit = (page) => page.locator('button[type=submit]:visible').click();
const stateOf = (page) => page.locator('.page-state .state').getAttribute('data-state');

async function handedInAtTheEnd({ report, page }) {
  report(await page.locator('.hint:visible').count() === 1, 'the second hint waits for the first');
  await choose(page, 0, 'Beta');
  await choose(page, 1, 'One');
  await submit(page);
  report(await page.locator('.gaps li').count() === 1 && await page.evaluate(() => document.activeElement.closest('.gaps') !== null),
    'a question without an answer is named, and the focus is there');
  await page.locator('.gaps a').click();
  report(await page.evaluate(() => document.activeElement.closest('.question')?.querySelector('.question-facts').textContent.includes('Question 3')), 'its link leads to the choices');
  await page.keyboard.press('Space');
  await submit(page);
  report(await page.evaluate(() => document.activeElement.id) === 'score-title', 'the focus is on the result');
  report(/^\(1\.5 of 3\)/.test(await page.title()), 'half a point is half a point', await page.title());
  report(!/Right answer|Because/.test(await page.locator('.quiz').innerText()), 'while tries are left nothing is given away');
  await page.reload();
  await settle(page);
  report(await page.locator('.score').isVisible(), 'the result outlives a reload');
  await page.locator('[data-again="wrong"]').click();
  report(await page.evaluate(() => document.activeElement.closest('.question')?.querySelector('.question-facts').textContent.includes('Question 1')), 'again: the first that was wrong has the focus');
  await choose(page, 0, 'Gamma');
  await submit(page);
  const text = await page.locator('.quiz').innerText();
  report(/Right answer/.test(text) && /Because/.test(text), 'with no try left the right answer is shown, and why', text);
  report(await page.locator('.read-again').isVisible() && await stateOf(page) === 'done', 'the way on is named, and the quiz counts as done');
  await page.locator('[data-again="all"]').click();
  report(await page.locator('.question input:checked').count() === 0 && await page.locator('.question input:disabled').count() === 0,
    'starting over opens all');
}

async function withoutKeys({ report, page }) {
  await choose(page, 0, 'Beta');
  await submit(page);
  const text = await page.locator('.score').innerText();
  report(!/\d+ of \d+|passed/.test(text), 'without keys no score is made up', text);
  report(await stateOf(page) === 'done', 'without keys handing in is enough');
}

async function rewordedChoice({ report, page, project }) {
  await choose(page, 0, 'Right wit typo');
  await submit(page);
  await settle(page);
  report(/You scored/.test(await page.locator('[role=status]').textContent()), 'the result is heard when the last question is checked');
  project.put('desk/1-first/5-one.yaml', FILES['desk/1-first/5-one.yaml'].replace('wit typo', 'without typo'));
  project.make();
  await page.reload();
  await settle(page);
  report(await page.locator('.question .result').innerText() === '' && await page.locator('button[type=submit]').isVisible(),
    'a choice that was reworded since is asked again, not called wrong');
}

async function freeSheet({ report, page }) {
  report(await stateOf(page) !== 'done', 'a sheet where nothing must be filled is not done by being opened');
  await page.locator('textarea').fill('A word');
  report(await stateOf(page) === 'done', 'it is done when something is written');
}

async function sheet({ report, page, project }) {
  const field = page.locator('textarea');
  const before = (await field.boundingBox()).height;
  await field.fill('line\n'.repeat(20));
  report((await field.boundingBox()).height > 2 * before, 'a place to write grows with its text');
  await field.focus();
  await page.evaluate(() => { document.hasFocus = () => false; }); /* as it is in a tab behind another */
  const other = await page.context().newPage();
  await other.goto(project.url('desk/first/sheet.html'));
  await other.locator('textarea').fill('from the other tab');
  await settle(page);
  report(await field.inputValue() === 'from the other tab', 'a field that had the focus takes over what another tab wrote');
  await other.close();
  await page.evaluate(() => { window.print = () => {}; });
  await page.locator('[data-tool=print-blank]').click();
  const isBlank = () => page.evaluate(() => document.documentElement.classList.contains('print-blank'));
  report(await isBlank(), 'a blank sheet stays blank until it is printed');
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  report(!await isBlank(), 'and not longer');
  await page.evaluate(() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; });
  await field.fill('too much');
  await field.fill('too much more');
  await settle(page);
  const notice = await page.locator('#lectern-notice').innerText();
  report(notice !== '' && (await page.locator('[role=status]').textContent()) === notice, 'that storage is full is said, and heard, once');
}

async function shortPage({ report, page, project }) {
  const front = await page.context().newPage();
  await front.goto(project.url('index.html'));
  await settle(page, 1000);
  report(await stateOf(page) === 'done', 'a short page is read after a moment');
  await settle(front);
  report(/^1 /.test(await front.locator('.card-progress').first().innerText()), 'the front page in another tab shows it');
  await front.evaluate(() => {
    for (const key of Object.keys(localStorage)) localStorage.removeItem(key);
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  });
  report(/^0 /.test(await front.locator('.card-progress').first().innerText()), 'so does a page that the browser kept');
  await front.close();
}

const CASES = { 'desk/first/end.html': handedInAtTheEnd, 'desk/first/absent.html': withoutKeys, 'desk/first/one.html': rewordedChoice,
  'desk/first/free.html': freeSheet, 'desk/first/sheet.html': sheet, 'desk/first/short.html': shortPage };

module.exports = async function edges({ report, browser }) {
  const project = build(report);
  for (const [name, run] of Object.entries(CASES)) {
    const context = await browser.newContext({ viewport: { width: 360, height: 800 }, reducedMotion: 'reduce' });
    context.setDefaultTimeout(5000);
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.stack));
    await page.goto(project.url(name));
    report(await page.evaluate(() => document.dir === 'rtl' && document.documentElement.scrollWidth <= 360), `${name} runs right to left and fits`);
    await run({ report, page, project });
    report(errors.length === 0, `no error on ${name}`, errors.join('\n'));
    await context.close();
  }
};

/* locks: pages that wait for others: what they say, what they close, and how they open. */
'use strict';

const path = require('node:path');
const { pathToFileURL } = require('node:url');
const settle = require('../settle');

const QUIZ = 'desk/first/quiz.html';
const READ = ['desk/first/short.html', 'desk/first/long.html'];
const stateIn = (page, list, name) => page.locator(`${list} [data-page$="${name}"]`).getAttribute('data-state');
const wordIn = (page, list, name) => page.locator(`${list} [data-page$="${name}"] .state-word`).textContent();

/* Read a page by its button. */
async function read(open, name, context) {
  const page = await open(name, { context });
  await page.locator('#mark-page').click();
  await settle(page);
  await page.close();
}

async function closed(report, page) {
  const lock = page.locator('.lock');
  const text = await lock.innerText();
  report(await page.evaluate(() => document.querySelector('.page-body').firstElementChild.matches('.lock')), 'the notice comes first');
  report(/Not open yet/.test(text) && /these 2 pages are done/.test(text), 'it says what is missing', text);
  report((await lock.locator('a').allTextContents()).map((one) => one.replace(/ \(.*/, '')).join() === 'A short page,A long page', 'with links to it');
  report(await lock.locator('a').first().getAttribute('href') === 'short.html', 'which lead there');
  report(await page.locator('.question').first().isVisible() && /What comes first/.test(await page.locator('main').innerText()), 'the body stays, to be read');
  const counts = await page.evaluate(() => [...document.querySelectorAll('.page-body :is(input, select, textarea, button):not([data-print])')].filter((one) => !one.disabled).length);
  report(counts === 0, 'nothing can be answered', counts);
  report(/Not open yet/.test(await page.locator('.page-state .state').innerText()), 'the end of the page says so too');
  report(await stateIn(page, '.course-list', 'first/quiz.html') === 'locked' && /locked/.test(await wordIn(page, '.course-list', 'first/quiz.html')), 'the course list draws and says it');
  report(await page.evaluate(() => document.activeElement === document.body) && await page.locator('#lectern-status').textContent() === '', 'the focus is where it was, and nothing is said unasked');
}

async function opens(report, open, page) {
  const shared = page.context();
  await read(open, READ[0], shared);
  await settle(page);
  const text = await page.locator('.lock').innerText();
  report(/as soon as this page is done/.test(text) && !/A short page/.test(text), 'what another tab has done is missing no more', text);
  await page.locator('.lock a').first().focus();
  await read(open, READ[1], shared);
  await settle(page, 300);
  report(/This page is open now/.test(await page.locator('.lock').innerText()), 'when all is done the page opens at once');
  report(await page.evaluate(() => document.activeElement.matches('.lock')), 'whoever stood in the notice stays there', await page.evaluate(() => document.activeElement.outerHTML.slice(0, 200)));
  report(/open now/.test(await page.locator('#lectern-status').textContent()), 'and it is said');
  report(await page.locator('.choice input').first().isEnabled() && await page.locator('[type=submit]').first().isEnabled(), 'answers are taken');
  report(await stateIn(page, '.course-list', 'first/quiz.html') === 'none', 'the list shows it open');
  await page.locator('.choice label').filter({ hasText: 'Listening' }).click();
  const other = await open(READ[0], { context: shared });
  await other.locator('#mark-page').click();
  await settle(page);
  report(await page.locator('.choice input').first().isEnabled(), 'it does not close under somebody’s hands');
  await page.reload();
  await settle(page);
  report(await page.locator('.lock').count() === 1, 'but the next time it waits again, for what was taken back');
  report(await page.locator('.choice input:checked').count() === 1, 'and keeps what was answered');
  await other.close();
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
  await page.close_();
}

async function otherPages(report, open) {
  const sheet = await open('desk/second/sheet.html');
  report(/The first quiz/.test(await sheet.locator('.lock').innerText()), 'a worksheet waits for a quiz');
  report(await sheet.locator('[data-write]').isDisabled() && await sheet.locator('[data-tool="on-paper"]').isDisabled(), 'and cannot be filled in');
  report(await sheet.locator('[data-tool="print-blank"]').isEnabled() && await sheet.locator('[data-tool="open"]').isEnabled(), 'but printed, and what was saved can be opened');
  await sheet.emulateMedia({ media: 'print' });
  report(!await sheet.locator('.lock').isVisible(), 'paper knows no locks');
  await sheet.goto(sheet.url().replace('second/sheet', 'exam'));
  const needs = await sheet.locator('.lock a').count();
  report(needs === 5, 'a module stands for its pages', needs);
  report(await stateIn(sheet, '.course-list', 'exam.html') === 'locked', 'what does not count is shown as locked, too');
  report(await sheet.evaluate(() => lectern.progress.ofCourse().count) === 5, 'and does not count');
  report(sheet.trouble.length === 0, 'no trouble', sheet.trouble.join('\n'));
  await sheet.close_();
  const plain = await open(QUIZ, { script: false });
  report(await plain.locator('.lock').count() === 0 && await plain.locator('.choice input').first().isEnabled(), 'without JavaScript nothing is locked');
  await plain.close_();
  const refused = await open(QUIZ, { init: () => { Storage.prototype.setItem = () => { throw new Error('refused'); }; } });
  report(await refused.locator('.lock').count() === 0 && await refused.locator('.choice input').first().isEnabled(), 'where nothing can be kept nothing is locked, as it would never open');
  report(await stateIn(refused, '.course-list', 'first/quiz.html') === 'none', 'nor shown as locked');
  await refused.close_();
}

async function facilitator(report, project) {
  const { open, site } = project('ways', { edition: 'facilitator' });
  const page = await open(QUIZ);
  report(await page.locator('.lock').count() === 1, 'the facilitator sees the locks, too');
  await page.locator('.lock a').last().click();
  report(await page.locator('.lock').count() === 0 && await page.locator('.choice input').first().isEnabled(), 'and opens them with ?unlock');
  await page.goto(pathToFileURL(path.join(site, 'desk/second/sheet.html')).href);
  report(await page.locator('.lock').count() === 0 && await stateIn(page, '.course-list', 'first/quiz.html') === 'none', 'for the whole tab');
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
  await page.close_();
}

module.exports = async function locks({ report, project }) {
  const { open, edit } = project('ways');
  const page = await open(QUIZ);
  await closed(report, page);
  await opens(report, open, page);
  await otherPages(report, open);
  const learner = await open(QUIZ);
  await learner.goto(`${learner.url()}?unlock`);
  report(await learner.locator('.lock').count() === 1, 'a learner’s ?unlock opens nothing');
  await learner.close_();
  await facilitator(report, project);
  edit('content/desk/course.yaml', 'requires: reading', 'requires: reading\nlocks: off');
  const off = await open('desk/exam.html');
  report(await off.locator('.lock').count() === 0, '`locks: off` ends them all');
  await off.close_();
};

/* journeys: the whole way through a course: read, fail, try again, pass, fill in, be stamped, finish;
 * come back, start fresh; and what an author's edit leaves of it. */
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const settle = require('../settle');

const KINDS = {
  'content/site.yaml': 'title: Ways\nid: 5d1c0a6be2f94f0f9a1d7f3f0c7c4b11\n',
};
const today = (page) => page.evaluate(() => new Intl.DateTimeFormat(lectern.language, { day: 'numeric', month: 'short' }).format(new Date()));
const go = async (page, site, name) => { await page.goto(pathToFileURL(path.join(site, name)).href); };
const course = (page) => page.evaluate(() => lectern.progress.ofCourse());
const stateOf = (page, name) => page.locator(`.course-list [data-page$="${name}"]`).getAttribute('data-state');

/* On to the next page, until it stands there whole: what is done before that is done to the one before, or to half of it. */
async function next(page, address) {
  await page.locator('.pager-next').click();
  await page.waitForURL(address);
  await settle(page);
}

async function answer(page, first, second) {
  for (const [id, text] of [['one', first], ['two', second]]) {
    const form = page.locator(`[data-question="${id}"]`).locator('xpath=ancestor::form');
    if (await page.locator(`[data-question="${id}"] input`).first().isDisabled()) continue;
    await page.locator(`[data-question="${id}"] .choice label`).filter({ hasText: text }).click();
    await form.locator('[type=submit]').click();
  }
  await settle(page);
}

async function firstPart(report, page, site) {
  await go(page, site, 'desk/index.html');
  const begin = page.locator('[data-continue]');
  report(await begin.innerText() === 'Begin' && await page.locator('[data-welcome]').isHidden(), 'at first there is one button, to begin');
  report(await page.locator('.module-card .stamp-place:visible').count() === 2, 'and a dashed place for each stamp');
  await begin.click();
  await page.locator('[data-continue]').click();
  await settle(page, 1300);
  report(await stateOf(page, 'short.html') === 'done', 'a page that shows whole is read after a moment');
  await next(page, /long\.html$/);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await settle(page, 1300);
  await next(page, /quiz\.html$/);
  report(await page.locator('.lock').count() === 0, 'the quiz is open when the pages have been read');
  await answer(page, 'Talking', 'True');
  report(await stateOf(page, 'first/quiz.html') === 'half' && /You need 100%/.test(await page.locator('.score').innerText()), 'failed, it is not done');
  await page.locator('[data-again="wrong"]').click();
  await answer(page, 'Listening', 'True');
  report(await stateOf(page, 'first/quiz.html') === 'done' && /You have passed/.test(await page.locator('.score').innerText()), 'passed on the second try, it is');
}

async function stamp(report, page, site) {
  await go(page, site, 'desk/first/index.html');
  report(await page.locator('.to-do [data-state="done"]').count() === 3 && /^Finished on /.test(await page.locator('.finished').innerText()), 'the module says that it is finished, and when');
  report(/^Continue: A sheet/.test(await page.locator('[data-continue]').innerText()), 'and leads on to the next', await page.locator('[data-continue]').innerText());
  report(/\(done\)/.test(await page.locator('.course-list [data-module] .module-link').first().textContent()), 'the course list says it of the module');
  await go(page, site, 'desk/index.html');
  const card = page.locator('.module-card').first();
  report(await card.getAttribute('data-state') === 'done' && await card.locator('.stamp-print').isVisible() && !await card.locator('.stamp-place').isVisible(), 'it has its stamp');
  report(await card.locator('.stamp-day').textContent() === await today(page), 'with the day', await card.locator('.stamp-day').textContent());
  report(/THE FIRST PART/i.test(await card.locator('.stamp-name').textContent()) && /rotate\(-?\d/.test(await card.locator('.stamp-print').getAttribute('transform')), 'its name on the ring, a little askew');
  report(await page.locator('.passport-count').innerText() === '1 of 2 stamps', 'the passport counts it');
  report(await page.locator('.module-card').nth(1).getAttribute('data-current') === '', 'the next is marked');
}

async function secondPart(report, page, site) {
  await page.locator('[data-continue]').click();
  report(/sheet\.html$/.test(page.url()) && await page.locator('.lock').count() === 0, 'the worksheet is open, as the quiz was passed');
  await page.locator('[data-header="Name"]').fill('Ana');
  await page.locator('[data-write]').first().fill('The queue was short.');
  await settle(page);
  report(await stateOf(page, 'sheet.html') === 'done', 'filled in, it is done');
  await go(page, site, 'index.html');
  const button = page.locator('.welcome-continue');
  report(await button.innerText() === 'Continue as Ana: Service at the Desk', 'the front page offers to go on', await button.innerText());
  report(/4 of 5 pages done/.test(await page.locator('.course-card').innerText()), 'and says how far one is');
  await button.click();
  report(/second\/over\.html$/.test(page.url()), 'where one was');
  await settle(page, 1300);
  const { done, count, isDone, on, next } = await course(page);
  report(done === 5 && count === 5 && isDone && Math.abs(Date.now() - Date.parse(on)) < 60000 && !next, 'the course is done', JSON.stringify({ done, count, isDone, on, next }));
  await go(page, site, 'desk/index.html');
  report(await page.locator('.stamp-print:visible').count() === 2 && await page.locator('[data-continue]').isHidden(), 'two stamps, and nothing to go on with');
  report(/^Finished on /.test(await page.locator('.finished').innerText()), 'the course says that it is finished');
  await page.emulateMedia({ media: 'print' });
  report(await page.locator('.holder-name').innerText() === 'Ana' && await page.locator('.stamp-print:visible').count() === 2, 'on paper the passport has its holder’s name and stamps');
  const { width, height } = await page.locator('.passport').boundingBox();
  report(Math.abs(width / height - 148 / 105) < 0.02, 'and the shape of a card', `${width} × ${height}`);
  await page.emulateMedia({ media: null });
  await page.evaluate(() => { window.print = () => { window.printed = document.documentElement.className; }; });
  await page.locator('[data-print="card"]').click();
  report(/print-card/.test(await page.evaluate(() => window.printed)), 'its button prints the card alone');
}

async function fresh(report, page, site, open) {
  await go(page, site, 'desk/index.html');
  const other = await open('desk/first/quiz.html', { context: page.context() });
  await page.locator('.fresh button').click();
  const box = page.locator('.fresh');
  report(/erases/.test(await box.innerText()) && /Service at the Desk|Desk/.test(await box.innerText()), 'starting fresh asks first', await box.innerText());
  report(await page.evaluate(() => document.activeElement.textContent) === 'Leave everything as it is', 'the focus is on leaving it as it is');
  await page.keyboard.press('Enter');
  report((await course(page)).done === 5 && await page.evaluate(() => document.activeElement.textContent) === 'Start fresh', 'which does so');
  await page.keyboard.press('Enter');
  await page.locator('.fresh button').last().click();
  await page.waitForLoadState();
  await settle(page);
  report(await page.locator('[data-continue]').innerText() === 'Begin' && (await course(page)).done === 0, 'then all is as at first');
  const kept = await page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.includes('/desk/')));
  report(kept.length === 0, 'nothing of the course is kept', JSON.stringify(kept));
  await settle(other);
  report(await other.locator('.choice input:checked').count() === 0 && await other.locator('.lock').count() === 1, 'nor does another tab show it');
  await other.close();
}

async function through(report, project) {
  const { open, site } = project('ways');
  const page = await open('index.html');
  await firstPart(report, page, site);
  await stamp(report, page, site);
  await secondPart(report, page, site);
  await fresh(report, page, site, open);
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
  await page.close_();
}

/* The author renames a page, gives another an id, takes one away and adds one. */
async function edited(report, project) {
  const { open, site, edit } = project('ways');
  const content = path.join(site, '../content/desk');
  const page = await open('desk/first/short.html');
  for (const name of ['first/short', 'first/long', 'second/over']) {
    await go(page, site, `desk/${name}.html`);
    if (await stateOf(page, `${name}.html`) !== 'done') await page.locator('#mark-page').click();
    await settle(page);
  }
  fs.renameSync(path.join(content, '1-first/1-short.md'), path.join(content, '1-first/1-brief.md'));
  fs.rmSync(path.join(content, '2-second/2-over.md'));
  fs.writeFileSync(path.join(content, '2-second/3-new.md'), `# A new page\n\n${'Words.\n\n'.repeat(90)}`);
  edit('content/desk/1-first/2-long.md', 'title: A long page', 'title: A long page\nid: the-long-one');
  edit('content/desk/1-first/1-brief.md', 'title: A short page', 'title: A short page\nold-addresses: desk/first/short.html');
  await go(page, site, 'desk/index.html');
  report(await stateOf(page, 'brief.html') === 'done', 'a page that was renamed is still done');
  report(await stateOf(page, 'the-long-one') === 'done', 'and one that got an id');
  report(await stateOf(page, 'new.html') === 'none' && await page.locator('.course-list [data-page$="over.html"]').count() === 0, 'a new page is new, and one that is gone has left no trace');
  const { done, count } = await course(page);
  report(done === 2 && count === 5, 'and the count is right', `${done} of ${count}`);
  fs.writeFileSync(path.join(content, '2-second/4-over.md'), `# Another page\n\n${'Words.\n\n'.repeat(90)}`);
  edit('content/desk/1-first/1-brief.md', 'title: A short page', 'title: A short page, renamed');
  await go(page, site, 'desk/first/quiz.html');
  report(await page.locator('.lock').count() === 0, 'what was locked until then is open');
  report(page.trouble.length === 0, 'no trouble after edits', page.trouble.join('\n'));
  await page.close_();
}

/* Two courses: the front page leads to the one at work, and erases all. */
async function twoCourses(report, project) {
  const lesson = (title) => `# ${title}\n\n${'Words.\n\n'.repeat(90)}`;
  const { open, site } = project(null, { files: {
    ...KINDS,
    'content/one/course.yaml': 'title: One\nid: one two\n', 'content/one/1-a/1-x.md': lesson('X'), 'content/one/1-a/2-y.md': `---\nid: a page with blanks\n---\n\n${lesson('Y')}`,
    'content/two/course.yaml': 'title: Two\n', 'content/two/1-a/1-x.md': lesson('X'), 'content/two/extra.md': `---\ncounts: true\n---\n\n${lesson('Extra')}`,
  } });
  const page = await open('index.html');
  report(await page.locator('.welcome').isHidden(), 'where nothing was done there is nothing to go on with');
  await go(page, site, 'one/a/x.html');
  await page.locator('#mark-page').click();
  await go(page, site, 'index.html');
  const cards = await page.locator('.course-card').allInnerTexts();
  report(/1 of 2 pages done/.test(cards[0]) && /0 of 2 pages done/.test(cards[1]), 'each course has its count, with pages outside of modules that count', cards.join());
  report(await page.locator('.welcome-continue').innerText() === 'Continue: One' && /one\/a\/y\.html$/.test(await page.locator('.welcome-continue').getAttribute('href')), 'one goes on in the course at work, where an id has blanks');
  report(await page.evaluate(() => JSON.stringify([lectern.progress.ofCourse('one two'), lectern.progress.ofCourse('none')].map(({ done, count, isDone }) => [done, count, isDone]))) === '[[1,2,false],[0,0,false]]',
    'a course that nobody knows is not done');
  await page.locator('.fresh button').click();
  await page.locator('.fresh button').last().click();
  await page.waitForLoadState();
  await settle(page);
  report(await page.evaluate(() => Object.keys(localStorage).length) === 0, 'starting fresh erases all of the site');
  report(page.trouble.length === 0, 'no trouble with two courses', page.trouble.join('\n'));
  await page.close_();
}

module.exports = async function journeys({ report, project }) {
  await through(report, project);
  await edited(report, project);
  await twoCourses(report, project);
};

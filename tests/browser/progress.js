/* progress: reading to the end, marking by hand, and where it shows. */
'use strict';

const path = require('node:path');
const { pathToFileURL } = require('node:url');
const settle = require('../settle');

const LESSON = 'service-desk/difficult-situations/six-steps.html';

const stateOf = (page, name) => page.locator(`.course-list [data-page$="${name}"]`).getAttribute('data-state');

/* Read to the end, on pages short and long, large and small. */
async function toTheEnd(report, project) {
  const { open } = project('ways');
  for (const [what, options] of [
    ['as it is', {}], ['on a phone', { width: 320, height: 480 }], ['magnified to 400%', { width: 320, height: 225, deviceScaleFactor: 4 }],
    ['with motion', { reducedMotion: 'no-preference' }], ['on a tall screen', { height: 1800 }],
  ]) {
    const short = await open('desk/first/short.html', options);
    await short.evaluate(() => document.getElementById('page-end').scrollIntoView());
    await settle(short, 1400);
    report(await stateOf(short, 'short.html') === 'done', `a short page is read, ${what}`);
    await short.close_();
    const long = await open('desk/first/long.html', options);
    await settle(long, 1400);
    report(await stateOf(long, 'long.html') === 'half', `a long one is not, ${what}`);
    await long.keyboard.press('End');
    await settle(long, 200);
    await long.keyboard.press('Home');
    await settle(long, 1300);
    report(await stateOf(long, 'long.html') === 'half', `nor when its end was only passed, ${what}`);
    await long.keyboard.press('End');
    await settle(long, 2000);
    report(await stateOf(long, 'long.html') === 'done', `but when one stays at its end, ${what}`);
    report(long.trouble.length === 0, `no trouble ${what}`, long.trouble.join('\n'));
    await long.close_();
  }
  const zoomed = await open('desk/first/long.html');
  await zoomed.evaluate(() => { document.documentElement.style.fontSize = '300%'; scrollTo(0, document.body.scrollHeight); });
  await settle(zoomed, 1500);
  report(await stateOf(zoomed, 'long.html') === 'done', 'a page in large type is read to its end, too');
  await zoomed.close_();
}

/* What other sites of the host may have written is no progress. */
async function foreign(report, project) {
  const { open } = project('ways');
  const page = await open('desk/first/quiz.html');
  const results = await page.evaluate(() => ['"done"', '[]', '{"state":["done"]}', '{"state":"finished"}', '{"state":"locked"}', '{"state":"done","on":"never"}', '{"state":"done","on":{"x":1}}', '{"__proto__":{"state":"done"}}']
    .map((text) => {
      localStorage.setItem(`${Object.keys(localStorage).find((key) => key.endsWith('quiz.html')) ?? `lectern/${lectern.page.site}/desk/v1/${lectern.page.page}`}`, text);
      const { state, on } = lectern.progress.ofPage(lectern.page.page);
      return `${state} ${on}`.trim();
    }));
  report(results.join() === 'none,none,none,none,none,done,done,none', 'only states that there are, and days that are', results.join());
  await page.close_();
}

module.exports = async function progress({ report, open, site, project }) {
  const page = await open(LESSON);
  const entry = page.locator(`.course-list [data-page$="six-steps.html"]`);
  report(await entry.getAttribute('data-state') === 'half', 'a page that is opened is half-read');
  report(/\S/.test(await entry.locator('.state-word').textContent()), 'and the list says so in a word');
  await settle(page, 1300);
  report(await entry.getAttribute('data-state') === 'half', 'it is not done without being read');
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await settle(page, 1500);
  report(await entry.getAttribute('data-state') === 'done', 'read to the end it is done');
  report(/^1 of \d+/.test(await page.locator('#course-progress .progress-text').innerText()), 'the header counts it');
  await page.goto(pathToFileURL(path.join(site, 'service-desk/difficult-situations/index.html')).href);
  report(await page.locator('.to-do [data-page$="six-steps.html"]').getAttribute('data-state') === 'done', 'the module’s list shows it');
  await page.goto(pathToFileURL(path.join(site, 'service-desk/difficult-situations/understanding-behaviour.html')).href);
  const mark = page.locator('#mark-page');
  await mark.focus();
  await page.keyboard.press('Enter');
  report(await page.locator('.course-list [data-page$="understanding-behaviour.html"]').getAttribute('data-state') === 'done', 'a page is marked as read by hand');
  await page.keyboard.press('Enter');
  report(await page.locator('.course-list [data-page$="understanding-behaviour.html"]').getAttribute('data-state') === 'half', 'and the mark is taken back');
  const other = await open(LESSON, { context: page.context() });
  await other.locator('#mark-page').click();
  await settle(page);
  report(await page.locator('.course-list [data-page$="six-steps.html"]').getAttribute('data-state') === 'half', 'what another tab changes shows here');
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
  await page.close_();

  const dark = await open(LESSON);
  await dark.locator('#colours').selectOption('dark');
  await dark.reload();
  await settle(dark);
  report(await dark.evaluate(() => document.documentElement.dataset.theme) === 'dark', 'the chosen colours are kept');
  await dark.close_();

  const narrow = await open(LESSON, { width: 360, script: false });
  report(!await narrow.locator('.course-list').isVisible(), 'on a phone the course list is folded away');
  await narrow.locator('.course-drawer summary').click();
  report(await narrow.locator('.course-list').isVisible(), 'and opens without script');
  await narrow.close_();
  await toTheEnd(report, project);
  await foreign(report, project);
};

/* progress: reading to the end, marking by hand, and where it shows. */
'use strict';

const path = require('node:path');
const { pathToFileURL } = require('node:url');

const LESSON = 'service-desk/difficult-situations/six-steps.html';

module.exports = async function progress({ report, open, site }) {
  const page = await open(LESSON);
  const entry = page.locator(`.course-list [data-page$="six-steps.html"]`);
  report(await entry.getAttribute('data-state') === 'half', 'a page that is opened is half-read');
  report(/\S/.test(await entry.locator('.state-word').textContent()), 'and the list says so in a word');
  await page.waitForTimeout(1300);
  report(await entry.getAttribute('data-state') === 'half', 'it is not done without being read');
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await page.waitForTimeout(1500);
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
  await page.waitForTimeout(200);
  report(await page.locator('.course-list [data-page$="six-steps.html"]').getAttribute('data-state') === 'half', 'what another tab changes shows here');
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
  await page.close_();

  const dark = await open(LESSON);
  await dark.locator('#colours').selectOption('dark');
  await dark.reload();
  report(await dark.evaluate(() => document.documentElement.dataset.theme) === 'dark', 'the chosen colours are kept');
  await dark.close_();

  const narrow = await open(LESSON, { width: 360, script: false });
  report(!await narrow.locator('.course-list').isVisible(), 'on a phone the course list is folded away');
  await narrow.locator('.course-drawer summary').click();
  report(await narrow.locator('.course-list').isVisible(), 'and opens without script');
  await narrow.close_();
};

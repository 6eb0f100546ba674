/* outline: the plan of a course, found from its page, read on the screen and on paper. */
'use strict';

const axe = require('../axe.js');


module.exports = async function outline({ report, open }) {
  for (const [how, options] of [['light', {}], ['dark', { scheme: 'dark' }], ['at 320 px', { width: 320, height: 640 }]]) {
    const page = await open('service-desk/index.html', options);
    await page.getByRole('link', { name: 'Plan of the course' }).click();
    report(/service-desk\/outline\.html$/.test(page.url()), `the course's page leads to its outline, ${how}`, page.url());
    report((await axe(page)).length === 0, `axe has nothing to say, ${how}`, (await axe(page)).join('\n'));
    report(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `nothing makes the page wider, ${how}`);
    report(page.trouble.length === 0, `no trouble, ${how}`, page.trouble.join('\n'));
    await page.close_();
  }
  const page = await open('service-desk/outline.html');
  const pages = await page.locator('.outline tbody tr').count();
  report(pages === 10, 'every page of every module is on it', pages);
  const sum = (await page.locator('.outline tbody td:last-child').allInnerTexts()).reduce((all, text) => all + (Number(text) || 0), 0);
  report(await page.locator('.outline tfoot td').innerText() === String(sum), 'the minutes add up', sum);
  await page.emulateMedia({ media: 'print' });
  report(await page.locator('.outline table').isVisible() && await page.locator('.outline .buttons').isHidden(), 'on paper there is the table alone');
  await page.close_();
};

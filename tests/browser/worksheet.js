/* worksheet: typed text is kept, the name is typed once, paper has all of it or lines to write on. */
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const { pathToFileURL } = require('node:url');

const SHEET = 'passport/your-customer/respond.html';
const OTHER = 'passport/your-customer/reflect.html';

async function pdf(page, format) {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-paper-')), 'sheet.pdf');
  await page.pdf({ path: file, format, preferCSSPageSize: false });
  return {
    text: spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).stdout,
    pages: Number(/Pages: +(\d+)/.exec(spawnSync('pdfinfo', [file], { encoding: 'utf8' }).stdout)[1]),
  };
}

module.exports = async function worksheet({ report, open, site }) {
  const page = await open(SHEET);
  const places = page.locator('[data-write]');
  const count = await places.count();
  report(count === 4, 'the case study has four places to write', count);
  await page.locator('[data-header="Name"]').fill('Ana Ölçer');
  for (let i = 0; i < count; i++) {
    await places.nth(i).focus();
    await page.keyboard.type(`Answer ${i}`);
  }
  report(/Filled in/.test(await page.locator('.page-state .state').innerText()), 'a filled sheet is done; Name and Date do not count');
  await page.reload();
  report(await places.nth(3).inputValue() === 'Answer 3', 'what is typed outlives a reload');
  await page.goto(pathToFileURL(path.join(site, OTHER)).href);
  report(await page.locator('[data-header="Name"]').inputValue() === 'Ana Ölçer', 'the name is typed once for the course');
  await page.locator('#on-paper').check();
  report(/Filled in/.test(await page.locator('.page-state .state').innerText()), '“on paper” is done as well');
  await page.goto(pathToFileURL(path.join(site, SHEET)).href);
  const long = Array.from({ length: 250 }, (_, i) => `word${i} of a long answer`).join(' ');
  await places.nth(0).fill(long);
  for (const format of ['Letter', 'A4']) {
    const paper = await pdf(page, format);
    const printed = paper.text.replace(/\s+/g, ' ');
    report(printed.includes('word0 of') && printed.includes('word249 of') && printed.includes('Answer 3'), `all ${long.length} characters are printed on ${format}`);
    report(printed.includes('Ana Ölçer') && !/Print my answers|Course contents/.test(printed), `the name is, buttons are not, on ${format}`, printed.slice(0, 400));
  }
  await page.evaluate(() => document.documentElement.classList.add('print-blank'));
  const blank = await pdf(page, 'A4');
  report(!/Answer 3|word0/.test(blank.text), 'a blank sheet is blank', blank.text.slice(0, 400));
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));

  const second = await open(SHEET, { context: page.context() });
  await second.locator('[data-write]').nth(1).fill('From the other tab');
  await page.waitForTimeout(200);
  report(await places.nth(1).inputValue() === 'From the other tab', 'another tab’s text arrives');
  await places.nth(2).fill('From this tab');
  await second.waitForTimeout(200);
  report(await second.locator('[data-write]').nth(2).inputValue() === 'From this tab' &&
    await second.locator('[data-write]').nth(1).inputValue() === 'From the other tab', 'two tabs do not eat each other’s text');
  await page.close_();

  for (const format of ['Letter', 'A4']) {
    const bare = await open(SHEET, { script: false });
    const paper = await pdf(bare, format);
    report(/Name/.test(paper.text) && /Problem/.test(paper.text) && paper.pages <= 2, `without script a blank sheet of ${paper.pages} pages on ${format}`);
    await bare.close_();
  }
};

/* worksheet: typed text is kept, the name is typed once, paper has all of it or lines to write on. */
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const { pathToFileURL } = require('node:url');
const settle = require('../settle');

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

/* As by the button; when it has been printed, the page takes that back. */
const blanken = (page) => page.evaluate(() => document.documentElement.classList.add('print-blank'));

/* How far down the last rule on the first page is, in points, of how many. */
async function depth(page, options) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-paper-'));
  const file = path.join(folder, 'sheet.pdf');
  await page.pdf({ path: file, ...options });
  spawnSync('pdftoppm', ['-r', '72', '-gray', file, path.join(folder, 'page')]);
  const [first, ...more] = fs.readdirSync(folder).filter((name) => name.endsWith('.pgm')).sort();
  const image = fs.readFileSync(path.join(folder, first));
  const [, width, height] = /^P5\s+(\d+)\s+(\d+)\s+\d+\s/.exec(image.toString('latin1', 0, 40)).map(Number);
  const rows = image.subarray(image.length - width * height);
  const isRule = (y) => rows.subarray(y * width, (y + 1) * width).filter((grey) => grey < 200).length > width / 2;
  let last = height - 1;
  while (last > 0 && !isRule(last)) last--;
  return { last, height, pages: 1 + more.length };
}

/* A table on a sheet of one page takes the rest of it; on more pages nothing changes, and none is added. */
async function fillsThePage({ report, project }) {
  const rows = ['One', 'Two', 'Three'].map((name) => `### ${name} {lines=4}\n\nWhat is it?\n`).join('\n');
  const sheet = (count) => `---\ntitle: Sheet\ntype: worksheet\n---\n\n${'A line of words.\n\n'.repeat(count)}\n:::response-table\n${rows}:::\n`;
  const counts = [0, 8, 9, 10, 11, 12, 13, 20];
  const made = project(null, { files: {
    'content/site.yaml': 'title: Site\nid: 5e\n', 'content/index.md': '# Home\n', 'content/desk/course.yaml': 'title: Desk\n',
    ...Object.fromEntries(counts.map((count) => [`content/desk/s${count}.md`, sheet(count)])),
  } });
  for (const count of counts) {
    const page = await made.open(`desk/s${count}.html`);
    for (const options of [{ format: 'Letter' }, { format: 'A4' }, { format: 'A4', scale: 0.9 }]) {
      const plain = await depth(page, options);
      await blanken(page);
      const blank = await depth(page, options);
      const what = `with ${count} lines before the table on ${options.format} at ${options.scale ?? 1}`;
      report(blank.pages === plain.pages, `no page is added ${what}`, `${plain.pages} -> ${blank.pages}`);
      if (blank.pages === 1) report(blank.height - blank.last < 80, `the blank table reaches the end of the page ${what}`, JSON.stringify([plain, blank]));
    }
    await page.close_();
  }
}

module.exports = async function worksheet({ report, open, site, project }) {
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
  await settle(page);
  report(await places.nth(3).inputValue() === 'Answer 3', 'what is typed outlives a reload');
  await page.goto(pathToFileURL(path.join(site, OTHER)).href);
  report(await page.locator('[data-header="Name"]').inputValue() === 'Ana Ölçer', 'the name is typed once for the course');
  await page.locator('[data-tool=on-paper]').check();
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
  for (const format of ['Letter', 'A4']) {
    await blanken(page);
    const blank = await pdf(page, format);
    report(!/Answer 3|word0|Ana/.test(blank.text) && blank.pages === 2, `a blank sheet is blank on ${format}`, blank.text.slice(0, 400));
  }
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));

  const second = await open(SHEET, { context: page.context() });
  await second.locator('[data-write]').nth(1).fill('From the other tab');
  await settle(page);
  report(await places.nth(1).inputValue() === 'From the other tab', 'another tab’s text arrives');
  await places.nth(2).fill('From this tab');
  await settle(second);
  report(await second.locator('[data-write]').nth(2).inputValue() === 'From this tab' &&
    await second.locator('[data-write]').nth(1).inputValue() === 'From the other tab', 'two tabs do not eat each other’s text');
  await page.close_();

  for (const format of ['Letter', 'A4']) {
    const bare = await open(SHEET, { script: false });
    const paper = await pdf(bare, format);
    report(/Name/.test(paper.text) && /Problem/.test(paper.text) && paper.pages <= 2, `without script a blank sheet of ${paper.pages} pages on ${format}`);
    await bare.close_();
  }
  await fillsThePage({ report, project });
};

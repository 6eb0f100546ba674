/* print: all sheets of the sample site; the floor is what one Chromium needs, from its start on, to
 * print the same pages one after the other.  Books are printed twice, for the numbers in their contents,
 * and have a row of their own: its floor is that of the sheets. */
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const ROUNDS = 5;

/* Milliseconds. */
async function timeOf(work) {
  const began = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - began) / 1e6;
}

async function printAll(pages) {
  const { chromium } = require('playwright-core');
  const browser = await chromium.launch({
    executablePath: process.env.LECTERN_BROWSER || '/usr/bin/chromium',
    args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-gpu', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
  });
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  for (const file of pages) {
    await page.goto(pathToFileURL(file).href);
    await page.pdf({ format: 'Letter', printBackground: true, tagged: true, outline: true });
  }
  await browser.close();
}

module.exports = async function print({ lectern, row, median, spawnSync }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-bench-'));
  fs.cpSync('content', path.join(folder, 'content'), { recursive: true });
  const sheets = fs.readdirSync('content', { recursive: true }).filter((name) => /quiz\.yaml$/.test(name) ||
    (name.endsWith('.md') && /^type: worksheet$/m.test(fs.readFileSync(path.join('content', name), 'utf8'))));
  const once = (words = sheets) => {
    const result = spawnSync(lectern, ['print', folder, ...words], { encoding: 'utf8' });
    if (result.status !== 0) throw new Error(result.stderr);
  };
  once();
  const names = fs.readdirSync(path.join(folder, 'site/handouts'));
  const pages = fs.readdirSync(path.join(folder, 'site'), { recursive: true }).filter((name) => names.includes(name.replaceAll('/', '-').replace(/html$/, 'pdf')));
  const times = [], floors = [], books = [];
  for (let i = 0; i < ROUNDS; i++) {
    fs.rmSync(path.join(folder, 'site'), { recursive: true });
    times.push(await timeOf(() => once()));
    floors.push(await timeOf(() => printAll(pages.map((name) => path.join(folder, 'site', name)))));
  }
  for (let i = 0; i < 2; i++) books.push(await timeOf(() => once([])));
  row(`printing ${pages.length} sheets of the sample site`, median(times), median(floors), 'ms', 'at most 2x');
  row('the same, with readers and handbooks', median(books), median(floors), 'ms', '');
};

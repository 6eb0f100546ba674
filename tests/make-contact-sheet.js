/* make-contact-sheet: docs/pictures/handouts.png, pages of the sample site's PDF files beside each other.
 * Run by hand, after looking at each page: `make && node tests/make-contact-sheet.js`. */
'use strict';

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const PAGES = [
  ['site', 'passport', 1], ['site', 'passport', 2], ['site', 'passport-your-customer-respond', 1], ['site', 'passport-your-customer-respond', 2],
  ['site', 'service-desk-difficult-situations-quiz', 1], ['site', 'passport-arriving-ready-my-first-day', 1],
  ['site-facilitator', 'service-desk-difficult-situations-quiz', 1], ['site-facilitator', 'passport-your-customer-respond', 2],
];

function pictureOf(folder, [site, name, page]) {
  const out = path.join(folder, `${site}-${name}-${page}`);
  execFileSync('pdftoppm', ['-r', '72', '-png', '-singlefile', '-f', String(page), '-l', String(page), path.join(folder, site, 'handouts', `${name}.pdf`), out]);
  return fs.readFileSync(`${out}.png`).toString('base64');
}

(async () => {
  const { chromium } = require('playwright-core');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-sheet-'));
  fs.cpSync('content', path.join(folder, 'content'), { recursive: true });
  for (const edition of ['learner', 'facilitator']) execFileSync('build/lectern', ['print', folder, '--edition', edition], { stdio: 'inherit' });
  const pictures = PAGES.map((page) => `<img src="data:image/png;base64,${pictureOf(folder, page)}" width="306" height="396" alt="">`);
  const sandbox = process.getuid() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: process.env.LECTERN_BROWSER || '/usr/bin/chromium', args: sandbox });
  const page = await browser.newPage({ viewport: { width: 1320, height: 840 } });
  await page.setContent(`<style>body{margin:0;padding:16px;background:#888;display:grid;grid-template-columns:repeat(4,306px);gap:16px}</style>${pictures.join('')}`);
  await page.screenshot({ path: 'docs/pictures/handouts.png', fullPage: true });
  await browser.close();
  fs.rmSync(folder, { recursive: true });
  console.log(`docs/pictures/handouts.png: ${fs.statSync('docs/pictures/handouts.png').size} bytes`);
})();

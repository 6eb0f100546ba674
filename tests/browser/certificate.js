/* certificate: what is left, and what is printed when nothing is; the name that is typed once; in another
 * tab, by keys, at 320 px, without script, on paper, and blank for the facilitator. */
'use strict';

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const axe = require('../axe.js');
const settle = require('../settle');

const FILES = {
  'content/site.yaml': 'title: Site\nid: site\norganization: Alder Hill\nbrand:\n  logo: logo.svg\n',
  'content/index.md': '# Site\n\nWords.\n',
  'content/logo.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20H0z"/></svg>',
  'content/desk/course.yaml': 'title: Desk\nid: desk\nunit: Part\nnumbered: true\n',
  'content/desk/index.md': '# Desk\n\nWords.\n',
  'content/desk/certificate.md': '---\ntitle: Certificate of the course\ntype: certificate\nsignatures: [Trainer, Supervisor]\n---\n\nWas *here*.\n',
  'content/desk/1-basics/index.md': '# Basics\n\nWords.\n',
  'content/desk/1-basics/1-one.md': '# One\n\nWords.\n',
  'content/desk/1-basics/2-plan.md': '---\ntype: worksheet\nheader: [Name]\n---\n\n# Plan\n\nYour plan:\n\n____\n',
  'content/desk/1-basics/3-certificate.md': '---\ntitle: Certificate of the module\ntype: certificate\n---\n',
  'content/desk/2-later/1-two.md': '# Two\n\nWords.\n',
};
const OF_MODULE = 'desk/basics/certificate.html';
const OF_COURSE = 'desk/certificate.html';

const sheet = (page) => page.locator('.certificate').innerText();
const left = async (page) => (await page.locator('.certificate-left:visible a').allInnerTexts()).map((text) => text.split('\n')[0]);
const finish = (page, key, on = '2026-11-20T10:00:00.000Z') => page.evaluate(([name, time]) => {
  lectern.store.change(name, (record) => { record.state = 'done'; record.on = time; });
  lectern.progress.draw();
}, [key, on]);

/* { count, size, text } of a PDF. */
async function printed(page, format) {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-certificate-')), 'page.pdf');
  fs.writeFileSync(file, await page.pdf({ format, preferCSSPageSize: true }));
  const facts = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
  const [, width, height] = /Page size: +([\d.]+) x ([\d.]+)/.exec(facts).map(Number);
  return { count: Number(/Pages: +(\d+)/.exec(facts)[1]), isLandscape: width > height, text: execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }) };
}

async function ofAModule(report, open) {
  const page = await open(OF_MODULE);
  report((await left(page)).join() === 'One,Plan', 'what is left stands there, with links', (await left(page)).join());
  report(await page.locator('.certificate-tools').isHidden() && await page.locator('.certificate-preview').isVisible(), 'until then one sees what it will look like, and cannot print it');
  report((await axe(page)).length === 0, 'axe has nothing to say before', (await axe(page)).join('\n'));
  const waiting = await printed(page, 'A4');
  report(!/has completed/.test(waiting.text) && /Not finished yet/.test(waiting.text), 'on paper it says what is left, too', waiting.text);
  report(await page.locator('.course-list [data-page]').count() === 3 && await page.locator('.page-state').count() === 0, 'the certificate itself does not count');
  await finish(page, 'desk/basics/one.html');
  report((await left(page)).join() === 'Plan', 'what is done is left out', (await left(page)).join());
  await page.locator('.certificate-left a').focus();
  await finish(page, 'desk/basics/plan.html', '2026-11-21T10:00:00.000Z');
  await settle(page);
  report(await page.locator('.certificate-left').isHidden() && await page.locator('.certificate-tools').isVisible(), 'when all is done, it can be printed');
  report(/You can print your certificate now/.test(await page.locator('#lectern-status').innerText()), 'which is said');
  report(await page.evaluate(() => document.activeElement.id) === 'certificate-name', 'who stood in the list stands at the name');
  await page.keyboard.type('Zoë <b>Ågren</b>');
  const text = await sheet(page);
  report(/Zoë <b>Ågren<\/b>/.test(text) && /Basics/.test(text) && /Part 1 · Desk/.test(text) && /November 21, 2026/.test(text) && /ALDER HILL/.test(text),
    'name, module, course, day and organization are on it', text);
  report(/proves nothing/.test(text), 'and that it proves nothing');
  report((await axe(page)).length === 0, 'axe has nothing to say after', (await axe(page)).join('\n'));
  await page.reload();
  await settle(page);
  report(await page.locator('#certificate-name').inputValue() === 'Zoë <b>Ågren</b>', 'the name is kept');
  for (const format of ['A4', 'Letter']) {
    const { count, isLandscape, text: paper } = await printed(page, format);
    report(count === 1 && isLandscape, `on ${format} it is one page, in landscape`, count);
    report(/Zoë/.test(paper) && /Signature/.test(paper) && /proves nothing/.test(paper) && !/Print the|as it should|PART|1 \/ 1/.test(paper), `on ${format} nothing else is there`, paper);
  }
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
  await page.close_();
}

/* Name and day of the whole course; the name is that of the worksheets. */
async function ofACourse(report, open, browser) {
  const context = await browser.newContext();
  const page = await open(OF_COURSE, { context });
  const other = await open('desk/basics/plan.html', { context });
  report((await left(page)).length === 3, 'of a course all its pages are left', (await left(page)).join());
  await finish(page, 'desk/later/two.html', '2026-11-19T10:00:00.000Z');
  await finish(page, 'desk/basics/one.html', '2026-11-20T10:00:00.000Z');
  await other.locator('[data-header]').fill('Ana');
  await other.locator('textarea').fill('A plan.');
  await page.waitForFunction(() => !document.querySelector('.certificate-tools').hidden);
  const text = await sheet(page);
  report(/Ana/.test(text) && /Desk/.test(text) && /Basics\s*·?\s*Later/.test(text), 'another tab opens it; name and modules are there', text);
  report(/Trainer/.test(text) && /Supervisor/.test(text), 'and the lines to sign on');
  await page.locator('#certificate-name').fill('Ana Ruiz');
  await other.reload();
  await settle(other);
  report(await other.locator('[data-header]').inputValue() === 'Ana Ruiz', 'a name typed here is that of the worksheets');
  await finish(page, 'desk/later/two.html', 'yesterday');
  await finish(page, 'desk/basics/one.html', 'yesterday');
  await page.evaluate(() => lectern.store.change('desk/basics/plan.html', (record) => { record.on = '31 November'; }));
  await page.reload();
  await settle(page);
  report(await page.locator('.certificate-date').textContent() === '', 'a day that is none is a line to write on', await page.locator('.certificate-date').textContent());
  await context.close();
}

async function longAndSmall(report, open) {
  const page = await open(OF_COURSE, { width: 320, height: 640, scheme: 'dark', hasTouch: true });
  for (const key of ['desk/later/two.html', 'desk/basics/one.html', 'desk/basics/plan.html']) await finish(page, key);
  await page.locator('#certificate-name').fill('W'.repeat(200));
  report((await page.locator('.certificate-holder').textContent()).length === 80, 'a name has 80 letters at most');
  report(await page.evaluate(() => document.documentElement.scrollWidth) <= 320, 'at 320 px nothing scrolls sideways', await page.evaluate(() => document.documentElement.scrollWidth));
  report((await axe(page)).length === 0, 'axe has nothing to say in the dark', (await axe(page)).join('\n'));
  report((await printed(page, 'Letter')).count === 1, 'it is still one page');
  await page.close_();
}

async function withoutScript(report, open) {
  const page = await open(OF_COURSE, { script: false });
  report(await page.locator('.certificate-left').isHidden() && await page.locator('button:visible').count() === 0, 'without script there is nothing that does nothing');
  const { count, isLandscape, text } = await printed(page, 'A4');
  report(count === 1 && isLandscape && /has completed/.test(text) && /Trainer/.test(text), 'and it can be printed blank', text);
  await page.close_();
}

async function forFacilitators(report, project) {
  const { open } = project(null, { files: FILES, edition: 'facilitator' });
  const page = await open(OF_COURSE, { init: () => { window.print = () => { window.printed = true; }; } });
  report(await page.locator('.certificate-left').count() === 0 && await page.locator('#certificate-name').count() === 0, 'the facilitator’s is never locked');
  await page.getByRole('button', { name: 'Print a blank one' }).click();
  report(await page.evaluate(() => window.printed) === true, 'and is printed by one button');
  report((await axe(page, 'main')).length === 0, 'axe has nothing to say of it', (await axe(page, 'main')).join('\n'));
  const { count, isLandscape, text } = await printed(page, 'Letter');
  report(count === 1 && isLandscape && /Completed on/.test(text) && !/browser/.test(text), 'it is one page, to be filled in by hand', text);
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
  await page.close_();
}

async function samples(report, open) {
  for (const [name, count] of [['passport/certificate.html', 15], ['service-desk/certificate.html', 10]]) {
    const page = await open(name);
    report((await left(page)).length === count, `${name} says what is left`, (await left(page)).length);
    for (const key of await page.locator('.certificate-left a').evaluateAll((links) => links.map((link) => link.dataset.page))) await finish(page, key);
    await page.locator('#certificate-name').fill('Ana María Rodríguez');
    report((await printed(page, 'A4')).count === 1 && (await printed(page, 'Letter')).count === 1, `${name} is one page`);
    report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
    await page.close_();
  }
}

module.exports = async function certificate({ report, open: openSample, project, browser }) {
  const { open } = project(null, { files: FILES });
  await ofAModule(report, open);
  await ofACourse(report, open, browser);
  await longAndSmall(report, open);
  await withoutScript(report, open);
  await forFacilitators(report, project);
  await samples(report, openSample);
};

/* home: one's work seen from the front page: saved, handed in and opened there, whichever course it is of;
 * and files that were saved before a page was renamed; what they say of gaps, and of very long texts. */
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const settle = require('../settle');

const FILES = {
  'content/site.yaml': 'title: Ways\nid: 5e5e5e5e5e5e\nhand-in:\n  email: desk@library.example.edu\n',
  'content/index.md': '# Home\n\nWelcome.\n',
  'content/about.md': '# About\n\nWords.\n',
  'content/desk/course.yaml': 'title: The desk\nid: desk\n',
  'content/desk/1-first/index.md': '# First\n\n- [ ] Bag packed\n',
  'content/desk/1-first/1-sheet.md': '---\ntitle: A sheet\ntype: worksheet\nheader:\n  - Name\n---\n\n::write[What went well?]{#well}\n',
  'content/desk/1-first/2-quiz.yaml': 'title: A quiz\nquestions:\n  - choose-one: What first?\n    id: first\n    right: Listen\n    wrong: Talk\n',
  'content/desk/1-first/3-more.md': '# More\n\nWords.\n',
  'content/desk/1-first/4-gaps.yaml': 'title: Gaps\nquestions:\n  - fill-in: Be {=calm|fast}, then {kind}.\n    partial: true\n',
  'content/other/course.yaml': 'title: The other\nid: other\n',
  'content/other/1-first/index.md': '# First\n',
  'content/other/1-first/1-read.md': '# To read\n\nWords.\n',
};
const SHEET = 'desk/first/sheet.html';
const tool = (page, name) => page.locator(`[data-tool=${name}]`).last();
const dialog = (page) => page.locator('dialog').innerText();
const go = async (page, name) => { await page.goto(page.url().replace(/site\/.*/, `site/${name}`)); };
const dataOf = (file) => JSON.parse(/id="lectern-record">([^<]*)/.exec(fs.readFileSync(file, 'utf8'))[1]);

async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-home-')), download.suggestedFilename());
  await download.saveAs(file);
  return file;
}

async function opened(page, file) {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.locator('dialog [data-tool=open]').click()]);
  await chooser.setFiles(file);
  await settle(page);
  return page.locator('dialog [role=status]').innerText();
}

async function work(page) {
  await go(page, SHEET);
  await page.locator('[data-header=Name]').fill('Ana');
  await page.locator('#well').fill('The queue was short.');
  await go(page, 'desk/first/quiz.html');
  await page.locator('.choice label').filter({ hasText: 'Listen' }).click();
  await page.locator('[type=submit]').click();
  await settle(page);
}

async function savesFromHome(report, made) {
  const page = await made.open('index.html');
  await tool(page, 'work').click();
  report(/nothing to save yet/.test(await dialog(page)), 'before anything is done there is nothing to save');
  await page.keyboard.press('Escape');
  await work(page);
  for (const name of ['index.html', 'about.html']) {
    await go(page, name);
    await tool(page, 'work').click();
    const text = await dialog(page);
    report(/Your work: The desk/.test(text) && /answer to 1 question/.test(text) && /wrote in 1 place/.test(text), `“My work” shows the work of the course on ${name}`, text);
    report(await page.locator('dialog input[type=text]').inputValue() === 'Ana', 'with the name that was typed there');
    await page.keyboard.press('Escape');
  }
  await go(page, 'index.html');
  await tool(page, 'work').click();
  const mail = decodeURIComponent(await page.locator('.hand-over a').getAttribute('href'));
  report(/Name: Ana\nCourse: The desk/.test(mail), 'it can be handed in', mail);
  await page.locator('dialog input[type=text]').fill('Ana Ölçer');
  const file = await saved(page, page.locator('dialog [data-tool=save]'));
  const data = dataOf(file);
  report(path.basename(file) === 'The desk - Ana Ölçer.html' && data.course === 'desk' && data.name === 'Ana Ölçer' && data.header.texts.Name === 'Ana Ölçer', 'and saved, under a name that is the course’s', JSON.stringify(data));
  await page.keyboard.press('Escape');

  await go(page, 'other/first/read.html');
  await page.locator('#mark-page').click();
  await go(page, 'index.html');
  await tool(page, 'work').click();
  report(/more than one course/.test(await dialog(page)) && await page.locator('dialog [data-tool=work-of]').count() === 2, 'of several courses one is chosen', await dialog(page));
  await page.getByRole('button', { name: 'Your work: The other' }).click();
  report(/Your work: The other/.test(await dialog(page)) && await page.locator('dialog').count() === 1 && /1 page|finished, and when: 1/.test(await dialog(page)), 'and shown', await dialog(page));
  await page.keyboard.press('Escape');
  report(await page.evaluate(() => document.activeElement.dataset.tool) === 'work', 'the focus is back where it was');
  await page.close_();
  return file;
}

async function opensAtHome(report, made, file) {
  const page = await made.open('index.html');
  await tool(page, 'work').click();
  report(/What was saved of 2 pages is back/.test(await opened(page, file)), 'in a new browser a file is opened on the front page', await dialog(page));
  const text = await dialog(page);
  report(/Your work: The desk/.test(text) && !/nothing to save/.test(text) && await page.locator('dialog input[type=text]').inputValue() === 'Ana Ölçer', 'the dialog shows what is here now', text);
  await page.keyboard.press('Escape');
  report(await page.locator('.device-card').isVisible(), 'whose device it is is asked at once');
  report(/^Continue as Ana Ölçer: The desk/.test(await page.locator('.welcome-continue').innerText()), 'and the page leads on from there');
  report(/2 of 4 pages done/.test(await page.locator('.course-card').first().innerText()), 'it shows how far one is', await page.locator('.course-card').first().innerText());
  await go(page, SHEET);
  report(await page.locator('#well').inputValue() === 'The queue was short.' && await page.locator('[data-header=Name]').inputValue() === 'Ana Ölçer', 'the sheet is as it was');
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
  await page.close_();
}

/* Whoever reads the file has not got the page beside it. */
async function saysGaps(report, made) {
  const page = await made.open('desk/first/gaps.html');
  await page.locator('.gap select').selectOption({ label: 'calm' });
  await page.locator('[type=submit]').click();
  await settle(page);
  await tool(page, 'work').click();
  const data = dataOf(await saved(page, page.locator('dialog [data-tool=save]')));
  const [{ text }] = Object.values(data.pages['desk/first/gaps.html'].answers);
  report(text === 'Be [calm], then [–].', 'of gaps the file has the whole sentence', text);
  await page.close_();
}

async function typesMuch(report, made) {
  const page = await made.open(SHEET);
  await page.locator('#well').fill('x'.repeat(100050));
  await page.reload();
  await settle(page);
  report((await page.locator('#well').inputValue()).length === 100000 && await page.locator('#lectern-notice').isHidden(), 'no text can be typed that is too long to be read back',
    `${(await page.locator('#well').inputValue()).length} ${await page.locator('#lectern-notice').innerText()}`);
  await page.close_();
}

async function savesModule(report, made) {
  const page = await made.open(SHEET);
  await page.locator('#well').fill('One');
  await go(page, 'desk/first/index.html');
  await page.locator('[data-task]').check();
  await page.locator('.work-here button').click();
  const data = dataOf(await saved(page, page.locator('dialog [data-tool=save]')));
  report(Object.keys(data.pages).sort().join() === `desk/first/index.html,${SHEET}`, 'the file of a module holds pages with work, and no others', Object.keys(data.pages).join());
  await page.close_();
}

async function opensOld(report, made, file) {
  fs.renameSync(path.join(made.site, '../content/desk/1-first/1-sheet.md'), path.join(made.site, '../content/desk/1-first/1-thoughts.md'));
  made.edit('content/desk/1-first/1-thoughts.md', 'title: A sheet', 'title: Thoughts\nold-addresses:\n  - desk/first/sheet.html');
  for (const home of ['index.html', 'desk/first/thoughts.html']) {
    const page = await made.open(home);
    await tool(page, 'work').click();
    report(/What was saved of 2 pages is back/.test(await opened(page, file)), `a file from before a page was renamed is opened on ${home}`, await dialog(page));
    await go(page, 'desk/first/thoughts.html');
    report(await page.locator('#well').inputValue() === 'The queue was short.' && await page.locator('.course-list [data-page$="thoughts.html"]').getAttribute('data-state') === 'done', 'and its work stands on the page as it is called now');
    await page.close_();
  }
}

module.exports = async function home({ report, project }) {
  const made = project(null, { files: FILES });
  const file = await savesFromHome(report, made);
  await opensAtHome(report, made, file);
  await savesModule(report, made);
  await saysGaps(report, made);
  await typesMuch(report, made);
  await opensOld(report, made, file);
};

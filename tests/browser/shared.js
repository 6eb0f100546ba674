/* shared: on a device that is not one's own.  Asked once, without taking the focus; forgotten when the tab
 * is closed, or saved and erased in one step; afterwards nothing of the learner is left in the browser. */
'use strict';

const fs = require('node:fs');
const settle = require('../settle');

const SITE = 'title: Site\nid: 5ea5ed\n';
const FILES = {
  'content/site.yaml': SITE,
  'content/index.md': '# Home\n',
  'content/desk/course.yaml': 'title: Desk\nid: desk\n',
  'content/desk/1-first/index.md': '# First\n',
  'content/desk/1-first/1-sheet.md': '---\ntitle: A sheet\ntype: worksheet\nheader:\n  - Name\n---\n\n::write[What went well?]{#well}\n\n- [ ] Asked\n',
  'content/desk/1-first/2-quiz.yaml': 'title: A quiz\nquestions:\n  - choose-one: What first?\n    id: first\n    right: Listen\n    wrong: Talk\n',
  'content/desk/1-first/3-read.md': '# To read\n\nShort.\n',
  'content/other/course.yaml': 'title: Other\nid: other\n',
  'content/other/1-sheet.md': '---\ntitle: Elsewhere\ntype: worksheet\n---\n\n::write[What?]{#what}\n',
};
const SHEET = 'desk/first/sheet.html';
const card = (page) => page.locator('.device-card');
const tool = (page, name) => page.locator(`[data-tool=${name}]`).last();
const stored = (page) => page.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage)].map((keys) => keys.filter((key) => key.startsWith('lectern/')).sort()));

/* Everything that a browser can keep for a page. */
const left = (page) => page.evaluate(async () => ({
  local: { ...localStorage },
  session: { ...sessionStorage },
  cookies: document.cookie,
  databases: (await indexedDB.databases()).map(({ name }) => name),
  caches: 'caches' in window ? await caches.keys().catch(() => []) : [],
  files: await navigator.storage?.getDirectory?.().then(async (folder) => { const names = []; for await (const name of folder.keys()) names.push(name); return names; }).catch(() => []) ?? [],
  name: window.name,
  state: history.state,
}));
const isNothing = (found) => JSON.stringify(found) === '{"local":{},"session":{},"cookies":"","databases":[],"caches":[],"files":[],"name":"","state":null}';

async function axe(page) {
  await page.evaluate(fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async () => (await window.axe.run(document, { preload: false })).violations.map((rule) => `${rule.id}: ${rule.nodes[0].html}`).join('\n'));
}

async function asked({ report, made }) {
  const page = await made.open(SHEET);
  report(await card(page).count() === 0, 'nobody is asked before there is anything to keep');
  await page.locator('#well').focus();
  await page.keyboard.type('Hello, wor');
  report(await card(page).isVisible() && await page.locator('#well').inputValue() === 'Hello, wor' && await page.evaluate(() => document.activeElement.id) === 'well',
    'the question comes with the first thing that is kept, and does not take the focus');
  await page.keyboard.type('ld');
  report(await page.locator('#well').inputValue() === 'Hello, world', 'so that typing goes on');
  await settle(page, 3200);
  const voice = await page.locator('.device-card [aria-live]').textContent();
  report(/Is this your own device\?.*sent to no one/.test(voice), 'it is heard, by itself', voice);
  report(await axe(page) === '', 'axe has nothing to say of it', await axe(page));
  await page.setViewportSize({ width: 320, height: 480 });
  report(await page.evaluate(() => document.documentElement.scrollWidth <= 320), 'it fits on a small screen');
  for (const field of await page.locator('main :is(input, textarea, button):visible').all()) {
    await field.focus();
    const isHidden = await field.evaluate((one) => {
      const [mine, other] = [one, document.querySelector('.device-card')].map((element) => element.getBoundingClientRect());
      return mine.top >= other.top && mine.bottom <= other.bottom;
    });
    if (isHidden) report(false, 'nothing that has the focus is hidden by it', await field.evaluate((one) => one.outerHTML.slice(0, 100)));
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.reload();
  await settle(page);
  report(await card(page).isVisible(), 'until it is answered it stays');
  const order = await page.evaluate(() => [...document.querySelectorAll('main button, .device-card button, footer a')].map((one) => one.dataset.tool ?? 'main').slice(-2).join());
  report(order === 'device-own,device-shared', 'by keyboard it comes after the page', order);
  await tool(page, 'device-own').focus();
  await page.keyboard.press('Enter');
  await settle(page);
  report(await card(page).count() === 0 && await page.evaluate(() => document.activeElement.id) === 'main', 'answered, it is gone, and the focus is not lost');
  report(/kept in this browser until you erase it/.test(await page.locator('#lectern-status').textContent()), 'what holds now is heard');
  await page.goto(page.url().replace('sheet', 'quiz'));
  await page.locator('.choice label').first().click();
  await page.locator('[type=submit]').click();
  report(await card(page).count() === 0, 'it is asked once');
  await tool(page, 'work').click();
  await tool(page, 'device-shared').click();
  report((await stored(page))[0].length === 0 && /forgotten when you close/.test(await page.locator('dialog').innerText()), 'in “My work” one can think again', JSON.stringify(await stored(page)));
  report(/forgotten when you close this tab/.test(await page.evaluate(() => document.getElementById(document.activeElement.getAttribute('aria-describedby'))?.textContent)), 'what holds now is heard with the button');
  await tool(page, 'device-own').click();
  report((await stored(page))[1].length === 0 && (await stored(page))[0].length > 0, 'and again', JSON.stringify(await stored(page)));
  await page.keyboard.press('Escape');
  const second = await made.open(SHEET, { context: page.context() });
  report(await second.locator('#well').inputValue() === 'Hello, world' && await card(second).count() === 0, 'and work is kept for other tabs and days');
  await page.close_();
}

async function forgets({ report, made }) {
  const page = await made.open(SHEET);
  const other = await made.open('desk/first/quiz.html', { context: page.context() });
  await page.locator('#well').fill('Mine');
  await page.locator('#colours').selectOption('dark');
  await other.locator('.choice label').first().click();
  await tool(page, 'device-shared').click();
  await settle(page);
  const [local, session] = await stored(page);
  report(local.length === 0 && session.some((key) => key.endsWith(SHEET)), 'told to forget, it takes everything out of the browser', `${local} / ${session}`);
  await settle(other);
  const [, theirs] = await stored(other);
  report(await other.locator('.choice input').first().isChecked() && theirs.some((key) => key.endsWith('quiz.html')), 'another tab keeps what it needs for itself', theirs.join());
  report(await card(other).count() === 0, 'and asks no more');
  await other.locator('[type=submit]').click();
  await page.locator('#well').fill('Mine, and more');
  await page.reload();
  await settle(page);
  report(await page.locator('#well').inputValue() === 'Mine, and more' && await card(page).count() === 0, 'in the tab all goes on as before');
  report((await stored(page))[0].length === 0, 'and nothing gets into the browser');
  await tool(page, 'work').click();
  report(/forgotten when you close this tab/.test(await page.locator('dialog').innerText()), '“My work” says so');
  await page.keyboard.press('Escape');
  await page.close();
  await other.close();
  const next = await made.open(SHEET, { context: page.context() });
  report(await next.locator('#well').inputValue() === '' && await next.locator('#colours').inputValue() === '', 'when the tabs are closed it is forgotten');
  report(!JSON.stringify(await left(next)).includes('Mine'), 'without a trace', JSON.stringify(await left(next)));
  await next.locator('#well').fill('The next');
  report(await card(next).isVisible(), 'and the next learner is asked anew');
  await page.context().close();
}

async function leaves({ report, made }) {
  const page = await made.open('index.html');
  const go = (name) => page.goto(page.url().replace(/desk\/.*|index\.html$/, name));
  await go('desk/first/quiz.html');
  await page.locator('.choice label').first().click();
  await page.locator('[type=submit]').click();
  await go(SHEET);
  await page.locator('[data-header=Name]').fill('Ana');
  await page.locator('#well').fill('Secret');
  await page.locator('[data-task]').check();
  await tool(page, 'device-own').click();
  await page.locator('#colours').selectOption('dark');
  const other = await made.open(SHEET, { context: page.context() });
  report(await other.locator('#well').inputValue() === 'Secret', 'another tab shows the work');
  await go('desk/first/read.html');    /* within a second it would be done */
  const [download] = await Promise.all([page.waitForEvent('download'), tool(page, 'leave').click()]);
  const html = fs.readFileSync(await download.path(), 'utf8');
  report(download.suggestedFilename() === 'Desk - Ana.html' && /Secret/.test(html) && /first/.test(html), 'one step saves the file', download.suggestedFilename());
  report(/take it with you: it stays on this computer/.test(await page.locator('dialog').innerText()), 'it says that the file itself stays');
  report(/Saved and erased/.test(await page.locator('dialog').innerText()) && /Desk - Ana\.html/.test(await page.locator('dialog').innerText()), 'and says what it is called');
  report(await axe(page) === '', 'axe has nothing to say', await axe(page));
  await settle(page, 1500);
  await settle(other);
  report(await other.locator('#well').inputValue() === '' && await other.locator('[data-header=Name]').inputValue() === '' && !await other.locator('[data-task]').isChecked(), 'the other tab shows nothing any more');
  report(isNothing(await left(other)), 'it keeps nothing either', JSON.stringify(await left(other)));
  report(isNothing(await left(page)), 'nothing of the learner is left in the browser', JSON.stringify(await left(page)));
  const [again] = await Promise.all([page.waitForEvent('download'), tool(page, 'left-again').click()]);
  report(fs.readFileSync(await again.path(), 'utf8') === html, 'the file can be saved once more');
  await page.keyboard.press('Escape');
  await page.waitForURL(/\/index\.html$/);
  await settle(page);
  report(await page.evaluate(() => !document.body.innerText.includes('Ana')) && isNothing(await left(page)), 'whichever way one goes on, it is to the front page', JSON.stringify(await left(page)));
  for (const name of ['sheet', 'quiz']) {
    await page.goBack();
    await settle(page);
    const values = await page.evaluate(() => [...document.querySelectorAll('main :is(input, textarea)')].map((one) => (/radio|checkbox/.test(one.type) ? one.checked : one.value)));
    report(values.every((value) => !value), `the way back leads to an empty page (${name})`, `${page.url()} ${values}`);
  }
  report((await page.locator('.course-list [data-state=done]').count()) === 0, 'and to a course that nobody has begun');
  report(page.trouble.length === 0 && other.trouble.length === 0, 'no trouble', [...page.trouble, ...other.trouble].join('\n'));
  await page.close_();
  const back = await made.open(SHEET);
  await tool(back, 'work').click();
  const [chooser] = await Promise.all([back.waitForEvent('filechooser'), tool(back, 'open').click()]);
  await chooser.setFiles({ name: 'mine.html', mimeType: 'text/html', buffer: Buffer.from(html) });
  await settle(back);
  report(await back.locator('#well').inputValue() === 'Secret', 'what was saved comes back elsewhere');
  await back.close_();
}

async function leavesNothingOrMuch({ report, made }) {
  const page = await made.open('desk/first/index.html');
  await tool(page, 'leave').click();
  report(/nothing to save/.test(await page.locator('dialog').innerText()), 'where nothing was done it asks', await page.locator('dialog').innerText());
  await tool(page, 'leave-cancel').click();
  report(await page.locator('dialog').count() === 0, 'and can be told not to');
  await page.locator('#colours').selectOption('dark');
  await tool(page, 'leave').click();
  await tool(page, 'leave-erase').click();
  report(isNothing(await left(page)) && /Nothing of you is left/.test(await page.locator('dialog').innerText()), 'or to erase what there is', JSON.stringify(await left(page)));
  await page.close_();

  const many = await made.open(SHEET);
  await many.locator('#well').fill('One');
  await many.goto(many.url().replace(SHEET, 'other/sheet.html'));
  await many.locator('#what').fill('Two');
  await tool(many, 'leave').click();
  const text = await many.locator('dialog').innerText();
  report(/more than one course/.test(text) && /Save “Desk”/.test(text) && /Save “Other”/.test(text), 'of several courses each is offered', text);
  const [download] = await Promise.all([many.waitForEvent('download'), many.getByText('Save “Desk”').click()]);
  report(/One/.test(fs.readFileSync(await download.path(), 'utf8')) && download.suggestedFilename() === 'Desk.html', 'also the course of another page', download.suggestedFilename());
  const eraser = tool(many, 'leave-erase');
  report(/file is called “Desk.html”/.test(await many.locator('dialog [role=status]').innerText()) && !/main-button/.test(await eraser.getAttribute('class')), 'its file is named, and to erase is not the thing to do yet');
  await Promise.all([many.waitForEvent('download'), many.getByText('Save “Other”').click()]);
  report(/main-button/.test(await eraser.getAttribute('class')), 'it is once all is saved');
  await eraser.click();
  await many.waitForURL(/\/index\.html$/);
  report(isNothing(await left(many)), 'then all is erased', JSON.stringify(await left(many)));
  await many.close_();
}

async function set({ report, project }) {
  const lab = project(null, { files: { ...FILES, 'content/site.yaml': `${SITE}device: shared\n` } });
  const page = await lab.open(SHEET);
  await page.locator('#well').fill('Mine');
  report(/shared computer/.test(await card(page).innerText()) && await tool(page, 'device-own').count() === 0, 'device: shared does not ask, it says so', await card(page).innerText());
  report((await stored(page))[0].length === 0 && (await stored(page))[1].length > 0, 'and keeps nothing beyond the tab', JSON.stringify(await stored(page)));
  await tool(page, 'work-close').click();
  await page.reload();
  await settle(page);
  await page.locator('#well').fill('Mine again');
  report(await card(page).count() === 0, 'once for each tab');
  await page.close_();
  const home = project(null, { files: { ...FILES, 'content/site.yaml': `${SITE}device: own\n` } });
  const own = await home.open(SHEET);
  await own.locator('#well').fill('Mine');
  report(await card(own).count() === 0 && (await stored(own))[0].length > 0, 'device: own neither asks nor forgets');
  await own.close_();
}

async function refused({ report, made }) {
  const page = await made.open(SHEET, { init: () => {
    for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });
  } });
  await page.locator('#well').fill('Mine');
  report(/does not keep anything/.test(await page.locator('#lectern-notice').innerText()), 'a refused storage is said');
  report(await card(page).count() === 0, 'whose device it is makes no difference then, and is not asked');
  await tool(page, 'work').click();
  const text = await page.locator('dialog').innerText();
  report(/does not keep anything/.test(text) && !/is kept in this browser/.test(text), 'nor does “My work” say that anything is kept', text);
  await page.keyboard.press('Escape');
  const [download] = await Promise.all([page.waitForEvent('download'), tool(page, 'leave').click()]);
  report(/Mine/.test(fs.readFileSync(await download.path(), 'utf8')) && page.trouble.length === 0, 'and one can save and leave all the same', page.trouble.join('\n'));
  await page.close_();
}

module.exports = async function shared({ report, project }) {
  const made = project(null, { files: FILES });
  await asked({ report, made });
  await forgets({ report, made });
  await leaves({ report, made });
  await leavesNothingOrMuch({ report, made });
  await set({ report, project });
  await refused({ report, made });
};

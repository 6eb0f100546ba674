/* sheets: what is written is saved as a page that runs nothing and opened again, foreign files are
 * refused in words, a sheet is cleared and had back, and all of it on lessons, from right to left, by keyboard. */
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const settle = require('../settle');

const LONG = Array.from({ length: 294 }, (_, i) => `word${String(i).padStart(3, '0')} is here.`).join(' ').slice(0, 5000);
const FILES = {
  'content/site.yaml': 'title: Site\nid: 5e\n',
  'content/index.md': '# Home\n',
  'content/desk/course.yaml': 'title: The <desk> & more\nid: desk\nheader:\n  - Name\n  - Date\n',
  'content/desk/1-first/index.md': '# First\n',
  'content/desk/1-first/1-sheet.md': `---
title: Me / you
type: worksheet
---

I begin at ____________________ tomorrow.

Three more, please:

3. ____
4. ____

| Day | What |
| --- | ---- |
| Monday | ____ |

::write[What went well?]{#well lines=3 words=5}

::write[Anything else]{#else optional}

- [ ] Not yet
- [x] Already

:::response-table
### Problem {lines=4}

What is it?

### Action {lines=3}

What could be done?
:::
`,
  'content/desk/1-first/2-lesson.md': '# A lesson\n\nThink.\n\n____\n____\n',
  'content/other/course.yaml': 'title: Another course\nid: other\n',
  'content/other/1-sheet.md': '---\ntitle: Elsewhere\ntype: worksheet\n---\n\nWhat?\n\n____\n',
};
const SHEET = 'desk/first/sheet.html';
const KEY = 'desk/first/sheet.html';

const tool = (page, name) => page.locator(`[data-tool=${name}]`);
const notice = (page) => page.locator('.sheet-notice').first();
const values = (page) => page.evaluate(() => [...document.querySelectorAll('[data-write], [data-header], [data-task]')]
  .map((field) => (field.type === 'checkbox' ? field.checked : field.value)));
const heard = async (page) => { await settle(page); return page.locator('[role=status]').textContent(); };

async function saved(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), tool(page, 'save').click()]);
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-record-')), download.suggestedFilename());
  await download.saveAs(file);
  return file;
}

/* Choose a file as a learner does; a text becomes one. */
async function choose(page, file, name = 'work.html') {
  const given = typeof file === 'string' && path.isAbsolute(file) ? file : { name, mimeType: 'text/html', buffer: Buffer.from(file) };
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), tool(page, 'open').click()]);
  await chooser.setFiles(given);
  await notice(page).waitFor({ state: 'visible' });
  await settle(page);
}

async function fill(page, text = (i) => `Answer ${i} “<b>&amp;”`) {
  await page.locator('[data-header=Name]').fill('Ana <Ölçer>');
  await page.locator('[data-header=Date]').fill('22 November');
  const places = page.locator('[data-write]');
  for (let i = 0; i < await places.count(); i++) await places.nth(i).fill(text(i));
  await page.locator('[data-task]').first().check();
  await page.locator('[data-task]').nth(1).uncheck();
}

async function pdfText(page, options) {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-paper-')), 'sheet.pdf');
  await page.pdf({ path: file, format: 'A4', ...options });
  return spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).stdout;
}

async function axe(page) {
  await page.evaluate(fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async () => (await window.axe.run(document, { preload: false })).violations
    .map((rule) => `${rule.id}: ${rule.nodes[0].html}`));
}

async function toAFileAndBack({ report, made }) {
  const page = await made.open(SHEET);
  await fill(page);
  const before = await values(page);
  const file = await saved(page);
  report(path.basename(file) === 'Me you - Ana Ölçer.html', 'the file has the title and the name, safe for every system', path.basename(file));
  report(/downloads/.test(await notice(page).innerText()) && /downloads/.test(await heard(page)), 'where it went is seen and heard');
  const html = fs.readFileSync(file, 'utf8');
  report((html.match(/<script/g) ?? []).length === 1 && html.includes('<script type="application/json" id="lectern-record">') && !/ on\w+=|javascript:/.test(html), 'it runs nothing');
  report(/<meta charset="utf-8">/.test(html) && /<html lang="en" dir="ltr">/.test(html) && /noindex/.test(html), 'it says its encoding, language and that it is not for search engines');

  const reader = await page.context().newPage();
  await reader.goto(`file://${file}`);
  const text = await reader.locator('body').innerText();
  for (const one of ['The <desk> & more', 'Me / you', 'Ana <Ölçer>', '22 November', 'Saved:', 'What went well?', 'Answer 3 “<b>&amp;”', '☑ Not yet', '☐ Already'])
    report(text.includes(one), `the file can be read: ${one}`, text);
  report(await reader.locator('b b, i').count() === 0, 'markup that was typed is text');
  report((await axe(reader)).length === 0, 'axe has nothing to say of the file', (await axe(reader)).join('\n'));
  report((await pdfText(reader)).includes('Answer 5'), 'and printed');

  const fresh = await made.open(SHEET);
  await choose(fresh, file);
  report(JSON.stringify(await values(fresh)) === JSON.stringify(before), 'in another browser all of it is back', JSON.stringify(await values(fresh)));
  report(/is back on this page/.test(await heard(fresh)) && await fresh.evaluate(() => document.activeElement.dataset.tool) === 'open', 'that is said, and the focus is where it was');
  report(/Filled in/.test(await fresh.locator('.page-state .state').innerText()), 'and counts');
  await fresh.reload();
  await settle(fresh);
  report(JSON.stringify(await values(fresh)) === JSON.stringify(before), 'and it is kept');

  await fresh.locator('#well').fill('Newer');
  await fresh.locator('#else').fill('');
  await choose(fresh, file);
  report(/In 1 place/.test(await notice(fresh).innerText()) && await fresh.locator('#well').inputValue() === 'Newer', 'what differs is asked about');
  report(await fresh.evaluate(() => document.activeElement.dataset.tool) === 'keep-mine', 'the question has the focus');
  report((await axe(fresh)).length === 0, 'axe has nothing to say of the question', (await axe(fresh)).join('\n'));
  await fresh.keyboard.press('Enter');
  report(await fresh.locator('#well').inputValue() === 'Newer' && await fresh.locator('#else').inputValue() !== '', 'mine stays, what was empty is filled');
  await choose(fresh, file);
  await tool(fresh, 'take-theirs').click();
  report(JSON.stringify(await values(fresh)) === JSON.stringify(before), 'the file’s comes');

  /* another page of the course holds no place for it; its work arrives where it belongs */
  const lesson = await made.open('desk/first/lesson.html');
  await choose(lesson, file);
  report(/other pages of this course/.test(await notice(lesson).innerText()), 'the work of another page is kept for that page', await notice(lesson).innerText());
  await lesson.goto(lesson.url().replace('lesson', 'sheet'));
  report(await lesson.locator('#well').inputValue() === before[6], 'and is there', await lesson.locator('#well').inputValue());
  for (const one of [page, fresh, lesson]) {
    report(one.trouble.length === 0 && (await one.evaluate(() => window.policyViolations)).length === 0, 'no trouble, and no policy is broken', one.trouble.join('\n') + await one.evaluate(() => window.policyViolations.join('\n')));
    await one.close_();
  }
  return html;
}

async function foreignFiles({ report, made, html }) {
  const page = await made.open(SHEET);
  const block = /(<script type="application\/json" id="lectern-record">)(.*)(<\/script>)/;
  const changed = (edit) => html.replace(block, (all, begin, json, end) => {
    const data = JSON.parse(json);
    edit(data);
    return begin + JSON.stringify(data).replaceAll('<', '\\u003c') + end;
  });
  const refused = {
    'a page without a record': ['<!DOCTYPE html><p>Hello', /not a file that was saved here/],
    'an empty file': ['', /not a file that was saved here/],
    'no web page': ['{}', /not a file that was saved here/, 'work.json'],
    'half a record': [html.slice(0, html.indexOf('"kind"') + 20), /damaged/],
    'a damaged record': [html.replace('"lectern":2', '"lectern":'), /damaged/],
    'a list for a record': [html.replace(block, '$1[1]$3'), /not a file that was saved here/],
    'a newer version': [changed((data) => { data.lectern = 3; }), /newer version/],
    'another site': [changed((data) => { data.site = 'ffff'; }), /another site/],
    'another course': [changed((data) => { data.course = 'x'; data.courseTitle = '<img src=x onerror=alert(1)>'; }), /“<img src=x onerror=alert\(1\)>”.*The <desk> & more/],
    'a page that is not here': [changed((data) => { data.pages = { 'gone.html': data.pages[KEY], '~header': {}, '__proto__x': {} }; }), /holds nothing for this page/],
    '6 MB': [html + ' '.repeat(6000000), /too large/],
  };
  for (const [what, [text, reason, name]] of Object.entries(refused)) {
    await choose(page, text, name);
    const said = await notice(page).innerText();
    report(reason.test(said) && (await values(page)).every((value, i, list) => !value || i === list.indexOf(true)), `${what} is refused in words`, said);
    report(await heard(page) === said.trim(), `${what}: that is heard`);
  }
  report(await page.locator('main img').count() === 0, 'no markup of a file is ever shown');
  report(await page.evaluate(() => Object.keys(localStorage).filter((key) => /gone/.test(key)).length) === 0, 'nothing is kept of a refused file');

  await page.evaluate(() => { window.alert = () => { window.isBroken = true; }; });
  const hostile = changed((data) => {
    const work = data.pages[KEY];
    Object.assign(work.texts, { well: '<img src=x onerror=alert(1)></textarea><script>alert(1)</script>', else: { a: 1 }, toString: 'x', constructor: 'x' });
    work.ticks = { toString: 'true', ...Object.fromEntries(Object.keys(work.ticks).map((id) => [id, 'yes'])) };
    work.paper = 'yes';
    work.state = 'done';
  }).replace('"texts":{', '"texts":{"__proto__":"polluted",').replace('"pages":{', '"pages":{"__proto__":{"texts":{"a":"polluted"}},')
    .replace('</body>', '<img src="x" onerror="alert(1)"><script>alert(1)</script><style>body{display:none}</style></body>');
  await choose(page, hostile);
  report(await page.locator('#well').inputValue() === '<img src=x onerror=alert(1)></textarea><script>alert(1)</script>', 'values are text');
  report(await page.locator('#else').inputValue() === '' && await page.locator('[data-task]').evaluateAll((ticks) => ticks.map((tick) => tick.checked).join()) === 'false,true' &&
    !await tool(page, 'on-paper').isChecked(), 'values of another type are dropped');
  report(/2 texts in the file have no place/.test(await notice(page).innerText()) || /3 texts/.test(await notice(page).innerText()), 'texts without a place are told of', await notice(page).innerText());
  report(!await page.evaluate(() => window.isBroken || 'polluted' in {} || ({}).a === 'polluted' || Object.prototype.texts), 'nothing of it runs, and no prototype is touched');
  report(await page.evaluate(() => getComputedStyle(document.body).display) !== 'none', 'no style of it either');
  await page.reload();
  await settle(page);
  report((await page.locator('#well').inputValue()).startsWith('<img'), 'it can be read back');
  report((await page.evaluate(() => window.policyViolations)).length === 0, 'no policy is broken', await page.evaluate(() => window.policyViolations.join('\n')));
  await page.close_();
}

async function clearing({ report, made }) {
  const page = await made.open(SHEET);
  await fill(page);
  await tool(page, 'on-paper').check();
  const before = await values(page);
  await tool(page, 'clear').click();
  const after = await values(page);
  report(after.slice(2, 4).join('') === '' && after[0] === 'Ana <Ölçer>' && after.at(-3) === true, 'clearing empties the places, not the name, and ticks are the author’s again', JSON.stringify(after));
  report(await page.evaluate(() => document.activeElement.dataset.tool) === 'undo' && /Cleared/.test(await page.locator('.sheet-notice').nth(1).innerText()), 'a way back has the focus');
  report(await page.evaluate(() => document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent) === 'Cleared.', 'and tells why');
  await tool(page, 'clear').click();
  await page.locator('#well').fill('Meanwhile');
  await page.locator('[data-tool=undo]').focus();
  await page.keyboard.press('Enter');
  const back = await values(page);
  report(back[6] === 'Meanwhile' && back.filter((value, i) => value !== before[i]).length === 1 && await tool(page, 'on-paper').isChecked(),
    'all is back, even after clearing twice, but not over what was typed since', JSON.stringify(back));
  report(/is back/.test(await heard(page)) && await page.evaluate(() => document.activeElement.dataset.tool) === 'clear', 'that is heard, and the focus is on the button');
  await page.reload();
  await settle(page);
  report((await values(page))[2] === before[2], 'and kept');
  await page.close_();
}

async function refusedStorage({ report, made }) {
  const page = await made.open(SHEET, { init: () => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } }) });
  await fill(page);
  const file = await saved(page);
  const fresh = await made.open(SHEET);
  await choose(fresh, file);
  report(await fresh.locator('#well').inputValue() === await page.locator('#well').inputValue(), 'saving works where nothing is kept');
  await page.locator('#well').fill('');
  await choose(page, file);
  report(/Answer/.test(await page.locator('#well').inputValue()), 'and so does opening');
  await tool(page, 'clear').click();
  await tool(page, 'undo').click();
  report(/Answer/.test(await page.locator('#well').inputValue()), 'and the way back');
  report(page.trouble.length === 0, 'no trouble without storage', page.trouble.join('\n'));
  await page.close_();
  await fresh.close_();
}

async function lesson({ report, made }) {
  const page = await made.open('desk/first/sheet.html');
  await page.locator('[data-header=Name]').fill('Ana');
  await page.goto(page.url().replace('sheet', 'lesson'));
  await page.locator('[data-write]').fill('Thought of.');
  report(await tool(page, 'on-paper').count() === 0, 'a lesson is not finished by a tick');
  const file = await saved(page);
  report(path.basename(file) === 'A lesson - Ana.html' && fs.readFileSync(file, 'utf8').includes('Thought of.'), 'a lesson with a place to write is saved', path.basename(file));
  await page.reload();
  await settle(page);
  report(await page.locator('[data-write]').inputValue() === 'Thought of.', 'and kept');
  report((await pdfText(page)).includes('Thought of.'), 'and printed');
  await tool(page, 'clear').click();
  await choose(page, file);
  report(await page.locator('[data-write]').inputValue() === 'Thought of.', 'and opened again');
  await page.close_();
  const other = await made.open('other/sheet.html');
  await choose(other, file);
  report(/belongs to the course “The <desk> & more”.*“Another course”/.test(await notice(other).innerText()), 'the file of another course is refused by its name', await notice(other).innerText());
  await other.close_();
  const plain = await made.open('desk/first/index.html');
  report(await plain.locator('.sheet-tools').count() === 0, 'where nothing is to be written there are no tools');
  await plain.close_();
}

/* Every field holds 5,000 characters, in every state. */
async function longTexts({ report, made, direction }) {
  const page = await made.open(SHEET, { width: 320, height: 640 });
  await page.locator('[data-header=Name]').fill(`N${LONG}`);
  const places = page.locator('[data-write]');
  const count = await places.count();
  for (let i = 0; i < count; i++) await places.nth(i).fill(`P${i} ${LONG}`);
  report(await page.evaluate(() => document.documentElement.dir) === direction, `the page runs ${direction}`);
  report(await page.evaluate(() => document.documentElement.scrollWidth) <= 320, `${direction}: nothing scrolls sideways at 320 px`);
  const [question, answer] = await page.locator('.response-table tr').first().locator('th, td').evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().toJSON()));
  report(answer.top >= question.bottom - 1 && Math.abs(answer.left - question.left) < 2, `${direction}: the response table stacks`);
  const cut = await places.evaluateAll((fields) => fields.filter((field) => field.type === 'textarea' && field.scrollHeight > field.clientHeight + 1).length);
  report(cut === 0, `${direction}: every field is as tall as its text`, cut);
  report((await axe(page)).length === 0, `${direction}: axe has nothing to say of it`, (await axe(page)).join('\n'));
  const squeezed = async (options) => (await pdfText(page, options)).replace(/[\s\u200e\u200f\u202a-\u202e]+/g, '');
  for (const format of ['Letter', 'A4']) {
    const printed = await squeezed({ format });
    const times = (text) => printed.split(text.replace(/\s/g, '')).length - 1;
    const seen = ['word000 is here.', 'word150', 'word290'].map(times);
    /* the narrow cells of a table take words apart; so does pdftotext where two columns stand side by side */
    report(seen.every((n) => n >= count), `${direction}: all texts are printed whole on ${format}`, `${seen} of ${count + 1}`);
  }
  await page.evaluate(() => document.documentElement.classList.add('print-blank'));
  const blank = await squeezed();
  report(!/word/.test(blank), `${direction}: and a blank sheet is blank`, blank.slice(0, 500));
  const file = await saved(page);
  const fresh = await made.open(SHEET);
  await choose(fresh, file);
  report((await fresh.locator('#well').inputValue()).endsWith(LONG), `${direction}: saved and opened again`);
  report(path.basename(file).length < 110, `${direction}: the name of the file stays short`, path.basename(file).length);
  await page.close_();
  await fresh.close_();
}

async function numbers({ report, made, facilitator }) {
  for (const [what, one] of [['learner’s', made], ['facilitator’s', facilitator]]) {
    const page = await one.open(SHEET);
    report(await page.locator('ol[start="3"]').count() === 1, `a list that begins with 3 is 3 on the ${what} screen`);
    await page.evaluate(() => document.documentElement.classList.add('print-blank'));
    report(/^ *3\./m.test(await pdfText(page)) && /^ *4\./m.test(await pdfText(page)), `and on the ${what} paper`);
    await page.close_();
  }
}

/* From the top of the page to the last place and the save button, with nothing but keys. */
async function byKeyboard({ report, open, name }) {
  const page = await open(name);
  const left = new Set(await page.locator('[data-write], [data-header]').evaluateAll((fields) => fields.map((field) => field.id)));
  let at = {};
  for (let i = 0; i < 150 && at.tool !== 'save'; i++) {
    await page.keyboard.press('Tab');
    at = await page.evaluate(() => ({ id: document.activeElement.id, tool: document.activeElement.dataset.tool }));
    if (!left.delete(at.id)) continue;
    await page.keyboard.type(`By key ${left.size}`);
  }
  report(left.size === 0 && /Filled in/.test(await page.locator('.page-state .state').innerText()), `${name} is filled in by keyboard alone`, [...left].join());
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  report(/By key/.test(download.suggestedFilename()), `${name} is saved by keyboard`, download.suggestedFilename());
  await page.close_();
}

async function twoTabs({ report, made }) {
  const page = await made.open(SHEET);
  const other = await made.open(SHEET, { context: page.context() });
  for (const [one, two] of [['First', 'Second'], [' tab', ' tab']]) {
    await page.locator('#well').pressSequentially(one);
    await other.locator('#else').pressSequentially(two);
  }
  await settle(page);
  for (const one of [page, other])
    report(await one.locator('#well').inputValue() === 'First tab' && await one.locator('#else').inputValue() === 'Second tab', 'two tabs show both texts at once');
  await page.reload();
  await settle(page);
  report((await values(page)).filter(Boolean).length === 3, 'and both are kept', JSON.stringify(await values(page)));
  await page.locator('#well').focus();
  await other.locator('#well').fill('Changed elsewhere');
  await settle(page);
  report(await page.locator('#well').inputValue() === 'First tab', 'a field that somebody is in is left alone');
  await page.locator('#else').focus();
  await settle(page);
  report(await page.locator('#well').inputValue() === 'Changed elsewhere', 'until it is left');
  await other.locator('[data-tool=clear]').click();
  await settle(page);
  report(await page.locator('#well').inputValue() === '', 'clearing reaches the other tab');
  await page.close_();
}

/* What stood in a place that the author has reworded is shown and saved, not lost. */
async function reworded({ report, project }) {
  const files = { 'content/site.yaml': 'title: Site\nid: 5f\n', 'content/index.md': '# Front\n\nWords.\n',
    'content/plan.md': '---\ntype: worksheet\ntitle: Plan\n---\n\n::write[What went well?]{lines=2}\n\n::write[What went well?]{lines=2}\n' };
  const { open, edit } = project(null, { files });
  const page = await open('plan.html');
  const [first, second] = await page.locator('[data-write]').all();
  await first.fill('Monday');
  await second.fill('Tuesday');
  await page.reload();
  await settle(page);
  const values = await page.locator('[data-write]').evaluateAll((all) => all.map((one) => one.value));
  report(values.join() === 'Monday,Tuesday', 'two places with one label keep a text each', values.join());
  edit('content/plan.md', '::write[What went well?]{lines=2}\n\n::write', '::write[What did you do well?]{lines=2}\n\n::write');
  await page.reload();
  await settle(page);
  const shown = await page.locator('.strays').innerText();
  report(/no place on this sheet/.test(shown) && /Monday|Tuesday/.test(shown), 'a text whose place was reworded is still there', shown);
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-tool=save]').click()]);
  const saved = fs.readFileSync(await download.path(), 'utf8');
  report(/Monday/.test(saved) && /Tuesday/.test(saved) && page.trouble.length === 0, 'and is in the file that is saved', page.trouble.join('\n'));
  await page.close_();
}

module.exports = async function sheets({ report, open, project }) {
  const made = project(null, { files: FILES });
  const html = await toAFileAndBack({ report, made });
  await foreignFiles({ report, made, html });
  await clearing({ report, made });
  await refusedStorage({ report, made });
  await lesson({ report, made });
  await twoTabs({ report, made });
  await longTexts({ report, made, direction: 'ltr' });
  await longTexts({ report, direction: 'rtl', made: project(null, { files: { ...FILES, 'content/site.yaml': 'title: Site\nid: 5e\nlanguage: ar\n' } }) });
  await reworded({ report, project });
  await numbers({ report, made, facilitator: project(null, { files: FILES, edition: 'facilitator' }) });
  for (const name of ['passport/your-customer/respond.html', 'passport/your-customer/reflect.html']) await byKeyboard({ report, open, name });
};

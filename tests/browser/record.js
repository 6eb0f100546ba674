/* record: all work of a course as one file: what it holds is what was done, it comes back in another browser,
 * files of earlier versions and hostile ones; the code; handing in; and what is kept when the browser's
 * storage is full, damaged, or written to by two tabs at once. */
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const vm = require('node:vm');
const settle = require('../settle');

const LINK = 'https://forms.example.edu/desk?who={name}&what={course}&score={score}&code={code}';
const SITE = 'title: Site\nid: 5e5e5e5e5e5e\n';
const FILES = {
  'content/site.yaml': SITE,
  'content/index.md': '# Home\n',
  'content/desk/course.yaml': 'title: The desk & more\nid: desk\n',
  'content/desk/1-first/index.md': '# First\n',
  'content/desk/1-first/1-sheet.md': '---\ntitle: A sheet\ntype: worksheet\nheader:\n  - Name\n---\n\n::write[What went well?]{#well}\n\n- [ ] Asked\n',
  'content/desk/1-first/2-quiz.yaml': `title: A quiz
pass: 60%
questions:
  - choose-one: What first?
    id: first
    right: Listen
    wrong: Talk
  - numeric: How many steps?
    id: steps
    answer: 6
  - essay: Tell.
    id: tell
`,
  'content/desk/1-first/3-paper.yaml': 'title: Handed over\nanswers: absent\nquestions:\n  - true-false: So it is.\n    id: so\n    answer: true\n',
  'content/desk/aside.md': '# Aside\n\n::write[Anything else?]{#else}\n',
};
const SHEET = 'desk/first/sheet.html';
const QUIZ = 'desk/first/quiz.html';
const V1 = { 'content/site.yaml': 'title: Site\nid: 5e\n', 'content/index.md': '# Home\n',
  'content/desk/course.yaml': 'title: The <desk> & more\nid: desk\nheader:\n  - Name\n  - Date\n', 'content/desk/1-first/index.md': '# First\n',
  'content/desk/1-first/1-sheet.md': '---\ntitle: Me / you\ntype: worksheet\n---\n\n::write[What went well?]{#well lines=3 words=5}\n\n::write[Anything else]{#else optional}\n' };

const boxOf = (page, id) => page.locator(`[data-question="${id}"]`);
const tool = (page, name) => page.locator(`[data-tool=${name}]`).last();
const check = async (page, id) => {
  await boxOf(page, id).locator('xpath=ancestor::form').locator('[type=submit]').click();
  await settle(page);
};
const go = async (page, name) => { await page.goto(page.url().replace(/desk\/.*|index\.html$/, name)); };
const kept = (page) => page.evaluate(() => Object.fromEntries(Object.entries(localStorage).map(([key, text]) => [key.split('/v1/')[1] ?? key, JSON.parse(text)])));
const dataOf = (html) => JSON.parse(/id="lectern-record">([^<]*)/.exec(html)[1]);
const trouble = async (page) => [...page.trouble, ...await page.evaluate(() => window.policyViolations)].join('\n');

async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-record-')), download.suggestedFilename());
  await download.saveAs(file);
  return file;
}

/* Open a file in the dialog of "My work"; gives what is said. */
async function opened(page, file) {
  await page.locator('[data-tool=work]').click();
  const given = path.isAbsolute(file) ? file : { name: 'work.html', mimeType: 'text/html', buffer: Buffer.from(file) };
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), tool(page, 'open').click()]);
  await chooser.setFiles(given);
  const notice = page.locator('dialog [role=status]');
  await page.waitForFunction(() => document.querySelector('dialog [role=status]').textContent.trim());
  const said = await notice.innerText();
  await page.keyboard.press('Escape');
  return said;
}

async function axe(page) {
  await page.evaluate(fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async () => (await window.axe.run(document, { preload: false })).violations.map((rule) => `${rule.id}: ${rule.nodes[0].html}`).join('\n'));
}

/* Wrong, then right, to the end; a sheet; a quiz without its key. */
async function work(page) {
  await page.locator('#well').fill('They “smiled” <b>twice</b>.');
  await page.locator('[data-header=Name]').fill('Ana Ölçer');
  await page.locator('[data-task]').check();
  await go(page, QUIZ);
  await boxOf(page, 'first').locator('label').filter({ hasText: 'Talk' }).click();
  await check(page, 'first');
  await check(page, 'first');    /* Answer again */
  await boxOf(page, 'first').locator('label').filter({ hasText: 'Listen' }).click();
  await check(page, 'first');
  await boxOf(page, 'steps').locator('input').fill('7');
  await check(page, 'steps');
  await boxOf(page, 'tell').locator('textarea').fill('A visit.');
  await check(page, 'tell');
  await boxOf(page, 'tell').locator('textarea').fill('A long visit.');
  await go(page, 'desk/first/paper.html');
  await boxOf(page, 'so').locator('label').first().click();
  await check(page, 'so');
  await go(page, 'desk/aside.html');
  await page.locator('#else').fill('No.');
}

async function wholeCourse({ report, made }) {
  const page = await made.open(SHEET);
  await work(page);
  await go(page, 'desk/first/index.html');
  await tool(page, 'work').click();
  const words = await page.locator('dialog').innerText();
  report(/Your work: The desk & more/.test(words) && /your name/.test(words) && /answers to 4 questions/.test(words) && /wrote in 2 places/.test(words)
    && /ticked: 1 line/.test(words) && /sends nothing/.test(words), 'what the file will hold is said in words', words);
  report(await axe(page) === '', 'axe has nothing to say of the dialog', await axe(page));
  const file = await saved(page, tool(page, 'save'));
  report(path.basename(file) === 'The desk & more - Ana Ölçer.html', 'the file is called like the course and the learner', path.basename(file));
  report(/The desk & more - Ana Ölçer.html/.test(await page.locator('dialog [role=status]').innerText()), 'its name is said');
  await page.keyboard.press('Escape');
  report(await page.evaluate(() => document.activeElement.dataset.tool) === 'work', 'Escape closes the dialog, and the focus is back');

  const html = fs.readFileSync(file, 'utf8');
  const data = dataOf(html);
  const quiz = data.pages[QUIZ];
  report(data.lectern === 2 && data.kind === 'record' && data.site === '5e5e5e5e5e5e' && data.course === 'desk' && data.name === 'Ana Ölçer' && data.language === 'en',
    'the data say where they belong', JSON.stringify(data).slice(0, 300));
  report(Object.keys(data.pages).join() === [SHEET, QUIZ, 'desk/first/paper.html', 'desk/aside.html'].join(), 'the pages are in the order of the course', Object.keys(data.pages).join());
  report(quiz.title === 'A quiz' && quiz.module === 'First' && quiz.state === 'half', 'a page has its title, its module and its state', JSON.stringify(quiz));
  const [attempt, ...more] = quiz.attempts;
  report(more.length === 0 && attempt.answers.first.length === 2 && attempt.answers.steps.join() === '7' && attempt.answers.tell[0].text === 'A long visit.'
    && attempt.questions.join() === 'first,steps,tell' && attempt.started < attempt.ended && attempt.right === 1 && attempt.of === 2 && attempt.percent === 50,
    'an attempt has every answer that was checked, times and the score', JSON.stringify(quiz.attempts));
  report(/^[0-9a-f]{16}$/.test(attempt.edition) && fs.readFileSync(path.join(made.site, QUIZ), 'utf8').includes(`"edition":"${attempt.edition}"`), 'and the edition of the quiz');
  const absent = data.pages['desk/first/paper.html'].attempts[0];
  report(absent.ended && absent.right === undefined && absent.answers.so[0].length === 1, 'where the site holds no key there is no score', JSON.stringify(absent));
  report((html.match(/<script/g) ?? []).length === 1 && !/ on\w+=|javascript:|https?:/.test(html), 'the file runs nothing and loads nothing');

  const reader = await page.context().newPage();
  await reader.goto(`file://${file}`);
  const text = await reader.locator('body').innerText();
  for (const one of ['The desk & more', 'Name: Ana Ölçer', 'A quiz', '1 of 2 points, 50%', '1. What first?', 'Listen', 'A long visit.', 'What went well?', 'They “smiled” <b>twice</b>.', '☑ Asked', 'Anything else?', 'learner’s own clock'])
    report(text.includes(one), `the file can be read: ${one}`, text);
  report(await axe(reader) === '', 'axe has nothing to say of the file', await axe(reader));

  const fresh = await made.open('desk/index.html');
  report(/of 4 pages is back/.test((await opened(fresh, file)).replace('pages are', 'pages is')), 'opened on the course page of another browser, all is taken over');
  report(await fresh.locator('.course-list [data-state=done]').count() === await page.locator('.course-list [data-state=done]').count(), 'at once, as far as one can see');
  report(/here already/.test(await opened(fresh, file)), 'and once only');
  await go(fresh, QUIZ);
  report(await boxOf(fresh, 'first').locator('input:checked').count() === 1 && /You scored 1 of 2/.test(await fresh.locator('.score').innerText()), 'the quiz is as it was');
  await fresh.locator('[data-again="all"]').click();
  await boxOf(fresh, 'first').locator('label').filter({ hasText: 'Listen' }).click();
  await check(fresh, 'first');
  await boxOf(fresh, 'steps').locator('input').fill('6');
  await check(fresh, 'steps');
  const two = (await kept(fresh))[QUIZ].attempts;
  report(two.length === 2 && !two[1].ended && two[1].answers.first.length === 1, 'starting over begins another attempt', JSON.stringify(two));
  await opened(fresh, file);
  report(await boxOf(fresh, 'steps').locator('input').inputValue() === '6' && (await kept(fresh))[QUIZ].attempts.length === 2, 'of answers the newest stays, and attempts are joined');
  for (const one of [page, fresh]) {
    report(await trouble(one) === '', 'no trouble, and no policy is broken', await trouble(one));
    await one.close_();
  }
  await ofOnePage({ report, made, html });
  return html;
}

/* Whatever stands there, it becomes what the schema takes, and nothing more the second time. */
function schema({ report, html }) {
  const Ajv = require('ajv');
  const isRecord = new Ajv({ strict: true, strictRequired: false }).compile(JSON.parse(fs.readFileSync('docs/reference/record.schema.json', 'utf8')));
  report(isRecord(dataOf(html)), 'the file holds what record.schema.json says', JSON.stringify(isRecord.errors));
  const context = vm.createContext({ lectern: {} });
  vm.runInContext(fs.readFileSync('themes/default/js/kept.js', 'utf8'), context);
  let seed = 1;
  const random = (count) => { seed = (Math.imul(seed, 1103515245) + 12345) >>> 0; return Math.floor((seed / 4294967296) * count); };
  const names = ['title', 'state', 'on', 'texts', 'ticks', 'labels', 'paper', 'answers', 'attempts', 'way', 'cards', '__proto__', 'answer', 'started', 'box', 'x'];
  const leaves = ['done', '', 'a\u0000\u202e b', '2026-11-22T10:00:00.000Z', '2026-11-22', '9'.repeat(400), 0, -1, 1.5, 1e400, true, null];
  const any = (depth) => {
    const kind = depth ? random(4) : 0;
    if (kind === 0) return leaves[random(leaves.length)];
    const many = Array.from({ length: random(6) }, () => any(depth - 1));
    return kind === 1 ? many : JSON.parse(`{${many.map((one) => `${JSON.stringify(names[random(names.length)])}:${JSON.stringify(one)}`).join()}}`);
  };
  const wrong = [];
  for (let i = 0; i < 20000 && wrong.length < 3; i++) {
    const value = any(6);
    const page = JSON.parse(JSON.stringify(context.lectern.kept.filed(value)));
    const again = JSON.parse(JSON.stringify(context.lectern.kept.filed(page)));
    if (!isRecord({ ...dataOf(html), pages: { page } }) || JSON.stringify(page) !== JSON.stringify(again)) wrong.push(JSON.stringify([value, page, again, isRecord.errors]).slice(0, 600));
  }
  report(wrong.length === 0, '20,000 foreign records become what it says', wrong.join('\n'));
}

async function ofOnePage({ report, made, html }) {
  const page = await made.open('desk/index.html');
  await opened(page, html);
  await go(page, QUIZ);
  await page.locator('.score').getByText('Save or hand in').click();
  const file = await saved(page, tool(page, 'save'));
  report(path.basename(file) === 'A quiz - Ana Ölçer.html' && Object.keys(dataOf(fs.readFileSync(file, 'utf8')).pages).join() === QUIZ, 'beside its result a quiz is saved alone', path.basename(file));
  await go(page, 'desk/first/index.html');
  await page.getByText('Save or hand in').click();
  const module = dataOf(fs.readFileSync(await saved(page, tool(page, 'save')), 'utf8'));
  report(Object.keys(module.pages).length === 3 && !module.pages['desk/aside.html'], 'a module has its own pages alone', Object.keys(module.pages).join());
  await page.close_();
}

/* What a quiz is scored by has a name of its own; other words may change. */
function editions({ report, project }) {
  const made = project(null, { files: FILES });
  const facilitator = project(null, { files: FILES, edition: 'facilitator' });
  const editionOf = ({ site }, name) => /"edition":"(\w+)"/.exec(fs.readFileSync(path.join(site, name), 'utf8'))[1];
  const PAPER = 'desk/first/paper.html';
  const [quiz, paper] = [editionOf(made, QUIZ), editionOf(made, PAPER)];
  report(quiz === editionOf(facilitator, QUIZ) && paper === editionOf(facilitator, PAPER), 'both editions of the site agree on the edition of a quiz');
  made.edit('content/desk/1-first/2-quiz.yaml', 'id: steps', 'id: steps\n    explanation: Count them.');
  report(editionOf(made, QUIZ) === quiz, 'an explanation changes nothing');
  made.edit('content/desk/1-first/2-quiz.yaml', 'answer: 6', 'answer: 7');
  report(editionOf(made, QUIZ) !== quiz, 'another key is another edition');
  made.edit('content/desk/1-first/3-paper.yaml', 'answer: true', 'answer: false');
  report(editionOf(made, PAPER) === paper, 'but a key that the site does not hold cannot be guessed from it');
}

async function earlierVersions({ report, project }) {
  const made = project(null, { files: V1 });
  const page = await made.open(SHEET);
  const said = await opened(page, path.resolve('tests/browser/records/version-1.html'));
  report(/1 page is back/.test(said) && await page.locator('#well').inputValue() === 'Answer 4 “<b>&amp;”', 'a file of version 1 is read', said);
  report(await page.locator('.strays p').count() === 7, 'what has no place on the sheet any more is shown', await page.locator('.strays p').count());
  await page.close_();
  const before = fs.readFileSync('tests/browser/records/browser-1.json', 'utf8');
  const second = await made.open('index.html');
  await second.evaluate((all) => { for (const [key, text] of Object.entries(JSON.parse(all))) localStorage.setItem(key, text); }, before);
  await go(second, SHEET);
  report(await second.locator('#well').inputValue() === 'Answer 4 “<b>&amp;”' && await second.locator('#lectern-notice').isHidden(), 'so is what a browser kept then');
  await second.locator('#else').fill('Since');
  const after = (await kept(second))[SHEET];
  report(after.texts.well === 'Answer 4 “<b>&amp;”' && after.texts.else === 'Since' && after.state === 'done', 'and nothing of it is lost by writing', JSON.stringify(after));
  await second.close_();
}

async function hostile({ report, made, html }) {
  const page = await made.open(QUIZ);
  const with_ = (edit) => html.replace(/(id="lectern-record">)([^<]*)/, (all, begin, json) => {
    const data = JSON.parse(json);
    const text = edit(data) ?? JSON.stringify(data);
    return begin + text.replaceAll('<', '\\u003c');
  });
  const huge = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-record-')), 'huge.html');
  fs.writeFileSync(huge, html);
  fs.truncateSync(huge, 100e6);    /* a file with a hole: of that size, and soon written */
  await page.evaluate(() => { const { text } = File.prototype; File.prototype.text = function read() { window.reads = (window.reads ?? 0) + 1; return text.call(this); }; });
  report(/too large/.test(await opened(page, huge)) && await page.evaluate(() => window.reads === undefined), '100 MB are refused before they are read');
  const nested = '['.repeat(200000) + ']'.repeat(200000);
  report(/back/.test(await opened(page, with_((data) => JSON.stringify(data).replace('"answer":["', `"deep":${nested},"answer":["`)))), 'deep nesting is left out');
  const tricks = with_((data) => {
    data.pages[SHEET].texts.well = '\u202Egnp.exe\u0000\u0007';
    data.pages[SHEET].title = '<img src=x onerror=alert(1)>\u202E';
    data.name = '\u202E<script>';
    data.header.texts.Name = '\u202E<script>alert(1)</script>';
    const quiz = data.pages[QUIZ];
    quiz.attempts = [{ started: '2026-01-01T00:00:00.000Z', answers: { first: [{ a: { b: { c: { d: { e: 1 } } } } }, 'x'] }, right: 'many' }, 5, null, { started: 'never', answers: {} }];
    quiz.answers = { first: { answer: ['<img src=x onerror=alert(1)>'], tries: -4, isChecked: 'yes', at: '2099-01-01T00:00:00.000Z' }, __proto__x: 7, steps: { tries: 3 } };
    quiz.state = 'locked in';
    data.pages['~device'] = { choice: 'own' };
    return JSON.stringify(data).replace('"pages":{', '"pages":{"__proto__":{"state":"done"},').replace('"answers":{', '"answers":{"__proto__":{"answer":"x"},');
  });
  const fresh = await made.open(QUIZ);
  report(/back/.test(await opened(fresh, tricks)), 'the rest of a tampered file is taken');
  const now = await kept(fresh);
  report(now[QUIZ].attempts.length === 1 && now[QUIZ].attempts[0].right === undefined && now[QUIZ].answers.steps === undefined && now[QUIZ].answers.first.tries === undefined
    && !Object.keys({ ...now, ...now[QUIZ].answers }).includes('__proto__'), 'values of another type are left out', JSON.stringify(now[QUIZ]));
  report(now['~device'] === undefined, 'a file cannot say whose device it is', JSON.stringify(now['~device']));
  report(await fresh.evaluate(() => !('state' in {}) && ({}).answer === undefined), 'no prototype is touched');
  await fresh.reload();
  await settle(fresh);
  report(await fresh.locator('main img').count() === 0 && await trouble(fresh) === '', 'and what was taken does no harm', await trouble(fresh));
  const again = fs.readFileSync(await (async () => { await tool(fresh, 'work').click(); return saved(fresh, tool(fresh, 'save')); })(), 'utf8');
  report(!/<img|<script>alert/.test(again) && (again.match(/<script/g) ?? []).length === 1, 'nor in a file made of it', again);
  await page.close_();
  await fresh.close_();
}

async function code({ report, made, html }) {
  const page = await made.open('desk/index.html');
  await opened(page, html);
  const made_ = await page.evaluate('lectern.code.make(lectern.record.data(), lectern.progress.ofCourse())');
  const read = (text) => page.evaluate(`lectern.code.read(${JSON.stringify(text)})`);
  const [{ data }] = await read(`Dear all,\n\nmy code: ${made_.replace(/(.{60})/g, '$1\n> ')}\n\nAna`);
  report(/^lectern2\.[\w-]+\.[0-9a-f]{8}$/.test(made_) && made_.length <= 1800, 'a code is made of what every form takes', made_);
  report(data.site === '5e5e5e5e' && data.course === 'desk' && data.name === 'Ana Ölçer' && data.count === 3 && data.quizzes.length === 2, 'it is read out of a mail', JSON.stringify(data));
  const quiz = data.quizzes[0];
  report(quiz.key === QUIZ && quiz.attempts === 1 && !quiz.isClaim && quiz.attempt.right === 1 && quiz.attempt.answers.steps[0] === '7' && !quiz.attempt.answers.tell, 'with the answers of the best attempt, but no essay', JSON.stringify(quiz));
  report(data.quizzes[1].attempt.right === undefined, 'and no score where there is no key');
  const slip = made_.replace(/\.(.)/, (all, sign) => `.${sign === 'A' ? 'B' : 'A'}`);
  report((await read(slip))[0].reason === 'damaged' && (await read('nothing here')).length === 0 && (await read(made_.replace('lectern2', 'lectern3')))[0].reason === 'newer', 'a slip, no code and a newer one are told apart');
  const cut = await page.evaluate(`(() => {
    const data = lectern.record.data();
    const ids = Array.from({ length: 60 }, (_, i) => 'question-with-a-long-id-' + i);
    data.pages.long = { attempts: [{ edition: 'e', started: data.saved, ended: data.saved, right: 3, of: 60, questions: ids, answers: Object.fromEntries(ids.map((id) => [id, ['abcdefabcdef']])) }] };
    return lectern.code.make(data, { done: 1, count: 3 });
  })()`);
  const claims = (await read(cut))[0].data.quizzes.map(({ key, isClaim }) => [key, isClaim]);
  report(cut.length <= 1800 && JSON.stringify(claims) === JSON.stringify([[QUIZ, false], ['desk/first/paper.html', false], ['long', true]]), 'of the longest quiz only the score is told', JSON.stringify(claims));
  await page.close_();
}

async function handIn({ report, project, html }) {
  const byForm = project(null, { files: { ...FILES, 'content/site.yaml': `${SITE}hand-in:\n  link: "${LINK}"\n` } });
  const page = await byForm.open('desk/index.html');
  await opened(page, html);
  await tool(page, 'work').click();
  await page.locator('.work-name input').fill('Ana & Söhne (x)=“<1>');
  const link = page.locator('.hand-over a');
  const href = await link.getAttribute('href');
  const query = new URL(href).searchParams;
  report(query.get('who') === 'Ana & Söhne (x)=“<1>' && query.get('what') === 'The desk & more' && query.get('score') === '1/2' && /^lectern2/.test(query.get('code')), 'the form is filled in, whatever was typed', href);
  report(/This sends a code with your answers, the name of the course, your name, and your score to forms\.example\.edu\./.test(await page.locator('.hand-over').innerText()), 'what goes where is said before', await page.locator('.hand-over').innerText());
  report(await link.getAttribute('rel') === 'noopener noreferrer' && await link.getAttribute('target') === '_blank', 'it opens in a tab that knows nothing of this one');
  report(await link.evaluate((one) => document.getElementById(one.getAttribute('aria-describedby')).textContent.includes('This sends')), 'a screen reader hears it with the link');
  report(page.trouble.length === 0, 'nothing has been sent so far', page.trouble.join('\n'));
  const asked = [];
  page.context().on('request', (request) => asked.push(request.url()));
  await page.context().route(/^https:/, (route) => route.fulfill({ body: 'thanks' }));
  const [form] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await form.waitForLoadState();
  report(asked.length === 1 && asked[0].startsWith('https://forms.example.edu/desk?who=Ana') && await form.evaluate(() => window.opener === null && document.referrer === ''), 'only the click opens it', `${form.url()}\n${asked.join('\n')}`);
  await page.close_();

  const byMail = project(null, { files: { ...FILES, 'content/site.yaml': `${SITE}hand-in:\n  email: desk@library.example.edu\n` } });
  const second = await byMail.open('desk/index.html');
  await opened(second, html);
  await tool(second, 'work').click();
  const mail = new URL(await second.locator('.hand-over a').getAttribute('href'));
  const body = new URLSearchParams(mail.search).get('body');
  report(mail.protocol === 'mailto:' && mail.pathname === 'desk@library.example.edu' && /Name: Ana Ölçer\nCourse: The desk & more\nScore: 1\/2\n\nCode: lectern2/.test(body), 'or an e-mail with name, score and code', String(mail).slice(0, 300));
  report(/opens an e-mail to desk@library\.example\.edu, with a code with your answers, the name of the course, your name, and your score\./.test(await second.locator('.hand-over').innerText()), 'of which the same is said');
  await second.close_();
}

/* Storage that is full, refused, damaged or foreign: said, and nothing else is lost. */
async function storage({ report, made }) {
  const page = await made.open(SHEET);
  await page.locator('#well').fill('Before');
  await page.evaluate(() => { let size = 1e6; for (let i = 0; size >= 1; i++) { try { localStorage.setItem(`other${i}`, 'x'.repeat(size)); } catch { size = Math.floor(size / 2); } } });
  await page.locator('#well').fill('Before, and much more than that');
  report(/no more room/.test(await page.locator('#lectern-notice').innerText()), 'a full storage is said', await page.locator('#lectern-notice').innerText());
  await tool(page, 'work').click();
  const file = await saved(page, tool(page, 'save'));
  report(/much more than that/.test(fs.readFileSync(file, 'utf8')), 'and what came since is in the file');
  await page.close_();

  const damaged = await made.open('index.html');
  const place = `lectern/5e5e5e5e5e5e/desk/v1/${SHEET}`;
  for (const [what, text] of [['half of it', '{"texts":{"well":"Ba'], ['a list', '[1,2]'], ['foreign values', '{"texts":{"well":5,"other":"mine"},"state":"high"}']]) {
    await damaged.evaluate(([key, value]) => { localStorage.clear(); localStorage.setItem(key, value); }, [place, text]);
    await damaged.goto(damaged.url().replace(/index\.html$|desk\/.*/, SHEET));
    report(/was damaged/.test(await damaged.locator('#lectern-notice').innerText()), `${what}: that it is damaged is said`, await damaged.locator('#lectern-notice').innerText());
    await damaged.locator('#well').fill('New');
    const [aside, record] = await damaged.evaluate((key) => [localStorage.getItem(key.replace('/v1/', '/damaged/')), JSON.parse(localStorage.getItem(key))], place);
    report(aside === text && record.texts.well === 'New', `${what}: it is put aside, and work goes on`, `${aside} ${JSON.stringify(record)}`);
    if (what === 'foreign values') report(record.texts.other === 'mine', 'what is sound of it stays');
  }
  report(damaged.trouble.length === 0, 'no trouble', damaged.trouble.join('\n'));
  await damaged.close_();
}

/* Both tabs write a hundred fields of one record as fast as they can. */
async function twoTabs({ report, made }) {
  const page = await made.open(SHEET);
  const other = await made.open(SHEET, { context: page.context() });
  const write = (tab, name) => tab.evaluate(`(async () => {
    for (let i = 0; i < 100; i++) {
      lectern.store.keep('texts', '${name}' + i, 'text ' + i);
      await new Promise((done) => setTimeout(done, i % 3));
    }
  })()`);
  await Promise.all([write(page, 'a'), write(other, 'b')]);
  await settle(page, 700);
  const count = Object.keys((await kept(page))[SHEET].texts).length;
  report(count === 200, 'two tabs that write at the same time lose nothing of each other', count);
  await page.close_();
}

module.exports = async function record({ report, project }) {
  const made = project(null, { files: FILES });
  const html = await wholeCourse({ report, made });
  schema({ report, html });
  editions({ report, project });
  await earlierVersions({ report, project });
  await hostile({ report, made, html });
  await code({ report, made, html });
  await handIn({ report, project, html });
  await storage({ report, made });
  await twoTabs({ report, made });
};

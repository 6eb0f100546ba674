/* results: what a facilitator sees of records: forty of them beside figures worked out in another way, last
 * month's key, people on a roster, codes, and all that is odd or hostile. */
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { FILES, QUIZ, LESSON, SITE_ID, quizOf, attemptOf, recordOf, htmlOf } = require('../results/records.js');
const { zipOf } = require('../results/archive.js');

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const POINTS = [1, 2, 1, 1, 1, 1];
const file = (name, text) => ({ name, mimeType: 'text/html', buffer: Buffer.isBuffer(text) ? text : Buffer.from(text) });
const record = (name, ...more) => file(`The desk - ${name}.html`, htmlOf(recordOf(name, ...more)));

async function hand(page, files, what = 'files') {
  await page.locator(`[data-take="${what}"]`).setInputFiles(files);
  await page.evaluate(() => lectern.results.done());
}
const problems = (page) => page.evaluate(() => lectern.results.problems());
const csvOf = (page, name) => page.evaluate((one) => lectern.results.csv(one).trim().split('\r\n'), name);
const text = async (page, selector) => (await page.locator(selector).allInnerTexts()).join('\n');

/* Forty people, who know more or less, and what each of them answered. */
const NAMES = Array.from({ length: 40 }, (_, i) => `Person ${String(i + 1).padStart(2, '0')}`);
const MARKS = NAMES.map((_, i) => POINTS.map((_p, j) => {
  const knows = (i * 17 + j * 29 + ((i * j) % 7) * 13) % 100 < 25 + i * 1.6 - j * 4;
  return knows ? 1 : j === 1 && i % 3 === 0 ? 0.5 : 0;
}));

/* As a spreadsheet has it: mean, and correlation by sums of squares and products. */
function figuresOf(j) {
  const x = MARKS.map((row) => row[j]);
  const y = MARKS.map((row) => row.reduce((sum, mark, k) => sum + (k === j ? 0 : mark * POINTS[k]), 0));
  const n = x.length;
  const sum = (list) => list.reduce((a, b) => a + b, 0);
  const products = sum(x.map((value, i) => value * y[i]));
  const squares = (list) => n * sum(list.map((value) => value * value)) - sum(list) ** 2;
  const r = (n * products - sum(x) * sum(y)) / Math.sqrt(squares(x) * squares(y));
  return { share: Math.round((10000 * sum(x)) / n) / 100, discrimination: Math.round(r * 1000) / 1000 };
}
const percentOf = (marks) => Math.round((10000 * marks.reduce((sum, mark, j) => sum + mark * POINTS[j], 0)) / 7) / 100;

async function forty({ report, made, quiz }) {
  const page = await made.open('results.html');
  report(await page.locator('meta[name="robots"][content="noindex"]').count() === 1, 'no search engine is to list it');
  const files = NAMES.map((name, i) => record(name, [attemptOf(quiz, MARKS[i], { claim: { right: 7 * percentOf(MARKS[i]) / 100, of: 7, percent: percentOf(MARKS[i]) } })], { isRead: i % 4 !== 0 }));
  await hand(page, files);
  const found = await problems(page);
  report(found.refused.length === 0 && found.remarks.length === 0, 'forty records are taken, and nothing is odd', JSON.stringify(found));
  const rows = (await csvOf(page, 'people')).slice(1).map((line) => line.split(','));
  const isSame = rows.every(([, name, , , status, done, all, , , attempts, best, last], i) => {
    const percent = percentOf(MARKS[i]);
    const isPassed = percent >= 60;
    return name === NAMES[i] && Number(best) === percent && Number(last) === percent && attempts === '1' && all === '2'
      && Number(done) === Number(isPassed) + Number(i % 4 !== 0) && status === (isPassed && i % 4 !== 0 ? 'Finished' : 'Started');
  });
  report(rows.length === 40 && isSame, 'everybody’s score and status is what a spreadsheet gives', rows.slice(0, 5).join('\n'));
  const questions = (await csvOf(page, 'questions')).slice(1);
  questions.forEach((line, j) => {
    const { share, discrimination } = figuresOf(j);
    report(line.includes(`,${POINTS[j]},40,${share},${discrimination},`), `question ${j + 1} is what a spreadsheet gives`, `${line}\n${share} ${discrimination}`);
  });
  const first = MARKS.filter((row) => row[0]).length;
  report(questions[0].includes(`At the door (${first})`) && questions[0].includes(`(${40 - first})`) && /At home \(0\)|In the cellar \(0\)/.test(questions[0]), 'how often each choice was taken', questions[0]);
  const finished = rows.filter((row) => row[4] === 'Finished').length;
  report((await text(page, '.results-counts')).replace(/\s+/g, ' ').includes(`${finished} Finished ${40 - finished} Started`), 'counts', await text(page, '.results-counts'));
  const plot = await page.locator('.plot').first().getAttribute('aria-label');
  report(/How many reached how much.*%: \d+/.test(plot), 'a plot says in words what it shows', plot);
  await page.close_();
}

/* Several attempts, several records of one person, and what records claim. */
async function attempts({ report, made, quiz }) {
  const page = await made.open('results.html');
  const low = [1, 0, 0, 0, 0, 0];
  const high = [1, 1, 1, 1, 1, 0];
  await hand(page, [
    record('Ana', [attemptOf(quiz, low, { number: 1 }), attemptOf(quiz, high, { number: 2, first: low }), attemptOf(quiz, [1, 1, 1, 0, 0, 0], { number: 3 })]),
    record('ana', [attemptOf(quiz, low)], { saved: '2026-11-01T12:00:00.000Z' }),
    record('Bo', [attemptOf(quiz, low, { claim: { right: 7, of: 7, percent: 100 } })]),
    record('Cem', [attemptOf(quiz, high, { ended: false })]),
    record('Dee', [{ ...attemptOf(quiz, high), edition: '0123456789abcdef' }]),
    record('Eve', []),
  ]);
  const rows = await csvOf(page, 'people');
  const rowOf = (name) => rows.find((line) => line.includes(`,${name},`));
  report(/Finished,2,2,.*,3,85\.71,57\.14,Passed$/.test(rowOf('Ana')), 'attempts, best and last', rowOf('Ana'));
  report(/Started,1,2,.*,1,14\.29,14\.29,Not passed$/.test(rowOf('Bo')), 'a claim is not believed', rowOf('Bo'));
  report(/Started,1,2,.*,1,,,–$/.test(rowOf('Cem')), 'what was not ended counts as begun', rowOf('Cem'));
  report(/Started,1,2,/.test(rowOf('Eve')), 'who has only read has started', rowOf('Eve'));
  const { remarks } = await problems(page);
  const said = remarks.map(({ source, reason }) => `${source}: ${reason}`).join('\n');
  report(remarks.length === 3 && /desk - ana\.html: .*more than one record: The desk - Ana\.html/.test(said), 'of two records the later counts', said);
  report(/Bo, What do you know\?: the record says 7 of 7 points, and its answers give 1 of 7/.test(said), 'a score that the answers do not give is named', said);
  report(/Dee, What do you know\?: 1 attempt was made on an edition whose key is not kept/.test(said), 'an edition that nobody knows is named, and not graded', said);
  const questions = await csvOf(page, 'questions');
  report(questions[2].includes(',2,2,0,'), 'of several attempts the first counts for a question, with its first answer', questions[2]);
  await page.close_();
}

/* A long table comes in portions, and is a table all the same; what somebody does meanwhile stays. */
async function portions({ report, made, quiz }) {
  const page = await made.open('results.html');
  const people = Array.from({ length: 120 }, (_, i) => `Learner ${String(i).padStart(3, '0')}`);
  await hand(page, people.map((name, i) => record(name, [attemptOf(quiz, MARKS[i % 40])])));
  const table = page.getByRole('table', { name: 'Who has finished' });
  const names = (rows) => rows.evaluateAll((list) => list.map((row) => row.innerText.split(/\s*[\t\n]/)[0]));
  const shown = await names(table.getByRole('row'));
  report(shown.length === 121 && people.every((name, i) => shown[i + 1] === name), 'whoever reads the table has all of it, in its order', shown.slice(0, 3).join('\n'));
  const each = page.locator('.results-each');
  const rows = page.locator('.results-attempts tbody tr');
  report(await rows.count() === 0, 'everybody’s attempts are not drawn before they are asked for');
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  report(await rows.count() === 120 && (await each.getAttribute('open')) !== null, 'on paper they stand');
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));

  await hand(page, { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(`Name\n${people.join('\n')}\nZoe\n`) }, 'roster');
  await each.locator('summary').click();
  await page.locator('.results-attempts tbody tr').nth(119).waitFor({ state: 'attached' });
  const box = page.getByLabel('Zoe did it on paper');
  await box.focus();
  await page.locator('.results-people-box').evaluate((part) => { part.scrollTop = 400; });
  await page.locator('.results-answers').nth(1).evaluate((part) => { part.open = true; });
  await page.locator('[data-take="files"]').setInputFiles([record('Zoe', [attemptOf(quiz, MARKS[0])]), record('Yan', [])]);
  await page.keyboard.press('Space');
  await page.evaluate(() => lectern.results.done());
  report(await box.evaluate((one) => one === document.activeElement && one.checked), 'a box stays in focus, and ticked, when more records come');
  const top = await page.locator('.results-people-box').evaluate((part) => part.scrollTop);
  report(top === 400, 'a table stays where it was scrolled to', top);
  report(await each.evaluate(({ open }) => open) && await page.locator('.results-answers').nth(1).evaluate(({ open }) => open) && await page.locator('.results-answers[open]').count() === 1, 'what was opened stays open');
  report(await rows.count() === 121, 'with the rows that have come');
  report(page.trouble.length === 0 && (await page.evaluate(() => window.policyViolations)).length === 0, 'and nothing is wrong on the way', page.trouble.join('\n'));
  await page.close_();
}

/* Build, answer, change the key, build: old answers by the old key, new ones by the new. */
async function keys({ report, project }) {
  const made = project(null, { files: FILES, edition: 'facilitator' });
  const before = quizOf(made.site);
  const all = [1, 1, 1, 1, 1, 1];
  const old = record('Old', [attemptOf(before, all)]);
  made.edit('content/desk/1-first/2-check.yaml', 'answer: 25', 'answer: 30');
  const after = quizOf(made.site);
  const late = record('Late', [attemptOf(before, all, { edition: after.edition })]);
  const page = await made.open('results.html');
  await hand(page, [old, late, record('New', [attemptOf(after, all)])]);
  const rows = await csvOf(page, 'people');
  const best = (name) => Number(rows.find((line) => line.includes(`,${name},`)).split(',')[10]);
  report(before.edition !== after.edition && best('Old') === 100 && best('New') === 100, 'last month’s record is graded by last month’s key', rows.join('\n'));
  report(best('Late') === 85.71, 'and today’s by today’s', rows.join('\n'));
  report(await page.locator('.results-edition').count() === 2 && /earlier edition/.test(await text(page, '.results-edition h4')), 'each edition has its own table of questions');
  made.edit('content/desk/1-first/2-check.yaml', 'answer: 30', 'answer: 30\n    explanation: Count them.');
  report(quizOf(made.site).edition === after.edition, 'an explanation is no other edition');
  await page.close_();
}

async function rosters({ report, made, quiz }) {
  const page = await made.open('results.html');
  const all = [1, 1, 1, 1, 1, 1];
  await hand(page, [record('WEBER, Äna', [attemptOf(quiz, all)]), record('B. Lin', [attemptOf(quiz, all)], { header: { 'E-mail': 'BO@example.org' } }), record('Stranger', [attemptOf(quiz, all)])]);
  const roster = 'Name;E-mail;Group;On paper\nAna Weber;ana@example.org;Mon;\nBo Lin;bo@example.org;Tue;\nMax;max@example.org;Tue;\nZoe;zoe@example.org;Mon;x\n';
  await hand(page, { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${roster}`) }, 'roster');
  const cells = await page.locator('.results-people tbody tr').evaluateAll((rows) => rows.map((row) => row.innerText.replace(/\s+/g, ' ').trim()));
  report(/^Ana Weber ana@example.org Mon Finished 2 of 2/.test(cells[0]) && /^Bo Lin .*Finished/.test(cells[1]) && /^Max .*Nothing received/.test(cells[2]) && /^Zoe .*On paper/.test(cells[3]) && /^Stranger Finished/.test(cells[4]), 'names and addresses find each other', cells.join('\n'));
  report((await problems(page)).remarks.some(({ reason }) => reason === 'Stranger is not on the roster'), 'who is on no roster is named');
  const box = page.getByLabel('Max did it on paper');
  await box.focus();
  await page.keyboard.press('Space');
  report(/2\s*On paper/.test(await text(page, '.results-counts')) && !/Nothing/.test(await text(page, '.results-counts')), 'a tick by keyboard counts at once', await text(page, '.results-counts'));
  const saved = await csvOf(page, 'roster');
  report(saved[3] === 'Max,max@example.org,Tue,x' && saved[4] === 'Zoe,zoe@example.org,Mon,x' && saved[1] === 'Ana Weber,ana@example.org,Mon,', 'the roster can be saved with what was ticked', saved.join('\n'));
  await page.getByRole('button', { name: 'Copy the addresses of 2 who have finished' }).click();
  report(await page.locator('.results-addresses').inputValue() === 'ana@example.org; bo@example.org', 'addresses can be copied');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save people as CSV' }).click();
  const csv = fs.readFileSync(await (await download).path(), 'utf8');
  report(csv.startsWith('\ufeffCourse,Name,') && csv.split('\r\n').length === 7, 'people can be saved', csv.slice(0, 200));
  await page.getByRole('button', { name: 'Begin anew' }).click();
  await page.evaluate(() => lectern.results.done());
  report(await page.locator('.results-course').count() === 0, 'begin anew empties the page');
  report(page.trouble.length === 0 && (await page.evaluate(() => window.policyViolations)).length === 0, 'nothing leaves the page', page.trouble.join('\n'));
  await page.close_();
}

/* What learners really hand in: made by their own pages. */
async function journey({ report, made }) {
  const learner = await made.open(QUIZ);
  await learner.evaluate(() => lectern.store.keep('texts', 'Name', 'Ana Ölçer', '~header'));
  const box = (n) => learner.locator('.question').nth(n);
  const choose = (n, words) => box(n).locator('.choice', { hasText: words }).click();
  await choose(0, 'At the door');
  for (const one of ['Students', 'Guests']) await choose(1, one);
  await choose(2, 'True');
  await box(3).locator('input').fill('25');
  await box(4).locator('input').fill('service point');
  for (const row of await box(5).locator('.row').all()) await row.locator('select').selectOption({ index: 1 });
  for (let i = 0; i < 6; i++) await box(i).locator('xpath=ancestor::form').locator('[type="submit"]').click();
  const { html, code } = await learner.evaluate(() => {
    const data = lectern.record.data();
    return { html: lectern.recordPage(data), code: lectern.code.make(data, lectern.progress.ofCourse()) };
  });
  await learner.close_();
  const page = await made.open('results.html');
  await hand(page, [file('Ana.html', html)]);
  const rows = await csvOf(page, 'people');
  report(/^The desk,Ana Ölçer,,,Started,1,2,.*,1,85\.71,85\.71,Passed$/.test(rows[1]) && (await problems(page)).remarks.length === 0, 'a record from a learner’s page', `${rows[1]}\n${JSON.stringify(await problems(page))}`);
  await page.getByRole('button', { name: 'Begin anew' }).click();
  await page.locator('.results-codes summary').click();
  await page.locator('#results-codes').fill(`Dear all,\n> here it is: ${code.slice(0, 60)}\n> ${code.slice(60)}\nand one that is not: lectern2.abc.00000000`);
  await page.getByRole('button', { name: 'Read the codes' }).click();
  await page.evaluate(() => lectern.results.done());
  const again = await csvOf(page, 'people');
  report(/^The desk,Ana Ölçer,,,Started,1,2,.*,1,85\.71,85\.71,Passed$/.test(again[1]), 'a code is graded as the record is', again[1]);
  report((await problems(page)).refused.length === 1, 'a code with a slip is named', JSON.stringify(await problems(page)));
  await page.close_();
}

/* Records that nobody should trust. */
const TRICK = 'Ana\u202e\u0007<img src=x onerror="window.wasRun=1">';
function hostileFiles(quiz) {
  const all = [1, 1, 1, 1, 1, 1];
  const deep = '['.repeat(5000) + ']'.repeat(5000);
  const raw = (json) => `<script type="application/json" id="lectern-record">${json}</script>`;
  const withAnswer = (answer) => {
    const attempt = attemptOf(quiz, all);
    for (const id of Object.keys(attempt.answers)) attempt.answers[id] = [answer];
    return attempt;
  };
  const first = quiz.questions[0].id;
  const fewer = { ...attemptOf(quiz, all), questions: [first], answers: { [first]: attemptOf(quiz, all).answers[first] }, right: 1, of: 1, percent: 100 };
  return [
    record(TRICK, [attemptOf(quiz, all)]),
    file('markup.html', htmlOf(recordOf('Bo', [withAnswer('<script>window.wasRun=1</script>')]))),
    file('script.html', `<script>window.wasRun=1</script><img src=x onerror="window.wasRun=1">${htmlOf(recordOf('Cem', [attemptOf(quiz, all)]))}`),
    file('proto.html', raw('{"lectern":2,"kind":"record","site":"' + SITE_ID + '","course":"desk-course","name":"Dee","header":{},"pages":{"__proto__":{"state":"done"},"' + QUIZ + '":{"attempts":[{"started":"2026-11-01T10:00:00.000Z","ended":"2026-11-01T10:00:00.000Z","edition":"__proto__","questions":["constructor"],"answers":{"constructor":[{"__proto__":1}],"__proto__":[1]}}]}}}')),
    file('deep.html', raw(`{"lectern":2,"kind":"record","site":"${SITE_ID}","course":"desk-course","name":"Eve","pages":{"x":${deep}}}`)),
    file('deep-answer.html', htmlOf(recordOf('Fay', [withAnswer({ a: { b: { c: { d: { e: 1 } } } } })]))),
    file('fewer.html', htmlOf(recordOf('Gil', [fewer]))),
    file('formula.html', htmlOf(recordOf('=HYPERLINK("https://example.org")', [withAnswer('=1+1')]))),
    file('wrong-types.html', raw(`{"lectern":2,"kind":"record","site":"${SITE_ID}","course":"desk-course","name":{"a":1},"saved":5,"header":[],"pages":[1,2]}`)),
    file('half.html', htmlOf(recordOf('Hal', [])).slice(0, 300)),
    file('no-json.html', raw('{lectern:2}')),
    file('none.html', '<p>Hello'),
    file('other-site.html', htmlOf(recordOf('Ira', [], { more: { site: 'ff' } }))),
    file('other-course.html', htmlOf(recordOf('Joy', [], { more: { course: 'elsewhere' } }))),
    file('newer.html', htmlOf(recordOf('Kim', [], { more: { lectern: 3 } }))),
    file('huge.html', Buffer.alloc(6e6, 'x')),
    file('<b>markup\u202e.html', '<p>'),
    file('a.exe', 'MZ'),
    file('all.zip', zipOf([{ name: '../../etc/Lea.html', text: htmlOf(recordOf('Lea', [attemptOf(quiz, all)])) }, { name: 'bomb.html', bytes: Buffer.alloc(4.9e6), says: 100 }, { name: 'inner.zip', text: 'PK' }])),
    file('broken.zip', 'PK nonsense'),
  ];
}

async function hostile({ report, made, quiz }) {
  const page = await made.open('results.html', { init: () => { window.wasRun = 0; } });
  const files = hostileFiles(quiz);
  await hand(page, files);
  const { refused, remarks } = await problems(page);
  const rows = await csvOf(page, 'people');
  const reasonOf = (name) => refused.find(({ source }) => source.includes(name))?.reason;
  for (const [name, reason] of [['half.html', /damaged|not a record/], ['no-json.html', /damaged/], ['none.html', /not a record/], ['other-site.html', /another site/], ['other-course.html', /not part of this site/],
    ['newer.html', /newer/], ['huge.html', /too large/], ['a.exe', /not a record/], ['bomb.html', /damaged/], ['inner.zip', /zip file inside another/], ['broken.zip', /not a zip/]]) {
    report(reason.test(reasonOf(name) ?? ''), `${name} is named with its reason`, reasonOf(name));
  }
  for (const name of ['Cem', 'Lea']) report(rows.some((line) => line.startsWith(`The desk,${name},,,Finished`)), `${name} is graded beside all that`, rows.join('\n'));
  report(rows.some((line) => line.startsWith('The desk,"Ana <img')) && !rows.join('').includes('\u202e'), 'a name with markup is text, without what turns it');
  report(rows.some((line) => line.startsWith('The desk,"\'=HYPERLINK(""https')), 'a name that is a formula is none in the table');
  report(remarks.some(({ source, reason }) => source === 'fewer.html' && /says 1 of 1 points, and its answers give 1 of 7/.test(reason)), 'leaving questions out does not help', JSON.stringify(remarks));
  report(await page.locator('.results img, .results script:not([type])').count() === 0 && await page.evaluate(() => window.wasRun === 0 && Object.prototype.state === undefined), 'nothing of it runs');
  report(page.trouble.length === 0 && (await page.evaluate(() => window.policyViolations)).length === 0, 'and nothing is asked for', page.trouble.join('\n'));
  await page.close_();
}

/* A hundred megabytes are refused by their size; a folder, and what is dropped. */
async function large({ report, made, quiz }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-records-'));
  fs.mkdirSync(path.join(folder, 'group a'));
  fs.writeFileSync(path.join(folder, 'group a/Ana.html'), htmlOf(recordOf('Ana', [attemptOf(quiz, [1, 1, 1, 1, 1, 1])])));
  fs.writeFileSync(path.join(folder, '.DS_Store'), 'x');
  fs.closeSync(fs.openSync(path.join(folder, 'hundred.html'), 'w'));
  fs.truncateSync(path.join(folder, 'hundred.html'), 100e6);
  const page = await made.open('results.html');
  const started = Date.now();
  await hand(page, folder, 'folder');
  const { refused } = await problems(page);
  const rows = await csvOf(page, 'people');
  report(refused.length === 1 && /hundred\.html$/.test(refused[0].source) && /too large/.test(refused[0].reason) && Date.now() - started < 5000, 'a hundred megabytes are refused unread', JSON.stringify(refused));
  report(rows.length === 2 && rows[1].includes('group a/Ana.html'), 'a folder is looked through', rows.join('\n'));
  await page.evaluate((html) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([html], 'Bo.html', { type: 'text/html' }));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    return lectern.results.done();
  }, htmlOf(recordOf('Bo', [])));
  report((await csvOf(page, 'people')).length === 3, 'what is dropped anywhere on the page is taken');
  fs.rmSync(folder, { recursive: true });
  await page.close_();
}

/* By keyboard, at 320 px, on paper, without script. */
async function access({ report, made, quiz }) {
  const page = await made.open('results.html', { width: 320 });
  await hand(page, NAMES.slice(0, 12).map((name, i) => record(name, [attemptOf(quiz, MARKS[i])])));
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  report(width <= 320, 'nothing sticks out at 320 px', width);
  await page.evaluate(fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  for (const scheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: scheme });
    const found = await page.evaluate(async (tags) => (await window.axe.run('main', { runOnly: tags, preload: false })).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), TAGS);
    report(found.length === 0, `axe has nothing to say, ${scheme}`, found.join('\n'));
  }
  await page.locator('[data-take="files"]').focus();
  report(await page.locator('.results-drop label:focus-within').evaluate((label) => getComputedStyle(label).outlineStyle !== 'none'), 'the focus on a button for files is seen');
  await page.emulateMedia({ media: 'print' });
  report(await page.locator('.results-take').isHidden(), 'on paper there is nothing to choose');
  await page.close_();
  const still = await made.open('results.html', { script: false });
  report(/needs its script/.test(await text(still, '.results noscript')) && await still.locator('.results-take').isHidden(), 'without script the page says that it needs it');
  await still.close_();
  const front = await made.open('index.html');
  report(await front.getByRole('link', { name: 'Results of learners' }).getAttribute('href') === 'results.html', 'the front page leads to it');
  await front.close_();
}

module.exports = async function results({ report, project, site, pages }) {
  report(!pages.includes('results.html') && !fs.existsSync(path.join(site, 'results.js')) && !/results-title|lectern\.gathering/.test(fs.readFileSync(path.join(site, 'lectern.js'), 'utf8')), 'learners’ pages carry none of it');
  const made = project(null, { files: FILES, edition: 'facilitator' });
  const quiz = quizOf(made.site);
  report(made.pages.includes(LESSON), 'the lesson is there');
  for (const part of [forty, attempts, portions, rosters, journey, hostile, large, access]) await part({ report, made, quiz, project });
  await keys({ report, project });
};

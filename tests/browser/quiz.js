/* quiz: every quiz of the sample site, answered by keyboard alone from its veiled key: checked, answered
 * again, handed in, kept; where the result leads to; with storage refused. */
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const settle = require('../settle');

const QUIZ = 'service-desk/difficult-situations/quiz.html';
const DRAWN = 'service-desk/introduction/quiz.html';
const AT_THE_END = 'service-desk/practice/quiz.html';

const CHOICES = ['choose-one', 'choose-all', 'true-false'];
const ROWS = ['matching', 'categorize'];

const boxOf = (page, id) => page.locator(`[data-question="${id}"]`);
const formOf = (page, id) => page.locator('form').filter({ has: boxOf(page, id) });

/* The questions that are shown, in their order: what the page knows of each from its own veiled key. */
function questionsOf(page) {
  return page.evaluate(() => {
    const given = [...document.querySelectorAll('.quiz-data')].flatMap((data) => JSON.parse(data.textContent).questions);
    return [...document.querySelectorAll('.question')].filter((box) => box.getClientRects().length).map((box) => {
      const { id, type, points, key: veiled } = given.find((one) => one.id === box.dataset.question);
      const { key } = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(veiled), (byte) => byte.charCodeAt(0))));
      return { id, type, points, key };
    });
  });
}

/* The answers to a question, { right, wrong }: ids of choices or items in order, values by their fields' names, or a text. */
function answersTo(page, { id, type, key }) {
  return page.evaluate(({ id, type, key, isChoice, isRow }) => {
    const box = document.querySelector(`[data-question="${id}"]`);
    const all = (selector) => [...box.querySelectorAll(selector)];
    const otherThan = (list, right) => [...list.options].map(({ value }) => value).find((value) => value && value !== right);
    if (isChoice) {
      const right = [].concat(key.right);
      return { right, wrong: [all('.choice').map((choice) => choice.dataset.choice).find((one) => !right.includes(one))] };
    }
    if (type === 'ordering') {
      const now = all('.order-item').map((item) => item.dataset.item).join();
      const swapped = [key.right[1], key.right[0], ...key.right.slice(2)];
      return { right: key.right, wrong: swapped.join() === now ? [...swapped].reverse() : swapped };
    }
    if (isRow || type === 'fill-in') {
      const places = all('.row, .gap').map((place) => ({ place, field: place.querySelector('input, select') }));
      const right = Object.fromEntries(places.map(({ place, field }) => {
        const gap = key.gaps?.[place.dataset.gap];
        return [field.name, gap ? gap.option ?? gap.accept[0] : key.right[place.dataset.row]];
      }));
      const { field } = places[0];
      return { right, wrong: { ...right, [field.name]: field.options ? otherThan(field, right[field.name]) : 'something else' } };
    }
    if (type === 'numeric') return { right: key.value ?? key.min, wrong: '987654' };
    if (type === 'short-answer') return { right: key.accept[0].text, wrong: 'something else' };
    return { right: 'I would ask her what she needs. Then I would go there with her.' };
  }, { id, type, key, isChoice: CHOICES.includes(type), isRow: ROWS.includes(type) });
}

const isFocused = (locator) => locator.evaluate((element) => element === document.activeElement);

async function tabTo(page, locator) {
  for (let i = 0; i < 40 && !await isFocused(locator); i++) await page.keyboard.press('Tab');
  if (!await isFocused(locator)) throw new Error(`Tab does not lead to ${locator}`);
}

/* Put the focus before a question, from where its first control is one Tab away. */
const goBefore = (page, id) => boxOf(page, id).locator('fieldset').evaluate((fieldset) => {
  fieldset.tabIndex = -1;
  fieldset.focus();
  fieldset.removeAttribute('tabindex');
});

async function choose(page, box, ids) {
  const inputs = await box.locator('.choice input').all();
  if (await inputs[0].getAttribute('type') === 'radio') {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    const wanted = box.locator(`.choice input[value="${ids[0]}"]`);
    for (let i = 0; i < inputs.length && !await wanted.isChecked(); i++) await page.keyboard.press('ArrowDown');
    return;
  }
  for (const input of inputs) {
    await tabTo(page, input);
    if (ids.includes(await input.inputValue()) !== await input.isChecked()) await page.keyboard.press('Space');
  }
}

async function fill(page, field, value) {
  await tabTo(page, field);
  if (await field.evaluate((element) => element.tagName !== 'SELECT')) {
    await page.keyboard.press('Control+a');
    await page.keyboard.type(value);
    return;
  }
  const count = await field.locator('option').count();
  for (let i = 0; i < count && await field.inputValue(); i++) await page.keyboard.press('ArrowUp');
  for (let i = 0; i < count && await field.inputValue() !== value; i++) await page.keyboard.press('ArrowDown');
}

/* By the numbers of the places. */
async function order(page, id, items) {
  for (const [i, item] of items.entries()) {
    await goBefore(page, id);
    await tabTo(page, boxOf(page, id).locator(`[data-item="${item}"] .order-place`));
    await page.keyboard.press(String(i + 1));
  }
}

/* Give `answer` to a question, by keys alone. */
async function answer(page, { id, type }, given) {
  const box = boxOf(page, id);
  await goBefore(page, id);
  if (CHOICES.includes(type)) await choose(page, box, given);
  else if (type === 'ordering') await order(page, id, given);
  else if (typeof given === 'string') await fill(page, box.locator('fieldset :is(input, textarea)'), given);
  else for (const [name, value] of Object.entries(given)) if (await box.locator(`[name="${name}"]`).isEnabled()) await fill(page, box.locator(`[name="${name}"]`), value);
}

async function press(page, id) {
  await tabTo(page, formOf(page, id).locator('[type=submit]'));
  await page.keyboard.press('Enter');
  await settle(page);
}

async function wrongThenRight(report, page, question) {
  const { id, type } = question;
  const name = `${type} “${(await boxOf(page, id).locator('.question-prompt').innerText()).slice(0, 30)}”`;
  const { right, wrong } = await answersTo(page, question);
  const box = boxOf(page, id);
  await answer(page, question, wrong);
  await press(page, id);
  const text = await box.innerText();
  report(/Not right|Partly right/.test(text), `${name}: a wrong answer is told by a word`, text);
  report(type === 'ordering' || /Your answer/.test(text), `${name}: what was wrong is marked`, text);
  report(!/Right answer|Right place/.test(text), `${name}: while tries are left the right one is not shown`, text);
  const said = await page.locator('[role=status]').innerText();
  report(/Not right|Partly right/.test(said), `${name}: the live region says so`, said);
  report(await page.evaluate(() => document.activeElement !== document.body), `${name}: the focus is somewhere`);
  await press(page, id);    /* Answer again */
  report(await box.evaluate((one) => one.contains(document.activeElement) && document.activeElement.matches('input, select')),
    `${name}: answering again leads to the question`);
  await answer(page, question, right);
  await press(page, id);
  report(await box.locator('[data-verdict="right"]').count() > 0 && /Right/.test(await box.innerText()), `${name}: the right answer is told`, await box.innerText());
  report(await box.locator('fieldset :is(input, select, button):not([disabled])').count() === 0, `${name}: what is right stays`);
  report(await page.evaluate(() => !document.activeElement.matches('body, input, select')), `${name}: the focus is on the result`);
}

/* Answer all that is shown as `pick({ right, wrong }, question)` says, and check or hand it in; gives the points that could be had. */
async function answerAll(page, pick = ({ right }) => right) {
  const all = await questionsOf(page);
  for (const [i, question] of all.entries()) {
    const box = boxOf(page, question.id);
    if (await box.locator('fieldset :is(input, select, textarea):not([disabled])').count() === 0) continue;
    await answer(page, question, pick(await answersTo(page, question), question));
    const isLast = i === all.length - 1 || await formOf(page, question.id).evaluate((form, id) => !form.contains(document.querySelector(`[data-question="${id}"]`)), all[i + 1].id);
    if (isLast) await press(page, question.id);
  }
  return all.filter(({ type }) => type !== 'essay').reduce((sum, { points }) => sum + points, 0);
}

async function inFull(report, open) {
  const page = await open(QUIZ);
  const all = await questionsOf(page);
  for (const question of all) await wrongThenRight(report, page, question);
  const types = new Set(all.map(({ type }) => type));
  report(types.size === 6, 'the quiz has questions of six types', [...types].join(' '));
  const score = await page.locator('.score').innerText();
  report(/You scored 10 of 10/.test(score) && /passed/.test(score), 'all right is full score, and passed', score);
  report(await page.locator('.objective').count() === 7 && await page.locator('.objective a').count() === 0, 'nothing has to be read again', score);
  report(/^\(10 of 10\)/.test(await page.title()), 'the title says the score', await page.title());
  report(/Finished/.test(await page.locator('.page-state .state').innerText()), 'the quiz counts as done');
  await page.reload();
  await settle(page);
  report(await page.locator('.question [data-verdict="right"]').count() >= all.length, 'answers and results outlive a reload');
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
  await page.close_();
}

/* Every other quiz, on a page of its own or in a lesson; gives the types of the questions. */
async function others(report, open, names) {
  const types = new Set();
  for (const name of names) {
    const page = await open(name);
    for (const { type } of await questionsOf(page)) types.add(type);
    const points = await answerAll(page);
    const hasScore = await page.locator('.score').count() > 0;
    const score = hasScore ? await page.locator('.score').innerText() : '';
    const verdicts = await page.locator('.result[data-verdict]').evaluateAll((all) => all.map((one) => one.dataset.verdict));
    report(page.trouble.length === 0 && (!hasScore || score.includes(`You scored ${points} of ${points}`))
      && verdicts.length > 0 && verdicts.every((verdict) => verdict === 'right'),
    `by keyboard alone to the end of ${name}`, [score, verdicts.join(), ...page.trouble].join('\n'));
    await page.close_();
  }
  return types;
}

async function backToTheLesson(report, open) {
  const page = await open(QUIZ);
  await answerAll(page, ({ right, wrong }, { type }) => (type === 'ordering' ? wrong : right));
  const link = page.locator('.score .objective a');
  report(await link.count() === 1, 'what is missing leads to the one page that teaches it', await page.locator('.score').innerText());
  await link.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/six-steps\.html$/, { timeout: 5000 }).catch(() => {});
  report(/six-steps\.html$/.test(page.url()), 'and the link leads there', page.url());
  await page.close_();
}

async function drawn(report, open) {
  const page = await open(DRAWN);
  const before = (await questionsOf(page)).map(({ id }) => id);
  await answerAll(page);
  await page.locator('[data-again="all"]').press('Enter');
  await settle(page);
  const after = (await questionsOf(page)).map(({ id }) => id);
  const fresh = after.filter((id) => !before.includes(id));
  report(before.length === 7 && after.length === 7 && fresh.length === 3 && before[0] === after[0],
    'of ten questions seven are drawn, the first always, and then those not seen before', JSON.stringify([before, after]));
  await page.close_();
}

async function secondTry(report, open) {
  const page = await open(AT_THE_END);
  await answerAll(page, ({ right, wrong }, { type }) => (['choose-one', 'true-false'].includes(type) ? wrong : right));
  const score = page.locator('.score');
  report(/You scored 2 of 9/.test(await score.innerText()) && /You need 80%/.test(await score.innerText()), 'handed in at the end, and not passed', await score.innerText());
  await score.locator('[data-again="wrong"]').press('Enter');
  await settle(page);
  const isOpen = (id) => boxOf(page, id).locator('fieldset :is(input, select, textarea):not([disabled])').count();
  const all = await questionsOf(page);
  const opened = [];
  for (const { id, type } of all) if (type !== 'essay' && await isOpen(id)) opened.push(type);
  report(opened.length === 5 && opened.every((type) => type === 'choose-one'), 'a second try at what was wrong, but not at true or false', opened.join(' '));
  await answerAll(page);
  report(/You scored 7 of 9/.test(await score.innerText()) && await page.locator('.read-again').isVisible(), 'with no try left the result names what to read again', await score.innerText());
  report(page.trouble.length === 0, 'no trouble at the end', page.trouble.join('\n'));
  await page.close_();
}

/* What lets the quizzes of the guide open: its other pages have been read. */
const placeOf = (name) => `lectern/acd548cddafdc1e5a71250556f7f03aa/service-desk/v1/${name}`;
const reading = (pages) => Object.fromEntries(pages.filter((name) => name.startsWith('service-desk/') && !name.endsWith('quiz.html'))
  .map((name) => [placeOf(name), '{"state":"done"}']));

module.exports = async function quiz({ report, open: openAny, pages, site }) {
  const kept = reading(pages);
  const open = (name, options) => openAny(name, { kept, ...options });
  await inFull(report, open);
  const holdsQuiz = (name) => fs.readFileSync(path.join(site, name), 'utf8').includes('class="quiz-data"');
  const types = await others(report, open, pages.filter((name) => holdsQuiz(name) && name !== QUIZ));
  const first = await open(QUIZ);
  for (const { type } of await questionsOf(first)) types.add(type);
  const known = await first.evaluate('Object.keys(lectern.types)');
  await first.close_();
  report(known.length === 10 && known.every((type) => types.has(type)), 'the sample site has questions of every type', known.filter((type) => !types.has(type)).join(' '));
  await backToTheLesson(report, open);
  await drawn(report, open);
  await secondTry(report, open);

  const peek = await open(QUIZ, { script: false });
  const source = await peek.content();
  const visible = await peek.locator('main').innerText();
  report(!/"feedback"|explanation/i.test(source) && !/Right answer/.test(visible), 'viewing the source does not spoil the answers');
  await peek.close_();

  const refused = await open(QUIZ, {
    init: () => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError'); } }),
  });
  await wrongThenRight(report, refused, (await questionsOf(refused))[0]);
  report(await refused.locator('#lectern-notice').isVisible(), 'storage refused is said in words');
  report(refused.trouble.length === 0, 'and nothing else happens', refused.trouble.join('\n'));
  await refused.close_();

  const empty = await open(QUIZ);
  for (const { id, type } of await questionsOf(empty)) {
    await goBefore(empty, id);
    await press(empty, id);
    report(/no answer yet/.test(await boxOf(empty, id).innerText()), `no answer is named as such (${type})`, await boxOf(empty, id).innerText());
  }
  await empty.close_();

  const hostile = await open(QUIZ, { kept: { ...kept, [placeOf(QUIZ)]: '{"answers":{"__proto__":{"answer":["<img src=x onerror=alert(1)>"]},"x":5},"state":{"a":[]}}' } });
  report(hostile.trouble.length === 0 && await hostile.locator('img[src=x]').count() === 0, 'a hostile record does no harm', hostile.trouble.join('\n'));
  await hostile.close_();
};

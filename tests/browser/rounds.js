/* rounds: a whole quiz: reviewed before it is handed in, tried again, drawn and mixed, without a key,
 * inside a lesson; and what an author's edit leaves of it. */
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const settle = require('../settle');

const boxOf = (page, id) => page.locator(`[data-question="${id}"]`);
const choose = (page, id, text) => boxOf(page, id).locator('.choice label').filter({ hasText: text }).click();
const handIn = async (page) => { await page.locator('[type=submit]').click(); await settle(page); };

async function atTheEnd(report, open) {
  const page = await open('desk/basics/end.html');
  await choose(page, 'first', 'Talking');
  await boxOf(page, 'pairs').locator('select').first().selectOption('calm').catch(() => boxOf(page, 'pairs').locator('select').first().selectOption({ index: 1 }));
  await boxOf(page, 'steps').locator('input').fill('six');
  await handIn(page);
  const gaps = page.locator('.gaps');
  const text = await gaps.innerText();
  report(/2 questions are not ready/.test(text) && /Question 2: This is not a number/.test(text) && /Question 3: 1 place is still empty/.test(text),
    'the review names what is empty and what is no number', text);
  report(await page.evaluate(() => document.activeElement.matches('.gaps') && Boolean(document.activeElement.querySelector('[role=alert]'))),
    'the focus is on the summary, which is announced');
  await gaps.locator('a').first().press('Enter');
  report(await page.evaluate(() => document.activeElement.closest('[data-question]')?.dataset.question) === 'steps', 'a link leads into its question');
  await boxOf(page, 'steps').locator('input').fill('6');
  await handIn(page);
  await page.locator('.gaps .button').click();    /* all the same */
  await settle(page);
  const score = page.locator('.score');
  report(/You scored 1 of 3/.test(await score.innerText()) && /You need 50%/.test(await score.innerText()), 'handed in all the same, it is scored', await score.innerText());
  report(await page.evaluate(() => document.activeElement.id === 'score-title'), 'the focus is on the result');
  report(/^\(1 of 3\)/.test(await page.title()), 'the title says the score', await page.title());
  const objectives = await score.innerText();
  report(/Name the steps: 1 of 2/.test(objectives) && await score.locator('.objective a[href="read.html"]').count() === 2, 'objectives link to the pages to read again', objectives);
  report(/1 try left/.test(await boxOf(page, 'first').innerText()) && !/Right answer/.test(await page.locator('.units').innerText()), 'while tries are left nothing is given away');
  await score.locator('[data-again="wrong"]').click();
  report(await boxOf(page, 'steps').locator('input').isDisabled() && await boxOf(page, 'first').locator('input').first().isEnabled(),
    'only what was wrong is asked again');
  report(await page.evaluate(() => document.activeElement.closest('[data-question]')?.dataset.question) === 'first', 'the focus is on the first of it');
  await choose(page, 'first', 'Talking');
  for (const row of await boxOf(page, 'pairs').locator('.row').all()) {
    await row.locator('select').selectOption({ label: /Breath/.test(await row.locator('.row-text').innerText()) ? 'voice' : 'calm' });
  }
  await handIn(page);
  const over = await page.locator('main').innerText();
  report(/Right answer/.test(over) && /Your answer/.test(over), 'when no try is left the right answers are shown by words', over);
  report(/Read these pages again, then start over/.test(over) && await score.locator('[data-again="all"]').isVisible(), 'and nobody is trapped');
  await score.locator('[data-again="all"]').click();
  await settle(page);
  report(await page.locator('.score').isHidden() && await page.locator('.question input:checked').count() === 0
    && await boxOf(page, 'steps').locator('input').inputValue() === '', 'starting over empties everything');
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
  await page.close_();
}

const shownUnits = (page) => page.evaluate(() => [...document.querySelectorAll('.unit')].filter((unit) => unit.getClientRects().length)
  .map((unit) => ({ id: unit.querySelector('[data-question]').dataset.question, number: unit.querySelector('.question-facts').textContent.match(/\d+/)[0],
    choices: [...unit.querySelectorAll('.choice-text')].map((choice) => choice.textContent) })));

async function answerShown(page) {
  for (const { id, number } of await shownUnits(page)) {
    await choose(page, id, `Right ${number}`);
    await boxOf(page, id).locator('xpath=ancestor::form').locator('[type=submit]').click();
  }
  await settle(page);
}

async function drawn(report, open) {
  const page = await open('desk/basics/drawn.html');
  const first = await shownUnits(page);
  report(first.length === 3 && first.some(({ id }) => id === 'n1'), 'as many as are to be drawn, the pinned one among them', JSON.stringify(first));
  report(first.every(({ id, number }) => id === `n${number}`), 'numbers are the places in the file');
  report(first.every(({ choices }) => choices[4] === 'None of the above'), 'a pinned choice keeps its place');
  report(first[0].id === 'n1', 'a pinned question keeps its place', JSON.stringify(first));
  await page.reload();
  await settle(page);
  report(JSON.stringify(await shownUnits(page)) === JSON.stringify(first), 'a reload shows the same questions in the same order');
  await answerShown(page);
  report(/You scored 3 of 3/.test(await page.locator('.score').innerText()), 'what was drawn is all that counts', await page.locator('.score').innerText());
  const orders = new Set([JSON.stringify(first.map(({ choices }) => choices.join()))]);
  const seen = new Set(first.map(({ id }) => id));
  await page.locator('[data-again="all"]').click();
  await settle(page);
  const second = await shownUnits(page);
  const fresh = second.filter(({ id }) => id !== 'n1');
  report(fresh.every(({ id }) => !seen.has(id)), 'the next attempt draws what has not been seen', JSON.stringify([...seen, fresh]));
  await page.reload();
  await settle(page);
  report(JSON.stringify(await shownUnits(page)) === JSON.stringify(second), 'and stays the same after a reload');
  for (let i = 0; i < 4; i++) {
    await answerShown(page);
    await page.locator('[data-again="all"]').click();
    await settle(page);
    const next = await shownUnits(page);
    orders.add(JSON.stringify(next.map(({ choices }) => choices.join())));
    report(next.length === 3 && next[0].id === 'n1', `attempt ${i + 3} is whole`);
  }
  report(orders.size > 2, 'the order is mixed anew for each attempt');
  report(page.trouble.length === 0, 'no trouble when drawn', page.trouble.join('\n'));
  await page.close_();
}

const SECRETS = ['Feedback-secret', 'Explanation-secret', 'Right-secret', 'Wrong-secret', 'Accepted-secret', '4711', 'Gap-secret', 'Other-secret', 'Model-secret', 'Rubric-secret'];

/* Every text in a file, also what is veiled in it. */
function textsOf(file) {
  const text = fs.readFileSync(file, 'utf8');
  const veiled = (text.match(/[A-Za-z0-9+/]{16,}={0,2}/g) || []).map((part) => Buffer.from(part, 'base64').toString('utf8'));
  return [text, ...veiled].join('\n');
}

async function withoutKey(report, project) {
  const learner = project('types');
  const inPage = textsOf(path.join(learner.site, 'desk/basics/absent.html'));
  const all = learner.pages.map((page) => textsOf(path.join(learner.site, page))).join('\n');
  report(SECRETS.every((secret) => !all.includes(secret)), 'no key, feedback, model answer or explanation is anywhere in the site',
    SECRETS.filter((secret) => all.includes(secret)).join());
  report(!/"key"/.test(inPage) && textsOf(path.join(learner.site, 'desk/basics/each.html')).includes('"key"'), 'and the test would see one');
  const page = await learner.open('desk/basics/absent.html');
  await page.locator('.choice label').first().click();
  await handIn(page);
  await page.locator('.gaps .button').click();
  await settle(page);
  const text = await page.locator('.score').innerText();
  report(/Your answers are kept/.test(text) && /does not check them/.test(text) && await page.locator('[data-print]').isVisible(), 'the page collects, and hands over on paper', text);
  report(/Finished/.test(await page.locator('.page-state .state').innerText()), 'it counts as done');
  report(page.trouble.length === 0, 'no trouble without a key', page.trouble.join('\n'));
  await page.close_();
  const facilitator = project('types', { edition: 'facilitator' });
  const key = fs.readFileSync(path.join(facilitator.site, 'desk/basics/absent.html'), 'utf8');
  report(SECRETS.every((secret) => key.includes(secret)), 'the facilitator’s edition has the key in words', SECRETS.filter((secret) => !key.includes(secret)).join());
}

async function inALesson(report, open) {
  const page = await open('desk/basics/read.html', { height: 2000 });
  await settle(page, 1500);
  const state = () => page.locator('.page-state .state').innerText();
  report(/Not read/.test(await state()), 'questions that count keep a lesson open', await state());
  const [first, second] = await page.locator('.question').all();
  await first.locator('.choice label').filter({ hasText: 'Get focused' }).click();
  await page.locator('[type=submit]').first().click();
  await second.locator('input').fill('7');
  await page.locator('[type=submit]').last().click();
  await settle(page, 1500);
  report(/^Read/.test(await state()), 'once they are answered, rightly or not, it is read', await state());
  report(await page.locator('main h2, main h3').count() === 0, 'their prompts are no headings of the lesson');
  await page.locator('.quiz-inside [type=submit]').last().click();
  report(await page.locator('.quiz-again').isHidden(), 'while tries are left there is no need to start over');
  report(page.trouble.length === 0, 'no trouble in a lesson', page.trouble.join('\n'));
  await page.close_();
}

async function edited(report, project) {
  const { open, edit, site } = project('types');
  const page = await open('desk/basics/each.html');
  await choose(page, 'choose-one', 'Ask what happened');
  await page.locator('[type=submit]').first().click();
  await boxOf(page, 'matching').locator('.row').filter({ hasText: 'Deep breaths' }).locator('select').selectOption({ label: 'lessen tension' });
  const file = 'content/desk/1-basics/2-each.yaml';
  edit(file, '      - Send them to the second floor', '      - Send them to the third floor\n      - Laugh');
  edit(file, '      - Sips of water => spare the voice', '      - Sips of tea => spare the voice\n      - A break => clear the head');
  edit(file, 'questions:\n', 'questions:\n  - true-false: New.\n    answer: true\n');
  await page.reload();
  await settle(page);
  report(await boxOf(page, 'choose-one').locator('input:checked').count() === 1 && /Right/.test(await boxOf(page, 'choose-one').locator('.result').innerText()),
    'an edit elsewhere in a question costs nobody anything');
  report(await boxOf(page, 'matching').locator('.row').filter({ hasText: 'Deep breaths' }).locator('select option:checked').textContent() === 'lessen tension',
    'nor one in the row next to it');
  edit(file, '    right: Ask what happened\n', '    right: Ask what has happened\n');
  await page.reload();
  await settle(page);
  report(await boxOf(page, 'choose-one').locator('.result').innerText() === '', 'a choice that was reworded is asked again');
  report(page.trouble.length === 0 && fs.existsSync(site), 'no trouble after edits', page.trouble.join('\n'));
  await page.close_();
}

module.exports = async function rounds({ report, project }) {
  const { open } = project('types');
  await atTheEnd(report, open);
  await drawn(report, open);
  await withoutKey(report, project);
  await inALesson(report, open);
  await edited(report, project);
};

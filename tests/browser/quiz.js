/* quiz: answered by keyboard alone, checked, answered again, kept; with storage refused. */
'use strict';

const QUIZ = 'service-desk/difficult-situations/quiz.html';

/* What the page knows is right and wrong of question `number`, from its own veiled key. */
function keyOf(page, number) {
  return page.evaluate((place) => {
    const data = JSON.parse(document.querySelector('.quiz-data').textContent).questions[place];
    const secret = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(data.key), (byte) => byte.charCodeAt(0))));
    const all = [...document.querySelectorAll('.question')[place].querySelectorAll('.choice')].map((choice) => choice.dataset.choice);
    return { type: data.type, right: [].concat(secret.key.right), wrong: all.filter((id) => ![].concat(secret.key.right).includes(id)) };
  }, number);
}

const question = (page, number) => page.locator('.question').nth(number);

async function focusFirst(page, number) {
  await question(page, number).locator('input').first().focus();
}

/* Choose radio `id` by arrows, or check boxes `ids` by Tab and Space. */
async function choose(page, number, ids, isRadio) {
  await focusFirst(page, number);
  if (isRadio) {
    const inputs = await question(page, number).locator('input').evaluateAll((list) => list.map((input) => input.value));
    await page.keyboard.press('Space');
    for (let i = 0; i < inputs.indexOf(ids[0]); i++) await page.keyboard.press('ArrowDown');
    return;
  }
  const count = await question(page, number).locator('input').count();
  for (let i = 0; i < count; i++) {
    const now = await page.evaluate(() => ({ value: document.activeElement.value, checked: document.activeElement.checked }));
    if (ids.includes(now.value) !== now.checked) await page.keyboard.press('Space');
    if (i < count - 1) await page.keyboard.press('Tab');
  }
}

async function press(page, number) {
  const form = page.locator('form').filter({ has: question(page, number) });
  for (let i = 0; i < 12; i++) {
    if (await page.evaluate(() => document.activeElement.matches('button[type=submit]'))) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.waitForTimeout(120);
  return form;
}

async function oneQuestion(report, page, number) {
  const key = await keyOf(page, number);
  const isRadio = key.type !== 'choose-all';
  const name = `question ${number + 1} (${key.type})`;
  await choose(page, number, [key.wrong[0]], isRadio);
  await press(page, number);
  const box = question(page, number);
  const text = await box.innerText();
  report(/Not right|Partly right/.test(text) && /Your answer/.test(text), `${name}: a wrong answer is told by a word`, text);
  report(!/Right answer/.test(text), `${name}: while tries are left the right one is not shown`, text);
  const said = await page.locator('[role=status]').innerText();
  report(/Not right|Partly right/.test(said), `${name}: the live region says so`, said);
  report(await page.evaluate(() => document.activeElement !== document.body), `${name}: the focus is somewhere`);
  await press(page, number);    /* Answer again */
  report(await page.evaluate(() => document.activeElement.matches('input')), `${name}: answering again leads to the choices`);
  await choose(page, number, key.right, isRadio);
  await press(page, number);
  report(await box.locator('[data-verdict="right"]').count() > 0 && /Right/.test(await box.innerText()), `${name}: the right answer is told`, await box.innerText());
  report(await box.locator('input:not([disabled])').count() === 0, `${name}: what is right stays`);
  report(await page.evaluate(() => !document.activeElement.matches('body, input')), `${name}: the focus is on the result`);
}

module.exports = async function quiz({ report, open, pages }) {
  const page = await open(QUIZ);
  const count = await page.locator('.question').count();
  const types = new Set();
  for (let i = 0; i < count; i++) {
    const { type } = await keyOf(page, i);
    types.add(type);
    await oneQuestion(report, page, i);
  }
  report(types.size === 3, 'the quiz has every type there is', [...types].join(' '));
  const score = await page.locator('.score').innerText();
  report(/You scored 8 of 8/.test(score) && /passed/.test(score), 'all right is full score, and passed', score);
  report(/^\(8 of 8\)/.test(await page.title()), 'the title says the score', await page.title());
  report(/Finished/.test(await page.locator('.page-state .state').innerText()), 'the quiz counts as done');
  await page.reload();
  report(await page.locator('.question [data-verdict="right"]').count() >= count, 'answers and results outlive a reload');
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
  await page.close_();

  for (const other of pages.filter((one) => /quiz\.html$/.test(one) && one !== QUIZ)) {
    const next = await open(other);
    const questions = await next.locator('.question').count();
    for (let i = 0; i < questions; i++) {
      const key = await keyOf(next, i);
      await choose(next, i, key.right, key.type !== 'choose-all');
      await press(next, i);
    }
    report(new RegExp(`You scored ${questions} of ${questions}`).test(await next.locator('.score').innerText()) && next.trouble.length === 0,
      `by keyboard alone to the end of ${other}`, next.trouble.join('\n'));
    await next.close_();
  }

  const peek = await open(QUIZ, { script: false });
  const source = await peek.content();
  const visible = await peek.locator('main').innerText();
  report(!/"feedback"|explanation/i.test(source) && !/Right answer/.test(visible), 'viewing the source does not spoil the answers');
  await peek.close_();

  const refused = await open(QUIZ, {
    init: () => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError'); } }),
  });
  await oneQuestion(report, refused, 0);
  report(await refused.locator('#lectern-notice').isVisible(), 'storage refused is said in words');
  report(refused.trouble.length === 0, 'and nothing else happens', refused.trouble.join('\n'));
  await refused.close_();

  const empty = await open(QUIZ);
  await focusFirst(empty, 0);
  await press(empty, 0);
  report(/no answer yet/.test(await question(empty, 0).innerText()), 'no answer is named as such');
  await empty.close_();

  const hostile = await open(QUIZ, { init: () => {
    for (let i = 0; i < localStorage.length; i++) localStorage.removeItem(localStorage.key(i));
    const page = 'service-desk/difficult-situations/quiz.html';
    localStorage.setItem(`lectern/acd548cddafdc1e5a71250556f7f03aa/service-desk/v1/${page}`,
      '{"answers":{"__proto__":{"answer":["<img src=x onerror=alert(1)>"]},"x":5},"state":{"a":[]}}');
  } });
  report(hostile.trouble.length === 0 && await hostile.locator('img[src=x]').count() === 0, 'a hostile record does no harm', hostile.trouble.join('\n'));
  await hostile.close_();
};

/* types: each type of question by mouse, by keyboard alone and by touch; with 200 % text, from right to
 * left; by axe before and after; what is said, where the focus is, and what paper shows. */
'use strict';

const fs = require('node:fs');
const zlib = require('node:zlib');
const settle = require('../settle');

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function axe(page) {
  await page.evaluate(fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags, preload: false }), TAGS);
  return violations.map((rule) => `${rule.id}: ${rule.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')}`);
}

/* Ways to do the same: with a pointer (a mouse, or a finger where there is touch), and with keys alone. */
const pointer = (page, touch) => {
  const press = (locator) => (touch ? locator.tap() : locator.click());
  return {
    name: touch ? 'touch' : 'mouse',
    choose: async (box, texts) => {
      for (const choice of await box.locator('.choice').all()) {
        const isWanted = texts.includes((await choice.locator('.choice-text').innerText()).trim());
        if (isWanted !== await choice.locator('input').isChecked()) {
          if (isWanted || await choice.locator('input').getAttribute('type') === 'checkbox') await press(choice.locator('label'));
        }
      }
    },
    type: async (field, text) => { await press(field); await field.fill(text); },
    select: (list, text) => list.selectOption({ label: text }),
    /* Bring the items into this order by their buttons. */
    order: async (box, texts) => {
      for (let to = 0; to < texts.length; to++) {
        for (let tries = 0; tries < 9; tries++) {
          const now = await box.locator('.order-text').allInnerTexts();
          const from = now.indexOf(texts[to]);
          if (from === to) break;
          await press(box.locator('.order-item').nth(from).locator('.order-up'));
        }
      }
    },
    check: (box) => press(box.locator('xpath=ancestor::form').locator('[type=submit]')),
  };
};

const keys = (page) => {
  const here = (locator) => locator.evaluate((element) => element === document.activeElement);
  /* From where the focus is, by Tab; a question's first control is reached by a look from outside. */
  const go = async (locator) => {
    for (let i = 0; i < 40 && !await here(locator); i++) await page.keyboard.press('Tab');
    if (!await here(locator)) throw new Error(`Tab does not lead to ${locator}`);
  };
  const begin = (box) => box.locator('fieldset').evaluate((fieldset) => {
    fieldset.tabIndex = -1;
    fieldset.focus();
    fieldset.removeAttribute('tabindex');
  });
  return {
    name: 'keyboard',
    choose: async (box, texts) => {
      await begin(box);
      const inputs = await box.locator('.choice input').all();
      const labels = (await box.locator('.choice-text').allInnerTexts()).map((text) => text.trim());
      if (await inputs[0].getAttribute('type') === 'radio') {
        await page.keyboard.press('Tab');
        await page.keyboard.press('Space');
        for (let i = 0; i < 9 && !await inputs[labels.indexOf(texts[0])].isChecked(); i++) await page.keyboard.press('ArrowDown');
        return;
      }
      for (const [i, input] of inputs.entries()) {
        await go(input);
        if (texts.includes(labels[i]) !== await input.isChecked()) await page.keyboard.press('Space');
      }
    },
    type: async (field, text) => {
      await begin(field.locator('xpath=ancestor::div[@data-question]'));
      await go(field);
      await page.keyboard.press('Control+a');
      await page.keyboard.type(text);
    },
    select: async (list, text) => {
      await begin(list.locator('xpath=ancestor::div[@data-question]'));
      await go(list);
      for (let i = 0; i < 9; i++) await page.keyboard.press('ArrowUp');
      for (let i = 0; i < 9 && (await list.locator('option:checked').textContent()) !== text; i++) await page.keyboard.press('ArrowDown');
    },
    /* By the numbers. */
    order: async (box, texts) => {
      await begin(box);
      for (let to = 0; to < texts.length; to++) {
        const now = await box.locator('.order-text').allInnerTexts();
        const list = box.locator('.order-place').nth(now.indexOf(texts[to]));
        await begin(box);
        await go(list);
        await page.keyboard.press(String(to + 1));
        const isStill = await page.evaluate((text) => document.activeElement.closest('.order-item')?.innerText.includes(text), texts[to]);
        if (!isStill) throw new Error('the focus left the item that was moved');
      }
    },
    check: async (box) => {
      await go(box.locator('xpath=ancestor::form').locator('[type=submit]'));
      await page.keyboard.press('Enter');
    },
  };
};

const GAPS = ['choice', 'Habit', 'breath'];
async function fill(way, box, [first, second, third]) {
  await way.type(box.locator('.gap input').nth(0), first);
  await way.type(box.locator('.gap input').nth(1), second);
  await way.select(box.locator('.gap select'), third);
}

async function rows(way, box, pairs) {
  for (const [row, option] of Object.entries(pairs)) {
    await way.select(box.locator('.row').filter({ hasText: row }).locator('select'), option);
  }
}

/* How each is answered wrongly and rightly, and what is then said of it. */
const TYPES = {
  'choose-one': {
    wrong: (way, box) => way.choose(box, ['Explain that it worked this morning']),
    right: (way, box) => way.choose(box, ['Ask what happened']),
    said: /Not right.*It tells them they are wrong/s,
  },
  'choose-all': {
    wrong: (way, box) => way.choose(box, ['Students', 'Nobody']),
    right: (way, box) => way.choose(box, ['Students', 'Guests']),
    said: /Not right/,
  },
  'true-false': {
    wrong: (way, box) => way.choose(box, ['True']),
    right: (way, box) => way.choose(box, ['False']),
    said: /Not right/,
  },
  'short-answer': {
    wrong: (way, box) => way.type(box.locator('input'), 'Magazine'),
    right: (way, box) => way.type(box.locator('input'), '  Refereed  journal. '),
    said: /Not right.*A magazine is not reviewed/s,
  },
  numeric: {
    wrong: (way, box) => way.type(box.locator('input'), '40'),
    right: (way, box) => way.type(box.locator('input'), '24.5 %'),
    said: /Not right/,
  },
  matching: {
    wrong: (way, box) => rows(way, box, { 'Deep breaths': 'lessen tension', 'Sips of water': 'fill the silence' }),
    right: (way, box) => rows(way, box, { 'Deep breaths': 'lessen tension', 'Sips of water': 'spare the voice' }),
    said: /Partly right.*0\.5 of 1 point/s,
  },
  ordering: {
    wrong: (way, box) => way.order(box, ['Get focused', 'Listen', 'Let them vent']),
    right: (way, box) => way.order(box, ['Get focused', 'Let them vent', 'Listen']),
    said: /Not right/,
  },
  categorize: {
    wrong: (way, box) => rows(way, box, { 'Taking one breath first': 'Reacting', 'Answering back': 'Reacting' }),
    right: (way, box) => rows(way, box, { 'Taking one breath first': 'Responding', 'Answering back': 'Reacting' }),
    said: /Not right/,
  },
  'fill-in': {
    wrong: (way, box) => fill(way, box, ['choice', 'wish', 'sigh']),
    right: (way, box) => fill(way, box, GAPS),
    said: /Partly right.*0\.33 of 1 point/s,
  },
};

const boxOf = (page, id) => page.locator(`[data-question="${id}"]`);
const status = (page) => page.locator('#lectern-status').textContent();

async function wrongThenRight(report, page, way, id) {
  const { wrong, right, said } = TYPES[id];
  const box = boxOf(page, id);
  const told = (ok, what, detail) => report(ok, `${id} by ${way.name}: ${what}`, detail);
  await wrong(way, box);
  await way.check(box);
  await settle(page);
  const text = await box.innerText();
  told(/Not right|Partly right/.test(text), 'a wrong answer is told by a word', text);
  told(!/Right answer|Right place/.test(text), 'while tries are left what would be right is not shown', text);
  told(said.test(await status(page)), 'the live region says it', await status(page));
  told(await page.evaluate(() => document.activeElement.matches('[type=submit]')), 'the focus stays at the button');
  await way.check(box);    /* Answer again */
  told(await page.evaluate((name) => document.activeElement.closest('[data-question]')?.dataset.question === name, id),
    'answering again leads to the question');
  await right(way, box);
  await way.check(box);
  await settle(page);
  const verdict = await box.locator('.result .verdict').innerText();
  told(verdict.trim() === 'Right', 'the right answer is told', await box.innerText());
  told(await box.locator('fieldset :is(input, select, button):not([disabled])').count() === 0, 'what is right stays');
  told(await page.evaluate(() => document.activeElement.matches('.result')), 'the focus is on the result');
}

async function essay(report, page, way) {
  const box = boxOf(page, 'essay');
  const told = (ok, what, detail) => report(ok, `essay by ${way.name}: ${what}`, detail);
  await way.type(box.locator('textarea'), 'He was angry. Then he was not.');
  told(/7 of 80 words/.test(await box.innerText()), 'words are counted', await box.innerText());
  await way.check(box);
  await settle(page);
  const text = await box.innerText();
  told(/A model to compare with/.test(text) && /It names the problem/.test(text), 'the model answer comes after handing in', text);
  const list = box.locator('.rubric select').first();
  await list.focus();
  await (way.name === 'keyboard' ? page.keyboard.press('2') : list.selectOption('2'));
  await settle(page);
  told(/You gave yourself 2 of 4 points. This does not count/.test(await box.innerText()), 'one marks oneself by the rubric, and it is shown as that', await box.innerText());
  await way.type(box.locator('textarea'), 'He was angry. Then he was not any more.');
  await settle(page);
  told(/You gave yourself 2 of 4/.test(await box.innerText()) && /A model to compare with/.test(await box.innerText()), 'it may be written on, and stays handed in');
}

async function byButtons(report, page) {
  const box = boxOf(page, 'ordering');
  const first = () => box.locator('.order-text').first().innerText();
  const before = await first();
  const down = box.locator('.order-item').first().locator('.order-down');
  await down.focus();
  await page.keyboard.press('Enter');
  await settle(page);
  report(await first() !== before, 'ordering: Enter on the button moves the item');
  report(await page.evaluate((text) => document.activeElement.ariaLabel === `Move down: ${text}`, before), 'ordering: the focus stays on the button that was pressed');
  report(await status(page) === `${before}: place 2 of 3`, 'ordering: the new place is said', await status(page));
  const sizes = await box.locator('.order-buttons button').evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)));
  report(Math.min(...sizes) >= 44, 'ordering: buttons are at least 44 px', sizes.join(' '));
  const top = box.locator('.order-item').first().locator('.order-up');
  report(await top.evaluate((button) => button.ariaDisabled === 'true' && !button.disabled), 'ordering: at the end a button says so and keeps the focus');
}

async function paper(report, page) {
  await page.emulateMedia({ media: 'print' });
  const seen = await page.evaluate(() => {
    const shown = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.getClientRects().length);
    return {
      buttons: shown('main button').length,
      letters: shown('.letters li').length,
      boxes: shown('.order-place').length,
      lines: shown('[data-question="essay"] .line').length,
      score: shown('.score-box').map((one) => one.textContent).join(),
      ink: shown('.order-place').every((one) => getComputedStyle(one).color === 'rgba(0, 0, 0, 0)'),
    };
  });
  await page.emulateMedia({ media: null });
  report(seen.buttons === 0 && seen.letters === 5 && seen.boxes === 3 && seen.lines === 4 && /Points: _+ of 15/.test(seen.score) && seen.ink,
    'paper has letters to match, empty boxes to number, lines to write on, a score box, and no buttons', JSON.stringify(seen));
}

async function paperAsFilled(report, page) {
  await page.emulateMedia({ media: 'print' });
  const seen = await page.evaluate(() => ({
    words: [...document.querySelectorAll('.answer-line input')].map((one) => one.value),
    written: document.querySelector('[data-question="essay"] .written').innerText,
    ticked: getComputedStyle(document.querySelector('[data-question="choose-one"] input:checked'), '::before').content,
    chosen: getComputedStyle(document.querySelector('[data-question="matching"] select')).color,
    told: [...document.querySelectorAll('.result, .verdict, .right-answer, .feedback')].filter((one) => one.getClientRects().length).length,
  }));
  await page.emulateMedia({ media: null });
  report(/He was angry/.test(seen.written) && seen.words.every(Boolean) && /[✓●]/.test(seen.ticked) && seen.chosen === 'rgb(0, 0, 0)' && seen.told === 0,
    'paper shows what was filled in, and nothing of the key', JSON.stringify(seen));
}

/* What a quiz needs of the script, as it is sent: without what only other pages use, and without comments
 * on lines of their own. */
function quizScript() {
  const list = [...fs.readFileSync('themes/default/theme.yaml', 'utf8').matchAll(/- (js\/\S+)/g)].map((match) => match[1]);
  const files = list.filter((name) => /js\/(core|store|score|round|quiz)\.js|js\/questions\//.test(name));
  return zlib.gzipSync(files.map((name) => fs.readFileSync(`themes/default/${name}`, 'utf8').replace(/^[ \t]*\/\*[\s\S]*?\*\/[ \t]*\n/gm, '')).join('\n'), { level: 9 }).length;
}

const PAGE = 'desk/basics/each.html';

module.exports = async function types({ report, project }) {
  report(quizScript() <= 14 * 1024, 'the script for all types is at most 14 KiB, compressed', `${quizScript()} bytes`);
  const { open } = project('types');
  for (const makeWay of [pointer, keys]) {
    const page = await open(PAGE);
    const way = makeWay(page);
    if (way.name === 'mouse') {
      const before = await axe(page);
      report(before.length === 0, 'axe is content before checking', before.join('\n'));
      await paper(report, page);
      await byButtons(report, page);
    }
    for (const id of Object.keys(TYPES)) await wrongThenRight(report, page, way, id);
    await essay(report, page, way);
    await way.choose(boxOf(page, 'in-group-one'), ['Which ones']);
    await way.check(boxOf(page, 'in-group-one'));
    await way.choose(boxOf(page, 'in-group-two'), ['False']);
    await way.check(boxOf(page, 'in-group-two'));
    await settle(page);
    const score = await page.locator('.score').innerText();
    report(/You scored 10 of 11 points/.test(score) && /marked yourself/.test(score), `by ${way.name} to the end: the essay does not count`, score);
    report(/Stay calm|stay calm: 1 of 1/i.test(score) && /Name the steps: 1 of 1/.test(score), `by ${way.name}: the result by objective`, score);
    if (way.name === 'mouse') {
      const after = await axe(page);
      report(after.length === 0, 'axe is content after checking', after.join('\n'));
      await paperAsFilled(report, page);
      await page.reload();
      await settle(page);
      report(await page.locator('.score').isVisible() && await boxOf(page, 'essay').locator('.rubric select').first().inputValue() === '2',
        'answers, marks and the result outlive a reload');
    }
    report(page.trouble.length === 0, `no trouble by ${way.name}`, page.trouble.join('\n'));
    await page.close_();
  }

  const phone = await open(PAGE, { width: 360, height: 740, hasTouch: true, isMobile: true });
  for (const id of Object.keys(TYPES)) await wrongThenRight(report, phone, pointer(phone, true), id);
  report(await phone.evaluate(() => document.documentElement.scrollWidth) <= 360, 'on a phone nothing scrolls sideways, judged or not');
  const phoneAxe = await axe(phone);
  report(phoneAxe.length === 0, 'axe is content on the phone', phoneAxe.join('\n'));
  await phone.close_();

  const large = await open(PAGE, { width: 640 });
  await large.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  for (const id of ['matching', 'ordering', 'fill-in', 'numeric']) await wrongThenRight(report, large, pointer(large), id);
  report(await large.evaluate(() => document.documentElement.scrollWidth) <= 640, 'with 200 % text nothing scrolls sideways');
  await large.close_();

  const rtl = await open(PAGE, { width: 700 });
  await rtl.evaluate(() => { document.documentElement.dir = 'rtl'; });
  for (const id of ['choose-all', 'matching', 'ordering', 'fill-in']) await wrongThenRight(report, rtl, keys(rtl), id);
  report(await rtl.evaluate(() => document.documentElement.scrollWidth) <= 700, 'right to left nothing scrolls sideways');
  await rtl.close_();

  const blank = await open(PAGE);
  const number = boxOf(blank, 'numeric');
  await number.locator('input').fill('about a quarter');
  await number.locator('xpath=ancestor::form').locator('[type=submit]').click();
  await settle(blank);
  report(/This is not a number. Write one such as 3.5/.test(await number.innerText()) && await number.locator('input').getAttribute('aria-invalid') === 'true'
    && /not a number/.test(await status(blank)), 'what is no number is named, and is no try', await number.innerText());
  const hints = number.locator('.hint:visible');
  report(await hints.count() === 1, 'of two hints the first is offered');
  await hints.first().locator('summary').click();
  report(await hints.count() === 2, 'then the second');
  await blank.close_();

  const bare = await open(PAGE, { script: false });
  report(await bare.locator('.order-place').first().inputValue() === '' && await bare.locator('.order-buttons').first().isHidden()
    && await bare.locator('fieldset:visible').count() === 12 && await bare.locator('[type=submit]:visible').count() === 0,
  'without script all questions are there, to be read and filled in');
  await bare.close_();
};

/* flashcards: cards by mouse, by keys alone, by touch, without script and on paper; when they come again,
 * day by day; what an author's edit leaves of what is kept, and what somebody else may have written there. */
'use strict';

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const axe = require('../axe.js');
const settle = require('../settle');

const CARDS = `type: flashcards
title: Words
new-cards: 3
cards:
  - One => Eins
  - front: Two
    back: "*Zwei*, and [more](2-read.md)"
    hint: It rhymes with *drei*.
  - Three => Drei
  - Four => Vier
`;
const FILES = {
  'content/site.yaml': 'title: Site\nid: site\n',
  'content/index.md': '# Site\n\nWords.\n',
  'content/desk/course.yaml': 'title: Desk\nid: desk\n',
  'content/desk/index.md': '# Desk\n\nWords.\n',
  'content/desk/1-basics/index.md': '# Basics\n\nWords.\n',
  'content/desk/1-basics/1-cards.yaml': CARDS,
  'content/desk/1-basics/2-read.md': '# Read\n\nWords.\n',
};
const PAGE = 'desk/basics/cards.html';
const PLACE = 'lectern/site/desk/v1/desk/basics/cards.html';
const NOON = '2026-11-22T12:00:00';

const front = (page) => page.locator('.flashcard:visible .flashcard-front').innerText();
const show = (page) => page.locator('.flashcard:visible .flashcard-answer summary').click();
const again = (page) => page.locator('[data-key="1"]').click();
const knew = (page) => page.locator('[data-key="2"]').click();
const far = (page) => page.locator('.practice-progress').innerText();
const state = (page) => page.locator('.page-state .state').innerText();
const focused = (page) => page.evaluate(() => document.activeElement.getAttribute('aria-labelledby')?.split(' ')
  .map((id) => document.getElementById(id).textContent.trim()).join(' ') ?? document.activeElement.textContent);
const kept = (page) => page.evaluate((place) => Object.values(JSON.parse(localStorage[place]).cards), PLACE);
const having = (cards) => ({ kept: { [PLACE]: JSON.stringify({ cards }) } });

/* A page on a day of its own; the context keeps what was kept. */
async function on(open, day, options = {}) {
  const page = await open('index.html', options);
  await page.clock.setFixedTime(new Date(day));
  await page.goto(page.url().replace(/index\.html$/, PAGE));
  return page;
}

async function byMouse(report, open) {
  const page = await on(open, NOON);
  report(await page.locator('.flashcard:visible').count() === 1 && await front(page) === 'One', 'one card is shown, the first');
  report(await far(page) === '3 of 3 left today · 4 cards: 0 known', 'how far one is stands there in words', await far(page));
  report(await page.locator('.flashcard-back:visible').count() === 0 && await page.locator('.flashcard-choice').isHidden(), 'its answer is hidden, and nothing can be said of it');
  report(await page.evaluate(() => document.activeElement === document.body), 'the page takes no focus by itself');
  report(await state(page) === '4 cards were never known yet', 'the page is not done', await state(page));
  report((await axe(page)).length === 0, 'axe has nothing to say of a question', (await axe(page)).join('\n'));
  await show(page);
  report(await page.locator('.flashcard-back:visible').innerText() === 'Eins' && await focused(page) === 'Eins', 'the answer is there and has the focus', await focused(page));
  report((await axe(page)).length === 0, 'axe has nothing to say of an answer', (await axe(page)).join('\n'));
  await knew(page);
  report(await front(page) === 'Two' && await focused(page) === 'Two Show the answer', 'the next card has the focus', await focused(page));
  await settle(page);
  report(await page.locator('#lectern-status').innerText() === '', 'nothing is announced besides');
  report(await far(page) === '2 of 3 left today · 4 cards: 1 known', 'one less is left', await far(page));
  await page.locator('.flashcard:visible .hint summary').click();
  report(/rhymes/.test(await page.locator('.flashcard:visible .hint').innerText()), 'a hint opens');
  await show(page);
  await again(page);
  report(await front(page) === 'Three' && /^2 of 3/.test(await far(page)), 'a card that was not known is still to be done', await far(page));
  await show(page);
  await knew(page);
  report(await front(page) === 'Two', 'and comes again');
  report(await page.locator('.flashcard-back:visible').count() === 0, 'with its answer hidden');
  await show(page);
  await knew(page);
  const end = page.locator('.practice-end');
  report(await end.isVisible() && await focused(page) === 'Done for today', 'then the day is done', await focused(page));
  report(/The next card is due on Monday, November 23/.test(await end.innerText()), 'it says when the next are due', await end.innerText());
  report((await axe(page)).length === 0, 'axe has nothing to say of the end', (await axe(page)).join('\n'));
  report(await far(page) === '4 cards: 3 known' && await state(page) === '1 card was never known yet', 'one card was not new today', `${await far(page)} / ${await state(page)}`);
  await end.locator('[data-practice="more"]').click();
  report(await front(page) === 'Four', 'more new cards can be had');
  await show(page);
  await knew(page);
  report(await state(page) === 'Each card known once', 'when each card was known once, the page is done', await state(page));
  report(await end.locator('[data-practice="more"]').isHidden(), 'then there are no more new cards');
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
  await page.close_();
}

async function byKeys(report, open) {
  const page = await on(open, NOON);
  await page.keyboard.press('2');
  report(await front(page) === 'One', 'a key does nothing outside of a card');
  await page.locator('.flashcard:visible .flashcard-answer summary').focus();
  await page.keyboard.press('2');
  report(await front(page) === 'One', 'nor before the answer is there');
  await page.keyboard.press('Space');
  report(await page.locator('.flashcard-back:visible').count() === 1, 'Space shows the answer');
  await page.locator('h1').evaluate((heading) => { heading.tabIndex = -1; heading.focus(); });
  await page.keyboard.press('2');
  report(await front(page) === 'One', 'nor when the focus has left the card');
  await page.locator('.flashcard:visible .flashcard-back').focus();
  await page.keyboard.press('Control+2');
  report(await front(page) === 'One', 'nor together with another key');
  await page.keyboard.press('1');
  report(await front(page) === 'Two', '1 is “Again”', await front(page));
  await page.keyboard.press('Enter');
  await page.keyboard.press('2');
  report(await front(page) === 'Three', 'Enter and 2 are “I knew it”', await front(page));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  report(/^Again/.test(await page.evaluate(() => document.activeElement.textContent)), 'Tab comes to the buttons');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  report(await front(page) === 'One', 'which work by Enter');
  await page.keyboard.press('Enter');
  report(await page.evaluate(() => { const { y, bottom } = document.activeElement.getBoundingClientRect(); return y >= 0 && bottom <= innerHeight; }), 'what has the focus is in view');
  await page.close_();
}

async function byTouch(report, open) {
  const page = await open(PAGE, { width: 320, height: 640, hasTouch: true, isMobile: true, scheme: 'dark' });
  await page.locator('.flashcard:visible .flashcard-answer summary').tap();
  for (const button of await page.locator('.flashcard-choice .button').all()) {
    const { width, height } = await button.boundingBox();
    report(width >= 44 && height >= 44, 'the buttons are large enough for a finger', `${width} × ${height}`);
  }
  report((await axe(page)).length === 0, 'axe has nothing to say in the dark', (await axe(page)).join('\n'));
  await page.locator('[data-key="2"]').tap();
  report(await front(page) === 'Two', 'by touch');
  report(await page.evaluate(() => document.documentElement.scrollWidth) <= 320, 'nothing scrolls sideways');
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
  await page.close_();
}

/* The five boxes: after 1, 2, 5, 8 and 14 days; a card that is not known begins anew. */
async function byDays(report, open, browser) {
  const context = await browser.newContext({ timezoneId: 'Pacific/Auckland', locale: 'en' });
  const turns = [
    ['2026-03-01T23:30:00', 'knew', 2], ['2026-03-03T00:10:00', 'knew', 3], ['2026-03-08T09:00:00', 'knew', 4],
    ['2026-03-16T09:00:00', 'knew', 5], ['2026-03-30T09:00:00', 'knew', 5], ['2026-04-13T00:30:00', 'again', 0],
    ['2026-04-13T09:00:00', 'knew', 1], ['2026-04-14T09:00:00', 'knew', 2],
  ];
  const { open: openOne } = open(null, { files: { ...FILES, 'content/desk/1-basics/1-cards.yaml': 'title: Words\ntype: flashcards\ncards:\n  - One => Eins\n' } });
  const dayBefore = (time) => { const date = new Date(`${time.slice(0, 10)}T12:00:00Z`); date.setUTCDate(date.getUTCDate() - 1); return `${date.toISOString().slice(0, 10)}T23:50:00`; };
  const auckland = (time) => new Date(`${time}+${time < '2026-04-05' ? '13' : '12'}:00`); /* summer time ends on 5 April */
  let last = '';
  for (const [time, name, box] of turns) {
    if (last && last.slice(0, 10) < dayBefore(time).slice(0, 10)) {
      const early = await on(openOne, auckland(dayBefore(time)), { context });
      report(await early.locator('.practice-end').isVisible(), `on the day before ${time.slice(0, 10)} it is not due`);
      await early.close_();
    }
    const page = await on(openOne, auckland(time), { context });
    report(await page.locator('.flashcard:visible').count() === 1, `on ${time} the card is due`);
    await show(page);
    await (name === 'knew' ? knew : again)(page);
    const [card] = await kept(page);
    report(card.box === box && card.on === time.slice(0, 10) && card.since === '2026-03-01', `after “${name}” it is in box ${box}`, JSON.stringify(card));
    await page.close_();
    last = time;
  }
  await context.close();
}

async function aNewDay(report, open, browser) {
  const context = await browser.newContext();
  const first = await on(open, NOON, { context });
  await show(first);
  await knew(first);
  await first.reload();
  await settle(first);
  report(await front(first) === 'Two' && /^2 of 3/.test(await far(first)), 'a reload goes on', await far(first));
  await show(first);
  await again(first);
  await first.reload();
  await settle(first);
  report(/^2 of 3/.test(await far(first)), 'what was not known is still to be done after a reload', await far(first));
  await first.close_();
  const second = await on(open, '2026-11-24T12:00:00', { context });
  report(await far(second) === '4 of 4 left today · 4 cards: 1 known', 'two days later there are those that are due, and new ones', await far(second));
  await second.close_();
  await context.close();
}

async function allAgain(report, open) {
  const page = await on(open, NOON);
  for (let i = 0; i < 3; i++) {
    await show(page);
    await knew(page);
  }
  const before = JSON.stringify(await kept(page));
  await page.locator('[data-practice="all"]').click();
  report(/^4 of 4 left/.test(await far(page)), 'all can be practised again', await far(page));
  for (let i = 0; i < 4; i++) {
    if (await front(page) === 'Four') await page.locator('.flashcard:visible').evaluate((card) => { card.dataset.seen = 'yes'; });
    await show(page);
    await knew(page);
  }
  report(JSON.stringify((await kept(page)).slice(0, 3)) === before, 'which leaves the cards that were known in their boxes', JSON.stringify(await kept(page)));
  report((await kept(page)).length === 4 && /^Each card/.test(await state(page)), 'and counts for those that were new');
  await page.locator('[data-practice="all"]').click();
  const name = await front(page);
  await show(page);
  await again(page);
  report((await kept(page)).filter(({ box }) => box === 0).length === 1, `what was not known begins anew (${name})`, JSON.stringify(await kept(page)));
  await page.close_();
}

/* What an author's edit leaves, and what somebody else may have written. */
async function keptWork(report, project) {
  const { open, edit } = project(null, { files: FILES });
  const page = await on(open, NOON);
  await show(page);
  await knew(page);
  edit('content/desk/1-basics/1-cards.yaml', '  - One => Eins\n', '  - Zero => Null\n  - One => Eins, one\n');
  await page.reload();
  await settle(page);
  report(await front(page) === 'Zero' && /5 cards: 1 known/.test(await far(page)), 'a card is known by its front, wherever it stands', await far(page));
  await page.close_();
  const today = { box: 3, on: '2026-11-20', since: '2026-11-20', known: true };
  const hostile = [
    ['no map', []], ['texts', { x: 'text' }], ['a box that is not there', { '8fd7dcf8ba2ea9b5': { ...today, box: 9 } }],
    ['a day that is none', { '8fd7dcf8ba2ea9b5': { ...today, on: '2026-02-31' } }], ['a name of objects', JSON.parse('{"__proto__": {"box": 1}, "constructor": {"box": 1, "on": "2026-11-20"}}')],
  ];
  for (const [what, cards] of hostile) {
    const other = await open(PAGE, having(cards));
    report(await other.locator('.flashcard:visible').count() === 1 && /: 0 known/.test(await far(other)), `${what} is passed over`, await far(other));
    report(other.trouble.length === 0, `${what}: no trouble`, other.trouble.join('\n'));
    await other.close_();
  }
  const id = await (await open(PAGE)).locator('[data-card]').first().getAttribute('data-card');
  const ahead = await on(open, NOON, having({ [id]: { ...today, on: '2099-01-01' } }));
  report(/: 1 known/.test(await far(ahead)) && await ahead.locator('.practice-end').isHidden() && /^4 of 4/.test(await far(ahead)), 'a day that is to come is today', await far(ahead));
  await ahead.close_();
}

/* On a page that waits for another one can look at the cards, and no more. */
async function locked(report, project) {
  const { open } = project(null, { files: { ...FILES, 'content/desk/1-basics/1-cards.yaml': 'title: Words\ntype: flashcards\nrequires: 0-first.md\ncards:\n  - One => Eins\n', 'content/desk/1-basics/0-first.md': '# First\n\nWords.\n' } });
  const page = await open(PAGE);
  await show(page);
  await page.keyboard.press('2');
  report(await page.locator('[data-key="2"]').isDisabled() && /0 known/.test(await far(page)), 'a page that waits takes no answers', await far(page));
  await page.evaluate(() => {
    lectern.store.change('desk/basics/first.html', (record) => { record.state = 'done'; });
    lectern.store.redraw();
  });
  await page.locator('.flashcard-back:visible').focus();
  await page.keyboard.press('2');
  report(await state(page) === 'Each card known once', 'until it is open', await state(page));
  await page.close_();
}

/* A page that stays open over night. */
async function overNight(report, open) {
  const page = await on(open, NOON);
  for (let i = 0; i < 3; i++) {
    await show(page);
    await knew(page);
  }
  await page.clock.setFixedTime(new Date('2026-11-24T08:00:00'));
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  report(/^4 of 4 left/.test(await far(page)) && await page.locator('.practice-end').isHidden(), 'the next day’s cards are there without a reload', await far(page));
  await page.close_();
}

/* What is saved to a file, erased, and opened again; of two the later answer stays. */
async function inTheRecord(report, open) {
  const page = await on(open, NOON);
  await show(page);
  await knew(page);
  const saved = await page.evaluate(() => lectern.record.data());
  await page.evaluate(() => { lectern.store.erase(); });
  await page.reload();
  await settle(page);
  report(/: 0 known/.test(await far(page)), 'what is erased is gone', await far(page));
  await show(page);
  await again(page);
  const [key] = Object.keys(saved.pages);
  saved.pages[key].cards = Object.fromEntries(Object.entries(saved.pages[key].cards).map(([id, card]) => [id, { ...card, on: '2026-11-23' }]));
  await page.evaluate(([name, record]) => lectern.record.merge(name, lectern.kept.filed(record), false), [key, saved.pages[key]]);
  await page.reload();
  await settle(page);
  report(/: 1 known/.test(await far(page)), 'a file brings back what was known', await far(page));
  await page.evaluate(([name, record]) => lectern.record.merge(name, lectern.kept.filed(record), false), [key, { cards: { x: { box: 3 }, y: { box: '3', on: '2026-11-22' }, z: 1 } }]);
  report((await kept(page)).length === 1, 'what makes no sense in a file is left out', JSON.stringify(await kept(page)));
  await page.close_();
}

async function refused(report, open) {
  const page = await open(PAGE, { init: () => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } }) });
  await show(page);
  await knew(page);
  report(await front(page) === 'Two' && /1 known/.test(await far(page)), 'without storage all works as long as the page lives', await far(page));
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
  await page.close_();
}

async function anotherTab(report, open, browser) {
  const context = await browser.newContext();
  const one = await on(open, NOON, { context });
  const other = await on(open, NOON, { context });
  await show(other);
  await knew(other);
  await one.waitForFunction(() => /1 known/.test(document.querySelector('.practice-progress').textContent));
  report(await front(one) === 'Two', 'what another tab has done is done here');
  await context.close();
}

async function withoutScript(report, open) {
  const page = await open(PAGE, { script: false });
  report(await page.locator('.flashcard:visible').count() === 4, 'without script all cards are a list');
  report(await page.locator('.flashcard-back:visible').count() === 0, 'whose answers are hidden');
  await page.locator('.flashcard-answer summary').nth(1).click();
  report(await page.locator('.flashcard-back:visible').innerText() === 'Zwei, and more', 'until one opens them');
  report(await page.locator('button:visible').count() === 0, 'no button does nothing');
  await page.close_();
}

/* Each page of a PDF as text, in the order of reading. */
function pagesOf(pdf) {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-cards-')), 'cards.pdf');
  fs.writeFileSync(file, pdf);
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1);
}

async function onPaper(report, project) {
  const cards = Array.from({ length: 12 }, (_, i) => `  - Question number ${i + 1}? => The answer is ${'a long one, '.repeat(i % 3 === 2 ? 18 : 1)}end ${i + 1}.\n`).join('');
  const { open } = project(null, { files: { ...FILES, 'content/desk/1-basics/1-cards.yaml': `title: Words\ntype: flashcards\ncards:\n${cards}` } });
  for (const [format, script] of [['A4', true], ['Letter', false]]) {
    const page = await open(PAGE, { script });
    const texts = pagesOf(await page.pdf({ format, preferCSSPageSize: true }));
    for (let i = 1; i <= 12; i++) {
      const at = texts.findIndex((text) => text.includes(`Question number ${i}?`));
      report(at >= 0 && new RegExp(`\\bend ${i}\\.`).test(texts[at]), `on ${format} card ${i} is on one page, with its answer`, texts.map((text) => text.slice(0, 300)).join('\n----\n'));
    }
    report(texts.length <= 4 && /Cut along/.test(texts[0]), `on ${format} they take no more paper than they need`, texts.length);
    report(!/Show the answer|I knew it|left today/.test(texts.join('')), 'no button is printed');
    await page.emulateMedia({ media: 'print' });
    const sides = await page.locator('.flashcard').first().evaluate((card) => ['.flashcard-front', '.flashcard-answer'].map((part) => card.querySelector(part).getBoundingClientRect().width));
    report(Math.abs(sides[0] - sides[1]) < 2, 'the fold is in the middle', sides.join());
    await page.close_();
  }
}

async function sample(report, open) {
  const page = await open('service-desk/on-cards.html', { scheme: 'dark' });
  report(/18 cards/.test(await far(page)) && /^8 of 8/.test(await far(page)), 'the sample has its own cards and those of the glossary', await far(page));
  report((await axe(page)).length === 0, 'axe has nothing to say of it in the dark', (await axe(page)).join('\n'));
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
  await page.close_();
}

module.exports = async function flashcards({ report, open: openSample, project, browser }) {
  const { open } = project(null, { files: FILES });
  await byMouse(report, open);
  await byKeys(report, open);
  await byTouch(report, open);
  await byDays(report, project, browser);
  await aNewDay(report, open, browser);
  await allAgain(report, open);
  await keptWork(report, project);
  await locked(report, project);
  await overNight(report, open);
  await inTheRecord(report, open);
  await refused(report, open);
  await anotherTab(report, open, browser);
  await withoutScript(report, open);
  await onPaper(report, project);
  await sample(report, openSample);
};

/* scenario: a conversation by mouse, by keys alone, by touch, without script and on paper; what is kept
 * of it, what an author's edit leaves of that, and what somebody else may have written into the store. */
'use strict';

const axe = require('../axe.js');
const settle = require('../settle');

const TALK = `type: scenario
title: The printer
pass: 50%
start: arrives
scenes:
  arrives:
    title: At the desk
    who: Visitor
    mood: worried
    says: The printer **never** works!
    choices:
      - Ask what happened. => asks
      - say: It worked this morning.
        to: worse
        feedback: It tells *her* that she is wrong.
        points: -1
  asks:
    title: The story
    mood: calm
    says: It took my card.
    choices:
      - say: Look at it together.
        to: done
        feedback: Side by side.
        points: 4
      - Wait for the technician. => so-so
      - say: Say that again.
        to: asks
        points: 3
  worse:
    title: Worse
    mood: angry
    says: So it is me?
    choices:
      - say: I am sorry. What happened?
        to: asks
        points: 1
      - Shrug. => gone
  so-so:
    title: Tomorrow
    says: She comes back tomorrow.
    ending: fair
  gone:
    title: Gone
    says: She goes.
    ending: bad
  done:
    title: Thanks
    mood: relieved
    says: Thank you.
    ending: good
`;
const FILES = {
  'content/site.yaml': 'title: Site\nid: site\n',
  'content/index.md': '# Site\n\nWords.\n',
  'content/desk/course.yaml': 'title: Desk\nid: desk\n',
  'content/desk/index.md': '# Desk\n\nWords.\n',
  'content/desk/1-basics/index.md': '# Basics\n\nWords.\n',
  'content/desk/1-basics/1-talk.yaml': TALK,
  'content/desk/1-basics/2-read.md': '# Read\n\nWords.\n',
};
const PAGE = 'desk/basics/talk.html';

const shown = (page) => page.locator('.scene:visible');
const title = (page) => page.locator('.scene:visible .scene-name').innerText();
const state = (page) => page.locator('.page-state .state').innerText();
const wayOf = (page) => page.locator('.way-list li').allInnerTexts();
const focused = (page) => page.evaluate(() => document.activeElement.textContent);
const keyOf = (page) => page.evaluate(() => Object.keys(localStorage).find((key) => localStorage[key].includes('"way"')));

async function take(page, text) {
  await shown(page).locator('.choice label').filter({ hasText: text }).click();
  await shown(page).locator('.main-button').click();
}

async function byMouse(report, open) {
  const page = await open(PAGE);
  report(await shown(page).count() === 1 && await title(page) === 'At the desk', 'one scene is shown, the first');
  report(await page.locator('.way').isHidden() && await page.locator('.no-script').isHidden(), 'there is no way yet');
  report((await axe(page)).length === 0, 'axe has nothing to say before', (await axe(page)).join('\n'));
  await shown(page).locator('.choice label').filter({ hasText: 'It worked' }).click();
  report(await title(page) === 'At the desk', 'choosing does nothing by itself');
  await shown(page).locator('.main-button').click();
  report(await title(page) === 'Worse' && /Worse/.test(await focused(page)), 'Continue goes on, and the focus is on the new heading', await focused(page));
  const text = await shown(page).innerText();
  report(text.indexOf('she is wrong') > 0 && text.indexOf('she is wrong') < text.indexOf('So it is me?'), 'the feedback stands above what is said', text);
  report(/angry/.test(text) && await shown(page).locator('svg.mood').isVisible(), 'the mood is a word and a face');
  await settle(page);
  report(await page.locator('#lectern-status').innerText() === '', 'nothing is announced besides the heading');
  await take(page, 'I am sorry');
  report((await wayOf(page)).join('|') === 'It worked this morning.|I am sorry. What happened?', 'the way so far is a list', (await wayOf(page)).join('|'));
  report(/No ending/.test(await state(page)), 'the page is not done');
  await take(page, 'Look at it');
  report(/It ends well/.test(await shown(page).innerText()) && /4 of 4 points/.test(await shown(page).innerText()),
    'the ending says how it ended and the points', await shown(page).innerText());
  report(/You have passed/.test(await shown(page).innerText()) && /Played/.test(await state(page)), 'with enough points the page is done', await state(page));
  report((await axe(page)).length === 0, 'axe has nothing to say after', (await axe(page)).join('\n'));
  await page.locator('[data-way="back"]').click();
  report(await title(page) === 'The story' && /The story/.test(await focused(page)) && (await wayOf(page)).length === 2, 'Back is one step');
  report(await shown(page).locator('input:checked').count() === 0, 'nothing is chosen beforehand');
  await page.locator('[data-way="start"]').click();
  report(await title(page) === 'At the desk' && await page.locator('.way').isHidden() && /At the desk/.test(await focused(page)), 'Start again is at the start');
  report(/Played/.test(await state(page)), 'what is done stays done');
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
  await page.close_();
}

async function points(report, open) {
  const page = await open(PAGE);
  await take(page, 'Ask what');
  await take(page, 'Wait');
  report(/0 of 4 points/.test(await shown(page).innerText()) && /You need 50%/.test(await shown(page).innerText()), 'an ending without points says what it takes', await shown(page).innerText());
  report(/No ending/.test(await state(page)), 'and the page is not done by it', await state(page));
  await page.locator('[data-way="start"]').click();
  await take(page, 'Ask what');
  for (let i = 0; i < 3; i++) await take(page, 'Say that again');
  report(await shown(page).locator('.scene-why').count() === 0, 'without feedback there is none');
  await take(page, 'Look at it');
  report(/4 of 4 points/.test(await shown(page).innerText()), 'going in circles brings nothing', await shown(page).innerText());
  await page.close_();
}

async function byKeys(report, open) {
  const page = await open(PAGE);
  await page.locator('.scene-title').first().focus();
  await page.keyboard.press('Tab');
  report(await page.evaluate(() => document.activeElement.type) === 'radio', 'Tab comes to the choices');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  report(await title(page) === 'At the desk', 'arrow keys choose, and do not go on');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  report(await title(page) === 'The story', 'Enter on Continue goes on');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await settle(page);
  report(await shown(page).locator('.scene-need').isVisible() && /Nothing is chosen/.test(await page.locator('#lectern-status').innerText())
    && await page.evaluate(() => document.activeElement.type) === 'radio', 'with nothing chosen this is said, and the focus is on the choices');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  report(await title(page) === 'Thanks', 'Enter on a choice goes on as well', await title(page));
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  report(await title(page) === 'The story', 'Back can be reached by keys', await title(page));
  await page.close_();
}

async function byTouch(report, open) {
  const page = await open(PAGE, { width: 360, height: 740, hasTouch: true });
  await shown(page).locator('.choice').nth(1).tap();
  await shown(page).locator('.main-button').tap();
  report(await title(page) === 'Worse', 'by touch');
  const small = await page.evaluate(() => [...document.querySelectorAll('.scenario :is(.choice, button)')]
    .map((one) => one.getBoundingClientRect()).filter((box) => box.width && box.height < 44).length);
  report(small === 0 && await page.evaluate(() => document.documentElement.scrollWidth) <= 360, 'targets are large, and nothing scrolls sideways', small);
  await page.close_();
}

async function kept(report, open) {
  const page = await open(PAGE);
  await take(page, 'It worked');
  await take(page, 'I am sorry');
  await page.reload();
  await settle(page);
  report(await title(page) === 'The story' && (await wayOf(page)).length === 2, 'a reload keeps the way');
  report(await page.evaluate(() => document.activeElement === document.body), 'and does not move the focus');
  const key = await keyOf(page);
  report(JSON.parse(await page.evaluate((name) => localStorage[name], key)).way.map(({ to }) => to).join() === 'worse,asks', 'it is kept by names of scenes');
  const hostile = ['"x"', '{"length":3}', '[null,1,"asks",[],{"to":5}]', '[{"to":"__proto__"}]', '[{"to":"<img src=x onerror=alert(1)>","by":{}}]',
    JSON.stringify(Array(20000).fill({ to: 'asks' })), '[{"to":"done"}]'];
  for (const way of hostile) {
    await page.evaluate(([name, value]) => { localStorage[name] = `{"state":"half","way":${value}}`; }, [key, way]);
    await page.reload();
    await settle(page);
    const place = await title(page);
    report(['At the desk', 'The story'].includes(place) && page.trouble.length === 0, `a foreign record does no harm: ${way.slice(0, 40)}`, `${place} ${page.trouble.join('\n')}`);
  }
  await page.close_();
}

async function edited(report, project) {
  const { open, edit } = project(null, { files: FILES });
  const page = await open(PAGE);
  await take(page, 'It worked');
  await take(page, 'I am sorry');
  edit('content/desk/1-basics/1-talk.yaml', 'I am sorry. What happened?', 'Sorry! What happened?');
  await page.reload();
  await settle(page);
  report(await title(page) === 'The story', 'a choice that was reworded still leads on');
  edit('content/desk/1-basics/1-talk.yaml', '      - say: Sorry! What happened?\n        to: asks', '      - say: Sorry! What happened?\n        to: gone');
  await page.reload();
  await settle(page);
  report(await title(page) === 'Worse' && (await wayOf(page)).length === 1, 'a way that is gone ends at the last scene that is there', await title(page));
  await page.close_();
}

async function withoutScript(report, open) {
  const page = await open(PAGE, { script: false });
  report(await shown(page).count() === 6 && await page.locator('.no-script').isVisible(), 'without script all scenes are there');
  report(await page.locator('.main-button').first().isHidden() && await page.locator('.way').isHidden(), 'and no button that does nothing');
  await page.locator('#scene-arrives a').first().click();
  report(page.url().endsWith('#scene-asks') && await page.locator('#scene-asks').evaluate((one) => one.matches(':target')), 'a choice is a link to its scene');
  await page.close_();
}

async function onPaper(report, open) {
  const page = await open(PAGE);
  await take(page, 'It worked');
  await page.emulateMedia({ media: 'print' });
  report(await shown(page).count() === 6, 'on paper all scenes are there', await shown(page).count());
  const text = await page.locator('.scenario').innerText();
  report(/Scene 1/.test(text) && /It worked this morning\. \(go to 3\)/.test(text), 'with numbers to go to', text);
  report(!/she is wrong/.test(text) && await page.locator('.way').isHidden() && await page.locator('.scene input:visible').count() === 0, 'without feedback, buttons and the way');
  report(await page.locator('.scene').evaluateAll((all) => all.every((one) => getComputedStyle(one).breakInside === 'avoid')), 'no scene is split');
  await page.close_();
  const handout = await open('desk/basics/handout.html');
  const part = await handout.locator('.part-scenario').innerText();
  report(/Thank you/.test(part) && /go to 2/.test(part) && !/Continue/.test(part), 'it is in the handout', part);
  report(await handout.locator('.part-scenario a').first().getAttribute('href').then((href) => handout.locator(href).count()) === 1, 'where its links lead to its own scenes');
  report(await handout.locator('.part-scenario [data-points], .part-scenario .scene-feedback').count() === 0, 'without what the script needs');
  report(handout.trouble.length === 0, 'no trouble in the handout', handout.trouble.join('\n'));
  await handout.close_();
}

async function forFacilitators(report, project) {
  const { open } = project(null, { files: FILES, edition: 'facilitator' });
  const page = await open(PAGE, { width: 360 });
  report(/It tells her that she is wrong/.test(await shown(page).innerText()) && /-1 point/.test(await shown(page).innerText()), 'points and feedback stand below the choices', await shown(page).innerText());
  report(await page.locator('svg.map rect').count() === 6 && await page.locator('svg.map').getAttribute('role') === 'img', 'there is a map of all scenes');
  report(/1, At the desk: leads to 2, 3/.test(await page.locator('#map-words').textContent()), 'the map is there in words', await page.locator('#map-words').textContent());
  report(await page.evaluate(() => document.documentElement.scrollWidth) <= 360, 'a wide map scrolls in its own box');
  const found = await axe(page, 'main');
  report(found.length === 0, 'axe has nothing to say of the map', found.join('\n'));
  await take(page, 'It worked');
  report(await title(page) === 'Worse' && page.trouble.length === 0, 'and it can be played', page.trouble.join('\n'));
  await page.close_();
}

/* Every conversation of the sample site can be played to a good end. */
async function samples(report, open) {
  const ways = {
    'service-desk/practice/the-printer.html': ['Tell me what happened', 'make anyone nervous', 'So the money goes', 'paper comes first'],
    'service-desk/practice/the-guest-who-cannot-log-in.html': ['set it right', 'I see what it is', 'where the slips come from'],
    'passport/working-in-a-team/eleven-past-two.html': ['two minutes with you', 'When you come at ten past', 'find a way', 'ask her together'],
  };
  for (const [name, way] of Object.entries(ways)) {
    const page = await open(name, { scheme: 'dark' });
    for (const text of way) await take(page, text);
    report(/It ends well/.test(await shown(page).innerText()) && /Played/.test(await state(page)), `${name} comes to a good end`, await shown(page).innerText());
    report((await axe(page)).length === 0, `axe has nothing to say of ${name} in the dark`, (await axe(page)).join('\n'));
    await page.close_();
  }
}

module.exports = async function scenario({ report, open: openSample, project }) {
  const { open } = project(null, { files: FILES });
  await byMouse(report, open);
  await points(report, open);
  await byKeys(report, open);
  await byTouch(report, open);
  await kept(report, open);
  await edited(report, project);
  await withoutScript(report, open);
  await onPaper(report, open);
  await forFacilitators(report, project);
  await samples(report, openSample);
};

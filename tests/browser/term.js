/* term: words of the glossary by mouse, by keys, by touch, at 320 px, without script and on paper; and the
 * page from A to Z. */
'use strict';

const axe = require('../axe.js');

const STEPS = 'service-desk/difficult-situations/six-steps.html';
const GLOSSARY = 'service-desk/glossary.html';

const button = (page, text) => page.locator('.term-button').filter({ hasText: text });
const shown = (page) => page.locator('.term-meaning:visible');

async function byMouse(report, open) {
  const page = await open(STEPS);
  const venting = button(page, 'Venting');
  report(await shown(page).count() === 0, 'no meaning is shown at first');
  report(await venting.getAttribute('aria-expanded') === 'false', 'the button says that its box is closed');
  await venting.click();
  report(await shown(page).count() === 1 && /whole story/.test(await shown(page).innerText()), 'a click shows the meaning', await shown(page).allInnerTexts());
  report(await venting.getAttribute('aria-expanded') === 'true', 'the button says that it is open');
  report((await axe(page)).length === 0, 'axe has nothing to say of an open box', (await axe(page)).join('\n'));
  await button(page, 'central theme').click();
  report(await shown(page).count() === 1 && /one reason/.test(await shown(page).innerText()), 'another term closes the first');
  await page.locator('h1').click();
  report(await shown(page).count() === 0, 'a click elsewhere closes it');
  await venting.click();
  await venting.click();
  report(await shown(page).count() === 0, 'a second click closes it');
  await venting.click();
  await page.locator('.term-more:visible').click();
  await page.waitForURL(/glossary\.html#term-venting$/);
  report(await page.locator('#term-venting').isVisible(), 'its link leads to the entry');
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
  await page.close_();
}

async function byKeys(report, open) {
  const page = await open(STEPS);
  await button(page, 'verbal nods').focus();
  await page.keyboard.press('Enter');
  report(/leaves the word/.test(await shown(page).innerText()), 'Enter shows the meaning');
  await page.keyboard.press('Tab');
  report(await page.evaluate(() => document.activeElement.className) === 'term-more', 'Tab comes to the link in the box, which follows the word');
  await page.keyboard.press('Escape');
  report(await shown(page).count() === 0, 'Escape closes it');
  report(/verbal nods/.test(await page.evaluate(() => document.activeElement.textContent)), 'and the focus is back on the word');
  await page.close_();
}

async function onPhones(report, open) {
  const page = await open(STEPS, { width: 320, height: 700, hasTouch: true });
  for (const term of await page.locator('.term-button').all()) {
    await term.tap();
    const { x, width } = await shown(page).boundingBox();
    report(x >= 0 && x + width <= 320, `the box of “${await term.innerText()}” is within 320 px`, `${x} to ${x + width}`);
    await page.keyboard.press('Escape');
  }
  report(await page.evaluate(() => document.documentElement.scrollWidth) <= 320, 'nothing makes the page wider');
  await page.close_();
  const mirrored = await open(STEPS, { width: 320, init: () => addEventListener('DOMContentLoaded', () => { document.documentElement.dir = 'rtl'; }) });
  for (const term of await mirrored.locator('.term-button').all()) {
    await term.click();
    const { x, width } = await shown(mirrored).boundingBox();
    report(x >= 0 && x + width <= 320, 'from right to left, too', `${x} to ${x + width}`);
    await mirrored.keyboard.press('Escape');
  }
  await mirrored.close_();
}

async function withoutScript(report, open) {
  const page = await open(STEPS, { script: false });
  const link = page.locator('.term-link').filter({ hasText: 'Venting' });
  report(await page.locator('.term-meaning:visible').count() === 0, 'without script meanings are out of the way');
  const meaning = page.locator('#' + await link.getAttribute('aria-describedby'));
  report(/whole story/.test(await meaning.textContent()), 'the meaning describes the link');
  await link.click();
  report(/glossary\.html#term-venting$/.test(page.url()), 'the word is a link to its entry', page.url());
  await page.close_();
}

async function onPaper(report, open) {
  const page = await open(STEPS);
  await button(page, 'Venting').click();
  await page.emulateMedia({ media: 'print' });
  const style = await button(page, 'Venting').evaluate((element) => getComputedStyle(element).borderBlockEndWidth);
  report(style === '0px', 'on paper a term is a word like others', style);
  report(await shown(page).count() === 0, 'and no box lies over the text');
  await page.close_();
}

async function fromAToZ(report, open) {
  const page = await open(GLOSSARY);
  const names = await page.locator('.entry dt').allInnerTexts();
  report(names.length === 10 && [...names].sort().join() === names.join(), 'all terms stand there in order', names.join());
  report((await axe(page)).length === 0, 'axe has nothing to say', (await axe(page)).join('\n'));
  await page.locator('.letters a').filter({ hasText: 'V' }).click();
  const box = await page.locator('.letter-name').last().boundingBox();
  report(box.y < 900 && box.y >= 0, 'a letter leads to its terms', JSON.stringify(box));
  for (const link of await page.locator('.letters a').all()) {
    const { width, height } = await link.boundingBox();
    report(width >= 44 && height >= 44, 'letters are large enough for a finger', `${width} × ${height}`);
  }
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
  await page.close_();
}

module.exports = async function term({ report, open }) {
  await byMouse(report, open);
  await byKeys(report, open);
  await onPhones(report, open);
  await withoutScript(report, open);
  await onPaper(report, open);
  await fromAToZ(report, open);
};

/* pages: `lectern serve` in a real Chromium: pages that come anew and lose nothing, style sheets that
 * are exchanged, mistakes shown over the page. */
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { project, write, serve, until, sleep } = require('./running.js');

const ONE = 'content/desk/1-first/1-one.md', SHEET = 'content/desk/1-first/3-sheet.md';
const LONG = Array.from({ length: 60 }, (_, i) => `## Part ${i + 1}\n\nWords of part ${i + 1}, and some more of them.\n`).join('\n');
const SHEET_TEXT = '---\ntype: worksheet\n---\n\n# Sheet\n\nWhat did you see?\n\n____\n____\n\n- [ ] Done\n\n' + LONG;

async function launch() {
  const { chromium } = require('playwright-core');
  const program = [process.env.LECTERN_BROWSER, '/usr/bin/chromium', '/usr/bin/google-chrome'].filter(Boolean).find((name) => fs.existsSync(name));
  if (!program) return null;
  return chromium.launch({ executablePath: program, args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run',
    ...(process.getuid() === 0 ? ['--no-sandbox'] : [])] });
}

/* A window that counts how often the page was loaded, knows whether it hears what is new, and collects
 * what the page's policy refused. */
async function open(browser, server, target, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 }, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.loads = 0;
  page.trouble = [];
  page.on('load', () => { page.loads++; });
  page.hears = false;
  page.on('framenavigated', () => { page.hears = false; });
  page.on('response', (response) => { if (response.url().includes('/.lectern/events')) page.hears = true; });
  page.on('console', (message) => { if (message.type() === 'error' && !/404/.test(message.text())) page.trouble.push(message.text()); });
  page.on('pageerror', (error) => page.trouble.push(error.stack));
  await page.goto(`http://127.0.0.1:${server.port}${target}`);
  await until(() => page.hears);
  return page;
}

const shows = (page, words) => until(() => page.evaluate((text) => document.body.textContent.includes(text), words).catch(() => false));
const panel = (page) => page.locator('lectern-overlay .panel');

async function reloads(report, browser) {
  const folder = project({ [ONE]: `# One\n\n${LONG}`, [SHEET]: SHEET_TEXT });
  const server = await serve(folder);
  const sheet = await open(browser, server, '/desk/first/sheet.html');
  const other = await open(browser, server, '/desk/first/two.html');
  const text = sheet.locator('textarea').first();
  await text.fill('Three people waiting.');
  await sheet.locator('main input[type=checkbox]').first().check();
  await sheet.evaluate(() => document.querySelector('#part-40').scrollIntoView());
  await text.evaluate((field) => { field.focus({ preventScroll: true }); field.setSelectionRange(5, 7); });
  const top = () => sheet.evaluate(() => Math.round(document.querySelector('#part-40').getBoundingClientRect().top));
  const before = await top();
  write(folder, { [SHEET]: SHEET_TEXT.replace('## Part 1\n', '## Part 1\n\nA paragraph that is new.\n\nAnd one more.\n') });
  report(await shows(sheet, 'A paragraph that is new'), 'a page that has changed comes anew', server.out);
  await sleep(300);
  report(Math.abs(await top() - before) <= 2, 'at the same place, though there is more above it', `${before} and ${await top()}`);
  report(await sheet.locator('textarea').first().inputValue() === 'Three people waiting.' && await sheet.locator('main input[type=checkbox]').first().isChecked(),
    'with what was typed and ticked');
  const focus = await sheet.evaluate(() => [document.activeElement.tagName, document.activeElement.selectionStart, document.activeElement.selectionEnd].join(' '));
  report(focus === 'TEXTAREA 5 7', 'and the cursor where it was', focus);
  report(sheet.loads === 2 && other.loads === 1, 'a page that is as it was is not touched', `${sheet.loads} and ${other.loads} loads`);
  await styles(report, folder, sheet);
  write(folder, { 'content/desk/1-first/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><circle r="2"/></svg>\n', [ONE]: '# One\n\n![a dot](dot.svg)\n' });
  const one = await open(browser, server, '/desk/first/one.html');
  await until(() => one.evaluate(() => Boolean(document.querySelector('main img'))).catch(() => false));
  const loads = one.loads;
  write(folder, { 'content/desk/1-first/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 3"><circle r="3"/></svg>\n' });
  report(await until(() => one.loads > loads), 'a picture that has changed is shown');
  fs.rmSync(path.join(folder, ONE));
  report(await shows(one, 'There is no page at this address'), 'a page that goes says so');
  write(folder, { [ONE]: '# One\n\nBack again.\n' });
  report(await shows(one, 'Back again.'), 'and comes back by itself');
  report([sheet, other, one].every((page) => page.trouble.length === 0), 'the policy of the pages allows all of it', [sheet, other, one].flatMap((page) => page.trouble).join('\n'));
  await restart(report, folder, server, one);
}

/* What is chosen in a quiz, with its choices mixed anew for each attempt, and what is unfolded. */
async function quizzes(report, browser) {
  const quiz = (title) => `title: ${title}\nshuffle: both\nquestions:\n  - choose-one: Which?\n    right: This\n    wrong:\n      - That\n      - Another\n`
    + '  - short-answer: What?\n    accept:\n      - it\n';
  const folder = project({ 'content/desk/1-first/3-quiz.yaml': quiz('Quiz'), [ONE]: '# One\n\n:::details[More]\nInside.\n:::\n' });
  const server = await serve(folder);
  const page = await open(browser, server, '/desk/first/quiz.html');
  await page.locator('label').filter({ hasText: 'That' }).click();
  await page.locator('main input[type=text]').first().fill('half an ans');
  write(folder, { 'content/desk/1-first/3-quiz.yaml': quiz('Another title') });
  report(await shows(page, 'Another title'), 'a quiz that has changed comes anew');
  await sleep(300);
  const chosen = await page.evaluate(() => document.querySelector('main input[type=radio]:checked')?.closest('label')?.textContent.trim());
  report(chosen === 'That' && await page.locator('main input[type=text]').first().inputValue() === 'half an ans', 'with what was chosen and typed', chosen);
  const one = await open(browser, server, '/desk/first/one.html');
  await one.locator('main summary').first().click();
  write(folder, { [ONE]: '# One\n\nNew words.\n\n:::details[More]\nInside.\n:::\n' });
  report(await shows(one, 'New words.') && await until(() => one.evaluate(() => document.querySelector('main details').open).catch(() => false)), 'what was unfolded stays so');
  await server.end();
}

/* Only the sheet is new: nothing is loaded but that. */
async function styles(report, folder, page) {
  const loads = page.loads;
  write(folder, { 'themes/default/css/work.css': 'h1 { letter-spacing: 7px; }\n' });
  const spacing = () => page.evaluate(() => getComputedStyle(document.querySelector('h1')).letterSpacing).catch(() => '');
  report(await until(async () => await spacing() === '7px'), 'a style sheet that has changed is exchanged');
  report(page.loads === loads, 'without loading the page', `${loads} and ${page.loads}`);
  fs.writeFileSync(path.join(folder, 'themes/default/css/work.css'), 'h1 { letter-spacing: 9px; }\n');
  report(await until(async () => await spacing() === '9px') && await until(async () => await page.locator('link[rel=stylesheet]').count() === 1) && page.loads === loads,
    'again, and no old sheet is left', `${await page.locator('link[rel=stylesheet]').count()}`);
}

/* Lectern may end and begin again, with changes in between.  It must not end while the page is still
 * being loaded: a page without its scripts cannot ask again. */
async function restart(report, folder, server, page) {
  await until(() => page.hears);
  await server.end();
  write(folder, { [ONE]: '# One\n\nWhile nobody served.\n' });
  const again = await serve(folder, ['--port', String(server.port)]);
  report(again.port === server.port && await shows(page, 'While nobody served.'), 'a page finds Lectern again, and what it has missed', `${server.port} and ${again.port}\n${again.out}`);
  await again.end();
}

async function mistakes(report, browser) {
  const folder = project({ [ONE]: `# One\n\n${LONG}` });
  const server = await serve(folder);
  const page = await open(browser, server, '/desk/first/one.html');
  await page.evaluate(() => scrollTo(0, 500));
  write(folder, { [ONE]: '# One\n\nSee [the next one](2-tow.md).\n\n:::tipp\nx\n:::\n', 'content/desk/1-first/2-two.md': '---\nminutes: many\n---\n\n# Two\n' });
  report(await until(() => panel(page).isVisible()), 'a mistake is shown over the page', server.err);
  const said = await panel(page).innerText();
  report(/3 errors/.test(said) && /1-one\.md:3:\d+/.test(said) && /2-two\.md:2:\d+/.test(said) && /See \[the next one\]\(2-tow\.md\)/.test(said) && /did you mean/.test(said),
    'all at once, each with file, line, excerpt and help', said);
  report(await panel(page).getAttribute('role') === 'alert' && await page.evaluate(() => document.activeElement === document.body), 'announced, and nobody’s focus is taken');
  const marked = await page.locator('lectern-overlay mark').first().innerText();
  report('2-tow.md'.startsWith(marked) || marked === '2', 'what is meant is marked', marked);
  report(page.loads === 1 && await page.evaluate(() => scrollY) === 500, 'the page stays as it was');
  await looks(report, page);
  await page.keyboard.press('Escape');
  report(!await panel(page).isVisible() && await page.locator('lectern-overlay .opener').isVisible(), 'Escape hides it');
  await page.reload();
  await sleep(300);
  report(!await panel(page).isVisible(), 'also on the next page');
  await page.locator('lectern-overlay .opener').press('Enter');
  report(await panel(page).isVisible() && await page.evaluate(() => document.querySelector('lectern-overlay').shadowRoot.activeElement?.textContent === 'Hide (Esc)'), 'a button shows it again');
  write(folder, { 'content/desk/1-first/2-two.md': '# Two\n', [ONE]: `# One\n\nMended.\n\n${LONG}` });
  report(await shows(page, 'Mended.') && !await panel(page).isVisible(), 'it goes when all is mended');
  write(folder, { [ONE]: '---\ntitle: Module 4: One\n---\n\nWords.\n' });
  report(await until(() => page.locator('lectern-overlay .opener').isVisible()) && /1 warning/.test(await page.locator('lectern-overlay .opener').innerText()) && !await panel(page).isVisible(),
    'a warning waits behind a button');
  await page.emulateMedia({ media: 'print' });
  report(!await page.locator('lectern-overlay .opener').isVisible(), 'nothing of it is on paper');
  report(page.trouble.length === 0, 'the policy of the page allows all of it', page.trouble.join('\n'));
  await server.end();
}

/* At 320 px and when zoomed, nothing is cut off; text and ground are far enough apart. */
async function looks(report, page) {
  await page.setViewportSize({ width: 320, height: 500 });
  const box = await panel(page).evaluate((element) => ({ wide: element.scrollWidth <= element.clientWidth + 1, high: element.clientHeight <= innerHeight, tall: element.querySelector('button').offsetHeight }));
  report(box.wide && box.high && box.tall >= 44, 'it fits 320 px', JSON.stringify(box));
  const trouble = page.trouble.length;
  for (const colorScheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme });
    const wrong = await axe(page);
    report(wrong.length === 0, `axe finds nothing in it, ${colorScheme}`, wrong.join('\n'));
  }
  page.trouble.length = trouble;    /* axe writes styles of its own */
  if (process.env.LECTERN_PICTURES) await pictures(page);
  await page.setViewportSize({ width: 1000, height: 700 });
}

async function axe(page) {
  await page.evaluate(fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const result = await page.evaluate(() => window.axe.run({ include: [['lectern-overlay']] }, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
  return [...result.violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.html).join(', ')}`), ...(result.passes.length ? [] : ['nothing was looked at'])];
}

async function pictures(page) {
  const shoot = (name) => page.screenshot({ path: path.join(process.env.LECTERN_PICTURES, `overlay-${name}.png`) });
  await shoot('320');
  await page.setViewportSize({ width: 1000, height: 700 });
  await shoot('light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shoot('dark');
  await page.emulateMedia({ colorScheme: 'light' });
}

/* More windows than a browser has connections: all are shown, all hear of changes. */
async function windows(report, browser) {
  const folder = project();
  const server = await serve(folder);
  const context = await browser.newContext();
  const pages = [];
  for (let i = 0; i < 9; i++) {
    pages.push(await context.newPage());
    await pages[i].goto(`http://127.0.0.1:${server.port}${i % 2 ? '/desk/first/one.html' : '/'}`, { timeout: 10000 }).catch(() => {});
  }
  const titles = await Promise.all(pages.map((page) => page.title()));
  report(titles.every((title) => /^(Small|One)/.test(title)), 'nine windows are all shown', titles.join(', '));
  write(folder, { 'content/index.md': '# Small\n\nAnother word.\n', [ONE]: '# One\n\nAnother word.\n' });
  const told = await Promise.all(pages.map((page) => shows(page, 'Another word.')));
  report(told.every(Boolean), 'and all hear of a change', told.join(' '));
  await context.close();
  await server.end();
}

async function beginning(report, browser) {
  const folder = project({ [ONE]: '# One\n\n[nowhere](x.md)\n' });
  const server = await serve(folder);
  const page = await open(browser, server, '/');
  report(await until(() => panel(page).isVisible()) && (await page.title()) === 'The site is not there yet', 'where the first build fails its mistakes are shown');
  if (process.env.LECTERN_PICTURES) await page.screenshot({ path: path.join(process.env.LECTERN_PICTURES, 'overlay-first.png') });
  write(folder, { [ONE]: '# One\n' });
  report(await until(async () => (await page.title().catch(() => '')) === 'Small') && !await panel(page).isVisible(), 'and the site once they are mended');
  const refused = await open(browser, server, '/desk/first/one.html');
  await refused.addInitScript(() => Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('refused', 'SecurityError'); } }));
  await refused.reload();
  await sleep(200);
  write(folder, { [ONE]: '# One\n\nWithout storage.\n' });
  report(await shows(refused, 'Without storage.'), 'a browser that keeps nothing sees changes all the same', refused.trouble.join('\n'));
  await server.end();
}

module.exports = async function pages(report) {
  const browser = await launch();
  report(Boolean(browser), 'there is a Chromium', 'install the package chromium, or name one in LECTERN_BROWSER');
  if (!browser) return;
  try {
    await reloads(report, browser);
    await quizzes(report, browser);
    await mistakes(report, browser);
    await windows(report, browser);
    await beginning(report, browser);
  } finally {
    await browser.close();
  }
};

/* publish: to a folder, and by a real sshd to a real Apache, whose pages a real browser opens. */
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');
const { servers } = require('./publish/servers.js');

const QUIZ = `title: Quiz
questions:
  - true-false: The desk opens at eight.
    answer: true
    explanation: It does.
`;
const SMALL = {
  'content/site.yaml': 'title: Small\nid: 00112233445566778899aabbccddeeff\n',
  'content/index.md': '# Small\n',
  'content/desk/course.yaml': 'title: Desk\n',
  'content/desk/1-first/1-one.md': '# One\n\nSee [two](2-two.md) and ![a dot](dot.svg).\n',
  'content/desk/1-first/2-two.md': '# Two\n\n## Part\n',
  'content/desk/1-first/3-quiz.yaml': QUIZ,
  'content/desk/1-first/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><circle r="1"/></svg>\n',
};
const ONE = 'content/desk/1-first/1-one.md';

const made = [];

function scratch() {
  made.push(fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-publish-')));
  return made[made.length - 1];
}

function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
}

function project(more = {}) {
  const folder = scratch();
  write(folder, { ...SMALL, ...more });
  return folder;
}

function publish(folder, words, env = {}) {
  const result = spawnSync(path.join(process.env.LECTERN_BUILD, 'lectern'), ['publish', folder, ...words],
    { encoding: 'utf8', timeout: 60000, env: { ...process.env, ...env } });
  return { status: result.status, out: result.stdout, err: result.stderr };
}

const files = (folder) => fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory())
  .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name))).sort();
const same = (left, right) => JSON.stringify(left) === JSON.stringify(right);
const shown = (result) => JSON.stringify(result, null, 1);

function toAFolder(report) {
  const folder = project(), web = path.join(scratch(), 'www');
  const dry = publish(folder, ['--to', web, '--dry-run']);
  report(dry.status === 0 && dry.out.includes('6 pages and 5 other files are copied') && dry.out.includes('Nothing was copied') && !fs.existsSync(web),
    'a dry run says what would happen, and does nothing', shown(dry));
  const first = publish(folder, ['--to', web]);
  report(first.status === 0 && same(files(web), files(path.join(folder, 'site'))), 'a site is copied to a folder', shown(first));
  report((fs.statSync(path.join(web, 'index.html')).mode & 0o777) === 0o644 && (fs.statSync(path.join(web, 'desk')).mode & 0o777) === 0o755,
    'where everybody may read it');
  const again = publish(folder, ['--to', web + '/']);
  report(again.status === 0 && again.out.includes('nothing is different'), 'again nothing is different, with a slash or without', shown(again));
  write(folder, { [ONE]: '# One\n\nOther words.\n', 'content/desk/1-first/4-four.md': '# Four\n', 'content/desk/1-first/3-quiz.yaml': QUIZ.replace('answer: true', 'answer: false') });
  fs.rmSync(path.join(folder, 'content/desk/1-first/2-two.md'));
  const edited = publish(folder, ['--to', web]);
  for (const words of ['1 page is new\n    desk/first/four.html  (Four)', '2 pages were edited\n    desk/first/one.html  (One)', '1 page is removed\n    desk/first/two.html  (Two)',
    '1 page has a quiz that is scored differently now', '    desk/first/quiz.html  (Quiz)', 'more pages are different, but not by an edit of their own', '1 other file is removed',
    '1 address leads nowhere from now on', 'old-addresses: [desk/first/two.html]'])
    report(edited.out.includes(words), `what has changed is said: ${words.split('\n')[0]}`, shown(edited));
  report(edited.status === 0 && same(files(web), files(path.join(folder, 'site'))) && !fs.existsSync(path.join(web, 'desk/1-first/dot.svg')), 'and what is gone is removed', files(web).join('\n'));
  return { folder, web };
}

/* A page that has moved, and what becomes of its address. */
function oldAddresses(report, { folder, web }) {
  fs.renameSync(path.join(folder, 'content/desk/1-first/4-four.md'), path.join(folder, 'content/desk/1-first/4-vier.md'));
  const moved = publish(folder, ['--to', web, '--dry-run']);
  report(moved.out.includes('in desk/1-first/4-vier.md  old-addresses: [desk/first/four.html]'), 'a page of the same title is named as the heir of an old address', shown(moved));
  write(folder, { 'content/desk/1-first/4-vier.md': '---\nold-addresses: [desk/first/four.html]\n---\n\n# Four\n' });
  const kept = publish(folder, ['--to', web]);
  report(kept.status === 0 && !kept.out.includes('nowhere') && fs.readFileSync(path.join(web, 'desk/first/four.html'), 'utf8').includes('url=vier.html'), 'with `old-addresses` it leads on', shown(kept));
}

/* What others have put there, in folders of the site, in folders that go, and in its place. */
function filesOfOthers(report) {
  const folder = project({ 'content/old/course.yaml': 'title: Old\n', 'content/old/1-part/1-page.md': '# Page\n' }), web = scratch();
  write(web, { 'secret/plan.txt': 'mine', 'desk/first/mine.txt': 'mine', '.htpasswd': 'mine' });
  publish(folder, ['--to', web]);
  write(web, { 'old/part/mine.txt': 'mine' });
  fs.rmSync(path.join(folder, 'content/old'), { recursive: true });
  write(folder, { 'site/desk/.DS_Store': 'x', 'site/a b[1]*.txt': 'x', 'site/stray/x.html': 'x' });
  fs.symlinkSync('/etc/passwd', path.join(folder, 'site/link.html'));
  const result = publish(folder, ['--to', web]);
  const there = files(web);
  report(result.status === 0 && ['secret/plan.txt', 'desk/first/mine.txt', '.htpasswd', 'old/part/mine.txt'].every((name) => there.includes(name)), 'files of others stay', shown([result, there]));
  report(!there.includes('old/part/page.html') && !there.includes('old/index.html'), 'also where all of Lectern’s goes', there.join('\n'));
  report(!there.some((name) => /DS_Store|a b|stray|link/.test(name)), 'and what is not Lectern’s in site/ is not copied', there.join('\n'));
  report(result.err.includes("site/desk/.DS_Store' is not Lectern's"), 'which is said', result.err);
}

/* A copy that breaks off half way is finished, and nothing of it is forgotten. */
function brokenOff(report) {
  const folder = project(), web = scratch(), programs = scratch();
  const real = spawnSync('sh', ['-c', 'command -v rsync'], { encoding: 'utf8' }).stdout.trim();
  write(programs, { rsync: `#!/bin/sh\n${real} "$@"\nexit 30\n` });
  fs.chmodSync(path.join(programs, 'rsync'), 0o755);
  const broken = publish(folder, ['--to', web], { PATH: `${programs}:${process.env.PATH}` });
  report(broken.status === 1 && broken.err.includes('rsync ended with status 30: the other side did not answer in time') && !broken.out.includes('Published'),
    'a copy that broke off is no success', shown(broken));
  fs.rmSync(path.join(folder, 'content/desk/1-first/3-quiz.yaml'));
  const next = publish(folder, ['--to', web]);
  report(next.status === 0 && !fs.existsSync(path.join(web, 'desk/first/quiz.html')) && same(files(web), files(path.join(folder, 'site'))),
    'what it had put there and is no more is removed by the next', shown([next, files(web)]));
}

/* A list that somebody has tampered with removes nothing. */
function tamperedList(report) {
  const folder = project(), web = path.join(scratch(), 'www');
  publish(folder, ['--to', web]);
  write(path.dirname(web), { 'above.html': 'mine' });
  const memory = path.join(folder, '.lectern'), list = path.join(memory, fs.readdirSync(memory).find((name) => /^published-.*\.list$/.test(name)));
  fs.appendFileSync(list, 'f 0123456789abcdef - - ../above.html \n');
  const result = publish(folder, ['--to', web]);
  report(result.status === 0 && fs.existsSync(path.join(web, '../above.html')) && result.out.includes('Nothing was published from here'), 'a list with a way out of the folder counts as none', shown(result));
}

function refusals(report) {
  const folder = project(), web = path.join(scratch(), 'www');
  const refused = (words, status, what, name, env) => {
    const result = publish(folder, words, env);
    report(result.status === status && result.err.includes(what) && !fs.existsSync(web), name, shown(result));
  };
  refused(['--to', web, '--edition', 'facilitator'], 2, 'it has the answers', 'the facilitators’ edition is refused');
  refused(['--to', web, '--drafts'], 2, 'drafts are not published', 'drafts are refused');
  refused([], 2, 'nobody has said where to', 'a place is needed');
  refused(['--to', '-oProxyCommand=touch /tmp/x:www'], 2, 'cannot begin with `-`', 'no place begins with a hyphen');
  refused(['--to', 'desk@-oProxyCommand=x:www'], 2, 'no host that ssh could reach', 'nor does a host');
  refused(['--to', 'desk@www.example.edu:'], 2, 'names a host and no folder', 'a home folder as such is refused');
  refused(['--to', 'desk@www.example.edu:../other'], 2, '`..`', 'and what is above it');
  refused(['--to', 'rsync://www.example.edu/x'], 2, 'over ssh or to a folder', 'other ways than ssh are refused');
  refused(['--to', 'www.example.edu::x'], 2, 'over ssh or to a folder', 'rsync’s own protocol, too');
  refused(['--to', os.homedir()], 1, 'it is your home folder', 'the own home folder is refused');
  refused(['--to', folder], 1, 'it holds the content', 'the project’s folder is refused');
  refused(['--to', path.join(folder, 'site/copy')], 1, 'it holds the site', 'and the site itself');
  refused(['--to', path.join(web, 'deeper/still')], 1, 'the folder that it should be in is not there', 'a disk that is not connected is noticed');
  refused(['--to', web], 1, 'apt install rsync', 'without rsync it says what to install', { PATH: '/nowhere' });
  write(folder, { [ONE]: '# One\n\n<script>alert(1)</script>\n' });
  refused(['--to', web], 1, 'nothing was published, as warnings count here', 'warnings stop it');
  write(folder, { [ONE]: '# One\n\n[nowhere](nowhere.md)\n' });
  refused(['--to', web], 1, 'nothing was published', 'errors stop it');
}

/* `site/` once held the facilitators' edition: nothing of it may go out. */
function facilitatorsSite(report) {
  const settings = `${SMALL['content/site.yaml']}url: https://www.example.edu/~desk/\nhtaccess: true\n`;
  const folder = project({ 'content/site.yaml': settings, [ONE]: '# One\n\n:::facilitator\nThe secret of the desk.\n:::\n' }), web = path.join(scratch(), 'www');
  const build = (words) => spawnSync(path.join(process.env.LECTERN_BUILD, 'lectern'), ['build', folder, ...words], { encoding: 'utf8' });
  build(['--edition', 'facilitator', '--out', path.join(folder, 'site')]);
  const refused = publish(folder, ['--to', web]);
  report(refused.status === 1 && refused.err.includes('Lectern does not know which of them it wrote') && !fs.existsSync(web), 'a site/ with the facilitators’ edition is refused', shown(refused));
  build(['--clean']);
  publish(folder, ['--to', web]);
  build(['--edition', 'facilitator']);
  report(!['sitemap.xml', '404.html', '.htaccess'].some((name) => fs.existsSync(path.join(folder, 'site-facilitator', name))) &&
    !/canonical|og:title/.test(fs.readFileSync(path.join(folder, 'site-facilitator/index.html'), 'utf8')), 'the facilitators’ site tells nobody where it is');
  report(fs.existsSync(path.join(web, 'index.html')) && !files(web).some((name) => fs.readFileSync(path.join(web, name), 'utf8').includes('secret of the desk')) &&
    same(files(web), files(web).filter((name) => !/agenda|results/.test(name))), 'and built anew nothing of it goes out', files(web).join('\n'));
}

const get = (port, target) => new Promise((resolve, reject) => {
  http.get({ host: '127.0.0.1', port, path: target, agent: false }, (response) => {
    let body = '';
    response.setEncoding('utf8').on('data', (part) => { body += part; }).on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
  }).on('error', reject);
});

async function headers(report, web) {
  const base = '/~desk/training/';
  const front = await get(web.port, base), page = await get(web.port, base + 'desk/first/one.html');
  report(front.status === 200 && front.headers['cache-control'] === 'no-cache' && front.headers['x-content-type-options'] === 'nosniff' &&
    front.headers['content-type'] === 'text/html; charset=utf-8', 'Apache takes .htaccess: pages are asked for anew, with their characters', shown([front.status, front.headers, web.log()]));
  const sheet = page.body.match(/href="([^"]*lectern\.css\?v=[^"]*)"/)[1];
  const style = await get(web.port, new URL(sheet, `http://x${base}desk/first/one.html`).href.slice('http://x'.length));
  report(style.status === 200 && style.headers['cache-control'] === 'public, max-age=31536000, immutable', 'the style sheet is kept', shown([style.status, style.headers]));
  const picture = await get(web.port, base + 'desk/1-first/dot.svg');
  report(picture.status === 200 && picture.headers['content-type'].startsWith('image/svg+xml') && !picture.headers['cache-control'], 'a picture has its type', shown(picture));
  const list = await get(web.port, base + 'desk/1-first/');
  report(!list.body.includes('dot.svg'), 'a folder does not list its files', list.body);
  const bare = await get(web.bare, base), gone = await get(web.bare, base + 'a/b');
  report(bare.status === 200 && gone.status === 404 && gone.body.includes('There is no page at this address'), 'an Apache with few modules takes .htaccess, too', shown([bare.status, gone]));
  const map = await get(web.port, base + 'sitemap.xml');
  report(map.body.includes(`<loc>http://127.0.0.1:${web.port}/~desk/training/desk/first/one.html</loc>`), 'the sitemap is there', map.body);
}

async function inABrowser(report, web) {
  const { chromium } = require('playwright-core');
  const program = [process.env.LECTERN_BROWSER, '/usr/bin/chromium', '/usr/bin/google-chrome'].filter(Boolean).find((name) => fs.existsSync(name));
  const browser = await chromium.launch({ executablePath: program, args: process.getuid() === 0 ? ['--no-sandbox'] : [] });
  try {
    await pages(report, web, await browser.newPage());
  } finally {
    await browser.close();
  }
}

async function axe(page) {
  await page.evaluate(fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const result = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return result.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' ')}`).join('\n');
}

async function pages(report, web, page) {
  page.setDefaultTimeout(15000);
  const top = `http://127.0.0.1:${web.port}/~desk/training/`, trouble = [], failed = [];
  page.on('console', (message) => { if (message.type() === 'error') trouble.push(message.text()); });
  page.on('response', (response) => { if (response.status() >= 400) failed.push(response.url()); });
  await page.goto(top);
  await page.locator('main a', { hasText: 'Desk' }).first().click();
  await page.goto(top + 'desk/first/one.html');
  await page.locator('main a', { hasText: 'two' }).first().click();
  report(page.url() === top + 'desk/first/two.html' && await page.locator('h1').textContent() === 'Two', 'links lead on', page.url());
  report(await page.locator('link[rel=canonical]').getAttribute('href') === page.url(), 'a page knows where it is', await page.content());
  await page.goto(top + 'desk/first/quiz.html');
  await page.locator('main label', { has: page.locator('input[type=radio]') }).first().click();
  const before = await page.locator('main').innerText();
  await page.getByRole('button', { name: 'Check', exact: true }).first().click();
  await page.getByText('It does.').first().waitFor();
  report(!/\bRight\b/.test(before) && /\bRight\b/.test(await page.locator('main').innerText()), 'a quiz works', await page.locator('main').innerText());
  await page.goto(top + 'desk/first/zwei.html');
  await page.waitForURL(top + 'desk/first/two.html');
  report(true, 'an old address leads on');
  report(trouble.length === 0 && failed.length === 0, 'nothing is missing or refused', [...trouble, ...failed].join('\n'));
  for (const deep of ['nothing.html', 'desk/first/nothing.html', 'a/b/c/d/nothing']) {
    const response = await page.goto(top + deep);
    const ink = await page.locator('.site-header').evaluate((header) => getComputedStyle(header).display);
    const link = await page.locator('main ul a').first();
    report(response.status() === 404 && await page.locator('h1').textContent() === 'There is no page at this address' && ink === 'flex', `404 at ${deep}, in its clothes`, ink);
    if (deep === 'nothing.html') report(await axe(page) === '', 'which axe finds nothing wrong with', await axe(page));
    await link.click();
    report(page.url() === top + 'index.html' && await page.locator('h1').textContent() === 'Small', `and a way on from ${deep}`, page.url());
  }
  report(failed.every((url) => /nothing/.test(url)), 'with all that it needs', failed.join('\n'));
}

async function toAUniversity(report) {
  const missing = ['/usr/sbin/sshd', '/usr/sbin/apache2', '/usr/bin/rsync'].filter((name) => !fs.existsSync(name));
  if (missing.length) return report(false, 'sshd, Apache and rsync are there: `make deps-test`', missing.join('\n'));
  const web = await servers();
  try {
    const url = `http://127.0.0.1:${web.port}/~desk/training/`;
    const folder = project({
      'content/site.yaml': `${SMALL['content/site.yaml']}url: ${url}\nhtaccess: true\npublish:\n  to: ${web.to}/\n`,
      'content/desk/1-first/2-two.md': '---\nold-addresses: [desk/first/zwei]\n---\n\n# Two\n\n## Part\n',
    });
    const first = publish(folder, [], { RSYNC_RSH: web.rsh });
    report(first.status === 0 && first.out.includes(`It is read at ${url}`) && first.out.includes('If a .htaccess stands there already, it is replaced'), 'a site is copied by ssh to where site.yaml says', shown(first));
    report(same(files(path.join(web.public, 'training')), files(path.join(folder, 'site'))), 'all of it', files(web.home).join('\n'));
    await headers(report, web);
    await inABrowser(report, web);
    write(path.join(web.public, 'training'), { 'desk/first/mine.txt': 'mine' });
    fs.rmSync(path.join(folder, 'content/desk/1-first/3-quiz.yaml'));
    const next = publish(folder, ['--to', web.to.replace(':', ':~/')], { RSYNC_RSH: web.rsh });
    const there = files(path.join(web.public, 'training'));
    report(next.status === 0 && next.out.includes('1 page is removed') && !next.out.includes('.htaccess') && !there.includes('desk/first/quiz.html') && there.includes('desk/first/mine.txt'),
      'there, too, only what was Lectern’s is removed', shown([next, there]));
    const stranger = publish(folder, [], { RSYNC_RSH: `${web.rsh} -o IdentityFile=/nowhere`.replace(/-i \S+/, '') });
    report(stranger.status === 1 && stranger.err.includes('ssh could not reach the other side, or was not let in'), 'who is not let in is told', shown(stranger));
  } finally {
    await web.end();
  }
}

module.exports = async function run(report) {
  try {
    const site = toAFolder(report);
    oldAddresses(report, site);
    filesOfOthers(report);
    brokenOff(report);
    tamperedList(report);
    refusals(report);
    facilitatorsSite(report);
    await toAUniversity(report);
  } finally {
    for (const folder of made) fs.rmSync(folder, { recursive: true, force: true });
  }
};

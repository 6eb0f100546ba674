/* make-gallery: makes the pictures in docs/pictures/questions/, one of each example in the gallery.
 *   make && node tests/make-gallery.js
 * Each example becomes a quiz of its own; its picture shows the question before it is answered. */
'use strict';

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { chromium } = require('playwright-core');

process.chdir(path.join(__dirname, '..'));
const lectern = path.resolve(process.env.LECTERN_BUILD || 'build', 'lectern');
const GALLERY = 'docs/reference/question-gallery.md';
const PICTURES = 'docs/pictures/questions';
const WIDTH = 720;
const MOST_BYTES = 40 * 1024;

/* The examples of the gallery, each { type, yaml }. */
function examples() {
  const marked = /^<!-- example: question -->\n```yaml\n([\s\S]*?)^```$/gm;
  return [...fs.readFileSync(GALLERY, 'utf8').matchAll(marked)]
    .map(([, yaml]) => ({ type: /^- ([\w-]+):/.exec(yaml)[1], yaml }));
}

function build(folder, questions) {
  fs.mkdirSync(path.join(folder, 'content'));
  fs.writeFileSync(path.join(folder, 'content/site.yaml'), 'title: Gallery\n');
  for (const { type, yaml } of questions) {
    const indented = yaml.replace(/^(?=.)/gm, '  ');
    fs.writeFileSync(path.join(folder, `content/${type}.yaml`), `title: Gallery\nquestions:\n${indented}`);
  }
  execFileSync(lectern, ['build', folder], { stdio: 'inherit' });
}

async function picture(page, folder, type) {
  await page.goto(pathToFileURL(path.join(folder, `site/${type}.html`)).href);
  const file = `${PICTURES}/${type}.png`;
  await page.locator('[data-unit]').screenshot({ path: file, animations: 'disabled' });
  const { size } = fs.statSync(file);
  console.log(`${type}.png: ${size} bytes${size > MOST_BYTES ? ', which is much' : ''}`);
}

async function main() {
  const questions = examples();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-gallery-'));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: process.getuid() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    build(folder, questions);
    fs.mkdirSync(PICTURES, { recursive: true });
    const page = await browser.newPage({ viewport: { width: WIDTH, height: 900 }, reducedMotion: 'reduce', colorScheme: 'light' });
    for (const { type } of questions) await picture(page, folder, type);
  } finally {
    await browser.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

main();

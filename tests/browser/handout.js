/* handout: the sheets of a module on paper: each begins on a new leaf, on Letter and A4, with and without
 * scripts, with and without keys, and on the next page where that is not wanted. */
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { spawnSync } = require('node:child_process');

/* A sheet that has so many pages on both papers: two questions fit on one. */
const questions = (count) => Array.from({ length: count }, (_, i) => `Question ${i + 1}, in a few words.\n\n::write[Answer ${i + 1}]{lines=12}\n`).join('\n');
const sheet = (name, count) => `---\ntype: worksheet\ntitle: Sheet ${name}\n---\n\n${questions(count)}\nThe end of ${name}.\n`;
const FILES = {
  'content/site.yaml': 'title: Site\nid: 5e\n',
  'content/index.md': '# Home\n',
  'content/desk/course.yaml': 'title: Desk\n',
  'content/desk/1-first/index.md': '# First\n',
  'content/desk/1-first/1-one.md': sheet('one', 1),
  'content/desk/1-first/2-two.md': sheet('two', 3),
  'content/desk/1-first/3-three.md': sheet('three', 5),
  'content/desk/1-first/4-broken.md': '---\ntype: worksheet\ntitle: Sheet broken\n---\n\nHere ____.\n\n::page-break\n\nThere ____.\n\n::page-break\n\nThe end of broken.\n',
  'content/desk/1-first/5-quiz.yaml': 'title: Sheet quiz\nquestions:\n  - true-false: It rains.\n    answer: true\n    explanation: Look out.\n  - essay: Why?\n    lines: 30\n    model-answer: |\n      The end of quiz.\n',
  'content/desk/1-first/6-last.md': sheet('last', 1),
};
const NAMES = ['one', 'two', 'three', 'broken', 'quiz', 'last'];
const HANDOUT = 'desk/first/handout.html';

/* The text of each page, without its margins. */
async function pagesOf(page, options) {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-paper-')), 'handout.pdf');
  await page.pdf({ path: file, printBackground: true, ...options });
  const text = spawnSync('pdftotext', [file, '-'], { encoding: 'utf8' }).stdout;
  return text.split('\f').slice(0, -1).map((words) => words.replace(/^.*Handout: First.*$|^Facilitator’s edition.*$|^\d+ \/ \d+$/gm, '').trim());
}

const placesOf = (pages) => NAMES.map((name) => 1 + pages.findIndex((words) => words.includes(`Sheet ${name}`)));

async function onLeaves({ report, page, what, options }) {
  const pages = await pagesOf(page, options);
  const places = placesOf(pages);
  report(places[0] === 1 && places.every((place, i) => place % 2 === 1 && place > (places[i - 1] ?? 0)), `${what}: each sheet begins on a new leaf`, places.join(' '));
  const filled = places.map((place, i) => pages.slice(place - 1, (places[i + 1] ?? pages.length + 1) - 1).filter(Boolean).length);
  const isLeft = pages.every((words, i) => words || (i % 2 === 1 && i + 1 < pages.length));
  report(isLeft && pages.length === places.at(-1), `${what}: only backs are left empty, and none at the end`, pages.map((words) => words.length).join(' '));
  return filled;
}

module.exports = async function handout({ report, project }) {
  const learner = project(null, { files: FILES });
  const facilitator = project(null, { files: FILES, edition: 'facilitator' });
  for (const [whose, made] of [['the learner’s', learner], ['the facilitator’s', facilitator]]) {
    for (const format of ['Letter', 'A4']) {
      const page = await made.open(HANDOUT, { init: () => { window.print = () => { window.isPrinted = true; }; } });
      await page.locator('[data-print]').click();
      report(await page.evaluate(() => window.isPrinted), 'the button prints');
      const filled = await onLeaves({ report, page, what: `${whose}, ${format}`, options: { format } });
      report(filled.slice(0, 4).join(' ') === '1 2 3 3' && filled[5] === 1, 'sheets of one, two and three pages', filled.join(' '));
      if (format === 'A4') await onLeaves({ report, page, what: `${whose}, across, at 70 %`, options: { format, landscape: true, scale: 0.7 } });
      report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
      await page.close_();
    }
  }
  await without({ report, learner });
};

async function without({ report, learner }) {
  const plain = await learner.open(HANDOUT, { script: false });
  await onLeaves({ report, page: plain, what: 'without scripts', options: { format: 'Letter' } });
  await plain.close_();
  const page = await learner.open(HANDOUT, { width: 320 });
  const box = page.getByRole('checkbox', { name: 'Each sheet begins on a new leaf' });
  report(await box.isChecked() && !await page.locator('.no-new-leaf').isVisible(), 'a ticked box says so');
  await box.focus();
  await page.keyboard.press('Space');
  const pages = await pagesOf(page, { format: 'Letter' });
  report(placesOf(pages).slice(0, 5).join(' ') === '1 2 4 7 10' && pages.every(Boolean), 'without its tick each begins on the next page', placesOf(pages).join(' '));
  await page.close_();
}

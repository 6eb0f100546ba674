/* plugins: a page type with a script of its own is a page like others: what it keeps, when it is done, what is
 * left, paper, and the facilitator's edition.  The plugin is the one that docs/reference/progress.md shows. */
'use strict';

const fs = require('node:fs');
const settle = require('../settle');

/* The files that a page of docs shows, by their names. */
function shownIn(page) {
  const text = fs.readFileSync(page, 'utf8');
  const marks = [...text.matchAll(/<!-- example: file (\S+) -->\n```\w*\n([^]*?)```/g)];
  return Object.fromEntries(marks.map(([, name, content]) => [name, content]));
}

const FILES = {
  'content/site.yaml': 'title: Site\nid: site\n',
  'content/index.md': '# Site\n\nWords.\n',
  'content/example/course.yaml': 'title: Example\nid: example\nrequires: reading\n',
  'content/example/index.md': '# Example\n\nWords.\n',
  'content/example/1-basics/index.md': '# Basics\n\nWords.\n',
  'content/example/1-basics/99-quiz.yaml': 'title: Quiz\nquestions:\n  - true-false: Yes.\n    answer: true\n    explanation: So.\n',
  ...shownIn('docs/reference/progress.md'),
};
const PAGE = 'example/basics/rounds.html';
const state = (page) => page.locator('.page-state .state').innerText();

module.exports = async function plugins({ report, project }) {
  const { open } = project(null, { files: FILES });
  const page = await open(PAGE);
  report(/Not finished/.test(await state(page)), 'it says that it is not done', await state(page));
  report(await page.locator('#mark-page').count() === 0, 'nothing but its script can mark it as done');
  await page.locator('.rounds input').first().check();
  report(/Not finished/.test(await state(page)), 'one of two is not all', await state(page));
  await page.reload();
  await settle(page);
  report(await page.locator('.rounds input').first().isChecked(), 'what was ticked is kept');
  const quiz = await open('example/basics/quiz.html', { context: page.context() });
  report(await quiz.locator('main').getByRole('link', { name: 'The evening round' }).count() > 0, 'a quiz waits for it like for any other page', await quiz.locator('main').innerText());
  await page.locator('.rounds input').last().check();
  report(/^Finished/.test(await state(page)), 'all of them are the page done', await state(page));
  const entry = page.locator('.course-list [aria-current="page"]');
  report(await entry.getAttribute('data-state') === 'done', 'and the course list says so');
  await page.emulateMedia({ media: 'print' });
  report(await page.locator('.rounds input').first().isVisible(), 'it is there on paper');
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
  await page.close_();
  const handout = await open('example/basics/handout.html');
  report(await handout.locator('.rounds input').count() === 2, 'and in the handout');
  await handout.close_();
};

/* languages: pages in several languages on one site; the script says on each what its language says. */
'use strict';

const settle = require('../settle');

const FILES = {
  'content/site.yaml': 'title: Site\nid: 1a49\nlanguage: en\n',
  'content/index.md': '# Site\n',
  'themes/default/words/nl.yaml': 'js-none: niet begonnen\njs-your-answer: Jouw antwoord </script>\njs-points:\n  one: "{right} van {count} punt"\n  other: "{right} van {count} punten"\n',
  'content/desk/course.yaml': 'title: Desk\nid: desk\n',
  'content/desk/1-first/index.md': '# First\n',
  'content/desk/1-first/1-read.md': '# To read\n\nShort.\n',
  'content/desk/1-first/2-ask.yaml': 'title: Ask\nquestions:\n  - choose-one: What first?\n    id: first\n    right: Listen\n    wrong: Talk\n',
  'content/balie/course.yaml': 'title: Balie\nid: balie\n',
  'content/balie/1-eerst/index.md': '---\ntitle: Eerst\nlanguage: nl\n---\n',
  'content/balie/1-eerst/1-lees.md': '---\ntitle: Lees\nlanguage: nl\n---\n\nKort.\n',
  'content/balie/1-eerst/2-vraag.yaml': 'title: Vraag\nlanguage: nl\nquestions:\n  - choose-one: Wat eerst?\n    id: eerst\n    right: Luisteren\n    wrong: Praten\n',
};

const PAGES = {
  en: { read: 'desk/first/read.html', quiz: 'desk/first/ask.html', script: 'lectern.js', answer: 'Talk', none: 'not started', own: 'Your answer, not right', points: '0 of 1 point' },
  nl: { read: 'balie/eerst/lees.html', quiz: 'balie/eerst/vraag.html', script: 'lectern.nl.js', answer: 'Praten', none: 'niet begonnen', own: 'Jouw antwoord </script>', points: '0 van 1 punt' },
};

async function speaks({ report, made }, language, wanted) {
  const lesson = await made.open(wanted.read);
  const state = await lesson.locator('.course-list [data-page]').last().locator('.state-word').textContent();
  report(state.includes(wanted.none), `${language}: the list of the course says what has not been begun`, state);
  await lesson.close_();
  const quiz = await made.open(wanted.quiz);
  await quiz.locator('.choice label').filter({ hasText: wanted.answer }).click();
  await quiz.locator('.quiz form [type=submit]').first().click();
  await settle(quiz);
  const verdict = await quiz.locator('.choice .verdict, [data-verdict=wrong] .verdict').first().textContent();
  report(verdict === wanted.own, `${language}: an answer is judged in the words of the page`, verdict);
  report((await quiz.locator('main').innerText()).includes(wanted.points), `${language}: with the forms of its language`, await quiz.locator('main').innerText());
  const source = await quiz.evaluate(() => document.querySelector('script[src]').getAttribute('src').replace(/\?.*/, ''));
  report(source === `../../${wanted.script}`, `${language}: out of its script`, source);
  report((await quiz.evaluate(() => window.policyViolations)).length === 0 && quiz.trouble.length === 0, `${language}: without trouble`, quiz.trouble.join('\n'));
  await quiz.close_();
}

module.exports = async function languages({ report, project }) {
  const made = project(null, { files: FILES });
  for (const [language, wanted] of Object.entries(PAGES)) await speaks({ report, made }, language, wanted);
};

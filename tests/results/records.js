/* records: a project with a quiz, and records of people who answered it, for the tests of the results page.
 * What somebody answers is told by a list of marks: 1 right, 0 wrong, null nothing, 0.5 half of it right. */
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const SITE_ID = '00112233445566778899aabbccddeeff';
const QUIZ = 'desk/first/check.html';
const LESSON = 'desk/first/reading.html';

const FILES = {
  'content/site.yaml': `title: Help desk\nid: ${SITE_ID}\n`,
  'content/desk/course.yaml': 'title: The desk\nid: desk-course\n',
  'content/desk/1-first/1-reading.md': '# Reading\n\nRead this.\n',
  'content/desk/1-first/2-check.yaml': `title: What do you know?
pass: 60%
questions:
  - choose-one: Where is the desk?
    right: At the door
    wrong:
      - On the roof
      - In the cellar
      - At home
  - choose-all: Who may use it?
    right:
      - Students
      - Guests
    wrong:
      - Cats
      - Nobody
    partial: true
    points: 2
  - true-false: It opens at eight.
    answer: true
  - numeric: How many chairs are there?
    answer: 25
  - short-answer: What is it called?
    accept:
      - help desk
      - service point
  - matching: What goes where?
    pairs:
      - Books => shelf
      - Cups => kitchen
`,
};

/* The quiz as a page of a built site holds it: { edition, questions: [{ id, type, points, key }] }. */
function quizOf(site, page = QUIZ) {
  const html = fs.readFileSync(path.join(site, page), 'utf8');
  const data = JSON.parse(/class="quiz-data">([^<]*)/.exec(html)[1]);
  const ids = (one, kind) => [...one.matchAll(new RegExp(`data-${kind}="([0-9a-f]+)"`, 'g'))].map(([, id]) => id);
  const questions = data.questions.map((one) => {
    const from = html.indexOf(`data-question="${one.id}"`);
    const to = html.indexOf('class="question"', from);
    const part = html.slice(from, to < 0 ? undefined : to);
    const { key } = JSON.parse(Buffer.from(one.key, 'base64').toString());
    return { id: one.id, type: one.type, points: one.points, key, choices: ids(part, 'choice') };
  });
  return { edition: data.edition, questions };
}

/* An answer that is worth `mark` of a question. */
function answerOf({ type, key, choices }, mark) {
  if (mark === null) return null;
  const wrong = choices.filter((id) => !key.right?.includes(id));
  const answers = {
    'choose-one': () => [mark ? key.right[0] : wrong[0]],
    'choose-all': () => (mark === 1 ? key.right : mark ? [key.right[0]] : [wrong[0]]),
    'true-false': () => [mark ? key.right : key.right === 'true' ? 'false' : 'true'],
    numeric: () => (mark ? key.value : '7'),
    'short-answer': () => (mark ? 'Help Desk.' : 'library'),
    matching: () => {
      const [[one, right], [other, left]] = Object.entries(key.right);
      return mark ? key.right : { [one]: left, [other]: right };
    },
  };
  return answers[type]();
}

/* An attempt with these marks; `claim` is what it says of itself: { right, of, percent }. */
function attemptOf(quiz, marks, { number = 1, claim, first, edition = quiz.edition, ended = true } = {}) {
  const time = (minute) => `2026-11-0${number}T10:${String(minute).padStart(2, '0')}:00.000Z`;
  const answers = Object.fromEntries(quiz.questions.map((question, i) => {
    const last = answerOf(question, marks[i]);
    return [question.id, first ? [answerOf(question, first[i]), last] : [last]];
  }));
  return { edition, started: time(0), ...(ended && { ended: time(9) }), questions: quiz.questions.map(({ id }) => id), answers, ...claim };
}

/* The data of a record. */
function recordOf(name, attempts, { saved = '2026-11-20T12:00:00.000Z', isRead = true, more = {}, pages = {}, header = {} } = {}) {
  const claimed = attempts.some(({ percent }) => percent >= 60);
  return {
    lectern: 2, kind: 'record', site: SITE_ID, course: 'desk-course', courseTitle: 'The desk', language: 'en', saved, name,
    header: { texts: { Name: name, ...header } },
    pages: {
      ...(isRead && { [LESSON]: { title: 'Reading', state: 'done', on: saved } }),
      ...(attempts.length && { [QUIZ]: { title: 'What do you know?', state: claimed ? 'done' : 'half', attempts } }),
      ...pages,
    },
    ...more,
  };
}

/* The page that such a record is. */
const htmlOf = (data) => `<!DOCTYPE html><html lang="en"><head><title>Record</title></head><body><main><h1>Record</h1></main>
<script type="application/json" id="lectern-record">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script></body></html>`;

module.exports = { FILES, SITE_ID, QUIZ, LESSON, quizOf, answerOf, attemptOf, recordOf, htmlOf };

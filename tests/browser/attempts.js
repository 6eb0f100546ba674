/* attempts: what is kept of a round when the author edits the quiz in the middle of it,
 * and when only some of what was wrong is answered again. */
'use strict';

const settle = require('../settle');

const FILES = {
  'content/site.yaml': 'title: Site\nid: a77e\n',
  'content/index.md': '# Home\n',
  'content/desk/course.yaml': 'title: Desk\nid: desk\n',
  'content/desk/quiz.yaml': `title: A quiz
counts: true
questions:
  - true-false: One comes first.
    id: one
    answer: true
  - true-false: Two comes secnd.
    answer: true
  - true-false: Three comes last.
    id: three
    answer: true
`,
};

async function answer(page, place, text = 'True') {
  const form = page.locator('.quiz form').nth(place);
  await form.locator('.choice label').filter({ hasText: text }).click();
  await form.locator('[type=submit]').click();
  await settle(page);
}
const attempts = (page) => page.evaluate(() => lectern.store.read(lectern.page.page).attempts);
const data = (page) => page.evaluate(() => JSON.parse(document.querySelector('.quiz-data').textContent));

module.exports = async function attempts_({ report, project }) {
  const made = project(null, { files: FILES });
  const page = await made.open('desk/quiz.html');
  const before = await data(page);
  await answer(page, 0);
  await answer(page, 1);
  made.edit('content/desk/quiz.yaml', 'secnd', 'second');
  await page.reload();
  await settle(page);
  const after = await data(page);
  report(after.edition !== before.edition && await page.locator('.quiz form').nth(1).locator('input:checked').count() === 0, 'a question that was reworded is asked again');
  await answer(page, 1);
  await answer(page, 2);
  const [attempt, ...more] = await attempts(page);
  const ids = after.questions.map(({ id }) => id);
  report(more.length === 0 && attempt.edition === after.edition && attempt.questions.join() === ids.join(), 'the attempt is of the quiz as it was finished', JSON.stringify(attempt));
  report(attempt.right === 3 && attempt.of === 3 && attempt.ended && ids.every((id) => attempt.answers[id]?.length === 1), 'with an answer to each of its questions', JSON.stringify(attempt));

  made.edit('content/desk/quiz.yaml', '  - true-false: Three', '  - true-false: Four is new.\n    id: four\n    answer: true\n  - true-false: Three');
  await page.reload();
  await settle(page);
  report(await page.locator('.score').isHidden() && (await page.evaluate(() => lectern.progress.stateOf(lectern.page.page))) === 'done', 'a question that is new is open, and what was done stays done');
  await answer(page, 2);
  const [longer, ...others] = await attempts(page);
  report(others.length === 0 && longer.questions.length === 4 && longer.right === 4 && longer.edition === (await data(page)).edition, 'answered, it belongs to the same attempt', JSON.stringify(longer));

  await page.locator('[data-again=all]').click();
  for (const place of [0, 1, 2, 3]) await answer(page, place, place < 2 ? 'False' : 'True');
  report((await attempts(page))[1].right === 2, 'with two wrong answers two are right');
  await page.locator('[data-again=wrong]').click();
  await answer(page, 0);
  const { right, of, ended, answers } = (await attempts(page))[1];
  report(right === 3 && of === 4 && ended && answers.one.length === 2, 'one of them mended, the score is that of the answers', JSON.stringify({ right, of, ended, answers }));

  await page.evaluate(() => lectern.store.change(lectern.page.page, (record) => { for (const list of Object.values(record.attempts[1].answers)) list.splice(0, 9, 7); }));
  await page.reload();
  await settle(page);
  await answer(page, 1);
  report(/Right/.test(await page.locator('.result').nth(1).innerText()), 'an attempt that makes no sense is in nobody’s way');
  report(page.trouble.length === 0, 'no trouble', page.trouble.join('\n'));
  await page.close_();
};

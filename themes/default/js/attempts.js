/* attempts: what was answered in each round of a quiz, from the first check to "Start over".  They are
 * kept for the record, which is scored anew by whoever reads it; docs/reference/record.md has their shape. */
lectern.attempts = (() => {
  const { page, store, kept: { attempts: cut } } = lectern;
  const most = 20; /* answers to one question; of more the first and the last are kept */

  /* A round begins with a check before which nothing had been checked. */
  const isFirst = (questions, asked) => questions.every(({ id, tries }) => tries === (asked.some((one) => one.id === id) ? 1 : 0));

  /* What has just been answered takes its place; what is there from before attempts were kept comes along. */
  function add(attempt, questions, asked) {
    const { answers } = attempt;
    for (const { id, answer, tries, isChecked, type } of questions) {
      const given = Array.isArray(store.own(answers, id)) ? answers[id] : [];
      const place = type.isSelfMarked ? 0 : Math.min(tries, most, given.length + 1) - 1;
      if (place >= 0 && isChecked && (asked.some((one) => one.id === id) || !given.length)) given[place] = answer;
      if (given.length) answers[id] = given;
    }
  }

  /* Keep that `asked`, some of a round's `questions`, have just been checked.  `total` is the score of all
   * as by `lectern.scoring`, null while some wait for an answer or where nothing is scored. */
  function keep(edition, questions, asked, total) {
    const now = new Date().toISOString();
    const isNew = isFirst(questions, asked);
    store.change(page.page, (record) => {
      const all = Array.isArray(record.attempts) ? record.attempts : [];
      let attempt = all.at(-1);
      if (!attempt || (isNew && attempt.started !== now)) {
        attempt = { edition, started: now, questions: questions.map(({ id }) => id), answers: {} };
        all.push(attempt);
      }
      add(attempt, questions, asked);
      if (questions.every(({ isChecked }) => isChecked)) attempt.ended = now;
      if (total) Object.assign(attempt, { right: total.right, of: total.of, percent: total.percent });
      record.attempts = cut(all);
    });
  }

  /* A text that was written on after it had been handed in. */
  function mend({ id, answer }) {
    store.change(page.page, (record) => {
      const given = store.own(store.map(Array.isArray(record.attempts) && record.attempts.at(-1)).answers, id);
      if (Array.isArray(given)) given[0] = answer;
    });
  }

  return { keep, mend };
})();

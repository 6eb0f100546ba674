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

  /* Keep that `asked`, some of a round's `questions`, have just been checked.  Once all of them have been, the
   * attempt has a score: `scoreBy(last)` gives it as `lectern.scoring` does, null where nothing is scored; `last`
   * gives the answer to a question that was checked last, by the question's id. */
  function keep(edition, questions, asked, scoreBy) {
    const now = new Date().toISOString();
    const isNew = isFirst(questions, asked);
    store.change(page.page, (record) => {
      const all = Array.isArray(record.attempts) ? record.attempts : [];
      let attempt = all.at(-1);
      if (!attempt || (isNew && attempt.started !== now)) {
        attempt = { started: now, answers: {} };
        all.push(attempt);
      }
      Object.assign(attempt, { edition, questions: questions.map(({ id }) => id) }); /* the author may have edited the quiz since */
      add(attempt, questions, asked);
      if (questions.every(({ isChecked }) => isChecked)) attempt.ended = now;
      const total = attempt.ended && scoreBy((id) => store.own(attempt.answers, id)?.at(-1) ?? null);
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

/* choices: what the types share whose answer is one or several of a list: an answer is a list of
 * choices' ids, a verdict stands beside its choice. */
lectern.choices = {
  list: (value) => (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string'),

  read(box) {
    const taken = lectern.all('.choice input:checked', box).map((input) => input.value);
    return taken.length ? taken : null;
  },

  write(box, answer) {
    const taken = lectern.choices.list(answer);
    const inputs = lectern.all('.choice input', box);
    for (const input of inputs) input.checked = taken.includes(input.value);
    return taken.every((id) => inputs.some((input) => input.value === id));
  },

  /* While tries are left only what was wrong is shown. */
  mark(box, answer, secret, isFinal) {
    const taken = lectern.choices.list(answer);
    const right = lectern.choices.list(secret.key.right);
    for (const choice of lectern.all('.choice', box)) {
      const id = choice.dataset.choice;
      const isRight = right.includes(id);
      const isTaken = taken.includes(id);
      if (!(isTaken && !isRight) && !(isFinal && isRight)) continue;
      choice.dataset.verdict = isRight ? 'right' : 'wrong';
      const key = isRight ? (isTaken ? 'right' : 'right-answer') : 'your-answer';
      choice.append(lectern.make('p', 'verdict', lectern.word(key)));
      const feedback = lectern.store.own(secret.feedback, id);
      if (feedback) choice.append(lectern.make('div', 'feedback flow', lectern.fragment(feedback)));
    }
  },

  clear(box) {
    for (const choice of lectern.all('.choice', box)) {
      delete choice.dataset.verdict;
      lectern.all('.verdict, .feedback', choice).forEach((part) => part.remove());
    }
  },

  again: () => null,

  /* One choice, right or not. */
  score(answer, key) {
    const taken = lectern.choices.list(answer);
    return { right: taken.length === 1 && lectern.choices.list(key.right).includes(taken[0]) ? 1 : 0, of: 1 };
  },
};

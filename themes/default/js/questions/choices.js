/* choices: what the types share whose answer is one or several of a list: an answer is a list of
 * choices' ids, a verdict stands beside its choice. */
lectern.choices = (() => {
  const { all, find, judge, unjudge, scoring, store } = lectern;
  const inputsOf = (box) => all('.choice input', box);
  return {
    read(box) {
      const taken = inputsOf(box).filter((input) => input.checked).map((input) => input.value);
      return taken.length ? taken : null;
    },

    write(box, answer) {
      const taken = scoring.texts(answer);
      const inputs = inputsOf(box);
      for (const input of inputs) input.checked = taken.includes(input.value);
      return taken.every((id) => inputs.some((input) => input.value === id));
    },

    mark(box, answer, secret, isFinal) {
      const taken = scoring.texts(answer);
      const right = scoring.texts(secret.key.right);
      for (const choice of all('.choice', box)) {
        const id = choice.dataset.choice;
        const isRight = right.includes(id);
        const isTaken = taken.includes(id);
        if (!(isTaken && !isRight) && !(isFinal && isRight)) continue;
        judge(choice, isRight, isRight ? (isTaken ? 'right' : 'right-answer') : 'your-answer', isTaken && store.own(secret.feedback, id));
      }
    },

    clear: (box) => all('.choice', box).forEach(unjudge),
    words: (box) => inputsOf(box).filter((input) => input.checked)
      .map((input) => find('.choice-text', input.closest('.choice')).textContent.trim()).join('\n'),
    again: () => null,
    shuffle: (box, mix) => mix(all('.choice', box)),

    /* One choice, right or not. */
    score(answer, key) {
      const taken = scoring.texts(answer);
      return { right: taken.length === 1 && scoring.texts(key.right).includes(taken[0]) ? 1 : 0, of: 1 };
    },
  };
})();

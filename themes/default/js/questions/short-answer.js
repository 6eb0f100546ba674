/* short-answer: a few words, compared with those that are accepted. */
lectern.question('short-answer', {
  ...lectern.accepting.line,

  mark(box, answer, { key }, isFinal) {
    const known = (list) => list[lectern.accepting.place(answer, list.map(({ text }) => text), key.rules)];
    const accepted = known(key.accept);
    lectern.accepting.line.show(box, Boolean(accepted), (accepted ?? known(key.wrong))?.feedback, isFinal && !accepted && key.accept[0].text);
  },

  score(answer, key) {
    const place = lectern.accepting.place(answer, key.accept.map(({ text }) => text), key.rules);
    return { right: place < 0 ? 0 : 1, of: 1 };
  },
});

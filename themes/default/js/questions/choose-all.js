/* choose-all: every choice that is right, and none that is not; in parts when the key says so: each
 * right choice counts one, each wrong one takes one away. */
lectern.question('choose-all', {
  ...lectern.choices,

  again: (answer, key) => lectern.choices.list(answer).filter((id) => key.right.includes(id)),

  score(answer, key) {
    const taken = new Set(lectern.choices.list(answer));
    const hits = key.right.filter((id) => taken.has(id)).length;
    const slips = taken.size - hits;
    if (key.partial) return { right: Math.max(0, hits - slips), of: key.right.length };
    return { right: hits === key.right.length && slips === 0 ? 1 : 0, of: 1 };
  },
});

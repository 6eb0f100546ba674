/* choose-all: every choice that is right, and none that is not.  In parts, each right choice counts
 * one, and each wrong one takes one away. */
lectern.question('choose-all', {
  ...lectern.choices,

  again: (answer, key) => lectern.scoring.texts(answer).filter((id) => key.right.includes(id)),

  score(answer, key) {
    const taken = new Set(lectern.scoring.texts(answer));
    const hits = key.right.filter((id) => taken.has(id)).length;
    const slips = taken.size - hits;
    return lectern.scoring.parts(key.partial ? Math.max(0, hits - slips) : slips ? 0 : hits, key.right.length, key.partial);
  },
});

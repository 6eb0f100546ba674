/* fill-in: an answer is a map of gaps' ids to what was typed, or to the id of what was chosen. */
{
  const { all, find, judge, unjudge, scoring, store, accepting } = lectern;
  const gapsOf = (box) => all('.gap', box);
  const fieldOf = (gap) => find('input, select', gap);

  /* The text with what stands in its gaps, as in "First comes [a breath]". */
  function wordsOf(box) {
    const given = gapsOf(box).map(fieldOf)
      .map(({ value, selectedOptions }) => (selectedOptions && value ? selectedOptions[0].textContent : value));
    const copy = find('.gap-text', box).cloneNode(true);
    gapsOf(copy).forEach((gap, i) => gap.replaceWith(`[${given[i].trim() || '–'}]`));
    return copy.textContent.trim().replace(/\s+/g, ' ');
  }

  function isRight(answer, key, id) {
    const { option, accept } = key.gaps[id];
    const given = store.own(answer, id);
    return option ? given === option : accepting.place(given, accept, key.rules) >= 0;
  }

  lectern.question('fill-in', {
    read(box) {
      const given = gapsOf(box).map((gap) => [gap.dataset.gap, fieldOf(gap).value.trim()]).filter(([, value]) => value);
      return given.length ? Object.fromEntries(given) : null;
    },

    write(box, answer) {
      const gaps = gapsOf(box);
      for (const gap of gaps) {
        const field = fieldOf(gap);
        field.value = store.text(store.own(answer, gap.dataset.gap));
        if (field.selectedIndex < 0) field.value = '';
      }
      return Object.entries(store.map(answer)).every(([id, value]) =>
        gaps.some((gap) => gap.dataset.gap === id && fieldOf(gap).value === value));
    },

    blanks: (box) => gapsOf(box).filter((gap) => !fieldOf(gap).value.trim()).length,

    mark(box, answer, { key }, isFinal) {
      for (const gap of gapsOf(box)) {
        const id = gap.dataset.gap;
        const right = isRight(answer, key, id);
        if (right && !isFinal) continue;
        judge(gap, right, right ? 'right' : 'wrong');
        if (right || !isFinal) continue;
        const { option, accept } = key.gaps[id];
        const text = option ? all('option', gap).find(({ value }) => value === option).textContent : accept[0];
        gap.append(lectern.make('span', 'right-answer', `${lectern.word('right-answer')}: `, lectern.make('b', '', text)));
      }
    },

    clear: (box) => gapsOf(box).forEach(unjudge),
    words: wordsOf,
    again: (answer, key) => Object.fromEntries(Object.entries(store.map(answer)).filter(([id]) => key.gaps[id] && isRight(answer, key, id))),

    score(answer, key) {
      const ids = Object.keys(key.gaps);
      return scoring.parts(ids.filter((id) => isRight(answer, key, id)).length, ids.length, key.partial);
    },
  });
}

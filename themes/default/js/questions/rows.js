/* rows: what the types share that give each row one of several options: an answer is a map of rows'
 * ids to options' ids. */
lectern.rows = (() => {
  const { all, find, judge, unjudge, scoring, store } = lectern;
  const rowsOf = (box) => all('.row', box);
  const listOf = (row) => find('select', row);
  const isRight = (answer, key, row) => store.own(answer, row) === key.right[row];

  return {
    read(box) {
      const given = rowsOf(box).map((row) => [row.dataset.row, listOf(row).value]).filter(([, option]) => option);
      return given.length ? Object.fromEntries(given) : null;
    },

    write(box, answer) {
      const rows = rowsOf(box);
      for (const row of rows) listOf(row).value = store.text(store.own(answer, row.dataset.row));
      for (const row of rows) if (listOf(row).selectedIndex < 0) listOf(row).value = '';
      return Object.entries(store.map(answer)).every(([id, option]) =>
        rows.some((row) => row.dataset.row === id && listOf(row).value === option));
    },

    blanks: (box) => rowsOf(box).filter((row) => !listOf(row).value).length,

    mark(box, answer, { key }, isFinal) {
      for (const row of rowsOf(box)) {
        const id = row.dataset.row;
        const right = isRight(answer, key, id);
        if (right && !isFinal) continue;
        judge(row, right, right ? 'right' : 'your-answer');
        if (right || !isFinal) continue;
        const option = all('option', row).find(({ value }) => value === key.right[id]);
        row.append(lectern.make('span', 'right-answer', `${lectern.word('right-answer')}: `, lectern.make('b', '', option.textContent)));
      }
    },

    clear: (box) => rowsOf(box).forEach(unjudge),
    words: (box) => rowsOf(box).filter((row) => listOf(row).value)
      .map((row) => `${find('.row-text', row).textContent.trim()} → ${listOf(row).selectedOptions[0].textContent}`).join('\n'),
    again: (answer, key) => Object.fromEntries(Object.entries(store.map(answer)).filter(([row]) => isRight(answer, key, row))),
    shuffle: (box, mix) => mix(rowsOf(box)),

    score(answer, key) {
      const rows = Object.keys(key.right);
      return scoring.parts(rows.filter((row) => isRight(answer, key, row)).length, rows.length, key.partial);
    },
  };
})();

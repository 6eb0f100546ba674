/* essay: a text that the learner marks by the rubric after handing it in.  An answer is { text, marks },
 * where `marks` are points by the names of the rubric.  It never counts towards the score. */
{
  const { find, make, word, store } = lectern;
  const fieldOf = (box) => find('textarea', box);
  /* A textarea prints only what it shows; its copy prints all.  Words are counted where the author asks. */
  function copy(field) {
    find('.written', field.parentElement).textContent = field.value;
    const note = document.getElementById(`${field.id}-words`);
    if (note) note.textContent = word('words-of', { written: (field.value.match(/\S+/g) ?? []).length, count: Number(field.dataset.words) });
  }

  const whole = (value, most) => (Number.isInteger(value) && value >= 0 ? Math.min(value, most) : 0);

  /* The table by which one marks oneself; `change(name, points)` is called for each choice. */
  function rubricOf(box, rubric, marks, change) {
    const rows = rubric.map(({ name, points }, i) => {
      const list = make('select', '');
      list.id = `${box.id}-mark-${i}`;
      for (let n = 0; n <= points; n++) list.append(new Option(n, n));
      list.value = whole(store.own(marks, name), points);
      list.addEventListener('input', (event) => {
        event.stopPropagation();
        change(name, Number(list.value));
      });
      const label = make('label', '', name);
      label.htmlFor = list.id;
      const head = make('th', '', label);
      head.scope = 'row';
      return make('tr', '', head, make('td', '', list, ` / ${points}`));
    });
    return make('table', 'rubric', make('caption', '', word('rubric')), make('tbody', '', ...rows));
  }

  lectern.question('essay', {
    isSelfMarked: true,

    setUp(box) {
      fieldOf(box).addEventListener('input', () => copy(fieldOf(box)));
    },

    read(box) {
      const text = fieldOf(box).value;
      return text.trim() ? { text } : null;
    },

    write(box, answer) {
      fieldOf(box).value = store.text(store.own(answer, 'text'));
      copy(fieldOf(box));
      return true;
    },

    mark() {},
    clear() {},
    again: (answer) => ({ text: store.text(store.own(answer, 'text')) }),

    /* What follows the answer: a model to compare with, the rubric, and the sum. */
    after(box, answer, { key }, keep) {
      const parts = [];
      if (key.model) parts.push(make('p', '', make('b', '', word('model-answer'))), make('div', 'flow', lectern.fragment(key.model)));
      if (!key.rubric.length) return parts;
      const marks = { ...store.map(store.own(answer, 'marks')) };
      const sum = make('p', 'rubric-sum');
      const draw = () => { sum.textContent = Object.keys(marks).length ? word('self-marked', this.score({ marks }, key)) : ''; };
      parts.push(rubricOf(box, key.rubric, marks, (name, points) => {
        marks[name] = points;
        keep({ text: store.text(store.own(answer, 'text')), marks });
        draw();
        lectern.say(sum.textContent);
      }), sum);
      draw();
      return parts;
    },

    /* What the learner gives himself: `right` of `of` points, shown as that and counted nowhere. */
    score(answer, key) {
      const marks = store.map(store.own(answer, 'marks'));
      const points = key.rubric.map(({ name, points: most }) => whole(store.own(marks, name), most));
      return { right: points.reduce((a, b) => a + b, 0), of: key.rubric.reduce((a, { points: most }) => a + most, 0) || 1 };
    },
  });
}

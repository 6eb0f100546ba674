/* views: results as tables: on the page, and as comma-separated values. */
lectern.views = (() => {
  const { word, make, all, plots, statistics, kept, turns: { pause } } = lectern;
  const date = new Intl.DateTimeFormat(lectern.language, { dateStyle: 'medium' });
  const share = new Intl.NumberFormat(lectern.language, { maximumFractionDigits: 0 });
  const factor = new Intl.NumberFormat(lectern.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const few = 10; /* people, of whom figures say little */
  const portion = 25; /* rows that are laid out together when they are looked at */

  const none = '–';
  const rate = (value) => `${share.format(value)}%`;
  /* What somebody reached: never more than it is. */
  const percent = (value) => (value === undefined || value === null ? none : `${share.format(Math.floor(value + 1e-9))}%`);
  const dayOf = (iso) => (iso ? date.format(new Date(iso)) : none);
  const nameOf = (name) => kept.line(name) || word('results-nameless');
  /* A text of the learner's own, which must not turn what stands around it. */
  const own = (text, tag = 'bdi') => make(tag, '', text);
  const statusWord = ({ status }) => word(`results-${status}`);
  const passedWord = (quiz) => {
    if (!quiz?.last) return none;
    const { isPassed } = quiz.best;
    return isPassed === undefined ? word(quiz.isDone ? 'results-handed-in' : 'results-begun') : word(isPassed ? 'results-passed' : 'results-failed');
  };

  /* A part of a table.  Its role is spelt out, as a long table is laid out in other ways than tables are. */
  function part(tag, role, className, ...children) {
    const element = make(tag, className, ...children);
    element.setAttribute('role', role);
    return element;
  }

  const cellOf = (className, ...children) => part('td', 'cell', className, ...children);

  /* The rows of a table, one with each step, in portions. */
  function* filling(whole, items, row) {
    let body;
    for (const [i, item] of items.entries()) {
      if (i % portion === 0) body = whole.appendChild(part('tbody', 'rowgroup', ''));
      body.append(row(item));
      yield;
    }
  }

  /* A table with a caption, { box, steps }: `heads` are words, and each step adds a row. */
  function begun(className, caption, heads, items, row) {
    const head = part('tr', 'row', '', ...heads.map((text) => {
      const cell = part('th', 'columnheader', '', text);
      cell.scope = 'col';
      return cell;
    }));
    const whole = part('table', 'table', className, make('caption', 'visually-hidden', caption), part('thead', 'rowgroup', '', head));
    const box = make('div', `table ${className}-box`, whole);
    box.tabIndex = 0;
    box.setAttribute('role', 'region');
    box.setAttribute('aria-label', caption);
    return { box, steps: filling(whole, items, row) };
  }

  /* The rows come by and by, so that the page can be used. */
  async function finish(steps) {
    while (!steps.next().done) await pause();
  }

  /* Rows that nobody has looked at are laid out one portion after the other: whoever copies a table, or has it read
   * out, gets all of it.  By a style of its own, as a class would have the whole page looked through each time. */
  async function layOut(place) {
    const bodies = all('tbody', place);
    for (let i = 0; i < bodies.length; i += 2) {
      for (const body of bodies.slice(i, i + 2)) body.style.contentVisibility = 'visible';
      bodies[i].getBoundingClientRect();
      await pause();
    }
  }

  async function table(...words) {
    const { box, steps } = begun(...words);
    await finish(steps);
    return box;
  }

  function line(head, ...cells) {
    const first = part('th', 'rowheader', '', ...head);
    first.scope = 'row';
    return part('tr', 'row', '', first, ...cells.map((cell) => (cell.localName === 'td' ? cell : cellOf('', cell))));
  }

  function headOf({ name, email }) {
    return [own(nameOf(name)), ...(email ? [make('span', 'results-email', own(email))] : [])];
  }

  function statusCell(person) {
    const cell = cellOf('results-status', statusWord(person));
    cell.dataset.status = person.status;
    return cell;
  }

  /* Ticked by hand for those of the roster; `change(person)` is called once it is. */
  function paperCell(row, change) {
    if (!row.person) return cellOf('', none);
    const box = make('input', '');
    box.type = 'checkbox';
    box.checked = row.person.paper;
    box.addEventListener('change', () => {
      row.person.paper = box.checked;
      const cell = box.closest('tr').querySelector('.results-status');
      cell.textContent = statusWord(row);
      cell.dataset.status = row.status;
      change(row);
    });
    const label = make('label', 'results-paper', box, make('span', 'visually-hidden', word('results-paper-of', { name: nameOf(row.name) })));
    return cellOf('', label);
  }

  /* Who has finished what of a course. */
  function people(course, rows, change) {
    const hasGroups = rows.some(({ group }) => group);
    const hasRoster = rows.some(({ person }) => person);
    const heads = ['name', ...(hasGroups ? ['group'] : []), 'status', 'pages', 'saved', ...(hasRoster ? ['on-paper'] : [])];
    return table('results-people', word('results-people-of', { course: course.title }), heads.map((key) => word(`results-${key}`)), rows, (row) => {
      const { entry } = row;
      return line(headOf(row), ...(hasGroups ? [own(row.group)] : []), statusCell(row),
        entry ? word('results-of', { done: entry.done, count: entry.of }) : none, dayOf(entry?.saved), ...(hasRoster ? [paperCell(row, change)] : []));
    });
  }

  /* Everybody's attempts at one quiz, behind a heading.  They are drawn when it is opened, or at once by `fill()`. */
  const unfilled = new WeakMap();
  function attempts(page, rows) {
    const some = rows.filter(({ entry }) => entry?.quizzes.has(page.key));
    const heads = ['name', 'attempts', 'best', 'last', 'result'].map((key) => word(`results-${key}`));
    const { box, steps } = begun('results-attempts', word('results-attempts-of', { quiz: page.title }), heads, some, (row) => {
      const quiz = row.entry.quizzes.get(page.key);
      return line([own(nameOf(row.name))], String(quiz.count), percent(quiz.best?.percent), percent(quiz.last?.percent), passedWord(quiz));
    });
    const details = make('details', 'results-each', make('summary', '', word('results-attempts-all')), box);
    details.addEventListener('toggle', async () => {
      if (!details.open) return;
      await finish(steps);
      await layOut(box);
    });
    unfilled.set(details, steps);
    return details;
  }
  function fill(details) {
    const steps = unfilled.get(details);
    while (steps && !steps.next().done);
  }

  /* What was answered, in words: [{ text, count, isRight }], by the JSON of the answers. */
  function answersOf({ type, key, words }, answers) {
    const counts = new Map();
    const add = (text, isRight, count) => {
      const one = counts.get(text) ?? { text, count: 0, isRight };
      counts.set(text, { ...one, count: one.count + count });
    };
    const named = (id) => (Object.hasOwn(words, id) ? words[id] : String(id));
    const isChoice = (answer) => Array.isArray(answer) && type !== 'ordering';
    const rights = [key.right ?? []].flat();
    if (type.startsWith('choose-')) for (const id of Object.keys(words)) add(words[id], rights.includes(id), 0);
    for (const [json, count] of answers) {
      const answer = JSON.parse(json);
      if (answer === null) add(word('results-no-answer'), false, count);
      else if (type === 'true-false') [answer].flat().forEach((one) => add(word(one === 'true' ? 'results-true' : 'results-false'), rights.includes(one), count));
      else if (isChoice(answer)) answer.forEach((id) => add(named(id), rights.includes(id), count));
      else if (Array.isArray(answer)) add(answer.map(named).join(' → '), JSON.stringify(answer) === JSON.stringify(key.right), count);
      else if (typeof answer === 'object') {
        for (const [id, value] of Object.entries(answer)) {
          const wanted = key.gaps ? lectern.store.own(key.gaps, id)?.option : lectern.store.own(key.right, id);
          add(`${named(id)} → ${typeof value === 'string' ? named(value) : JSON.stringify(value)}`, wanted === value, count);
        }
      } else add(`“${answer}”`, undefined, count);
    }
    return [...counts.values()].sort((a, b) => b.count - a.count).map((one) => ({ ...one, text: kept.line(one.text) }));
  }

  /* What to think of a question; '' when nothing is wrong with it. */
  function noteOf({ n, difficulty, discrimination }) {
    if (n < few) return '';
    if (discrimination !== null && discrimination < -0.1) return word('results-note-turned');
    if (difficulty > 0.95) return word('results-note-easy');
    if (difficulty < 0.2) return word('results-note-hard');
    return discrimination !== null && discrimination < 0.1 ? word('results-note-flat') : '';
  }

  function questionRow(item) {
    const { question, n, difficulty, discrimination, answers } = item;
    const given = answersOf(question, answers);
    const list = given.slice(0, 12).map(({ text, count, isRight }) => {
      const entry = make('li', '', own(text), ' ', make('span', 'results-count', word('results-times', { count })));
      if (isRight) entry.append(' ', make('span', 'results-right', word('results-right')));
      return entry;
    });
    const more = given.length > 12 ? [make('li', '', word('results-more', { count: given.length - 12 }))] : [];
    const details = make('details', 'results-answers', make('summary', '', word('results-answers')), make('ul', '', ...list, ...more));
    const right = cellOf('results-share', difficulty === null ? none : rate(100 * difficulty), ...(difficulty === null ? [] : [plots.bar(difficulty)]));
    const note = noteOf(item);
    const prompt = cellOf('results-prompt', own(question.prompt), details, ...(note ? [make('p', 'results-note', note)] : []));
    return line([String(question.number)], prompt, String(n), right, discrimination === null ? none : factor.format(discrimination).replace('-', '−'));
  }

  /* The questions of one edition of a quiz. */
  async function questions(page, edition) {
    const heads = ['number', 'question', 'n', 'share', 'discrimination'].map((key) => word(`results-${key}`));
    const title = word(edition.isPresent ? 'results-questions-of' : 'results-questions-before', { quiz: page.title, edition: edition.edition });
    const box = make('div', 'results-edition', ...(edition.isPresent ? [] : [make('h4', '', title)]));
    if (edition.count < few) box.append(make('p', 'results-hint', word('results-few', { count: edition.count })));
    box.append(await table('results-questions', title, heads, edition.questions, questionRow));
    if (edition.questions.some(({ discrimination }) => discrimination !== null)) box.append(plots.scatter(edition.questions));
    return box;
  }

  /* How a quiz went, in a sentence and a picture. */
  function summary(rows, page) {
    const quizzes = rows.map(({ entry }) => entry?.quizzes.get(page.key)).filter((quiz) => quiz?.best);
    const percents = quizzes.map(({ best }) => best.percent);
    if (!percents.length) return [];
    const passed = quizzes.filter(({ best }) => best.isPassed).length;
    const words = word('results-quiz', { count: percents.length, mean: rate(statistics.mean(percents)), deviation: share.format(statistics.deviation(percents)) });
    const isToPass = quizzes.some(({ best }) => best.isPassed !== undefined);
    return [make('p', '', words, ...(isToPass ? [' ', word('results-quiz-passed', { passed, count: percents.length })] : [])), plots.distribution(percents, page.pass)];
  }

  const rounded = (value) => (value === undefined || value === null ? null : Math.round(value * 100) / 100);

  /* Everybody, a row for each course that they took part in, as rows of cells. */
  function peopleRows(courses) {
    const quizzes = courses.flatMap(({ course }) => course.pages.filter(({ edition }) => edition).map((page) => ({ course, page })));
    const heads = ['course', 'name', 'email', 'group', 'status', 'pages-done', 'pages-all', 'saved', 'file'].map((key) => word(`results-${key}`));
    const quizHeads = quizzes.flatMap(({ page }) => ['attempts', 'best', 'last', 'result'].map((key) => `${page.title}: ${word(`results-${key}`)}`));
    const rows = courses.flatMap(({ course, people: some }) => some.map((row) => {
      const { entry } = row;
      const cells = [course.title, nameOf(row.name), row.email, row.group, statusWord(row), entry?.done ?? null, entry?.of ?? null, entry?.saved ?? '', entry?.source ?? ''];
      return [...cells, ...quizzes.flatMap((one) => {
        const quiz = one.course === course ? entry?.quizzes.get(one.page.key) : undefined;
        return quiz ? [quiz.count, rounded(quiz.best?.percent), rounded(quiz.last?.percent), passedWord(quiz)] : [null, null, null, ''];
      })];
    }));
    return [[...heads, ...quizHeads], ...rows];
  }

  /* All questions, a row for each. */
  function questionRows(courses) {
    const heads = ['course', 'quiz-name', 'edition', 'number', 'question', 'points', 'n', 'share', 'discrimination', 'answers'].map((key) => word(`results-${key}`));
    const rows = courses.flatMap(({ course, quizzes }) => quizzes.flatMap(({ page, editions }) => editions.flatMap((edition) => edition.questions.map((item) => {
      const { question, n, difficulty, discrimination } = item;
      const answers = answersOf(question, item.answers).map(({ text, count }) => `${text} (${count})`).join('; ');
      return [course.title, page.title, edition.edition, question.number, question.prompt, question.points, n,
        rounded(difficulty === null ? null : 100 * difficulty), discrimination === null ? null : Math.round(discrimination * 1000) / 1000, answers];
    }))));
    return [heads, ...rows];
  }

  return { people, attempts, fill, layOut, questions, summary, peopleRows, questionRows, nameOf, own };
})();

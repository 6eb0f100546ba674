/* results: the page on which records are dropped.  It reads, grades and shows them, and sends nothing. */
lectern.results = (() => {
  const { page, kept, record, code, table, roster, gathering, intake, turns, views, stay, word, find, all, make, say } = lectern;
  const box = find('[data-results]');
  const data = lectern.data('lectern-results');
  const heads = Object.fromEntries(['name', 'first', 'last', 'email', 'group', 'paper'].map((part) => [part, word(`results-head-${part}`)]));
  const status = find('.results-progress', box);
  const count = new Intl.NumberFormat(lectern.language);

  let gathered = gathering.open({ ...data, site: page.site });
  let listed = []; /* the roster */
  let refused = []; /* what was left out: { source, reason } */
  let taken = 0; /* records and codes */
  let shown = { courses: [], remarks: [] };
  let handed = 0; /* how often something was handed over */
  let work = Promise.resolve(); /* whatever is dropped waits for what was dropped before */

  const refuse = (source, reason) => refused.push({ source, reason });
  const settle = (source, { reason }) => { if (reason) refuse(source, reason); else taken += 1; };

  function takeRecord(source, html) {
    const { data: found, reason } = record.parse(html, kept.handed);
    settle(source, reason ? { reason } : gathered.add(source, found));
  }

  function takeCodes(source, text) {
    const codes = code.read(text);
    if (!codes.length) refuse(source, 'no-code');
    codes.forEach(({ data: found, reason }, i) => {
      const name = codes.length > 1 ? word('results-code-of', { source, number: i + 1 }) : source;
      settle(name, reason ? { reason } : gathered.addCode(name, found));
    });
  }

  function takeRoster(source, text) {
    const people = roster.read(text, heads);
    if (people.length) listed = people;
    else refuse(source, 'roster');
  }

  /* What an item of the intake is for. */
  const takers = { record: takeRecord, codes: takeCodes, table: takeRoster };

  /* How far it is is shown four times a second, and said every third second. */
  function teller() {
    let [shownAt, saidAt] = [0, performance.now()];
    return (seen) => {
      const now = performance.now();
      if (now - shownAt < 250) return;
      status.textContent = word('results-reading', { count: seen });
      shownAt = now;
      if (now - saidAt < 3000) return;
      say(status.textContent);
      saidAt = now;
    };
  }

  async function takeFiles(files) {
    const tell = teller();
    let seen = 0;
    for await (const { name, kind, text, reason } of intake.read(files)) {
      if (reason) refuse(name, reason);
      else takers[kind](name, text);
      tell(seen += 1);
    }
  }

  /* A remark as a sentence. */
  const sentence = ({ kind, ...values }) => word(`results-remark-${kind}`, { ...values, name: views.nameOf(values.name) });
  const reasonOf = ({ reason }) => word(`results-reason-${reason}`);

  function listOf(className, title, items, sentenceOf) {
    if (!items.length) return [];
    const entries = items.slice(0, 500).map((item) => make('li', '', views.own(item.source, 'bdi'), ': ', views.own(sentenceOf(item), 'span')));
    if (items.length > 500) entries.push(make('li', '', word('results-more', { count: items.length - 500 })));
    return [make('section', className, make('h2', '', title), make('ul', '', ...entries))];
  }

  const statuses = ['finished', 'started', 'paper', 'nothing'];
  function drawCounts(place, rows) {
    const parts = statuses.map((one) => [one, rows.filter((row) => row.status === one).length]).filter(([one, some]) => some || one === 'finished' || one === 'started');
    place.replaceChildren(...parts.map(([one, some]) => {
      const item = make('li', 'results-status', make('b', '', count.format(some)), ' ', word(`results-${one}`));
      item.dataset.status = one;
      return item;
    }));
  }

  const button = (key, act, values) => {
    const made = make('button', 'button', word(`results-${key}`, values));
    made.type = 'button';
    made.dataset.key = key;
    made.addEventListener('click', act);
    return made;
  };

  /* The addresses of those of one status, to be copied into an e-mail. */
  function drawAddresses(place, rows) {
    const kinds = statuses.map((one) => [one, rows.filter(({ status: of, email }) => of === one && email).map(({ email }) => email)]);
    const buttons = kinds.filter(([, emails]) => emails.length).map(([one, emails]) => button(`copy-${one}`, async () => {
      const field = find('textarea', place) ?? place.appendChild(make('textarea', 'results-addresses'));
      field.readOnly = true;
      field.setAttribute('aria-label', word(`results-copy-${one}`, { count: emails.length }));
      field.value = emails.join('; ');
      field.select();
      const isCopied = await Promise.resolve(navigator.clipboard?.writeText(field.value)).then(() => Boolean(navigator.clipboard), () => document.execCommand('copy'));
      say(word(isCopied ? 'results-copied' : 'results-not-copied', { count: emails.length }));
    }, { count: emails.length }));
    place.replaceChildren(...(buttons.length ? [make('p', 'buttons', ...buttons)] : []));
  }

  async function drawQuiz({ page: quiz, editions }, rows) {
    const head = make('h3', '', quiz.title);
    const parts = views.summary(rows, quiz);
    if (!rows.some(({ entry }) => entry?.quizzes.has(quiz.key))) return make('section', 'results-quiz', head, make('p', '', word('results-quiz-none')));
    const questions = [];
    for (const edition of editions) questions.push(await views.questions(quiz, edition));
    return make('section', 'results-quiz', head, ...parts, ...questions, views.attempts(quiz, rows));
  }

  async function drawCourse({ course, people, quizzes }) {
    const counts = make('ul', 'results-counts');
    const addresses = make('div', 'results-copy');
    const drawTicked = () => {
      drawCounts(counts, people);
      drawAddresses(addresses, people);
    };
    const ticked = () => {
      drawTicked();
      if (box.hasAttribute('aria-busy')) then(() => {}); /* what is being drawn has been made of what was ticked before */
    };
    drawTicked();
    const section = make('section', 'results-course', make('h2', '', course.title), counts, await views.people(course, people, ticked), addresses);
    for (const quiz of quizzes) section.append(await drawQuiz(quiz, people));
    return section;
  }

  /* What stands on the page, from what has been taken. */
  async function look() {
    const { pause } = turns;
    const courses = [];
    const remarks = [];
    for (const course of gathered.courses.filter(({ entries }) => entries.length || (listed.length && gathered.courses.length === 1))) {
      const { people, remarks: some } = await gathered.people(course, listed, pause);
      for (const one of some) remarks.push(one);
      const entries = people.map(({ entry }) => entry).filter(Boolean);
      const quizzes = [];
      for (const one of course.pages.filter(({ edition }) => edition)) quizzes.push({ page: one, editions: await gathered.questionsOf(one, entries, pause) });
      courses.push({ course, people, quizzes });
    }
    shown = { courses, remarks };
  }

  async function draw() {
    await look();
    const sections = [];
    for (const course of shown.courses) sections.push(await drawCourse(course));
    const lists = [
      ...listOf('results-refused', word('results-refused'), refused, reasonOf),
      ...listOf('results-remarks', word('results-remarks'), shown.remarks, sentence),
    ];
    const place = find('.results-shown', box);
    stay.across(place, () => place.replaceChildren(...lists, ...sections));
    const isEmpty = !shown.courses.length;
    find('.results-save', box).hidden = isEmpty;
    find('[data-csv="roster"]', box).hidden = !listed.length;
    status.textContent = word(refused.length ? 'results-read-some' : 'results-read', { count: taken, refused: refused.length });
    say(status.textContent);
  }

  /* Do something, after all that goes on already, and show what has come of it. */
  function then(act) {
    handed += 1;
    work = work.then(async () => {
      box.setAttribute('aria-busy', 'true');
      await act();
      await draw();
      box.removeAttribute('aria-busy');
      await views.layOut(find('.results-shown', box));
    });
    return work;
  }

  const files = { people: () => views.peopleRows(shown.courses), questions: () => views.questionRows(shown.courses), roster: rosterRows };

  /* The roster as it was read, with what was ticked. */
  function rosterRows() {
    const columns = ['name', 'email', 'group', 'paper'];
    return [columns.map((part) => heads[part].split('|')[0]),
      ...listed.map(({ paper, ...person }) => [...columns.slice(0, 3).map((part) => person[part]), paper ? 'x' : ''])];
  }

  /* A table as comma-separated values: `people`, `questions` or `roster`. */
  const csv = (name) => table.write(files[name]());

  function save(name) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['\ufeff', csv(name)], { type: 'text/csv' }));
    link.download = `${word(`results-file-${name}`)}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  function clear() {
    gathered = gathering.open({ ...data, site: page.site });
    listed = [];
    refused = [];
    taken = 0;
  }

  /* A field for folders is known to browsers, and not yet to HTML. */
  const folder = find('[data-take="folder"]', box);
  folder.webkitdirectory = true;
  folder.parentElement.hidden = !('webkitdirectory' in HTMLInputElement.prototype);

  for (const input of all('input[type="file"]', box)) {
    input.addEventListener('change', () => {
      const chosen = intake.chosen(input.files);
      input.value = '';
      then(() => takeFiles(chosen));
    });
  }
  const codes = find('.results-codes textarea', box);
  find('[data-act="codes"]', box).addEventListener('click', () => {
    const text = codes.value;
    codes.value = '';
    then(() => takeCodes(word('results-pasted'), text));
  });
  find('[data-act="clear"]', box).addEventListener('click', () => then(clear));
  for (const one of all('[data-csv]', box)) one.addEventListener('click', () => save(one.dataset.csv));

  /* The whole page takes what is dropped; a miss would leave it for the file. */
  const zone = find('.results-drop', box);
  addEventListener('dragover', (event) => {
    event.preventDefault();
    zone.toggleAttribute('data-over', true);
  });
  addEventListener('dragleave', ({ relatedTarget }) => zone.toggleAttribute('data-over', Boolean(relatedTarget)));
  addEventListener('drop', (event) => {
    event.preventDefault();
    zone.removeAttribute('data-over');
    const dropped = intake.dropped(event.dataTransfer);
    then(() => takeFiles(dropped));
  });

  /* On paper everything is open. */
  const fillAll = () => all('.results-each', box).forEach(views.fill);
  let closed = [];
  addEventListener('beforeprint', () => {
    fillAll();
    closed = all('details:not([open])', box).filter((one) => (one.open = true));
  });
  addEventListener('afterprint', () => closed.forEach((one) => { one.open = false; }));

  /* What the program asks for: `done()` promises that everything that was handed over is shown; `problems()` is
   * what was left out, and what is to be looked at, each { source, reason } in words. */
  const problems = () => ({
    refused: refused.map((one) => ({ source: one.source, reason: reasonOf(one) })),
    remarks: shown.remarks.map((one) => ({ source: one.source, reason: sentence(one) })),
  });
  /* What is shown, as a page without script: { head, body }, between which its styles belong. */
  function pageAlone() {
    fillAll();
    const copy = find('.results-shown', box).cloneNode(true);
    for (const part of all('button, textarea, .results-copy', copy)) part.remove();
    for (const part of all('input', copy)) part.replaceWith(part.checked ? '✓' : '');
    for (const part of all('details', copy)) part.open = true;
    for (const part of all('[tabindex]', copy)) part.removeAttribute('tabindex');
    for (const part of all('[style]', copy)) part.removeAttribute('style');
    const { lang, dir } = document.documentElement;
    const title = make('title', '', page.title).outerHTML;
    return {
      head: `<!DOCTYPE html>\n<html lang="${lang}" dir="${dir}">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">\n<meta name="viewport" content="width=device-width">\n<meta name="robots" content="noindex">\n${title}\n`,
      body: `</head>\n<body>\n<main class="results results-alone">\n<h1>${make('p', '', page.title).innerHTML}</h1>\n${copy.outerHTML}\n</main>\n</body>\n</html>\n`,
    };
  }

  return { done: () => work, handed: () => handed, csv, problems, page: pageAlone };
})();

/* progress: how far one is with each page, drawn and said wherever a page is named. */
lectern.progress = (() => {
  const { page, store, word, find, all, make } = lectern;
  const states = ['none', 'half', 'done', 'locked'];
  let left = 0; /* places still empty on a worksheet */

  function stateOf(key, course) {
    const { state } = store.read(key, course);
    return states.includes(state) ? state : 'none';
  }

  /* What this page has come to.  Once done it stays done, unless the learner takes it back. */
  function reach(state, isTakenBack = false) {
    if (!page.counts) return;
    const now = stateOf(page.page);
    if (now === state || (now === 'done' && !isTakenBack)) return;
    store.change(page.page, (record) => {
      record.state = state;
      if (state === 'done') record.on = new Date().toISOString();
    });
    draw();
  }

  function drawLink(link) {
    const state = stateOf(link.dataset.page);
    link.dataset.state = state;
    if (link.matches('.state')) {
      link.textContent = word(`${page.done}-${state === 'done' ? 'done' : 'none'}`, { count: left });
      return;
    }
    const said = find('.state-word', link) ?? link.appendChild(make('span', 'state-word visually-hidden'));
    said.textContent = ` (${word(state)})`;
  }

  function drawHeader(done, count) {
    const box = document.getElementById('course-progress');
    if (!box || !count) return;
    box.hidden = false;
    find('.progress-text', box).textContent = word('progress', { done, count });
    find('.progress-said', box).textContent = word('progress-said', { done, count });
    find('.progress-value', box).setAttribute('stroke-dasharray', `${(100 * done) / count} 100`);
  }

  function drawStamp(card, days) {
    const stamp = find('.stamp', card);
    const day = new Date(days.sort().pop());
    if (!stamp || Number.isNaN(day.getTime())) return;
    const part = (options) => new Intl.DateTimeFormat(lectern.language, options).format(day);
    find('.stamp-day', stamp).textContent = part({ day: 'numeric', month: 'short' });
    find('.stamp-year', stamp).textContent = part({ year: 'numeric' });
  }

  function drawCard(card) {
    const keys = card.dataset.pages.split(' ').filter(Boolean);
    const course = card.dataset.course ?? page.course;
    const done = keys.filter((key) => stateOf(key, course) === 'done');
    const isDone = keys.length > 0 && done.length === keys.length;
    card.dataset.state = isDone ? 'done' : 'none';
    find('.card-progress', card).textContent =
      word(card.dataset.course ? 'progress-said' : 'steps', { done: done.length, count: keys.length });
    if (isDone) drawStamp(card, done.map((key) => store.text(store.read(key, course).on)));
    return done.length;
  }

  /* "Begin" becomes "Continue" with the first page that is not done. */
  function drawContinue(button) {
    const links = all(find('.to-do') ? '.to-do [data-page]' : '.course-list [data-page]');
    const next = links.find((link) => link.dataset.state !== 'done');
    button.hidden = links.length > 0 && !next;
    if (!next || links.every((link) => link.dataset.state === 'none')) return;
    button.href = next.href;
    const title = find('.to-do-sentence', next) ?? next.firstChild;
    button.textContent = word('continue', { title: title.textContent });
  }

  function draw() {
    all('[data-page]').forEach(drawLink);
    const entries = all('.course-list [data-page]');
    drawHeader(entries.filter((entry) => entry.dataset.state === 'done').length, entries.length);
    const cards = all('[data-pages]');
    const hasBegun = cards.map(drawCard).some((done) => done > 0);
    const current = hasBegun && cards.find((card) => card.dataset.state !== 'done');
    cards.forEach((card) => card.toggleAttribute('data-current', card === current));
    all('[data-continue]').forEach(drawContinue);
  }

  store.onChange(draw);
  draw();
  return { reach, draw, stateOf, leave: (count) => { left = count; all('.state').forEach(drawLink); } };
})();

/* progress: how far one is with each page, each module and the course: asked for, and drawn and said
 * wherever one of them is named.  Which pages count, and in which module, is read from the course list;
 * of other courses the front page knows it. */
lectern.progress = (() => {
  const { page, store, word, find, all, make } = lectern;
  const states = ['none', 'half', 'done'];
  const courses = lectern.data('lectern-courses');
  let left = 0; /* places still empty on a worksheet */
  let isOpen = false; /* no page is locked */

  const isEmpty = (record) => Object.keys(record).length === 0;

  /* Pages that have another key than they had: what was kept of them is found under the old one. */
  function carry(renamed, course) {
    for (const [key, before] of Object.entries(store.map(renamed))) {
      if (!isEmpty(store.read(key, course))) continue;
      const old = before.map((one) => store.read(one, course)).find((record) => !isEmpty(record));
      if (old) store.change(key, (record) => Object.assign(record, old), course);
    }
  }

  /* What is kept of a page: { state, on }.  `state` is none, half or done; `on` is when it was done, an
   * ISO date by the learner's clock, or ''. */
  function ofPage(key, course = page.course) {
    const record = store.read(key, course);
    const state = states.includes(record.state) ? record.state : 'none';
    const on = new Date(state === 'done' ? store.text(record.on) : '');
    return { state, on: Number.isNaN(on.getTime()) ? '' : on.toISOString() };
  }
  const stateOf = (key, course) => ofPage(key, course).state;

  /* The pages that count, in order: [{ key, href, title }]; of this course also those of one module. */
  const toPage = (link) => ({ key: link.dataset.page, href: link.href, title: link.firstChild.textContent.trim() });
  function pagesOf(course, module) {
    const here = all('.course-list [data-page]:not([data-aside])')
      .filter((link) => module === undefined || link.closest('[data-module]')?.dataset.module === module);
    if (course === page.course) return here.map(toPage);
    const pages = courses.find?.(({ id }) => id === course)?.pages ?? [];
    return pages.map((one) => (typeof one === 'string' ? { key: one, href: one } : one));
  }

  /* The pages that one can do next: not done, and those that are open first. */
  const nextOf = (pages, course) => {
    const rest = pages.filter(({ key }) => stateOf(key, course) !== 'done');
    return rest.find(({ key }) => !missing(key).length) ?? rest[0];
  };

  function sum(pages, course) {
    const known = pages.map(({ key }) => ofPage(key, course));
    const done = known.filter(({ state }) => state === 'done');
    return {
      done: done.length,
      count: pages.length,
      isBegun: known.some(({ state }) => state !== 'none'),
      isDone: pages.length > 0 && done.length === pages.length,
      on: done.map(({ on }) => on).sort().pop() ?? '',
      next: nextOf(pages, course),
    };
  }

  /* How far one is with a course: { done, count, isBegun, isDone, on, next }.  `done` of `count` pages that
   * count are done; a course is done when all of them are, and was done `on` the day of the last one, an ISO
   * date by the learner's clock, or ''.  `next` is { key, href } of the page to go on with, or undefined.
   * Left out, it is the course of this page; other courses are known on the front page, by their id. */
  const ofCourse = (course = page.course) => sum(pagesOf(course), course);

  /* The same of a module of this course, by the key of its own page. */
  const ofModule = (key) => sum(pagesOf(page.course, key), page.course);

  /* What a page waits for: the keys of those that have to be done before.  Nothing, once it is done. */
  function missing(key) {
    const needs = store.own(page.locks, key);
    if (isOpen || !needs || stateOf(key) === 'done') return [];
    return needs.filter((one) => stateOf(one) !== 'done');
  }

  /* What this page has come to.  Once done it stays done, unless the learner takes it back; while it is
   * locked it cannot be done. */
  function reach(state, isTakenBack = false) {
    if (!page.counts) return;
    const now = stateOf(page.page);
    if (now === state || (now === 'done' && !isTakenBack)) return;
    if (state === 'done' && missing(page.page).length) return;
    store.change(page.page, (record) => {
      record.state = state;
      if (state === 'done') record.on = new Date().toISOString();
    });
    draw();
  }

  function drawLink(link) {
    const state = missing(link.dataset.page).length ? 'locked' : stateOf(link.dataset.page);
    link.dataset.state = state;
    if (link.matches('.state')) {
      const key = state === 'locked' ? 'locked' : `${page.done}-${state === 'done' ? 'done' : 'none'}`;
      link.textContent = word(key, { count: left });
      return;
    }
    const said = find('.state-word', link) ?? link.appendChild(make('span', 'state-word visually-hidden'));
    said.textContent = 'aside' in link.dataset && state === 'none' ? '' : ` (${word(state)})`;
  }

  function drawHeader({ done, count }) {
    const box = document.getElementById('course-progress');
    if (!box || !count) return;
    box.hidden = false;
    find('.progress-text', box).textContent = word('progress', { done, count });
    find('.progress-said', box).textContent = word('progress-said', { done, count });
    find('.progress-value', box).setAttribute('stroke-dasharray', `${(100 * done) / count} 100`);
  }

  function drawStamp(card, on) {
    const stamp = find('.stamp', card);
    if (!stamp || !on) return;
    const part = (options) => new Intl.DateTimeFormat(lectern.language, options).format(new Date(on));
    find('.stamp-day', stamp).textContent = part({ day: 'numeric', month: 'short' });
    find('.stamp-year', stamp).textContent = part({ year: 'numeric' });
  }

  /* A card of a module or, on the front page, of a course. */
  function drawCard(card) {
    const { course, part } = card.dataset;
    const { done, count, isDone, isBegun, on } = course === undefined ? ofModule(part) : ofCourse(course);
    card.dataset.state = isDone ? 'done' : 'none';
    find('.card-progress', card).textContent = count ? word(course === undefined ? 'steps' : 'progress-said', { done, count }) : '';
    if (isDone) drawStamp(card, on);
    return isBegun;
  }

  /* "Begin" becomes "Continue" with the first page that is not done. */
  function drawContinue(button) {
    const links = all(find('.to-do') ? '.to-do [data-page]:not([data-aside])' : '.course-list [data-page]:not([data-aside])');
    const next = links.find((link) => link.dataset.state !== 'done' && link.dataset.state !== 'locked')
      ?? links.find((link) => link.dataset.state !== 'done');
    button.hidden = links.length > 0 && !next;
    if (!next || links.every((link) => ['none', 'locked'].includes(link.dataset.state))) return;
    button.href = next.href;
    const title = find('.to-do-sentence', next) ?? next.firstChild;
    button.textContent = word('continue', { title: title.textContent });
  }

  function draw() {
    all('[data-page]').forEach(drawLink);
    if (page.course !== undefined) drawHeader(ofCourse());
    const cards = all('.module-card, .course-card');
    const hasBegun = cards.map(drawCard).some(Boolean);
    const current = hasBegun && cards.find((card) => card.dataset.state !== 'done');
    cards.forEach((card) => card.toggleAttribute('data-current', card === current));
    all('[data-continue]').forEach(drawContinue);
  }

  /* Open all locks of this page. */
  function open() {
    isOpen = true;
    draw();
  }

  carry(page.renamed, page.course);
  courses.forEach?.(({ id, renamed }) => carry(renamed, id));
  store.onChange(draw);
  draw();
  const leave = (count) => { left = count; all('.state').forEach(drawLink); };
  return { ofPage, ofModule, ofCourse, stateOf, missing, reach, open, draw, leave };
})();

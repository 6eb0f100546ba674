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

  /* Pages that have another key than they had: what was kept under the old one moves, so that a new page
   * which gets the old address begins with nothing. */
  function carry(renamed, course) {
    for (const [key, before] of Object.entries(store.map(renamed))) {
      const old = before.find((one) => !isEmpty(store.read(one, course)));
      if (old === undefined || !isEmpty(store.read(key, course))) continue;
      const moved = store.read(old, course);
      store.change(key, (record) => Object.assign(record, moved), course);
      store.change(old, (record) => Object.keys(record).forEach((name) => delete record[name]), course);
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

  /* The pages that count, in order: of this course, { key, href, title, module }, also those of one module. */
  const here = all('.course-list [data-page]:not([data-aside])').map((link) => ({
    key: link.dataset.page, href: link.href, title: link.firstChild.textContent.trim(), module: link.closest('[data-module]')?.dataset.module,
  }));
  function pagesOf(course, module) {
    if (course === page.course) return module === undefined ? here : here.filter((one) => one.module === module);
    const pages = courses.find?.(({ id }) => id === course)?.pages ?? [];
    return pages.map((one) => (typeof one === 'string' ? { key: one, href: one } : one));
  }

  function sum(pages, course) {
    const known = pages.map(({ key }) => ofPage(key, course));
    const done = known.filter(({ state }) => state === 'done');
    const left = pages.filter((_, i) => known[i].state !== 'done');
    return {
      done: done.length,
      count: pages.length,
      isBegun: known.some(({ state }) => state !== 'none'),
      isDone: pages.length > 0 && done.length === pages.length,
      on: done.map(({ on }) => on).sort().pop() ?? '',
      next: left.find(({ key }) => !missing(key).length) ?? left[0], /* those that are open first */
      left,
    };
  }

  /* How far one is with a course: { done, count, isBegun, isDone, on, next, left }.  `done` of `count` pages
   * that count are done; a course is done when all of them are, and was done `on` the day of the last one, an
   * ISO date by the learner's clock, or ''.  `next` is { key, href } of the page to go on with, or undefined;
   * `left` is the list of those that are not done, of this course with their titles.
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
      const key = state === 'locked' ? 'lock-title' : `${page.done}-${state === 'done' ? 'done' : 'none'}`;
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

  /* A module in the course list, when all of it is done. */
  function drawModule(part) {
    const { isDone } = ofModule(part.dataset.module);
    const link = find('.module-link', part);
    part.dataset.state = isDone ? 'done' : 'none';
    const said = find('.state-word', link) ?? link.appendChild(make('span', 'state-word visually-hidden'));
    said.textContent = isDone ? ` (${word('done')})` : '';
  }

  function draw() {
    all('[data-page]').forEach(drawLink);
    all('.course-list [data-module]').forEach(drawModule);
    if (page.course !== undefined) drawHeader(ofCourse());
    document.dispatchEvent(new Event('lectern-progress'));
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

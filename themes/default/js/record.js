/* record: a learner's work as a file.  It is a page to read, print and send anywhere, runs nothing, and
 * holds its own data for being opened again.  That is foreign input: of the file nothing but the data is
 * looked at, and each value is checked.  docs/reference/record.md has the format. */
lectern.record = (() => {
  const { page: here, store, kept, word, find, all, make } = lectern;
  const version = 2;
  const header = '~header'; /* Name and Date are typed once for the whole course */
  const longest = 5000000; /* bytes of a file */
  const course = here.course ?? '';
  const courseTitle = kept.line((find('.course-home') ?? find('.brand-title')).textContent);
  /* Where a file may belong: to this course or, on the front page, to any whose pages are known there. */
  const others = course ? [] : [lectern.data('lectern-courses')].flat();
  const courseOf = (id) => (id === course ? here : others.find((one) => one.id === id));

  /* The pages of this course in their order, by key: { title, module }. */
  const ownText = (link) => [...link?.childNodes ?? []].filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
    .map(({ data: text }) => text).join('').trim();
  function contents() {
    return new Map(all('.course-list :is([data-page], [data-key])').map((link) => {
      const module = find('a.module-link', link.closest('li li')?.parentElement.closest('li') ?? make('p', ''));
      return [link.dataset.page ?? link.dataset.key, { title: kept.line(ownText(link)), ...(module && { module: kept.line(ownText(module)) }) }];
    }));
  }

  /* Does somebody's work stand in the record of a page? */
  const isWork = ({ state, texts, ticks, paper, answers, attempts, way, cards }) => state === 'done' || paper === true
    || [texts, ticks, answers, attempts, way, cards].some((part) => Object.values(part ?? {}).some((one) => one !== ''));

  /* The courses of which anything is kept: [{ course, pages: Map }]. */
  function courses() {
    const found = new Map();
    for (const [place] of store.entries()) {
      const [, id, key] = /^lectern\/[^/]*\/(.+?)\/v1\/([^~].*)$/.exec(place) ?? [];
      if (!key) continue;
      const record = store.read(key, id);
      if (isWork(record)) found.set(id, (found.get(id) ?? new Map()).set(key, record));
    }
    return [...found].map(([id, pages]) => ({ course: id === '-' ? '' : id, pages }));
  }

  /* Names that a header has, whatever the page calls them. */
  const headerOf = (id = course) => kept.filed(store.read(header, id)).texts ?? {};
  const nameOf = (texts) => kept.line(store.text(store.own(texts, word('header-name'))));

  /* What stands on this page, { texts, ticks, labels }, by whoever drew it: a sheet shows empty places too. */
  let drawn;
  const show = (what) => { drawn = what; };

  /* The data of a record: of the pages `keys`, or of all pages of a course (this one, if none is given). */
  function data({ keys, id = course } = {}) {
    const known = id === course ? contents() : new Map();
    const of = (key) => {
      const { rounds, ...record } = kept.filed(store.read(key, id));
      const shown = id === course && key === here.page ? drawn?.() : {};
      return { ...record, title: here.page === key ? kept.line(here.title) : record.title ?? key, ...known.get(key), ...shown };
    };
    const worked = [...courses().find((one) => one.course === id)?.pages.keys() ?? []];
    const ordered = [...[...known.keys()].filter((key) => worked.includes(key)), ...worked.filter((key) => !known.has(key))];
    const texts = headerOf(id);
    const chosen = (keys ?? ordered).filter((key) => worked.includes(key) || (keys && drawn && key === here.page));
    return {
      lectern: version, kind: 'record', site: here.site, course: id,
      courseTitle: id === course ? courseTitle : store.read('~course', id).title ?? id, language: document.documentElement.lang,
      saved: new Date().toISOString(), name: nameOf(texts), header: { texts },
      pages: Object.fromEntries(chosen.map((key) => [key, of(key)])),
    };
  }

  /* Put what a file holds into what is kept.  What is empty here is filled; of answers the newest stays;
   * attempts are joined; where both have a text, the one here stays unless it is to be replaced.  Nothing
   * is ever emptied.  Gives whether anything has changed. */
  const written = (texts, id) => store.text(store.own(texts, id)).trim();
  const chosen = (mine, theirs, isBetter) => Object.fromEntries(Object.keys({ ...theirs, ...mine }).map((id) => {
    const isTheirs = !Object.hasOwn(mine, id) || (Object.hasOwn(theirs, id) && isBetter(mine[id], theirs[id]));
    return [id, isTheirs ? theirs[id] : mine[id]];
  }));
  const rank = (state) => ['none', 'half', 'done'].indexOf(state);
  function joined(mine = [], theirs = []) {
    const all = new Map();
    for (const one of [...theirs, ...mine]) {
      const other = all.get(one.started);
      if (!other || JSON.stringify(other).length <= JSON.stringify(one).length) all.set(one.started, one);
    }
    return kept.attempts([...all.values()].sort((a, b) => (a.started < b.started ? -1 : 1)));
  }
  function merged(mine, theirs, isReplacing) {
    const result = { ...theirs, ...mine };
    const part = (name, isBetter) => { if (mine[name] && theirs[name]) result[name] = chosen(mine[name], theirs[name], isBetter); };
    part('texts', (one, other) => other.trim() && (isReplacing || !one.trim()));
    part('ticks', (one, other) => other && !one);
    part('answers', (one, other) => (other.at ?? '') > (one.at ?? '') || (one.answer === null && !one.at));
    part('cards', (one, other) => other.on > one.on);
    if (mine.attempts && theirs.attempts) result.attempts = joined(mine.attempts, theirs.attempts);
    if (rank(theirs.state) > rank(mine.state)) Object.assign(result, { state: theirs.state }, theirs.on && { on: theirs.on });
    if (theirs.paper) result.paper = true;
    return result;
  }
  function merge(name, theirs, isReplacing, id = course) {
    const before = JSON.stringify(store.read(name, id));
    store.change(name, (record) => { Object.assign(record, merged({ ...record }, theirs, isReplacing)); }, id);
    return JSON.stringify(store.read(name, id)) !== before;
  }

  /* In how many places a file and what is kept have a text, and not the same. */
  const clashes = (name, { texts = {} }, of = course) => Object.keys(texts).filter((id) => {
    const mine = written(store.read(name, of).texts, id);
    return mine && written(texts, id) && mine !== written(texts, id);
  }).length;

  /* What a file holds: { data }, or { reason }, the key of the words in which it is refused.  `filed` says
   * what is wanted of each page. */
  function parse(html, filed = kept.filed) {
    /* Found as text: were the markup parsed, the browser would hold the page's policy against its styles. */
    const block = /<script\b[^>]*\bid="lectern-record"[^>]*>([^<]*)/.exec(html);
    if (!block) return { reason: 'none' };
    try {
      const found = JSON.parse(block[1]);
      const own = (name) => store.own(found, name);
      const kind = { 1: 'work', 2: 'record' }[own('lectern')];
      if (Number.isInteger(own('lectern')) && own('lectern') > version) return { reason: 'newer' };
      if (!kind || own('kind') !== kind) return { reason: 'none' };
      const pages = Object.entries(store.map(own('pages'))).slice(0, kept.most.entries)
        .filter(([key]) => key !== '__proto__' && !key.startsWith('~') && key.length <= kept.most.line)
        .map(([key, value]) => [key, filed(value)]);
      const line = (name) => kept.line(own(name)) ?? '';
      return { data: {
        site: line('site'), course: line('course'), courseTitle: line('courseTitle'), language: line('language'), name: line('name'),
        saved: kept.time(own('saved')), header: { texts: kept.filed(own('header')).texts ?? {} }, pages: Object.fromEntries(pages),
      } };
    } catch {
      return { reason: 'damaged' };
    }
  }

  /* Pages that have got another key since they were saved. */
  function carried(pages, renamed) {
    const result = { ...pages };
    for (const [key, before] of Object.entries(store.map(renamed))) {
      const old = before.find((one) => Object.hasOwn(result, one));
      if (old === undefined || Object.hasOwn(result, key)) continue;
      result[key] = result[old];
      delete result[old];
    }
    return result;
  }

  /* The same of a file that belongs here, its pages under their keys of today; the reason is in words. */
  function read(html) {
    const { data: found, reason } = parse(html);
    const no = (key, values) => ({ reason: word(`record-${key}`, values) });
    if (reason) return no(reason);
    if (found.site !== here.site) return no('site');
    const home = courseOf(found.course);
    if (!home) return no('other', { course: found.courseTitle.slice(0, 100), here: courseTitle });
    return { data: { ...found, pages: carried(found.pages, home.renamed) } };
  }

  /* Read a file that somebody chose; its size is looked at first. */
  async function open(file) {
    if (!/\.html?$/i.test(file.name)) return { reason: word('record-none') };
    if (file.size > longest) return { reason: word('record-large') };
    return read(await file.text().catch(() => ''));
  }

  /* A file name that every system takes. */
  function fileName(title, name) {
    const safe = (text) => text.replace(/[\\/:*?"<>|\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').slice(0, 100).replace(/^[ .]+|[ .]+$/g, '');
    return `${safe([title, name].filter(Boolean).join(' - '))}.html`;
  }

  function save(name, html) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  /* Another course's pages cannot ask this one for its title. */
  document.addEventListener('lectern-kept', () => {
    if (store.read('~course').title !== courseTitle) store.change('~course', (one) => { one.title = courseTitle; });
  });

  return { header, course, show, data, merge, clashes, written, headerOf, nameOf, courses, isWork, parse, read, open, fileName, save, courseTitle, contents };
})();

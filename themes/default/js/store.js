/* store: what the browser keeps for this course, a record for each page.
 * Each record is an entry of its own below one versioned prefix, so that tabs with different pages never
 * touch each other's.  Other sites of the same host write to the same storage, so what is read back is
 * foreign input: `lectern.kept` drops what has not the type it should have.  Storage may be refused or
 * full: then records live as long as the page, and the learner is told once.  On a shared device they
 * are kept for this tab alone. */
lectern.store = (() => {
  const { page } = lectern;
  const longest = 500000; /* characters of one record */
  const again = 10000; /* milliseconds in which a tab puts back what another has written over */
  const tab = Math.random().toString(36).slice(2, 8); /* this one, in the marks of who has written a record */
  const mine = `lectern/${page.site}/`;
  const farewell = `${mine}-/erased`;
  const moving = `${mine}-/moving`;
  const memory = new Map();
  const told = new Set();
  const recent = new Map(); /* by place, this tab's edits of the last moments: { edit, at, mark } */
  let count = 0; /* how often this tab has written */
  let hasKept = false;
  let isClosed = false; /* the learner has left: nothing is kept any more */
  let lives = 'localStorage';
  let isFollowing = false; /* another tab takes out of the browser what this one needs too */

  const folder = (course = page.course) => `${mine}${course || '-'}/`;
  const map = (value) => (value && typeof value === 'object' && !Array.isArray(value) ? value : {});
  const own = (value, name) => (Object.hasOwn(map(value), name) ? value[name] : undefined);
  const text = (value) => (typeof value === 'string' ? value : '');

  /* Say in words what the storage does, each thing once. */
  function tell(key) {
    if (told.has(key)) return;
    told.add(key);
    const notice = document.getElementById('lectern-notice');
    const words = lectern.word(key);
    notice.textContent = notice.hidden ? words : `${notice.textContent} ${words}`;
    notice.hidden = false;
    lectern.say(words);
  }

  /* The entries below a prefix, wherever they live: [place, text]. */
  function entries(prefix = mine) {
    const found = new Map();
    for (const name of ['localStorage', 'sessionStorage']) {
      try {
        for (const place of Object.keys(window[name])) if (place.startsWith(prefix)) found.set(place, window[name].getItem(place));
      } catch { /* refused: nothing is there */ }
    }
    for (const [place, kept] of memory) if (place.startsWith(prefix)) found.set(place, kept);
    return [...found];
  }

  /* What is kept at a place: { record, tabs, damaged }, where `tabs` tells how often which tab has written
   * it, and `damaged` is the text that could not be read whole. */
  function look(place) {
    try {
      return parsed(memory.get(place) ?? window[lives].getItem(place));
    } catch {
      return { record: {}, tabs: {} };
    }
  }

  function parsed(kept) {
    const nothing = { record: {}, tabs: {}, damaged: kept ?? undefined };
    if (kept === null || kept.length > longest) return nothing;
    try {
      const found = JSON.parse(kept);
      const { tabs, ...record } = lectern.kept.page(found);
      return { record, tabs: map(tabs), damaged: JSON.stringify({ ...record, tabs }) === JSON.stringify({ ...found, tabs }) ? undefined : kept };
    } catch {
      return nothing;
    }
  }

  /* The record kept under `name`; an empty one when there is none, or none that can be read. */
  function read(name, course) {
    const { record, damaged } = look(`${folder(course)}v1/${name}`);
    if (damaged !== undefined && name === page.page) tell('store-damaged');
    return record;
  }

  const reasonOf = (error) => (error.name === 'QuotaExceededError' || error instanceof RangeError ? 'store-full' : 'store-refused');

  function write(place, kept) {
    try {
      if (kept.length > longest) throw new RangeError('more than is read back');
      window[lives].setItem(place, kept);
      memory.delete(place);
    } catch (error) {
      memory.set(place, kept);
      tell(reasonOf(error));
    }
  }

  /* Why nothing more can be kept from page to page: the key of the words that say so; '' when it can. */
  function trouble() {
    const probe = `lectern-probe/${page.site}`;
    try {
      localStorage.setItem(probe, '.'.repeat(1000));
      localStorage.removeItem(probe);
      return '';
    } catch (error) {
      return reasonOf(error);
    }
  }

  /* Write what the edits make of a record; with a mark of this tab, so that it can see whether another
   * tab had read that when it wrote. */
  function apply(place, edits, { record, tabs, damaged } = look(place)) {
    const before = JSON.stringify(record);
    for (const { edit } of edits) edit(record);
    if (JSON.stringify(record) === before && damaged === undefined) return;
    if (damaged !== undefined) write(place.replace('/v1/', '/damaged/'), damaged);
    const others = Object.entries(tabs).filter(([name]) => name !== tab).slice(-3);
    count += 1;
    for (const one of edits) one.mark = count;
    write(place, JSON.stringify({ ...record, tabs: { ...Object.fromEntries(others), [tab]: count } }));
  }

  /* Had whoever wrote a record last seen what this tab had written before? */
  const isSeen = ({ tabs }, edits) => !edits.length || tabs[tab] === edits.at(-1).mark;
  const recentOf = (place) => (recent.get(place) ?? []).filter(({ at }) => at > Date.now() - again);

  /* Change a record: it is read afresh, so that another tab's changes to other fields stay.  `edit` may
   * be called once more, on what another tab has written at the same time. */
  function change(name, edit, course) {
    if (isClosed) return;
    hasKept = true;
    const place = `${folder(course)}v1/${name}`;
    const titled = (record) => {
      edit(record);
      if (name === page.page && !Object.hasOwn(record, 'title')) record.title = page.title;
    };
    const last = { edit: titled, at: Date.now() };
    const edits = recentOf(place);
    const base = look(place);
    recent.set(place, [...edits, last]);
    apply(place, isSeen(base, edits) ? [last] : [...edits, last], base);
    document.dispatchEvent(new Event('lectern-kept'));
  }

  /* Change one entry of a map inside this page's record. */
  function keep(part, name, value, record = page.page) {
    change(record, (kept) => { kept[part] = { ...map(own(kept, part)), [name]: value }; });
  }

  function remove(prefix) {
    recent.clear();
    hasKept = false;
    for (const [place] of entries(prefix)) {
      memory.delete(place);
      for (const name of ['localStorage', 'sessionStorage']) {
        try {
          window[name].removeItem(place);
        } catch { /* refused: nothing is there */ }
      }
    }
  }

  /* Nothing stands on the page any more that was typed before; nor does the way back lead to it. */
  function leave(prefix) {
    isClosed = true;
    remove(prefix);
    location.replace(location.pathname + location.search);
  }

  /* Forget what is kept of a course, or of the whole site; every tab of the site hears of it. */
  function erase(course) {
    const prefix = course === undefined ? mine : folder(course);
    remove(prefix);
    try {
      localStorage.setItem(farewell, prefix);
      localStorage.removeItem(farewell);
    } catch { /* refused or full: no other tab has anything of it */ }
  }

  /* From now on records live in the browser, `localStorage`, or in this tab alone, `sessionStorage`; what
   * there is goes along.  Other open tabs do the same when it goes out of the browser. */
  function move(to) {
    const from = to === 'localStorage' ? 'sessionStorage' : 'localStorage';
    const all = entries();
    lives = to;
    try {
      if (to === 'sessionStorage') localStorage.setItem(moving, '1');
      for (const [place, kept] of all) {
        write(place, kept);
        window[from].removeItem(place);
      }
      localStorage.removeItem(moving);
    } catch { /* refused: what there is lives as long as the page */ }
  }

  function follow(key, oldValue) {
    if (key === moving) isFollowing = !isFollowing;
    if (isFollowing) lives = 'sessionStorage';
    if (isFollowing && oldValue !== null) write(key, oldValue);
  }

  /* When another tab has written without having seen what this one wrote just before, both are joined;
   * a moment later, at no fixed time, since that tab may be about to do the same. */
  let waiting;
  function rejoin() {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      for (const place of recent.keys()) {
        const edits = recentOf(place);
        if (!edits.length) recent.delete(place);
        else if (!isSeen(look(place), edits)) apply(place, edits);
      }
    }, 20 + 60 * Math.random());
  }

  addEventListener('storage', ({ key, newValue, oldValue, storageArea }) => {
    if (storageArea !== window.localStorage || !key?.startsWith(mine)) return;
    if (key === moving || (isFollowing && newValue === null)) return follow(key, oldValue);
    if (key === farewell && newValue) {
      if (newValue === mine || newValue === folder()) leave(newValue);
      return undefined;
    }
    if (recent.has(key)) rejoin();
    return undefined;
  });

  /* Call `listener` when something of this site was changed elsewhere: in another tab, by a file that was
   * opened, or while one was away and the browser kept this page as it was. */
  const listeners = [];
  const onChange = (listener) => { listeners.push(listener); };
  const redraw = () => listeners.forEach((listener) => listener());
  addEventListener('storage', ({ key }) => { if (key === null || (key.startsWith(mine) && key !== farewell)) redraw(); });

  /* A page that comes back as it was left, when all has been erased since, begins anew. */
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted && hasKept && !entries(folder()).length) leave(folder());
    else redraw(); /* a browser that goes back may have filled the fields itself */
  });

  /* Where records live at first: kept for this tab alone on a device that is shared. */
  try {
    if (page.device === 'shared' || sessionStorage.getItem(`${mine}-/v1/~device`)) lives = 'sessionStorage';
  } catch { /* refused, which is said when something is kept */ }

  return {
    read, change, keep, onChange, redraw, map, own, text, tell, trouble, entries, erase, move, folder,
    close: () => { isClosed = true; },
    isOfTab: () => lives === 'sessionStorage',
  };
})();

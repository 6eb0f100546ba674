/* store: what the browser keeps for this course, a record for each page.
 * Storage may be refused or full: then the records live as long as the page,
 * and the learner is told once.  Other sites of the same host write to the same
 * storage, so what is read back is foreign input: whoever takes a value out of
 * a record checks it, by `text`, `map` and the like. */
lectern.store = (() => {
  const { page } = lectern;
  const longest = 500000;
  const memory = new Map();
  let isToldOf = false;

  const key = (name, course = page.course) => `lectern/${page.site}/${course || '-'}/v1/${name}`;
  const map = (value) => (value && typeof value === 'object' && !Array.isArray(value) ? value : {});
  const own = (value, name) => (Object.hasOwn(map(value), name) ? value[name] : undefined);
  const text = (value) => (typeof value === 'string' ? value : '');

  function tell() {
    if (isToldOf) return;
    isToldOf = true;
    const notice = document.getElementById('lectern-notice');
    notice.textContent = lectern.word('store-refused');
    notice.hidden = false;
    lectern.say(notice.textContent);
  }

  /* The record kept under `name`; an empty one when there is none, or none that can be read. */
  function read(name, course) {
    const place = key(name, course);
    try {
      if (memory.has(place)) return map(JSON.parse(memory.get(place)));
      const kept = localStorage.getItem(place) ?? '{}';
      return kept.length > longest ? {} : map(JSON.parse(kept));
    } catch {
      return {};
    }
  }

  /* Change a record: it is read afresh, so that another tab's changes to other fields stay. */
  function change(name, edit, course) {
    const place = key(name, course);
    const record = read(name, course);
    edit(record);
    const kept = JSON.stringify(record);
    try {
      if (kept.length > longest) throw new RangeError('more than is read back');
      localStorage.setItem(place, kept);
      memory.delete(place);
    } catch {
      memory.set(place, kept);
      tell();
    }
  }

  /* Change one entry of a map inside this page's record. */
  function keep(part, name, value, record = page.page) {
    change(record, (kept) => { kept[part] = { ...map(own(kept, part)), [name]: value }; });
  }

  /* Call `listener` when another tab has changed something of this site, also while one was away
   * and the browser kept this page as it was. */
  function onChange(listener) {
    addEventListener('storage', (event) => {
      if (event.key === null || event.key.startsWith(`lectern/${page.site}/`)) listener();
    });
    addEventListener('pageshow', ({ persisted }) => { if (persisted) listener(); });
  }

  return { read, change, keep, onChange, map, own, text };
})();

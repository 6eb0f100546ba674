/* worksheet: what is typed and ticked is kept at once, counted where asked, and copied for paper. */
{
  const { page, store, progress, word, find, all } = lectern;
  const places = all('[data-write]');
  const headers = all('[data-header]');
  const ticks = all('[data-task]');
  const paper = document.getElementById('on-paper');
  const header = '~header'; /* Name and Date are typed once for the whole course */
  let speaking;

  /* A textarea prints only what it shows; its copy prints all. */
  function copy(field) {
    const written = field.parentElement.querySelector('.written');
    if (written) written.textContent = field.value;
  }

  /* As tall as its text, never smaller than its lines. */
  function grow(field) {
    if (field.type !== 'textarea') return;
    field.style.height = '';
    if (field.scrollHeight > field.clientHeight) field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
  }

  function count(field) {
    if (!field.dataset.words) return;
    const written = (field.value.match(/\S+/g) ?? []).length;
    const note = document.getElementById(`${field.id}-words`);
    note.textContent = word('words-of', { written, count: Number(field.dataset.words) });
    clearTimeout(speaking);
    if (document.activeElement === field) speaking = setTimeout(() => lectern.say(note.textContent), 5000);
  }

  function judge() {
    const wanted = places.filter((field) => !('optional' in field.dataset));
    const empty = wanted.filter((field) => !field.value.trim()).length;
    const left = paper?.checked ? 0 : empty + (places.length ? 0 : ticks.filter((tick) => !tick.checked).length);
    if (page.done !== 'filled') return;
    const isBegun = [...places, ...ticks].some((field) => field.value.trim() && (field.type !== 'checkbox' || field.checked));
    const isFree = !wanted.length && (places.length || !ticks.length); /* nothing must be filled */
    if (left === 0 && (isBegun || !isFree || paper?.checked)) progress.reach('done');
    else progress.reach(isBegun ? 'half' : 'none', true);
    progress.leave(left);
  }

  /* Take over what is kept.  Each key press is kept at once, so nothing newer stands in a field. */
  function restore() {
    const record = store.read(page.page);
    const names = store.read(header);
    const fill = (field, value) => {
      if (typeof value === 'string' && field.value !== value) field.value = value;
      copy(field);
      grow(field);
    };
    for (const field of places) { fill(field, store.own(record.texts, field.id)); count(field); }
    for (const field of headers) fill(field, store.own(names.texts, field.dataset.header));
    for (const tick of ticks) tick.checked = store.own(record.ticks, tick.id) ?? tick.defaultChecked;
    if (paper) paper.checked = record.paper === true;
    judge();
  }

  if (places.length || headers.length || ticks.length || paper) {
    document.addEventListener('input', ({ target }) => {
      if (places.includes(target)) {
        store.keep('texts', target.id, target.value);
        copy(target);
        grow(target);
        count(target);
      } else if (headers.includes(target)) {
        store.keep('texts', target.dataset.header, target.value, header);
      } else if (ticks.includes(target)) {
        store.keep('ticks', target.id, target.checked);
      } else if (target === paper) {
        store.change(page.page, (record) => { record.paper = paper.checked; });
      } else {
        return;
      }
      judge();
    });
    store.onChange(restore);
    restore();
  }

  /* Paper: as filled in, or blank.  On phones print() returns before anything is printed. */
  const root = document.documentElement;
  function print(isBlank) {
    root.classList.toggle('print-blank', isBlank);
    window.print();
  }
  addEventListener('afterprint', () => root.classList.remove('print-blank'));
  document.getElementById('print-filled')?.addEventListener('click', () => print(false));
  document.getElementById('print-blank')?.addEventListener('click', () => print(true));
}

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

  function count(field) {
    if (!field.dataset.words) return;
    const written = (field.value.match(/\S+/g) ?? []).length;
    const note = document.getElementById(`${field.id}-words`);
    note.textContent = word('words-of', { written, count: Number(field.dataset.words) });
    clearTimeout(speaking);
    if (document.activeElement === field) speaking = setTimeout(() => lectern.say(note.textContent), 5000);
  }

  function judge() {
    const empty = places.filter((field) => !('optional' in field.dataset) && !field.value.trim()).length;
    const left = paper?.checked ? 0 : empty + (places.length ? 0 : ticks.filter((tick) => !tick.checked).length);
    if (page.done !== 'filled') return;
    const isBegun = [...places, ...ticks].some((field) => field.value.trim() && (field.type !== 'checkbox' || field.checked));
    if (left === 0) progress.reach('done');
    else progress.reach(isBegun ? 'half' : 'none', true);
    progress.leave(left);
  }

  /* Take over what is kept, but never under the hands of who is typing. */
  function restore() {
    const record = store.read(page.page);
    const names = store.read(header);
    const fill = (field, value) => {
      if (field !== document.activeElement && typeof value === 'string') field.value = value;
      copy(field);
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

  /* Paper: as filled in, or blank. */
  function print(isBlank) {
    document.documentElement.classList.toggle('print-blank', isBlank);
    window.print();
    document.documentElement.classList.remove('print-blank');
  }
  document.getElementById('print-filled')?.addEventListener('click', () => print(false));
  document.getElementById('print-blank')?.addEventListener('click', () => print(true));
}

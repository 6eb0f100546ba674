/* worksheet: what is typed and ticked is kept at once, counted where asked, copied for paper, saved to
 * a file and opened again.  Any page may have places to write; a worksheet is done when they are filled. */
{
  const { page, store, kept: { line }, progress, record, work, word, find, all, make } = lectern;
  const { button } = work;
  const own = (selector) => all(selector).filter((field) => !field.closest('.part')); /* a handout is for paper alone */
  const places = own('[data-write]');
  const headers = own('[data-header]');
  const ticks = own('[data-task]');
  const { header } = record;
  const isSheet = page.done === 'filled';
  const paper = make('input', ''); /* "I did this on paper"; shown on worksheets */
  let speaking;

  /* A field prints only what it shows; its copy prints all. */
  function copy(field) {
    const written = find('.written', field.parentElement);
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
    if (!isSheet) return;
    const wanted = places.filter((field) => !('optional' in field.dataset));
    const empty = wanted.filter((field) => !field.value.trim()).length;
    const left = paper.checked ? 0 : empty + (places.length ? 0 : ticks.filter((tick) => !tick.checked).length);
    const isBegun = [...places, ...ticks].some((field) => field.value.trim() && (field.type !== 'checkbox' || field.checked));
    const isFree = !wanted.length && (places.length || !ticks.length); /* nothing must be filled */
    if (left === 0 && (isBegun || !isFree || paper.checked)) progress.reach('done');
    else progress.reach(isBegun ? 'half' : 'none', true);
    progress.leave(left);
  }

  /* Texts whose place the author has reworded or taken away: shown, saved, never dropped. */
  const strays = make('section', 'strays');
  const straysIn = (kept) => Object.entries(store.map(kept.texts))
    .filter(([id, text]) => store.text(text).trim() && !places.some((field) => field.id === id));
  function drawStrays(kept) {
    const texts = straysIn(kept).map(([, text]) => make('p', 'stray', text));
    strays.hidden = !texts.length;
    strays.replaceChildren(make('p', '', make('b', '', word('strays', { count: texts.length }))), ...texts);
  }

  /* Take over what is kept.  Each key press is kept at once, so nothing newer stands in a field; only
   * what somebody is typing in is left alone until they leave it. */
  function restore() {
    const kept = store.read(page.page);
    const names = store.read(header);
    const fill = (field, value) => {
      const isBusy = field === document.activeElement && document.hasFocus();
      if (field.value !== value && !isBusy) field.value = value ?? '';
      copy(field);
      grow(field);
    };
    for (const field of [...places, ...headers, ...ticks]) field.autocomplete ||= 'off'; /* nothing comes back but what is kept */
    for (const field of places) { fill(field, store.own(kept.texts, field.id)); count(field); }
    for (const field of headers) fill(field, store.own(names.texts, field.dataset.header));
    for (const tick of ticks) tick.checked = store.own(kept.ticks, tick.id) ?? tick.defaultChecked;
    paper.checked = kept.paper === true;
    drawStrays(kept);
    judge();
  }

  /* The tools stand at the end of the sheet.  Without script they would do nothing, so they are made here. */
  const notice = make('p', 'notice sheet-notice');
  const cleared = make('p', 'notice sheet-notice');
  notice.hidden = cleared.hidden = true;

  /* Beside the buttons: words that are heard as well; or a question, heard when the focus comes to its
   * first button. */
  function show(box, text, ...buttons) {
    const said = make('span', '', text);
    box.replaceChildren(said, ' ', ...buttons);
    box.hidden = false;
    if (!buttons.length) return lectern.say(text);
    said.id = 'lectern-asked';
    buttons[0].setAttribute('aria-describedby', said.id);
    buttons[0].focus();
  }

  /* Paper: as filled in, or blank.  On phones print() returns before anything is printed. */
  function print(isBlank) {
    document.documentElement.classList.toggle('print-blank', isBlank);
    window.print();
  }

  /* What the page calls a place, a label as in the record. */
  const labelOf = (field) => line((ticks.includes(field) ? field.closest('label') ?? field.labels[0] : null)?.textContent
    ?? field.getAttribute('aria-label') ?? field.labels[0].firstChild.textContent);
  const labels = () => Object.fromEntries([...places, ...ticks].map((field) => [field.id, labelOf(field)]));

  const written = () => ({
    texts: Object.fromEntries([...places.map(({ id, value }) => [id, value]), ...straysIn(store.read(page.page))]),
    ticks: Object.fromEntries(ticks.map(({ id, checked }) => [id, checked])),
    ...(paper.checked && { paper: true }),
  });
  if (places.length || ticks.length) record.show(() => ({ ...written(), labels: { ...store.read(page.page).labels, ...labels() } }));

  const save = () => show(notice, work.save({ keys: [page.page], title: page.title }));

  const opener = work.opener((chosen) => work.take(chosen, (text, ...buttons) => show(notice, text, ...buttons), ({ pages }) => {
    opener[0].focus();
    const mine = store.own(pages, page.page);
    const lost = Object.entries(mine?.texts ?? {}).filter(([id, text]) => text.trim() && !places.some((field) => field.id === id)).length;
    show(notice, [word(mine ? 'opened' : 'opened-elsewhere'), lost && word('lost', { count: lost })].filter(Boolean).join(' '));
  }));

  /* Emptied without a question, since it can be had back as long as the page lives. */
  let before;
  const clearer = button('clear', () => {
    const now = written();
    if (now.paper || places.some((field) => field.value) || ticks.some((tick) => tick.checked !== tick.defaultChecked)) before = now;
    store.change(page.page, (kept) => {
      Object.assign(kept, { texts: Object.fromEntries(places.map(({ id }) => [id, ''])), ticks: {}, paper: false });
    });
    restore();
    notice.hidden = true;
    show(cleared, word('cleared'), button('undo', () => {
      if (before) record.merge(page.page, before, false);
      cleared.hidden = true;
      clearer.focus();
      restore();
      lectern.say(word('undone'));
    }));
  }, 'quiet-button');

  function drawTools() {
    paper.type = 'checkbox';
    paper.dataset.tool = 'on-paper';
    find('.page-body').append(strays, make('div', 'sheet-tools',
      ...(isSheet ? [make('label', 'on-paper', paper, word('on-paper'))] : []),
      make('p', 'buttons', button('print-filled', () => print(false)), button('print-blank', () => print(true)), button('save', save), ...opener, clearer),
      notice, cleared));
    addEventListener('afterprint', () => document.documentElement.classList.remove('print-blank'));
  }

  /* With what the page calls the place, for whoever reads the record elsewhere. */
  function keep(part, field, value) {
    const { id } = field;
    const label = labelOf(field);
    store.change(page.page, (kept) => {
      kept[part] = { ...store.map(kept[part]), [id]: value };
      kept.labels = { ...store.map(kept.labels), [id]: label };
    });
  }

  if (places.length || headers.length || ticks.length || isSheet) {
    document.addEventListener('input', ({ target }) => {
      if (places.includes(target)) {
        keep('texts', target, target.value);
        grow(target);
        count(target);
      } else if (headers.includes(target)) {
        store.keep('texts', target.dataset.header, target.value, header);
      } else if (ticks.includes(target)) {
        keep('ticks', target, target.checked);
      } else if (target === paper) {
        store.change(page.page, (kept) => { kept.paper = paper.checked; });
      } else {
        return;
      }
      copy(target);
      judge();
    });
    document.addEventListener('focusout', () => setTimeout(restore));
    store.onChange(restore);
    if (places.length || headers.length || isSheet) drawTools(); /* a list to tick off needs none */
    restore();
  }
}

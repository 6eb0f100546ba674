/* worksheet: what is typed and ticked is kept at once, counted where asked, copied for paper, saved to
 * a file and opened again.  Any page may have places to write; a worksheet is done when they are filled. */
{
  const { page, store, progress, record, word, find, all, make } = lectern;
  const own = (selector) => all(selector).filter((field) => !field.closest('.part')); /* a handout is for paper alone */
  const places = own('[data-write]');
  const headers = own('[data-header]');
  const ticks = own('[data-task]');
  const header = '~header'; /* Name and Date are typed once for the whole course */
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
      if (typeof value === 'string' && field.value !== value && !isBusy) field.value = value;
      copy(field);
      grow(field);
    };
    for (const field of places) { fill(field, store.own(kept.texts, field.id)); count(field); }
    for (const field of headers) fill(field, store.own(names.texts, field.dataset.header));
    for (const tick of ticks) tick.checked = store.own(kept.ticks, tick.id) ?? tick.defaultChecked;
    paper.checked = kept.paper === true;
    drawStrays(kept);
    judge();
  }

  /* Put work, as of a file, into a record.  What is empty here is filled; where both have a text, the one
   * here stays unless it is to be replaced.  Nothing is ever emptied. */
  const typed = ({ texts }, id) => store.text(store.own(texts, id)).trim();
  function merge(name, work, isReplacing) {
    store.change(name, (kept) => {
      const mine = record.work(kept);
      for (const id of Object.keys(work.texts)) if (typed(work, id) && (isReplacing || !typed(mine, id))) mine.texts[id] = work.texts[id];
      for (const id of Object.keys(work.ticks)) mine.ticks[id] = work.ticks[id] || store.own(mine.ticks, id) === true;
      Object.assign(kept, mine, { paper: mine.paper || work.paper });
    });
  }
  const clashes = ([name, work]) => Object.keys(work.texts).filter((id) => {
    const mine = typed(store.read(name), id);
    return mine && typed(work, id) && mine !== typed(work, id);
  }).length;

  /* The tools stand at the end of the sheet.  Without script they would do nothing, so they are made here. */
  const notice = make('p', 'notice sheet-notice');
  const cleared = make('p', 'notice sheet-notice');
  notice.hidden = cleared.hidden = true;

  function button(key, act, className = 'button') {
    const made = make('button', className, word(key));
    made.type = 'button';
    made.dataset.tool = key;
    made.addEventListener('click', act);
    return made;
  }

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

  const written = () => ({
    texts: Object.fromEntries([...straysIn(store.read(page.page)), ...places.map(({ id, value }) => [id, value])]),
    ticks: Object.fromEntries(ticks.map(({ id, checked }) => [id, checked])),
    paper: paper.checked,
  });

  function save() {
    const { texts } = record.work(store.read(header));
    for (const field of headers) texts[field.dataset.header] = field.value;
    const name = typed({ texts }, word('header-name'));
    const entries = all('[data-write], [data-task]').map((field) => {
      const label = field.getAttribute('aria-label') ?? field.labels[0].firstChild.textContent;
      return places.includes(field) ? { label, text: field.value } : { label: field.labels[0].textContent, isTicked: field.checked };
    });
    for (const [, text] of straysIn(store.read(page.page))) entries.push({ label: word('stray'), text });
    if (paper.checked) entries.push({ label: word('on-paper'), isTicked: true });
    const title = [page.title, name].filter(Boolean).join(' - ');
    record.save(title, record.page({
      title, facts: Object.entries(texts), sections: [{ title: page.title, entries }],
      data: { name, pages: { [page.page]: written() }, header: { texts } },
    }));
    show(notice, word('saved'));
  }

  const file = make('input', '');
  const opener = button('open', () => file.click());
  file.addEventListener('change', async () => {
    const found = await record.open(file.files[0]);
    file.value = '';
    if (found.reason) return show(notice, found.reason);
    const known = [page.page, ...all('.course-list [data-page]').map(({ dataset }) => dataset.page)];
    const work = [...found.pages].filter(([key]) => known.includes(key));
    if (!work.length) return show(notice, word('record-elsewhere'));
    work.push([header, found.header]);
    const take = (isReplacing) => {
      for (const [name, one] of work) merge(name, one, isReplacing);
      opener.focus();
      restore();
      const mine = found.pages.get(page.page);
      const lost = Object.keys(mine?.texts ?? {}).filter((id) => typed(mine, id) && !places.some((field) => field.id === id)).length;
      show(notice, [word(mine ? 'opened' : 'opened-elsewhere'), lost && word('lost', { count: lost })].filter(Boolean).join(' '));
    };
    const count = work.reduce((sum, one) => sum + clashes(one), 0);
    if (!count) return take(false);
    show(notice, word('replace', { count }), button('keep-mine', () => take(false)), button('take-theirs', () => take(true)));
  });

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
      if (before) merge(page.page, before, false);
      cleared.hidden = true;
      clearer.focus();
      restore();
      lectern.say(word('undone'));
    }));
  }, 'quiet-button');

  function drawTools() {
    file.type = 'file';
    file.accept = '.html,.htm';
    file.hidden = true;
    file.setAttribute('aria-label', opener.textContent);
    paper.type = 'checkbox';
    paper.dataset.tool = 'on-paper';
    find('.page-body').append(strays, make('div', 'sheet-tools',
      ...(isSheet ? [make('label', 'on-paper', paper, word('on-paper'))] : []),
      make('p', 'buttons', button('print-filled', () => print(false)), button('print-blank', () => print(true)), button('save', save), opener, clearer),
      notice, cleared, file));
    addEventListener('afterprint', () => document.documentElement.classList.remove('print-blank'));
  }

  if (places.length || headers.length || ticks.length || isSheet) {
    document.addEventListener('input', ({ target }) => {
      if (places.includes(target)) {
        store.keep('texts', target.id, target.value);
        grow(target);
        count(target);
      } else if (headers.includes(target)) {
        store.keep('texts', target.dataset.header, target.value, header);
      } else if (ticks.includes(target)) {
        store.keep('ticks', target.id, target.checked);
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

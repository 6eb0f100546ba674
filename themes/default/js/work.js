/* work: the learner's own work: what a file of it would hold, saved, opened, handed in, and erased when
 * one leaves.  Without script there is none of it, so all of this is made here. */
lectern.work = (() => {
  const { page, store, kept, progress, record, recordPage, word, find, all, make } = lectern;
  const nameKey = word('header-name');

  function button(key, act, className = 'button') {
    const made = make('button', className, word(key));
    made.type = 'button';
    made.dataset.tool = key;
    made.addEventListener('click', act);
    return made;
  }

  /* A modal dialog with a heading; gives what it holds, to be filled.  It is gone once it is closed. */
  function dialog(title, name, onClose) {
    const heading = make('h2', '', title);
    heading.id = 'work-title';
    heading.tabIndex = -1;
    const box = make('dialog', `work-dialog ${name}`, heading);
    box.setAttribute('aria-labelledby', heading.id);
    document.body.append(box);
    box.addEventListener('close', () => {
      box.remove();
      onClose?.();
    });
    box.showModal();
    heading.focus();
    return box;
  }

  /* What a file would hold, in words. */
  function holds({ header, pages }) {
    const records = Object.values(pages);
    const count = (part, is) => records.reduce((sum, one) => sum + Object.values(one[part] ?? {}).filter(is).length, 0);
    const counts = {
      done: records.filter(({ state }) => state === 'done').length,
      answers: count('answers', ({ answer }) => answer !== null),
      texts: count('texts', (text) => text.trim()),
      ticks: count('ticks', Boolean),
      ways: records.filter(({ way }) => way?.length).length,
      cards: count('cards', Boolean),
    };
    const names = Object.values(header.texts).some((text) => text.trim());
    return [...(names ? [word('work-name')] : []), ...Object.keys(counts).filter((key) => counts[key]).map((key) => word(`work-${key}`, { count: counts[key] }))];
  }

  /* The file of a record's data: its name, and what stands in it. */
  function fileOf(data, title = data.courseTitle) {
    return { name: record.fileName(title, data.name), html: recordPage(data) };
  }

  /* Save a file at once; gives the words that say so. */
  function save({ keys, title = record.courseTitle } = {}) {
    const file = fileOf(record.data({ keys }), title);
    record.save(file.name, file.html);
    return word('saved');
  }

  /* Take over what a file holds.  `say` shows words, and buttons where something is asked; `done` is called
   * with the data when it is here. */
  async function take(file, say, done) {
    const { data, reason } = await record.open(file);
    if (reason) return say(reason);
    const { course } = data;
    const known = course === record.course ? [page.page, ...record.contents().keys()] : Object.keys(data.pages);
    const records = Object.entries(data.pages).filter(([key]) => known.includes(key));
    if (!records.length) return say(word('record-elsewhere'));
    records.push([record.header, data.header]);
    const merge = (isReplacing) => {
      const changed = records.filter(([key, one]) => record.merge(key, one, isReplacing, course));
      if (course !== record.course && data.courseTitle) store.change('~course', (one) => { one.title ??= data.courseTitle; }, course);
      store.redraw();
      done(data, changed.filter(([key]) => key !== record.header).length);
    };
    const count = records.reduce((sum, [key, one]) => sum + record.clashes(key, one, course), 0);
    if (!count) return merge(false);
    return say(word('replace', { count }), button('keep-mine', () => merge(false)), button('take-theirs', () => merge(true)));
  }

  /* A hidden field for files, and the button that opens it. */
  function opener(take_) {
    const file = make('input', '');
    file.type = 'file';
    file.accept = '.html,.htm';
    file.hidden = true;
    const made = button('open', () => file.click());
    file.setAttribute('aria-label', made.textContent);
    file.addEventListener('change', () => {
      const [chosen] = file.files;
      file.value = '';
      if (chosen) take_(chosen);
    });
    return [made, file];
  }

  /* The name, asked where the page has no field for it; it is the one of all sheets of the course that
   * `courseOf` gives. */
  function nameField(courseOf, change) {
    const field = make('input', '');
    field.type = 'text';
    field.autocomplete = 'name';
    field.maxLength = kept.most.line;
    field.addEventListener('input', () => {
      store.change(record.header, (kept) => { kept.texts = { ...store.map(kept.texts), [nameKey]: field.value }; }, courseOf());
      store.redraw();
      change();
    });
    return make('label', 'work-name', word('header-name'), ' ', field);
  }

  /* Save, open and hand in: of the course `id`, this one if none is given, or with `keys` of some of its
   * pages only, which `title` names. */
  function open({ keys, title, id = record.course } = {}) {
    let course = id;
    const data = () => record.data({ keys, id: course });
    const heading = (now) => word('work-of', { title: title ?? now.courseTitle });
    const box = dialog(heading(data()), 'work-save');
    const notice = make('p', 'notice');
    notice.setAttribute('role', 'status');
    const say = (text, ...buttons) => notice.replaceChildren(text, ' ', ...buttons);
    const words = make('div', '');
    const over = make('div', '');
    const name = nameField(() => course, () => draw());

    const saver = button('save', () => {
      const file = fileOf(data(), title);
      record.save(file.name, file.html);
      say(word('work-saved', { file: file.name }));
    }, 'button main-button');

    function draw() {
      const now = data();
      const isEmpty = !Object.keys(now.pages).length;
      const field = find('input', name);
      if (field !== document.activeElement) field.value = record.nameOf(now.header.texts) ?? '';
      find('h2', box).textContent = heading(now);
      words.replaceChildren(...(isEmpty ? [make('p', '', word('work-nothing'))] : [
        make('p', '', word('work-holds')), make('ul', '', ...holds(now).map((text) => make('li', '', text))), make('p', '', word('work-else')),
      ]));
      saver.hidden = isEmpty;
      const isKnown = course === record.course || progress.ofCourse(course).count; /* how far one is with it, for the code */
      over.replaceChildren(...(isEmpty || !isKnown ? [] : [lectern.handIn(now)].filter(Boolean)));
    }
    const choose = opener((file) => take(file, say, (found, count) => {
      if (!keys) course = found.course;
      draw();
      say(count ? word('work-opened', { count }) : word('work-known'));
      choose[0].focus();
    }));
    box.append(name, words, make('p', 'buttons', saver, ...choose), notice, over, lectern.device.choice(),
      make('p', 'buttons', button('work-close', () => box.close())));
    draw();
  }

  /* Outside of the courses: the one at which there is work, or a choice of them. */
  function openAny() {
    const ids = page.course === undefined ? record.courses().map(({ course }) => course) : [];
    if (ids.length < 2) return open({ id: ids[0] });
    const box = dialog(word('work'), 'work-choose');
    box.append(make('p', '', word('work-choose')));
    for (const id of ids) {
      const made = button('work-of', () => {
        box.close();
        box.remove();
        open({ id });
      });
      made.textContent = word('work-of', { title: record.data({ id }).courseTitle });
      box.append(make('p', '', made));
    }
    return box.append(make('p', 'buttons', button('work-close', () => box.close())));
  }

  /* Out of here: the front page takes the place of this one, so that the way back does not lead to it. */
  const go = () => location.replace(find('.brand').href);

  function erase() {
    store.erase();
    store.close();
  }

  /* What was saved can be saved once more, as long as this is open. */
  function left(file) {
    const box = dialog(word('left'), 'work-left', go);
    const again = file ? [button('left-again', () => record.save(file.name, file.html))] : [];
    box.append(make('p', '', file ? word('left-file', { file: file.name }) : word('left-nothing')),
      make('p', 'buttons', ...again, button('left-go', () => box.close(), 'button main-button')));
  }

  /* What must be asked first: nothing is there to save, or more than one file. */
  function ask(files) {
    const box = dialog(word('leave'), 'work-leave');
    box.append(make('p', '', word(files.length ? 'leave-many' : 'leave-nothing')));
    const notice = make('p', 'notice');
    notice.setAttribute('role', 'status');
    const unsaved = new Set(files);
    for (const one of files) {
      const { title, file } = one;
      const made = button('leave-one', () => {
        record.save(file.name, file.html);
        notice.textContent = word('work-saved', { file: file.name });
        unsaved.delete(one);
        eraser.classList.toggle('main-button', !unsaved.size);
      });
      made.textContent = word('leave-one', { title });
      box.append(make('p', '', made));
    }
    const eraser = button('leave-erase', () => {
      erase();
      if (files.length) return go();
      box.remove();
      return left();
    });
    eraser.classList.toggle('main-button', !files.length); /* not before all is saved */
    box.append(notice, make('p', 'buttons', eraser, button('leave-cancel', () => box.close())));
  }

  /* Save and leave: one file, and nothing is left. */
  function leave() {
    const files = record.courses().map(({ course }) => {
      const data = record.data({ id: course });
      return { title: data.courseTitle, file: fileOf(data) };
    });
    if (files.length !== 1) return ask(files);
    record.save(files[0].file.name, files[0].file.html);
    erase();
    return left(files[0].file);
  }

  /* In the header of every page, and at the end of a course and a module. */
  find('.header-tools')?.prepend(button('work', openAny, 'quiet-button work-opener'), button('leave', leave, 'quiet-button'));
  const part = all('.course-list [data-module]').find((one) => one.dataset.module === page.page);
  const keys = part && [page.page, ...all('[data-page], [data-key]', part).map(({ dataset }) => dataset.page ?? dataset.key)];
  const scope = part ? { keys: [...new Set(keys)], title: page.title } : {};
  if (part || find('.course-home a[aria-current]')) {
    find('.page-body').append(make('p', 'buttons work-here', button('work-save', () => open(scope))));
  }

  return { open, save, take, opener, button };
})();

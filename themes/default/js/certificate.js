/* certificate: filled in as soon as its module or its course is done, with the name that was typed for the
 * course and the day of the last page; until then it says what is left. */
{
  const { page, store, progress, record, word, find, make } = lectern;
  const box = find('[data-certificate]');

  if (box) {
    const { module } = box.dataset;
    const sheet = find('.certificate', box);
    const left = find('.certificate-left', box);
    const tools = find('.certificate-tools', box);
    const input = find('input', tools);
    const label = word('header-name');
    const longest = Number(input.maxLength);
    let isClosed; /* undefined until it was drawn once */
    let drawn; /* the keys of what is left, as they stand there */

    const nameOf = () => (record.nameOf(record.headerOf()) ?? '').slice(0, longest);

    function linkTo({ key, href, title }) {
      const link = make('a', '', title);
      link.href = href;
      link.dataset.page = key;
      return make('li', '', link);
    }

    /* New links get their state by being drawn with all others. */
    function drawLeft(pages) {
      const keys = pages.map(({ key }) => key).join('\n');
      if (keys === drawn) return;
      drawn = keys;
      find('p', left).textContent = word('certificate-left', { count: pages.length });
      find('ul', left).replaceChildren(...pages.map(linkTo));
      progress.draw();
    }

    /* What is left, or what to print; who stood in the one is not thrown out by the other. */
    function show(isNowClosed) {
      const hadFocus = left.contains(document.activeElement);
      left.hidden = !isNowClosed;
      tools.hidden = isNowClosed;
      find('.certificate-preview', box).hidden = !isNowClosed;
      sheet.toggleAttribute('data-closed', isNowClosed);
      if (isClosed && !isNowClosed) lectern.say(word('certificate-open'));
      if (hadFocus && !isNowClosed) input.focus();
      isClosed = isNowClosed;
    }

    function fill({ isDone, on }) {
      const holder = find('.certificate-holder', sheet);
      holder.textContent = isDone ? nameOf() : '';
      holder.toggleAttribute('data-long', holder.textContent.length > 30);
      find('.certificate-date', sheet).textContent = isDone && on
        ? new Intl.DateTimeFormat(lectern.language, { dateStyle: 'long' }).format(new Date(on)) : '';
    }

    function draw() {
      const far = module === undefined ? progress.ofCourse() : progress.ofModule(module);
      show(!far.isDone);
      if (input !== document.activeElement) input.value = nameOf();
      fill(far);
      drawLeft(far.left);
    }

    input.addEventListener('input', () => {
      store.keep('texts', label, input.value, record.header);
      draw();
    });
    document.addEventListener('lectern-progress', draw);
    draw();
  }
}

/* page: what every page does: its colours, being read to the end, and where one is in it. */
{
  const { page, store, kept, progress, find, all, word } = lectern;
  const root = document.documentElement;

  /* Light or dark; nothing chosen follows the system. */
  const colours = document.getElementById('colours');
  const paint = (theme) => { if (theme) root.dataset.theme = theme; else delete root.dataset.theme; };
  const theme = store.text(store.read('~colours', '-').theme);
  if (colours) {
    colours.value = ['light', 'dark'].includes(theme) ? theme : '';
    paint(colours.value);
    colours.addEventListener('change', () => {
      paint(colours.value);
      store.change('~colours', (record) => { record.theme = colours.value; }, '-');
    });
  }

  /* The current entry of a long course list is in view, and of a long page in the contents. */
  const list = find('.course-list');
  const entry = list && find('[aria-current]', list);
  if (entry && entry.offsetTop > list.clientHeight / 2) list.scrollTop = entry.offsetTop - list.clientHeight / 3;

  const links = all('.contents a');
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  function followReading() {
    const passed = headings.filter((heading) => heading && heading.getBoundingClientRect().top < innerHeight / 3);
    const current = headings.indexOf(passed.pop());
    links.forEach((link, i) => (i === current ? link.setAttribute('aria-current', 'true') : link.removeAttribute('aria-current')));
  }
  if (links.length) {
    let isWaiting = false;
    addEventListener('scroll', () => {
      if (isWaiting) return;
      isWaiting = true;
      requestAnimationFrame(() => { isWaiting = false; followReading(); });
    }, { passive: true });
    followReading();
  }

  /* A drawer closes with Escape, and when one has chosen from it. */
  const close = () => all('.drawer[open]').forEach((drawer) => {
    drawer.open = false;
    find('summary', drawer).focus();
  });
  addEventListener('keydown', ({ key }) => { if (key === 'Escape') close(); });
  links.forEach((link) => link.addEventListener('click', close));

  /* Nothing longer can be typed than is read back. */
  all('textarea, input[type="text"]').filter((field) => field.maxLength < 0).forEach((field) => { field.maxLength = kept.most.characters; });

  /* What scrolls inside its own box can be reached by keyboard. */
  const boxes = all('.table, pre');
  const open = () => boxes.forEach((box) => { box.tabIndex = box.scrollWidth > box.clientWidth ? 0 : -1; });
  if (boxes.length) {
    addEventListener('resize', open);
    open();
  }

  /* Read to the end: its end has been in view for a second.  A film whose transcript is all in view at
   * once has not been read by that. */
  const end = document.getElementById('page-end');
  const isRead = page.done === 'read' || page.done === 'watched';
  let isTakenBack = false;
  let isSeen = false;
  let timer;
  function finish() {
    if (isTakenBack || (page.done === 'watched' && scrollY === 0) || !lectern.isAnswered()) return;
    progress.reach('done');
  }
  if (end && isRead) {
    progress.reach('half');
    const wait = () => {
      clearTimeout(timer);
      if (isSeen && !document.hidden) timer = setTimeout(finish, 1000);
    };
    new IntersectionObserver((entries) => {
      isSeen = entries.pop().isIntersecting;
      wait();
    }).observe(end);
    document.addEventListener('visibilitychange', wait);
    document.addEventListener('lectern-checked', wait);
    document.addEventListener('lectern-opened', wait);
  }

  /* The same by hand, and taken back. */
  const mark = document.getElementById('mark-page');
  if (mark) {
    const text = mark.textContent;
    const draw = () => { mark.textContent = progress.stateOf(page.page) === 'done' ? word('unmark') : text; };
    mark.addEventListener('click', () => {
      isTakenBack = progress.stateOf(page.page) === 'done';
      progress.reach(isTakenBack ? 'half' : 'done', true);
      draw();
      lectern.say(find('.page-state .state').textContent);
    });
    new MutationObserver(draw).observe(find('.page-state .state'), { attributeFilter: ['data-state'] });
    draw();
  }

  /* All of the page goes to paper, or the part that the button names.  On phones print() returns before
   * anything is printed, so the name stays until paper is done. */
  document.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-print]');
    if (!button) return;
    if (button.dataset.print) root.classList.add(`print-${button.dataset.print}`);
    window.print();
  });
  addEventListener('afterprint', () => root.classList.remove('print-card'));

  /* What the margins of the paper say: @page takes text only from a property. */
  const head = find('.print-head span');
  const say = (name, text) => root.style.setProperty(name, JSON.stringify(text));
  if (head) say('--running-head', `${head.textContent} · ${page.title}`);
  const edition = find('.edition');
  if (edition) say('--edition', edition.textContent);
  if (page.home) say('--running-foot', page.home);
}

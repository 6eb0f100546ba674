/* locks: a page that waits for others keeps its body and says first what is missing; only what is to be
 * answered waits.  It opens at once when that is done, in another tab too, and then stays open.  In the
 * facilitator's edition `?unlock` opens all pages for this tab.  Where storage is refused or full nothing
 * waits, as it would wait for ever. */
{
  const { page, store, progress, word, find, all, make } = lectern;
  const body = find('.page-body');
  const place = `lectern-unlocked/${page.site}`;
  const notice = make('section', 'lock screen-only');

  function isUnlocked() {
    if (!find('.edition')) return false;
    const isAsked = new URLSearchParams(location.search).has('unlock');
    try {
      if (isAsked) sessionStorage.setItem(place, 'yes');
      return sessionStorage.getItem(place) === 'yes';
    } catch { /* refused: it holds for this page alone */
      return isAsked;
    }
  }

  const missing = () => {
    const keys = progress.missing(page.page);
    return (page.needs ?? []).filter(({ key }) => keys.includes(key));
  };

  /* What is to be answered; printing, saving and opening what was saved go on. */
  const stays = '[data-print], [data-tool]:not([data-tool="on-paper"], [data-tool="clear"])';
  const controls = () => all('.page-body :is(input, select, textarea, button), #mark-page').filter((one) => !one.matches(stays));

  function linkTo({ key, href, title }) {
    const link = make('a', '', title);
    link.href = href;
    link.dataset.page = key;
    return make('li', '', link);
  }

  function shut() {
    for (const control of controls().filter(({ disabled }) => !disabled)) {
      control.disabled = true;
      control.dataset.locked = '';
    }
  }

  /* The notice in other words; whoever stands in it is not thrown out. */
  function write(...parts) {
    const hadFocus = notice.contains(document.activeElement);
    notice.replaceChildren(...parts);
    if (hadFocus) notice.focus();
  }

  function draw(waited) {
    const title = make('h2', 'lock-title', word('lock-title'));
    title.id = 'lock-title';
    const unlock = make('a', '', word('lock-unlock'));
    unlock.href = '?unlock';
    write(title, make('p', '', word('lock-words', { count: waited.length })), make('ul', 'lock-list', ...waited.map(linkTo)),
      ...(find('.edition') ? [make('p', '', unlock)] : []));
    notice.setAttribute('aria-labelledby', title.id);
    progress.draw();
  }

  function open() {
    for (const control of all('[data-locked]')) {
      control.disabled = false;
      delete control.dataset.locked;
    }
    notice.removeAttribute('aria-labelledby');
    notice.dataset.open = '';
    write(make('p', '', word('lock-open')));
    lectern.say(word('lock-open'));
    document.dispatchEvent(new Event('lectern-opened'));
  }

  /* Where nothing can be kept from page to page, nothing would ever be done. */
  if (page.locks && (isUnlocked() || store.trouble())) progress.open();
  let waited = missing();
  if (waited.length) {
    notice.tabIndex = -1;
    body.prepend(notice);
    draw(waited);
    shut();
  }
  store.onChange(() => {
    if (!waited.length) return;
    const before = waited.length;
    waited = missing();
    if (!waited.length) {
      open();
    } else {
      if (waited.length !== before) draw(waited);
      shut();
    }
  });
}

/* device: is it the learner's own?  Asked once, when something of theirs is first kept, by a card that
 * takes no focus.  On a shared device what is kept lives in this tab alone. */
lectern.device = (() => {
  const { page, store, record, word, find, make, say, work: { button } } = lectern;
  const name = '~device';
  const kept = () => store.read(name, '-').choice;
  const isRefused = () => store.trouble() === 'store-refused'; /* nothing is kept on any device */
  const isSettled = () => page.device === 'own' || ['own', 'shared'].includes(kept());
  let card;

  function close() {
    if (card.contains(document.activeElement)) find('#main').focus({ preventScroll: true });
    card.remove();
    card = undefined;
    measure();
  }

  /* Where records live from now on. */
  function settle(choice) {
    store.move(choice === 'own' ? 'localStorage' : 'sessionStorage');
    store.change(name, (one) => { one.choice = choice; }, '-');
    if (card) close();
  }

  function choose(choice) {
    settle(choice);
    say(word(`device-is-${choice}`));
  }

  /* The page scrolls on by the card's height, so that nothing with the focus is ever below it. */
  const measure = () => document.documentElement.style.setProperty('--card-size', `${card?.offsetHeight ?? 0}px`);
  addEventListener('resize', measure);

  /* At the foot of the window, and in the page's order after all that is read before. */
  function show(title, words, ...buttons) {
    const heading = make('h2', '', title);
    heading.id = 'device-title';
    card = make('section', 'device-card', heading, ...words.map((text) => make('p', '', text)), make('p', 'buttons', ...buttons));
    card.setAttribute('aria-labelledby', heading.id);
    find('.site-footer').before(card);
    measure();
    const voice = card.appendChild(make('p', 'visually-hidden'));
    voice.setAttribute('aria-live', 'polite');
    setTimeout(() => { voice.textContent = [title, ...words].join(' '); }, 3000); /* behind what came of the answer at hand */
    setTimeout(() => voice.remove(), 8000);
  }

  const ask = () => show(word('device'), [word('device-why')],
    button('device-own', () => choose('own')), button('device-shared', () => choose('shared')));
  const tell = () => show(word('work'), [word('device-set')], button('work-close', () => settle('shared')));

  /* Work of any page, as a file may hold it that was opened here; or a name. */
  const isAnything = () => record.courses().length > 0 || Object.values(record.headerOf()).some(Boolean);
  function look(isWork) {
    if (card || isSettled() || !isWork() || isRefused()) return;
    if (page.device === 'shared') tell();
    else ask();
  }
  document.addEventListener('lectern-kept', () => look(isAnything));
  look(() => record.courses().length > 0);

  /* Answered in another tab, it is answered here. */
  store.onChange(() => {
    if (store.isOfTab() && !kept() && page.device !== 'shared') store.change(name, (one) => { one.choice = 'shared'; }, '-');
    if (card && isSettled()) close();
  });

  /* For "My work": what holds now, and the way to change it. */
  function choice() {
    const box = make('div', 'work-device');
    const draw = () => {
      if (isRefused()) return box.replaceChildren(make('p', '', word('store-refused')));
      const isShared = store.isOfTab();
      const other = isShared ? 'own' : 'shared';
      const changer = button(`device-${other}`, () => {
        settle(other);
        draw();
        find('button', box)?.focus(); /* which says what holds now */
      }, 'quiet-button');
      const words = make('p', '', word(`device-is-${isShared ? 'shared' : 'own'}`));
      words.id = 'device-words';
      changer.setAttribute('aria-describedby', words.id);
      return box.replaceChildren(words, ...(page.device === 'shared' ? [] : [make('p', 'buttons', changer)]));
    };
    draw();
    return box;
  }

  return { choice };
})();

/* flashcards: one card at a time: its front, what one should know, and whether one knew it.  Nobody is
 * marked; what is kept says only when a card comes again (leitner.js). */
{
  const { page, store, progress, leitner, word, find, all, make } = lectern;
  const box = find('[data-flashcards]');

  if (box) {
    const cards = all('[data-card]', box);
    const most = Number(box.dataset.new); /* new cards on one day */
    const line = find('.practice-progress', box);
    const end = find('.practice-end', box);
    const keys = { 1: 'again', 2: 'knew' };
    let queue = []; /* the cards that are left, the one at hand first */
    let size = 0; /* how many there are today, with those that are done */
    let planned; /* for which day */

    const today = () => leitner.dayOf(new Date());
    const stateOf = (card, record = store.read(page.page)) => leitner.read(store.own(record.cards, card.dataset.card));
    const answerOf = (card) => find('.flashcard-answer', card);

    function mixed(list) {
      const result = [...list];
      for (let i = result.length - 1; i > 0; i--) {
        const other = Math.floor(Math.random() * (i + 1));
        [result[i], result[other]] = [result[other], result[i]];
      }
      return result;
    }

    /* How far one is, as of now. */
    function count() {
      const record = store.read(page.page);
      const day = today();
      const known = cards.map((card) => ({ card, state: stateOf(card, record) }));
      const seen = known.filter(({ state }) => state);
      return {
        seen,
        fresh: known.filter(({ state }) => !state).map(({ card }) => card),
        due: seen.filter(({ state }) => leitner.isDue(state, day)).map(({ card }) => card),
        begun: seen.filter(({ state }) => state.since === day).length,
        done: seen.filter(({ state }) => state.on === day && !leitner.isDue(state, day)).length,
        known: seen.filter(({ state }) => state.known).length,
      };
    }

    /* Today's cards: those that are due, and as many new ones as a day has. */
    function plan() {
      const { due, fresh, begun, done } = count();
      queue = [...mixed(due), ...fresh.slice(0, Math.max(0, most - begun))];
      size = queue.length + done;
      planned = today();
    }

    const buttons = Object.entries(keys).map(([key, name]) => {
      const button = make('button', name === 'knew' ? 'button main-button' : 'button', word(`card-${name}`), ' ');
      const hint = make('kbd', 'flashcard-key', key);
      button.type = 'button';
      button.dataset.key = key;
      button.setAttribute('aria-keyshortcuts', key);
      hint.setAttribute('aria-hidden', 'true');
      button.append(hint);
      button.addEventListener('click', () => take(name));
      return button;
    });
    const choice = make('p', 'buttons flashcard-choice', ...buttons);
    choice.hidden = true;
    box.append(choice); /* a page that waits for others closes what is on it */

    function drawEnd({ seen, fresh }) {
      const days = seen.map(({ state }) => leitner.dueOn(state, today())).sort();
      const next = days.filter((day) => day === days[0]).length;
      const date = days.length && new Intl.DateTimeFormat(lectern.language, { weekday: 'long', day: 'numeric', month: 'long' }).format(leitner.dateOf(days[0]));
      const more = find('[data-practice="more"]', end);
      find('.practice-next', end).textContent = days.length ? word('cards-next', { count: next, date }) : '';
      more.hidden = fresh.length === 0;
      more.textContent = word('cards-more', { count: Math.min(most, fresh.length) });
    }

    /* Show the card at hand, its answer still hidden, or that today's are done. */
    function draw() {
      const current = queue[0];
      const far = count();
      for (const card of cards) {
        card.toggleAttribute('data-current', card === current);
        for (const part of all('details', card)) part.open = false;
      }
      choice.hidden = true;
      end.hidden = current !== undefined;
      line.hidden = false;
      line.textContent = [current && word('cards-left', { left: queue.length, size }),
        word('cards-known', { count: cards.length, known: far.known })].filter(Boolean).join(' · ');
      progress.leave(cards.length - far.known);
      if (far.known === cards.length) progress.reach('done');
      if (!current) drawEnd(far);
    }

    /* The focus goes to the new card, and that is all that a screen reader says. */
    function go() {
      draw();
      (queue.length ? find('summary', answerOf(queue[0])) : find('h2', end)).focus();
    }

    function take(name) {
      const card = queue.shift();
      store.change(page.page, (record) => {
        const next = leitner[name](stateOf(card, record), today());
        record.cards = { ...store.map(record.cards), [card.dataset.card]: next };
      });
      if (name === 'again') queue.push(card);
      progress.reach('half');
      go();
    }

    /* The answer is there, and has the focus; then one says whether one knew it. */
    function show(card) {
      if (card !== queue[0] || !choice.hidden) return;
      answerOf(card).open = true;
      card.append(choice);
      choice.hidden = false;
      find('.flashcard-back', card).focus();
    }

    for (const card of cards) {
      const back = find('.flashcard-back', card);
      back.tabIndex = -1;
      back.setAttribute('role', 'group');
      back.setAttribute('aria-labelledby', back.id);
      find('summary', answerOf(card)).setAttribute('aria-describedby', line.id);
      find('summary', answerOf(card)).addEventListener('click', (event) => {
        event.preventDefault();
        show(card);
      });
      answerOf(card).addEventListener('toggle', () => { if (answerOf(card).open) show(card); }); /* found on the page */
    }

    /* 1 and 2 are keys only while the focus is on the card, and its answer is there. */
    box.addEventListener('keydown', (event) => {
      const { key, target, repeat, ctrlKey, altKey, metaKey } = event;
      if (repeat || ctrlKey || altKey || metaKey || !(key in keys) || choice.hidden || !choice.parentElement.contains(target)) return;
      if (target.matches('input, select, textarea')) return;
      event.preventDefault();
      find(`[data-key="${key}"]`, choice).click();
    });

    find('[data-practice="more"]', end).addEventListener('click', () => {
      queue = count().fresh.slice(0, most);
      size = queue.length;
      go();
    });
    find('[data-practice="all"]', end).addEventListener('click', () => {
      queue = mixed(cards);
      size = queue.length;
      go();
    });

    /* Another tab has changed something, or a new day has begun: plan anew, unless one is looking at an answer. */
    function refresh() {
      if (!choice.hidden) return;
      const current = queue[0];
      plan();
      if (queue.includes(current)) queue = [current, ...queue.filter((card) => card !== current)];
      draw();
    }
    store.onChange(refresh);
    document.addEventListener('visibilitychange', () => { if (planned !== today()) refresh(); });
    document.addEventListener('lectern-opened', refresh);
    plan();
    draw();
  }
}

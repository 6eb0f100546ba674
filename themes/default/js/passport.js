/* passport: what the front page, a course's page and a module's page make of progress: cards, stamps, the
 * page to go on with, and a fresh start for somebody else. */
{
  const { page, store, progress, record, word, find, all, make } = lectern;
  const cards = all('.module-card, .course-card');
  const passport = find('.passport');
  const welcome = find('[data-welcome]');

  /* The name that was typed on a worksheet of the course, or ''. */
  const nameOf = (course = page.course) => (record.nameOf(record.headerOf(course)) ?? '').slice(0, 60);
  const dateOf = (on, options) => new Intl.DateTimeFormat(lectern.language, options).format(new Date(on));
  const titleOf = (card) => find('h3', card).textContent.trim();

  /* Another theme may have no place for it. */
  const fill = (element, text) => { if (element) element.textContent = text; };

  function drawStamp(stamp, on) {
    fill(find('.stamp-day', stamp), dateOf(on, { day: 'numeric', month: 'short' }));
    fill(find('.stamp-year', stamp), dateOf(on, { year: 'numeric' }));
  }

  /* A card of a module or, on the front page, of a course; gives how far one is with it. */
  function drawCard(card) {
    const { course, part } = card.dataset;
    const far = course === undefined ? progress.ofModule(part) : progress.ofCourse(course);
    const { done, count, isDone, on } = far;
    const stamp = find('.stamp', card);
    card.dataset.state = isDone ? 'done' : 'none';
    fill(find('.card-progress', card), count ? word(course === undefined ? 'steps' : 'progress-said', { done, count }) : '');
    if (isDone && stamp && on) drawStamp(stamp, on);
    return { ...far, card };
  }

  function drawCards() {
    const far = cards.map(drawCard);
    const current = far.some(({ isBegun }) => isBegun) ? far.find(({ isDone, count }) => count && !isDone) : undefined;
    for (const { card } of far) card.toggleAttribute('data-current', card === current?.card);
    if (passport) {
      fill(find('.passport-count', passport), word('stamps', { done: far.filter(({ isDone }) => isDone).length, count: far.length }));
      fill(find('.holder-name', passport), nameOf());
    }
    return far;
  }

  function setContinue(button, href, title, course) {
    const name = nameOf(course);
    button.href = href;
    button.textContent = word(name ? 'continue-as' : 'continue', { name, title });
  }

  /* "Begin" becomes "Continue" with the next page, of the module first and then of the course. */
  function drawContinue(button) {
    const part = button.dataset.continue;
    const whole = progress.ofCourse();
    const here = part ? progress.ofModule(part) : whole;
    const finished = find('.finished');
    if (finished) finished.hidden = !here.isDone || !here.on;
    if (here.isDone && here.on) fill(finished, word('finished', { date: dateOf(here.on, { dateStyle: 'long' }) }));
    const next = here.next ?? whole.next;
    button.hidden = here.isDone && !next;
    if (!next || !(part ? here : whole).isBegun) return;
    const task = find(`.to-do [data-page="${CSS.escape(next.key)}"] .to-do-sentence`);
    setContinue(button, next.href, task ? task.textContent : next.title);
  }

  /* On the front page: the course that was last at work. */
  function drawWelcome(far) {
    const open = far.filter(({ isBegun, isDone, next }) => isBegun && !isDone && next).sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0));
    const button = find('.welcome-continue', welcome);
    if (button) button.hidden = !open.length;
    if (button && open.length) setContinue(button, open[0].next.href, titleOf(open[0].card), open[0].card.dataset.course);
    welcome.hidden = !far.some(({ isBegun }) => isBegun) && !(page.course !== undefined && nameOf());
  }

  /* What is kept is erased only after a question, which stands where the button was. */
  function button(key, act, className = 'button') {
    const made = make('button', className, word(key));
    made.type = 'button';
    made.addEventListener('click', act);
    return made;
  }
  function offerFresh(box) {
    const ask = button('fresh', () => {
      const question = make('span', 'fresh-question', word('fresh-course', { title: page.title }));
      question.id = 'fresh-question';
      const no = button('fresh-no', () => {
        offerFresh(box);
        find('button', box).focus();
      });
      const yes = button('fresh-yes', () => {
        store.erase(page.course);
        location.replace(location.pathname + location.search);
      });
      no.setAttribute('aria-describedby', question.id);
      box.replaceChildren(question, no, ' ', yes);
      no.focus();
    }, 'quiet-button');
    box.replaceChildren(word('fresh-ask'), ' ', ask);
  }

  function draw() {
    const far = drawCards();
    all('[data-continue]').forEach(drawContinue);
    if (welcome) drawWelcome(far);
  }
  if (welcome) offerFresh(find('.fresh', welcome));
  document.addEventListener('lectern-progress', draw);
  draw();
}

/* reload: keeps a page fresh while its site is being written; only `lectern serve` adds it to pages.
 * It hears of each build.  Where the page has changed it is loaded anew, and comes back with the place
 * scrolled to and all that was typed; a style sheet alone is exchanged.  Mistakes are shown over the
 * page, which stays as it last was.  All words come from Lectern with the news. */
(() => {
  'use strict';

  const KEPT = 'lectern:reload', CHOICE = 'lectern:mistakes';
  let state = document.currentScript.dataset.state;
  let stream = null;
  let news = null;
  let isReloading = false;

  /* sessionStorage may be refused: then a reload is a plain one. */
  function keep(name, value) {
    try { sessionStorage.setItem(name, JSON.stringify(value)); } catch { /* as said */ }
  }
  function kept(name) {
    try { return JSON.parse(sessionStorage.getItem(name)); } catch { return null; }
  }
  function forget(name) {
    try { sessionStorage.removeItem(name); } catch { /* as said */ }
  }

  /* What is typed. */

  const FIELDS = 'input:not([type=file], [type=password], [type=hidden], [type=button], [type=submit], [type=reset]), textarea, select';

  /* The fields of the page by name: its id, or its name and value; several alike are counted. */
  function namedFields() {
    const seen = new Map();
    return [...document.querySelectorAll(FIELDS)].map((field) => {
      const isChoice = field.type === 'radio' || field.type === 'checkbox';
      const name = field.id ? `#${field.id}` : `${field.tagName} ${field.name}${isChoice ? ` ${field.value}` : ''}`;
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      return { field, name: count > 1 ? `${name} ${count}` : name, isChoice };
    });
  }

  function typed() {
    return Object.fromEntries(namedFields().map(({ field, name, isChoice }) =>
      [name, isChoice ? field.checked : field.multiple && field.options ? [...field.options].map((option) => option.selected) : field.value]));
  }

  function typeAgain(values) {
    for (const { field, name, isChoice } of namedFields()) {
      const value = values[name];
      if (value === undefined) continue;
      const now = isChoice ? field.checked : field.value;
      if (Array.isArray(value)) [...field.options ?? []].forEach((option, i) => { option.selected = value[i]; });
      else if (value === now) continue;
      else if (isChoice) field.checked = value;
      else field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }

  /* Where the reader is: below which heading or other named place, and how far. */

  function place() {
    const named = [...document.querySelectorAll('main [id]')]
      .filter((element) => element.getClientRects().length)
      .map((element) => ({ id: element.id, top: element.getBoundingClientRect().top }));
    const above = named.filter(({ top }) => top <= 1).sort((one, other) => other.top - one.top)[0];
    return { x: scrollX, y: scrollY, id: above?.id, top: above?.top };
  }

  function goTo({ x, y, id, top }) {
    const element = id && document.getElementById(id);
    const by = element ? element.getBoundingClientRect().top - top : y - scrollY;
    scrollBy({ left: x - scrollX, top: by, behavior: 'instant' });
  }

  function focused() {
    const active = document.activeElement;
    const found = namedFields().find(({ field }) => field === active);
    if (!found) return active?.id ? { id: active.id } : null;
    try { return { name: found.name, from: active.selectionStart, to: active.selectionEnd }; } catch { return { name: found.name }; }
  }

  function focusAgain({ id, name, from, to }) {
    const field = id ? document.getElementById(id) : namedFields().find((known) => known.name === name)?.field;
    field?.focus({ preventScroll: true });
    if (Number.isInteger(from)) try { field.setSelectionRange(from, to); } catch { /* not a field of text */ }
  }

  function reload() {
    keep(KEPT, {
      at: Date.now(), path: location.pathname, values: typed(), place: place(), focus: focused(),
      open: [...document.querySelectorAll('details')].map((details) => details.open),
    });
    isReloading = true;
    history.scrollRestoration = 'manual';    /* the place is found again by what stands there */
    location.reload();
  }

  function comeBack() {
    const before = kept(KEPT);
    forget(KEPT);
    if (!before || before.path !== location.pathname || Date.now() - before.at > 60000) return;
    const details = [...document.querySelectorAll('details')];
    if (details.length === before.open.length) details.forEach((one, i) => { one.open = before.open[i]; });
    typeAgain(before.values);
    if (before.focus) focusAgain(before.focus);
    goTo(before.place);
    addEventListener('load', () => goTo(before.place), { once: true });
  }

  /* The new sheet is loaded before the old one goes, so that the page never stands bare. */
  function exchangeStyles() {
    for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
      const fresh = link.cloneNode();
      const url = new URL(link.href);
      url.searchParams.set('reload', Date.now());
      fresh.href = url.href;
      fresh.addEventListener('load', () => link.remove());
      fresh.addEventListener('error', () => link.remove());
      link.after(fresh);
    }
  }

  /* Mistakes. */

  function make(tag, className, text, ...inside) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    element.append(...inside);
    return element;
  }

  /* What stands between back-ticks is code. */
  const spoken = (text) => text.split('`').map((part, i) => (i % 2 ? make('code', '', part) : part));

  /* The line as it is written, what is meant in it marked. */
  function excerpt({ line, excerpt: text, caret, width }) {
    const letters = [...text];
    const from = Math.max(0, (caret || 1) - 1), to = from + Math.max(1, width || 1);
    return make('pre', 'excerpt', '', make('span', 'number', `${line} `), letters.slice(0, from).join(''),
      make('mark', '', letters.slice(from, to).join('')), letters.slice(to).join(''));
  }

  function problemItem(problem) {
    const item = make('li', problem.severity, '', make('p', 'where', problem.place));
    item.append(make('p', 'what', '', make('b', '', `${problem.kind} `), ...spoken(problem.message)));
    if (problem.line && problem.excerpt) item.append(excerpt(problem));
    if (problem.help) item.append(make('p', 'help', '', ...spoken(problem.help)));
    return item;
  }

  function makeOverlay() {
    const host = document.createElement('lectern-overlay');
    const shadow = host.attachShadow({ mode: 'open' });
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = '/.lectern/overlay.css';
    const panel = make('section', 'panel');
    panel.setAttribute('role', 'alert');
    panel.hidden = true;
    const opener = make('button', 'opener');
    opener.type = 'button';
    opener.hidden = true;
    opener.addEventListener('click', () => choose(true));
    shadow.append(link, panel, opener);
    document.documentElement.append(host);
    return { panel, opener };
  }

  let overlay = null;

  /* Mistakes that keep the site from being built are shown by themselves, warnings when they are asked
   * for; once somebody has chosen, that holds until there is something new to say. */
  function isShown() {
    const choice = kept(CHOICE);
    return choice?.of === JSON.stringify(news.problems) ? choice.isShown : news.failed;
  }

  function choose(isWanted) {
    keep(CHOICE, { of: JSON.stringify(news.problems), isShown: isWanted });
    show();
    (isWanted ? overlay.panel.querySelector('button') : overlay.opener).focus();
  }

  function show() {
    if (!news.problems.length && !overlay) return;
    overlay ??= makeOverlay();
    const { panel, opener } = overlay;
    panel.hidden = !news.problems.length || !isShown();
    opener.hidden = !news.problems.length || !panel.hidden;
    opener.textContent = news.title;
    opener.classList.toggle('failed', news.failed);
    panel.classList.toggle('failed', news.failed);
    panel.replaceChildren();
    if (panel.hidden) return;
    const button = make('button', '', news.hide);
    button.type = 'button';
    button.addEventListener('click', () => choose(false));
    const list = make('ol');
    list.append(...news.problems.map(problemItem));
    panel.replaceChildren(make('header', '', '', make('h2', '', news.title), button), make('p', 'note', news.note), list);
  }

  /* Hearing. */

  function take({ change, news: told }) {
    if (told && JSON.stringify(told) !== JSON.stringify(news)) {
      news = told;
      show();
    }
    if (change === 'page') reload();
    if (change === 'style') exchangeStyles();
  }

  /* A browser keeps few connections to one host: only pages that are seen listen.  One that is seen
   * again hears at once what it has missed. */
  function listen() {
    if (document.visibilityState === 'hidden' || stream) return;
    const query = new URLSearchParams({ page: location.pathname, state });
    stream = new EventSource(`/.lectern/events?${query}`);
    stream.addEventListener('message', (event) => {
      state = event.lastEventId || state;
      take(JSON.parse(event.data));
    });
    /* A browser gives a stream up for good when the answer is none, as while Lectern begins or ends. */
    stream.addEventListener('error', () => {
      if (stream?.readyState !== EventSource.CLOSED) return;
      stop();
      setTimeout(listen, 1000);
    });
  }

  function stop() {
    stream?.close();
    stream = null;
  }

  comeBack();
  listen();
  document.addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? stop() : listen()));
  addEventListener('pagehide', () => {
    stop();
    if (!isReloading) history.scrollRestoration = 'auto';
  });
  addEventListener('pageshow', listen);
  addEventListener('keydown', (event) => { if (event.key === 'Escape' && overlay?.panel.hidden === false) choose(false); });
})();

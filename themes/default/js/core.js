/* core: the one global.  Words, data that stands in the page, new elements, and
 * the voice that a screen reader hears. */
'use strict';

const lectern = (() => {
  const root = document.documentElement;
  root.classList.add('js');

  const data = (id) => JSON.parse(document.getElementById(id)?.textContent || '{}');
  const words = { ...globalThis.lecternWords, ...data('lectern-words') };
  const language = localeOf(root.lang);
  const plural = new Intl.PluralRules(language);
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });

  /* Digits as in the page; a tag that the browser does not know costs nobody the page. */
  function localeOf(tag) {
    try {
      return String(new Intl.Locale(tag, { numberingSystem: 'latn' }));
    } catch {
      return 'en';
    }
  }

  /* A text of the catalogue; plural forms go by `values.count`. */
  function word(key, values = {}) {
    const entry = words[key] ?? key;
    const text = typeof entry === 'string' ? entry : entry[plural.select(values.count)] ?? entry.other;
    return text.replace(/\{([\w-]+)\}/g, (all, name) => {
      const value = values[name] ?? all;
      return typeof value === 'number' ? number.format(value) : value;
    });
  }

  function make(tag, className, ...children) {
    const element = document.createElement(tag);
    element.className = className;
    element.append(...children);
    return element;
  }

  /* HTML that stands in the page's own data; nothing that was kept or typed comes through here. */
  const fragment = (html) => document.createRange().createContextualFragment(html);

  /* Said once, by the page's one live region; an empty moment makes a repetition heard, and joins
   * what comes together. */
  let unsaid = [];
  function say(text) {
    const status = document.getElementById('lectern-status');
    if (unsaid.push(text) > 1) return;
    status.textContent = '';
    setTimeout(() => { status.textContent = unsaid.splice(0).join(' '); }, 60);
  }

  /* What was said before holds no longer. */
  const hush = () => { document.getElementById('lectern-status').textContent = ''; };

  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  /* Say of a choice, row, item or gap what it was: by sign, word and colour; below it, why. */
  function judge(row, isRight, key, feedback) {
    row.dataset.verdict = isRight ? 'right' : 'wrong';
    row.append(make('span', 'verdict', word(key)));
    if (feedback) row.append(make('div', 'feedback flow', fragment(feedback)));
  }
  function unjudge(row) {
    delete row.dataset.verdict;
    all('.verdict, .feedback, .right-answer', row).forEach((part) => part.remove());
  }

  const types = {};
  return {
    page: data('lectern-page'), data, language, word, make, fragment, say, hush, find, all, judge, unjudge, types,
    /* A question type: { read(box), write(box, answer) -> whether all of it found its place, mark(box,
     * answer, secret, isFinal), clear(box), again(answer, key), score(answer, key) -> { right, of } },
     * and where it needs them { setUp(box), blanks(box), fault(answer, key), shuffle(box, mix, key),
     * words(box) -> the answer as text, after(box, answer, secret, keep), isSelfMarked }.  Only `score` says what is right, and it
     * touches no page. */
    question: (name, type) => { types[name] = type; },
  };
})();

/* handin: hands a record over with what the campus has: its own form, filled in beforehand, or an e-mail.
 * It says what goes where before anything goes; nothing does unless the learner follows the link. */
lectern.handIn = (() => {
  const { page, progress, code, word, make } = lectern;
  const way = page.handIn;
  const encoded = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const placeholders = (text) => [...text.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name);
  const filled = (text, values) => text.replace(/\{([a-z]+)\}/g, (all, name) => encoded(values[name] ?? ''));

  /* What stands for the placeholders: texts. */
  function valuesOf(data) {
    const best = Object.values(data.pages).map(({ attempts }) => code.best(attempts)).filter((one) => one?.of);
    const [right, of] = ['right', 'of'].map((name) => best.reduce((sum, one) => sum + one[name], 0));
    const rounded = Math.round(right * 100) / 100;
    const pages = Object.values(data.pages);
    return {
      name: data.name, course: data.courseTitle, page: pages.length === 1 ? pages[0].title : '', date: data.saved.slice(0, 10),
      score: of ? `${rounded}/${of}` : '', percent: of ? String(Math.round((100 * right) / of)) : '',
      code: code.make(data, progress.ofCourse(data.course || undefined)),
    };
  }

  const order = ['code', 'course', 'page', 'date', 'name', 'score'];
  const listOf = (names) => new Intl.ListFormat(lectern.language, { type: 'conjunction' })
    .format(order.filter((one) => names.includes(one) || (one === 'score' && names.includes('percent'))).map((name) => word(`hand-over-${name}`)));

  function addressOf(values) {
    if (way.link) return filled(way.link, values);
    const subject = [values.page || values.course, values.name].filter(Boolean).join(' - ');
    return `mailto:${encodeURI(way.email)}?subject=${encoded(subject)}&body=${encoded(word('hand-over-body', values))}`;
  }

  function sentence() {
    const names = way.link ? placeholders(way.link) : ['name', 'course', 'score', 'code'];
    if (way.link) return word('hand-over-link', { list: listOf(names), host: new URL(way.link).host });
    return word('hand-over-mail', { list: listOf(names), host: way.email });
  }

  /* The link and what it does, of a record's data; null where the site has no way. */
  return (data) => {
    if (!way) return null;
    const link = make('a', 'button', word('hand-over'));
    link.href = addressOf(valuesOf(data));
    if (way.link) Object.assign(link, { target: '_blank', rel: 'noopener noreferrer' });
    const words = make('p', '', sentence());
    words.id = 'hand-over-words';
    link.setAttribute('aria-describedby', words.id);
    return make('div', 'hand-over', words, make('p', 'buttons', link));
  };
})();

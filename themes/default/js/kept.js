/* kept: what may stand in a record, wherever it was kept: in the browser or in a file.  All of it is
 * foreign input; what has not the type it should have is left out.  Plain functions that touch no page:
 * docs/reference/record.md has the same in words. */
lectern.kept = (() => {
  const most = { characters: 100000, entries: 2000, depth: 4, attempts: 50, line: 300 };
  const tricks = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu; /* controls, and what turns the direction */

  const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

  /* A name or a title: one line of text. */
  const line = (value) => (typeof value === 'string' ? value.replace(tricks, ' ').trim().slice(0, most.line) : undefined);
  const text = (value) => (typeof value === 'string' && value.length <= most.characters ? value : undefined);
  const flag = (value) => (typeof value === 'boolean' ? value : undefined);
  const count = (value) => (Number.isSafeInteger(value) && value >= 0 ? value : undefined);
  const number = (value) => (Number.isFinite(value) && value >= 0 ? value : undefined);
  const time = (value) => (typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && Date.parse(value) ? value : undefined);
  const day = (value) => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined);
  const oneOf = (...names) => (value) => (names.includes(value) ? value : undefined);

  const list = (check) => (value) => {
    if (!Array.isArray(value) || value.length > most.entries) return undefined;
    const clean = [];
    for (const one of value) {
      const checked = check(one);
      if (checked !== undefined) clean.push(checked);
    }
    return clean;
  };
  function entries(value, check) {
    const clean = {};
    let count = 0;
    for (const name of Object.keys(value)) {
      if (++count > most.entries) break;
      const checked = name === '__proto__' ? undefined : check(value[name], name);
      if (checked !== undefined) clean[name] = checked;
    }
    return clean;
  }
  const map = (check) => (value) => (isMap(value) ? entries(value, check) : undefined);
  /* Of named parts: those in `needed` must be there. */
  const record = (checks, ...needed) => (value) => {
    if (!isMap(value)) return undefined;
    const clean = entries(value, (one, name) => (Object.hasOwn(checks, name) ? checks[name](one) : undefined));
    return needed.every((name) => clean[name] !== undefined) ? clean : undefined;
  };

  /* Any data, not too deep: a raw answer, whose own type says what it makes of it. */
  function plain(value, depth = most.depth) {
    if (value === null || typeof value === 'boolean' || Number.isFinite(value)) return value;
    if (typeof value === 'string') return text(value);
    if (depth === 0) return undefined;
    const inner = (one) => plain(one, depth - 1);
    return Array.isArray(value) ? list(inner)(value) : map(inner)(value);
  }

  const answer = record({ answer: (value) => plain(value), tries: count, isChecked: flag, at: time, label: line, text }, 'answer');
  const attempt = record({
    edition: line, started: time, ended: time, questions: list(line),
    answers: map(list((value) => plain(value))), right: number, of: number, percent: number,
  }, 'started', 'answers');

  /* The first, and the latest. */
  const attempts = (value) => {
    const all = list(attempt)(value);
    return all && all.length > most.attempts ? [all[0], ...all.slice(1 - most.attempts)] : all;
  };

  const fields = {
    title: line, module: line, state: oneOf('none', 'half', 'done', 'locked'), on: time,
    texts: map(text), ticks: map(flag), labels: map(line), paper: flag,
    answers: map(answer), attempts, way: list(record({ to: line, by: line })),
    cards: map(record({ box: count, on: day, since: day, known: flag }, 'box', 'on')),
  };

  /* The record of a page; what others than Lectern keep in it stays as it is, if it is data. */
  const page = (value) => (isMap(value) ? entries(value, (one, name) => (Object.hasOwn(fields, name) ? fields[name](one) : plain(one))) : {});

  /* The same out of a file, where nobody else's fields belong. */
  const filed = (value) => record(fields)(value) ?? {};

  /* Of that, what the results page looks at: it reads many. */
  const handed = (value) => record({ state: fields.state, attempts })(value) ?? {};

  return { page, filed, handed, line, time, attempts, most };
})();

/* code: a record so short that it fits into a field of a form or an e-mail; docs/reference/record.md has
 * its shape.  Plain functions that touch no page. */
lectern.code = (() => {
  const { kept, store } = lectern;
  const longest = 1800; /* characters; longer addresses are cut by some programs */
  const mark = 'lectern2';

  /* FNV-1a, 32 bits: finds a slip in copying, and nothing else. */
  function check(text) {
    let hash = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    return (hash >>> 0).toString(16).padStart(8, '0');
  }

  const packed = (value) => btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value))))
    .replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  const unpacked = (text) => JSON.parse(new TextDecoder('utf-8', { fatal: true })
    .decode(Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))));

  const seconds = (iso) => Math.floor(Date.parse(iso) / 1000);
  const hundredths = (value) => (value === undefined ? null : Math.round(value * 100) / 100);
  const ratio = ({ right = 0, of = 0 }) => (of ? right / of : 0);

  /* The best attempt that has ended, by its claim; of equals the earliest. */
  const best = (attempts = []) => attempts.filter(({ ended }) => ended)
    .reduce((one, other) => (!one || ratio(other) > ratio(one) ? other : one), null);

  /* The last answers; a text with marks is an essay, and left out. */
  const answersOf = ({ questions = [], answers }) => questions.map((id) => [id, store.own(answers, id)?.at(-1) ?? null])
    .filter(([, answer]) => !(answer && typeof answer.text === 'string'));

  function quizOf([key, { attempts }]) {
    const one = best(attempts);
    return one && [key, one.edition ?? '', attempts.length, hundredths(one.right), hundredths(one.of), seconds(one.ended), answersOf(one)];
  }

  const written = (list) => {
    const body = packed(list);
    return `${mark}.${body}.${check(body)}`;
  };

  /* The code of a record's data; `done` of `count` pages of the course are done. */
  function make(data, { done, count }) {
    const quizzes = Object.entries(data.pages).map(quizOf).filter(Boolean);
    const list = [2, data.site.slice(0, 8), data.course, data.name.slice(0, 80), seconds(data.saved), done, count, quizzes];
    for (;;) {
      const code = written(list);
      const long = quizzes.filter((quiz) => quiz[6]).sort((a, b) => JSON.stringify(b[6]).length - JSON.stringify(a[6]).length)[0];
      if (code.length <= longest || !long) return code;
      long[6] = null;
    }
  }

  const whole = (value) => (Number.isSafeInteger(value) && value >= 0 ? value : 0);
  const points = (value) => (Number.isFinite(value) && value >= 0 ? value : undefined);
  const isoOf = (value) => (whole(value) && value < 1e11 ? new Date(value * 1000).toISOString() : undefined);

  /* One attempt as in a record; undefined when it makes no sense. */
  function attemptOf(quiz) {
    if (!Array.isArray(quiz) || typeof quiz[0] !== 'string') return undefined;
    const [key, edition, count, right, of, ended, answers] = quiz;
    const given = Array.isArray(answers) ? answers.filter((one) => Array.isArray(one) && typeof one[0] === 'string') : null;
    const page = kept.filed({ attempts: [{
      edition, started: isoOf(ended), ended: isoOf(ended), right: points(right), of: points(of),
      questions: given ? given.map(([id]) => id) : [], answers: Object.fromEntries((given ?? []).map(([id, answer]) => [id, [answer]])),
    }] });
    return page.attempts?.length ? { key: kept.line(key), attempts: whole(count), isClaim: !given, attempt: page.attempts[0] } : undefined;
  }

  function readOne(body, sum) {
    if (check(body) !== sum) return { reason: 'damaged' };
    try {
      const list = unpacked(body);
      if (!Array.isArray(list) || list[0] !== 2) return { reason: 'newer' };
      const [, site, course, name, saved, done, count, quizzes] = list;
      return { data: {
        site: kept.line(site) ?? '', course: kept.line(course) ?? '', name: kept.line(name) ?? '', saved: isoOf(saved),
        done: whole(done), count: whole(count),
        quizzes: (Array.isArray(quizzes) ? quizzes : []).map(attemptOf).filter(Boolean),
      } };
    } catch {
      return { reason: 'damaged' };
    }
  }

  /* Every code in a text, as an e-mail has it: a list of { data: { site, course, name, saved, done, count,
   * quizzes: [{ key, attempts, isClaim, attempt }] } } or { reason }, 'damaged' or 'newer'.  `site` is the
   * beginning of the site's id; `isClaim` says that there are no answers to score anew. */
  function read(text) {
    const found = text.slice(0, 5000000).replace(/[\s>]+/g, '').matchAll(/lectern(\d+)\.([\w-]+)\.([0-9a-f]{8})/g);
    return [...found].map(([, version, body, sum]) => (version === '2' ? readOne(body, sum) : { reason: 'newer' }));
  }

  return { make, read, best };
})();

/* gathering: records and codes, as they come in, become people: what each has finished, and how each quiz went.
 * Plain functions that touch no page. */
lectern.gathering = (() => {
  const { store, grading, roster, statistics } = lectern;

  /* Pages that have another key than they had: from the old to the new. */
  function moved(renamed) {
    const now = new Map();
    for (const [key, before] of Object.entries(store.map(renamed))) before.forEach((old) => now.set(old, key));
    return now;
  }

  /* `data` is what the build wrote: { site, courses: [{ id, title, pages: [{ key, title, edition, counts }], renamed }],
   * editions }.  Gives { add, addCode, people, courses }. */
  function open({ site, courses: known, editions }) {
    const keyOf = grading.keys(editions);
    const withPass = (page) => (page.edition ? { ...page, pass: keyOf(page.edition)?.pass } : page);
    const courses = known.map((course) => ({ ...course, pages: course.pages.map(withPass), entries: [], moved: moved(course.renamed) }));
    const byId = new Map(courses.map((course) => [course.id, course]));

    /* The results of one quiz: { graded, best, last, count, isDone, unknown, strange }.  Attempts that were not ended
     * are counted, and nothing more; `unknown` are of an edition without a key, `strange` have other questions. */
    function quizOf(attempts, count, isCode) {
      const result = { graded: [], count, isDone: false, unknown: 0, strange: 0 };
      for (const attempt of attempts) {
        const edition = keyOf(attempt.edition ?? '');
        const graded = edition && grading.grade(edition, attempt, isCode);
        if (graded) result.graded.push({ ...graded, edition: attempt.edition });
        else result[edition ? 'strange' : 'unknown'] += 1;
      }
      const ended = result.graded.filter((one) => one.ended);
      result.last = ended.at(-1);
      result.best = ended.reduce((one, other) => (!one || other.percent > one.percent ? other : one), undefined);
      result.isDone = ended.some(({ isDone }) => isDone);
      return result;
    }

    const entryOf = (course, source, { name, saved, texts = [] }) => ({ course, source, name, saved: saved ?? '', texts, quizzes: new Map(), done: 0 });

    /* Which pages that count are done: of quizzes by their answers, of others by what the record says. */
    function finish(entry, isDone) {
      const counting = entry.course.pages.filter(({ counts }) => counts);
      const isFinished = ({ key, edition }) => (edition ? entry.quizzes.get(key)?.isDone ?? false : isDone(key));
      entry.done = counting.filter(isFinished).length;
      entry.of = counting.length;
      entry.isFinished = entry.of > 0 && entry.done === entry.of;
      entry.course.entries.push(entry);
      return {};
    }

    /* Take in a record's data, as lectern.record.parse() gives it; { reason } when it does not belong here. */
    function add(source, record) {
      if (record.site !== site) return { reason: 'site' };
      const course = byId.get(record.course);
      if (!course) return { reason: 'course' };
      const entry = entryOf(course, source, { ...record, texts: Object.values(record.header.texts) });
      const pages = new Map(Object.entries(record.pages).map(([key, page]) => [course.moved.get(key) ?? key, page]));
      for (const { key } of course.pages.filter(({ edition }) => edition)) {
        const { attempts = [] } = pages.get(key) ?? {};
        if (attempts.length) entry.quizzes.set(key, quizOf(attempts, attempts.length, false));
      }
      return finish(entry, (key) => pages.get(key)?.state === 'done');
    }

    /* The same of a code.  What it does not answer it only claims, and that is not believed. */
    function addCode(source, code) {
      if (!site.startsWith(code.site) || code.site.length < 8) return { reason: 'site' };
      const course = byId.get(code.course);
      if (!course) return { reason: 'course' };
      const entry = { ...entryOf(course, source, code), isCode: true };
      for (const { key: old, attempts, isClaim, attempt } of code.quizzes) {
        const key = course.moved.get(old) ?? old;
        if (!course.pages.some((page) => page.key === key && page.edition)) continue;
        const quiz = isClaim ? { graded: [], count: attempts, isDone: false, unknown: 0, strange: 0, claims: 1 } : quizOf([attempt], attempts, true);
        entry.quizzes.set(key, quiz);
      }
      return finish(entry, () => code.count > 0 && code.done >= code.count);
    }

    /* What is to be said of an entry: [{ source, kind, ...values }]. */
    function remarksOn(entry) {
      const { course, name, source } = entry;
      return [...entry.quizzes].flatMap(([key, quiz]) => {
        const { title } = course.pages.find((page) => page.key === key);
        const base = { source, name, quiz: title };
        const edited = quiz.graded.filter(({ isEdited }) => isEdited).map(({ claim, right, of }) => ({
          ...base, kind: 'edited', claimed: claim.right, claimedOf: claim.of ?? 0, right, of,
        }));
        const counted = ['unknown', 'strange', 'claims'].filter((kind) => quiz[kind]).map((kind) => ({ ...base, kind, count: quiz[kind] }));
        return [...edited, ...counted];
      });
    }

    /* Of several records of one person the latest counts: a Map of { person, entry }, by the person of the roster,
     * else by the name. */
    async function latest(entries, find, remarks, pause) {
      const byPerson = new Map();
      for (const entry of entries) {
        await pause();
        const person = find(entry);
        const id = person ?? (roster.key(entry.name) || entry);
        const other = byPerson.get(id)?.entry;
        const isLatest = !other || entry.saved >= other.saved;
        if (other) remarks.push({ kind: 'older', name: entry.name, source: (isLatest ? other : entry).source, latest: (isLatest ? entry : other).source });
        if (isLatest) byPerson.set(id, { person, entry });
      }
      return byPerson;
    }

    const row = (entry, person) => ({
      name: person?.name ?? entry.name, email: person?.email ?? '', group: person?.group ?? '', person, entry, isListed: Boolean(person),
      get status() { return entry ? (entry.isFinished ? 'finished' : 'started') : person.paper ? 'paper' : 'nothing'; },
    });

    /* The people of a course: { people, remarks }.  Each of `people` is { name, email, group, person, status, entry,
     * isListed }, those of the roster first and in its order; the status is `finished`, `started`, `paper` or
     * `nothing`.  `pause` is awaited in between. */
    async function people(course, listed, pause) {
      const remarks = [];
      const byPerson = await latest(course.entries, roster.finder(listed), remarks, pause);
      const { compare } = new Intl.Collator();
      const others = [...byPerson].filter(([, { person }]) => !person)
        .map(([id, { entry }]) => ({ name: typeof id === 'string' ? id : '', row: row(entry) }))
        .sort((a, b) => compare(a.name, b.name)).map((one) => one.row);
      const all = [...listed.map((person) => row(byPerson.get(person)?.entry, person)), ...others];
      for (const { entry } of all) if (entry) remarks.push(...remarksOn(entry));
      if (listed.length) others.forEach(({ name, entry }) => remarks.push({ kind: 'unlisted', name, source: entry.source }));
      return { people: all, remarks };
    }

    /* The questions of a quiz, each edition by itself: [{ edition, isPresent, count, questions }], where a question is
     * { question, n, difficulty, discrimination, answers }: `answers` are the answers by how often they were given
     * first, as a Map of JSON.  Everybody counts once, with the first attempt that was ended, and in it with the
     * first answer to each question; codes hold only last answers and do not count. */
    async function questionsOf(page, entries, pause) {
      const byEdition = new Map();
      for (const { quizzes, isCode } of entries) {
        const first = isCode ? undefined : quizzes.get(page.key)?.graded.find(({ ended }) => ended);
        if (first && !byEdition.has(first.edition)) byEdition.set(first.edition, []);
        if (first) byEdition.get(first.edition).push(first);
      }
      const found = [];
      for (const [edition, attempts] of byEdition) found.push(await analysed(edition, attempts, page.edition, pause));
      return found.sort((a, b) => b.isPresent - a.isPresent || b.count - a.count);
    }

    async function analysed(edition, attempts, present, pause) {
      const questions = keyOf(edition).questions.map((question, i) => ({ ...question, number: i + 1 })).filter(grading.isScored);
      const places = new Map(questions.map(({ id }, i) => [id, i]));
      const answers = questions.map(() => new Map());
      const rows = [];
      for (const { parts } of attempts) {
        const shares = questions.map(() => null);
        for (const { question, first } of parts) {
          const place = places.get(question.id);
          shares[place] = first.share;
          answers[place].set(first.json, (answers[place].get(first.json) ?? 0) + 1);
        }
        rows.push(shares);
        await pause();
      }
      const items = statistics.items(rows, questions.map(({ points }) => points));
      return {
        edition, isPresent: edition === present, count: attempts.length,
        questions: items.map((item, i) => ({ ...item, question: questions[i], answers: answers[i] })),
      };
    }

    return { add, addCode, people, questionsOf, courses };
  }

  return { open };
})();

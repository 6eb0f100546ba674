/* grading: attempts at quizzes scored anew, each by the key of its own edition.  What an attempt claims of
 * itself is only compared.  Plain functions that touch no page. */
lectern.grading = (() => {
  const { types, scoring } = lectern;
  const close = 0.0051; /* claims are rounded to hundredths */

  const unitOf = ({ unit, id }) => unit ?? id;
  const isScored = ({ type }) => Boolean(types[type]) && !types[type].isSelfMarked;

  /* An edition as it was kept, JSON; null when it is damaged. */
  function parse(json) {
    try {
      const edition = JSON.parse(json);
      const isSound = Array.isArray(edition.questions) && edition.questions.every(({ id, key }) => typeof id === 'string' && key);
      return isSound ? { ...edition, questions: edition.questions.map((question) => ({ ...question, known: new Map() })) } : null;
    } catch {
      return null;
    }
  }

  /* A function from the name of an edition to what was kept of it, or null; each is read when it is asked for. */
  function keys(editions) {
    const known = new Map();
    return (name) => {
      if (!known.has(name)) known.set(name, Object.hasOwn(editions, name) ? parse(editions[name]) : null);
      return known.get(name);
    };
  }

  /* The questions of an attempt: all, or as many as are drawn; null when those that it names are not so many.
   * In a code there are no essays. */
  function asked({ questions, draw }, ids, isCode) {
    if (!draw) return questions;
    const some = new Set(ids);
    const units = new Set(questions.filter(({ id }) => some.has(id)).map(unitOf));
    const all = new Set(questions.map(unitOf)).size;
    const unseen = isCode ? new Set(questions.filter((one) => !isScored(one)).map(unitOf)).size : 0;
    const count = Math.min(draw, all);
    return units.size > count || units.size + unseen < count ? null : questions.filter((one) => units.has(unitOf(one)));
  }

  /* What an answer is worth: { json, right, of, share }, `share` from 0 to 1.  The same answer is scored once, and
   * all who gave it share what is returned. */
  function worth({ type, key, known }, answer) {
    const json = JSON.stringify(answer);
    let result = known.get(json);
    if (result) return result;
    try { result = types[type].score(answer, key); } catch { result = { right: 0, of: 1 }; }
    const { right, of } = result;
    result = { json, right, of, share: right / of };
    known.set(json, result);
    return result;
  }

  /* What each question came to: { question, first, last, isFinal }, the worth of the answer that was given before
   * any other, and of the one that counts. */
  function scored(edition, attempt, question) {
    const given = Object.hasOwn(attempt.answers, question.id) ? attempt.answers[question.id] : null;
    const list = Array.isArray(given) && given.length ? given : [null];
    const first = worth(question, list[0]);
    const last = list.length > 1 ? worth(question, list.at(-1)) : first;
    const limit = question.attempts ?? edition.attempts ?? Infinity;
    return { question, first, last, isFinal: last.right === last.of || list.length >= limit };
  }

  /* The sum of an attempt.  What came to the same share is put together first, as exact fractions are slow. */
  function totalOf(parts) {
    const sums = new Map();
    for (const { question: { points }, last: { right, of, share } } of parts) {
      const sum = sums.get(share);
      if (sum) sum.points += points;
      else sums.set(share, { points, right, of });
    }
    return scoring.total([...sums.values()]);
  }

  /* An attempt as in a record, scored: { right, of, percent, isPassed, isDone, isEdited, parts }.  `isDone` is what
   * finishes the quiz, `isPassed` undefined where nothing is to be passed, `isEdited` that its own claim is not what
   * its answers give; `parts` are the questions as above.  Null when its questions are not those of the quiz. */
  function grade(edition, attempt, isCode = false) {
    const questions = asked(edition, attempt.questions ?? [], isCode);
    if (!questions) return null;
    const parts = questions.filter(isScored).map((question) => scored(edition, attempt, question));
    const total = totalOf(parts);
    const hasEnded = attempt.ended !== undefined;
    const isEnough = total.reaches(edition.pass ?? 0);
    const { right, of } = attempt;
    return {
      started: attempt.started,
      ended: attempt.ended,
      right: total.right,
      of: total.of,
      percent: total.of ? (100 * total.right) / total.of : 100,
      isPassed: edition.pass === undefined ? undefined : isEnough,
      isDone: hasEnded && (isEnough || parts.every(({ isFinal }) => isFinal)),
      isEdited: right !== undefined && (Math.abs(right - total.right) > close || Math.abs((of ?? 0) - total.of) > close),
      claim: { right, of },
      parts,
    };
  }

  return { keys, grade, isScored };
})();

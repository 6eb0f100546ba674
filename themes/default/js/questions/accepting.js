/* accepting: when words that were typed are those that are wanted. */
lectern.accepting = (() => {
  const { find, all, judge, unjudge } = lectern;

  /* A text as it is compared: normalization form C (Unicode Annex 15); and, unless the rules ask for
   * the exact spelling, without case, outer and repeated blanks, final punctuation and the curls of
   * quotation marks; without accents where the rules say so. */
  function plain(text, { exact, accents, language } = {}) {
    const whole = text.normalize('NFC');
    if (exact) return whole;
    let low;
    try { low = whole.toLocaleLowerCase(language); } catch { low = whole.toLowerCase(); }
    const bare = accents === false ? low.normalize('NFD').replace(/\p{M}/gu, '') : low;
    return bare.normalize('NFC').replace(/ß/g, 'ss').replace(/[‘’‚‛‹›′`´ʼ]/g, "'").replace(/[“”„‟″«»]/g, '"')
      .replace(/\s+/g, ' ').trim().replace(/(?<=[^\s\p{Term}…])[\s\p{Term}…]+$/u, '');
  }

  /* Which of `list`, texts, it is; -1 when none. */
  function place(text, list, rules) {
    const wanted = typeof text === 'string' && text.length <= 500 ? plain(text, rules) : '';
    return wanted.trim() ? list.findIndex((one) => plain(one, rules) === wanted) : -1;
  }

  /* What the types share that have one field to type into. */
  const line = {
    read: (box) => find('.answer-line input', box).value.trim() || null,

    write(box, answer) {
      find('.answer-line input', box).value = typeof answer === 'string' ? answer : '';
      return true;
    },

    /* Below the field: what it was, why, and what would have been right. */
    show(box, isRight, feedback, rightAnswer) {
      const row = find('.answer-line', box);
      judge(row, isRight, isRight ? 'right' : 'your-answer', feedback);
      if (rightAnswer) row.append(lectern.make('span', 'right-answer', `${lectern.word('right-answer')}: `, lectern.make('b', '', rightAnswer)));
    },

    clear: (box) => all('.answer-line', box).forEach(unjudge),
    again: (answer) => answer,
  };
  return { plain, place, line };
})();

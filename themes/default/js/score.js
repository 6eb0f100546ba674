/* score: what all scorers share.  They are plain functions that touch no page: quizzes use them, the
 * results page, and the tests in Node.  A score is `right` of `of` parts, whole numbers. */
lectern.scoring = {
  /* The texts of an answer that was kept, which is foreign input. */
  texts: (value) => (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string'),

  /* Of parts: with `partial` each counts, else it is all or nothing. */
  parts: (hits, of, partial) => (partial ? { right: hits, of } : { right: hits === of ? 1 : 0, of: 1 }),

  /* The sum of a quiz, in integers over one denominator and divided once.  `parts` are
   * { points, right, of }; `reaches(pass)` asks for a percentage, with up to six decimals. */
  total(parts) {
    const divisor = (a, b) => (b ? divisor(b, a % b) : a);
    const whole = parts.map(({ points, right, of }) => [points, right, of].map(BigInt));
    const common = whole.reduce((lcm, [, , of]) => (lcm / divisor(lcm, of)) * of, 1n);
    const sum = whole.reduce((all, [points, right, of]) => all + points * right * (common / of), 0n);
    const most = whole.reduce((all, [points]) => all + points, 0n) * common;
    return {
      right: Number(sum / common) + Number(sum % common) / Number(common),
      of: Number(most / common),
      percent: most ? Number((100n * sum) / most) : 100,
      reaches: (pass) => 100n * 1000000n * sum >= BigInt(Math.round(pass * 1000000)) * most,
    };
  },
};

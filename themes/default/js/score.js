/* score: the sum of a quiz, in integers over one denominator and divided once. */
lectern.total = (parts) => {
  const divisor = (a, b) => (b ? divisor(b, a % b) : a);
  const common = parts.reduce((lcm, part) => (lcm / divisor(lcm, part.of)) * part.of, 1);
  const sum = parts.reduce((all, part) => all + part.points * part.right * (common / part.of), 0);
  const points = parts.reduce((all, part) => all + part.points, 0);
  return {
    right: sum / common,
    of: points,
    percent: points ? Math.floor((100 * sum) / (points * common)) : 100,
    reaches: (pass) => 100 * sum >= pass * points * common,
  };
};

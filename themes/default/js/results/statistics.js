/* statistics: how hard questions are, and whether they tell those who know from those who do not.
 * Plain functions that touch no page; docs/reference/results.md has the formulas and their sources. */
lectern.statistics = (() => {
  const sum = (values) => values.reduce((all, value) => all + value, 0);
  const mean = (values) => (values.length ? sum(values) / values.length : null);

  /* Of a whole group, so divided by its size; null of nobody. */
  function deviation(values) {
    const middle = mean(values);
    return middle === null ? null : Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
  }

  /* The product-moment correlation of two lists; with one list of zeros and ones it is the point-biserial
   * one.  Null when a list is all the same, as what does not vary goes along with nothing. */
  function correlation(xs, ys) {
    const [x, y] = [mean(xs), mean(ys)];
    const together = sum(xs.map((value, i) => (value - x) * (ys[i] - y)));
    const alone = Math.sqrt(sum(xs.map((value) => (value - x) ** 2)) * sum(ys.map((value) => (value - y) ** 2)));
    return xs.length > 1 && alone > 1e-9 ? Math.max(-1, Math.min(1, together / alone)) : null;
  }

  /* For each question { n, difficulty, discrimination }.  `rows` has for each person a list with the share,
   * 0 to 1, of each question, null where it was not asked; `points` the points of each.  `difficulty` is the
   * mean share, null of nobody; `discrimination` the correlation of the share with the share of all the other
   * points that the same person was asked for. */
  function items(rows, points) {
    const totals = rows.map((row) => ({
      got: sum(row.map((share, j) => (share ?? 0) * points[j])),
      of: sum(row.map((share, j) => (share === null ? 0 : points[j]))),
    }));
    return points.map((worth, j) => {
      const asked = rows.map((row, i) => ({ share: row[j], ...totals[i] })).filter(({ share }) => share !== null);
      const others = asked.filter(({ of }) => of > worth);
      return {
        n: asked.length,
        difficulty: mean(asked.map(({ share }) => share)),
        discrimination: correlation(others.map(({ share }) => share), others.map(({ share, got, of }) => (got - share * worth) / (of - worth))),
      };
    });
  }

  return { mean, deviation, correlation, items };
})();

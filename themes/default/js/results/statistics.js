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
    let [together, alone, other] = [0, 0, 0];
    for (let i = 0; i < xs.length; i++) {
      together += (xs[i] - x) * (ys[i] - y);
      alone += (xs[i] - x) ** 2;
      other += (ys[i] - y) ** 2;
    }
    const both = Math.sqrt(alone * other);
    return xs.length > 1 && both > 1e-9 ? Math.max(-1, Math.min(1, together / both)) : null;
  }

  /* What somebody got of all points that were asked for, { got, of }. */
  function totalOf(row, points) {
    let [got, of] = [0, 0];
    for (let j = 0; j < points.length; j++) {
      if (row[j] === null) continue;
      got += row[j] * points[j];
      of += points[j];
    }
    return { got, of };
  }

  /* For each question { n, difficulty, discrimination }.  `rows` has for each person a list with the share,
   * 0 to 1, of each question, null where it was not asked; `points` the points of each.  `difficulty` is the
   * mean share, null of nobody; `discrimination` the correlation of the share with the share of all the other
   * points that the same person was asked for. */
  function items(rows, points) {
    const totals = rows.map((row) => totalOf(row, points));
    return points.map((worth, j) => {
      const [shares, own, rest] = [[], [], []];
      for (let i = 0; i < rows.length; i++) {
        const share = rows[i][j];
        const { got, of } = totals[i];
        if (share === null) continue;
        shares.push(share);
        if (of <= worth) continue;
        own.push(share);
        rest.push((got - share * worth) / (of - worth));
      }
      return { n: shares.length, difficulty: mean(shares), discrimination: correlation(own, rest) };
    });
  }

  return { mean, deviation, correlation, items };
})();

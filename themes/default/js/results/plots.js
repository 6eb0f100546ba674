/* plots: small pictures of figures that stand in a table beside them: how many reached what, and which
 * questions are hard or tell little.  SVG, drawn in the colours of the page. */
lectern.plots = (() => {
  const { word, make } = lectern;
  const width = 400;
  const height = 200;
  const edge = { start: 44, end: 12, top: 12, bottom: 40 };

  function shape(tag, attributes, ...children) {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  /* A frame with both axes named; `x` and `y` turn values into places, `ticks` are values with their words. */
  function frame(said, { x, y, xTicks, yTicks, xName, yName }, ...inside) {
    const text = (attributes, content) => shape('text', attributes, content);
    const foot = height - edge.bottom;
    const picture = shape('svg', { class: 'plot', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': said },
      ...yTicks.flatMap(([value, name]) => [
        shape('line', { class: 'plot-rule', x1: edge.start, x2: width - edge.end, y1: y(value), y2: y(value) }),
        text({ x: edge.start - 6, y: y(value) + 4, 'text-anchor': 'end' }, name),
      ]),
      ...xTicks.map(([value, name]) => text({ x: x(value), y: foot + 16, 'text-anchor': 'middle' }, name)),
      text({ x: (edge.start + width - edge.end) / 2, y: height - 6, 'text-anchor': 'middle' }, xName),
      ...(yName ? [text({ x: 11, y: (edge.top + foot) / 2, 'text-anchor': 'middle', transform: `rotate(-90 11 ${(edge.top + foot) / 2})` }, yName)] : []),
      ...inside);
    return make('figure', 'plot-frame', picture);
  }

  const across = (from, to) => (value) => edge.start + ((value - from) / (to - from)) * (width - edge.start - edge.end);
  const upwards = (from, to) => (value) => height - edge.bottom - ((value - from) / (to - from)) * (height - edge.top - edge.bottom);

  /* How many of `percents` are in each tenth; with them the last is full. */
  function tenths(percents) {
    const counts = Array(10).fill(0);
    for (const percent of percents) counts[Math.min(9, Math.floor(percent / 10 + 1e-9))] += 1;
    return counts;
  }

  /* How many people reached how much; `pass`, if there is one, is a line. */
  function distribution(percents, pass) {
    const counts = tenths(percents);
    const most = Math.max(...counts, 1);
    const [x, y] = [across(0, 100), upwards(0, most)];
    const bars = counts.map((count, i) => shape('rect', {
      class: 'plot-bar', x: x(i * 10) + 1, width: x(10) - x(0) - 2, y: y(count), height: y(0) - y(count),
    }));
    const line = pass === undefined ? [] : [shape('line', { class: 'plot-pass', x1: x(pass), x2: x(pass), y1: y(0), y2: y(most) })];
    const parts = counts.map((count, i) => (count ? word('results-plot-tenth', { from: i * 10, to: i * 10 + 10, count }) : '')).filter(Boolean);
    return frame(word('results-plot-distribution', { parts: parts.join('; ') }), {
      x, y, xName: word('results-plot-percent'), yName: word('results-plot-people'),
      xTicks: [0, 20, 40, 60, 80, 100].map((value) => [value, String(value)]),
      yTicks: [...new Set([0, Math.round(most / 2), most])].map((value) => [value, String(value)]),
    }, ...bars, ...line);
  }

  /* Each question by how many were right and how well it tells; its number stands there. */
  function scatter(items) {
    const shown = items.filter(({ difficulty, discrimination }) => difficulty !== null && discrimination !== null);
    const [x, y] = [across(0, 1), upwards(-0.5, 1)];
    const low = (value) => Math.max(-0.5, value);
    const places = [];
    const dots = shown.map(({ question, difficulty, discrimination }) => {
      const at = [x(difficulty), y(low(discrimination))];
      /* what would hide another stands beside it */
      while (places.some(([left, top]) => Math.hypot(left - at[0], top - at[1]) < 12)) at[0] -= 14;
      places.push(at);
      return shape('g', { class: 'plot-dot', 'data-low': discrimination < 0.1 }, shape('circle', { cx: at[0], cy: at[1], r: 8 }),
        shape('text', { x: at[0], y: at[1] + 3.5, 'text-anchor': 'middle' }, String(question.number)));
    });
    return frame(word('results-plot-scatter', { count: shown.length }), {
      x, y, xName: word('results-plot-right'), yName: word('results-plot-tells'),
      xTicks: [0, 0.2, 0.4, 0.6, 0.8, 1].map((value) => [value, String(value * 100)]),
      yTicks: [-0.5, 0, 0.5, 1].map((value) => [value, String(value).replace('-', '−')]),
    }, ...dots);
  }

  /* A share from 0 to 1 beside its figure; for the eye only. */
  function bar(share) {
    return shape('svg', { class: 'share', viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      shape('rect', { class: 'share-all', width: 100, height: 8 }), shape('rect', { class: 'share-part', width: 100 * share, height: 8 }));
  }

  return { distribution, scatter, bar };
})();

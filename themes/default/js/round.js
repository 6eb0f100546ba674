/* round: one attempt at a whole quiz: which questions were drawn, and in which order they and their
 * choices stand.  It is kept, so that a reload shows the same; the next round draws others first. */
lectern.round = (() => {
  const { page, store, all } = lectern;

  /* Numbers from 0 to 1 by a seed (mulberry32). */
  function randomFrom(seed) {
    let state = seed;
    return () => {
      state = (state + 0x6D2B79F5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }

  /* The list in another order (Fisher and Yates). */
  function mixed(list, random) {
    const result = [...list];
    for (let i = result.length - 1; i > 0; i--) {
      const other = Math.floor(random() * (i + 1));
      [result[i], result[other]] = [result[other], result[i]];
    }
    return result;
  }

  /* Put elements into another order where they stand; those that are pinned keep their places.  It is
   * always the build's order that is mixed, so that a seed gives the same order at any time. */
  const places = new WeakMap();
  function mixElements(elements, random) {
    elements.forEach((element, i) => { if (!places.has(element)) places.set(element, i); });
    const written = [...elements].sort((a, b) => places.get(a) - places.get(b));
    const order = mixed(written.filter((element) => !('pin' in element.dataset)), random);
    const parent = elements[0]?.parentElement;
    for (const element of written) parent.append('pin' in element.dataset ? element : order.shift());
  }

  /* A seed for one question, which does not depend on the others. */
  const seedOf = (seed, id) => [...id].reduce((hash, char) => Math.imul(hash ^ char.charCodeAt(0), 16777619), seed ^ 2166136261);

  /* Which units: those pinned, then those not seen yet, then the others. */
  function draw(units, count, seen, random) {
    const ids = units.map((unit) => unit.dataset.unit);
    const isPinned = (id) => 'pin' in units[ids.indexOf(id)].dataset;
    const order = mixed(ids, random).sort((a, b) => isPinned(b) - isPinned(a) || seen.includes(a) - seen.includes(b));
    return order.slice(0, count);
  }

  const isKept = ({ seed, drawn }, ids, count) => Number.isInteger(seed) && Array.isArray(drawn)
    && drawn.length === count && drawn.every((id) => ids.includes(id));

  /* Begin a round of `quiz`, or go on with the one that was kept; gives the ids of its units. */
  function begin(quiz, data, questions, isNew) {
    const units = all('.unit', quiz);
    const ids = units.map((unit) => unit.dataset.unit);
    const count = Math.min(data.draw ?? ids.length, ids.length);
    if (!data.draw && !data.shuffle) return ids;
    const name = ids.slice().sort()[0];
    const kept = store.map(store.own(store.read(page.page).rounds, name));
    let { seed, drawn } = kept;
    if (isNew || !isKept(kept, ids, count)) {
      seed = crypto.getRandomValues(new Int32Array(1))[0];
      const before = Array.isArray(kept.seen) ? kept.seen.filter((id) => ids.includes(id)) : [];
      drawn = draw(units, count, before, randomFrom(seed));
      const seen = [...new Set([...before, ...drawn])];
      store.keep('rounds', name, { seed, drawn, seen: seen.length < ids.length ? seen : drawn });
    }
    for (const unit of units) unit.hidden = !drawn.includes(unit.dataset.unit);
    if (data.shuffle !== 'choices' && data.shuffle) mixUnits(units, drawn, randomFrom(seed));
    if (data.shuffle === 'choices' || data.shuffle === 'both') {
      for (const { id, box, type, secret } of questions) {
        const random = randomFrom(seedOf(seed, id));
        type.shuffle?.(box, (elements) => mixElements(elements, random), secret?.key);
      }
    }
    return drawn;
  }

  /* In an order that does not depend on which are drawn; the buttons of a form stay at its end. */
  function mixUnits(units, drawn, random) {
    const parent = units[0].parentElement;
    const rest = [...parent.children].filter((child) => !units.includes(child));
    mixElements(units, random);
    parent.append(...rest);
  }

  return { begin };
})();

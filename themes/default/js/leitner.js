/* leitner: when a card comes again: five boxes, each with a longer wait than the one before.  The boxes are
 * those of Sebastian Leitner, "So lernt man lernen" (1972), whose compartments were 1, 2, 5, 8 and 14 cm
 * deep; here these are days.  What is kept of a card is { box, on, since, known }: its box, the day on which
 * it was put there, the day on which it was new, and whether it was ever known.  In box 0 is what comes again
 * on the same day.  Days are texts such as 2026-11-22, by the learner's own calendar.  Plain functions. */
lectern.leitner = (() => {
  const { own } = lectern.store;
  const waits = [0, 1, 2, 5, 8, 14];
  const last = waits.length - 1;

  const dayOf = (date) => [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part, i) => String(part).padStart(i ? 2 : 4, '0')).join('-');
  /* At noon, which each day has once. */
  const dateOf = (day) => { const [year, month, date] = day.split('-').map(Number); return new Date(year, month - 1, date, 12); };
  const later = (day, count) => { const date = dateOf(day); date.setDate(date.getDate() + count); return dayOf(date); };
  const isDay = (value) => typeof value === 'string' && /^[12]\d{3}-\d\d-\d\d$/.test(value) && dayOf(dateOf(value)) === value;

  /* What was kept of a card; undefined when it is new, or when what was kept makes no sense. */
  function read(value) {
    const box = own(value, 'box'), on = own(value, 'on'), since = own(value, 'since');
    if (!Number.isInteger(box) || box < 0 || box > last || !isDay(on)) return undefined;
    return { box, on, since: isDay(since) ? since : on, known: own(value, 'known') === true };
  }

  /* The day on which a card is due; at once when its day is still to come, as after a clock was put right. */
  const dueOn = (card, today) => (card.on > today ? today : later(card.on, waits[card.box]));
  const isDue = (card, today) => dueOn(card, today) <= today;

  /* A card that was known goes one box up; a new one comes from the first.  One that was not due stays. */
  function knew(card, today) {
    if (card && !isDue(card, today)) return { ...card, known: true };
    return { box: Math.min((card?.box ?? 1) + 1, last), on: today, since: card?.since ?? today, known: true };
  }

  /* One that was not known comes again today, until it is known; then it begins in the first box. */
  const again = (card, today) => ({ box: 0, on: today, since: card?.since ?? today, known: card?.known ?? false });

  return { dayOf, dateOf, later, read, dueOn, isDue, knew, again };
})();

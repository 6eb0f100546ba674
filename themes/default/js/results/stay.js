/* stay: what somebody has opened, scrolled or stands in is found again when all of it is drawn anew. */
lectern.stay = (() => {
  const { find, all, views } = lectern;

  /* By which a part is known again: the course, quiz, table and row that it is in, and what it is. */
  function nameOf(part) {
    const headings = ['.results-course', '.results-quiz'].map((one) => part.closest(one)).map((one) => one && find('h2, h3', one).textContent);
    const label = part.closest('[aria-label]')?.getAttribute('aria-label');
    const row = part.closest('tr')?.firstElementChild.textContent;
    return [...headings, label, row, part.localName, part.dataset.key].join('\n');
  }

  /* Make the change `draw` in `place`. */
  function across(place, draw) {
    const focused = place.contains(document.activeElement) ? document.activeElement : null;
    const opened = all('details[open]', place);
    const scrolled = all('.table, ul', place).filter(({ scrollTop, scrollLeft }) => scrollTop || scrollLeft)
      .map((part) => ({ part, top: part.scrollTop, left: part.scrollLeft }));
    draw();
    const again = (part) => {
      const name = nameOf(part);
      return all(part.localName, place).find((one) => nameOf(one) === name);
    };
    for (const details of opened.map(again).filter(Boolean)) {
      views.fill(details);
      details.open = true;
    }
    for (const { part, top, left } of scrolled) again(part)?.scrollTo({ top, left, behavior: 'instant' });
    if (focused) again(focused)?.focus({ preventScroll: true });
  }

  return { across };
})();

/* term: a word of the glossary shows what it means in its place: a button opens a box right behind it,
 * which Escape, the button or a click elsewhere closes. */
{
  const { all, find, make, word } = lectern;
  let open = null;

  function close() {
    if (!open) return;
    open.button.setAttribute('aria-expanded', 'false');
    open.box.hidden = true;
    open = null;
  }

  /* The box stays within the window. */
  function place({ button, box }) {
    box.style.removeProperty('--shift');
    const { left, right } = box.getBoundingClientRect();
    const most = document.documentElement.clientWidth - 12;
    const shift = right > most ? most - right : left < 12 ? 12 - left : 0;
    box.style.setProperty('--shift', `${Math.round(shift)}px`);
    box.style.setProperty('--line', `${button.offsetHeight}px`);
  }

  function toggle(term) {
    const isOpen = open?.box === term.box;
    close();
    if (isOpen) return;
    term.button.setAttribute('aria-expanded', 'true');
    term.box.hidden = false;
    place(term);
    open = term;
  }

  all('.term').forEach((around) => {
    const link = find('.term-link', around);
    if (!link) return;
    const box = find('.term-meaning', around);
    const button = make('button', 'term-button');
    const more = make('a', 'term-more', word('term-more'));
    button.type = 'button';
    button.append(...link.childNodes);
    button.setAttribute('aria-expanded', 'false');
    button.setAttribute('aria-controls', box.id);
    more.href = link.href;
    box.append(' ', more);
    link.replaceWith(button);
    const term = { button, box };
    button.addEventListener('click', () => toggle(term));
    around.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || open !== term) return;
      event.stopPropagation();
      close();
      button.focus();
    });
  });

  document.addEventListener('click', ({ target }) => { if (open && !open.box.parentElement.contains(target)) close(); });
  addEventListener('resize', () => open && place(open));
}

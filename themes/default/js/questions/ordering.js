/* ordering: an answer is the list of the items' ids from first to last.  An item goes to its place by
 * buttons or by its number.  Whatever moves, the focus stays: it is the neighbours that are put elsewhere. */
{
  const { all, find, word, say, judge, unjudge, scoring } = lectern;
  const itemsOf = (box) => all('.order-item', box);
  const starts = new WeakMap(); /* where the items of a box stand before anything has moved */
  const nameOf = (item) => find('.order-text', item).textContent.trim();

  /* Numbers and buttons as the places are now; nothing of it is an answer until something has moved. */
  function renumber(box) {
    const items = itemsOf(box);
    items.forEach((item, i) => {
      find('.order-place', item).value = String(i + 1);
      find('.order-up', item).setAttribute('aria-disabled', i === 0);
      find('.order-down', item).setAttribute('aria-disabled', i === items.length - 1);
    });
  }

  function move(box, item, to) {
    const items = itemsOf(box);
    const from = items.indexOf(item);
    if (to < 0 || to >= items.length) return;
    for (let i = from + 1; i <= to; i++) item.before(items[i]);
    for (let i = from - 1; i >= to; i--) item.after(items[i]);
    find('.order', box).dataset.touched = '';
    renumber(box);
    say(word('order-said', { item: nameOf(item), place: to + 1, count: items.length }));
  }

  function arrange(box, ids) {
    const items = itemsOf(box);
    const list = find('.order', box);
    for (const id of ids) list.append(items.find((item) => item.dataset.item === id));
    renumber(box);
  }

  const remember = (box) => starts.set(box, itemsOf(box).map((item) => item.dataset.item));

  /* The places in which each item is followed by the one that should follow it. */
  function pairsOf(answer, right) {
    const order = scoring.texts(answer);
    const isWhole = order.length === right.length && new Set(order).size === order.length && order.every((id) => right.includes(id));
    return isWhole ? right.slice(1).filter((id, i) => order[order.indexOf(id) - 1] === right[i]).length : 0;
  }

  lectern.question('ordering', {
    setUp(box) {
      const list = find('.order', box);
      remember(box);
      renumber(box);
      list.addEventListener('click', ({ target }) => {
        const button = target.closest('button');
        if (!button) return;
        const item = button.closest('.order-item');
        move(box, item, itemsOf(box).indexOf(item) + (button.matches('.order-up') ? -1 : 1));
        list.dispatchEvent(new Event('input', { bubbles: true }));
      });
      list.addEventListener('input', ({ target }) => {
        if (target.matches('select')) move(box, target.closest('.order-item'), (Number(target.value) || itemsOf(box).length) - 1);
      });
    },

    read: (box) => ('touched' in find('.order', box).dataset ? itemsOf(box).map((item) => item.dataset.item) : null),

    write(box, answer) {
      const order = scoring.texts(answer);
      const ids = itemsOf(box).map((item) => item.dataset.item);
      const isWhole = order.length === ids.length && ids.every((id) => order.includes(id));
      const list = find('.order', box);
      if (isWhole) list.dataset.touched = '';
      else delete list.dataset.touched;
      arrange(box, isWhole ? order : starts.get(box));
      return isWhole || answer === null;
    },

    mark(box, answer, { key }, isFinal) {
      if (!isFinal) return;
      itemsOf(box).forEach((item, i) => {
        const place = key.right.indexOf(item.dataset.item);
        judge(item, place === i, place === i ? 'right' : 'your-answer');
        if (place !== i) item.append(lectern.make('span', 'right-answer', word('right-place', { place: place + 1 })));
      });
    },

    clear: (box) => itemsOf(box).forEach(unjudge),
    words: (box) => itemsOf(box).map((item, i) => `${i + 1}. ${nameOf(item)}`).join('\n'),
    again: (answer) => answer,

    /* Mixed until it is no longer solved; without a key nobody could tell. */
    shuffle(box, mix, key) {
      const isSolved = () => itemsOf(box).every((item, i) => item.dataset.item === key.right[i]);
      for (let i = 0; key && i < 9; i++) {
        mix(itemsOf(box));
        if (!isSolved()) break;
      }
      if (key && isSolved()) find('.order', box).append(itemsOf(box)[0]);
      remember(box);
      renumber(box);
    },

    score: (answer, key) => scoring.parts(pairsOf(answer, key.right), key.right.length - 1, key.partial),
  });
}

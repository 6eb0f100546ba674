/* scenario: one scene at a time.  A choice is a radio button, and only Continue goes on.  What is kept
 * is the way: to which scene, by which choice; it is walked again from the start, as far as it goes. */
{
  const { page, store, progress, word, find, all, make } = lectern;
  const box = find('[data-scenario]');
  const longest = 500;

  if (box) {
    const scenes = all('.scene', box);
    const past = find('.way', box);
    let way = []; /* the choices taken, each an element */

    const current = () => {
      const name = way.at(-1)?.dataset.to;
      return scenes.find((scene) => scene.dataset.scene === name) ?? scenes[0];
    };

    /* Choices that are there, from the start on; the last of them leads to where one is. */
    function walk(kept) {
      way = [];
      for (const step of Array.isArray(kept) ? kept.slice(0, longest) : []) {
        const open = all('.choice', current()).filter(({ dataset }) => dataset.to === store.own(step, 'to'));
        const choice = open.find(({ dataset }) => dataset.choice === store.own(step, 'by')) ?? open[0];
        if (!choice) return;
        way.push(choice);
      }
    }

    function keep() {
      store.change(page.page, (record) => { record.way = way.map(({ dataset: { to, choice } }) => ({ to, by: choice })); });
    }

    /* Each choice counts once, and nobody has more than the best way brings. */
    function score(scene) {
      const most = Number(box.dataset.most);
      const points = Math.min(most, [...new Set(way)].reduce((sum, { dataset }) => sum + Number(dataset.points ?? 0), 0));
      const pass = Number(box.dataset.pass ?? 0);
      const percent = most > 0 ? Math.max(0, Math.floor((100 * points) / most)) : 0;
      const line = find('.scene-score', scene);
      line.hidden = !('most' in box.dataset);
      line.textContent = word('scene-score', { points, count: most });
      if (pass) line.append(' ', word(percent < pass ? 'failed' : 'passed', { percent, pass }));
      return percent >= pass;
    }

    function draw() {
      const scene = current();
      scenes.forEach((one) => one.toggleAttribute('data-current', one === scene));
      all('.scene-why', box).forEach((one) => one.remove());
      all('.scene-need', box).forEach((one) => { one.hidden = true; });
      all('.scene-form', box).forEach((form) => form.reset());
      past.hidden = way.length === 0;
      find('.way-list', past).replaceChildren(...way.map((choice) => make('li', '', find('.choice-text', choice).textContent)));
      const why = way.length > 0 && find('.scene-feedback', way.at(-1));
      if (why) find('.scene-title', scene).after(make('div', 'scene-why flow', ...why.cloneNode(true).childNodes));
      if (scene.dataset.ending && score(scene)) progress.reach('done');
    }

    /* A step on or back: the heading's focus is what a screen reader says. */
    function go(change) {
      change();
      keep();
      progress.reach('half');
      draw();
      find('.scene-title', current()).focus();
    }

    all('.choice-link', box).forEach((link) => {
      const input = make('input', '');
      input.type = 'radio';
      input.name = 'choice';
      const label = make('label', '', input, ...link.childNodes);
      link.replaceWith(label);
    });

    box.addEventListener('submit', (event) => {
      event.preventDefault();
      const chosen = find('input:checked', event.target);
      const need = find('.scene-need', event.target);
      if (chosen) {
        go(() => { way.push(chosen.closest('.choice')); });
      } else {
        need.hidden = false;
        lectern.say(need.textContent);
        find('input', event.target).focus();
      }
    });

    find('[data-way="back"]', past).addEventListener('click', () => go(() => { way.pop(); }));
    find('[data-way="start"]', past).addEventListener('click', () => go(() => { way = []; }));

    const load = () => {
      walk(store.read(page.page).way);
      draw();
    };
    store.onChange(load);
    load();
  }
}

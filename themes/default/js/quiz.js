/* quiz: checks answers, says what came of it, keeps them.  A form holds what is checked together: one
 * question, or all.  Of an answer only the answer itself is kept; its score is worked out anew. */
{
  const { page, store, progress, word, find, all, make, say } = lectern;

  const unveil = (text) => JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(text), (c) => c.charCodeAt(0))));

  /* A question on the page: what it is, what is kept of it, and where it stands. */
  function questionOf(quiz, given, limit) {
    const box = all('.question', quiz).find((one) => one.dataset.question === given.id);
    const kept = store.map(store.own(store.read(page.page).answers, given.id));
    return {
      box, limit,
      id: given.id,
      points: given.points,
      type: lectern.types[given.type],
      secret: given.key ? unveil(given.key) : null,
      form: box.closest('form'),
      result: find('.result', box),
      answer: kept.answer ?? null,
      tries: Number.isInteger(kept.tries) && kept.tries > 0 ? kept.tries : 0,
      isChecked: kept.isChecked === true,
    };
  }

  const isOpen = (question) => Boolean(question.secret?.key);
  const scoreOf = ({ type, answer, secret }) => type.score(answer, secret.key);
  function isRight(question) {
    const { right, of } = scoreOf(question);
    return right === of;
  }
  const isFinal = (question) => question.isChecked
    && (!isOpen(question) || isRight(question) || question.tries >= question.limit);
  const canRetry = (question) => question.isChecked && !isFinal(question);

  function keep({ id, answer, tries, isChecked }) {
    store.keep('answers', id, { answer, tries, isChecked });
    progress.reach('half');
  }

  function resultOf(question) {
    const { secret } = question;
    const { right, of } = scoreOf(question);
    const verdict = right === of ? 'right' : right > 0 ? 'partly' : 'wrong';
    question.result.dataset.verdict = verdict;
    const points = word('points', { right: (question.points * right) / of, count: question.points });
    const parts = [make('p', '', make('span', 'verdict', word(verdict)), ' ', make('span', 'result-points', points))];
    const html = [right === of ? secret.ifRight : secret.ifWrong, isFinal(question) && secret.explanation];
    for (const one of html.filter(Boolean)) parts.push(make('div', 'flow', lectern.fragment(one)));
    if (canRetry(question) && question.limit < Infinity) {
      parts.push(make('p', 'result-points', word('tries', { count: question.limit - question.tries })));
    }
    return parts;
  }

  function draw(question) {
    const { box, type, result } = question;
    type.clear(box);
    result.replaceChildren();
    delete result.dataset.verdict;
    if (question.isChecked && isOpen(question)) {
      type.mark(box, question.answer, question.secret, isFinal(question));
      result.append(...resultOf(question));
    } else if (question.isChecked) {
      result.append(word('handed-in'));
    }
    for (const control of all('fieldset :is(input, select, textarea, button)', box)) control.disabled = isFinal(question);
  }

  /* What a screen reader hears after a check: the result, then the feedback of the choices. */
  const spoken = ({ box, result }) => [...result.children, ...all('.feedback', box)]
    .map((part) => part.textContent.trim()).join('. ');

  function openAgain(question) {
    question.isChecked = false;
    question.answer = isOpen(question) ? question.type.again(question.answer, question.secret.key) : null;
    question.type.write(question.box, question.answer);
    keep(question);
    draw(question);
  }

  const focusOn = ({ box }) => find('fieldset :is(input, select, textarea, button)', box).focus();

  function setUp(quiz) {
    const data = JSON.parse(find('.quiz-data', quiz).textContent);
    const limit = data.attempts ?? Infinity;
    const questions = data.questions.map((given) => questionOf(quiz, given, limit)).filter((one) => one.type);
    const score = find('.score', quiz);
    const title = document.title;

    /* A site without keys collects answers and says no more about them. */
    function drawKept() {
      find('h2', score).textContent = word('kept-title');
      find('.score-words', score).textContent = word('kept');
      find('[data-again="wrong"]', score).hidden = true;
      progress.reach('done');
    }

    function drawScore() {
      const isOver = questions.every((question) => question.isChecked);
      score.hidden = !isOver;
      document.title = title;
      if (!isOver) return;
      const open = questions.filter(isOpen);
      if (!open.length) {
        drawKept();
        return;
      }
      const total = lectern.total(open.map((question) => ({ points: question.points, ...scoreOf(question) })));
      const pass = data.pass ?? 0;
      const isPassed = total.reaches(pass);
      const retry = questions.some(canRetry);
      const kind = data.pass == null ? 'complete' : isPassed ? 'passed' : 'failed';
      find('h2', score).textContent = word('score', { right: total.right, count: total.of });
      find('.score-words', score).textContent = word(kind, { percent: total.percent, pass });
      score.dataset.verdict = isPassed ? 'right' : 'wrong';
      find('.read-again', score).hidden = isPassed || retry;
      find('[data-again="wrong"]', score).hidden = !retry;
      find('[data-again="all"]', score).hidden = retry && limit < Infinity;
      document.title = `(${word('progress', { done: total.right, count: total.of })}) ${title}`;
      if (isPassed || !retry) progress.reach('done');
    }

    /* The button of a form: Check, or Answer again when its only question waits for that. */
    function drawButton(form) {
      const inForm = questions.filter((question) => question.form === form);
      const button = find('[type="submit"]', form);
      button.dataset.word ??= button.textContent;
      button.textContent = inForm.every(canRetry) ? word('again') : button.dataset.word;
      button.hidden = inForm.every(isFinal) || (inForm.length > 1 && inForm.every((question) => question.isChecked));
    }

    function drawAll() {
      questions.forEach(draw);
      all('form', quiz).forEach(drawButton);
      drawScore();
    }

    /* Unanswered questions, named with links; whoever wants to may hand in all the same. */
    function showGaps(form, gaps) {
      const heading = make('h2', '', word('gaps', { count: gaps.length }));
      const anyway = make('button', 'button', word('anyway'));
      anyway.type = 'button';
      anyway.addEventListener('click', () => check(form, true));
      const links = gaps.map((gap) => {
        const link = make('a', '', word('gap', { number: questions.indexOf(gap) + 1 }));
        link.href = `#${gap.box.id}`;
        link.addEventListener('click', (event) => {
          event.preventDefault();
          gap.box.scrollIntoView();
          focusOn(gap);
        });
        return make('li', '', link);
      });
      heading.tabIndex = -1;
      form.prepend(make('div', 'gaps', heading, make('ul', '', ...links), anyway));
      heading.focus();
    }

    function check(form, isAnyway = false) {
      find('.gaps', form)?.remove();
      const inForm = questions.filter((question) => question.form === form);
      const asked = inForm.filter((question) => !question.isChecked);
      const gaps = asked.filter((question) => question.type.read(question.box) === null);
      if (gaps.length && inForm.length === 1) {
        gaps[0].result.textContent = word('not-answered');
        say(word('not-answered'));
        return;
      }
      if (gaps.length && !isAnyway) {
        showGaps(form, gaps);
        return;
      }
      for (const question of asked) {
        question.answer = question.type.read(question.box);
        question.tries += 1;
        question.isChecked = true;
        keep(question);
        draw(question);
      }
      drawButton(form);
      drawScore();
      const [only] = inForm;
      if (inForm.length > 1) find('h2', score).focus();
      else if (isFinal(only)) only.result.focus();
      else say(spoken(only));
      if (inForm.length === 1 && !score.hidden) say(`${find('h2', score).textContent}. ${find('.score-words', score).textContent}`);
    }

    quiz.addEventListener('submit', (event) => {
      event.preventDefault();
      const only = questions.filter((question) => question.form === event.target);
      if (only.length === 1 && canRetry(only[0])) {
        openAgain(only[0]);
        drawButton(event.target);
        drawScore();
        focusOn(only[0]);
      } else {
        check(event.target);
      }
    });

    /* Another answer to a question that was checked opens it again. */
    quiz.addEventListener('input', (event) => {
      const question = questions.find((one) => one.box.contains(event.target));
      if (!question) return;
      question.answer = question.type.read(question.box);
      question.isChecked = false;
      keep(question);
      draw(question);
      drawButton(question.form);
      drawScore();
    });

    score.addEventListener('click', ({ target }) => {
      const { again } = target.dataset;
      if (!again) return;
      const opened = questions.filter((question) => again === 'all' || !isFinal(question));
      for (const question of opened) {
        if (again === 'all') Object.assign(question, { answer: null, tries: 0 });
        openAgain(question);
      }
      drawAll();
      focusOn(opened[0]);
    });

    /* What was checked but has since been reworded by the author is asked again. */
    for (const question of questions) {
      if (!question.type.write(question.box, question.answer)) question.isChecked = false;
    }
    drawAll();
  }

  all('.quiz').forEach(setUp);
}

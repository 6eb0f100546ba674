/* quiz: checks answers, says what came of it, keeps them.  A form holds what is checked together: one
 * question, or all.  Of an answer only the answer itself is kept; its score is worked out anew. */
{
  const { page, store, kept: { line }, attempts, progress, word, find, all, make, say, scoring } = lectern;

  const unveil = (text) => JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(text), (c) => c.charCodeAt(0))));
  const controlsOf = (box) => all('fieldset :is(input, select, textarea, button)', box);

  const fieldText = (box) => store.text(find('fieldset :is(input, textarea)', box)?.value);

  /* What is kept of a question, checked like any foreign input. */
  function keptOf(id) {
    const { answer, tries, isChecked } = store.map(store.own(store.read(page.page).answers, id));
    return { answer: answer ?? null, tries: Number.isInteger(tries) && tries > 0 ? tries : 0, isChecked: isChecked === true };
  }

  /* A question on the page: what it is, what is kept of it, and where it stands. */
  function questionOf(box, given, limit) {
    return {
      ...given,
      ...keptOf(given.id),
      box,
      limit: given.attempts ?? limit,
      type: lectern.types[given.type],
      secret: given.key ? unveil(given.key) : null,
      form: box.closest('form'),
      result: find('.result', box),
    };
  }

  const isOpen = ({ secret }) => Boolean(secret);
  const isScored = (question) => isOpen(question) && !question.type.isSelfMarked;
  const scoreOf = ({ type, answer, secret }) => type.score(answer, secret.key);
  function isRight(question) {
    const { right, of } = scoreOf(question);
    return right === of;
  }
  const isFinal = (question) => question.isChecked
    && (!isScored(question) || isRight(question) || question.tries >= question.limit);
  /* An essay may be written on after it was handed in; what else is final stays. */
  const isLocked = (question) => isFinal(question) && !question.type.isSelfMarked;
  const canRetry = (question) => question.isChecked && !isFinal(question);
  const sum = (some) => scoring.total(some.map((question) => ({ points: question.points, ...scoreOf(question) })));

  /* With the question and the answer in words, for whoever reads the record elsewhere. */
  function keep({ id, number, box, type, answer, tries, isChecked }) {
    const label = line(`${number}. ${find('.question-prompt', box).textContent}`);
    const text = answer === null ? '' : (type.words ?? fieldText)(box);
    store.keep('answers', id, { answer, tries, isChecked, at: new Date().toISOString(), label, text });
    progress.reach('half');
  }

  function verdictOf(question) {
    const { secret, result } = question;
    const { right, of } = scoreOf(question);
    const verdict = right === of ? 'right' : right > 0 ? 'partly' : 'wrong';
    result.dataset.verdict = verdict;
    const points = word('points', { right: (question.points * right) / of, count: question.points });
    const parts = [make('p', '', make('span', 'verdict', word(verdict)), ' ', make('span', 'result-points', points))];
    const feedback = right === of ? secret.ifRight : secret.ifWrong;
    if (feedback) parts.push(make('div', 'flow', lectern.fragment(feedback)));
    return parts;
  }

  function resultOf(question) {
    const { box, type, answer, secret } = question;
    const parts = isScored(question) ? verdictOf(question) : [make('p', '', word('handed-in'))];
    if (type.after) parts.push(...type.after(box, answer, secret, (changed) => { question.answer = changed; keep(question); }));
    if (isFinal(question) && secret.explanation) parts.push(make('div', 'flow', lectern.fragment(secret.explanation)));
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
      if (isScored(question) && isFinal(question) && !isRight(question)) result.append(make('p', 'visually-hidden', rightAnswers(box)));
    } else if (question.isChecked) {
      result.append(word('handed-in'));
    }
    for (const control of controlsOf(box)) {
      control.disabled = isLocked(question);
      control.removeAttribute('aria-invalid');
    }
  }

  /* What stands beside the choices and fields at the end, for who is led to the result below them. */
  function rightAnswers(box) {
    const choices = all('.choice[data-verdict="right"] .choice-text', box).map((text) => text.textContent.trim());
    const beside = all('.right-answer, .feedback', box).map((part) => part.textContent.trim());
    return [...(choices.length ? [`${word('right-answer')}: ${choices.join(', ')}`] : []), ...beside].join('. ');
  }

  /* What a screen reader hears after a check: the result, then the feedback of the choices. */
  const spoken = ({ box, result }) => [...all(':scope > :not(table, .visually-hidden)', result), ...all('.feedback', box)]
    .map((part) => part.textContent.trim()).join('. ');

  function openAgain(question) {
    question.isChecked = false;
    const isKept = question.answer && (isOpen(question) || question.type.isSelfMarked);
    question.answer = isKept ? question.type.again(question.answer, question.secret?.key) : null;
    question.type.write(question.box, question.answer);
    keep(question);
    draw(question);
  }

  /* What stands on the page now; marks that a learner gave to his text stay with it. */
  function take(question) {
    const answer = question.type.read(question.box);
    question.answer = answer && question.type.isSelfMarked ? { ...store.map(question.answer), ...answer } : answer;
  }

  const focusOn = ({ box }) => controlsOf(box)[0].focus();

  /* Why an answer cannot be checked yet; '' when it can. */
  function missing({ box, type, secret }) {
    const answer = type.read(box);
    if (answer === null) return word('not-answered');
    return (secret && type.fault?.(answer, secret.key)) || '';
  }

  function setUp(quiz) {
    const data = JSON.parse(find('.quiz-data', quiz).textContent);
    const limit = data.attempts ?? Infinity;
    const boxes = new Map(all('.question', quiz).map((box) => [box.dataset.question, box]));
    const every = data.questions.map((given) => questionOf(boxes.get(given.id), given, limit)).filter((one) => one.type);
    const score = find('.score', quiz);
    const again = find('.quiz-again', quiz); /* inside a lesson, instead of a result */
    const title = document.title;
    let questions = every; /* of this round */
    const inForm = (form) => questions.filter((question) => question.form === form);
    const questionAt = (element) => questions.find(({ box }) => box.contains(element));

    function begin(isNew) {
      const drawn = lectern.round.begin(quiz, data, every, isNew);
      questions = every.filter(({ unit }) => drawn.includes(unit));
      for (const box of all('.score-box', quiz)) {
        box.textContent = word('score-box', { count: questions.reduce((points, one) => points + one.points, 0) });
      }
    }

    /* Where nothing is scored answers are collected, and no more is said about them. */
    function drawKept() {
      find('h2', score).textContent = word('kept-title');
      find('.score-words', score).textContent = word(questions.some(isOpen) ? 'kept-own' : 'kept');
      find('[data-again="wrong"]', score).hidden = true;
      find('[data-again="all"]', score).hidden = false;
      progress.reach('done');
    }

    /* The result by objective, with the pages to read again. */
    function objectivesOf(scored) {
      const list = (data.objectives ?? []).map(({ text, pages }) => {
        const some = scored.filter(({ objective }) => objective === text);
        if (!some.length) return null;
        const { right, of } = sum(some);
        const row = make('li', 'objective', make('span', '', word('objective', { text, right, count: of })));
        row.dataset.verdict = right === of ? 'right' : right > 0 ? 'partly' : 'wrong';
        if (right < of && pages.length) {
          const links = pages.flatMap((one, i) => {
            const link = make('a', '', one.title);
            link.href = one.url;
            return i ? [', ', link] : [link];
          });
          row.append(make('span', 'objective-pages', `${word('objective-pages')} `, ...links));
        }
        return row;
      }).filter(Boolean);
      return list.length ? [make('h3', '', word('objectives')), make('ul', 'objective-list', ...list)] : [];
    }

    function drawScore() {
      if (again) again.hidden = !questions.every(isFinal) || questions.filter(isScored).every(isRight);
      if (!score) return;
      const isOver = questions.every((question) => question.isChecked);
      score.hidden = !isOver;
      document.title = title;
      if (!isOver) return;
      const scored = questions.filter(isScored);
      if (!scored.length) {
        drawKept();
        return;
      }
      const total = sum(scored);
      const pass = data.pass ?? 0;
      const isPassed = total.reaches(pass);
      const retry = questions.some(canRetry);
      const kind = data.pass == null ? 'complete' : isPassed ? 'passed' : 'failed';
      find('h2', score).textContent = word('score', { right: total.right, count: total.of });
      find('.score-words', score).textContent = word(kind, { percent: total.percent, pass });
      score.dataset.verdict = isPassed ? 'right' : 'wrong';
      const own = questions.some(({ type, answer }) => type.isSelfMarked && store.own(answer, 'marks')) ? [make('p', '', word('own-text'))] : [];
      find('.score-parts', score).replaceChildren(...own, ...objectivesOf(scored));
      find('.read-again', score).hidden = isPassed || retry;
      find('[data-again="wrong"]', score).hidden = !retry;
      find('[data-again="all"]', score).hidden = retry && limit < Infinity;
      document.title = `(${word('progress', { done: total.right, count: total.of })}) ${title}`;
      if (isPassed || !retry) progress.reach('done');
    }

    /* The button of a form: Check, or Answer again when its only question waits for that. */
    function drawButton(form) {
      const some = inForm(form);
      const button = find('[type="submit"]', form);
      button.dataset.word ??= some.every(({ type }) => type.isSelfMarked) ? word('hand-in') : button.textContent;
      button.textContent = some.every(canRetry) ? word('again') : button.dataset.word;
      button.hidden = some.every(isFinal) || (some.length > 1 && some.every((question) => question.isChecked));
    }

    function drawAll() {
      questions.forEach(draw);
      all('form', quiz).forEach(drawButton);
      drawScore();
    }

    /* What stands in the way, named with links; whoever wants to may hand in all the same. */
    function showGaps(form, gaps) {
      const anyway = make('button', 'button', word('anyway'));
      anyway.type = 'button';
      anyway.addEventListener('click', () => check(form, true));
      const links = gaps.map(({ question, text }) => {
        const link = make('a', '', word('gap', { number: question.number, text }));
        link.href = `#${question.box.id}`;
        link.addEventListener('click', (event) => {
          event.preventDefault();
          question.box.scrollIntoView();
          focusOn(question);
        });
        return make('li', '', link);
      });
      const alert = make('div', '', make('h2', '', word('gaps', { count: gaps.length })), make('ul', '', ...links));
      alert.setAttribute('role', 'alert');
      const box = make('div', 'gaps', alert, anyway);
      box.tabIndex = -1;
      form.prepend(box);
      box.focus();
    }

    /* Before a check: is anything empty, half empty or no number?  Said at the question itself too. */
    function review(form, asked, isAnyway) {
      const isAlone = inForm(form).length === 1;
      const gaps = asked.map((question) => {
        const blanks = question.type.blanks?.(question.box);
        const fault = missing(question);
        if (fault) return { question, text: fault };
        return blanks && !isAlone ? { question, text: word('blanks', { count: blanks }) } : null;
      }).filter(Boolean);
      if (isAnyway || !gaps.length) return true;
      for (const { question, text } of gaps) {
        question.result.textContent = text;
        for (const control of controlsOf(question.box)) if (control.type === 'text') control.setAttribute('aria-invalid', 'true');
      }
      if (isAlone) say(gaps[0].text);
      else showGaps(form, gaps);
      return false;
    }

    /* Inside a lesson there are no attempts: nothing is handed in. */
    function keepAttempt(asked) {
      if (!score) return;
      const scored = questions.filter(isScored);
      attempts.keep(data.edition, questions, asked, (last) => {
        try {
          return scored.length ? sum(scored.map((one) => ({ ...one, answer: last(one.id) }))) : null;
        } catch {
          return null; /* what was kept is no answer to this question */
        }
      });
    }

    function check(form, isAnyway = false) {
      find('.gaps', form)?.remove();
      const some = inForm(form);
      const asked = some.filter((question) => !question.isChecked);
      if (!review(form, asked, isAnyway)) return;
      for (const question of asked) {
        take(question);
        question.tries += 1;
        question.isChecked = true;
        keep(question);
        draw(question);
      }
      keepAttempt(asked);
      drawButton(form);
      drawScore();
      if (some.length > 1) find('h2', score).focus();
      else if (isFinal(some[0])) {
        lectern.hush();
        some[0].result.focus();
      }
      else say(spoken(some[0]));
      if (some.length === 1 && score && !score.hidden) say(`${find('h2', score).textContent}. ${find('.score-words', score).textContent}`);
      document.dispatchEvent(new Event('lectern-checked'));
    }

    quiz.addEventListener('submit', (event) => {
      event.preventDefault();
      const [only, more] = inForm(event.target);
      const isTyping = document.activeElement.matches('input[type="text"]');
      if (!more && canRetry(only) && isTyping) { /* Enter once more, and nothing has changed */
        say(spoken(only));
      } else if (!more && canRetry(only)) {
        openAgain(only);
        drawButton(event.target);
        drawScore();
        focusOn(only);
      } else {
        check(event.target);
      }
    });

    /* Another answer to a question that was checked opens it again. */
    quiz.addEventListener('input', ({ target }) => {
      const question = questionAt(target);
      if (!question) return;
      if (question.isChecked && question.type.isSelfMarked) { /* an essay may be written on: it stays handed in */
        take(question);
        keep(question);
        if (score) attempts.mend(question);
        return;
      }
      const isQuiet = !question.isChecked && !question.result.hasChildNodes();
      take(question);
      question.isChecked = false;
      keep(question);
      if (isQuiet) return;
      draw(question);
      drawButton(question.form);
      drawScore();
    });

    quiz.addEventListener('click', ({ target }) => {
      const { again: what } = target.dataset;
      if (!what) return;
      if (what === 'all') {
        begin(true);
        for (const question of every) {
          const answer = question.type.isSelfMarked ? question.answer : null;
          Object.assign(question, { answer, tries: 0, isChecked: false });
        }
      }
      const opened = what === 'all' ? every : questions.filter((question) => !isFinal(question));
      opened.forEach(openAgain);
      drawAll();
      focusOn(all('.question', quiz).map(questionAt).find((question) => opened.includes(question)));
    });

    if (score) {
      const opener = make('button', 'button', word('work-save'));
      opener.type = 'button';
      opener.addEventListener('click', () => lectern.work.open({ keys: [page.page], title: page.title }));
      find('.buttons', score).append(' ', opener);
    }
    for (const form of all('form', quiz)) form.autocomplete = 'off'; /* nothing comes back but what is kept */

    /* What was checked but has since been reworded by the author is asked again. */
    for (const { type, box } of every) type.setUp?.(box);
    begin(false);
    for (const question of every) {
      if (!question.type.write(question.box, question.answer)) question.isChecked = false;
    }
    drawAll();

    /* What another tab has checked, or kept, of questions that nobody is busy with here. */
    store.onChange(() => {
      for (const question of questions.filter(({ box }) => !box.contains(document.activeElement))) {
        const kept = keptOf(question.id);
        if (kept.tries === question.tries && JSON.stringify(kept.answer) === JSON.stringify(question.answer) && kept.isChecked === question.isChecked) continue;
        Object.assign(question, kept);
        if (!question.type.write(question.box, question.answer)) question.isChecked = false;
        draw(question);
      }
      all('form', quiz).forEach(drawButton);
      drawScore();
    });
    return { counts: 'counts' in quiz.dataset, isOver: () => questions.every(({ isChecked }) => isChecked) };
  }

  const quizzes = all('.quiz').filter((quiz) => find('.quiz-data', quiz)).map(setUp); /* a handout has none */

  /* Are there questions in this lesson that its author wants answered first? */
  lectern.isAnswered = () => quizzes.every(({ counts, isOver }) => !counts || isOver());
}

/* rebuild: whatever is edited, a rebuild gives the same bytes, the same messages and the same exit status as a
 * build from nothing.  Edits are drawn at random from a seed, which a failure names:
 *   LECTERN_SEED=7 LECTERN_EDITS=2000 node tests/run.js rebuild */
'use strict';

const { spawnSync } = require('node:child_process');
const crypto = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { serve, until } = require('./serve/running.js');

const lectern = () => path.resolve(process.env.LECTERN_BUILD, 'lectern');
const ENVIRONMENT = { ...process.env, NO_COLOR: '1' };

/* Numbers that look mixed and are the same for a seed (mulberry32). */
function generator(seed) {
  let state = seed >>> 0;
  return (most) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  };
}

const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>\n';
const lesson = (title, more = '') => `# ${title}\n\nWords of a :term[desk].\n\n## Part\n\n${more}\n`;
const QUIZ = 'title: Quiz\nquestions:\n  - choose-one: Which?\n    right: This\n    wrong:\n      - That\n    explanation: So.\n';

function project() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-rebuild-'));
  const files = {
    'content/site.yaml': 'title: Site\nid: site\nplugins:\n  outline: on\n',
    'content/index.md': '# Site\n\n[The desk](desk/index.md)\n',
    'content/about.md': '---\ntitle: About\n---\n\nWords.\n',
    'content/media/one.svg': PICTURE,
    'content/media/two.svg': PICTURE,
    'content/media/watch.mp4': 'no film',
    'content/media/watch.vtt': 'WEBVTT\n\n00:00.000 --> 00:02.000\nGood morning.\n',
    'plugins/greeting.lua': '-- greeting: a page type.\nlocal greeting = { fields = { to = page } }\nfunction greeting.model(page, site)\n' +
      '  return { title = page_named(page.to).title, count = #site.courses }\nend\nreturn greeting\n',
    'plugins/greeting.html': '{% layout "base.html" %}\n{# greeting: names another page. #}\n{% block body %}\n<p>{{ title }} {{ count }}</p>\n{% end %}\n',
  };
  for (const course of ['desk', 'phone']) {
    files[`content/${course}/course.yaml`] = `title: ${course}\nnumbered: true\n`;
    files[`content/${course}/index.md`] = `# ${course}\n\n![a picture](../media/one.svg)\n`;
    files[`content/${course}/glossary.yaml`] = 'title: Words\ntype: glossary\nterms:\n  Desk: A table.\n  Queue: A line of people.\n';
    for (const module of ['1-first', '2-second']) {
      const place = `content/${course}/${module}`;
      files[`${place}/index.md`] = `# Module ${module}\n\nWords.\n`;
      files[`${place}/1-one.md`] = lesson('One', '[Two](2-two.md#part)');
      files[`${place}/2-two.md`] = lesson('Two', '![a picture](../../media/two.svg) and [about](../../about.md)');
      files[`${place}/3-sheet.md`] = '---\ntitle: Sheet\ntype: worksheet\n---\n\nWrite:\n\n____\n____\n';
      files[`${place}/4-quiz.yaml`] = QUIZ;
    }
  }
  files['content/desk/1-first/5-watch.md'] = '---\ntitle: Watch\ntype: video\nsrc: ../../media/watch.mp4\nposter: ../../media/one.svg\ncaptions: ../../media/watch.vtt\n---\n';
  files['content/phone/1-first/5-greeting.yaml'] = 'title: Greeting\ntype: greeting\nto: ../../desk/1-first/1-one.md\n';
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

const read = (folder, name) => fs.readFileSync(path.join(folder, name), 'utf8');
const write = (folder, name, text) => fs.writeFileSync(path.join(folder, name), text);

function filesIn(folder, ending) {
  return fs.readdirSync(path.join(folder, 'content'), { recursive: true }).map((name) => `content/${name}`)
    .filter((name) => name.endsWith(ending) && fs.statSync(path.join(folder, name)).isFile()).sort();
}

/* What an author does: each edit is given the folder, a drawer of numbers and the number of the edit. */
const EDITS = {
  text: (folder, draw, i) => {
    const pages = filesIn(folder, '.md'), name = pages[draw(pages.length)];
    write(folder, name, `${read(folder, name)}\nMore words, ${i}.\n`);
  },
  nothing: () => {},
  touch: (folder, draw) => {
    const pages = filesIn(folder, '.md'), name = pages[draw(pages.length)];
    fs.utimesSync(path.join(folder, name), new Date(), new Date());
  },
  title: (folder, draw, i) => {
    const pages = filesIn(folder, '.md'), name = pages[draw(pages.length)];
    write(folder, name, read(folder, name).replace(/^(# |title: ).*$/m, `$1Renamed ${i}`));
  },
  heading: (folder, draw, i) => {
    const pages = filesIn(folder, '2-two.md'), name = pages[draw(pages.length)];
    write(folder, name, read(folder, name).replace(/^## .*$/m, draw(2) ? '## Part' : `## Part ${i}`));
  },
  order: (folder, draw, i) => {
    const pages = filesIn(folder, '.md').filter((name) => /\d-\w+\.md$/.test(name) && !/sheet|watch/.test(name));
    const name = pages[draw(pages.length)], text = read(folder, name).replace(/^---\norder: .*\n---\n\n/, '');
    write(folder, name, `---\norder: ${draw(9)}\n---\n\n${text}`);
  },
  add: (folder, draw, i) => {
    const places = ['desk/1-first', 'desk/2-second', 'phone/1-first', 'phone/2-second', 'phone'];
    write(folder, `content/${places[draw(places.length)]}/8-added-${i}.md`, lesson(`Added ${i}`));
  },
  remove: (folder) => {
    const name = filesIn(folder, '.md').find((one) => /8-added/.test(one));
    if (name) fs.unlinkSync(path.join(folder, name));
  },
  rename: (folder, draw, i) => {
    const name = filesIn(folder, '.md').find((one) => /8-added/.test(one));
    if (name) fs.renameSync(path.join(folder, name), path.join(folder, path.dirname(name), `7-added-${i}.md`));
  },
  old: (folder, draw, i) => {
    const name = filesIn(folder, '.md').find((one) => /[78]-added/.test(one));
    if (name) write(folder, name, `---\nold-addresses: was-${i}\ntitle: Moved ${i}\n---\n\nWords.\n`);
  },
  draft: (folder, draw) => {
    const pages = filesIn(folder, '3-sheet.md'), name = pages[draw(pages.length)];
    const text = read(folder, name);
    write(folder, name, text.includes('draft') ? text.replace('draft: true\n', '') : text.replace('title', 'draft: true\ntitle'));
  },
  /* what is made beside a draft, as a handout, is in its language; a course's page cannot be one, as links lead to it */
  language: (folder, draw) => {
    const pages = filesIn(folder, '.md').filter((name) => /(3-sheet|index|about)\.md$/.test(name)), name = pages[draw(pages.length)];
    const lines = ['', '', 'language: nl\n', 'language: de-AT\n', /\d-\w+\/index/.test(name) ? 'language: fr\ndraft: true\n' : 'language: fr\n'][draw(5)];
    const text = read(folder, name).replace(/^language: .*\n(draft: true\n)?/m, '').replace(/^---\n---\n\n/, '');
    write(folder, name, lines && !text.startsWith('---') ? `---\n${lines}---\n\n${text}` : text.replace(/^---\n/, `---\n${lines}`));
  },
  words: (folder, draw) => {
    const name = `themes/default/words/${draw(2) ? 'nl' : 'de'}.yaml`;
    fs.mkdirSync(path.join(folder, 'themes/default/words'), { recursive: true });
    if (draw(3)) write(folder, name, `next: ${draw(4) ? 'next' : '[next'} ${draw(3)}\njs-done: done ${draw(3)}\n`);
    else fs.rmSync(path.join(folder, name), { force: true });
  },
  quiz: (folder, draw, i) => {
    const pages = filesIn(folder, 'quiz.yaml'), name = pages[draw(pages.length)];
    write(folder, name, `${QUIZ}  - true-false: Question ${i}?\n    answer: ${draw(2) ? 'true' : 'false'}\n    explanation: So.\n`);
  },
  mistake: (folder, draw) => {
    const pages = filesIn(folder, 'quiz.yaml'), name = pages[draw(pages.length)];
    write(folder, name, draw(2) ? QUIZ.replace('right', 'rihgt') : QUIZ);
  },
  warning: (folder, draw, i) => {
    write(folder, 'content/about.md', `---\ntitle: About: ${i}\n---\n\n${draw(2) ? '<p style="x">Words.</p>' : 'Words.'}\n`);
  },
  term: (folder, draw, i) => {
    const name = `content/${draw(2) ? 'desk' : 'phone'}/glossary.yaml`;
    write(folder, name, `title: Words\ntype: glossary\nterms:\n  Desk: A table, ${i}.\n  Queue: A line of people.\n`);
  },
  lostTerm: (folder, draw) => {
    write(folder, 'content/desk/glossary.yaml', `title: Words\ntype: glossary\nterms:\n  ${draw(2) ? 'Desk' : 'Table'}: A table.\n`);
  },
  course: (folder, draw, i) => {
    write(folder, 'content/phone/course.yaml', `title: Phone ${draw(3)}\nnumbered: ${draw(2) ? 'true' : 'false'}\nunit: Week\nrequires: reading\npassport: ${draw(2) ? 'true' : 'false'}\n`);
  },
  site: (folder, draw) => {
    write(folder, 'content/site.yaml', `title: Site ${draw(3)}\nid: site\nlanguage: ${draw(2) ? 'en' : 'en-GB'}\nplugins:\n  outline: ${draw(2) ? 'on' : 'off'}\n`);
  },
  picture: (folder, draw, i) => write(folder, `content/media/${draw(2) ? 'one' : 'two'}.svg`, `${PICTURE}<!-- ${i} -->\n`),
  captions: (folder, draw, i) => write(folder, 'content/media/watch.vtt', `WEBVTT\n\n00:00.000 --> 00:02.000\nGood morning, ${i}.\n`),
  template: (folder, draw, i) => {
    write(folder, 'plugins/greeting.html', `{% layout "base.html" %}\n{# greeting: names another page. #}\n{% block body %}\n<p>{{ title }} {{ count }} ${i}</p>\n{% end %}\n`);
  },
  plugin: (folder, draw) => {
    const text = read(folder, 'plugins/greeting.lua');
    write(folder, 'plugins/greeting.lua', text.replace(/count = .*? }/, `count = #site.courses[${draw(2) + 1}].modules }`));
  },
  theme: (folder, draw, i) => {
    fs.mkdirSync(path.join(folder, 'themes/default/templates/blocks'), { recursive: true });
    write(folder, 'themes/default/templates/blocks/term.html', `{# term: a word. #}\n<span class="term">{{{ text }}} ${draw(4)}</span>\n`);
  },
  link: (folder, draw) => {
    const name = filesIn(folder, '1-one.md')[draw(4)];
    const targets = ['2-two.md#part', '3-sheet.md', '../../about.md', '../../index.md', '../glossary.yaml', '8-nowhere.md'];
    write(folder, name, read(folder, name).replace(/\]\([^)]*\)/, `](${targets[draw(targets.length)]})`));
  },
  greeting: (folder, draw) => {
    const pages = filesIn(folder, 'one.md');
    write(folder, 'content/phone/1-first/5-greeting.yaml', `title: Greeting\ntype: greeting\nto: /${pages[draw(pages.length)].slice('content/'.length)}\n`);
  },
  mend: (folder) => {
    for (const name of filesIn(folder, 'quiz.yaml')) write(folder, name, QUIZ);
    for (const name of filesIn(folder, '2-two.md')) write(folder, name, read(folder, name).replace(/^## .*$/m, '## Part'));
    for (const name of filesIn(folder, '1-one.md')) write(folder, name, read(folder, name).replace(/\]\([^)]*\)/, '](2-two.md#part)'));
    write(folder, 'content/desk/glossary.yaml', 'title: Words\ntype: glossary\nterms:\n  Desk: A table.\n');
  },
  manyAtOnce: (folder, draw, i) => { for (const edit of ['text', 'title', 'add', 'quiz']) EDITS[edit](folder, draw, i); },
};

let edition = 'learner';

function build(folder, out) {
  const run = spawnSync(lectern(), ['build', '--out', out, '--edition', edition], { cwd: folder, encoding: 'utf8', env: ENVIRONMENT, timeout: 120000 });
  return { status: run.status, err: run.stderr };
}

function digest(folder) {
  if (!fs.existsSync(folder)) return {};
  const files = fs.readdirSync(folder, { recursive: true }).map(String).filter((name) => fs.statSync(path.join(folder, name)).isFile()).sort();
  return Object.fromEntries(files.map((name) => [name, crypto.createHash('sha256').update(fs.readFileSync(path.join(folder, name))).digest('hex')]));
}

const differences = (one, other) => [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => one[name] !== other[name]);

/* One more edit, then both builds. */
function step(folder, last, draw, i, isBroken) {
  const names = Object.keys(EDITS), name = isBroken && draw(2) ? 'mend' : names[draw(names.length)];
  const fresh = path.join(folder, 'fresh');
  EDITS[name](folder, draw, i);
  fs.rmSync(fresh, { recursive: true, force: true });
  const rebuilt = build(folder, 'site'), clean = build(folder, 'fresh');
  const site = digest(path.join(folder, 'site'));
  const wanted = clean.status === 0 ? digest(fresh) : last;
  const wrong = differences(site, wanted);
  const isRight = rebuilt.status === clean.status && rebuilt.err === clean.err && wrong.length === 0;
  return { name, isRight, isFine: clean.status === 0, site, detail: `${wrong.join(', ')}\nrebuilt ${rebuilt.status}\n${rebuilt.err}\nclean ${clean.status}\n${clean.err}` };
}

/* When nothing has changed for a while a build reads nothing, and says what the last one said. */
async function stillness(report) {
  const folder = project();
  const run = (...words) => spawnSync(lectern(), ['build', '--stats', ...words], { cwd: folder, encoding: 'utf8', env: ENVIRONMENT });
  const hasRead = ({ stdout }) => /^parse/m.test(stdout);
  write(folder, 'content/about.md', '# About\n\n<p style="x">Words.</p>\n');
  report(hasRead(run()) && hasRead(run()), 'what has just been written is looked at again');
  await new Promise((resolve) => setTimeout(resolve, 2300));
  run();
  const still = run();
  report(!hasRead(still) && still.status === 0, 'when nothing has changed nothing is read', still.stdout);
  report(/pages +\d\d/.test(still.stdout) && /unchanged +\d\d/.test(still.stdout), 'and it is known how much there is', still.stdout);
  report(/about\.md:3:\d+: warning/.test(still.stderr), 'a warning is said each time', still.stderr);
  report(run('--strict').status === 1, 'with --strict it counts');
  report(hasRead(run('--drafts')), 'other options are another build');
  run();
  for (const [what, change] of Object.entries({
    'a file that was removed from the site': () => fs.unlinkSync(path.join(folder, 'site/about.html')),
    'an edit': () => fs.appendFileSync(path.join(folder, 'content/about.md'), 'More.\n'),
    'a new folder': () => fs.mkdirSync(path.join(folder, 'content/desk/3-third')),
    'a plugin': () => fs.appendFileSync(path.join(folder, 'plugins/greeting.lua'), '-- more\n'),
    'a file that was moved here with its old time': () => {
      fs.renameSync(path.join(folder, 'content/media/one.svg'), path.join(folder, 'one.svg'));
      fs.copyFileSync(path.join(folder, 'content/media/two.svg'), path.join(folder, 'content/media/one.svg'));
      fs.utimesSync(path.join(folder, 'content/media/one.svg'), 1, 1);
    },
  })) {
    change();
    const changed = run();
    report(hasRead(changed) && changed.status === 0 && fs.existsSync(path.join(folder, 'site/about.html')), `${what} is seen`, changed.stdout + changed.stderr);
    await new Promise((resolve) => setTimeout(resolve, 2300));
    run();
    report(!hasRead(run()), `and once ${what} has settled, nothing is read again`);
  }
  fs.rmSync(folder, { recursive: true, force: true });
}

/* Folders that are as they were left are not looked into; what has come or gone in one is seen all the same. */
async function strangers(report) {
  const folder = project(), settle = () => new Promise((resolve) => setTimeout(resolve, 2300));
  let edits = 0;
  const run = () => {
    fs.appendFileSync(path.join(folder, 'content/about.md'), `Edit ${++edits}.\n`);
    return spawnSync(lectern(), ['build', '--stats'], { cwd: folder, encoding: 'utf8', env: ENVIRONMENT });
  };
  write(folder, 'content/about.md', '# About\n\n');
  run();
  await settle();
  run();
  const quiet = run();
  report(quiet.status === 0 && /read +1$/m.test(quiet.stdout) && /written +1$/m.test(quiet.stdout) && quiet.stderr === '',
    'after an edit of one page one is read and one written', quiet.stdout + quiet.stderr);
  const [page] = fs.readdirSync(path.join(folder, 'site/desk'), { recursive: true }).filter((name) => /\.html$/.test(name)).sort().reverse();
  const beside = path.join('site/desk', path.dirname(page), 'mine.txt');
  fs.writeFileSync(path.join(folder, beside), 'mine');
  fs.mkdirSync(path.join(folder, 'site/notes'));
  fs.writeFileSync(path.join(folder, 'site/notes/mine.txt'), 'mine');
  const named = ({ stderr }) => [beside, 'site/notes/mine.txt'].every((name) => stderr.includes(`'${name}' is not Lectern's; it stays`));
  const seen = run();
  report(named(seen), 'files of others are named, in folders of their own, too', seen.stderr);
  await settle();
  run();
  const again = run();
  report(named(again), 'and each time again', again.stderr);
  fs.unlinkSync(path.join(folder, 'site/desk', page));
  const back = run();
  report(/written +2$/m.test(back.stdout) && fs.existsSync(path.join(folder, 'site/desk', page)), 'a page that was removed from the site comes back when another is edited', back.stdout);
  fs.rmSync(folder, { recursive: true, force: true });
}

/* Whatever happens to what Lectern remembers, the site is as from nothing. */
function forgotten(report) {
  const folder = project(), memory = path.join(folder, '.lectern/site');
  const wanted = () => { fs.rmSync(path.join(folder, 'fresh'), { recursive: true, force: true }); build(folder, 'fresh'); return digest(path.join(folder, 'fresh')); };
  spawnSync(lectern(), ['build'], { cwd: folder, env: ENVIRONMENT });
  const damages = {
    'cut off': (text) => text.subarray(0, text.length / 2),
    'with a byte changed': (text) => { text[text.length >> 1] ^= 1; return text; },
    'of another kind': () => Buffer.from('something else'),
    'empty': () => Buffer.alloc(0),
  };
  for (const [what, damage] of Object.entries(damages)) {
    write(folder, 'content/about.md', `# About\n\nNow ${what}.\n`);
    fs.writeFileSync(`${memory}.manifest`, damage(fs.readFileSync(`${memory}.manifest`)));
    if (fs.existsSync(`${memory}.unchanged`)) fs.writeFileSync(`${memory}.unchanged`, damage(fs.readFileSync(`${memory}.unchanged`)));
    const run = spawnSync(lectern(), ['build'], { cwd: folder, encoding: 'utf8', env: ENVIRONMENT });
    const wrong = differences(digest(path.join(folder, 'site')), wanted());
    report(run.status === 0 && wrong.length === 0, `a manifest that is ${what} costs a full build, and nothing else`, run.stderr + wrong.join());
  }
  fs.rmSync(folder, { recursive: true, force: true });
}

/* Pages in two languages, themselves as they were, that are made anew by the same process. */
function languages(report) {
  const folder = project();
  const run = (out) => spawnSync(lectern(), ['build', '--out', out, '--jobs', '0'], { cwd: folder, encoding: 'utf8', env: ENVIRONMENT });
  write(folder, 'content/desk/1-first/1-one.md', '---\nlanguage: nl\n---\n\n# One\n\nWords.\n');
  fs.mkdirSync(path.join(folder, 'themes/default/words'), { recursive: true });
  write(folder, 'themes/default/words/nl.yaml', 'next: Volgende\n');
  const first = run('site');
  write(folder, 'content/desk/course.yaml', 'title: Another title\n');
  const rebuilt = run('site'), clean = run('fresh');
  const wrong = differences(digest(path.join(folder, 'site')), digest(path.join(folder, 'fresh')));
  report(rebuilt.status === 0 && clean.status === 0 && wrong.length === 0, 'pages in two languages that are made anew keep their words', first.stderr + rebuilt.stderr + wrong.join());
  const next = (name) => /pager-next.*?pager-word">(\w+)/.exec(read(folder, `site/desk/first/${name}.html`))?.[1];
  report(next('one') === 'Volgende' && next('two') === 'Next', 'and have those of their language', `${next('one')}, ${next('two')}`);
  fs.rmSync(folder, { recursive: true, force: true });
}

/* So many edits of a project, each followed by both builds. */
function edited(report, seed, edits) {
  const draw = generator(seed), folder = project(), done = [];
  let fine = 0, isBroken = false;
  const first = build(folder, 'site');
  report(first.status === 0, 'the project builds', first.err);
  for (let i = 1, last = digest(path.join(folder, 'site')); i <= edits; i++) {
    const { name, isRight, isFine, site, detail } = step(folder, last, draw, i, isBroken);
    done.push(name);
    fine += isFine;
    isBroken = !isFine;
    if (!isRight) {
      report(false, `after ${i} edits of seed ${seed} a rebuild is like a build from nothing`, `${done.slice(-6).join(', ')}\n${detail}\nin ${folder}`);
      return;
    }
    last = site;
  }
  report(true, `after each of ${edits} edits a rebuild of the ${edition}'s edition is like a build from nothing`);
  report(fine > edits / 3, 'and most of them leave a site without mistakes', `${fine} of ${edits}`);
  fs.rmSync(folder, { recursive: true, force: true });
}

/* What a build from nothing makes of a copy of the project, which nobody else builds; null when it cannot. */
function cleanCopy(folder) {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-rebuild-'));
  for (const name of ['content', 'plugins', 'themes'])
    if (fs.existsSync(path.join(folder, name))) fs.cpSync(path.join(folder, name), path.join(copy, name), { recursive: true });
  const { status } = build(copy, 'site'), site = digest(path.join(copy, 'site'));
  fs.rmSync(copy, { recursive: true, force: true });
  return status === 0 ? site : null;
}

/* The same of the site that `lectern serve` shows, whether its next build waits for the edit, is on its way, or has
 * to begin at its beginning. */
async function served(report, seed, edits) {
  const server = await serve(project(), [], { env: ENVIRONMENT });
  try {
    await editWhileServed(report, server, seed, edits);
  } finally {
    await server.end();
  }
}

/* A file may go while it is read. */
function digestOrNothing(folder) {
  try { return digest(folder); } catch { return {}; }
}

async function editWhileServed(report, server, seed, edits) {
  const draw = generator(seed), folder = server.folder, site = path.join(folder, '.lectern/served/learner');
  const pages = ['text', 'title', 'heading', 'order', 'draft', 'quiz', 'link', 'term', 'mistake', 'warning'], names = Object.keys(EDITS);
  const isWaiting = () => fs.readFileSync(`/proc/${server.child.pid}/task/${server.child.pid}/children`, 'utf8').trim() !== '';
  let waited = 0, isBroken = false;
  for (let i = 1, last = digest(site), name; i <= edits; i++) {
    if (draw(4)) await until(isWaiting, 1000);
    waited += isWaiting();
    name = isBroken ? 'mend' : draw(4) ? pages[draw(pages.length)] : names[draw(names.length)];
    EDITS[name](folder, draw, i);
    const clean = cleanCopy(folder), wanted = clean ?? last;
    isBroken = !clean;
    const wrong = () => differences(digestOrNothing(site), wanted);
    if (!await until(() => wrong().length === 0, 5000)) {
      report(false, `after ${i} edits of seed ${seed} what is served is like a build from nothing`, `${name}: ${wrong()}\n${server.out.slice(-300)}\n${server.err.slice(-600)}\nin ${folder}`);
      return;
    }
    last = wanted;
  }
  report(true, `after each of ${edits} edits what is served is like a build from nothing`);
  report(waited > edits / 3, 'and of many of them the next build was waiting', `${waited} of ${edits}`);
  fs.rmSync(folder, { recursive: true, force: true });
}

module.exports = async function rebuild(report) {
  const seed = Number(process.env.LECTERN_SEED || 1), edits = Number(process.env.LECTERN_EDITS || 100);
  forgotten(report);
  await stillness(report);
  await strangers(report);
  languages(report);
  edited(report, seed, Math.ceil(0.7 * edits));
  await served(report, seed + 2, Math.ceil(0.3 * edits));
  edition = 'facilitator';
  edited(report, seed + 1, Math.floor(0.3 * edits));
};

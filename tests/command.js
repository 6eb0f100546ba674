/* command: what the commands promise beyond one page: safe output, the same bytes everywhere, exit
 * statuses, and a binary that needs nothing beside it. */
'use strict';

const { spawn, spawnSync } = require('node:child_process');
const crypto = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const onFullDisk = require('./full-disk.js');

let lectern;

function run(words, options = {}) {
  const result = spawnSync(options.binary || lectern, words, { encoding: 'utf8', timeout: 60000, ...options });
  return { status: result.status, out: result.stdout, err: result.stderr };
}

function scratch() {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-command-'));
}

function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
}

const SMALL = {
  'content/site.yaml': 'title: Small\nid: 00112233445566778899aabbccddeeff\n',
  'content/index.md': '# Small\n',
  'content/desk/course.yaml': 'title: Desk\n',
  'content/desk/1-first/1-one.md': '# One\n\nSee [two](2-two.md) and ![a dot](dot.svg).\n',
  'content/desk/1-first/2-two.md': '# Two\n\n## Part\n',
  'content/desk/1-first/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
};

function project(more = {}) {
  const folder = scratch();
  write(folder, { ...SMALL, ...more });
  return folder;
}

function files(folder, below = '') {
  return fs.readdirSync(path.join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(below, entry.name);
    return entry.isDirectory() ? files(folder, name) : [name];
  }).sort();
}

function digest(folder) {
  const sum = crypto.createHash('sha256');
  for (const name of files(folder)) sum.update(name + '\0').update(fs.readFileSync(path.join(folder, name)));
  return sum.digest('hex');
}

function sameBytes(report) {
  const wanted = scratch();
  run(['build', '--out', path.join(wanted, 'site')]);
  const first = digest(path.join(wanted, 'site'));
  const copy = path.join(scratch(), 'an other folder');
  fs.cpSync('content', path.join(copy, 'content'), { recursive: true });
  for (const name of ['themes', 'plugins']) fs.cpSync(name, path.join(copy, name), { recursive: true });
  const ways = {
    'with one worker': [['build', '--out', path.join(scratch(), 's'), '--jobs', '1'], {}],
    'with four workers': [['build', '--out', path.join(scratch(), 's'), '--jobs', '4'], {}],
    'in one process': [['build', '--out', path.join(scratch(), 's'), '--jobs', '0'], {}],
    'with pages in reversed order': [['build', '--out', path.join(scratch(), 's')], { env: { ...process.env, LECTERN_REVERSE: '1' } }],
    'in another locale and time zone': [['build', '--out', path.join(scratch(), 's')],
      { env: { ...process.env, LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' } }],
    'in another folder': [['build', '--out', path.join(scratch(), 's')], { cwd: copy }],
    'with a strict umask': [['build', '--out', path.join(scratch(), 's')], { umask: 0o077 }],
  };
  for (const [name, [words, options]] of Object.entries(ways)) {
    const before = options.umask === undefined ? null : process.umask(options.umask);
    const result = run(words, options);
    if (before !== null) process.umask(before);
    const out = words[words.indexOf('--out') + 1];
    report(result.status === 0 && digest(out) === first, `the same bytes ${name}`, result.err);
    if (name.includes('umask'))
      report(files(out).every((file) => (fs.statSync(path.join(out, file)).mode & 0o777) === 0o644), 'files can be read by a web server');
  }
}

function rebuilds(report) {
  const folder = project();
  run(['build', folder]);
  const page = path.join(folder, 'site/desk/first/two.html');
  const before = fs.statSync(page).mtimeMs;
  write(folder, { 'content/desk/1-first/1-one.md': '# One\n\nWith a word more.\n', 'site/mine.txt': 'not Lectern’s' });
  const again = run(['build', folder]);
  report(fs.statSync(page).mtimeMs === before, 'a page that did not change keeps its time');
  report(fs.readFileSync(path.join(folder, 'site/desk/first/one.html'), 'utf8').includes('a word more'), 'a page that changed is written');
  report(!fs.existsSync(path.join(folder, 'site/desk/first/dot.svg')), 'a picture that nothing uses any more is removed');
  report(/mine\.txt' is not Lectern's; it stays/.test(again.err) && fs.existsSync(path.join(folder, 'site/mine.txt')),
    'a file that Lectern does not know stays, with a warning', again.err);
  write(folder, { 'content/desk/1-first/2-two.md': '---\nold-addresses:\n  - /desk/old/second\n---\n\n# Two\n' });
  run(['build', folder]);
  const old = path.join(folder, 'site/desk/old/second.html');
  report(fs.existsSync(old) && fs.readFileSync(old, 'utf8').includes('url=../first/two.html'), 'an old address leads to the new one');
  fs.rmSync(path.join(folder, 'content/desk/1-first/2-two.md'));
  run(['build', folder]);
  report(!fs.existsSync(page), 'the page of a source that is gone is removed');
  write(folder, { 'content/desk/1-first/3-three.md': '# Three\n\n[nowhere](x.md)\n' });
  const kept = digest(path.join(folder, 'site'));
  const wrong = run(['build', folder]);
  report(wrong.status === 1 && digest(path.join(folder, 'site')) === kept, 'a build with errors leaves the site as it was');
  fs.rmSync(path.join(folder, 'content/desk/1-first/3-three.md'));
  write(folder, { 'content/desk/1-first/1-one.md': '# One\n\nAnother word.\n', 'content/index.md': '# Small\n\nAnother.\n' });
  fs.rmSync(path.join(folder, 'site/desk/first/one.html'));
  fs.mkdirSync(path.join(folder, 'site/desk/first/one.html'));
  const before_ = digest(path.join(folder, 'site'));
  const blocked = run(['build', folder]);
  report(blocked.status === 1 && /one\.html: error: cannot be written: it is not a plain file/.test(blocked.err) &&
    digest(path.join(folder, 'site')) === before_, 'where one file cannot be written, none is', blocked.err);
  fs.rmdirSync(path.join(folder, 'site/desk/first/one.html'));
  report(run(['build', folder]).status === 0, 'and all are when it can');
  const manifest = path.join(folder, '.lectern/site.manifest');
  fs.truncateSync(manifest, 100);
  const kept_ = digest(path.join(folder, 'site'));
  const damaged = run(['build', folder]);
  report(damaged.status === 0 && digest(path.join(folder, 'site')) === kept_, 'with a damaged manifest all is made anew', damaged.err);
  fs.unlinkSync(manifest);
  report(/does not know which of them it wrote/.test(run(['build', folder]).err), 'without one the folder may be somebody else\'s');
  report(run(['build', folder, '--clean']).status === 0, '--clean adopts the folder');
}

/* What is remembered of a folder goes some time after the folder. */
function forgets(report) {
  const folder = project(), elsewhere = scratch(), memory = path.join(folder, '.lectern');
  const remembered = () => fs.readdirSync(memory).filter((name) => /^site-.*\.(manifest|unchanged)$/.test(name)).sort();
  const build = (name) => run(['build', folder, '--out', path.join(elsewhere, name)]);
  build('one');
  const one = remembered();
  build('two');
  fs.rmSync(path.join(elsewhere, 'one'), { recursive: true });
  build('two');
  report(one.length === 2 && remembered().length === 4, 'a folder that is gone may come back, as on a disk that is taken out', remembered().join());
  for (const name of remembered()) fs.utimesSync(path.join(memory, name), 1e9, 1e9);
  fs.appendFileSync(path.join(folder, 'content/index.md'), 'More.\n');
  build('two');
  report(remembered().length === 2 && !remembered().some((name) => one.includes(name)), 'after a long time it is forgotten, and no other is', remembered().join());
}

function refusals(report) {
  const refused = (words, why, options) => {
    const result = run(words, options);
    report(result.status === 1 && result.err.includes(why), `refused: ${why}`, result.err);
  };
  const folder = project();
  refused(['build', folder, '--out', path.join(folder, 'content')], 'it is inside the content');
  refused(['build', folder, '--out', path.join(folder, 'content/site')], 'it is inside the content');
  refused(['build', folder, '--out', folder], 'the content is inside it');
  refused(['build', folder, '--out', '/'], 'it is the root of the disk');
  const home = scratch();
  refused(['build', folder, '--out', home], 'it is your home folder', { env: { ...process.env, HOME: home } });
  const full = scratch();
  write(full, { 'letter.txt': 'mine' });
  refused(['build', folder, '--out', full], 'does not know which of them it wrote');
  report(fs.readFileSync(path.join(full, 'letter.txt'), 'utf8') === 'mine', 'what was there is untouched');
  refused(['build', folder, '--out', path.join(full, 'letter.txt')], 'there is a file of that name');
  fs.symlinkSync('/etc/hostname', path.join(folder, 'content/desk/1-first/9-link.md'));
  refused(['build', folder], 'leads out of');
  const nothing = scratch();
  refused(['build', nothing], "there is no folder 'content' here");
  report(files(nothing).length === 0, 'and nothing is left in a folder that is no project');
}

async function twoAtOnce(report) {
  const folder = project();
  fs.mkdirSync(path.join(folder, '.lectern'), { recursive: true });
  const holder = spawn('flock', [path.join(folder, '.lectern/lock'), 'sleep', '20']);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const second = run(['build', folder]);
  report(second.status === 1 && /another lectern is building/.test(second.err), 'of two builds at once the second says so and stops', second.err);
  holder.kill();
  spawnSync('pkill', ['-f', path.join(folder, '.lectern/lock')]);
}

/* Kill builds at random moments: afterwards a build gives what a clean build gives. */
async function kills(report) {
  const folder = project();
  const big = {};
  for (let i = 1; i <= 400; i++) big[`content/desk/2-more/${i % 1000}-page${i}.md`] = `# Page ${i}\n\nWords ${i}.\n`;
  write(folder, big);
  run(['build', folder]);
  let whole = true;
  for (let round = 0; round < 12; round++) {
    for (let i = 1; i <= 400; i++) big[`content/desk/2-more/${i % 1000}-page${i}.md`] = `# Page ${i}\n\nRound ${round}.\n`;
    write(folder, big);
    const child = spawn(lectern, ['build', folder], { stdio: 'ignore' });
    const closed = new Promise((resolve) => child.on('close', resolve));    /* it may end before the kill */
    await new Promise((resolve) => setTimeout(resolve, 5 + round * 9));
    child.kill('SIGKILL');
    await closed;
    for (const name of files(path.join(folder, 'site')))
      if (name.endsWith('.html') && !fs.readFileSync(path.join(folder, 'site', name), 'utf8').trimEnd().endsWith('</html>')) whole = false;
  }
  report(whole, 'after a kill only whole pages are seen');
  const last = run(['build', folder]);
  const clean = path.join(scratch(), 'clean');
  run(['build', folder, '--out', clean]);
  report(last.status === 0 && digest(path.join(folder, 'site')) === digest(clean), 'the build after a kill gives what a clean build gives', last.err);
  report(!fs.existsSync(path.join(folder, '.lectern/site.journal')) && !fs.existsSync(path.join(folder, '.lectern/site.staging')), 'and nothing is left over');
}

function alone(report) {
  const folder = scratch();
  const binary = path.join(folder, 'lectern');
  fs.copyFileSync(lectern, binary);
  const made = run(['new', 'my-training'], { binary, cwd: folder });
  report(made.status === 0, 'the binary alone makes a project', made.err);
  const check = run(['check', '--strict', 'my-training'], { binary, cwd: folder });
  report(check.status === 0 && check.err === '', 'which passes check --strict', check.err);
  const built = run(['build', 'my-training'], { binary, cwd: folder });
  report(built.status === 0 && fs.existsSync(path.join(folder, 'my-training/site/index.html')), 'and builds', built.err);
  const courses = fs.readdirSync(path.join(folder, 'my-training/content'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const module = path.join('my-training/content', courses[0].name, fs.readdirSync(path.join(folder, 'my-training/content', courses[0].name)).find((name) => /^1-/.test(name)));
  for (const [kind, name] of [['page', '7-a-page.md'], ['quiz', '8-a-quiz.yaml'], ['worksheet', '9-a-sheet.md']]) {
    const result = run(['new', kind, path.join(module, name)], { binary, cwd: folder });
    report(result.status === 0, `new ${kind}`, result.err);
    report(run(['new', kind, path.join(module, name)], { binary, cwd: folder }).status === 1, `new ${kind} writes nothing over`);
  }
  const more = run(['check', '--strict', 'my-training'], { binary, cwd: folder });
  report(more.status === 0 && more.err === '', 'all that it writes passes check --strict', more.err);
  report(run(['new', 'my-training'], { binary, cwd: folder }).status === 1, 'a project is not made over another');
}

/* A plugin to start from, and its examples. */
function plugins(report) {
  const folder = project();
  const made = run(['new', 'plugin', 'opening-hours'], { cwd: folder });
  const example = path.join(folder, 'plugins/examples/opening-hours/two-entries.yaml');
  report(made.status === 0 && fs.existsSync(example), 'new plugin makes a plugin with examples', made.err);
  const check = run(['check', '--strict'], { cwd: folder });
  report(check.status === 0 && check.err === '', 'which passes check --strict', check.err);
  report(run(['new', 'plugin', 'opening-hours'], { cwd: folder }).status === 1, 'new plugin writes nothing over');
  report(run(['new', 'plugin', 'Opening'], { cwd: folder }).status === 1, 'a plugin is not called just anything');
  const elsewhere = run(['new', 'plugin', path.join(folder, 'plugins/rota.lua')]);
  report(elsewhere.status === 0 && fs.existsSync(path.join(folder, 'plugins/rota.html')), 'nor need it be in the folder at hand', elsewhere.err);
  fs.writeFileSync(example, fs.readFileSync(example, 'utf8').replace('A sentence', 'Another sentence'));
  const changed = run(['check'], { cwd: folder });
  report(changed.status === 1 && /two-entries\.html:\d+: error: the example gives something else here/.test(changed.err), 'an example that gives something else is found', changed.err);
  report(run(['check', '--accept'], { cwd: folder }).status === 0 && run(['check'], { cwd: folder }).err === '', 'and accepted');
  fs.writeFileSync(example, fs.readFileSync(example, 'utf8').replace('entries:', 'entires:'));
  report(run(['check', '--accept'], { cwd: folder }).status === 0, 'what is wrong with an example is accepted, too');
  report(!fs.existsSync(example.replace('.yaml', '.html')) && /did you mean/.test(fs.readFileSync(example.replace('.yaml', '.messages'), 'utf8')), 'in place of what became of it');
  report(run(['check'], { cwd: folder }).status === 0, 'and then all is well');
}

function usage(report) {
  for (const command of ['build', 'check', 'new']) {
    const help = run([command, '--help']);
    report(help.status === 0 && /Example:/.test(help.out), `${command} --help shows an example`);
  }
  report(/^lectern \d+\.\d+\.\d+\n$/.test(run(['--version']).out), '--version');
  report(run([]).status === 2 && run(['bake']).status === 2, 'no command, or none of ours, is wrong usage');
  report(run(['build', '--nonsense']).status === 2 && run(['build', '--edition', 'both']).status === 2, 'an option that is not known is wrong usage');
  report(run(['build', 'a', 'b']).status === 2, 'two folders are one too many');
  const stats = run(['build', '--out', path.join(scratch(), 's'), '--stats']).out;
  report(/parse +\d/.test(stats) && /pages +\d/.test(stats) && /bytes +\d/.test(stats), '--stats shows stages, pages and bytes', stats);
  const json = run(['check', project({ 'content/desk/1-first/4-x.md': '# X\n\n[y](z.md)\n' }), '--format', 'json']);
  const problem = JSON.parse(json.out).problems[0];
  report(json.status === 1 && problem.line === 3 && problem.column === 5 && problem.severity === 'error', 'check --format json', json.out);
  const warned = project({ 'content/desk/1-first/4-x.md': '# X\n\n<p style="x">y</p>\n' });
  report(run(['build', warned]).status === 0 && run(['build', warned, '--strict']).status === 1, '--strict counts warnings');
}

module.exports = async function command(report) {
  lectern = path.join(process.env.LECTERN_BUILD, 'lectern');
  usage(report);
  refusals(report);
  forgets(report);
  rebuilds(report);
  sameBytes(report);
  alone(report);
  plugins(report);
  await twoAtOnce(report);
  await kills(report);
  onFullDisk(report, 'build');
};

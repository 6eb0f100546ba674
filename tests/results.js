/* results: the plain functions of the results page against figures from the literature and from another way to
 * work them out, archives and tables that are odd or hostile, and the command. */
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { FILES, quizOf, attemptOf, recordOf, htmlOf } = require('./results/records.js');
const { zipOf } = require('./results/archive.js');
const load = require('./results/load.js');

const near = (one, other, by = 1e-9) => Math.abs(one - other) <= by;

/* J. D. Brown (2001), Point-biserial correlation coefficients, JALT Testing & Evaluation SIG Newsletter 5(3),
 * table 2: eight students, three items, whole-test scores. */
const BROWN = { totals: [50, 45, 45, 40, 35, 30, 30, 25], items: [[1, 1, 1, 1, 0, 0, 0, 0], [0, 0, 0, 0, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1]] };

function statistics(report, { mean, deviation, correlation, items }) {
  report(mean(BROWN.totals) === 37.5 && near(deviation(BROWN.totals), 8.29, 0.005), 'Brown: mean 37.50, standard deviation 8.29');
  const [first, second, third] = BROWN.items.map((item) => correlation(item, BROWN.totals));
  report(near(first, 7.5 / Math.sqrt(68.75)) && near(first, 0.91, 0.006), 'Brown: item 1 has a point-biserial correlation of .91', first);
  report(near(second, -first), 'Brown: item 2 has one of -.91', second);
  report(third === null, 'Brown: where all are right there is none (there it is given as .00)', third);

  /* Four people, three questions; by hand: question 1 is 1 1 0 0, the rest of the points 2 1 1 0 of 2. */
  const rows = [[1, 1, 1], [1, 1, 0], [0, 1, 0], [0, 0, 0]];
  const [one, two] = items(rows, [1, 1, 1]);
  report(one.n === 4 && one.difficulty === 0.5 && two.difficulty === 0.75, 'how many were right');
  report(near(one.discrimination, 1 / Math.sqrt(2)), 'the question itself is left out of the rest', one.discrimination);

  /* The same from the uncorrected correlation (Henrysson 1963), of a larger table, with points. */
  const points = [1, 2, 1, 3, 1];
  const table = Array.from({ length: 60 }, (_, i) => points.map((_p, j) => ((i * 7 + j * 11 + ((i * j) % 5) * 3) % 10 < 4 + (i % 6) ? 1 : j === 1 ? 0.5 : 0)));
  const totals = table.map((row) => row.reduce((all, share, j) => all + share * points[j], 0));
  const same = items(table, points).every(({ discrimination }, j) => {
    const item = table.map((row) => row[j] * points[j]);
    const r = correlation(item, totals);
    const [s, t] = [deviation(item), deviation(totals)];
    return near(discrimination, (r * t - s) / Math.sqrt(t * t + s * s - 2 * r * t * s), 1e-9);
  });
  report(same, 'it is what Henrysson’s formula makes of the uncorrected correlation');
  report(items([[1, null], [null, 1]], [1, 1]).every(({ n, discrimination }) => n === 1 && discrimination === null), 'who was asked one question only tells nothing of it');
  report(items([], [1]).every(({ n, difficulty, discrimination }) => n === 0 && difficulty === null && discrimination === null), 'nobody, nothing');
}

async function archives(report, { open }) {
  const of = (...words) => open(new Uint8Array(zipOf(...words)));
  const texts = async ({ files }) => Promise.all(files.map(async ({ read }) => read && Buffer.from(await read() ?? 'null').toString()));
  const sound = of([{ name: 'a/one.html', text: 'One' }, { name: 'two.html', text: 'x'.repeat(9999), method: 0 }, { name: 'a/', method: 0 }, { name: '__MACOSX/a', text: 'x' }], { comment: 'made by hand' });
  const [one, two] = await texts(sound);
  report(sound.files.length === 2 && one === 'One' && two.length === 9999, 'packed and stored files, a comment, folders and what systems add');
  report(of([{ name: 'a.html', text: 'a', flags: 1 }]).files[0].reason === 'encrypted', 'an encrypted file is named');
  report(of([{ name: 'a.html', text: 'a', method: 12 }]).files[0].reason === 'method', 'another method is named');
  report(of([{ name: 'a.html', text: 'a', says: 6e6 }]).files[0].reason === 'large', 'a file that is too large is named');
  report(of(Array.from({ length: 200 }, (_, i) => ({ name: `${i}`, text: 'a', says: 4e6 }))).reason === 'zip-large', 'an archive with too much in it is refused before anything is unpacked');
  const [bomb] = await texts(of([{ name: 'bomb.html', bytes: Buffer.alloc(50e6), says: 1000 }]));
  report(bomb === 'null', 'more than was said never comes out');
  const [short] = await texts(of([{ name: 'a.html', text: 'abc', says: 900 }]));
  report(short === 'null', 'less than was said is damage');
  const bytes = zipOf([{ name: 'a.html', text: 'abc'.repeat(50) }]);
  report(open(new Uint8Array(bytes.subarray(0, bytes.length - 30))).reason === 'zip-damaged', 'half an archive is damaged');
  report(open(new Uint8Array(Buffer.from('no zip'))).reason === 'zip-damaged', 'what is none is damaged');
  report(of([{ name: 'a', text: 'a' }], { count: 0xffff }).reason === 'zip64', 'the large kind is named');
  report(of([{ name: 'a', text: 'a' }], { count: 3 }).reason === 'zip-damaged', 'a directory that is too short is damaged');
  let survived = 0;
  for (let i = 0; i < bytes.length; i++) {
    const broken = new Uint8Array(bytes);
    broken[i] ^= 0xff;
    try { const made = open(broken); if (made.files) await texts(made); survived += 1; } catch { /* counted */ }
  }
  report(survived === bytes.length, 'whichever byte is wrong, nothing is thrown', `${survived} of ${bytes.length}`);
}

function tables(report, { read, write }) {
  const same = (text, rows, what) => report(JSON.stringify(read(text)) === JSON.stringify(rows), what, JSON.stringify(read(text)));
  same('a,b\r\n1,2\r\n', [['a', 'b'], ['1', '2']], 'commas');
  same('\ufeffName;E-mail\n"Weber; Ana";a@b\n', [['Name', 'E-mail'], ['Weber; Ana', 'a@b']], 'semicolons, quotes, a mark of the byte order');
  same('a\tb\n"two\nlines"\t"say ""hi"""\n\n', [['a', 'b'], ['two\nlines', 'say "hi"']], 'tabs, lines in cells, quotes in cells');
  same('sep=;\na;b,c\n', [['a', 'b,c']], 'what the file says parts its cells');
  const hostile = ['=1+1', '+1', '-1', '@a', '\tx', '\r=x', '=HYPERLINK("x";"y")'];
  const csv = write([hostile, [-1, 0.5, null]]);
  report(csv === `"'=1+1","'+1","'-1","'@a","'\tx","'\r=x","'=HYPERLINK(""x"";""y"")"\r\n-1,0.5,\r\n`, 'no cell is a formula, numbers are numbers', csv);
}

function rosters(report, { read, key, finder }) {
  const heads = { name: 'name|learner', first: 'first name', last: 'last name|surname', email: 'e-mail|email', group: 'group', paper: 'on paper' };
  const [ana, bo] = read('Surname;First name;E-Mail;GROUP;On paper\nWeber;Ana;ana@x.org;Mon;x\nLin;Bo;;;\nWeber;Ana;ana@x.org;Mon;x\n', heads);
  report(ana.name === 'Ana Weber' && ana.email === 'ana@x.org' && ana.group === 'Mon' && ana.paper && bo.name === 'Bo Lin' && !bo.paper, 'columns by their heads, each person once');
  const bare = read('Ana Weber,ana@x.org\nBo Lin,bo@x.org\n', heads);
  report(bare.length === 2 && bare[0].name === 'Ana Weber' && bare[1].email === 'bo@x.org', 'a table without heads');
  report(key('  WEBER,  Änä ') === key('Ana Weber') && key('O’Brien') === key("o'brien") && key('Łukasz Weiß') === key('lukasz weiss'), 'case, blanks, accents and order of names make no difference');
  const people = [{ name: 'Ana Weber', email: 'ana@x.org' }, { name: 'Bo Lin', email: '' }, { name: 'bo lin', email: 'b2@x.org' }];
  const find = finder(people);
  report(find({ name: 'Weber, Ana' }) === people[0] && find({ name: 'A.', texts: ['ANA@x.org'] }) === people[0], 'found by name or address');
  report(find({ name: 'Bo Lin' }) === undefined && find({ name: '__proto__' }) === undefined, 'of two of one name, nobody');
  report(read('', heads).length === 0, 'an empty roster');
}

/* A project of the tests, built in both editions. */
function built(folder, files = FILES) {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  return lectern(['build', folder]);
}
const lectern = (words, options = {}) => spawnSync(path.join(process.env.LECTERN_BUILD, 'lectern'), words, { encoding: 'utf8', timeout: 120000, ...options });

/* What the folder of keys holds, build by build. */
function editions(report, folder) {
  const kept = () => fs.readdirSync(path.join(folder, '.lectern/editions')).sort();
  const source = path.join(folder, 'content/desk/1-first/2-check.yaml');
  const text = fs.readFileSync(source, 'utf8');
  const [first] = kept();
  report(kept().length === 1 && first === `${quizOf(path.join(folder, 'site')).edition}.json`, 'a build keeps the key of the edition that its pages name', kept().join(' '));
  lectern(['build', folder, '--edition', 'facilitator']);
  fs.writeFileSync(source, text.replace('answer: 25', 'answer: 30'));
  lectern(['check', folder]);
  report(kept().length === 1, 'a check keeps nothing');
  lectern(['build', folder]);
  report(kept().length === 2 && kept().includes(first), 'another key is another edition, beside the first');
  const before = fs.statSync(path.join(folder, '.lectern/editions', first)).mtimeMs;
  fs.writeFileSync(source, text);
  lectern(['build', folder, '--edition', 'facilitator']);
  report(kept().length === 2 && fs.statSync(path.join(folder, '.lectern/editions', first)).mtimeMs === before, 'the facilitator’s edition has the same, and what is there is not written again');
  const page = () => fs.readFileSync(path.join(folder, 'site-facilitator/results.html'), 'utf8');
  report(kept().every((name) => page().includes(`"${name.slice(0, 16)}":"{`)), 'what learners’ builds have kept since is on the page, though the pages are as they were');
  fs.rmSync(path.join(folder, '.lectern/editions'), { recursive: true });
  lectern(['build', folder, '--edition', 'facilitator', '--clean']);
  report(kept().length === 1 && page().includes(`"${first.slice(0, 16)}":"{`), 'the key of today’s edition is made again where it was lost', kept().join(' '));
  lectern(['build', folder]);
}

function command(report) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-results-'));
  const made = built(folder);
  report(made.status === 0, 'the project builds', made.stderr);
  editions(report, folder);
  const quiz = quizOf(path.join(folder, 'site'));
  const records = path.join(folder, 'handed in');
  fs.mkdirSync(path.join(records, 'more'), { recursive: true });
  const write = (name, text) => fs.writeFileSync(path.join(records, name), text);
  const all = [1, 1, 1, 1, 1, 1];
  write('Ana.html', htmlOf(recordOf('Ana Weber', [attemptOf(quiz, all, { claim: { right: 7, of: 7, percent: 100 } })])));
  write('more/Bo.html', htmlOf(recordOf('=Bo', [attemptOf(quiz, [0, 0, 0, 0, 0, 0], { claim: { right: 7, of: 7, percent: 100 } })])));
  write('notes.pdf', 'x');
  fs.writeFileSync(path.join(folder, 'more.zip'), zipOf([{ name: 'Cem.html', text: htmlOf(recordOf('Cem', [attemptOf(quiz, [1, 1, 1, 0, 0, 0])])) }, { name: 'bad.html', text: 'bad' }]));
  fs.writeFileSync(path.join(folder, 'people.csv'), 'Name,E-mail,Group\nana weber,ana@example.org,Monday\nDee,dee@example.org,Monday\n');
  const run = lectern(['results', folder, records, path.join(folder, 'more.zip'), path.join(folder, 'none.html'), '--roster', path.join(folder, 'people.csv')]);
  const rows = run.stdout.trim().split('\r\n');
  report(run.status === 1 && rows.length === 5, 'a row for each person, and the status says that something was left out', `${run.status}\n${run.stdout}\n${run.stderr}`);
  report(/^The desk,ana weber,ana@example\.org,Monday,Finished,2,2,.*,1,100,100,Passed$/.test(rows[1]) && /^The desk,Dee,.*,Nothing received,/.test(rows[2]), 'with the roster', rows.slice(1, 3).join('\n'));
  report(/^The desk,"'=Bo",,,Started,1,2,.*,1,0,0,Not passed$/.test(rows[3]) && /^The desk,Cem,.*,Started,.*,1,57\.14,57\.14,Not passed$/.test(rows[4]), 'graded anew, and no formula', rows.slice(3).join('\n'));
  for (const [name, reason] of [['notes.pdf', /notes\.pdf: error: is not a record/], ['in the zip', /more\.zip: bad\.html: error: is not a record/], ['not there', /none\.html: error: cannot be read/], ['edited', /Bo\.html: warning: =Bo, .* says 7 of 7 points, and its answers give 0 of 7/]]) {
    report(reason.test(run.stderr), `what was left out or looks odd is named: ${name}`, run.stderr);
  }
  const out = path.join(folder, 'out.html');
  const asPage = lectern(['results', folder, path.join(records, 'Ana.html'), '--out', out]);
  const html = asPage.status === 0 && fs.readFileSync(out, 'utf8');
  report(html && /Ana Weber/.test(html) && !/<script|<input|<button/.test(html) && /<svg[^>]*role="img"/.test(html), 'the page to read and print has no script', asPage.stderr);
  const table = path.join(folder, 'out.csv');
  const questions = lectern(['results', folder, path.join(records, 'Ana.html'), '--questions', '--out', table]);
  report(questions.status === 0 && fs.readFileSync(table, 'utf8').startsWith('\ufeffCourse,Quiz,Edition,No.,') && fs.readFileSync(table, 'utf8').trim().split('\r\n').length === 7, 'the questions', questions.stderr);
  report(lectern(['results', folder]).status === 2, 'without a file it says so');
  const without = lectern(['results', folder, records], { env: { ...process.env, LECTERN_BROWSER: '/nowhere/chromium' } });
  report(without.status === 1 && /there is no such program/.test(without.stderr), 'without a browser it says so', without.stderr);
  fs.rmSync(folder, { recursive: true });
}

module.exports = async function results(report, { cases }) {
  const { statistics: figures, zip, table, roster } = load();
  const parts = {
    statistics: () => statistics(report, figures), archives: () => archives(report, zip), tables: () => tables(report, table),
    rosters: () => rosters(report, roster), command: () => command(report),
  };
  for (const [name, run] of Object.entries(parts)) if (!cases.length || cases.includes(name)) await run();
};

/* full-disk: what `lectern build` and `lectern print` do when there is no room left: for the suites
 * `command` and `print`.  A small disk is mounted in a name space of its own, and this file runs there
 * as a program: `node tests/full-disk.js FOLDER CASE`, a line of JSON for each test. */
'use strict';

const { spawnSync } = require('node:child_process');
const crypto = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const lectern = path.resolve(process.env.LECTERN_BUILD, 'lectern');
const FAKE = `#!/bin/sh\nexec node '${path.join(__dirname, 'print/fake-browser.js')}' "$@"\n`;
const NEW = 'content/desk/1-before/1-new.md';

/* All files below a folder, and what is in them. */
function digest(folder) {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true }).sort() : [];
  const sum = crypto.createHash('sha256');
  for (const name of names) sum.update(`${name}\0`).update(fs.statSync(path.join(folder, name)).isFile() ? fs.readFileSync(path.join(folder, name)) : '');
  return sum.digest('hex');
}

function project(folder) {
  const write = (name, text) => {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  };
  const run = (...words) => {
    const { status, stdout, stderr } = spawnSync(lectern, words, { encoding: 'utf8', cwd: folder, timeout: 60000 });
    return { status, said: stdout + stderr };
  };
  write('content/site.yaml', 'title: Small\nid: 00112233445566778899aabbccddeeff\n');
  write('content/index.md', '# Small\n');
  write('content/desk/course.yaml', 'title: Desk\n');
  for (let i = 1; i < 6; i++) write(`content/desk/2-first/${i}-page${i}.md`, `---\ntype: worksheet\ntitle: Page ${i}\n---\n\nHere ____.\n`);
  return { write, run };
}

/* Leave room for so many files, or so many KB. */
function fill(folder, { files, kilobytes }) {
  const filler = path.join(folder, 'filler');
  fs.rmSync(filler, { recursive: true, force: true });
  fs.mkdirSync(filler);
  const { bavail, bsize, ffree } = fs.statfsSync(folder);
  if (kilobytes !== undefined) return fs.writeFileSync(path.join(filler, 'all'), Buffer.alloc(Math.max(0, bavail * bsize - kilobytes * 1024)));
  for (let i = 0; i < ffree - files; i++) fs.writeFileSync(path.join(filler, String(i)), '');
}

const rooms = [...Array.from({ length: 26 }, (_, files) => ({ files })), ...Array.from({ length: 12 }, (_, i) => ({ kilobytes: 4 * i }))];

function build(folder, report) {
  const { write, run } = project(folder);
  const site = path.join(folder, 'site'), filler = path.join(folder, 'filler');
  const failed = [], wrong = [];
  for (const [i, room] of rooms.entries()) {
    fs.rmSync(path.join(folder, path.dirname(NEW)), { recursive: true, force: true });
    const first = run('build');
    write(NEW, `# New ${i}\n`);    /* its folder comes before the pages that are written over */
    write('content/desk/2-first/1-page1.md', `# Page ${i}\n`);
    const before = digest(site);
    fill(folder, room);
    const { status, said } = run('build');
    if (status !== 0) failed.push(said);
    if (first.status !== 0 || ![0, 1].includes(status) || (status === 1 && (digest(site) !== before || !/^\S+: error: cannot be written: the disk is full$/m.test(said)))) wrong.push(`${JSON.stringify(room)} ${status} ${said}`);
    fs.rmSync(filler, { recursive: true });
    run('build');
    run('build', '--out', 'clean');
    if (digest(site) !== digest(path.join(folder, 'clean'))) wrong.push(`${JSON.stringify(room)}: the next build is not whole`);
  }
  report(failed.length > 20 && failed.length < rooms.length, 'the disk is full sooner or later', failed.length);
  report(wrong.length === 0, 'a build that finds the disk full says so, and leaves the site as it was', wrong.join('\n'));
  report(!failed.some((said) => /there is no such file/.test(said)), 'and gives no other reason', failed.find((said) => /there is no such file/.test(said)));
}

function print(folder, report) {
  const { write, run } = project(folder);
  const handouts = path.join(folder, 'site/handouts'), browser = path.join(folder, 'browser');
  fs.writeFileSync(browser, FAKE, { mode: 0o755 });
  process.env.LECTERN_BROWSER = browser;
  process.env.TMPDIR = os.tmpdir();
  run('print');
  const all = fs.readdirSync(handouts), wrong = [];
  let count = 0;
  for (let files = 0; files < 9; files++) {
    fs.rmSync(path.join(handouts, all[0]));
    write('content/desk/2-first/1-page1.md', `---\ntype: worksheet\n---\n\n# Page ${files}\n\nThere ____.\n`);
    run('build');
    fill(folder, { files });
    const { status, said } = run('print');
    count += status === 1 && /error: cannot be written: the disk is full/.test(said);
    const isWhole = fs.readdirSync(handouts).every((name) => name.endsWith('.pdf') && fs.readFileSync(path.join(handouts, name), 'latin1').endsWith('%%EOF\n'));
    if (![0, 1].includes(status) || (status === 1) !== /the disk is full/.test(said) || !isWhole) wrong.push(`${files}: ${status} ${said} ${fs.readdirSync(handouts)}`);
    fs.rmSync(path.join(folder, 'filler'), { recursive: true });
    if (run('print').status !== 0 || fs.readdirSync(handouts).join() !== all.join()) wrong.push(`${files}: the next run does not print all`);
  }
  report(count > 1 && count < 9 && wrong.length === 0, 'a full disk is told of; what is printed is whole, and the next run prints the rest', `${count}\n${wrong.join('\n')}`);
}

function temporary(folder, report) {
  const { run } = project(path.join(os.tmpdir(), path.basename(fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-room-')))));
  fill(folder, { kilobytes: 64 });
  process.env.TMPDIR = folder;
  const { status, said } = run('print');
  report(status === 1 && said.includes(`is the disk full? the browser writes to ${folder} first`), 'a browser that has no room for its PDF', said);
}

if (require.main === module) {
  const [folder, name] = process.argv.slice(2);
  const report = (ok, what, detail = '') => console.log(JSON.stringify([Boolean(ok), what, String(detail).slice(0, 3000)]));
  ({ build, print, temporary })[name](folder, report);
} else {
  /* Run one of them; where nobody may mount a disk, say so. */
  module.exports = function onFullDisk(report, name) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-full-'));
    const script = 'mount -t tmpfs -o size=4m,nr_inodes=300 tmpfs "$1" || exit 9; exec node "$2" "$1" "$3"';
    const { status, stdout, stderr } = spawnSync('unshare', ['--mount', '--map-root-user', 'sh', '-c', script, 'sh', folder, __filename, name], { encoding: 'utf8' });
    if (status === null || status === 9 || /^unshare:/m.test(stderr)) return console.log(`a full disk is not tested (${name}): none can be mounted here`);
    for (const line of stdout.split('\n').filter(Boolean)) report(...JSON.parse(line));
    report(status === 0, `a full disk: ${name} runs to its end`, stderr);
  };
}

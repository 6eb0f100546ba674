/* build: clean builds, rebuilds with nothing changed and with one page edited, beside the floor: reading, md4c and
 * writing alone, and a walk that stats every file.  LECTERN_BENCH_PAGES says how many lessons; left out, 1,000. */
'use strict';

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const corpus = require('./corpus.js');

const ROUNDS = 5;

/* Milliseconds that a command takes, and the most memory that it and its workers hold: the sum of their PSS, in KiB. */
function timed(program, words, cwd, wantsMemory = false) {
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(program, words, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    let most = 0, err = '';
    child.stderr.on('data', (bytes) => { err += bytes; });
    const timer = wantsMemory && setInterval(() => { most = Math.max(most, pss(child.pid)); }, 20);
    child.on('close', (status) => {
      clearInterval(timer);
      if (status !== 0) return reject(new Error(`${program} ${words.join(' ')}: ${err}`));
      resolve({ ms: Number(process.hrtime.bigint() - started) / 1e6, kib: most });
    });
  });
}

function pss(pid) {
  try {
    const own = Number(/^Pss: +(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]);
    const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return children.reduce((sum, child) => sum + pss(child), own);
  } catch {
    return 0;
  }
}

const quiet = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function repeated(median, rounds, run) {
  const times = [];
  for (let i = 0; i < rounds; i++) times.push((await run(i)).ms);
  return median(times);
}

module.exports = async function build({ lectern, row, median }) {
  const floor = path.resolve(process.env.LECTERN_BUILD, 'floor');
  const count = Number(process.env.LECTERN_BENCH_PAGES || 1000);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-bench-'));
  const from = path.join(folder, 'content');
  corpus(folder, count);
  const rounds = count > 20000 ? 1 : count > 2000 ? 3 : ROUNDS;

  await quiet(6000);    /* for some seconds after many files were removed, making files is dear */
  /* in turn: what the disk has still to do from before hits both */
  const least = [], clean = [];
  for (let i = 0; i < rounds; i++) {
    least.push((await timed(floor, ['build', from, path.join(folder, `floor-${i}`)], folder)).ms);
    clean.push((await timed(lectern, ['build', '--out', `clean-${i}`], folder)).ms);
  }
  row(`clean build of ${count} lessons`, median(clean), median(least), 'ms', 'must 4, aim 2.5');
  const memory = await timed(lectern, ['build', '--out', 'memory'], folder, true);
  row('most memory of it', memory.kib / 1024, 16 + (2 * count) / 1024, 'MB', 'must 1');

  await timed(lectern, ['build'], folder);
  await quiet(2500);
  await timed(lectern, ['build'], folder);
  const walk = await repeated(median, 9, () => timed(floor, ['stat', from], folder));
  row('nothing changed', await repeated(median, 9, () => timed(lectern, ['build'], folder)), walk, 'ms', 'must 4, aim 2');
  const page = path.join(from, 'course-0/2-module-1/4-lesson-13.md');
  const edited = await repeated(median, 5, async (i) => {
    fs.appendFileSync(page, `\nEdit ${i}.\n`);
    return timed(lectern, ['build'], folder);
  });
  row('one page edited', edited, walk, 'ms', 'must 6, aim 3');
  fs.rmSync(folder, { recursive: true, force: true });
};

/* instructions: how many a build of 200 lessons takes, counted by callgrind, which is the same each time.  More
 * than 5 % above or below the number that is recorded is a change that somebody should know of.
 *   LECTERN_RECORD=1 node tests/run.js instructions    writes the number down */
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const corpus = require('./bench/corpus.js');

const LESSONS = 200, MOST_CHANGE = 0.05;
const RECORD = 'tests/bench/instructions.txt';

function count(words, cwd) {
  const program = path.resolve(process.env.LECTERN_BUILD, 'lectern');
  const run = spawnSync('valgrind', ['--tool=callgrind', '--callgrind-out-file=/dev/null', program, ...words], { cwd, encoding: 'utf8', timeout: 300000 });
  const found = /refs:\s+([\d,]+)/.exec(run.stderr || '');
  return { status: run.status, number: found ? Number(found[1].replaceAll(',', '')) : NaN, said: run.error ? String(run.error) : run.stderr };
}

module.exports = async function instructions(report) {
  if (/sanitize/.test(process.env.LECTERN_BUILD)) return;    /* another program, with other numbers */
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-instructions-'));
  corpus(folder, LESSONS);
  const clean = count(['build', '--jobs', '0'], folder);
  const again = count(['build', '--jobs', '0', '--out', 'again'], folder);
  report(clean.status === 0 && clean.number > 1e6, 'a build can be counted', clean.said);
  report(Math.abs(again.number / clean.number - 1) < 0.005, 'the same work is the same number', `${clean.number} and ${again.number}`);
  if (process.env.LECTERN_RECORD) fs.writeFileSync(RECORD, `${clean.number}\n`);
  const recorded = Number(fs.readFileSync(RECORD, 'utf8'));
  const change = clean.number / recorded - 1;
  report(Math.abs(change) <= MOST_CHANGE, `a build of ${LESSONS} lessons takes the instructions that are recorded`,
    `${clean.number}, recorded ${recorded}: ${(100 * change).toFixed(1)} %\nif that is meant: LECTERN_RECORD=1 node tests/run.js instructions`);
  fs.rmSync(folder, { recursive: true, force: true });
};

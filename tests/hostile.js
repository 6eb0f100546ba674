/* hostile: plugins and templates that mean harm.  Each is stopped or refused within a second, with its file and
 * line; memory stays small, nothing is written, and the page beside it is checked all the same. */
'use strict';

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const ROWS = ['load', 'run', 'library', 'template', 'declare', 'site'].flatMap((name) => require(`./hostile/${name}.js`));

const MOST_MEBIBYTES = 300;
const isSanitized = /sanitize/.test(process.env.LECTERN_BUILD || '');
const mostSeconds = isSanitized ? 5 : 1;

const PLACES = {
  page: 'plugins/hostile.lua',
  block: 'plugins/blocks/hostile.lua',
  question: 'plugins/questions/hostile.lua',
  template: 'themes/default/templates/hostile.html',
  shared: 'plugins/shared/hostile.lua',
};

const PAGES = {
  page: '---\ntitle: Hostile\ntype: hostile\n---\n\nWords, and [a link](2-honest.md).\n\n- one\n- two\n',
  block: '# Hostile\n\n:::hostile[Title]\nWords.\n:::\n',
  question: 'title: Hostile\nquestions:\n  - hostile: What?\n',
};

/* Beside it: a page whose plugin finds a mistake, in the step in which the other one does harm. */
const HONEST = {
  check: 'local honest = { template = "lesson.html", fields = { one = text, two = integer } }\nfunction honest.check(page, report)\n' +
    '  assert(("x"):upper() == "X" and string.format("%d", 3) == "3")\n  report({}, "an honest mistake")\nend\nreturn honest\n',
  model: 'local honest = { template = "lesson.html" }\nfunction honest.model(page)\n' +
    '  assert(("x"):upper() == "X" and string.format("%d", 3) == "3")\n  error("an honest mistake")\nend\nreturn honest\n',
};

function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
}

function project(row) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-hostile-'));
  write(folder, {
    'content/site.yaml': 'title: Desk\nid: desk\n',
    [`content/1-hostile.${row.place === 'question' ? 'yaml' : 'md'}`]: row.content || PAGES[row.place] || PAGES.page,
    'content/2-honest.md': '---\ntitle: Honest\ntype: honest\n---\n\n# Part\n',
    'plugins/honest.lua': HONEST[row.step === 'model' ? 'model' : 'check'],
    [PLACES[row.place]]: row.text,
    ...row.files,
  });
  return folder;
}

function files(folder) {
  return fs.readdirSync(folder, { recursive: true }).map(String).sort().join('\n');
}

/* Peak memory of it and of its workers, in MiB, and what it said; it is killed after 30 seconds. */
function check(folder) {
  return new Promise((resolve) => {
    const started = process.hrtime.bigint();
    const child = spawn('/usr/bin/time', ['-o', path.join(folder, '..', path.basename(folder) + '.time'), '-f', '%M %U %S',
      path.join(process.env.LECTERN_BUILD, 'lectern'), 'check', '--jobs', '1', folder], { timeout: 30000, killSignal: 'SIGKILL' });
    let said = '';
    child.stdout.on('data', (data) => { said += data; });
    child.stderr.on('data', (data) => { said += data; });
    child.on('close', (status) => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      const file = path.join(folder, '..', path.basename(folder) + '.time');
      const last = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n').pop() : 'Infinity Infinity 0';
      const [kibibytes, user, system] = last.split(' ').map(Number);
      fs.rmSync(file, { force: true });
      resolve({ status, said, seconds, busy: user + system, memory: kibibytes / 1024 });
    });
  });
}

/* By the clock, and on a machine that is busy with other things by the time of its processor. */
function isSlow(result, usual) {
  return result.seconds > usual + mostSeconds && (result.busy > usual + mostSeconds || result.seconds > 8 * mostSeconds);
}

function faults(row, result, usual, before, after) {
  const place = row.at || PLACES[row.place];
  const wanted = new RegExp(`${place.replace(/[.]/g, '\\.')}${row.hasNoLine ? '' : ':\\d+(:\\d+)?'}: error: .*(${row.message.source})`, row.message.flags);
  const wrong = [];
  if (!row.isLoose && !wanted.test(result.said)) wrong.push(`nothing like ${wanted} was said`);
  if (!row.isAlone && !/an honest mistake/.test(result.said)) wrong.push('the page beside it was not checked');
  if (/crashed|Sanitizer|runtime error|no memory left/.test(result.said)) wrong.push('it crashed');
  if (/0x[0-9a-f]{6,}/.test(result.said)) wrong.push('it told an address');
  if (/[\x00-\x08\x0b-\x1f\x7f\u0080-\u009f]/.test(result.said)) wrong.push('it sent control characters to the terminal');
  if (!row.isLoose && result.status !== 1) wrong.push(`status ${result.status}`);
  if (isSlow(result, usual)) wrong.push(`it took ${result.seconds.toFixed(2)} s, and ${result.busy.toFixed(2)} s of a processor`);
  if (!isSanitized && result.memory > MOST_MEBIBYTES) wrong.push(`it took ${Math.round(result.memory)} MiB`);
  if (result.said.length > 200000) wrong.push(`it said ${result.said.length} characters`);
  if (before !== after) wrong.push(`it wrote files:\n${after}`);
  return wrong;
}

async function one(row, usual, report) {
  const folder = project(row);
  const before = files(folder);
  let result = await check(folder);
  if (isSlow(result, usual) && result.seconds < 20) result = await check(folder);
  const wrong = faults(row, result, usual, before, files(folder));
  report(wrong.length === 0, row.name, wrong.join('\n') + '\n' + result.said.slice(0, 1500));
  if (process.env.LECTERN_SHOW) console.log(`${result.seconds.toFixed(2)} s ${Math.round(result.memory)} MiB  ${row.name}\n${result.said.slice(0, 600)}`);
  fs.rmSync(folder, { recursive: true, force: true });
}

module.exports = async function hostile(report, { cases }) {
  const rows = ROWS.filter((row) => !cases.length || cases.some((one_) => row.name.includes(one_)));
  const harmless = project({ place: 'page', step: 'check', text: 'return { template = "lesson.html" }\n' });
  const usual = (await check(harmless)).seconds;
  fs.rmSync(harmless, { recursive: true });
  report(new Set(ROWS.map((row) => row.name)).size === ROWS.length, 'each has a name of its own');
  let next = 0;
  const takeTurns = async () => { while (next < rows.length) await one(rows[next++], usual, report); };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(4, os.cpus().length)) }, takeTurns));
};

/* golden: folders whose names are promises.
 * `command` holds the arguments; `input/` is copied to a fresh folder where the command runs;
 * `messages` is what standard error must say, and `expected/`, if there, the whole tree of
 * `input/site`.  `status` holds the exit status when it is not what messages imply.
 * With --accept the results are written instead of compared. */
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

function tree(folder, below = '') {
  const files = {};
  if (!fs.existsSync(folder)) return files;
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(below, entry.name);
    if (entry.isDirectory()) Object.assign(files, tree(path.join(folder, entry.name), name));
    else files[name] = fs.readFileSync(path.join(folder, entry.name));
  }
  return files;
}

function firstDifference(wanted, got) {
  const a = wanted.toString().split('\n'), b = got.toString().split('\n');
  const i = a.findIndex((line, at) => line !== b[at]);
  const at = i < 0 ? a.length : i;
  return `line ${at + 1}\n- ${a[at]}\n+ ${b[at]}`;
}

function compareTrees(report, name, wanted, got) {
  const names = new Set([...Object.keys(wanted), ...Object.keys(got)]);
  for (const file of names) {
    if (!wanted[file] || !got[file]) report(false, `${name}: ${file}`, wanted[file] ? 'is missing' : 'should not be there');
    else report(wanted[file].equals(got[file]), `${name}: ${file}`, firstDifference(wanted[file], got[file]));
  }
}

/* Style sheet, script and the script's words are the theme's affair: a case is about pages.  Which languages
 * have a script of their own is not, so that stays. */
function pagesOf(files) {
  const plain = (name, bytes) => {
    if (/^lectern\.[\w-]+\.js$/.test(name)) return Buffer.from('/* the script, with the words of this language */\n');
    if (!name.endsWith('.html')) return bytes;
    return Buffer.from(bytes.toString().replace(/\?v=[0-9a-f]{8}/g, '?v=hash').replace(/(id="lectern-words">)[^<]*/, '$1'));
  };
  return Object.fromEntries(Object.entries(files)
    .filter(([name]) => !/^(lectern|results)\.(css|js)$/.test(name))
    .map(([name, bytes]) => [name, plain(name, bytes)]));
}

function runCase(report, folder, name, accept) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-golden-'));
  fs.cpSync(path.join(folder, 'input'), path.join(scratch, 'input'), { recursive: true });
  const words = fs.readFileSync(path.join(folder, 'command'), 'utf8').trim().split(/\s+/);
  const lectern = path.join(process.env.LECTERN_BUILD, 'lectern');
  const run = spawnSync(lectern, words, { cwd: scratch, encoding: 'utf8', timeout: 60000 });
  const messagesFile = path.join(folder, 'messages');
  const statusFile = path.join(folder, 'status');
  const expected = path.join(folder, 'expected');
  const wanted = fs.existsSync(messagesFile) ? fs.readFileSync(messagesFile, 'utf8') : '';
  const pages = pagesOf(tree(path.join(scratch, 'input/site')));
  if (accept) {
    fs.writeFileSync(messagesFile, run.stderr);
    if (words[0] === 'build' && run.status === 0) {
      fs.rmSync(expected, { recursive: true, force: true });
      for (const [file, bytes] of Object.entries(pages)) {
        fs.mkdirSync(path.dirname(path.join(expected, file)), { recursive: true });
        fs.writeFileSync(path.join(expected, file), bytes);
      }
    }
    console.log(`accepted ${name}`);
  } else {
    report(run.stderr === wanted, `${name}: messages`, firstDifference(wanted, run.stderr));
    const status = fs.existsSync(statusFile) ? Number(fs.readFileSync(statusFile, 'utf8')) : / error(:|s?$)/m.test(wanted) ? 1 : 0;
    report(run.status === status, `${name}: exit status ${status}`, `it is ${run.status}`);
    const after = path.join(folder, 'after');
    if (fs.existsSync(after)) compareTrees(report, name, tree(after), tree(path.join(scratch, 'input/content')));
    if (fs.existsSync(expected)) compareTrees(report, name, tree(expected), pages);
    else if (words[0] === 'build') report(Object.keys(pages).length === 0, `${name}: nothing is written`, Object.keys(pages).join(' '));
  }
  fs.rmSync(scratch, { recursive: true, force: true });
}

module.exports = function golden(report, { accept, cases }) {
  for (const name of fs.readdirSync('tests/golden').sort()) {
    if (cases.length && !cases.includes(name)) continue;
    runCase(report, path.join('tests/golden', name), name, accept);
  }
};

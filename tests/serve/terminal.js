/* terminal: what `lectern serve` and longer builds say on a terminal; and builds that are killed. */
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const corpus = require('../bench/corpus.js');
const { project, write, serve, until, sleep } = require('./running.js');

const lectern = () => path.join(process.env.LECTERN_BUILD, 'lectern');
const PLAIN = { ...process.env, TERM: 'xterm', NO_COLOR: undefined };

/* What a command writes on a terminal of so many columns. */
function onTerminal(columns, command, env = {}) {
  const words = ['-qfec', `stty cols ${columns}; ${command}`, '/dev/null'];
  return spawnSync('script', words, { encoding: 'utf8', env: { ...PLAIN, ...env }, timeout: 120000, input: '' }).stdout.replace(/\r\n/g, '\n');
}

function progress(report) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-serve-'));
  corpus(folder, 4000);
  const build = (columns, env) => {
    fs.rmSync(path.join(folder, 'site'), { recursive: true, force: true });
    fs.rmSync(path.join(folder, '.lectern'), { recursive: true, force: true });
    return onTerminal(columns, `'${lectern()}' build '${folder}'`, env);
  };
  const wide = build(80), lines = wide.split('\r\x1b[K');
  report(/^(reading|making) \d+ of \d+$/.test(lines[1] ?? '') && lines.at(-1) === '', 'a longer build says how far it is, in one line that goes', JSON.stringify(wide.slice(-300)));
  const narrow = build(18).split('\r\x1b[K');
  report(narrow.length > 2 && narrow.every((line) => line.length < 18 && !/of/.test(line)), 'a narrow terminal gets a short one', JSON.stringify(narrow));
  report(!/\x1b\[[0-9;]*m/.test(wide) && build(80, { TERM: 'dumb' }) === '', 'a plain one gets none; and none a colour');
  fs.rmSync(path.join(folder, '.lectern'), { recursive: true });
  fs.rmSync(path.join(folder, 'site'), { recursive: true });
  const piped = spawnSync(lectern(), ['build', folder], { encoding: 'utf8' });
  report(piped.status === 0 && piped.stderr === '' && piped.stdout === '', 'nor does a file', piped.stderr);
  const small = onTerminal(80, `'${lectern()}' build '${project()}'`);
  report(small === '', 'a short build says nothing', small);
  return folder;
}

function codes(report) {
  const command = `timeout -s INT 1 '${lectern()}' serve '${project()}' --lan --port ${20000 + Math.floor(Math.random() * 30000)}`;
  const coloured = onTerminal(80, command), plain = onTerminal(80, command, { NO_COLOR: '1' }), narrow = onTerminal(30, command);
  const hasNetwork = !/in no network/.test(coloured);
  report(!hasNetwork || (/\x1b\[97;40m█{33}\x1b\[0m/.test(coloured) && /^█{33}$/m.test(plain) && !plain.includes('\x1b[')), 'with --lan there is a QR code, without colours where none are wanted', coloured);
  report(!/[█▀▄]/.test(narrow), 'and none where it would not fit');
}

/* A browser is opened with the address as one word, once there is something to see: pages, or mistakes. */
async function opening(report) {
  const programs = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-serve-')), said = path.join(programs, 'said');
  fs.writeFileSync(path.join(programs, 'xdg-open'), `#!/bin/sh\necho "$#:$1" >> '${said}'\n`, { mode: 0o755 });
  const folder = project({ 'content/index.md': '# Small\n\n[x](x.md)\n' });
  const server = await serve(folder, ['--open'], { env: { PATH: `${programs}:${process.env.PATH}` } });
  report(await until(() => fs.existsSync(said)) && fs.readFileSync(said, 'utf8') === `1:http://127.0.0.1:${server.port}/\n`, '--open opens the browser, also where there are only mistakes to see');
  write(folder, { 'content/index.md': '# Small\n\nMore.\n' });
  await server.shows('/', 'More.');
  report(fs.readFileSync(said, 'utf8').split('\n').length === 2, 'once');
  await server.end();
}

/* A build that is killed costs a message; Ctrl-C in the middle of one leaves no process behind. */
async function killed(report, folder) {
  const server = await serve(folder, [], { waits: false });
  const children = () => fs.readFileSync(`/proc/${server.child.pid}/task/${server.child.pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  await until(() => children().length);
  await sleep(100);
  process.kill(children()[0], 'SIGKILL');
  report(await until(() => /the build ended before it was done: Killed/.test(server.err)), 'a build that is killed says so', server.err);
  write(folder, { 'content/index.md': '# Front\n\nAfter the kill.\n' });
  report(await server.shows('/', 'After the kill.'), 'and the next one is whole', server.out + server.err);
  write(folder, { 'content/site.yaml': fs.readFileSync(path.join(folder, 'content/site.yaml'), 'utf8').replace(/^title:.*/m, 'title: Another') });
  await until(() => children().length);
  const build = children()[0];
  const end = await server.end();
  report(end.status === 0 && end.ms < 1500, 'Ctrl-C ends it in the middle of a build', JSON.stringify(end));
  report(await until(() => !build || !fs.existsSync(`/proc/${build}`), 2000), 'and the build with it');
}

module.exports = async function terminal(report) {
  const folder = progress(report);
  codes(report);
  await opening(report);
  await killed(report, folder);
};

/* serve: from a file that is saved until the browser is told to load its page anew; one page of many is
 * edited, of 200 and of as many as LECTERN_BENCH_PAGES says (left out, 1,000). The floor is a stat-walk of all sources, and the pause in which a save settles. */
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const corpus = require('./corpus.js');
const { serve, listen, until, sleep } = require('../serve/running.js');

const ROUNDS = 15, SETTLE_MS = 5, PAUSE_MS = 1500;    /* nobody saves faster than they look */
const milliseconds = () => Number(process.hrtime.bigint()) / 1e6;

function walk(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) walk(name);
    else fs.statSync(name);
  }
}

async function rounds(server, file, stream) {
  const times = [], text = fs.readFileSync(file, 'utf8');
  for (let i = 0; i < ROUNDS; i++) {
    const heard = stream.events.length, began = milliseconds();
    fs.writeFileSync(file, `${text}\nEdited ${i} times.\n`);
    while (stream.events.length === heard && milliseconds() - began < 60000) await sleep(1);
    times.push(milliseconds() - began);
    await sleep(PAUSE_MS);
  }
  return times;
}

module.exports = async function bench({ row, median }) {
  for (const count of [200, Number(process.env.LECTERN_BENCH_PAGES || 1000)]) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-bench-'));
    corpus(folder, count);
    const server = await serve(folder);
    await until(() => server.builds() > 0, 120000);
    const source = fs.readdirSync(path.join(folder, 'content'), { recursive: true }).sort().find((name) => /lesson-\d+\.md$/.test(name));
    const address = source.split(path.sep).map((part) => part.replace(/^\d+-/, '')).join('/').replace(/\.md$/, '.html');
    const stream = listen(server.port, `/${address}`, 'x');
    await stream.opened;
    await until(() => stream.events.length > 0);
    const times = await rounds(server, path.join(folder, 'content', source), stream);
    const began = milliseconds();
    walk(path.join(folder, 'content'));
    row(`serve: save until reload is sent, ${count} lessons`, median(times), milliseconds() - began + SETTLE_MS, 'ms', 'must 100 ms, aim 30 ms');
    stream.end();
    await server.end();
    fs.rmSync(folder, { recursive: true });
  }
};

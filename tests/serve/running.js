/* running: a project, a `lectern serve` that shows it, and ways to ask it something. */
'use strict';

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');

const PATIENCE_MS = 20000;    /* the machine may be busy */

const SMALL = {
  'content/site.yaml': 'title: Small\nid: 00112233445566778899aabbccddeeff\n',
  'content/index.md': '# Small\n',
  'content/desk/course.yaml': 'title: Desk\n',
  'content/desk/1-first/1-one.md': '# One\n\nFirst words.\n\n![a dot](dot.svg)\n',
  'content/desk/1-first/2-two.md': '# Two\n\n## Part\n',
  'content/desk/1-first/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><circle r="1"/></svg>\n',
};

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
}

function project(more = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-serve-'));
  write(folder, { ...SMALL, ...more });
  return folder;
}

/* True as soon as `test` is; false when it never is. */
async function until(test, patience = PATIENCE_MS) {
  for (const end = Date.now() + patience; Date.now() < end; await sleep(15))
    if (await test()) return true;
  return false;
}

/* A `lectern serve` for the project in `folder`, once its first build has ended; `end()` ends it. */
async function serve(folder, words = [], { env = {}, waits = true, cwd } = {}) {
  const child = spawn(path.join(process.env.LECTERN_BUILD, 'lectern'), ['serve', folder, '--port', String(20000 + Math.floor(Math.random() * 30000)), ...words],
    { cwd, env: { ...process.env, ASAN_OPTIONS: 'quarantine_size_mb=4', ...env } });    /* memory is measured */
  const server = { child, folder, out: '', err: '', port: 0, closed: new Promise((resolve) => child.on('close', (status, signal) => resolve({ status, signal }))) };
  child.on('error', (error) => { server.err += error.stack; });
  child.stdout.on('data', (bytes) => { server.out += bytes; });
  child.stderr.on('data', (bytes) => { server.err += bytes; });
  await until(() => /http:\/\/127\.0\.0\.1:(\d+)\//.test(server.out) || child.exitCode !== null);
  server.port = Number((server.out.match(/http:\/\/127\.0\.0\.1:(\d+)\//) || [])[1]);
  server.get = (target, options) => get(server.port, target, options);
  server.builds = () => (server.out.match(/^\d\d:\d\d:\d\d {2}/gm) || []).length;
  server.shows = (target, words) => until(async () => (await server.get(target)).body.includes(words));
  server.end = async (signal = 'SIGINT') => {
    const began = Date.now();
    child.kill(signal);
    return { ...await server.closed, ms: Date.now() - began };
  };
  if (waits) await until(() => server.builds() > 0);
  return server;
}

/* What comes back for `target`, sent as it stands: { status, headers, body }. */
function get(port, target, { method = 'GET', headers = {}, agent } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, path: target, method, headers, agent }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts).toString() }));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end();
  });
}

/* Bytes as they are; what came back until the other side or `ms` ended it. */
function raw(port, bytes, ms = 2000) {
  return new Promise((resolve) => {
    let answer = '';
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
    const end = () => { socket.destroy(); resolve(answer); };
    socket.on('data', (part) => { answer += part.toString('latin1'); });
    socket.on('close', end);
    socket.on('error', end);
    setTimeout(end, ms);
  });
}

/* A browser that waits for news: `events` grows. */
function listen(port, page, state = '') {
  const stream = { events: [], ids: [] };
  stream.opened = new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path: `/.lectern/events?${new URLSearchParams({ page, state })}`, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('error', () => {});
      response.on('data', (part) => {
        text += part;
        for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
          const event = text.slice(0, end);
          const data = event.match(/^data: (.*)$/m), id = event.match(/^id: (.*)$/m);
          if (id) stream.ids.push(id[1]);
          if (data) stream.events.push(JSON.parse(data[1]));
        }
      });
      resolve(response);
    });
    request.on('error', reject);
    stream.end = () => request.destroy();
  });
  stream.opened.catch(() => {});
  return stream;
}

/* What the system holds of its memory, in KiB. */
function residentKib(child) {
  return Number(fs.readFileSync(`/proc/${child.pid}/status`, 'utf8').match(/^VmRSS:\s+(\d+)/m)[1]);
}

module.exports = { project, write, serve, until, sleep, raw, listen, residentKib };

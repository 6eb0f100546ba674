/* serve: the site while it is being written: each way of saving, hostile and clumsy clients, load, and
 * what happens in a real browser (tests/serve/pages.js). */
'use strict';

const { spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { project, write, serve, until, sleep, raw, listen, residentKib } = require('./serve/running.js');
const pages = require('./serve/pages.js');
const terminal = require('./serve/terminal.js');

const ONE = 'content/desk/1-first/1-one.md';
const PAGE = '/desk/first/one.html';

async function basics(report) {
  const folder = project();
  write(folder, { 'content/desk/1-first/3-quiz.yaml': 'title: Quiz\nquestions:\n  - true-false: One is one.\n    answer: true\n' });
  const server = await serve(folder);
  const front = await server.get('/');
  report(front.status === 200 && front.headers['content-type'] === 'text/html; charset=utf-8' && front.headers['cache-control'] === 'no-store' &&
    front.headers['x-content-type-options'] === 'nosniff', 'a page comes with its type, and is kept nowhere', JSON.stringify(front.headers));
  report(/<script src="\/\.lectern\/reload\.js" data-state="[0-9a-f]{16}-[0-9a-f]{16}" defer><\/script>\n<\/head>/.test(front.body), 'with the script that keeps it fresh');
  report(!fs.readFileSync(path.join(folder, '.lectern/served/learner/index.html'), 'utf8').includes('reload.js'), 'which is in no file');
  report(!fs.existsSync(path.join(folder, 'site')), 'what `lectern build` writes is left alone');
  report(!fs.existsSync(path.join(folder, '.lectern/editions')), 'and nothing is kept of what is only tried');
  const head = await server.get('/', { method: 'HEAD' });
  report(head.status === 200 && head.body === '' && head.headers['content-length'] === front.headers['content-length'], 'HEAD says how long it would be');
  const script = await server.get('/.lectern/reload.js'), sheet = await server.get('/lectern.css');
  report(script.headers['content-type'] === 'text/javascript; charset=utf-8' && sheet.headers['content-type'] === 'text/css; charset=utf-8', 'scripts and sheets have their types');
  const moved = await server.get('/desk');
  report(moved.status === 302 && moved.headers.location === '/desk/' && (await server.get('/desk/')).status === 200, 'a folder gets its slash');
  const gone = await server.get('/desk/nothing.html');
  report(gone.status === 404 && gone.body.includes('There is no page at this address') && gone.body.includes('data-state="none"'), 'a page that is not there says so, and waits for it');
  report((await server.get('/', { method: 'POST' })).status === 405 && (await server.get('/', { method: 'POST' })).headers.allow === 'GET, HEAD' &&
    (await server.get('/', { method: 'OPTIONS' })).status === 405, 'nothing but GET and HEAD');
  await parts(report, server, folder);
  const second = await serve(project(), ['--port', String(server.port)]);
  report(second.port !== server.port && second.out.includes(`port ${server.port} is taken; this is ${second.port}`), 'a port that is taken: the next one, and it is said', second.out);
  report((await second.end('SIGTERM')).status === 0, 'SIGTERM ends it');
  const end = await server.end();
  report(end.status === 0 && end.ms < 1500, 'Ctrl-C ends it at once', JSON.stringify(end));
}

async function parts(report, server, folder) {
  const film = Buffer.from(Array.from({ length: 3000 }, (_, i) => 65 + i % 26)).toString();
  fs.writeFileSync(path.join(folder, '.lectern/served/learner/film.mp4'), film);
  const part = (range, more) => server.get('/film.mp4', { headers: { Range: range, ...more } });
  const middle = await part('bytes=100-199'), last = await part('bytes=-10'), past = await part('bytes=3000-'), odd = await part('bytes=0-1,5-6');
  report(middle.status === 206 && middle.body === film.slice(100, 200) && middle.headers['content-range'] === 'bytes 100-199/3000' &&
    middle.headers['content-type'] === 'video/mp4', 'a part of a film', JSON.stringify(middle.headers));
  report(last.status === 206 && last.body === film.slice(-10), 'its last part');
  report(past.status === 416 && past.headers['content-range'] === 'bytes */3000', 'a part that is not there');
  report(odd.status === 200 && odd.body === film, 'several parts at once are the whole');
  report((await part('bytes=0-9', { 'If-Range': '"x"' })).status === 200, 'a part of another state is the whole');
  const long = Buffer.alloc(30 << 20, film);
  fs.writeFileSync(path.join(folder, '.lectern/served/learner/long.mp4'), long);
  const sockets = Array.from({ length: 10 }, () => {
    const socket = net.connect(server.port, '127.0.0.1', () => socket.write(`GET /long.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n`));
    socket.on('error', () => {});
    return socket.pause();
  });
  await sleep(200);
  report((await server.get('/long.mp4')).body === long.toString() && residentKib(server.child) < 100 << 10, 'a long film is whole, while ten others read it slowly', `${residentKib(server.child)} KiB`);
  for (const socket of sockets) socket.destroy();
  fs.writeFileSync(path.join(folder, '.lectern/served/learner/empty.txt'), '');
  report((await server.get('/empty.txt')).body === '', 'an empty file');
}

async function editions(report) {
  const folder = project({
    'content/desk/1-first/3-later.md': '---\ndraft: true\n---\n\n# Later\n',
    'content/desk/1-first/4-notes.md': '# Notes\n\n:::facilitator\nFor facilitators alone.\n:::\n',
  });
  const server = await serve(folder, ['--edition', 'facilitator', '--drafts']);
  report((await server.get('/desk/first/later.html')).status === 200, 'drafts, with --drafts', server.out + server.err);
  report((await server.get('/desk/first/notes.html')).body.includes('For facilitators alone.'), 'the facilitator’s edition, with --edition facilitator');
  await server.end();
  const learner = await serve(folder);
  report((await learner.get('/desk/first/later.html')).status === 404 && !(await learner.get('/desk/first/notes.html')).body.includes('facilitators alone'), 'neither without');
  await learner.end();
  const nothing = spawnSync(path.join(process.env.LECTERN_BUILD, 'lectern'), ['serve', fs.mkdtempSync(path.join(folder, 'no-'))], { encoding: 'utf8' });
  report(nothing.status === 1 && nothing.stderr.includes("there is no folder 'content' here"), 'a folder that is no project is refused', nothing.stderr);
  const usage = (...words) => spawnSync(path.join(process.env.LECTERN_BUILD, 'lectern'), ['serve', folder, ...words]).status;
  report(usage('--port', '0') === 2 && usage('--port', 'x') === 2 && usage('--port', '70000') === 2 && usage('--strict') === 2, 'a port is a number');
}

/* Every way in which an editor or a tool puts text there. */
async function saving(report) {
  const folder = project();
  const server = await serve(folder);
  const file = path.join(folder, ONE);
  let count = 0;
  const seen = async (what, change, target = PAGE) => {
    const words = `Words number ${++count}.`;
    await change(`# One\n\n${words}\n`);
    report(await server.shows(target, words), what, server.out + server.err);
  };
  await seen('a file written in place', (text) => fs.writeFileSync(file, text));
  await seen('a file renamed over it', (text) => {
    fs.writeFileSync(path.join(path.dirname(file), '.1-one.md.swp-x'), text);
    fs.renameSync(path.join(path.dirname(file), '.1-one.md.swp-x'), file);
  });
  await seen('the old one renamed to a backup, a new one written (Vim)', (text) => {
    fs.writeFileSync(path.join(path.dirname(file), '4913'), '');
    fs.unlinkSync(path.join(path.dirname(file), '4913'));
    fs.renameSync(file, file + '~');
    fs.writeFileSync(file, text);
    fs.unlinkSync(file + '~');
  });
  await seen('a file from elsewhere moved in', (text) => {
    fs.writeFileSync(path.join(folder, 'moved.md'), text);
    fs.renameSync(path.join(folder, 'moved.md'), file);
  });
  await seen('a link to a file put in its place', (text) => {
    fs.writeFileSync(path.join(folder, 'content/desk/1-first/.kept.md'), text);
    fs.unlinkSync(file);
    fs.linkSync(path.join(folder, 'content/desk/1-first/.kept.md'), file);
  });
  await seen('a file written bit by bit', async (text) => {
    const handle = fs.openSync(file, 'w');
    for (let at = 0; at < text.length; at += 8) {
      fs.writeSync(handle, text.slice(at, at + 8));
      await sleep(30);
    }
    fs.closeSync(handle);
  });
  await seen('a new folder with its pages', (text) => write(folder, { 'content/desk/3-new/1-page.md': text }), '/desk/new/page.html');
  await seen('a change in the new folder', (text) => write(folder, { 'content/desk/3-new/1-page.md': text }), '/desk/new/page.html');
  await seen('a folder that gets another name', (text) => {
    fs.renameSync(path.join(folder, 'content/desk/3-new'), path.join(folder, 'content/desk/3-newer'));
    write(folder, { 'content/desk/3-newer/1-page.md': text });
  }, '/desk/newer/page.html');
  fs.rmSync(path.join(folder, 'content/desk/3-newer'), { recursive: true });
  report(await until(async () => (await server.get('/desk/newer/page.html')).status === 404), 'a folder that is deleted');
  await seen('a folder moved in from elsewhere', (text) => {
    write(folder, { 'outside/deep/1-page.md': text });
    fs.renameSync(path.join(folder, 'outside/deep'), path.join(folder, 'content/desk/4-deep'));
  }, '/desk/deep/page.html');
  const many = {};
  for (let i = 1; i <= 300; i++) many[`content/desk/5-many/${i}-page${i}.md`] = `# Page ${i}\n\nOne of many.\n`;
  const builds = server.builds();
  write(folder, many);
  report(await server.shows('/desk/many/page300.html', 'One of many.'), 'three hundred files at once', server.out);
  await sleep(300);
  report(server.builds() - builds <= 6, 'in a few builds', `${server.builds() - builds} builds`);
  await themes(report, server, folder);
  await ignored(report, server, folder);
  await mistakes(report, server, folder);
  await server.end();
}

async function themes(report, server, folder) {
  write(folder, { 'themes/default/css/base.css': 'p { color: rgb(1, 2, 3); }\n' });
  report(await server.shows('/lectern.css', 'rgb(1, 2, 3)'), 'a theme that begins', server.out + server.err);
  fs.writeFileSync(path.join(folder, 'themes/default/css/base.css'), 'p { color: rgb(3, 2, 1); }\n');
  report(await server.shows('/lectern.css', 'rgb(3, 2, 1)'), 'and changes');
  fs.rmSync(path.join(folder, 'themes'), { recursive: true });
  report(await until(async () => !(await server.get('/lectern.css')).body.includes('rgb(3, 2, 1)')), 'and goes');
}

async function ignored(report, server, folder) {
  await sleep(300);
  const builds = server.builds();
  write(folder, { 'content/desk/1-first/.1-one.md.swp': 'x', 'content/desk/1-first/1-one.md~': '# Old', 'content/desk/1-first/#1-one.md#': '# Old',
    'notes.txt': 'mine', 'site/other.txt': 'x' });
  await sleep(500);
  report(server.builds() === builds, 'backups, swap files and what is beside content/ start no build', server.out);
}

async function mistakes(report, server, folder) {
  const before = (await server.get(PAGE)).body;
  const stream = listen(server.port, PAGE, 'x');
  await stream.opened;
  fs.writeFileSync(path.join(folder, ONE), '# One\n\n[nowhere](x.md)\n\n:::tipp\nx\n:::\n');
  const told = () => stream.events.map((event) => event.news).findLast((news) => news?.failed);
  report(await until(told), 'a mistake is told to the browser');
  const problem = told()?.problems[0] ?? {};
  report(told()?.problems.length === 2 && problem.place.endsWith('1-one.md:3:11') && problem.excerpt === '[nowhere](x.md)' && problem.caret === 11 && told().title === '2 errors',
    'all of them, each with file, line and excerpt', JSON.stringify(told()));
  report(/1-one\.md:3:11: error:/.test(server.err) && /not built; the pages stay as they were/.test(server.out), 'and to the terminal', server.out + server.err);
  report((await server.get(PAGE)).body === before, 'the last good page stays');
  fs.writeFileSync(path.join(folder, ONE), '# One\n\nMended.\n');
  report(await until(() => stream.events.at(-1).news.failed === false && stream.events.at(-1).change === 'page'), 'mended: the mistake goes, the page comes anew', JSON.stringify(stream.events.at(-1)));
  report(/mended/.test(server.out.split('\n').at(-2)), 'which the terminal says too', server.out);
  const again = listen(server.port, PAGE, stream.ids.at(-1));
  await again.opened;
  report(await until(() => again.events.length) && again.events[0].change === 'none', 'who comes again with the last state has missed nothing');
  const other = listen(server.port, '/desk/first/two.html', 'old-old');
  report(await until(() => other.events.length) && other.events[0].change === 'page', 'who comes with an old one is told');
  fs.writeFileSync(path.join(folder, ONE), '# One\n\nMended again.\n');
  await until(() => again.events.length > 1);
  report(again.events.at(-1).change === 'page' && other.events.length === 1, 'a page that is as it was hears nothing', JSON.stringify(other.events.map((event) => event.change)));
  for (const one of [stream, again, other]) one.end();
  spawnSync('chmod', ['000', path.join(folder, ONE)]);
  spawnSync('chmod', ['644', path.join(folder, ONE)]);
  fs.writeFileSync(path.join(folder, ONE), '# One\n\nReadable.\n');
  report(await server.shows(PAGE, 'Readable.'), 'a file that could not be read for a moment');
}

/* More events than the system keeps: then all is looked at again. */
async function flood(report) {
  const folder = project();
  const server = await serve(folder);
  server.child.kill('SIGSTOP');
  const most = Number(fs.readFileSync('/proc/sys/fs/inotify/max_queued_events', 'utf8'));
  const names = ['a', 'b'].map((name) => path.join(folder, 'content/desk', `.${name}`));
  for (let i = 0; i < most + 1000; i++) fs.closeSync(fs.openSync(names[i % 2], 'w'));    /* never the same event twice, which would count once */
  write(folder, { 'content/desk/9-new/1-page.md': '# New\n\nWhile nobody looked.\n' });
  server.child.kill('SIGCONT');
  report(await server.shows('/desk/new/page.html', 'While nobody looked.'), 'a flood of events hides nothing', server.out + server.err);
  write(folder, { 'content/desk/9-new/1-page.md': '# New\n\nAfterwards.\n' });
  report(await server.shows('/desk/new/page.html', 'Afterwards.'), 'nor what comes after it', server.out + server.err);
  await server.end();
}

/* Another branch, with other pages. */
async function branches(report) {
  const folder = project();
  const git = (...words) => spawnSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', '-c', 'init.defaultBranch=main', ...words], { cwd: folder, encoding: 'utf8' });
  if (git('init').error) return;
  write(folder, { '.gitignore': '.lectern\n' });
  git('add', '.'), git('commit', '-m', 'one');
  git('checkout', '-b', 'other');
  const other = { [ONE]: '# One\n\nOn the other branch.\n' };
  for (let i = 1; i <= 60; i++) other[`content/desk/2-second/${i}-page${i}.md`] = `# Page ${i}\n\n[first](../1-first/1-one.md)\n`;
  write(folder, other);
  git('add', '.'), git('commit', '-m', 'other'), git('checkout', 'main');
  const server = await serve(folder);
  git('checkout', 'other');
  report(await server.shows('/desk/second/page60.html', 'Page 60') && await server.shows(PAGE, 'On the other branch'), 'a branch is switched', server.out + server.err);
  git('checkout', 'main');
  report(await until(async () => (await server.get('/desk/second/page60.html')).status === 404) && await server.shows(PAGE, 'First words'), 'and back');
  await server.end();
}

/* The first build may fail, and another lectern may be busy. */
async function firstBuild(report) {
  const folder = project({ [ONE]: '# One\n\n[nowhere](x.md)\n' });
  const server = await serve(folder);
  const front = await server.get('/');
  report(front.status === 404 && front.body.includes('The site is not there yet') && front.body.includes('reload.js'), 'where the first build fails a page says so', front.body);
  const stream = listen(server.port, '/', 'none');
  report(await until(() => stream.events[0]?.news.failed) && stream.events[0].news.note.includes('as soon as this is mended'), 'with the mistakes');
  fs.writeFileSync(path.join(folder, ONE), '# One\n');
  report(await until(() => stream.events.at(-1).change === 'page') && (await server.get('/')).status === 200, 'and the site comes once they are mended');
  stream.end();
  const holder = spawn('flock', [path.join(folder, '.lectern/lock'), 'sleep', '1']);
  await sleep(300);
  fs.writeFileSync(path.join(folder, ONE), '# One\n\nAfter the other.\n');
  report(await server.shows(PAGE, 'After the other.') && !server.err.includes('another lectern'), 'another lectern that is building comes first', server.err);
  holder.kill();
  await server.end();
  for (const [what, harm] of [['lost', fs.rmSync], ['damaged', (file) => fs.truncateSync(file, 100)]]) {
    for (const name of fs.readdirSync(path.join(folder, '.lectern')).filter((one) => one.endsWith('.manifest'))) harm(path.join(folder, '.lectern', name));
    fs.writeFileSync(path.join(folder, ONE), `# One\n\nIts memory was ${what}.\n`);
    const again = await serve(folder);
    report(await again.shows(PAGE, `Its memory was ${what}.`), `a memory that is ${what} stops nobody`, again.err);
    await again.end();
  }
  const last = await serve(folder);
  const memory = fs.readdirSync(path.join(folder, '.lectern')).filter((one) => one.endsWith('.manifest'))[0];
  fs.rmSync(path.join(folder, '.lectern', memory));
  fs.mkdirSync(path.join(folder, '.lectern', memory, 'in-the-way'), { recursive: true });
  fs.writeFileSync(path.join(folder, ONE), '# One\n\nIts memory cannot be written.\n');
  report(await last.shows(PAGE, 'Its memory cannot be written.'), 'a page is shown though its memory cannot be written', last.err);
  report(await until(() => last.err.includes(memory) && last.out.includes('the pages are shown, but')), 'which is told, too', last.out + last.err);
  await last.end();
}

async function hostile(report) {
  const folder = project();
  const server = await serve(folder);
  const { port } = server;
  const site = path.join(folder, '.lectern/served/learner');
  fs.writeFileSync(path.join(folder, 'secret.txt'), 'SECRET');
  fs.symlinkSync(path.join(folder, 'secret.txt'), path.join(site, 'out.txt'));
  fs.symlinkSync(folder, path.join(site, 'up'));
  fs.symlinkSync('index.html', path.join(site, 'within.html'));
  fs.writeFileSync(path.join(site, '.hidden'), 'SECRET');
  spawnSync('mkfifo', [path.join(site, 'pipe.txt')]);
  const host = `Host: 127.0.0.1:${port}\r\n`;
  const targets = ['/../secret.txt', '/../../../../../../etc/passwd', '/%2e%2e/%2e%2e/%2e%2e/secret.txt', '/..%2f..%2fsecret.txt', '/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/desk/../../../../secret.txt', '/..\\..\\secret.txt', '/%5c..%5csecret.txt', '/out.txt', '/up/secret.txt', '/up/up/secret.txt', '//etc/passwd', '/.hidden', '/%2ehidden',
    '/index.html%00.txt', '/.lectern/../secret.txt', '/.lectern/%2e%2e/secret.txt', `http://127.0.0.1:${port}/../secret.txt`, 'secret.txt', '/%', '/%zz', '/pipe.txt', '/desk/first/one.html/', '/' + 'a/'.repeat(3000)];
  const leaks = [], wrong = [];
  for (const target of targets) {
    const answer = await raw(port, `GET ${target} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
    if (/SECRET|root:/.test(answer)) leaks.push(target);
    if (!/^HTTP\/1\.1 40[04] /.test(answer)) wrong.push(`${target}: ${answer.split('\r\n')[0]}`);
  }
  report(leaks.length === 0, 'nothing outside of the site is shown', leaks.join('\n'));
  report(wrong.length === 0, 'each of these gets 400 or 404', wrong.join('\n'));
  report((await server.get('/within.html')).status === 200, 'a link inside of the site is followed');
  const named = async (name) => (await raw(port, `GET / HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`)).slice(9, 12);
  const answers = await Promise.all(['evil.example', `evil.example:${port}`, `127.0.0.1.evil.example:${port}`, '', `localhost:${port}`, `[::1]:${port}`].map(named));
  report(answers.join(' ') === '403 403 403 403 200 200', 'a foreign Host is refused, also without any', answers.join(' '));
  report((await raw(port, 'GET / HTTP/1.0\r\n\r\n')).startsWith('HTTP/1.0 403') || (await raw(port, 'GET / HTTP/1.0\r\n\r\n')).startsWith('HTTP/1.1 403'), 'HTTP/1.0 without Host as well');
  const odd = {
    'headers without end': `GET / HTTP/1.1\r\n${host}X: ${'x'.repeat(200000)}\r\n\r\n`,
    'many headers': `GET / HTTP/1.1\r\n${host}${'X: y\r\n'.repeat(20000)}\r\n`,
    'no HTTP at all': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03hello\r\n\r\n',
    'a method of its own': `BREW / HTTP/1.1\r\n${host}\r\n`,
    'a body': `POST / HTTP/1.1\r\n${host}Content-Length: 999999999999\r\n\r\nx`,
    'a broken length': `GET / HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`,
    'bare line ends': `GET / HTTP/1.1\n${host.replace('\r', '')}Connection: close\n\n`,
    'an unknown version': `GET / HTTP/9.9\r\n${host}\r\n`,
    'NUL': 'GET /\0 HTTP/1.1\r\n\r\n',
    'a stream for a page that cannot be': `GET /.lectern/events?page=/../x HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
  };
  for (const [what, bytes] of Object.entries(odd)) await raw(port, bytes, 300);
  report((await server.get('/')).status === 200, `after ${Object.keys(odd).length} odd requests it answers as before`);
  await broken(report, server);
  const end = await server.end();
  report(end.status === 0 && !/Sanitizer/.test(server.err), 'and it ends as it should', server.err);
}

/* Clients that begin and do not go on, that read slowly or not at all, or go in the middle. */
async function broken(report, server) {
  const { port } = server;
  const sockets = Array.from({ length: 100 }, (_, i) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: y'.slice(0, 4 + i % 40)));
    socket.on('error', () => {});
    return socket;
  });
  await sleep(200);
  report((await server.get('/')).status === 200, 'a hundred half requests keep nobody waiting');
  for (const socket of sockets) socket.destroy();
  const streams = Array.from({ length: 200 }, () => listen(port, '/', 'x'));
  await Promise.all(streams.map((stream) => stream.opened));
  report(await until(() => streams.every((stream) => stream.events.length)), 'two hundred browsers wait for news, and are greeted');
  const sizes = [residentKib(server.child)];
  for (const stream of streams.slice(0, 100)) stream.end();
  const deaf = Array.from({ length: 20 }, () => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write('GET /.lectern/events?page=/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n' + 'x'.repeat(100000)));
    socket.pause();
    socket.on('error', () => {});
    return socket;
  });
  const half = raw(port, 'GET /lectern.js HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', 5);
  await half;
  await sleep(200);
  sizes.push(residentKib(server.child));
  report(sizes[1] < sizes[0] + 8192, 'who talks without listening takes no memory', sizes.join(' to '));
  for (const socket of deaf) socket.destroy();
  for (const stream of streams.slice(100)) stream.end();
  report((await server.get('/')).status === 200, 'and all of them may go');
}

async function load(report) {
  const folder = project();
  const server = await serve(folder);
  const url = `http://127.0.0.1:${server.port}${PAGE}`;
  const streams = Array.from({ length: 200 }, () => listen(server.port, '/desk/first/two.html', 'x'));
  await Promise.all(streams.map((stream) => stream.opened));
  await many(server, 1000);
  const before = residentKib(server.child);
  const failed = await many(server, 10000);
  const wrk = spawnSync('wrk', ['-t1', '-c20', '-d2s', url], { encoding: 'utf8' });
  await until(async () => (await server.get('/')).status === 200);
  const after = residentKib(server.child);
  report(failed === 0, 'ten thousand requests, and none is lost', `${failed} lost`);
  if (!wrk.error) report(!/Non-2xx|Socket errors/.test(wrk.stdout) && /requests in/.test(wrk.stdout), 'nor any of wrk’s', wrk.stdout);
  report(after < before + 4096, 'the memory stays level', `${before} KiB before, ${after} KiB after`);
  write(folder, { 'content/desk/1-first/2-two.md': '# Two\n\nAnother.\n' });
  report(await until(() => streams.every((stream) => stream.events.length === 2)), 'two hundred browsers hear of a change',
    `${streams.filter((stream) => stream.events.length === 2).length} did`);
  const files = fs.readdirSync(`/proc/${server.child.pid}/fd`).length;
  for (const stream of streams) stream.end();
  report(await until(() => fs.readdirSync(`/proc/${server.child.pid}/fd`).length < files - 150), 'and leave nothing open behind them');
  const end = await server.end();
  report(end.status === 0 && end.ms < 1500, 'Ctrl-C ends it at once', JSON.stringify(end));
}

/* `count` requests for a page over twenty connections: how many did not get it. */
async function many(server, count) {
  const { Agent } = require('node:http');
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  let failed = 0, left = count;
  await Promise.all(Array.from({ length: 20 }, async () => {
    while (left-- > 0) {
      const answer = await server.get(PAGE, { agent }).catch(() => null);
      failed += !(answer?.status === 200 && answer.body.endsWith('</html>\n'));
    }
  }));
  agent.destroy();
  return failed;
}

/* With --lan, other names and other machines. */
async function network(report) {
  const server = await serve(project(), ['--lan']);
  const addresses = Object.values(require('node:os').networkInterfaces()).flat().filter((one) => one.family === 'IPv4' && !one.internal).map((one) => one.address);
  report(/everybody in the same network can see this site/.test(server.out), '--lan says what it does', server.out);
  report(addresses.every((address) => server.out.includes(`http://${address}:${server.port}/`)), 'and the addresses', server.out);
  report(!/[█▀▄]/.test(server.out), 'a QR code is for terminals only');
  for (const address of addresses.slice(0, 1)) {
    const answer = await server.get('/', { headers: { Host: `${address}:${server.port}` } });
    report(answer.status === 200, 'an address of this machine is a name of it');
  }
  await server.end();
  const usual = await serve(project());
  for (const address of addresses.slice(0, 1))
    report((await usual.get('/', { headers: { Host: `${address}:${usual.port}` } })).status === 403 &&
      await new Promise((resolve) => net.connect(usual.port, address).on('connect', () => resolve(false)).on('error', () => resolve(true))), 'without --lan nobody else gets in');
  await usual.end();
  const killed = await serve(project({ [ONE]: '# One\n' }));
  report((await killed.end('SIGHUP')).status === 0, 'a terminal that is closed ends it');
}

module.exports = async function suite(report, { cases }) {
  const all = { basics, editions, saving, flood, branches, firstBuild, hostile, load, network, terminal, pages };
  for (const [name, one] of Object.entries(all))
    if (!cases.length || cases.includes(name)) await one((ok, what, detail) => report(ok, `${name}: ${what}`, detail));
};

/* servers: a real sshd and a real Apache on loopback, with ports, keys and settings of their own in a
 * temporary folder, for a university's `/~desk/`.  Nothing of the system is changed; `end()` ends both. */
'use strict';

const { spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const isRoot = process.getuid() === 0;

const freePort = () => new Promise((resolve) => {
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

const answers = (port) => new Promise((resolve) => {
  const socket = net.connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
  socket.on('error', () => resolve(false));
});

/* Wait until something listens there; what the program said when nothing does. */
async function begin(program, words, port) {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (bytes) => { said += bytes; });
  child.stderr.on('data', (bytes) => { said += bytes; });
  for (const end = Date.now() + 20000; Date.now() < end && child.exitCode === null; await sleep(20))
    if (await answers(port)) return child;
  child.kill();
  throw new Error(`${program} did not begin: ${said}`);
}

const ended = (child) => new Promise((resolve) => {
  if (child.exitCode !== null || child.signalCode) resolve();
  else { child.once('exit', resolve); child.kill('SIGTERM'); }
});

function keys(folder) {
  for (const name of ['host', 'user'])
    spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(folder, name)], { encoding: 'utf8' });
}

/* Whoever has the key comes into the home folder of `desk`, which is not that of the account. */
async function sshd(folder, home) {
  keys(folder);
  const port = await freePort();
  const key = fs.readFileSync(path.join(folder, 'user.pub'), 'utf8');
  fs.writeFileSync(path.join(folder, 'authorized_keys'), `command="cd ${home} && exec sh -c \\"$SSH_ORIGINAL_COMMAND\\"",restrict ${key}`);
  fs.writeFileSync(path.join(folder, 'sshd_config'), `ListenAddress 127.0.0.1:${port}
HostKey ${folder}/host
PidFile ${folder}/sshd.pid
AuthorizedKeysFile ${folder}/authorized_keys
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
UsePAM no
`);
  const needsFolder = isRoot && !fs.existsSync('/run/sshd');    /* without it an sshd of root does not begin */
  if (needsFolder) fs.mkdirSync('/run/sshd', { mode: 0o755 });
  const child = await begin('/usr/sbin/sshd', ['-D', '-e', '-f', path.join(folder, 'sshd_config')], port);
  fs.writeFileSync(path.join(folder, 'known_hosts'), `[127.0.0.1]:${port} ${fs.readFileSync(path.join(folder, 'host.pub'), 'utf8')}`);
  const rsh = `ssh -F none -p ${port} -i ${folder}/user -o UserKnownHostsFile=${folder}/known_hosts -o IdentitiesOnly=yes -o BatchMode=yes`;
  return {
    to: `${os.userInfo().username}@127.0.0.1:public_html/training`, rsh,
    end: async () => {
      await ended(child);
      if (needsFolder) fs.rmdirSync('/run/sshd');
    },
  };
}

const BARE = ['mpm_event', 'authz_core', 'dir', 'userdir'];
const USUAL = [...BARE, 'mime', 'headers', 'autoindex', 'negotiation', 'alias'];

/* As Debian sets up its `~user` folders below `homes`: `AllowOverride` has FileInfo and Indexes, and not Options. */
async function apache(homes, name, wanted) {
  const port = await freePort(), folder = path.join(homes, name);
  fs.mkdirSync(folder);
  const modules = wanted.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so\n`).join('');
  const config = path.join(folder, 'apache.conf');
  fs.writeFileSync(path.join(folder, 'mime.types'), 'text/html html\ntext/css css\nimage/svg+xml svg\n');
  fs.writeFileSync(config, `${modules}ServerRoot ${folder}
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile ${folder}/apache.pid
ErrorLog ${folder}/apache.log
Mutex file:${folder}
${isRoot ? 'User www-data\nGroup www-data\n' : ''}${wanted.includes('mime') ? `TypesConfig ${folder}/mime.types` : ''}
DocumentRoot ${folder}/none
DirectoryIndex index.html
UserDir ${homes}/*/public_html
<Directory ${homes}>
AllowOverride FileInfo AuthConfig Limit Indexes
Options MultiViews Indexes SymLinksIfOwnerMatch
Require all granted
</Directory>
`);
  fs.mkdirSync(path.join(folder, 'none'));
  const test = spawnSync('/usr/sbin/apache2', ['-t', '-f', config], { encoding: 'utf8' });
  if (test.status !== 0) throw new Error(`apache2 -t: ${test.stderr}`);
  const child = await begin('/usr/sbin/apache2', ['-f', config, '-DFOREGROUND'], port);
  return { port, log: () => fs.readFileSync(path.join(folder, 'apache.log'), 'utf8'), end: () => ended(child) };
}

/* { home, public: the folder behind `/~desk/`, to, rsh, port, bare: the port of an Apache with few modules,
 * log(), end() } */
async function servers() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-servers-'));
  const home = path.join(folder, 'desk'), running = [];
  const end = async () => {
    for (const server of running) await server.end();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  fs.chmodSync(folder, 0o755);
  fs.mkdirSync(path.join(home, 'public_html'), { recursive: true });
  try {
    running.push(await sshd(folder, home));
    running.push(await apache(folder, 'usual', USUAL));
    running.push(await apache(folder, 'bare', BARE));
  } catch (error) {
    await end();
    throw error;
  }
  const [ssh, web, bare] = running;
  return { home, public: path.join(home, 'public_html'), to: ssh.to, rsh: ssh.rsh, port: web.port, bare: bare.port, log: web.log, end };
}

module.exports = { servers };

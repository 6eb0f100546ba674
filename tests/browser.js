/* browser: the sample site in a real Chromium, over file://, as a learner would use it.
 * Each file in tests/browser exports a function that is given { report, site, open, pages, project }. */
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const ARGUMENTS = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

function executable() {
  const names = [process.env.LECTERN_BROWSER, '/usr/bin/chromium', '/usr/bin/google-chrome'].filter(Boolean);
  return names.find((name) => fs.existsSync(name));
}

function htmlFiles(folder, below = '') {
  return fs.readdirSync(path.join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(below, entry.name);
    return entry.isDirectory() ? htmlFiles(folder, name) : name.endsWith('.html') ? [name] : [];
  }).sort();
}

/* A browser window of its own, in which nothing is kept but the texts of `kept`, by their keys.  What must
 * never happen is collected: `page.trouble` holds errors on the console, requests that leave the folder,
 * broken policies.
 * An `init` script must not write to the storage: what a page keeps after such a write may never reach
 * the browser, and is gone with the next reload (Chromium, once in about twenty times, on any page). */
function opener(browser, folder) {
  return async (name, options = {}) => {
    const { width = 1280, height = 900, script = true, scheme = 'light', init, kept, context: shared, ...more } = options;
    const context = shared || await browser.newContext({
      viewport: { width, height }, javaScriptEnabled: script, colorScheme: scheme, reducedMotion: 'reduce', ...more,
    });
    const page = await context.newPage();
    page.trouble = [];
    page.on('console', (message) => {
      /* Chromium says this of each <track> on file://; the page shows the captions another way */
      if (message.type() === 'error' && !/Unsafe attempt to load URL/.test(message.text())) page.trouble.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => page.trouble.push(`error: ${error.stack}`));
    page.on('request', (request) => {
      const url = decodeURI(request.url());
      if (!url.startsWith('data:') && !url.startsWith('blob:') && !url.startsWith('file://' + folder)) page.trouble.push(`request: ${url}`);
    });
    if (kept && script) {
      await page.goto(pathToFileURL(path.join(folder, 'lectern.css')).href);
      await page.evaluate((texts) => Object.assign(localStorage, texts), kept);
    }
    if (script) {
      await page.addInitScript(() => {
        window.policyViolations = [];
        document.addEventListener('securitypolicyviolation', (event) => window.policyViolations.push(`${event.violatedDirective} ${event.blockedURI}`));
      });
      if (init) await page.addInitScript(init);
    }
    page.close_ = () => (shared ? page.close() : context.close());
    await page.goto(pathToFileURL(path.join(folder, name)).href);
    return page;
  };
}

/* A project of tests/browser/projects, or one made of `files`, built somewhere else. */
function builder(instance) {
  return (name, { files = {}, edition = 'learner' } = {}) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-project-'));
    if (name) fs.cpSync(path.join('tests/browser/projects', name), folder, { recursive: true });
    for (const [file, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file), text);
    }
    const site = path.join(folder, 'site');
    const run = () => {
      const { status, stderr } = spawnSync(path.join(process.env.LECTERN_BUILD, 'lectern'),
        ['build', folder, '--out', site, '--edition', edition], { encoding: 'utf8' });
      if (status !== 0) throw new Error(`the project does not build:\n${stderr}`);
    };
    run();
    return {
      site,
      pages: htmlFiles(site),
      open: opener(instance, site),
      /* Change a source, by replacing `before`, and build again. */
      edit(file, before, after) {
        const source = path.join(folder, file);
        const text = fs.readFileSync(source, 'utf8');
        if (!text.includes(before)) throw new Error(`${file} does not hold '${before}'`);
        fs.writeFileSync(source, text.replace(before, after));
        run();
      },
    };
  };
}

/* Two at a time, those that take longest first, as far as their length tells. */
function filesLargestFirst() {
  const size = (name) => fs.statSync(`tests/browser/${name}.js`).size;
  const names = fs.readdirSync('tests/browser').filter((name) => name.endsWith('.js')).map((name) => path.basename(name, '.js'));
  return names.sort((one, other) => size(other) - size(one) || (one < other ? -1 : 1));
}

module.exports = async function browser(report, { cases }) {
  const { chromium } = require('playwright-core');
  const folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-browser-')), 'site');
  const build = spawnSync(path.join(process.env.LECTERN_BUILD, 'lectern'), ['build', '--out', folder], { encoding: 'utf8' });
  report(build.status === 0, 'the sample site builds', build.stderr);
  const program = executable();
  report(Boolean(program), 'there is a Chromium', 'install the package chromium, or name one in LECTERN_BROWSER');
  if (build.status !== 0 || !program) return;
  const sandbox = process.getuid() === 0 ? ['--no-sandbox'] : [];
  const instance = await chromium.launch({ executablePath: program, args: [...ARGUMENTS, ...sandbox] });
  const names = filesLargestFirst().filter((name) => !cases.length || cases.includes(name));
  async function takeTurns() {
    for (let name = names.shift(); name; name = names.shift()) {
      const told = (ok, what, detail) => report(ok, `${name}: ${what}`, detail);
      const started = Date.now();
      try {
        await require(`./browser/${name}.js`)({ report: told, site: folder, open: opener(instance, folder), pages: htmlFiles(folder), browser: instance, project: builder(instance) });
      } catch (error) {
        told(false, 'runs to its end', error.stack);
      }
      if (process.env.LECTERN_SHOW) console.log(`${name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.max(1, Math.min(2, os.cpus().length)) }, takeTurns));
  } finally {
    await instance.close();
  }
};

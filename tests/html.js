/* html: every page of the sample site is valid for the Nu Html Checker and for html-validate. */
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

function pagesIn(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    return entry.isDirectory() ? pagesIn(name) : name.endsWith('.html') ? [name] : [];
  });
}

/* One run of the checker for all pages: starting it is the dearest part. */
function nu(report, pages, folder, fewest = 30) {
  const jar = require('vnu-jar');
  const run = spawnSync('java', ['-Xss1024k', '-jar', jar, '--exit-zero-always', '--format', 'json', ...pages],
    { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 300000 });
  const messages = JSON.parse(run.stderr || '{"messages":[{"type":"error","message":"the checker did not run"}]}').messages;
  /* It takes no file for 'self' and data blocks for scripts; Chromium, which knows, is asked in the browser tests. */
  const found = messages.filter((message) => (message.type === 'error' || message.subType === 'warning') &&
    !/violates Content Security Policy/.test(message.message));
  report(pages.length > fewest, 'there are pages to check', pages.length);
  for (const page of pages) {
    const own = found.filter((message) => (message.url || '').endsWith(page));
    report(own.length === 0, `valid: ${path.relative(folder, page)}`,
      own.slice(0, 5).map((message) => `${message.lastLine}: ${message.message}\n  ${message.extract || ''}`).join('\n'));
  }
  report(found.every((message) => message.url), 'the checker itself', found.map((message) => message.message)[0]);
}

/* html-validate asks for two methods of arrays that Debian 12's Node.js 18 does not have yet. */
for (const [name, plain] of [['toSorted', 'sort'], ['toReversed', 'reverse']])
  if (!Array.prototype[name])
    Object.defineProperty(Array.prototype, name, { value(...given) { return [...this][plain](...given); } });

async function validate(report, pages, folder) {
  const { HtmlValidate } = require('html-validate');
  const validator = new HtmlValidate({
    extends: ['html-validate:recommended'],
    rules: {
      'doctype-style': 'off',
      'no-trailing-whitespace': 'off',
      'long-title': 'off',
      'void-style': 'off',
      'require-sri': 'off',
      'no-inline-style': 'error',
      'tel-non-breaking': 'off',
      'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button', 'reset'] }],
    },
  });
  for (const page of pages) {
    const result = await validator.validateFile(page);
    const messages = result.results.flatMap((one) => one.messages);
    report(result.valid, `html-validate: ${path.relative(folder, page)}`,
      messages.slice(0, 5).map((message) => `${message.line}: ${message.ruleId}: ${message.message}`).join('\n'));
  }
}

module.exports = async function html(report) {
  for (const edition of ['learner', 'facilitator']) {
    const folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-html-')), 'site');
    const build = spawnSync(path.join(process.env.LECTERN_BUILD, 'lectern'), ['build', '--strict', '--edition', edition, '--out', folder], { encoding: 'utf8' });
    report(build.status === 0 && build.stderr === '', `the sample site builds without a word (${edition})`, build.stderr);
    const pages = pagesIn(folder);
    nu(report, pages, folder);
    await validate(report, pages, folder);
  }
  const known = 'tests/golden/build-a-site-that-knows-its-address/expected';
  nu(report, pagesIn(known), known, 5);
  await validate(report, pagesIn(known), known);
};

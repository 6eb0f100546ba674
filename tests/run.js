/* run: all tests, or those named on the command line; ends with a line `N passed, N failed`.
 *   node tests/run.js [--accept] [suite[:case]...]
 * Each suite is a file that exports a function (report, options); `report(ok, name, detail)` counts
 * one test. */
'use strict';

const path = require('node:path');

process.chdir(path.join(__dirname, '..'));
process.env.LECTERN_BUILD = path.resolve(process.env.LECTERN_BUILD || 'build');

const SUITES = {
  layers: './layers.js',
  unit: './unit.js',
  commonmark: './commonmark.js',
  golden: './golden.js',
  command: './command.js',
  rebuild: './rebuild.js',
  instructions: './instructions.js',
  hostile: './hostile.js',
  reference: './reference.js',
  scoring: './scoring.js',
  results: './results.js',
  words: './words.js',
  locks: './locks.js',
  editions: './editions.js',
  schema: './schema.js',
  html: './html.js',
  browser: './browser.js',
  print: './print.js',
  serve: './serve.js',
  publish: './publish.js',
};

async function main() {
  const words = process.argv.slice(2);
  const accept = words.includes('--accept');
  const wanted = words.filter((word) => !word.startsWith('--'));
  const only = accept ? wanted.map((word) => 'golden:' + path.basename(word)) : wanted;
  const counts = { passed: 0, failed: 0 };
  for (const [suite, file] of Object.entries(SUITES)) {
    const named = only.filter((word) => word.split(':')[0] === suite);
    if (only.length && !named.length) continue;
    const cases = named.map((word) => word.split(':')[1]).filter(Boolean);
    const started = Date.now();
    const before = { ...counts };
    const report = (ok, name, detail = '') => {
      counts[ok ? 'passed' : 'failed']++;
      if (!ok) console.log(`not ok: ${suite}: ${name}\n${String(detail).trimEnd().replace(/^/gm, '    ')}`);
    };
    try {
      await require(file)(report, { accept, cases });
    } catch (error) {
      report(false, 'the suite itself', error.stack);
    }
    const passed = counts.passed - before.passed, failed = counts.failed - before.failed;
    console.log(`${suite}: ${passed} passed, ${failed} failed in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  }
  hasEnded = true;
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  process.exitCode = counts.failed ? 1 : 0;
}

/* A test that waits for what never comes would let Node.js end in silence, and look like success. */
let hasEnded = false;
process.on('exit', () => {
  if (hasEnded) return;
  console.log('not ok: a suite waited for something that never came');
  process.exitCode = 1;
});

main();

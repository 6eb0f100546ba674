/* unit: the C programs of tests/unit, which print TAP. */
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

module.exports = function unit(report) {
  const folder = path.join(process.env.LECTERN_BUILD, 'unit');
  for (const source of fs.readdirSync('tests/unit').filter((name) => name.endsWith('.c') && name !== 'test.c')) {
    const name = path.basename(source, '.c');
    const run = spawnSync(path.join(folder, name), { encoding: 'utf8', maxBuffer: 1 << 26, timeout: 300000 });
    const lines = (run.stdout || '').split('\n');
    let comments = [];
    for (const line of lines) {
      const test = line.match(/^(not )?ok \d+ - (.*)/);
      if (line.startsWith('#')) comments.push(line);
      if (!test) continue;
      report(!test[1], `${name}: ${test[2].replace(/_/g, ' ')}`, comments.join('\n'));
      comments = [];
    }
    const plan = Number((lines[0].match(/^1\.\.(\d+)/) || [])[1]);
    report(plan > 0 && lines.filter((line) => /^(not )?ok /.test(line)).length === plan,
      `${name}: runs to its end`, run.stderr || String(run.error || run.signal));
  }
};

/* layers: tests/lint.sh has nothing to say about includes, sizes and first sentences. */
'use strict';

const { spawnSync } = require('node:child_process');

module.exports = function layers(report) {
  const run = spawnSync('tests/lint.sh', { encoding: 'utf8', env: { ...process.env, PATH: '/usr/bin:/bin' } });
  report(run.status === 0, 'the code keeps its own rules', run.stdout + run.stderr);
};

/* bench: how fast Lectern is, each figure beside a floor measured in the same run: what the machine
 * needs for the same work without Lectern.  Run by `make bench`; asserts nothing. */
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const benches = fs.readdirSync(__dirname).filter((name) => name.endsWith('.js') && name !== 'run.js').sort();
const wanted = process.argv.slice(2);

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

function row(what, figure, floor, unit, aim) {
  const ratio = floor ? (figure / floor).toFixed(2) : '-';
  console.log(`${what.padEnd(52)} ${figure.toFixed(1).padStart(8)} ${unit}  floor ${floor.toFixed(1).padStart(7)} ${unit}  ratio ${ratio.padStart(6)}  ${aim}`);
}

(async () => {
  const lectern = path.resolve(process.env.LECTERN_BUILD, 'lectern');
  for (const name of benches) {
    if (wanted.length && !wanted.includes(path.basename(name, '.js'))) continue;
    await require(path.join(__dirname, name))({ lectern, row, median, spawnSync });
  }
})().catch((error) => {
  console.error(error);
  process.exit(1);
});

/* scoring: the scorers of the theme, run in Node: plain functions that touch no page. */
'use strict';

const fs = require('node:fs');
const vm = require('node:vm');

/* The very files that the page runs, with no more of a page than the place where types are put. */
function load() {
  const types = {};
  const lectern = { question: (name, type) => { types[name] = type; }, store: { own: (map, key) => (map || {})[key] } };
  const context = vm.createContext({ lectern });
  for (const file of ['score.js', 'questions/choices.js', 'questions/choose-one.js', 'questions/choose-all.js', 'questions/true-false.js'])
    vm.runInContext(fs.readFileSync(`themes/default/js/${file}`, 'utf8'), context);
  return { types, total: lectern.total };
}

const KEY = { right: ['a', 'b'] };
const CASES = [
  ['choose-one', ['a'], { right: ['a'] }, 1, 1],
  ['choose-one', ['b'], { right: ['a'] }, 0, 1],
  ['choose-one', ['a', 'b'], { right: ['a'] }, 0, 1],
  ['choose-one', null, { right: ['a'] }, 0, 1],
  ['choose-one', [{}, 'a'], { right: ['a'] }, 1, 1],
  ['choose-all', ['a', 'b'], KEY, 1, 1],
  ['choose-all', ['b', 'a', 'a'], KEY, 1, 1],
  ['choose-all', ['a'], KEY, 0, 1],
  ['choose-all', ['a', 'b', 'c'], KEY, 0, 1],
  ['choose-all', [], KEY, 0, 1],
  ['choose-all', ['a'], { ...KEY, partial: true }, 1, 2],
  ['choose-all', ['a', 'c'], { ...KEY, partial: true }, 0, 2],
  ['choose-all', ['c', 'd'], { ...KEY, partial: true }, 0, 2],
  ['choose-all', ['a', 'b', 'c'], { ...KEY, partial: true }, 1, 2],
  ['true-false', ['true'], { right: 'true' }, 1, 1],
  ['true-false', ['false'], { right: 'true' }, 0, 1],
  ['true-false', 7, { right: 'true' }, 0, 1],
];

/* A small generator of random numbers (mulberry32), so that a failure can be had again. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6D2B79F5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

module.exports = function scoring(report) {
  const { types, total } = load();
  for (const [type, answer, key, right, of] of CASES) {
    const got = types[type].score(answer, key);
    report(got.right === right && got.of === of, `${type} ${JSON.stringify(answer)} of ${JSON.stringify(key)}`, JSON.stringify(got));
  }
  const next = random(20261122);
  const shuffled = (list) => list.map((item) => [next(), item]).sort((a, b) => a[0] - b[0]).map(([, item]) => item);
  let bounded = true, full = true, ordered = true;
  for (let round = 0; round < 2000; round++) {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'].slice(0, 2 + Math.floor(next() * 5));
    const right = ids.filter(() => next() < 0.5);
    if (!right.length) right.push(ids[0]);
    for (const [type, key] of [['choose-all', { right }], ['choose-all', { right, partial: true }], ['choose-one', { right: [right[0]] }]]) {
      const answer = ids.filter(() => next() < 0.5);
      const got = types[type].score(answer, key);
      const again = types[type].score(shuffled(answer), key);
      const best = types[type].score(shuffled(key.right), key);
      bounded = bounded && got.right >= 0 && got.right <= got.of && Number.isInteger(got.right);
      full = full && best.right === best.of;
      ordered = ordered && again.right === got.right;
    }
  }
  report(bounded, 'a score is between nothing and all');
  report(full, 'the right answer is full score');
  report(ordered, 'the order of clicking never matters');
  const thirds = total([{ points: 1, right: 1, of: 3 }, { points: 1, right: 2, of: 3 }, { points: 2, right: 1, of: 2 }]);
  report(thirds.right === 2 && thirds.of === 4 && thirds.reaches(50) && !thirds.reaches(50.01), 'thirds add up exactly', JSON.stringify(thirds));
};

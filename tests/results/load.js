/* load: the plain functions of the results page, run in Node with no more of a page than they may touch. */
'use strict';

const fs = require('node:fs');
const vm = require('node:vm');
const yaml = require('js-yaml');

const THEME = 'themes/default';

module.exports = function load() {
  const types = {};
  const untouched = ['word', 'make', 'fragment', 'say', 'find', 'all', 'judge', 'unjudge'].map((name) =>
    [name, () => { throw new Error(`${name}() touches the page`); }]);
  const lectern = { ...Object.fromEntries(untouched), page: {}, types, question: (name, type) => { types[name] = type; } };
  const context = vm.createContext({ lectern, addEventListener: () => {}, TextDecoder, Blob, DecompressionStream, Uint8Array, DataView, console });
  const shared = yaml.load(fs.readFileSync(`${THEME}/theme.yaml`, 'utf8')).js.filter((file) => /^js\/((kept|store|score)\.js|questions\/)/.test(file));
  const own = ['zip', 'table', 'statistics', 'roster', 'grading', 'gathering'].map((name) => `js/results/${name}.js`);
  for (const file of [...shared, ...own]) vm.runInContext(`'use strict';${fs.readFileSync(`${THEME}/${file}`, 'utf8')}`, context, { filename: file });
  return lectern;
};

/* scoring: the scorers of the theme, run in Node: plain functions that touch no page.
 * tests/scoring/TYPE.yaml is a table of cases { name, key, answer, right, of }; a `key` at the top of a
 * file is what the cases refine.  `!repeat [text, count]` is a long text, `!times [list, count]` a long
 * list.  Behind the tables come properties, which are tried with random keys and answers. */
'use strict';

const fs = require('node:fs');
const vm = require('node:vm');
const yaml = require('js-yaml');

const THEME = 'themes/default';
const FOLDER = 'tests/scoring';
const ROUNDS = 3000;
const POINTS = { en: '.', de: ',', 'de-CH': '.', fr: ',', tr: ',', 'ar-EG': '.', fa: '.', sv: ',', pl: ',' };

const SCHEMA = yaml.CORE_SCHEMA.extend([
  new yaml.Type('!repeat', { kind: 'sequence', construct: ([text, count]) => text.repeat(count) }),
  new yaml.Type('!times', { kind: 'sequence', construct: ([list, count]) => Array(count).fill(list).flat() }),
]);
const readYaml = (file) => yaml.load(fs.readFileSync(file, 'utf8'), { schema: SCHEMA });

/* The very files that the page runs, in their order, with no more of a page than the place where types
 * are put: whoever touches more of it has failed. */
function load() {
  const types = {};
  const untouched = ['word', 'make', 'fragment', 'say', 'find', 'all', 'judge', 'unjudge'].map((name) =>
    [name, () => { throw new Error(`${name}() touches the page`); }]);
  const lectern = { ...Object.fromEntries(untouched), page: {}, types, question: (name, type) => { types[name] = type; } };
  const context = vm.createContext({ lectern, addEventListener: () => {} });
  const files = readYaml(`${THEME}/theme.yaml`).js.filter((file) => /^js\/((kept|store|score)\.js|questions\/)/.test(file));
  for (const file of files) {
    const code = fs.readFileSync(`${THEME}/${file}`, 'utf8');
    vm.runInContext(`'use strict';${code}`, context, { filename: file });
  }
  return { types, total: lectern.scoring.total };
}

/* Values that are shared, as a key is by the cases of a file: a scorer that changes one throws. */
function frozen(value) {
  if (value && typeof value === 'object' && !Object.isFrozen(value)) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

const isMap = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/* A key with another laid over it, map by map. */
function refined(key, other) {
  if (!isMap(key) || !isMap(other)) return other;
  const names = [...new Set([...Object.keys(key), ...Object.keys(other)])];
  const own = (map, name) => (Object.hasOwn(map, name) ? map[name] : undefined);
  return Object.fromEntries(names.map((name) =>
    [name, Object.hasOwn(other, name) ? refined(own(key, name), other[name]) : key[name]]));
}

function shown(value) {
  const text = JSON.stringify(value, (name, inner) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? String(value);
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}

/* What is wrong with a score whatever the answer is; '' when nothing. */
function faultOf(score) {
  if (!Number.isInteger(score.right) || !Number.isInteger(score.of)) return 'no integers';
  return score.of < 1 || score.right < 0 || score.right > score.of ? 'out of bounds' : '';
}

/* The tables; gives how many cases they have. */
function checkTables(types, report) {
  let count = 0;
  for (const [type, { score }] of Object.entries(types)) {
    const file = readYaml(`${FOLDER}/${type}.yaml`);
    const names = file.cases.map(({ name }) => name);
    report(new Set(names).size === names.length, `${type}: every case has a name of its own`);
    for (const { name, key, answer, right, of } of file.cases) {
      count++;
      let got;
      try {
        got = score(frozen(answer), frozen(refined(file.key, key ?? {})));
      } catch (error) {
        report(false, `${type}: ${name}`, error.stack);
        continue;
      }
      report(got.right === right && got.of === of && !faultOf(got), `${type}: ${name}`,
        `${got.right} of ${got.of}, not ${right} of ${of}, for ${shown(answer)}`);
    }
  }
  return count;
}

const fraction = (value) => (typeof value === 'string' ? value.split('/').reduce((a, b) => a / b) : value);

function checkTotals(total, report) {
  const { cases } = readYaml(`${FOLDER}/total.yaml`);
  for (const { name, parts, right, of, percent, reaches = [], misses = [] } of cases) {
    const got = total(frozen(parts.map(([points, some, all]) => ({ points, right: some, of: all }))));
    const isSum = got.right === fraction(right) && got.of === of && got.percent === percent;
    report(isSum && reaches.every(got.reaches) && !misses.some(got.reaches), `total: ${name}`,
      shown({ ...got, reaches: [...reaches, ...misses].map((pass) => [pass, got.reaches(pass)]) }));
  }
  return cases.length;
}

/* A small generator of random numbers (mulberry32), so that a failure can be had again. */
function randomFrom(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6D2B79F5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const whole = (from, to) => from + Math.floor(next() * (to - from + 1));
  const one = (list) => list[whole(0, list.length - 1)];
  const maybe = (chance = 0.5) => next() < chance;
  const some = (list) => list.filter(() => maybe());
  const mixed = (list) => list.map((item) => [next(), item]).sort((a, b) => a[0] - b[0]).map(([, item]) => item);
  const mixedMap = (map) => Object.fromEntries(mixed(Object.entries(map)));
  return { whole, one, maybe, some, mixed, mixedMap };
}

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', '__proto__', 'constructor', 'toString', 'length', '0', 'ä'];

/* Anything that JSON can hold, and a little that it cannot. */
function foreign(random, depth = 0) {
  const plain = [null, undefined, '', ' ', true, false, 0, -1, 0.5, 1e308, NaN, Infinity, '25', 'x'.repeat(2000), '\uD800'];
  const kind = random.whole(0, depth > 2 ? 1 : 3);
  if (kind < 2) return random.one(kind ? IDS : plain);
  const items = Array.from({ length: random.whole(0, 5) }, () => foreign(random, depth + 1));
  return kind === 2 ? items : Object.fromEntries(items.map((item) => [random.one([...IDS, 'marks', 'text']), item]));
}

/* The same words as somebody else would type them, which makes no difference. */
function retyped(random, text, { exact, accents, language }) {
  const forms = random.maybe() ? text.normalize('NFD') : text;
  if (exact) return forms;
  const bare = accents || random.maybe() ? forms : forms.toLocaleLowerCase(language).normalize('NFD').replace(/\p{M}/gu, '');
  const cased = random.one([bare, bare.toLocaleUpperCase(language), bare.toLocaleLowerCase(language)]);
  const blank = () => random.one([' ', '  ', '\u00A0', '\u202F ', '\t']);
  const spaced = cased.replace(/ /g, blank).replace(/'/g, () => random.one(["'", '’', '‘']));
  return random.one(['', blank()]) + spaced + random.one(['', '.', ' !', '?!', '…', blank()]);
}

function words(random, language) {
  const letters = language === 'tr' ? 'abciıİIgğöşüâ' : 'abcdiIéèäößñçøů';
  const word = () => Array.from({ length: random.whole(1, 6) }, () => random.one([...letters])).join('');
  return Array.from({ length: random.whole(1, 3) }, word).join(random.one([' ', ' ', "'"]));
}

/* digits / 10^places as the language writes it. */
function decimal(digits, places) {
  const text = String(digits < 0n ? -digits : digits).padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  return `${digits < 0n ? '-' : ''}${whole}${places ? `.${text.slice(-places)}` : ''}`;
}

function written(random, text, language, unit) {
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 20, useGrouping: random.maybe() });
  const number = format.format(Number(text));
  return unit ? random.one([number, `${number} ${unit}`, `${number}${unit.toUpperCase()}`]) : number;
}

function rowsOf(random) {
  const rows = random.mixed(IDS).slice(0, random.whole(2, 8));
  const options = random.mixed(IDS).slice(0, random.whole(2, 4));
  const right = Object.fromEntries(rows.map((row) => [row, random.one(options)]));
  const answer = Object.fromEntries(random.some(rows).map((row) => [row, random.maybe() ? right[row] : random.one(IDS)]));
  return { key: { right }, other: { right: random.mixedMap(right) }, full: random.mixedMap(right), answer, again: random.mixedMap(answer) };
}

/* For each type: a `key`, any `answer`, one that is `full`; the answer `again` and the `other` key are the
 * same in another order; `rights` are full as well, and `wrong` ones never. */
const MAKERS = {
  'choose-one': (random) => {
    const right = [random.one(IDS)];
    return { key: { right }, full: right, answer: random.some(IDS) };
  },
  'true-false': (random) => {
    const right = random.one(['true', 'false']);
    const wrong = right === 'true' ? 'false' : 'true';
    return { key: { right }, full: [right], answer: random.some([right, wrong]), wrong: [[wrong], [right, wrong]] };
  },
  'choose-all': (random) => {
    const right = random.mixed(IDS).slice(0, random.whole(1, 8));
    const answer = random.some(IDS);
    return {
      key: { right }, other: { right: random.mixed(right) }, full: random.mixed(right),
      answer, again: random.mixed([...answer, ...random.some(answer)]), wrong: [right.slice(1), [...right, 'gone']],
    };
  },
  matching: rowsOf,
  categorize: rowsOf,
  ordering: (random) => {
    const right = random.mixed(IDS).slice(0, random.whole(2, 8));
    return { key: { right }, full: right, answer: random.mixed(right), wrong: [[...right].reverse(), right.slice(1)] };
  },
  'short-answer': (random) => {
    const rules = { exact: random.maybe(0.2), accents: random.maybe(), language: random.one(['en', 'de', 'tr', 'fr']) };
    const accept = Array.from({ length: random.whole(1, 3) }, () => ({ text: words(random, rules.language) }));
    const { text } = random.one(accept);
    const key = { accept, wrong: [], rules };
    return {
      key, other: { ...key, accept: random.mixed(accept) }, full: retyped(random, text, rules),
      answer: words(random, rules.language), wrong: [`${text}q`, `q ${text}`],
    };
  },
  'fill-in': (random) => {
    const rules = { exact: random.maybe(0.2), accents: random.maybe(), language: random.one(['en', 'de', 'tr', 'fr']) };
    const ids = random.mixed(IDS).slice(0, random.whole(1, 6));
    const gap = () => (random.maybe() ? { option: random.one(IDS) } : { accept: [words(random, rules.language), 'x'] });
    const gaps = Object.fromEntries(ids.map((id) => [id, gap()]));
    const typed = ({ option, accept }) => option ?? retyped(random, random.one(accept), rules);
    const full = Object.fromEntries(ids.map((id) => [id, typed(gaps[id])]));
    const answer = Object.fromEntries(random.some(ids).map((id) => [id, random.maybe() ? full[id] : words(random, 'en')]));
    return {
      key: { gaps, rules }, other: { gaps: random.mixedMap(gaps), rules }, full,
      answer, again: random.mixedMap(answer), wrong: [{ ...full, [ids[0]]: 'qq' }],
    };
  },
  numeric: (random) => {
    const language = random.one(Object.keys(POINTS));
    const unit = random.one(['', 'kg', 'km/h']);
    const [places, widthPlaces, percent] = [random.whole(0, 4), random.whole(0, 3), random.maybe()];
    const [value, width] = [BigInt(random.whole(-9999999, 9999999)), BigInt(random.whole(0, 500))];
    const all = places + widthPlaces + 2;
    const middle = value * 10n ** BigInt(all - places);
    const room = percent ? (value < 0n ? -value : value) * width : width * 10n ** BigInt(all - widthPlaces);
    const [low, high] = [middle - room, middle + room];
    const key = random.maybe()
      ? { value: decimal(value, places), tolerance: decimal(width, widthPlaces), percent, unit, language }
      : { min: decimal(low, all), max: decimal(high, all), tolerance: '0', percent: false, unit, language };
    const typed = (digits, count) => decimal(digits, count).replace('.', POINTS[language]);
    return {
      key, full: written(random, decimal(value, places), language, unit), rights: [typed(low, all), typed(high, all)],
      answer: decimal(BigInt(random.whole(-99999, 99999)), random.whole(0, 3)),
      wrong: [typed(low * 10n - 1n, all + 1), typed(high * 10n + 1n, all + 1)],
    };
  },
  essay: (random) => {
    const rubric = random.mixed(IDS).slice(0, random.whole(1, 4)).map((name) => ({ name, points: random.whole(1, 9) }));
    const marks = Object.fromEntries(rubric.map(({ name, points }) => [name, random.whole(0, points + 2)]));
    const most = Object.fromEntries(rubric.map(({ name, points }) => [name, points + random.whole(0, 2)]));
    return {
      key: { rubric }, other: { rubric: random.mixed(rubric) }, full: { text: 'x', marks: most },
      answer: { text: 'x', marks }, again: { text: 'x', marks: random.mixedMap(marks) },
    };
  },
};

/* Every type, many times; of each property the first failure is told. */
function checkProperties(types, report) {
  const random = randomFrom(20261122);
  for (const [type, make] of Object.entries(MAKERS)) {
    const faults = {
      'a score is whole, and from nothing to all': '', 'the right answer is full': '', 'an answer that is not right is not full': '',
      'the order of answers and keys makes no difference': '', 'parts never give less than all or nothing': '',
    };
    const [bounds, fullness, wrongness, order, parts] = Object.keys(faults);
    const hasParts = ['choose-all', 'matching', 'categorize', 'ordering', 'fill-in'].includes(type);
    const expect = (ok, property, ...what) => { if (!ok) faults[property] ||= what.map(shown).join('\n'); };
    const scored = (answer, key) => {
      let score = { right: NaN, of: NaN };
      try {
        score = types[type].score(frozen(answer), frozen(key));
      } catch (error) {
        expect(false, bounds, answer, key, error.stack);
      }
      expect(!faultOf(score), bounds, answer, key, score);
      return score;
    };
    for (let round = 0; round < ROUNDS; round++) {
      const { key, other = key, full, rights = [], answer, again = answer, wrong = [] } = make(random);
      for (const partial of hasParts ? [false, true] : [false]) {
        const [one, two] = [{ ...key, partial }, { ...other, partial }];
        for (const right of [full, ...rights]) {
          const best = scored(right, one);
          expect(best.right === best.of, fullness, right, one, best);
        }
        for (const bad of wrong) {
          const score = scored(bad, one);
          expect(score.right < score.of, wrongness, bad, one, score);
        }
        const score = scored(answer, one);
        for (const same of [scored(again, one), scored(answer, two)]) {
          expect(same.right === score.right && same.of === score.of, order, answer, again, one, two);
        }
        scored(foreign(random), one);
      }
      if (!hasParts) continue;
      const [all, some] = [false, true].map((partial) => scored(answer, { ...key, partial }));
      expect(some.right / some.of >= all.right / all.of, parts, answer, key);
      expect(all.right === (some.right === some.of ? 1 : 0), parts, answer, key);
    }
    for (const [property, fault] of Object.entries(faults)) report(!fault, `${type}: ${property}`, fault);
  }
}

/* Two hundred questions with denominators up to thirty, beside a sum over the one they all go into. */
function checkSums(total, report) {
  const random = randomFrom(20261123);
  const whole = 2329089562800n; /* divided by every number up to 30 */
  let fault = '';
  for (let round = 0; round < ROUNDS / 10; round++) {
    const quiz = Array.from({ length: random.whole(1, 200) }, () => {
      const of = random.whole(1, 30);
      return { points: random.whole(1, 100), right: random.maybe(0.3) ? of : random.whole(0, of), of };
    });
    const some = quiz.reduce((sum, { points, right, of }) => sum + BigInt(points * right) * whole / BigInt(of), 0n);
    const most = quiz.reduce((sum, { points }) => sum + points, 0);
    const all = BigInt(most) * whole;
    const got = total(random.mixed(quiz));
    const millionths = Number(100000000n * some / all); /* of a per cent, rounded down */
    const isExact = got.of === most && got.percent === Math.floor(millionths / 1000000) && (got.right === got.of) === (some === all)
      && Math.abs(got.right - Number(some) / Number(whole)) < 1e-9
      && got.reaches(millionths / 1000000) && !got.reaches((millionths + 1) / 1000000);
    if (!isExact) fault ||= shown({ got, millionths, quiz });
  }
  report(!fault, 'total: the sum of two hundred questions is exact', fault);
}

module.exports = function scoring(report) {
  const { types, total } = load();
  const tables = fs.readdirSync(FOLDER).map((name) => name.replace(/\.yaml$/, ''));
  report([...Object.keys(types), 'total'].sort().join() === tables.sort().join(), 'every type has a table', tables.join(', '));
  const count = checkTables(types, report) + checkTotals(total, report);
  report(count >= 150, 'the tables have at least 150 cases', `they have ${count}`);
  report(Object.keys(types).every((type) => type in MAKERS), 'every type has properties');
  checkProperties(types, report);
  checkSums(total, report);
};

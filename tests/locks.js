/* locks: whatever authors let wait for whatever else, nobody can be trapped.  Random courses with random
 * `requires` are built; where Lectern refuses one, the line that it names is taken away until it builds.
 * Then somebody walks through the pages as they came out, and must be able to finish all of them. */
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const COURSES = 60;

/* Numbers from 0 to 1 by a seed (mulberry32). */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6D2B79F5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const front = (keys) => `---\n${keys.join('\n')}\n---\n\nWords.\n`;
const yaml = (keys) => `${keys.join('\n')}\nquestions:\n  - true-false: It is so.\n    answer: true\n`;

/* A project as { file: text }.  `requires` is always the last key, a list with an entry a line. */
function randomCourse(random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const chance = (share) => random() < share;
  const names = [];
  const count = (most) => Math.floor(random() * (most + 1));
  const add = (name) => names.push(`${name}.${chance(0.4) ? 'yaml' : 'md'}`);
  for (let module = 1 + count(3); module > 0; module--) {
    names.push(`part-${module}/index.md`);
    for (let page = count(5); page > 0; page--) add(`part-${module}/page-${page}`);
  }
  for (let page = count(3); page > 0; page--) add(`more-${page}`);
  const files = { 'site.yaml': 'title: Random\nid: random\n', 'desk/course.yaml': `title: Desk\nid: desk\n${chance(0.5) ? 'requires: reading\n' : ''}` };
  for (const name of names) {
    const needs = chance(0.5) ? Array.from({ length: 1 + Math.floor(random() * 3) }, () => (chance(0.2) ? 'reading' : `/desk/${pick(names)}`)) : [];
    const keys = [`title: ${name}`, ...(chance(0.3) ? [`counts: ${chance(0.7)}`] : []), ...(needs.length ? ['requires:', ...needs.map((need) => `  - ${need}`)] : [])];
    files[`desk/${name}`] = name.endsWith('.yaml') ? yaml(keys) : front(keys);
  }
  return files;
}

function build(folder) {
  return spawnSync(path.join(process.env.LECTERN_BUILD, 'lectern'), ['build', folder], { encoding: 'utf8' });
}

/* Take the lines away that are named in errors; how many. */
function mend(folder, messages) {
  const lines = [...messages.matchAll(/^(.+?):(\d+):\d+: error: /gm)].map(([, file, line]) => ({ file, line: Number(line) }));
  for (const { file, line } of lines) {
    const text = fs.readFileSync(file, 'utf8').split('\n');
    if (!/^ {2}- /.test(text[line - 1])) continue;
    text[line - 1] = '';
    const rest = text.findIndex((one) => one === 'requires:');
    if (!/^ {2}- /.test(text.slice(rest + 1).find((one) => one !== '') ?? '')) text[rest] = '';
    fs.writeFileSync(file, text.join('\n'));
  }
  return lines.length;
}

function htmlFiles(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    return entry.isDirectory() ? htmlFiles(name) : name.endsWith('.html') ? [name] : [];
  });
}

/* What each page says of itself: [{ page, counts, needs }]. */
function pagesOf(site) {
  return htmlFiles(site).map((file) => {
    const found = /id="lectern-page">([^<]*)/.exec(fs.readFileSync(file, 'utf8'));
    return found ? JSON.parse(found[1]) : {};
  }).filter(({ course }) => course === 'desk');
}

/* Those that stay closed, whatever one does. */
function trapped(pages) {
  const done = new Set();
  const isOpen = ({ needs = [] }) => needs.every(({ key }) => done.has(key));
  for (let before = -1; before < done.size;) {
    before = done.size;
    for (const one of pages) if (one.counts && isOpen(one)) done.add(one.page);
  }
  return pages.filter((one) => !isOpen(one)).map(({ page }) => page);
}

module.exports = function locks(report) {
  const seed = Number(process.env.LECTERN_SEED ?? 20261122);
  let locked = 0, circles = 0;
  for (let i = 0; i < COURSES; i++) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-locks-'));
    for (const [file, text] of Object.entries(randomCourse(randomFrom(seed + i)))) {
      fs.mkdirSync(path.dirname(path.join(folder, 'content', file)), { recursive: true });
      fs.writeFileSync(path.join(folder, 'content', file), text);
    }
    let built = build(folder);
    for (let turn = 0; built.status !== 0 && turn < 40 && mend(folder, built.stderr); turn++) {
      circles += /in a circle/.test(built.stderr);
      built = build(folder);
    }
    const pages = built.status === 0 ? pagesOf(path.join(folder, 'site')) : [];
    locked += pages.filter(({ needs }) => needs).length;
    report(built.status === 0, `course ${seed + i} builds once the lines named are gone`, built.stderr);
    report(trapped(pages).length === 0, `every page of course ${seed + i} can be reached`, trapped(pages).join('\n'));
    for (const { page, needs = [], locks = {} } of pages) {
      if (JSON.stringify(needs.map(({ key }) => key)) !== JSON.stringify(locks[page] ?? [])) report(false, `${page} says the same of itself as the lists do`);
    }
    fs.rmSync(folder, { recursive: true, force: true });
  }
  report(locked > 50 && circles > 0, 'there were locks and circles enough', `${locked} locks, ${circles} circles`);
};

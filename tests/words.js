/* words: every word that people see comes from the catalogue.
 * A site is built in a pseudo-language whose every word is wrapped in ⟦ ⟧: whatever else stands on
 * its pages must be the author's.  Then right to left, the order in which languages are asked, and the
 * scripts of pages in several languages. */
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const vm = require('node:vm');

function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
}

/* The catalogue with each text made longer and marked; what stands in braces stays. */
function pseudo(catalogue) {
  return catalogue.split('\n').map((line) => {
    const entry = line.match(/^(\s*[^#\s][^:]*: *)("?)(.+?)\2\s*$/);
    if (!entry || /^\s*(#|$)/.test(line)) return line;
    return `${entry[1]}"⟦${entry[3].replace(/\\?"/g, '')} éé⟧"`;
  }).join('\n');
}

const CONTENT = {
  'content/index.md': '# AUTHOR\n\nAUTHOR\n',
  'content/desk/course.yaml': 'title: AUTHOR\nnumbered: true\nunit: AUTHOR\npassport: true\n',
  'content/desk/1-first/index.md': '# AUTHOR\n',
  'content/desk/1-first/1-page.md': `---
title: AUTHOR
summary: AUTHOR
minutes: 5
objectives:
  - AUTHOR
---

## AUTHOR one

:::note
AUTHOR
:::

:::overheard
AUTHOR
:::

:::say
AUTHOR
:::

:::dont-say
AUTHOR
:::

:::steps
1. AUTHOR
2. AUTHOR
:::

:::story
AUTHOR
:::

:::details
AUTHOR
:::

:::checklist
- [ ] AUTHOR
:::

## AUTHOR two
`,
  'content/desk/1-first/2-sheet.md': `---
title: AUTHOR
type: worksheet
---

AUTHOR
____

1. ____
2. ____

::write[AUTHOR]{words=20 optional}

:::response-table
### AUTHOR
AUTHOR
:::
`,
  'content/desk/1-first/3-quiz.yaml': `title: AUTHOR
pass: 50%
attempts: 2
questions:
  - choose-one: AUTHOR
    right: AUTHOR a
    wrong:
      - AUTHOR b
    hints:
      - AUTHOR
  - choose-all: AUTHOR
    right:
      - AUTHOR c
      - AUTHOR d
    wrong:
      - AUTHOR e
  - true-false: AUTHOR
    answer: true
`,
  'content/desk/1-first/4-talk.yaml': `title: AUTHOR
type: scenario
pass: 50%
scenes:
  a:
    title: AUTHOR
    who: AUTHOR
    mood: angry
    says: AUTHOR
    choices:
      - say: AUTHOR a
        to: b
        points: 2
        feedback: AUTHOR
      - AUTHOR b => c
  b:
    title: AUTHOR
    says: AUTHOR
    ending: good
  c:
    title: AUTHOR
    says: AUTHOR
    ending: bad
`,
  'content/desk/other.md': '# AUTHOR\n',
};

function build(language, words, more = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-words-'));
  write(folder, { ...CONTENT, 'content/site.yaml': `title: AUTHOR\nid: 00\nlanguage: ${language}\nfooter:\n  contact: AUTHOR\n  owner: AUTHOR\n  reviewed: 2026-11-02\n`, ...more });
  for (const [name, text] of Object.entries(words)) write(folder, { [`themes/default/words/${name}.yaml`]: text });
  const run = spawnSync(path.join(process.env.LECTERN_BUILD, 'lectern'), ['build', '--edition', 'facilitator', folder], { encoding: 'utf8' });
  return { folder: path.join(folder, 'site-facilitator'), err: run.stderr, status: run.status };
}

function pages(folder) {
  return fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.html'));
}

/* Texts and spoken attributes of a page. */
function said(html) {
  const body = html.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').replace(/<!--[\s\S]*?-->/g, '');
  const attributes = [...body.matchAll(/ (?:aria-label|title|alt|placeholder)="([^"]*)"/g)].map((match) => match[1]);
  const texts = body.replace(/<[^>]*>/g, '\n').split('\n');
  return [...attributes, ...texts].map((text) => text.trim()).filter(Boolean);
}

/* The words with which a script begins, as a browser takes them; and whether what follows them is strict. */
function wordsOfScript(file) {
  const script = fs.readFileSync(file, 'utf8');
  const start = script.slice(0, script.indexOf('\n', script.indexOf('lecternWords')));
  return vm.runInNewContext(`${start}\n({ words: globalThis.lecternWords, isStrict: (function () { return !this; })() })`, {});
}

const texts = (word) => typeof word === 'string' ? [word] : Object.values(word);

/* Which page has which script, and what that says. */
function scripts(report) {
  const page = (language) => ({ [`content/${language}.md`]: `---\ntitle: AUTHOR\nlanguage: ${language}\n---\n\nAUTHOR\n` });
  const odd = 'js-done: "klaar </script> \\u2028 \\" `${1}` \\\\ é"\n';
  const made = build('en', { nl: odd, 'nl-BE': 'js-half: bezig\n', de: 'js-done: fertig\n' },
    { ...page('nl'), ...page('nl-BE'), ...page('en'), 'content/draft.md': '---\ntitle: AUTHOR\nlanguage: de\ndraft: true\n---\n', 'content/odd.md': '---\ntitle: AUTHOR\nlanguage: ../nl\n---\n' });
  const names = fs.readdirSync(made.folder).filter((name) => /^lectern.*\.js$/.test(name)).sort();
  report(names.join() === 'lectern.js,lectern.nl-BE.js,lectern.nl.js', 'a script for each language that published pages have', names.join() + made.err);
  const [english, flemish, dutch] = names.map((name) => wordsOfScript(path.join(made.folder, name)));
  report([english, flemish, dutch].every(({ isStrict }) => isStrict), 'all of a script is strict');
  report(dutch.words.done === 'klaar </script> \u2028 " `${1}` \\ é' && flemish.words.done === dutch.words.done && flemish.words.half === 'bezig' && english.words.done === 'done', 'what is odd in a word arrives as it is');
  report(Object.keys(dutch.words).join() === Object.keys(english.words).join() && english.words.right === dutch.words.right, 'all have the same words, in English where there is no other');
  const named = (name) => fs.readFileSync(path.join(made.folder, name), 'utf8').match(/src="([^"]*)\?v=\w+" defer/)[1];
  const found = ['nl', 'nl-be', 'en', 'odd', 'index', 'desk/first/page'].map((name) => named(`${name}.html`)).join();
  report(found === 'lectern.nl.js,lectern.nl-BE.js,lectern.js,lectern.js,lectern.js,../../lectern.js', 'each page has that of its language', found);
  const kept = pages(made.folder).filter((name) => fs.readFileSync(path.join(made.folder, name), 'utf8').includes('lectern-words'));
  report(kept.join() === 'results.html', 'words stand in a page only where others have no use for them', kept.join());
  const results = fs.readFileSync(path.join(made.folder, 'results.html'), 'utf8').match(/id="lectern-words">(.*?)<\/script>/)[1];
  report(Object.keys(JSON.parse(results)).every((key) => key.startsWith('results-')), 'and these alone', results.slice(0, 200));
}

module.exports = function words(report) {
  const english = fs.readFileSync('themes/default/words/en.yaml', 'utf8');
  const made = build('en-XA', { 'en-XA': pseudo(english) });
  report(made.status === 0 && made.err === '', 'a language is one file', made.err);
  const unmarked = (text) => /⟦[^⟦⟧]*⟧/.test(text) ? unmarked(text.replace(/⟦[^⟦⟧]*⟧/g, '')) : text;
  const own = (text) => unmarked(text).replace(/AUTHOR( (one|two|[a-e]))?/g, '').replace(/[\d\s\p{P}\p{S}]/gu, '');
  for (const page of made.status === 0 ? pages(made.folder) : []) {
    const strange = said(fs.readFileSync(path.join(made.folder, page), 'utf8')).filter((text) => own(text) && text !== 'A');
    report(strange.length === 0, `only words of the catalogue on ${page}`, strange.slice(0, 5).join('\n'));
    report(fs.readFileSync(path.join(made.folder, page), 'utf8').includes('⟦'), `words on ${page}`);
  }
  const unsaid = Object.entries(wordsOfScript(path.join(made.folder, 'lectern.js')).words).filter(([, word]) => !texts(word).every((text) => text.includes('⟦')));
  report(unsaid.length === 0, 'and in the script', unsaid.join('\n'));
  const arabic = build('ar', { ar: 'minutes:\n  zero: صفر\n  one: دقيقة\n  two: دقيقتان\n  few: "{count} دقائق"\n  many: "{count} دقيقة"\n  other: "{count} دقيقة"\n' });
  const lesson = fs.readFileSync(path.join(arabic.folder, 'desk/first/page.html'), 'utf8');
  report(/<html lang="ar" dir="rtl">/.test(lesson), 'a language that is written from the right');
  report(lesson.includes('5 دقائق'), 'the plural form that the language has for five');
  report(lesson.includes('Skip to the content'), 'what a language lacks comes from English');
  const austrian = build('de-AT', { de: 'previous: Zurück\nnext: Weiter\n', 'de-AT': 'next: Weida\n' });
  const german = fs.readFileSync(path.join(austrian.folder, 'desk/first/page.html'), 'utf8');
  report(german.includes('Weida') && german.includes('Zurück') && !german.includes('Weiter'), 'de-AT is asked first, then de');
  scripts(report);
};

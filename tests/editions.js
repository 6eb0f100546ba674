/* editions: the learner's and the facilitator's site of the same sources.  What is for the facilitator
 * alone is taken from the sources, and looked for in everything that learners get. */
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

function filesBelow(folder, below = '') {
  return fs.readdirSync(path.join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(below, entry.name);
    return entry.isDirectory() ? filesBelow(folder, name) : [name];
  }).sort();
}

/* Words without marks: what Markdown, HTML and typography make of them is the same then. */
const plain = (text) => text.replace(/<[^>]*>/g, ' ').replace(/&[#\w]+;/g, ' ').replace(/[^\p{L}\p{N}]+/gu, ' ').toLowerCase().trim();

/* Also what is veiled in a page, or stands in its data. */
function everythingIn(file) {
  const text = fs.readFileSync(file, 'utf8');
  const veiled = (text.match(/[A-Za-z0-9+/]{40,}={0,2}/g) || []).map((part) => Buffer.from(part, 'base64').toString('utf8'));
  return ` ${plain([text, ...veiled].join('\n').replace(/\\[nrtu"\\/]/g, ' '))} `;
}

/* The longest run of words without a mark between: it is in any rendering as it is. */
function probeOf(secret) {
  const runs = secret.split(/[^\p{L}\p{N} ]+/u).map((run) => plain(run)).filter((run) => run.length >= 14);
  return runs.sort((a, b) => b.length - a.length)[0];
}

function* questionsOf(list) {
  for (const question of list ?? []) {
    if (question.questions) yield* questionsOf(question.questions);
    yield question;
  }
}

const behindArrow = (value) => (typeof value === 'string' && value.includes('=>') ? [value.split('=>').slice(1).join('=>')] : []);

/* What a question says to learners only after they have answered, and what it says to others. */
function secretsOfQuestion(question) {
  const texts = ['explanation', 'if-right', 'if-wrong', 'facilitator', 'model-answer'].map((key) => question[key]).filter(Boolean);
  for (const key of ['right', 'wrong', 'accept']) texts.push(...[].concat(question[key] ?? []).flatMap(behindArrow));
  for (const choice of question.choices ?? []) if (choice.feedback) texts.push(choice.feedback);
  return texts.concat(Object.keys(question.rubric ?? {}));
}

/* What hidden blocks hold: `:::facilitator` and `:::model-answer`, as far as their `:::`. */
const HIDDEN = /^ *:::+ *(?:facilitator|model-answer)\b.*\n([\s\S]*?)^ *:::+ *$/gm;
const hiddenBlocksOf = (text) => [...text.matchAll(HIDDEN)].flatMap((match) => match[1].split('\n'));

function collect(folder) {
  const yaml = require('js-yaml');
  const afterwards = [], hidden = [];
  let open = '';    /* what everybody reads; a phrase that stands there, too, proves nothing */
  for (const name of filesBelow(folder)) {
    const file = path.join(folder, name);
    if (name.endsWith('.md')) {
      const text = fs.readFileSync(file, 'utf8');
      hidden.push(...hiddenBlocksOf(text));
      open += ` ${plain(text.replace(HIDDEN, ' | '))} `;
    }
    if (!name.endsWith('.yaml') || /(site|course)\.yaml$/.test(name)) continue;
    const quiz = yaml.load(fs.readFileSync(file, 'utf8'));
    for (const question of questionsOf(quiz.questions)) {
      const texts = secretsOfQuestion(question);
      (quiz.answers === 'absent' ? hidden : afterwards).push(...texts);
      if (question.facilitator) hidden.push(question.facilitator);
    }
  }
  const probes = (texts) => [...new Set(texts.map(probeOf).filter((probe) => probe && !open.includes(` ${probe} `)))];
  return { afterwards: probes(afterwards), hidden: probes(hidden) };
}

function build(report, out, edition) {
  const { status, stderr } = spawnSync(path.join(process.env.LECTERN_BUILD, 'lectern'), ['build', '--out', out, '--edition', edition], { encoding: 'utf8' });
  report(status === 0, `the sample site builds for the ${edition}`, stderr);
  return status === 0;
}

const idsOf = (html) => [...html.matchAll(/data-question="([^"]+)"|class="question-facts"><span>([^<·]+)/g)].map((match) => match[1] || match[2].trim());

function compare(report, learner, facilitator) {
  const pages = filesBelow(learner).filter((name) => name.endsWith('.html'));
  const bad = [];
  let questions = 0;
  for (const name of pages) {
    const [one, other] = [learner, facilitator].map((folder) => fs.readFileSync(path.join(folder, name), 'utf8'));
    questions += idsOf(one).length;
    if (JSON.stringify(idsOf(one)) !== JSON.stringify(idsOf(other))) bad.push(name);
  }
  report(bad.length === 0 && questions > 50, 'questions have the same numbers and ids in both editions', bad.join());
  const marked = filesBelow(facilitator).filter((name) => name.endsWith('.html')).map((name) => [name, fs.readFileSync(path.join(facilitator, name), 'utf8')]);
  const unmarked = marked.filter(([, html]) => !/http-equiv="refresh"/.test(html) && !(/<meta name="robots" content="noindex">/.test(html) && /class="edition"/.test(html)));
  report(unmarked.length === 0, 'every page of the facilitator’s site is marked, and not indexed', unmarked.map(([name]) => name).join());
  const agendas = marked.filter(([name]) => name.endsWith('/agenda.html'));
  report(agendas.length > 0 && !pages.some((name) => name.endsWith('agenda.html')), 'every module has an agenda, for the facilitator alone', String(agendas.length));
  for (const [name, html] of agendas) {
    const minutes = [...html.matchAll(/<\/th><td>(\d+|–)<\/td>/g)].map((match) => Number(match[1]) || 0);
    report(minutes.slice(0, -1).reduce((a, b) => a + b, 0) === minutes.at(-1), `${name}: the minutes add up`, minutes.join(' '));
  }
}

module.exports = function editions(report) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-editions-'));
  const [learner, facilitator] = ['learner', 'facilitator'].map((name) => path.join(folder, name));
  if (!build(report, learner, 'learner') || !build(report, facilitator, 'facilitator')) return;
  const { afterwards, hidden } = collect('content');
  report(afterwards.length > 40 && hidden.length > 10, 'the sources hold enough that is not for everybody', `${afterwards.length}, ${hidden.length}`);

  const files = filesBelow(learner).filter((name) => /\.(html|js|css|svg|vtt|json)$/.test(name));
  const texts = new Map(files.map((name) => [name, everythingIn(path.join(learner, name))]));
  const found = (probes, names) => probes.flatMap((probe) => names.filter((name) => texts.get(name).includes(` ${probe} `)).map((name) => `${name}: ${probe}`));
  const paper = files.filter((name) => name.endsWith('handout.html'));
  const onPaper = found([...afterwards, ...hidden], paper);
  report(paper.length > 4 && onPaper.length === 0, 'nothing of it is in the learners’ handouts', onPaper.slice(0, 5).join('\n'));
  const anywhere = found(hidden, files);
  report(anywhere.length === 0, 'nothing for the facilitator alone is anywhere in the learners’ site', anywhere.slice(0, 5).join('\n'));

  const all = filesBelow(facilitator).filter((name) => name.endsWith('.html')).map((name) => everythingIn(path.join(facilitator, name))).join('\n');
  const missing = [...afterwards, ...hidden].filter((probe) => !all.includes(` ${probe} `));
  report(missing.length === 0, 'all of it is in the facilitator’s site', missing.slice(0, 5).join('\n'));
  const keys = filesBelow(facilitator).filter((name) => name.endsWith('handout.html')).map((name) => everythingIn(path.join(facilitator, name))).join('\n');
  const unprinted = afterwards.filter((probe) => !keys.includes(` ${probe} `) && all.split(` ${probe} `).length > 1);
  report(unprinted.length <= afterwards.length / 4, 'the facilitator’s handouts hold the key of what is in them', unprinted.slice(0, 5).join('\n'));
  compare(report, learner, facilitator);
};

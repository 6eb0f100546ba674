/* corpus: a project with as many lessons as one likes, the same for the same number each time.
 * Lessons of 640 to 1,090 words, ten to a module with a quiz of eight questions, ten modules to a course; links inside
 * the module, one picture a page. */
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const WORDS = ('the desk a visitor asks and you listen before it is your turn to speak then they tell what has happened since this morning with ' +
  'printer card library account question answer colleague supervisor evening queue telephone screen paper book shelf room key form policy ' +
  'slowly clearly again together first never often calm friendly certain open ready wrong right small large new old').split(' ');

/* Numbers that look mixed and are the same each time (a linear congruential generator, Numerical Recipes). */
function generator(seed) {
  let state = seed >>> 0;
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * most);
  };
}

function sentence(next) {
  const words = Array.from({ length: 8 + next(14) }, () => WORDS[next(WORDS.length)]);
  words[2] = next(6) === 0 ? `**${words[2]}**` : words[2];
  words[5] = next(9) === 0 ? `*${words[5]}*` : words[5];
  const text = words.join(' ');
  return text[0].toUpperCase() + text.slice(1) + '.';
}

const fileOf = (number) => `${number % 10 + 1}-lesson-${number}.md`;
const paragraph = (next) => Array.from({ length: 3 + next(3) }, () => sentence(next)).join(' ');

function lesson(number, next) {
  const place = number % 10, most = 640 + next(450);
  const parts = [`---\ntitle: Lesson ${number}\nsummary: ${sentence(next).replace(/\*/g, '')}\nminutes: ${3 + next(9)}\n---\n`];
  let words = 0;
  for (let i = 0; words < most; i++) {
    if (i % 4 === 0) parts.push(`## ${sentence(next).replace(/[*.]/g, '').split(' ').slice(0, 4).join(' ')} ${i}\n`);
    let text = paragraph(next);
    if (i % 5 === 1) text += ` See [the lesson before](${fileOf(number - place + (place + 9) % 10)}).`;
    words += text.split(' ').length;
    parts.push(i % 7 === 3 ? `:::tip[${WORDS[next(WORDS.length)]}]\n${text}\n:::\n` : i % 7 === 5 ? text.split('. ').map((one) => `- ${one}`).join('\n') + '\n' : text + '\n');
    if (i === 2) parts.push(`![a drawing of number ${number}](../../media/picture-${number}.svg)\n`);
  }
  return parts.join('\n');
}

function quiz(number, next) {
  const question = (i) => `  - choose-one: ${i}. ${sentence(next).replace(/[*.]/g, '')}?\n    right: ${sentence(next).replace(/\*/g, '')}\n      => ${sentence(next)}\n` +
    `    wrong:\n${[1, 2].map((k) => `      - ${k} ${sentence(next).replace(/\*/g, '')}\n        => ${sentence(next)}\n`).join('')}    explanation: ${sentence(next)}\n`;
  return `title: Quiz ${number}\nquestions:\n${Array.from({ length: 8 }, (_, i) => question(i + 1)).join('')}`;
}

const PICTURE = (number) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200"><title>${number}</title>` +
  Array.from({ length: 24 }, (_, i) => `<rect x="${(i % 6) * 52 + 8}" y="${Math.floor(i / 6) * 48 + 8}" width="40" height="36" fill="#${((number * 7919 + i * 104729) % 0xffffff).toString(16).padStart(6, '0')}"/>`).join('') + '</svg>\n';

/* Write `count` lessons into `folder`, which must not be there yet. */
module.exports = function corpus(folder, count) {
  const write = (name, text) => fs.writeFileSync(path.join(folder, 'content', name), text);
  fs.mkdirSync(path.join(folder, 'content/media'), { recursive: true });
  write('site.yaml', 'title: Bench\nid: 0123456789abcdef0123456789abcdef\n');
  write('index.md', '# Bench\n\nWords.\n');
  for (let number = 0; number < count; number++) {
    const next = generator(number + 1), course = `course-${Math.floor(number / 100)}`, module = `${course}/${(Math.floor(number / 10) % 10) + 1}-module-${Math.floor(number / 10)}`;
    if (number % 100 === 0) {
      fs.mkdirSync(path.join(folder, 'content', course));
      write(`${course}/course.yaml`, `title: Course ${Math.floor(number / 100)}\nnumbered: true\n`);
      write(`${course}/index.md`, `# Course\n\n${paragraph(next)}\n`);
    }
    if (number % 10 === 0) {
      fs.mkdirSync(path.join(folder, 'content', module));
      write(`${module}/index.md`, `# Module ${Math.floor(number / 10)}\n\n${paragraph(next)}\n`);
      write(`${module}/11-quiz.yaml`, quiz(Math.floor(number / 10), next));
    }
    write(`${module}/${fileOf(number)}`, lesson(number, next));
    write(`media/picture-${number}.svg`, PICTURE(number));
  }
};

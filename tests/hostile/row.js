/* row: how the lists beside this file write a hostile plugin: its name, where it stands, its text, and what is said. */
'use strict';

const TOO_LONG = /it ran for too long/;
const TOO_LARGE = /it used more than 64 MiB of memory/;

function row(place, step, name, text, message, more = {}) {
  return { place, step, name, text, message, ...more };
}

const inLoad = (name, code, message, more) => row('page', 'check', name, code + '\nreturn { template = "lesson.html" }\n', message, more);
const inCheck = (name, code, message, more) =>
  row('page', 'check', name, `local hostile = { template = "lesson.html" }\nfunction hostile.check(page, report)\n${code}\nend\nreturn hostile\n`, message, more);
const inFacts = (name, code, message, more) =>
  row('page', 'check', name, `local hostile = { template = "lesson.html" }\nfunction hostile.facts(page)\n${code}\nend\nreturn hostile\n`, message, more);
const inModel = (name, code, message, more) =>
  row('page', 'model', name, `local hostile = { template = "lesson.html" }\nfunction hostile.model(page, site)\n${code}\nend\nreturn hostile\n`, message, more);
const inTemplate = (name, text, message, more = {}) =>
  row('template', 'model', name, text, message, { ...more, files: { 'plugins/hostile.lua': 'return {}\n', ...more.files } });
/* With a model of its own beside the template. */
const withModel = (name, model, text, message, more = {}) =>
  inTemplate(name, text, message, { ...more, files: { 'plugins/hostile.lua': `return { model = function(page, site)\n${model}\nend }\n`, ...more.files } });

module.exports = { row, inLoad, inCheck, inFacts, inModel, inTemplate, withModel, TOO_LONG, TOO_LARGE };

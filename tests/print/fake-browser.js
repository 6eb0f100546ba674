/* fake-browser: says what Chromium would, until a page whose name says what goes wrong with it:
 * `hangs`, `ends`, `crashes`, `garbles`, `refuses`, `slides` (prints what is no PDF).  What it got and
 * how it was started go to the files that FAKE_LOG and FAKE_ARGUMENTS name. */
'use strict';

const fs = require('node:fs');

const PDF = '%PDF-1.4\n1 0 obj\n<</CreationDate (D:20260102030405+01\'00\')>>\nendobj\n'
  + '2 0 obj\n<</Type /Pages\n/Count 1\n/Kids [3 0 R]>>\nendobj\n3 0 obj\n<</Length 4>> stream\n/Type /Pages /Count 9\nendstream\nendobj\n%%EOF\n';

let shown = '';
let rest = '';
const write = (message) => fs.writeSync(4, JSON.stringify(message) + '\0');

const does = {
  'Target.createTarget': () => ({ targetId: 'tab' }),
  'Target.attachToTarget': () => ({ sessionId: 'session' }),
  'Page.navigate': ({ url }, sessionId) => {
    shown = url;
    if (url.includes('ends')) process.exit(3);
    if (url.includes('hangs')) return null;
    if (url.includes('garbles')) fs.writeSync(4, 'no JSON\0');
    if (url.includes('crashes')) write({ method: 'Inspector.targetCrashed', params: {}, sessionId });
    /* the load of a frame in the page is not that of the page */
    write({ method: 'Page.lifecycleEvent', params: { name: 'load', frameId: 'other', loaderId: url }, sessionId });
    write({ method: 'Page.lifecycleEvent', params: { name: 'load', frameId: 'tab', loaderId: url }, sessionId });
    return { frameId: 'tab', loaderId: url };
  },
  'Runtime.evaluate': () => ({ result: { type: 'boolean', value: true } }),
  'Page.printToPDF': () => (shown.includes('refuses') ? undefined : { data: '', stream: 'stream' }),
  'IO.read': () => ({ base64Encoded: true, data: Buffer.from(shown.includes('slides') ? 'GIF89a' : PDF).toString('base64'), eof: true }),
};

function take({ id, method, params, sessionId }) {
  if (process.env.FAKE_LOG) fs.appendFileSync(process.env.FAKE_LOG, method + '\n');
  const result = does[method] ? does[method](params, sessionId) : {};
  if (result === undefined) write({ id, error: { code: -32000, message: 'Printing failed' }, sessionId });
  else if (result) write({ id, result, sessionId });
}

if (process.env.FAKE_ARGUMENTS) fs.writeFileSync(process.env.FAKE_ARGUMENTS, JSON.stringify({ id: process.pid, words: process.argv.slice(2) }));
console.error('a fake browser was started');
fs.createReadStream(null, { fd: 3 }).on('data', (data) => {
  const messages = (rest + data).split('\0');
  rest = messages.pop();
  messages.forEach((message) => take(JSON.parse(message)));
}).on('end', () => process.exit(0));

/* commonmark: every example of CommonMark 0.30, with page machinery off, gives the specified HTML.
 * Differences that HTML does not have (`<br />` or `<br>`, `&quot;` or `"`, blanks between blocks)
 * are taken out of both sides first, as the specification's own test runner does. */
'use strict';

const { spawnSync } = require('node:child_process');
const path = require('node:path');

/* Examples that md4c 0.4.8 itself reads otherwise, by number, with the reason. */
const KNOWN = {
  171: '<textarea> begins raw HTML only since CommonMark 0.30, which md4c 0.4.8 does not follow here',
};

const BLOCKS = 'article|aside|blockquote|body|canvas|dd|del|div|dl|dt|fieldset|figure|footer|form|h[1-6]|head|' +
  'header|hr|html|iframe|ins|li|link|main|map|nav|object|ol|output|p|pre|section|script|style|table|tbody|td|' +
  'textarea|tfoot|th|thead|title|tr|ul|video';

function normal(html) {
  const parts = html.split(/(<pre[\s\S]*?<\/pre>|<script[\s\S]*?<\/script>|<textarea[\s\S]*?<\/textarea>|<style[\s\S]*?<\/style>)/);
  return parts.map((part, i) => i % 2 ? part : part
    .replace(/\s+/g, ' ')
    .replace(new RegExp(` *(</?(?:${BLOCKS})\\b[^>]*>) *`, 'g'), '$1'))
    .join('')
    .replace(/ ?\/>/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;|%27/g, "'")
    .trim();
}

module.exports = function commonmark(report) {
  const { tests } = require('commonmark-spec');
  const markdown = tests.map((test) => test.markdown.replace(/→/g, '\t'));
  const tool = path.join(process.env.LECTERN_BUILD, 'markdown_html');
  const run = spawnSync(tool, { input: markdown.join('\0') + '\0', maxBuffer: 1 << 26 });
  const outputs = run.stdout.toString().split('\0');
  report(run.status === 0 && outputs.length === tests.length + 1, 'the reader gives one text for each example',
    run.stderr.toString());
  tests.forEach((test, i) => {
    const wanted = normal(test.html.replace(/→/g, '\t'));
    const got = normal(outputs[i] || '');
    const is = got === wanted;
    const known = KNOWN[test.number];
    report(known ? !is : is, `CommonMark ${test.number} (${test.section})${known ? ', not: ' + known : ''}`,
      known ? 'it works now: take it off the list' : `${JSON.stringify(markdown[i])}\nwanted ${wanted}\ngot    ${got}`);
  });
};

/* axe: what axe-core finds on a page, or in a part of it, as lines for people. */
'use strict';

const fs = require('node:fs');

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/* `page` of Playwright; `within` is a selector.  Under the page's policy it is brought in by evaluate(). */
module.exports = async function axe(page, within = 'html') {
  await page.evaluate(fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate(([place, tags]) => window.axe.run(place, { runOnly: tags, preload: false }), [within, TAGS]);
  return violations.map((rule) => `${rule.id}: ${rule.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')}`);
};

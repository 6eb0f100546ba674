/* pages: every page, with and without script: no trouble, one main heading, the same footer. */
'use strict';

module.exports = async function pages({ report, open, pages: names }) {
  const footers = new Set();
  const titles = new Set();
  const first = await open(names[0]);
  const context = first.context();
  for (const name of names) {
    const page = await open(name, { context });
    await page.waitForLoadState('load');
    const facts = await page.evaluate(() => ({
      violations: window.policyViolations,
      h1: document.querySelectorAll('h1').length,
      title: document.title,
      footer: [...document.querySelectorAll('footer p, footer li, footer a')].map((part) => part.textContent.trim()).join('|'),
      skipped: [...document.querySelectorAll('main h1, main h2, main h3, main h4')].some((heading, i, all) =>
        i > 0 && heading.tagName > all[i - 1].tagName && Number(heading.tagName[1]) - Number(all[i - 1].tagName[1]) > 1),
      sets: document.querySelectorAll('fieldset').length, legends: document.querySelectorAll('fieldset > legend').length,
      unlabelled: [...document.querySelectorAll('input, select, textarea')].filter((field) =>
        !(field.labels && field.labels.length) && !field.getAttribute('aria-label') && !field.getAttribute('aria-labelledby')).length,
    }));
    report(page.trouble.length === 0 && facts.violations.length === 0, `no trouble on ${name}`, [...page.trouble, ...facts.violations].join('\n'));
    report(facts.h1 === 1 && !facts.skipped, `one main heading and no level skipped on ${name}`, JSON.stringify(facts));
    report(facts.sets === facts.legends && facts.unlabelled === 0, `every field has its name on ${name}`, JSON.stringify(facts));
    report(!titles.has(facts.title), `a title of its own on ${name}`, facts.title);
    titles.add(facts.title);
    footers.add(facts.footer);
    await page.close_();
  }
  report(footers.size === 1, 'help stands in the same place on every page', [...footers].join('\n'));
  await first.close_();

  const bare = await open(names[0], { script: false });
  for (const name of names) {
    const page = await open(name, { script: false, context: bare.context() });
    const text = (await page.locator('main').innerText()).length;
    const buttons = await page.locator('button:visible').count();
    report(text > 100 && buttons === 0 && page.trouble.length === 0, `without script ${name} is read, and shows no button that does nothing`,
      `${text} characters, ${buttons} buttons ${page.trouble}`);
    await page.close_();
  }
  await bare.close_();
};

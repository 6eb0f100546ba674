/* access: axe on every kind of page in light, dark and at 320 px, and what axe does not see:
 * borders of controls, focus, targets, sideways scrolling. */
'use strict';

const fs = require('node:fs');

const KINDS = [
  'index.html', 'privacy.html', 'service-desk/index.html', 'passport/index.html', 'passport/your-customer/index.html',
  'service-desk/difficult-situations/six-steps.html', 'service-desk/difficult-situations/quiz.html',
  'passport/your-customer/watch.html', 'passport/your-customer/learn.html', 'passport/your-customer/respond.html',
  'passport/your-customer/reflect.html', 'service-desk/policies.html',
];
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const NEVER_INCOMPLETE = ['aria-valid-attr-value', 'duplicate-id-aria'];
/* `video-caption` is always incomplete over file://, where no <track> loads; that captions are there is asked below. */

async function axe(page) {
  await page.evaluate(fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const result = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
  const bad = [...result.violations, ...result.incomplete.filter((rule) => NEVER_INCOMPLETE.includes(rule.id))];
  return bad.map((rule) => `${rule.id}: ${rule.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')}`);
}

/* Runs in the page: the lowest contrast of any visible control's border with what surrounds it. */
function borders() {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const luminance = ([r, g, b]) => [r, g, b].map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = rgb(getComputedStyle(at).backgroundColor);
      if (color[3] > 250) return color;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const control of document.querySelectorAll('.choice, input[type=text], textarea, select, button')) {
    const style = getComputedStyle(control);
    const box = control.getBoundingClientRect();
    if (!box.width || style.visibility === 'hidden' || control.disabled || control.ariaDisabled === 'true') continue;
    const outside = ground(control.parentElement), inside = ground(control);
    const side = ['Top', 'Bottom'].find((name) => parseFloat(style[`border${name}Width`]) > 0);    /* a word of a text is underlined */
    const border = side ? rgb(style[`border${side}Color`]) : null;
    const best = Math.max(border && border[3] ? contrast(border, outside) : 0, contrast(inside, outside));
    if (best < 3 && !control.matches('[class*=quiet]')) found.push(`${control.tagName}.${control.className} ${best.toFixed(2)}`);
  }
  return [...new Set(found)];
}

/* Tab through the page: each stop shows a ring and is not hidden under anything. */
async function walk(page, most) {
  const bad = [];
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
      const y = Math.min(Math.max(box.top + Math.min(box.height, 40) / 2, 0), innerHeight - 1);
      const top = document.elementFromPoint(x, y);
      const around = element.closest('.choice, label') || element;
      const holders = [element, element.parentElement, element.closest('.choice'), element.closest('[class*=card]')].filter(Boolean);
      const ring = (one) => { const s = getComputedStyle(one); return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'; };
      return {
        name: `${element.tagName}.${element.className} ${(element.textContent || '').trim().slice(0, 20)}`,
        hasRing: holders.some(ring) || style.outlineStyle === 'auto' || element.tagName === 'VIDEO',
        isCovered: top && !element.contains(top) && !top.contains(element) && !around.contains(top),
        isOutside: box.bottom < 0 || box.top > innerHeight,
      };
    });
    if (!stop) break;
    if (!stop.hasRing) bad.push(`no ring: ${stop.name}`);
    if (stop.isCovered || stop.isOutside) bad.push(`hidden: ${stop.name}`);
  }
  return bad;
}

module.exports = async function access({ report, open, pages }) {
  for (const name of KINDS) {
    for (const [how, options] of [['light', {}], ['dark', { scheme: 'dark' }], ['at 320 px', { width: 320, height: 640 }]]) {
      const page = await open(name, options);
      const found = await axe(page);
      report(found.length === 0, `axe has nothing to say of ${name}, ${how}`, found.join('\n'));
      const faint = await page.evaluate(borders);
      report(faint.length === 0, `borders of controls stand out 3:1 on ${name}, ${how}`, faint.join('\n'));
      await page.close_();
    }
    const page = await open(name);
    const mute = await page.evaluate(() => [...document.querySelectorAll('video')].filter((video) => !video.querySelector('track[kind=captions]')).length);
    report(mute === 0, `every video has captions on ${name}`);
    const bad = await walk(page, 40);
    report(bad.length === 0, `focus is seen all along ${name}`, bad.join('\n'));
    await page.close_();
  }
  const small = await open(pages[0], { width: 320, height: 640 });
  for (const name of pages) {
    const page = await open(name, { context: small.context() });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    report(wide <= 320, `nothing scrolls sideways on ${name} at 320 px`, wide);
    const tiny = await page.evaluate(() => [...document.querySelectorAll('button, select, input:not([type=hidden]), summary')]
      .map((one) => [one, (one.closest('label, .choice') || one).getBoundingClientRect()])
      .filter(([, box]) => box.width && Math.min(box.width, box.height) < 24).map(([one]) => one.outerHTML.slice(0, 80)));
    report(tiny.length === 0, `targets are large enough on ${name}`, tiny.join('\n'));
    const spaced = await page.evaluate(() => {
      /* WCAG 1.4.12, set from the script, which the page's policy allows */
      for (const one of document.querySelectorAll('*')) Object.assign(one.style, { lineHeight: '1.5', letterSpacing: '0.12em', wordSpacing: '0.16em' });
      const cut = [...document.querySelectorAll('main p, main li, main button, main label, main h1, main h2, main h3')].filter((one) =>
        getComputedStyle(one).overflow === 'hidden' && one.scrollHeight > one.clientHeight + 2 && one.clientHeight > 1);
      return { wide: document.documentElement.scrollWidth, cut: cut.map((one) => one.textContent.slice(0, 30)) };
    });
    report(spaced.wide <= 320 && spaced.cut.length === 0, `nothing is cut off on ${name} when text is spaced out`, JSON.stringify(spaced));
    await page.close_();
  }
  await small.close_();
  const rtl = await open('passport/your-customer/learn.html', { width: 360 });
  await rtl.evaluate(() => { document.documentElement.dir = 'rtl'; });
  report(await rtl.evaluate(() => document.documentElement.scrollWidth) <= 360, 'right to left nothing scrolls sideways');
  await rtl.close_();
};

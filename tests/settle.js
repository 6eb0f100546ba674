/* settle: wait until a page has shown what it was given, and then for some milliseconds of its own.
 * The page's timers are waited for in the page: on a busy machine its clock begins late, with its first
 * frame, and a wait that is counted out here would be over before it. */
'use strict';

function inPage(milliseconds) {
  const wait = (most) => new Promise((done) => { setTimeout(done, most); });
  const frame = () => Promise.race([wait(1000), new Promise((done) => { requestAnimationFrame(done); })]);
  return frame().then(frame).then(() => wait(milliseconds)).then(frame);
}

/* @param {import('playwright-core').Page} page
 * @param {number} [milliseconds]  how long what is waited for takes at most, on a machine at rest */
module.exports = async function settle(page, milliseconds = 150) {
  for (;;) {
    await page.waitForLoadState();
    try {
      await page.evaluate(inPage, milliseconds);
      return;
    } catch (error) {
      if (!/context was destroyed|navigation/i.test(error.message)) throw error; /* it went elsewhere; wait there */
    }
  }
};

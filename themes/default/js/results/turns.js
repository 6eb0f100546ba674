/* turns: long work is done in portions, between which the page answers. */
lectern.turns = (() => {
  const portion_ms = 25;
  const { port1: ours, port2: theirs } = new MessageChannel();
  const waiting = [];
  ours.onmessage = () => waiting.shift()();
  let since = 0;

  /* To be awaited often: it lets the browser do something else once a portion is full.  A message comes back
   * sooner than a timer, and also where the page is not looked at. */
  async function pause() {
    if (performance.now() - since < portion_ms) return;
    await new Promise((done) => {
      waiting.push(done);
      theirs.postMessage(null);
    });
    since = performance.now();
  }

  return { pause };
})();

/* intake: whatever is dropped or chosen, file by file: folders and archives are opened, what is no record is
 * named with the reason.  Nothing is sent anywhere. */
lectern.intake = (() => {
  const { kept, zip } = lectern;
  const most = { files: 20000, depth: 20, record: 5e6, codes: 5e6, table: 5e6, together: 100, bytes: 20e6 };

  /* A moment for the browser, so that the page can be used in between; about forty times a second. */
  let since = 0;
  async function pause() {
    const now = performance.now();
    if (now - since < 24) return;
    await new Promise((done) => setTimeout(done));
    since = performance.now();
  }

  const nameOf = (name) => kept.line(name) || '?';
  const kindOf = (name) => ({ html: 'record', htm: 'record', txt: 'codes', csv: 'table', zip: 'zip' })[/\.(\w+)$/.exec(name)?.[1].toLowerCase()];
  const textOf = (bytes) => new TextDecoder().decode(bytes);

  /* Every file below what was dropped: { name, file }. */
  async function* below(entry, depth = 0) {
    if (entry.isFile) {
      const file = await new Promise((done) => entry.file(done, () => done(null)));
      yield { name: entry.fullPath.slice(1), file };
    } else if (entry.isDirectory && depth < most.depth) {
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((done) => reader.readEntries(done, () => done([])));
        if (!some.length) return;
        for (const one of some) yield* below(one, depth + 1);
      }
    }
  }

  /* What was dropped has to be asked for at once; it is looked through later. */
  function dropped(transfer) {
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const files = [...transfer.files];
    return (async function* all() {
      if (!entries.length) yield* files.map((file) => ({ name: file.name, file }));
      for (const entry of entries) yield* below(entry);
    })();
  }
  const chosen = (files) => [...files].map((file) => ({ name: file.webkitRelativePath || file.name, file }));

  /* One file in an archive. */
  async function packed(name, { reason, size, read }) {
    const kind = kindOf(name);
    if (reason) return { name, reason };
    if (kind === 'zip') return { name, reason: 'zip-nested' };
    if (!kind) return { name, reason: 'none' };
    if (size > most[kind]) return { name, reason: 'large' };
    const bytes = await read();
    return bytes ? { name, kind, text: textOf(bytes) } : { name, reason: 'damaged' };
  }

  async function* unpacked(name, file) {
    if (file.size > zip.most.archive) return yield { name, reason: 'zip-large' };
    const bytes = await file.arrayBuffer().then((buffer) => new Uint8Array(buffer), () => new Uint8Array());
    const { files, reason } = zip.open(bytes);
    if (reason) return yield { name, reason };
    for (const one of files) {
      yield packed(`${name}: ${nameOf(one.name)}`, one);
      await pause();
    }
  }

  /* Many files are read as one, which is much faster than one by one; if one of them cannot be read, singly. */
  async function* together(some) {
    const whole = await new Blob(some.map(({ file }) => file)).arrayBuffer().catch(() => null);
    let at = 0;
    for (const { name, kind, file } of some) {
      if (whole) yield { name, kind, text: textOf(new Uint8Array(whole, at, file.size)) };
      else yield file.text().then((text) => ({ name, kind, text }), () => ({ name, reason: 'damaged' }));
      at += file.size;
      await pause();
    }
  }

  /* What is in each file: { name, kind, text }, `kind` being `record`, `codes` or `table`; or { name, reason }.
   * `files` is a list of { name, file }, or whatever else can be gone through. */
  async function* read(files) {
    let count = 0;
    let waiting = [];
    let bytes = 0;
    for await (const { name: given, file } of files) {
      const name = nameOf(given);
      const kind = kindOf(name);
      if (/(^|\/)\.[^/]*$/.test(name)) continue; /* what systems put into folders by themselves */
      if (++count > most.files) {
        yield { name, reason: 'many' };
        break;
      }
      if (!file || !kind) yield { name, reason: 'none' };
      else if (kind === 'zip') yield* unpacked(name, file);
      else if (file.size > most[kind]) yield { name, reason: 'large' };
      else bytes += waiting.push({ name, kind, file }) && file.size;
      if (waiting.length >= most.together || bytes > most.bytes) {
        yield* together(waiting);
        [waiting, bytes] = [[], 0];
      }
      await pause();
    }
    yield* together(waiting);
  }

  return { read, dropped, chosen, pause };
})();

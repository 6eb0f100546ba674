/* intake: whatever is dropped or chosen, file by file: folders and archives are opened, what is no record is
 * named with the reason.  Nothing is sent anywhere. */
lectern.intake = (() => {
  const { kept, zip } = lectern;
  const { pause } = lectern.turns;
  const most = { files: 20000, depth: 20, record: 5e6, codes: 5e6, table: 5e6, ahead: 32 };

  const nameOf = (name) => kept.line(name) || '?';
  const kindOf = (name) => ({ html: 'record', htm: 'record', txt: 'codes', csv: 'table', zip: 'zip' })[/\.(\w+)$/.exec(name)?.[1].toLowerCase()];
  const decoder = new TextDecoder();
  const textOf = (bytes) => decoder.decode(bytes);

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

  /* What is in a file: { bytes }, or { reason } when there is more than `limit` or it cannot be read.  The reader
   * knows the size before it reads; to ask the file for it would keep the page waiting for the disk. */
  function contentOf(file, limit) {
    return new Promise((done) => {
      const reader = new FileReader();
      let isLarge = false;
      reader.onloadstart = ({ total }) => {
        isLarge = total > limit;
        if (isLarge) reader.abort();
      };
      reader.onloadend = () => {
        const bytes = reader.result && new Uint8Array(reader.result);
        if (isLarge || bytes?.length > limit) done({ reason: 'large' });
        else done(bytes ? { bytes } : { reason: 'damaged' });
      };
      reader.readAsArrayBuffer(file);
    });
  }

  async function whole(name, kind, file) {
    const { bytes, reason } = await contentOf(file, most[kind]);
    return reason ? { name, reason } : { name, kind, text: textOf(bytes) };
  }

  /* One file in an archive. */
  async function packed(name, { reason, size, read: unpack }) {
    const kind = kindOf(name);
    if (reason) return { name, reason };
    if (kind === 'zip') return { name, reason: 'zip-nested' };
    if (!kind) return { name, reason: 'none' };
    if (size > most[kind]) return { name, reason: 'large' };
    const bytes = await unpack();
    return bytes ? { name, kind, text: textOf(bytes) } : { name, reason: 'damaged' };
  }

  async function* unpacked(name, file) {
    const { bytes, reason: unread } = await contentOf(file, zip.most.archive);
    const { files = [], reason } = unread ? { reason: `zip-${unread}` } : zip.open(bytes);
    if (reason) yield () => ({ name, reason });
    for (const one of files) yield () => packed(`${name}: ${nameOf(one.name)}`, one);
  }

  /* For each file a function that begins to read it. */
  async function* listed(files) {
    let count = 0;
    for await (const { name: given, file } of files) {
      const name = nameOf(given);
      const kind = kindOf(name);
      if (/(^|\/)\.[^/]*$/.test(name)) continue; /* what systems put into folders by themselves */
      if (++count > most.files) {
        yield () => ({ name, reason: 'many' });
        return;
      }
      if (!file || !kind) yield () => ({ name, reason: 'none' });
      else if (kind === 'zip') yield* unpacked(name, file);
      else yield () => whole(name, kind, file);
    }
  }

  /* What is in each file: { name, kind, text }, `kind` being `record`, `codes` or `table`; or { name, reason }.
   * `files` is a list of { name, file }, or whatever else can be gone through; their order is kept, and some are
   * read ahead while others are worked on. */
  async function* read(files) {
    const ahead = [];
    for await (const begin of listed(files)) {
      if (ahead.push(begin()) > most.ahead) yield ahead.shift();
      await pause();
    }
    for (const one of ahead) {
      yield one;
      await pause();
    }
  }

  return { read, dropped, chosen };
})();

/* zip: the files in a zip archive (PKWARE's APPNOTE.TXT), as folders of a learning platform are downloaded.
 * Only what such archives need: files that are stored or deflated.  The archive is foreign input: how much
 * comes out of it is known, and limited, before anything is inflated. */
lectern.zip = (() => {
  const most = { archive: 200e6, files: 5000, each: 5e6, all: 500e6 };
  const endMark = 0x06054b50;
  const entryMark = 0x02014b50;
  const localMark = 0x04034b50;
  const stored = 0;
  const deflated = 8;

  /* Where the directory's end record stands: behind it there may be a comment. */
  function endOf(view) {
    for (let at = view.byteLength - 22; at >= 0 && at >= view.byteLength - 22 - 65535; at--) {
      if (view.getUint32(at, true) === endMark) return at;
    }
    return -1;
  }

  /* The entries of the directory, as they stand there; null when they make no sense. */
  function directoryOf(view, end) {
    const count = view.getUint16(end + 10, true);
    const entries = [];
    for (let at = view.getUint32(end + 16, true); entries.length < count;) {
      if (at + 46 > end || view.getUint32(at, true) !== entryMark) return null;
      const [nameLength, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
      if (at + 46 + nameLength > end) return null;
      entries.push({
        flags: view.getUint16(at + 8, true),
        method: view.getUint16(at + 10, true),
        packed: view.getUint32(at + 20, true),
        size: view.getUint32(at + 24, true),
        at: view.getUint32(at + 42, true),
        name: new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength)),
      });
      at += 46 + nameLength + extra + comment;
    }
    return entries;
  }

  /* The bytes of an entry as they are packed; null when it points elsewhere. */
  function packedBytes(view, { at, packed }) {
    if (at + 30 > view.byteLength || view.getUint32(at, true) !== localMark) return null;
    const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    return from + packed > view.byteLength ? null : new Uint8Array(view.buffer, view.byteOffset + from, packed);
  }

  /* No more than `size` bytes are ever made; null when there are more, fewer, or they are damaged. */
  async function inflated(bytes, size) {
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    const whole = new Uint8Array(size);
    let length = 0;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return length === size ? whole : null;
        if (length + value.length > size) {
          reader.cancel().catch(() => {});
          return null;
        }
        whole.set(value, length);
        length += value.length;
      }
    } catch {
      return null;
    }
  }

  /* Why one of its files is not read; undefined when it is. */
  function refusal({ flags, method, size }) {
    if (flags & 1) return 'encrypted';
    if (method !== stored && method !== deflated) return 'method';
    return size > most.each ? 'large' : undefined;
  }

  const isFile = ({ name }) => !name.endsWith('/') && !/(^|\/)(__MACOSX\/|\.[^./])/.test(name);

  /* The files in an archive, a Uint8Array: { files: [{ name, reason } or { name, size, read }] }, where
   * `read()` promises the bytes, or null when they are damaged; or { reason }: 'zip-damaged', 'zip-large'
   * (too much in it), 'zip64'. */
  function open(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const end = bytes.length < 22 ? -1 : endOf(view);
    if (end < 0) return { reason: 'zip-damaged' };
    if (view.getUint16(end + 10, true) === 0xffff || view.getUint32(end + 16, true) === 0xffffffff) return { reason: 'zip64' };
    const entries = directoryOf(view, end)?.filter(isFile);
    if (!entries) return { reason: 'zip-damaged' };
    const sum = (part) => entries.reduce((all, entry) => all + entry[part], 0);
    if (entries.length > most.files || sum('size') > most.all || sum('packed') > bytes.length) return { reason: 'zip-large' };
    return { files: entries.map((entry) => {
      const { name, size, method } = entry;
      const reason = refusal(entry);
      if (reason) return { name, reason };
      const packed = packedBytes(view, entry);
      const read = async () => (method === deflated ? packed && inflated(packed, size) : packed?.length === size ? packed : null);
      return { name, size, read };
    }) };
  }

  return { open, most };
})();

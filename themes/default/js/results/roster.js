/* roster: who should hand something in, from a spreadsheet, and whose record is whose.  Plain functions that
 * touch no page. */
lectern.roster = (() => {
  const { table, kept: { line } } = lectern;
  const parts = ['name', 'first', 'last', 'email', 'group', 'paper'];

  /* A name as it is compared: without case, accents, punctuation, and `Weber, Ana` as `Ana Weber`. */
  function key(name) {
    const [last, first, ...more] = name.split(',');
    const turned = first?.trim() && !more.length ? `${first} ${last}` : name;
    return turned.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss').replace(/ø/g, 'o').replace(/ł/g, 'l')
      .replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  }

  /* Which column is what, by the words in its first row: { name: 0, ... }; null when it is no such row. */
  function columnsOf(row, heads) {
    const found = {};
    const plain = (text) => text.toLowerCase().replace(/[^\p{L}]+/gu, '');
    row.forEach((cell, i) => {
      const part = parts.find((one) => heads[one].split('|').some((word) => plain(word) === plain(cell)));
      if (part && found[part] === undefined) found[part] = i;
    });
    return found.name !== undefined || found.last !== undefined || found.first !== undefined || found.email !== undefined ? found : null;
  }

  /* Without such a row: what has an @ is the address, what comes first of the rest the name. */
  function guessed(rows) {
    const email = rows[0].findIndex((cell) => cell.includes('@'));
    const others = rows[0].map((_, i) => i).filter((i) => i !== email);
    return { name: others[0] ?? email, ...(email >= 0 && { email }), ...(others[1] !== undefined && { group: others[1] }) };
  }

  /* The people in a table: [{ name, email, group, paper }], each once.  `heads` are the words for its columns
   * by { name, first, last, email, group, paper }, with `|` between them. */
  function read(text, heads) {
    const rows = table.read(text);
    if (!rows.length) return [];
    const named = columnsOf(rows[0], heads);
    const columns = named ?? guessed(rows);
    const known = new Set();
    const cell = (row, part) => line(row[columns[part]]) ?? '';
    return rows.slice(named ? 1 : 0).map((row) => ({
      name: cell(row, 'name') || [cell(row, 'first'), cell(row, 'last')].filter(Boolean).join(' ') || cell(row, 'email'),
      email: cell(row, 'email').replace(/^mailto:/i, ''),
      group: cell(row, 'group'),
      paper: /^(?!(0|no|n|false|-|–)$)\S/i.test(cell(row, 'paper')),
    })).filter((person) => {
      const one = `${key(person.name)}\n${person.email.toLowerCase()}`;
      const isNew = Boolean(key(person.name) || person.email) && !known.has(one);
      known.add(one);
      return isNew;
    });
  }

  /* Who of the roster somebody is, by an address or the name; of several of that name nobody.  `finder(people)`
   * gives a function of { name, texts }, `texts` being all that stands at the top of a sheet. */
  function finder(people) {
    const byName = new Map();
    const byEmail = new Map();
    for (const person of people) {
      const name = key(person.name);
      if (name) byName.set(name, byName.has(name) ? null : person);
      if (person.email) byEmail.set(person.email.toLowerCase(), person);
    }
    return ({ name, texts = [] }) => texts.map((text) => byEmail.get(text.trim().toLowerCase())).find(Boolean)
      ?? byName.get(key(name)) ?? undefined;
  }

  return { read, key, finder };
})();

/* table: comma-separated values (RFC 4180), read as spreadsheets write them, and written so that no cell is
 * a formula.  Plain functions that touch no page. */
lectern.table = (() => {
  const most = { rows: 20000, cells: 200, characters: 2000 };

  /* What parts the cells: whichever of these there is most of in the first line. */
  function separatorOf(text) {
    const [first] = text.replace(/"[^"]*"/g, '').split(/\r?\n/, 1);
    const count = (sign) => first.split(sign).length;
    return [',', ';', '\t'].reduce((one, other) => (count(other) > count(one) ? other : one));
  }

  /* A text as rows of cells; a mark of the byte order, `sep=;` and empty lines are left out. */
  function read(text) {
    let rest = text.replace(/^\ufeff/, '');
    const declared = /^sep=(.)\r?\n/.exec(rest);
    if (declared) rest = rest.slice(declared[0].length);
    const separator = declared?.[1] ?? separatorOf(rest);
    const rows = [];
    let row = [];
    let cell = '';
    let isQuoted = false;
    const endCell = () => { if (row.push(cell.slice(0, most.characters).trim()) > most.cells) row.pop(); cell = ''; };
    const endRow = () => { endCell(); if (row.some(Boolean)) rows.push(row); row = []; };
    for (let i = 0; i < rest.length && rows.length < most.rows; i++) {
      const sign = rest[i];
      if (isQuoted && sign === '"' && rest[i + 1] === '"') cell += rest[++i];
      else if (sign === '"' && (isQuoted || !cell.trim())) isQuoted = !isQuoted;
      else if (isQuoted) cell += sign;
      else if (sign === separator) endCell();
      else if (sign === '\n') endRow();
      else if (sign !== '\r') cell += sign;
    }
    if (cell || row.length) endRow();
    return rows;
  }

  /* As csv() of plugins does it: what a spreadsheet would take for a formula begins with an apostrophe. */
  function cellOf(value) {
    if (value === null || value === undefined) return '';
    if (typeof value === 'number') return String(value);
    const isFormula = /^[=+\-@\t\r]/.test(value);
    const text = `${isFormula ? "'" : ''}${value.replaceAll('"', '""')}`;
    return isFormula || /[,"\r\n]/.test(value) ? `"${text}"` : text;
  }

  /* Rows of texts, numbers and nulls as a text. */
  const write = (rows) => rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');

  return { read, write };
})();

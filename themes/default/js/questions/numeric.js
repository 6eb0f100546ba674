/* numeric: a number, right within a tolerance or a range.  Numbers are compared as decimal fractions,
 * { digits, places } for digits / 10^places, so that 0.2 is within 0.1 of 0.3. */
{
  const { accepting, word } = lectern;

  /* `12.50`, `-3`, `1e-7` as JavaScript writes numbers; null when it is none. */
  function decimal(text) {
    const parts = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d{1,3}))?$/i.exec(text);
    if (!parts || text.length > 100 || !(parts[2] || parts[3])) return null;
    const [, sign, whole, fraction, exponent = 0] = parts;
    const places = fraction.length - exponent;
    const digits = BigInt(whole + fraction) * (places < 0 ? 10n ** BigInt(-places) : 1n);
    return { digits: sign === '-' ? -digits : digits, places: Math.max(0, places) };
  }

  const scaled = ({ digits, places }, to) => digits * 10n ** BigInt(to - places);
  function compare(one, other) {
    const places = Math.max(one.places, other.places);
    const difference = scaled(one, places) - scaled(other, places);
    return difference < 0n ? -1 : Number(difference > 0n);
  }

  const isDecimalComma = (language) => {
    try { return new Intl.NumberFormat(language).format(1.5).includes(','); } catch { return false; }
  };

  /* A text in one form, in small letters; a raised digit is a power, and not one more of those before it. */
  const flat = (text) => text.replace(/(?<=\p{Nd})[²³¹⁰-₎]/gu, '^$&').normalize('NFKC')
    .replace(/\p{Cf}/gu, '').replace(/[−–‐]/g, '-').toLowerCase().trim();

  /* A number as people type it: comma or point by the language, digits in groups, Unicode's minus, with
   * or without the unit.  A sign that cannot group is taken for the decimal one. */
  function typed(text, { unit = '', language } = {}) {
    if (typeof text !== 'string' || text.length > 100) return null;
    let rest = flat(text);
    const name = flat(unit);
    const at = rest.indexOf(name);
    if (rest.endsWith(name)) rest = rest.slice(0, rest.length - name.length);
    else if (at >= 0 && /^[+-]?$/.test(rest.slice(0, at))) rest = rest.slice(0, at) + rest.slice(at + name.length);
    const [point, group] = isDecimalComma(language) ? [',', '.'] : ['.', ','];
    const blank = new RegExp(`(?<=(?<![\\d${group}])\\d{1,3})[\\s'’٬](?=\\d{3}(?!\\d))`, 'g');
    rest = rest.replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15).replace(/٫/g, point)
      .replace(blank, '').replace(/^([+-])\s+/, '$1').trim();
    const grouped = new RegExp(`^[+-]?[1-9]\\d{0,2}(\\${group}\\d{3})+(\\${point}\\d*)?$`);
    if (grouped.test(rest)) rest = rest.replaceAll(group, '');
    else if (!rest.includes(point)) rest = rest.replace(group, point);
    return /e/.test(rest) ? null : decimal(rest.replace(point, '.'));
  }

  function isRight(answer, key) {
    const number = typed(answer, key);
    if (!number) return false;
    const isFrom = (low) => compare(number, low) >= 0;
    const isTo = (high) => compare(number, high) <= 0;
    if (key.min != null) return isFrom(decimal(key.min)) && isTo(decimal(key.max));
    const value = decimal(key.value);
    const width = decimal(key.tolerance);
    /* a percentage of the value: their product, two places on */
    const by = key.percent
      ? { digits: (value.digits < 0n ? -value.digits : value.digits) * width.digits, places: value.places + width.places + 2 }
      : width;
    const places = Math.max(value.places, by.places);
    const [middle, room] = [scaled(value, places), scaled(by, places)];
    return isFrom({ digits: middle - room, places }) && isTo({ digits: middle + room, places });
  }

  function shown({ value, min, max, unit, language }) {
    const local = (text) => {
      try { return new Intl.NumberFormat(language, { maximumSignificantDigits: 17 }).format(Number(text)); } catch { return text; }
    };
    return `${value != null ? local(value) : `${local(min)} – ${local(max)}`}${unit ? ` ${unit}` : ''}`;
  }

  lectern.question('numeric', {
    ...accepting.line,

    /* What is no number is no try either. */
    fault: (answer, key) => (typed(answer, key) ? '' : word('not-a-number', { example: 3.5 })),

    mark(box, answer, { key }, isFinal) {
      const right = isRight(answer, key);
      accepting.line.show(box, right, null, isFinal && !right && shown(key));
    },

    score: (answer, key) => ({ right: isRight(answer, key) ? 1 : 0, of: 1 }),
  });
}

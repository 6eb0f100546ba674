/* record-page: the record as it is read and printed: who, what was done when, results, answers, texts.
 * It is made as text, since it is a page of its own and no part of this one. */
lectern.recordPage = (() => {
  const { kept, word, code: { best } } = lectern;
  const signs = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  const escape = (text) => String(text).replace(/[&<>"]/g, (sign) => signs[sign]);
  const style = `:root{color-scheme:light dark}
body{max-width:44rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 sans-serif;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 1rem}
h2{margin:2.5rem 0 .5rem;font-size:1.25rem;border-bottom:2px solid;break-after:avoid}
h3{margin:1.25rem 0 .25rem;font-size:1rem;break-after:avoid}
p{margin:.25rem 0}
table{width:100%;margin:1.5rem 0;border-collapse:collapse}
th,td{padding:.35rem .5rem;text-align:start;vertical-align:top;border-bottom:1px solid}
.text{min-height:1.5rem;padding:.5rem;border:1px solid;white-space:pre-wrap}
.small{font-size:.9rem;font-weight:400}
footer{margin-top:2.5rem}
@media print{body{max-width:none;margin:0}tr{break-inside:avoid}}`;

  const formatted = (options) => (iso) => new Intl.DateTimeFormat(lectern.language, options).format(new Date(iso));
  const day = formatted({ dateStyle: 'long' });
  const moment = formatted({ dateStyle: 'long', timeStyle: 'short' });
  const line = (text, className = '') => `<p dir="auto"${className && ` class="${className}"`}>${escape(text)}</p>`;
  const titled = (label, text) => `<h3 dir="auto">${escape(label)}</h3>\n${line(text, 'text')}`;

  const result = ({ right, of, percent }) => (right === undefined ? word('record-handed-in') : word('record-points', { right, of, percent }));

  /* What is said of a page in one row of the table. */
  function row(key, { title = key, module, state, on, paper, attempts }) {
    const attempt = best(attempts);
    const cells = [state === 'done' ? (on ? day(on) : word('done')) : word(state === 'half' ? 'half' : 'none'),
      [attempt && result(attempt), paper && word('record-paper')].filter(Boolean).join('. ')];
    const part = module ? `<br><span class="small">${escape(module)}</span>` : '';
    return `<tr><th scope="row" dir="auto">${escape(title)}${part}</th>${cells.map((text) => `<td dir="auto">${escape(text)}</td>`).join('')}</tr>`;
  }
  const table = (rows) => `<table>\n<thead><tr>${['page', 'on', 'result'].map((key) => `<th scope="col">${escape(word(`record-${key}`))}</th>`).join('')}</tr></thead>
<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`;

  const attemptLine = (attempt, i) => line([word('record-attempt', { number: i + 1, result: attempt.ended ? result(attempt) : '' }).replace(/[: ]+$/, ''),
    attempt.ended ? word('record-times', { started: moment(attempt.started), ended: moment(attempt.ended) })
      : word('record-begun', { started: moment(attempt.started) })].join('. '), 'small');

  function section(key, page) {
    const { title = key, attempts = [], answers = {}, texts = {}, ticks = {}, labels = {} } = page;
    const given = Object.values(answers).filter(({ text }) => text).map(({ label = '', text }) => titled(label, text));
    const written = Object.entries(texts).filter(([, text]) => text.trim()).map(([id, text]) => titled(labels[id] ?? word('stray'), text));
    const ticked = Object.entries(ticks).filter(([id]) => labels[id]).map(([id, isTicked]) => line(`${isTicked ? '☑' : '☐'} ${labels[id]}`));
    const parts = [...attempts.map(attemptLine), ...given, ...written, ...ticked, ...(page.paper ? [line(`☑ ${word('record-paper')}`)] : [])];
    return parts.length ? `<h2 dir="auto">${escape(title)}</h2>\n${parts.join('\n')}` : '';
  }

  /* The file, of the data of a record. */
  return (data) => {
    const { lang, dir } = document.documentElement;
    const pages = Object.entries(data.pages);
    const name = kept.line(data.name);
    const alone = pages.length === 1 ? pages[0][1].title : '';
    const heading = alone || data.courseTitle;
    const facts = [...(alone ? [[word('record-course'), data.courseTitle]] : []), ...Object.entries(data.header.texts).filter(([, text]) => text),
      [word('record-saved'), moment(data.saved)]];
    return `<!DOCTYPE html>
<html lang="${escape(lang)}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${escape([heading, name].filter(Boolean).join(' - '))}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1 dir="auto">${escape(heading)}</h1>
${facts.map(([label, text]) => `<p dir="auto"><b>${escape(label)}:</b> ${escape(text)}</p>`).join('\n')}
${table(pages.map(([key, page]) => row(key, page)))}
${pages.map(([key, page]) => section(key, page)).filter(Boolean).join('\n')}
</main>
<footer>${line(word('record-about'), 'small')}</footer>
<script type="application/json" id="lectern-record">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>
</body>
</html>
`;
  };
})();

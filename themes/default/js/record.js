/* record: a learner's work as a file.  It is a page to read, print and send anywhere, runs nothing, and
 * holds its own data for being opened again.  That is foreign input: of the file nothing but the data is
 * looked at, and each value is checked. */
lectern.record = (() => {
  const { page: here, store, word, find } = lectern;
  const version = 1;
  const course = here.course ?? '';
  const courseTitle = (find('.course-home') ?? find('.brand-title')).textContent;

  const signs = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  const escape = (text) => text.replace(/[&<>"]/g, (sign) => signs[sign]);
  const style = `:root{color-scheme:light dark}
body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 sans-serif;overflow-wrap:anywhere}
h3{margin:1.5rem 0 .25rem;font-size:1rem;break-after:avoid}
.text{min-height:2.5rem;margin:0;padding:.5rem;border:1px solid;white-space:pre-wrap}
@media print{body{max-width:none;margin:0}}`;

  const entry = ({ label, text, isTicked }) => (text === undefined
    ? `<p dir="auto">${isTicked ? '☑' : '☐'} ${escape(label)}</p>`
    : `<h3 dir="auto">${escape(label)}</h3>\n<p class="text" dir="auto">${escape(text)}</p>`);

  /* The file, of { title, facts: [[label, text]], sections: [{ title, entries }], data }.  An entry has a
   * `label` and either what is written, `text`, or `isTicked`. */
  function page({ title, facts, sections, data }) {
    const now = new Date();
    const kept = { lectern: version, kind: 'work', site: here.site, course, courseTitle, saved: now.toISOString(), ...data };
    const saved = new Intl.DateTimeFormat(lectern.language, { dateStyle: 'long', timeStyle: 'short' }).format(now);
    const { lang, dir } = document.documentElement;
    return `<!DOCTYPE html>
<html lang="${escape(lang)}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${escape(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escape(courseTitle)}</h1>
${[...facts, [word('record-saved'), saved]].map(([label, text]) => `<p dir="auto"><b>${escape(label)}:</b> ${escape(text)}</p>`).join('\n')}
${sections.map((one) => `<h2>${escape(one.title)}</h2>\n${one.entries.map(entry).join('\n')}`).join('\n')}
</main>
<script type="application/json" id="lectern-record">${JSON.stringify(kept).replaceAll('<', '\\u003c')}</script>
</body>
</html>
`;
  }

  const only = (value, type) => Object.fromEntries(Object.entries(store.map(value)).filter(([, one]) => typeof one === type));
  /* What was typed and ticked on a page, { texts, ticks, paper }, and nothing else. */
  const work = (value) => ({
    texts: only(store.own(value, 'texts'), 'string'), ticks: only(store.own(value, 'ticks'), 'boolean'), paper: store.own(value, 'paper') === true,
  });

  /* What a file holds, { pages, header }; or { reason }, the words in which it is refused. */
  function read(html) {
    /* Found as text: were the markup parsed, the browser would hold the page's policy against its styles. */
    const block = /<script\b[^>]*\bid="lectern-record"[^>]*>([^<]*)/.exec(html);
    const no = (key, values) => ({ reason: word(`record-${key}`, values) });
    if (!block) return no('none');
    try {
      const data = JSON.parse(block[1]);
      const own = (name) => store.own(data, name);
      if (own('lectern') > version) return no('newer');
      if (own('lectern') !== version || own('kind') !== 'work') return no('none');
      if (own('site') !== here.site) return no('site');
      if (own('course') !== course) return no('other', { course: store.text(own('courseTitle')).slice(0, 100), here: courseTitle });
      const pages = Object.entries(store.map(own('pages'))).map(([key, value]) => [key, work(value)]);
      return { pages: new Map(pages), header: work(own('header')) };
    } catch {
      return no('damaged');
    }
  }

  /* A file name that every system takes. */
  function save(name, html) {
    const safe = name.replace(/[\\/:*?"<>|\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').slice(0, 100).replace(/^[ .]+|[ .]+$/g, '');
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
    link.download = `${safe}.html`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  /* Read a file that somebody chose. */
  async function open(file) {
    if (!/\.html?$/i.test(file.name)) return { reason: word('record-none') };
    if (file.size > 5000000) return { reason: word('record-large') };
    return read(await file.text().catch(() => ''));
  }

  return { page, read, work, save, open };
})();

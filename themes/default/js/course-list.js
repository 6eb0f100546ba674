/* course-list: which page each link of the list leads to, by its key: in `data-page` of pages that have a
 * state, in `data-key` of the others.  A key is the page's address below the folder in which this script
 * lies, unless `data-id` says that it has one of its own. */
{
  const base = new URL('.', document.currentScript.src).href;
  for (const link of lectern.all('.course-list a')) {
    link.dataset['key' in link.dataset ? 'key' : 'page'] = link.dataset.id ?? decodeURIComponent(link.href.slice(base.length));
  }
  for (const part of lectern.all('.course-list [data-module]')) part.dataset.module = lectern.find('.module-link', part).dataset.key;
}

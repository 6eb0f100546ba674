/* html_part: the HTML of a page, made fit to stand beside that of others on one page.
 * What it reads is what our templates wrote, with the author's own HTML in it; anything is let pass. */
#ifndef LECTERN_HTML_PART_H
#define LECTERN_HTML_PART_H

#include "../base/text.h"

/* Where a page stood, and where it is to stand among others: addresses from the site's top. */
typedef struct HtmlPlace {
    Text prefix;      /* of its ids, such as `p1-` */
    Text from, to;
} HtmlPlace;

/* Write `html` to `out`: ids, and whatever refers to them, begin with the prefix; relative URLs lead to the
 * same places from `to` as from `from`; headings are one level lower, as far as there are levels; scripts
 * and data for them are left out. */
void html_as_part(Text html, const HtmlPlace *place, Buffer *out);

#endif

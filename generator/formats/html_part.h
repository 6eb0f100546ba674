/* html_part: the HTML of a page, made fit to stand beside that of others on one page.
 * What it reads is what our templates wrote, with the author's own HTML in it; anything is let pass. */
#ifndef LECTERN_HTML_PART_H
#define LECTERN_HTML_PART_H

#include "../base/text.h"

/* Write `html` to `out`: ids, and whatever refers to them, begin with `prefix`; headings are one level
 * lower, as far as there are levels; scripts and data for them are left out. */
void html_as_part(Text html, Text prefix, Buffer *out);

#endif

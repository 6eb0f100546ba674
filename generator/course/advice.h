/* advice: what a careful editor would say of pages, links, headings and files, and nothing that is wrong.
 * Only `lectern check` asks for it.  Each kind has a name, by which `check` in site.yaml switches it off. */
#ifndef LECTERN_ADVICE_H
#define LECTERN_ADVICE_H

#include "project.h"
#include "../formats/document.h"

/* While a page is parsed: of the link at `index` in a document of it, whose words are in `language`. */
void advice_link(const Project *project, Arena *arena, Diag *diag, const Document *document, uint32_t index, Text language);

/* The same of a heading of `level` behind one of level `before` (the page's title has 1). */
void advice_heading(const Project *project, Diag *diag, Pos pos, uint8_t before, uint8_t level);

/* Of all pages and files, once the site is resolved. */
void advice_site(Project *project);

#endif

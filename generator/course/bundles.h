/* bundles: pages that are made of others: the sheets of a module or a course in one handout; for the
 * facilitator, the agenda of a module; for `lectern print`, all pages of one as a book. */
#ifndef LECTERN_BUNDLES_H
#define LECTERN_BUNDLES_H

#include "project.h"

/* After the site is in order: which bundles there are. */
void bundles_make(Project *project);

/* Is it a page for paper: of such a type, printed and published? */
bool bundles_is_sheet(const Project *project, const Page *page);

/* All pages of the module or course of which `owner` is the page, as a book that is to stand at
 * `address`.  It is no part of the site.  Without parts when nothing in it is printed. */
Bundle bundles_book(Project *project, uint32_t owner, Text address);

/* Its HTML into `html`.  False after reporting. */
bool bundle_render(Project *project, const Bundle *bundle, Arena *arena, Diag *diag, Buffer *html);

#endif

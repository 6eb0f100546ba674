/* pdf: what a PDF that Chromium wrote is looked at and mended for.
 * Everything here is plain text between its compressed streams. */
#ifndef LECTERN_PDF_H
#define LECTERN_PDF_H

#include "../base/text.h"

/* Make the same page give the same bytes each time.  Its dates become the first of January 2000,
 * and the names of table cells, `node00000388`, which Chromium counts from its start on, are
 * counted anew in the same order.  A copy in the arena, of the same length. */
Text pdf_same_each_time(Arena *arena, Text pdf);

/* On which page, from 1, the element with the id `name` stands, to which a link of the document leads;
 * 0 when there is no such link. */
size_t pdf_page_of(Text pdf, Text name);

/* How many pages it has; 0 when that cannot be told. */
size_t pdf_page_count(Text pdf);

#endif

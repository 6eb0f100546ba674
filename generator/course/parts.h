/* parts: pages as they stand among others in a bundle: of their folder, for paper, without what is around a page.
 * A page that is made, and of which a bundle wants a part, gives it at once, as it has been read.  Parts wait in a
 * file without a name, whichever process made them.  One that is not there is made from its source. */
#ifndef LECTERN_PARTS_H
#define LECTERN_PARTS_H

#include "read.h"

/* Before any process starts: let parts wait in a file in `folder`.  Without one, each bundle makes its own. */
void parts_open(Project *project, const char *folder);
void parts_close(Project *project);

/* A bundle that will be made wants those pages, indices in the site. */
void parts_want(Project *project, const PageList *pages);
bool parts_is_wanted(const Project *project, uint32_t page);

/* Make the part of a page that has just been made, and which looked at `notes`, flat; `diag` is where Lua reports.  A
 * part that anything is wrong with is not kept: who wants it makes it again, and says so. */
void parts_keep(Project *project, uint32_t page, const Plugin *type, Text notes, Arena *arena, const Diag *diag);

/* The part of a page into `html`, as HTML on a page at `address`; what it was made from is noted.
 * False after reporting. */
bool parts_take(Project *project, uint32_t page, Arena *arena, Diag *diag, Text *html, Text *address);

#endif

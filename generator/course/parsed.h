/* parsed: pages as they have been read, waiting until the site is known and they are made.
 * Whichever process reads a page puts it aside, and whichever makes it takes it from there, so that a source is read
 * once in a build.  A page that is not there is read again. */
#ifndef LECTERN_PARSED_H
#define LECTERN_PARSED_H

#include "read.h"

/* Before any process starts: let pages wait in a file in `folder`. */
void parsed_open(Project *project, const char *folder);
void parsed_close(Project *project);

/* Put a page aside with which nothing is wrong; for other processes once it has been flushed. */
void parsed_keep(Project *project, const Page *page, Arena *arena, const PageRead *read);
void parsed_flush(Project *project);

/* What was read of the page, into `read`, but for what is only asked when it is checked; false when nothing waits. */
bool parsed_take(Project *project, const Page *page, Arena *arena, PageRead *read);

#endif

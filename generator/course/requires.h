/* requires: what has to be done before a page opens.
 * `requires:` names pages or modules of the same course that come earlier, or says `reading`.  What a
 * page waits for is its `needs`, resolved to pages that count.  A module's own page and course.yaml say
 * it for the pages below them.  Nothing here knows a page type: a quiz is what is done as a quiz is. */
#ifndef LECTERN_REQUIRES_H
#define LECTERN_REQUIRES_H

#include "project.h"

/* Fill `needs` of every page, once pages are in order; report what could never open: circles, later
 * pages, pages of another course, pages that nobody can finish. */
void requires_resolve(Project *project);

#endif

/* resolve: gives order, numbers, previous and next; joins links.  Afterwards the site is complete,
 * and read-only. */
#ifndef LECTERN_RESOLVE_H
#define LECTERN_RESOLVE_H

#include "project.h"

void resolve_site(Project *project);

#endif

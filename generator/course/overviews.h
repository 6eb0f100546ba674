/* overviews: what plugins make of all pages, once these are known and before any is rendered. */
#ifndef LECTERN_OVERVIEWS_H
#define LECTERN_OVERVIEWS_H

#include "project.h"

/* Call each plugin file's `site(site, report)`, in workers as all that plugins do; what it returns is
 * from then on the file's `overview`. */
void overviews_make(Project *project);

#endif

/* bundles: pages that are made of others: the sheets of a module or a course in one handout, and, for
 * the facilitator, the agenda of a module. */
#ifndef LECTERN_BUNDLES_H
#define LECTERN_BUNDLES_H

#include "project.h"

/* After the site is in order: which bundles there are. */
void bundles_make(Project *project);

/* The one of that kind which belongs to a module's or course's page; NULL when there is none. */
const Bundle *bundles_find(const Project *project, BundleKind kind, uint32_t owner);

/* Its HTML into `html`.  False after reporting. */
bool bundle_render(Project *project, const Bundle *bundle, Arena *arena, Diag *diag, Buffer *html);

#endif

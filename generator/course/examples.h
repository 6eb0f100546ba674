/* examples: pages beside the project's own plugins, with what is to become of them.
 * In plugins/examples/NAME/ stand pages (CASE.md or CASE.yaml); beside each the HTML that it becomes as a
 * part of another page (CASE.html), or what is wrong with it (CASE.messages). */
#ifndef LECTERN_EXAMPLES_H
#define LECTERN_EXAMPLES_H

#include "project.h"

/* Make each example and report those that give something else than what stands beside them; where
 * `accepts`, write that in its place.  Gives how many results were written. */
size_t examples_check(Project *project, bool accepts);

#endif

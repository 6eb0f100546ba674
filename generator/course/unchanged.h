/* unchanged: nothing has changed since the last build, found out without reading anything.
 * A build leaves a sum of the names and stamps of all that it could have read, and of the folders it wrote;
 * the next one compares.  Files in a folder that was written are not looked at: who edits them by hand gets
 * them back with `--clean`. */
#ifndef LECTERN_UNCHANGED_H
#define LECTERN_UNCHANGED_H

#include "output.h"

/* What a build could read, summed up before it reads anything. */
typedef struct Inputs {
    Hash sum;
    bool is_settled;    /* no file is so fresh that a later change could leave its stamp as it is */
} Inputs;
Inputs unchanged_inputs(Project *project);

/* Would this build do nothing?  Then what the last one said is in `project->diag`. */
bool unchanged_is(const Output *output, const Inputs *inputs);

/* Once all is written: remember it for the next build. */
void unchanged_remember(const Output *output, const Inputs *inputs);

#endif

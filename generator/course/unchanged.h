/* unchanged: nothing has changed since the last build, found out without reading anything.
 * A build leaves the sum of the names and stamps of all that it could have read, what it said, and the folders it
 * wrote; the next one compares. */
#ifndef LECTERN_UNCHANGED_H
#define LECTERN_UNCHANGED_H

#include "output.h"
#include "tree.h"

/* What a build could read, summed up before it reads anything. */
typedef struct Inputs {
    Hash sum;
    bool is_settled;    /* no file is so fresh that a later change could leave its stamp as it is */
} Inputs;
Inputs unchanged_inputs(const Project *project, const Tree *tree);

/* Recall the folders of the output. */
void unchanged_recall(Output *output);

/* The same.  Would this build do nothing?  Then what the last one said is in `project->diag`. */
bool unchanged_is(Output *output, const Inputs *inputs);

/* Once all is written: remember it for the next build. */
void unchanged_remember(Output *output, const Inputs *inputs);

#endif

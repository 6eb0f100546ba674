/* outputs: files that plugins make from the whole site. */
#ifndef LECTERN_OUTPUTS_H
#define LECTERN_OUTPUTS_H

#include "project.h"

/* Make the outputs of the plugins in `file` and hand each to `take`.  False after reporting. */
bool outputs_make(Project *project, size_t file, Arena *arena, Diag *diag,
                  void (*take)(void *taker, Text address, Text bytes), void *taker);

#endif

/* destination: where a site is published: a folder of this machine, or one of another that is reached by ssh. */
#ifndef LECTERN_DESTINATION_H
#define LECTERN_DESTINATION_H

#include "project.h"

typedef struct Destination {
    Text shown;        /* as people write it, always the same for the same place */
    Text host;         /* `desk@www.example.edu`; "" for a folder of this machine */
    Text folder;       /* on the host below its home, or from `/`; here as it is opened */
} Destination;

/* Read what somebody wrote.  A folder of this machine that does not begin with `/` or `~/` is below `base`.  False when
 * it cannot be meant so: then `problem` and `help` say why, and what would be right. */
bool destination_read(Arena *arena, Text written, Text base, Destination *destination, const char **problem, const char **help);

/* Is a folder of this machine one that a site may be copied to?  Of another machine nothing is known, and it is.
 * False after reporting. */
bool destination_is_safe(Project *project, const Destination *destination);

#endif

/* mend: `check --fix` writes what the kind reading of YAML understood: quotes, and blanks. */
#ifndef LECTERN_MEND_H
#define LECTERN_MEND_H

#include "project.h"

/* How many files of the project were changed. */
size_t mend_project(Project *project);

#endif

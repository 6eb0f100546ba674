/* editions: the keys of all editions of quizzes that were ever built, in `.lectern/editions/`, a JSON file
 * for each, so that last month's record is scored by last month's key.  An edition is named by 16
 * hexadecimal digits, which stand for all by which its answers are scored: docs/reference/record.md. */
#ifndef LECTERN_EDITIONS_H
#define LECTERN_EDITIONS_H

#include "project.h"

/* Keep the key of an edition, if the project is being written, and not for its author's eyes only; a file
 * that holds the same is not touched.  Workers may do so at the same time.  False after reporting. */
bool editions_keep(void *project, Text edition, Text json, Diag *diag);

/* All that are kept: a map from editions to texts in JSON, in the order of their names. */
Value editions_all(void *project, Arena *arena);

/* Stands for all that are kept. */
Hash editions_hash(const Project *project, Arena *arena);

#endif

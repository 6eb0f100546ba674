/* progress: one line on a terminal that says how far a longer work is, and goes when it ends.
 * Quiet for the first half second, and always where standard error is no terminal.  The line is never
 * longer than the terminal is wide, and without colours. */
#ifndef LECTERN_PROGRESS_H
#define LECTERN_PROGRESS_H

#include <stddef.h>

/* From now on; the workers of a build say how far they are by themselves. */
void progress_begin(void);

/* What is being done just now: `doing` in one word or two, `done` of `count`.  A `detail` that names
 * the thing at hand may be NULL. */
void progress_show(const char *doing, size_t done, size_t count, const char *detail);

/* Before anything else is written. */
void progress_end(void);

#endif

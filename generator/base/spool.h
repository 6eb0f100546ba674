/* spool: texts by number that wait for whichever process wants them, in a file without a name.
 * Opened before any process starts; what one puts is there for all of them once it has flushed it.  A text that could not be written, or is
 * longer than 16 MB, is not there, so whoever takes it knows another way to it. */
#ifndef LECTERN_SPOOL_H
#define LECTERN_SPOOL_H

#include "text.h"

typedef struct Spool Spool;

/* Room for `count` texts, whose file is in `folder`; NULL when there can be none.  Lives in `arena` until it is closed. */
Spool *spool_open(Arena *arena, const char *folder, size_t count);
void spool_close(Spool *spool);    /* NULL is none */

void spool_put(Spool *spool, size_t number, Text text);
void spool_flush(Spool *spool);    /* NULL is none */

/* A copy of what was put there last; TEXT_NONE when nothing was, or there is no spool. */
Text spool_take(const Spool *spool, Arena *arena, size_t number);

#endif

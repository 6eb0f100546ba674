/* pool: memory for a library that keeps its own books (Lua) and says how large what it gives back was.
 * Small pieces come from an arena; those given back wait in a list for the next of their size, so that
 * none is ever searched for.  Large ones come from the system and go back to it. */
#ifndef LECTERN_POOL_H
#define LECTERN_POOL_H

#include <stddef.h>

typedef struct Pool Pool;

Pool *pool_open(void);

/* What is large must have been given back. */
void pool_close(Pool *pool);

/* `old` (of `old_size` bytes, or NULL) as `new_size` bytes, in place or moved; a size of 0 gives it
 * back.  NULL says that there is no more. */
void *pool_resize(Pool *pool, void *old, size_t old_size, size_t new_size);

/* How much the small pieces take up, those that wait with them. */
size_t pool_held_bytes(const Pool *pool);

#endif

/* arena: memory with a lifetime.
 * Everything made in an arena lives until the arena is reset or closed; nothing
 * in it is freed singly.  Lectern has two kinds: one for as long as the site
 * lives, and one for as long as the page at hand.  When the system has no
 * memory left the program ends here, with a sentence, so no caller checks. */
#ifndef LECTERN_ARENA_H
#define LECTERN_ARENA_H

#include <stddef.h>

typedef struct Arena Arena;

Arena *arena_open(void);
void arena_close(Arena *arena);

/* Forget everything made in `arena`, and keep its largest chunk for what comes next. */
void arena_reset(Arena *arena);

/* The sentence with which the program ends when there is no memory. */
_Noreturn void arena_out_of_memory(void);

/* `size` bytes, aligned for any type; not cleared. */
void *arena_bytes(Arena *arena, size_t size);

/* `size` bytes, all zero. */
void *arena_zeroed(Arena *arena, size_t size);

/* Make `old` (of `old_size` bytes, the newest or not) `new_size` bytes large; in place when it
 * was the last thing made, else as a copy.  `old` may be NULL.  The new part is not cleared. */
void *arena_resize(Arena *arena, void *old, size_t old_size, size_t new_size);

/* How many bytes the arena holds from the system. */
size_t arena_held_bytes(const Arena *arena);

/* Memory for a library that keeps its own books (Lua): as realloc, but a size of 0 frees, and
 * NULL says that there is no more. */
void *arena_outside_resize(void *old, size_t new_size);

#define ARENA_NEW(arena, Type) ((Type *)arena_zeroed((arena), sizeof(Type)))
#define ARENA_ARRAY(arena, Type, count) ((Type *)arena_zeroed((arena), (count) * sizeof(Type)))

/* Append to a growing array: `list` has fields `items`, `count` and `capacity`.
 * Gives a pointer to the new, uncleared item, valid until the next push. */
#define LIST_PUSH(arena, list)                                                                     \
    ((list)->count == (list)->capacity                                                             \
         ? ((list)->items = list_grow((arena), (list)->items, &(list)->capacity,                   \
                                      sizeof *(list)->items))                                      \
         : NULL,                                                                                   \
     &(list)->items[(list)->count++])

/* Room for `room` items in a list that is still empty, so that nothing is left behind as it grows. */
#define LIST_RESERVE(arena, list, room)                                                            \
    ((list)->items = arena_bytes((arena), (room) * sizeof *(list)->items), (list)->capacity = (room))

/* What LIST_PUSH calls to double a list's room. */
void *list_grow(Arena *arena, void *items, size_t *capacity, size_t item_size);

#endif

/* pool: see pool.h. */
#include "pool.h"

#include "arena.h"

#include <string.h>

enum { STEP_BYTES = 16, LARGEST_PIECE_BYTES = 512 };

typedef struct Piece {
    struct Piece *next;
} Piece;

struct Pool {
    Arena *arena;
    Piece *waiting[LARGEST_PIECE_BYTES / STEP_BYTES + 1];    /* by size, in steps */
};

Pool *pool_open(void)
{
    Arena *arena = arena_open();
    Pool *pool = ARENA_NEW(arena, Pool);
    pool->arena = arena;
    return pool;
}

void pool_close(Pool *pool)
{
    arena_close(pool->arena);
}

static size_t steps_of(size_t size)
{
    return (size + STEP_BYTES - 1) / STEP_BYTES;
}

static void *take(Pool *pool, size_t size)
{
    if (size > LARGEST_PIECE_BYTES)
        return arena_outside_resize(NULL, size);
    const size_t steps = steps_of(size);
    Piece *piece = pool->waiting[steps];
    if (!piece)
        return arena_bytes(pool->arena, steps * STEP_BYTES);
    pool->waiting[steps] = piece->next;
    return piece;
}

static void give_back(Pool *pool, void *old, size_t size)
{
    if (size > LARGEST_PIECE_BYTES) {
        arena_outside_resize(old, 0);
        return;
    }
    Piece *piece = old;
    piece->next = pool->waiting[steps_of(size)];
    pool->waiting[steps_of(size)] = piece;
}

void *pool_resize(Pool *pool, void *old, size_t old_size, size_t new_size)
{
    if (!old)
        return new_size ? take(pool, new_size) : NULL;
    if (old_size > LARGEST_PIECE_BYTES && new_size > LARGEST_PIECE_BYTES)
        return arena_outside_resize(old, new_size);
    void *moved = NULL;
    if (new_size) {
        if (steps_of(new_size) == steps_of(old_size))
            return old;
        moved = take(pool, new_size);
        if (!moved)
            return NULL;
        memcpy(moved, old, old_size < new_size ? old_size : new_size);
    }
    give_back(pool, old, old_size);
    return moved;
}

size_t pool_held_bytes(const Pool *pool)
{
    return arena_held_bytes(pool->arena);
}

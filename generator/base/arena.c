/* arena: see arena.h.  A list of chunks, each twice the size of the one before up to a limit.  What is larger than that
 * limit has a chunk of its own, which can grow without leaving its old self behind. */
#include "arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK_BYTES = 16 * 1024, LARGEST_CHUNK_BYTES = 1024 * 1024 };

typedef struct Chunk {
    struct Chunk *older;
    size_t size;
    size_t used;
    alignas(max_align_t) char bytes[];
} Chunk;

struct Arena {
    Chunk *newest;
    char *last;    /* the newest thing made, which alone can grow in place */
    size_t held;
};

void arena_out_of_memory(void)
{
    fputs("lectern: this machine has no memory left\n", stderr);
    exit(1);
}

static void *must_have(void *memory)
{
    if (!memory)
        arena_out_of_memory();
    return memory;
}

static Chunk *new_chunk(Arena *arena, size_t size, Chunk *older)
{
    Chunk *chunk = must_have(malloc(sizeof(Chunk) + size));
    *chunk = (Chunk){.older = older, .size = size};
    arena->held += size;
    return chunk;
}

static void add_chunk(Arena *arena, size_t least)
{
    size_t size = arena->newest ? arena->newest->size * 2 : FIRST_CHUNK_BYTES;
    if (size > LARGEST_CHUNK_BYTES)
        size = LARGEST_CHUNK_BYTES;
    if (size < least)
        size = least;
    arena->newest = new_chunk(arena, size, arena->newest);
}

/* A chunk for one thing alone, behind the newest, whose room is still good. */
static void *own_chunk(Arena *arena, size_t size)
{
    if (!arena->newest)
        add_chunk(arena, 0);
    Chunk *chunk = new_chunk(arena, size, arena->newest->older);
    chunk->used = size;
    arena->newest->older = chunk;
    return chunk->bytes;
}

static void *resize_own_chunk(Arena *arena, void *old, size_t size)
{
    Chunk **link = &arena->newest;
    while ((*link)->bytes != (char *)old)
        link = &(*link)->older;
    const size_t before = (*link)->size;
    *link = must_have(realloc(*link, sizeof(Chunk) + size));
    (*link)->size = (*link)->used = size;
    arena->held += size - before;
    return (*link)->bytes;
}

Arena *arena_open(void)
{
    return must_have(calloc(1, sizeof(Arena)));
}

static void free_chunks(Chunk *chunk)
{
    while (chunk) {
        Chunk *older = chunk->older;
        free(chunk);
        chunk = older;
    }
}

void arena_close(Arena *arena)
{
    if (!arena)
        return;
    free_chunks(arena->newest);
    free(arena);
}

void arena_reset(Arena *arena)
{
    if (!arena->newest)
        return;
    free_chunks(arena->newest->older);
    arena->newest->older = NULL;
    arena->newest->used = 0;
    arena->last = NULL;
    arena->held = arena->newest->size;
}

static size_t aligned(size_t size)
{
    const size_t step = alignof(max_align_t);
    return (size + step - 1) / step * step;
}

void *arena_bytes(Arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        must_have(NULL);
    const size_t room = aligned(size);
    if (room > LARGEST_CHUNK_BYTES)
        return own_chunk(arena, room);
    if (!arena->newest || arena->newest->size - arena->newest->used < room)
        add_chunk(arena, room);
    Chunk *chunk = arena->newest;
    arena->last = chunk->bytes + chunk->used;
    chunk->used += room;
    return arena->last;
}

void *arena_zeroed(Arena *arena, size_t size)
{
    return memset(arena_bytes(arena, size), 0, size);
}

void *arena_resize(Arena *arena, void *old, size_t old_size, size_t new_size)
{
    if (old && old == arena->last) {
        Chunk *chunk = arena->newest;
        const size_t start = (size_t)(arena->last - chunk->bytes);
        if (aligned(new_size) <= chunk->size - start) {
            chunk->used = start + aligned(new_size);
            return old;
        }
    }
    if (old && aligned(old_size) > LARGEST_CHUNK_BYTES && aligned(new_size) > LARGEST_CHUNK_BYTES)
        return resize_own_chunk(arena, old, aligned(new_size));
    void *moved = arena_bytes(arena, new_size);
    if (old)
        memcpy(moved, old, old_size < new_size ? old_size : new_size);
    return moved;
}

size_t arena_held_bytes(const Arena *arena)
{
    return arena->held;
}

void *arena_outside_resize(void *old, size_t new_size)
{
    if (new_size == 0) {
        free(old);
        return NULL;
    }
    return realloc(old, new_size);
}

void *list_grow(Arena *arena, void *items, size_t *capacity, size_t item_size)
{
    const size_t old = *capacity;
    *capacity = old ? old * 2 : 8;
    return arena_resize(arena, items, old * item_size, *capacity * item_size);
}

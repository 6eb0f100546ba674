/* spool: see spool.h. */
#include "spool.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* A place is where a text begins in the file, plus one, and below that its length; 0 while it is not there. */
enum { LENGTH_BITS = 24, LONGEST_BYTES = (1 << LENGTH_BITS) - 1 };

/* Shared by all processes. */
typedef struct Shared {
    atomic_ullong end;
    atomic_ullong places[];
} Shared;

typedef struct Start {
    size_t number, start;
} Start;

/* What this process has put and not written yet: one text after the other, and where each begins. */
typedef struct Waiting {
    Arena *arena;
    Buffer texts;
    struct { Start *items; size_t count, capacity; } starts;
} Waiting;

struct Spool {
    int file;
    Shared *shared;
    size_t shared_bytes, count;
    Waiting waiting;
};

/* Whole pages of a file are written faster than parts of them. */
enum { WRITE_BYTES = 128 * 1024, PAGE_BYTES = 4096 };

Spool *spool_open(Arena *arena, const char *folder, size_t count)
{
    Spool spool = {.shared_bytes = sizeof(Shared) + count * sizeof(atomic_ullong), .count = count};
    char *name = text_c_string(arena, text_format(arena, "%s/.spool-XXXXXX", folder));
    spool.file = mkostemp(name, O_CLOEXEC);
    if (spool.file < 0)
        return NULL;
    unlink(name);
    spool.shared = mmap(NULL, spool.shared_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (spool.shared == MAP_FAILED) {
        close(spool.file);
        return NULL;
    }
    spool.waiting.arena = arena_open();
    spool.waiting.texts = buffer_new(spool.waiting.arena);
    Spool *opened = ARENA_NEW(arena, Spool);
    *opened = spool;
    return opened;
}

void spool_close(Spool *spool)
{
    if (!spool)
        return;
    munmap(spool->shared, spool->shared_bytes);
    close(spool->file);
    arena_close(spool->waiting.arena);
}

void spool_flush(Spool *spool)
{
    Waiting *waiting = spool ? &spool->waiting : NULL;
    if (!waiting || !waiting->starts.count)
        return;
    const size_t length = waiting->texts.length;
    const size_t start = atomic_fetch_add(&spool->shared->end, (length + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES);
    const bool is_written = pwrite(spool->file, waiting->texts.bytes, length, (off_t)start) == (ssize_t)length;
    for (size_t i = 0; is_written && i < waiting->starts.count; i++) {
        const Start *text = &waiting->starts.items[i];
        const size_t end = i + 1 < waiting->starts.count ? text[1].start : length;
        const unsigned long long place = (start + text->start + 1) << LENGTH_BITS | (end - text->start);
        atomic_store(&spool->shared->places[text->number], place);
    }
    waiting->texts.length = waiting->starts.count = 0;
}

void spool_put(Spool *spool, size_t number, Text text)
{
    Waiting *waiting = &spool->waiting;
    if (number >= spool->count || text.length > LONGEST_BYTES)
        return;
    *LIST_PUSH(waiting->arena, &waiting->starts) = (Start){number, waiting->texts.length};
    buffer_put(&waiting->texts, text);
    if (waiting->texts.length >= WRITE_BYTES)
        spool_flush(spool);
}

Text spool_take(const Spool *spool, Arena *arena, size_t number)
{
    const unsigned long long place = spool && number < spool->count ? atomic_load(&spool->shared->places[number]) : 0;
    if (!place)
        return TEXT_NONE;
    const size_t length = place & LONGEST_BYTES;
    char *bytes = arena_bytes(arena, length + 1);
    const bool is_whole = pread(spool->file, bytes, length, (off_t)((place >> LENGTH_BITS) - 1)) == (ssize_t)length;
    return is_whole ? (Text){bytes, length} : TEXT_NONE;
}

/* spool: see spool.h. */
#include "spool.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* Where a text begins in the file, plus one; 0 while it is not there, and its length is not known.  Nobody takes a text
 * while it is put once more. */
typedef struct Place {
    atomic_ullong start;
    size_t length;
} Place;

/* Shared by all processes. */
typedef struct Shared {
    atomic_ullong end;
    Place places[];
} Shared;

struct Spool {
    int file;
    Shared *shared;
    size_t shared_bytes, count;
};

Spool *spool_open(Arena *arena, const char *folder, size_t count)
{
    Spool spool = {.shared_bytes = sizeof(Shared) + count * sizeof(Place), .count = count};
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
}

void spool_put(Spool *spool, size_t number, Text text)
{
    const size_t start = atomic_fetch_add(&spool->shared->end, text.length);
    if (number >= spool->count || pwrite(spool->file, text.bytes, text.length, (off_t)start) != (ssize_t)text.length)
        return;
    spool->shared->places[number].length = text.length;
    atomic_store(&spool->shared->places[number].start, start + 1);
}

Text spool_take(const Spool *spool, Arena *arena, size_t number)
{
    const Place *place = spool && number < spool->count ? &spool->shared->places[number] : NULL;
    const size_t start = place ? atomic_load(&place->start) : 0;
    if (!start)
        return TEXT_NONE;
    char *bytes = arena_bytes(arena, place->length + 1);
    const bool is_whole = pread(spool->file, bytes, place->length, (off_t)(start - 1)) == (ssize_t)place->length;
    return is_whole ? (Text){bytes, place->length} : TEXT_NONE;
}

/* spool: see spool.h. */
#include "spool.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

/* Shared by all processes.  A place is where a text begins in the file, plus one; 0 while it is not there. */
typedef struct Shared {
    atomic_ullong end;
    atomic_ullong places[];
} Shared;

struct Spool {
    int file;
    Shared *shared;
    size_t shared_bytes, count;
};

enum { FIRST_READ_BYTES = 16 * 1024 };    /* most texts are shorter */

typedef uint64_t Length;    /* before each text */

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
    Length length = text.length;
    const struct iovec both[] = {{&length, sizeof length}, {(void *)text.bytes, text.length}};
    const size_t bytes = sizeof length + text.length;
    const size_t place = atomic_fetch_add(&spool->shared->end, bytes);
    if (number < spool->count && pwritev(spool->file, both, 2, (off_t)place) == (ssize_t)bytes)
        atomic_store(&spool->shared->places[number], place + 1);
}

Text spool_take(const Spool *spool, Arena *arena, size_t number)
{
    char first[FIRST_READ_BYTES];
    Length length;
    const unsigned long long place = spool && number < spool->count ? atomic_load(&spool->shared->places[number]) : 0;
    const ssize_t got = place ? pread(spool->file, first, sizeof first, (off_t)(place - 1)) : -1;
    if (got < (ssize_t)sizeof length)
        return TEXT_NONE;
    memcpy(&length, first, sizeof length);
    const size_t there = (size_t)got - sizeof length, known = there < length ? there : length;
    char *bytes = arena_bytes(arena, length + 1);
    memcpy(bytes, first + sizeof length, known);
    const ssize_t rest = (ssize_t)(length - known);
    const bool is_whole = rest == 0 || pread(spool->file, bytes + known, (size_t)rest, (off_t)(place - 1 + sizeof first)) == rest;
    return is_whole ? (Text){bytes, length} : TEXT_NONE;
}

/* store: see store.h. */
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { HASH_BYTES = 16, WRITE_BYTES = 256 * 1024 };

/* Writing. */

static void write_waiting(Store *store)
{
    const Text bytes = buffer_text(&store->waiting);
    hash_stream_add(store->sum, bytes);
    if (!store->error)
        store->error = files_write_all(store->file, bytes);
    store->waiting.length = 0;
}

Store store_begin(Arena *arena, const char *path, const char *name, uint32_t version)
{
    Store store = {.path = path, .waiting = buffer_new(arena), .sum = hash_stream_open()};
    store.file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    store.error = store.file < 0 ? errno : 0;
    buffer_reserve(&store.waiting, WRITE_BYTES);
    flat_put_text(&store.waiting, text_from(name));
    flat_put_u32(&store.waiting, version);
    return store;
}

Buffer *store_record(Store *store, uint8_t kind)
{
    if (store->waiting.length > WRITE_BYTES / 2)
        write_waiting(store);
    flat_put_u8(&store->waiting, kind);
    store->record_start = flat_begin_text(&store->waiting);
    return &store->waiting;
}

void store_end_record(Store *store)
{
    flat_end_text(&store->waiting, store->record_start);
}

int store_end(Store *store, bool to_the_disk)
{
    write_waiting(store);
    flat_put_hash(&store->waiting, hash_stream_end(store->sum));
    store->sum = NULL;
    if (!store->error)
        store->error = files_write_all(store->file, buffer_text(&store->waiting));
    if (!store->error && to_the_disk && fsync(store->file) != 0)
        store->error = errno;
    const int error = store->error;
    if (error)
        store_drop(store);
    else if (close(store->file) != 0)
        return errno;
    store->file = -1;
    return error;
}

void store_drop(Store *store)
{
    if (store->sum)
        hash_stream_end(store->sum);
    store->sum = NULL;
    if (store->file < 0)
        return;
    close(store->file);
    unlink(store->path);
    store->file = -1;
}

/* Reading. */

bool store_open(const char *path, const char *name, uint32_t version, StoreReader *reader)
{
    *reader = (StoreReader){.whole = TEXT("")};
    if (files_map(path, &reader->whole) != 0)
        return false;
    const Text whole = reader->whole;
    const size_t end = whole.length < HASH_BYTES ? 0 : whole.length - HASH_BYTES;
    FlatReader sum = flat_reader(text_after(whole, end));
    reader->records = flat_reader(text_slice(whole, 0, end));
    if (hash_equal(flat_hash(&sum), hash_of(reader->records.flat)) && text_is(flat_text(&reader->records), name) &&
        flat_u32(&reader->records) == version && !reader->records.is_broken) {
        reader->first = reader->records.offset;
        return true;
    }
    store_close(reader);
    return false;
}

void store_close(StoreReader *reader)
{
    files_unmap(reader->whole);
    *reader = (StoreReader){.whole = TEXT("")};
}

bool store_next(StoreReader *reader, uint8_t *kind, FlatReader *record)
{
    if (flat_is_at_end(&reader->records))
        return false;
    *kind = flat_u8(&reader->records);
    *record = flat_reader(flat_text(&reader->records));
    return !reader->records.is_broken;
}

void store_rewind(StoreReader *reader)
{
    reader->records.offset = reader->first;
}

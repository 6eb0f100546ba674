/* manifest: see manifest.h. */
#include "manifest.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { VERSION = 4 };
#define NAME "lectern manifest"

Manifest manifest_new(Arena *arena)
{
    return (Manifest){.arena = arena, .by_address = table_new(arena)};
}

void manifest_stamp_put(Buffer *flat, FileStamp stamp)
{
    flat_put_u64(flat, stamp.size);
    flat_put_u64(flat, stamp.inode);
    flat_put_u64(flat, (uint64_t)stamp.changed_ns);
    flat_put_u64(flat, (uint64_t)stamp.touched_ns);
}

FileStamp manifest_stamp_take(FlatReader *flat)
{
    FileStamp stamp = {.size = flat_u64(flat)};
    stamp.inode = flat_u64(flat);
    stamp.changed_ns = (int64_t)flat_u64(flat);
    stamp.touched_ns = (int64_t)flat_u64(flat);
    return stamp;
}

void manifest_entry_put(const ManifestEntry *entry, Buffer *flat)
{
    flat_put_text(flat, entry->address);
    manifest_stamp_put(flat, entry->output);
    flat_put_hash(flat, entry->hash);
}

ManifestEntry manifest_entry_take(FlatReader *flat)
{
    ManifestEntry entry = {.address = flat_text(flat)};
    entry.output = manifest_stamp_take(flat);
    entry.hash = flat_hash(flat);
    return entry;
}

bool manifest_read(Arena *arena, const char *path, Manifest *manifest)
{
    uint8_t kind;
    FlatReader record;
    *manifest = manifest_new(arena);
    if (!store_open(path, NAME, VERSION, &manifest->store))
        return false;
    while (store_next(&manifest->store, &kind, &record)) {
        if (kind != MANIFEST_ENTRY)
            continue;
        const ManifestEntry entry = manifest_entry_take(&record);
        table_put(&manifest->by_address, entry.address, (uint32_t)manifest->count);
        *LIST_PUSH(arena, manifest) = entry;
    }
    return true;
}

void manifest_close(Manifest *manifest)
{
    store_close(&manifest->store);
    *manifest = (Manifest){0};
}

Store manifest_begin(Arena *arena, const char *path)
{
    return store_begin(arena, path, NAME, VERSION);
}

void manifest_put(const Manifest *manifest, Store *store)
{
    for (size_t i = 0; i < manifest->count; i++) {
        manifest_entry_put(&manifest->items[i], store_record(store, MANIFEST_ENTRY));
        store_end_record(store);
    }
}

int manifest_write(const Manifest *manifest, const char *path)
{
    const char *beside = text_c_string(manifest->arena, text_format(manifest->arena, "%s.new", path));
    Store store = manifest_begin(manifest->arena, beside);
    manifest_put(manifest, &store);
    const int error = store_end(&store, true);
    return error ? error : rename(beside, path) ? errno : 0;
}

Hash manifest_hash(const Manifest *manifest)
{
    Arena *arena = arena_open();
    Buffer flat = buffer_new(arena);
    for (size_t i = 0; i < manifest->count; i++)
        manifest_entry_put(&manifest->items[i], &flat);
    const Hash hash = hash_of(buffer_text(&flat));
    arena_close(arena);
    return hash;
}

const ManifestEntry *manifest_find(const Manifest *manifest, Text address)
{
    const uint32_t place = table_get(&manifest->by_address, address);
    return place == TABLE_NOTHING ? NULL : &manifest->items[place];
}

void manifest_add(Manifest *manifest, const ManifestEntry *entry)
{
    *LIST_PUSH(manifest->arena, manifest) = *entry;
}

static int compare_entries(const void *left, const void *right)
{
    return text_compare(((const ManifestEntry *)left)->address, ((const ManifestEntry *)right)->address);
}

void manifest_sort(Manifest *manifest)
{
    if (manifest->count)
        qsort(manifest->items, manifest->count, sizeof *manifest->items, compare_entries);
    manifest->by_address = table_sized(manifest->arena, manifest->count);
    for (size_t i = 0; i < manifest->count; i++)
        table_put(&manifest->by_address, manifest->items[i].address, (uint32_t)i);
}

bool manifest_is_untouched(const ManifestEntry *entry, const char *path)
{
    struct stat status;
    if (lstat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return false;
    const FileStamp now = file_stamp(&status);
    return now.size == entry->output.size && now.inode == entry->output.inode && now.changed_ns == entry->output.changed_ns;
}

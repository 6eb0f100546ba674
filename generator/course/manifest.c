/* manifest: see manifest.h. */
#include "manifest.h"

#include <stdlib.h>
#include <sys/stat.h>

enum { VERSION = 2, LARGEST_BYTES = 1 << 30 };
#define MAGIC "lectern manifest"

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
    flat_put_hash(flat, entry->hash);
    manifest_stamp_put(flat, entry->output);
    manifest_stamp_put(flat, entry->source);
}

ManifestEntry manifest_entry_take(FlatReader *flat)
{
    ManifestEntry entry = {.address = flat_text(flat)};
    entry.hash = flat_hash(flat);
    entry.output = manifest_stamp_take(flat);
    entry.source = manifest_stamp_take(flat);
    return entry;
}

bool manifest_read(Arena *arena, const char *path, Manifest *manifest)
{
    Text whole;
    *manifest = manifest_new(arena);
    if (files_read(arena, path, LARGEST_BYTES, &whole, NULL) != 0 || whole.length < 16)
        return false;
    FlatReader sum = flat_reader(text_after(whole, whole.length - 16));
    const Text body = text_slice(whole, 0, whole.length - 16);
    if (!hash_equal(flat_hash(&sum), hash_of(body)))
        return false;
    FlatReader reader = flat_reader(body);
    const bool is_manifest = text_is(flat_text(&reader), MAGIC);
    const uint32_t version = flat_u32(&reader);
    if (!is_manifest || version < 1 || version > VERSION)
        return false;
    for (uint32_t count = flat_u32(&reader); count > 0 && !reader.is_broken; count--) {
        const ManifestEntry entry = manifest_entry_take(&reader);
        manifest_add(manifest, &entry);
    }
    manifest->memory = version > 1 ? flat_text(&reader) : TEXT("");
    return !reader.is_broken;
}

Text manifest_bytes(Arena *arena, const Manifest *manifest)
{
    Buffer flat = buffer_new(arena);
    flat_put_text(&flat, TEXT(MAGIC));
    flat_put_u32(&flat, VERSION);
    flat_put_u32(&flat, (uint32_t)manifest->count);
    for (size_t i = 0; i < manifest->count; i++)
        manifest_entry_put(&manifest->items[i], &flat);
    flat_put_text(&flat, manifest->memory);
    flat_put_hash(&flat, hash_of(buffer_text(&flat)));
    return buffer_text(&flat);
}

const ManifestEntry *manifest_find(const Manifest *manifest, Text address)
{
    const uint32_t place = table_get(&manifest->by_address, address);
    return place == TABLE_NOTHING ? NULL : &manifest->items[place];
}

void manifest_add(Manifest *manifest, const ManifestEntry *entry)
{
    ManifestEntry *copy = LIST_PUSH(manifest->arena, manifest);
    *copy = *entry;
    copy->address = text_copy(manifest->arena, entry->address);
    table_put(&manifest->by_address, copy->address, (uint32_t)manifest->count - 1);
}

static int compare_entries(const void *left, const void *right)
{
    return text_compare(((const ManifestEntry *)left)->address, ((const ManifestEntry *)right)->address);
}

void manifest_sort(Manifest *manifest)
{
    if (manifest->count)
        qsort(manifest->items, manifest->count, sizeof *manifest->items, compare_entries);
    manifest->by_address = table_new(manifest->arena);
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

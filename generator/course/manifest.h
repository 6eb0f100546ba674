/* manifest: what Lectern wrote into an output folder, and how it left it.
 * One file per output in .lectern/, versioned and with a checksum; a manifest of another version,
 * or a damaged one, counts as none. */
#ifndef LECTERN_MANIFEST_H
#define LECTERN_MANIFEST_H

#include "../base/files.h"
#include "../base/flat.h"
#include "../base/hash.h"
#include "../base/table.h"

typedef struct ManifestEntry {
    Text address;         /* below the output folder */
    Hash hash;            /* of its content; of a copied medium zero */
    FileStamp output;     /* as it was left (its ctime is not kept: a rename changes it) */
    FileStamp source;     /* of a copied medium, as it was read */
} ManifestEntry;

typedef struct Manifest {
    Arena *arena;
    ManifestEntry *items;
    size_t count, capacity;
    Table by_address;
    Text memory;          /* what else the next build is to know, flat; see memory.h */
} Manifest;

Manifest manifest_new(Arena *arena);

/* False, and an empty manifest, when there is none that can be used. */
bool manifest_read(Arena *arena, const char *path, Manifest *manifest);
Text manifest_bytes(Arena *arena, const Manifest *manifest);

/* Borrowed; NULL when it is not there. */
const ManifestEntry *manifest_find(const Manifest *manifest, Text address);
void manifest_add(Manifest *manifest, const ManifestEntry *entry);
void manifest_sort(Manifest *manifest);

void manifest_stamp_put(Buffer *flat, FileStamp stamp);
FileStamp manifest_stamp_take(FlatReader *flat);
void manifest_entry_put(const ManifestEntry *entry, Buffer *flat);
ManifestEntry manifest_entry_take(FlatReader *flat);

/* Is the file still as it was left? */
bool manifest_is_untouched(const ManifestEntry *entry, const char *path);

#endif

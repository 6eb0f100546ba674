/* manifest: what Lectern wrote into an output folder, and how it left it.
 * One file per output in .lectern/, a store in which memory.h keeps records of its own. */
#ifndef LECTERN_MANIFEST_H
#define LECTERN_MANIFEST_H

#include "../base/files.h"
#include "../base/flat.h"
#include "../base/hash.h"
#include "../base/store.h"
#include "../base/table.h"

typedef struct ManifestEntry {
    Text address;         /* below the output folder */
    Hash hash;            /* of its content; of a copied medium, of the stamp with which it was read */
    FileStamp output;     /* as it was left (its ctime is not kept: a rename changes it) */
} ManifestEntry;

typedef struct Manifest {
    Arena *arena;
    ManifestEntry *items;
    size_t count, capacity;
    Table by_address;
    StoreReader store;    /* what it was read from */
} Manifest;

enum { MANIFEST_ENTRY = 'e' };    /* the kind of its records */

Manifest manifest_new(Arena *arena);

/* False, and an empty manifest, when there is none that can be used.  Texts are borrowed until manifest_close. */
bool manifest_read(Arena *arena, const char *path, Manifest *manifest);
void manifest_close(Manifest *manifest);

/* Begin a store that manifest_read understands, and put the entries into it. */
Store manifest_begin(Arena *arena, const char *path);
void manifest_put(const Manifest *manifest, Store *store);

/* The entries alone, in place of what is at `path`: 0 or an errno. */
int manifest_write(const Manifest *manifest, const char *path);

Hash manifest_hash(const Manifest *manifest);

/* Borrowed; NULL when it is not there. */
const ManifestEntry *manifest_find(const Manifest *manifest, Text address);

/* What is added is found once all is sorted; its address is borrowed. */
void manifest_add(Manifest *manifest, const ManifestEntry *entry);
void manifest_sort(Manifest *manifest);

void manifest_stamp_put(Buffer *flat, FileStamp stamp);
FileStamp manifest_stamp_take(FlatReader *flat);
void manifest_entry_put(const ManifestEntry *entry, Buffer *flat);
ManifestEntry manifest_entry_take(FlatReader *flat);

/* Is the file still as it was left? */
bool manifest_is_untouched(const ManifestEntry *entry, const char *path);

#endif

/* folders: those of the output, as the last build left them.
 * A folder whose stamp is as it was holds the files that were left in it, so they need no look one by one; who edits
 * one of them by hand, in place, gets it back with `--clean`. */
#ifndef LECTERN_FOLDERS_H
#define LECTERN_FOLDERS_H

#include "../base/files.h"
#include "../base/flat.h"
#include "../base/table.h"

typedef struct Output Output;

typedef struct FolderMemory {
    Text path;            /* below the output folder; "" is the output folder */
    uint64_t inode;
    int64_t changed_ns;
    bool is_only_ours;    /* nothing is in it but what the manifest names, and the folders of that */
    bool is_looked_at, is_untouched;    /* by this build, and how it was found */
} FolderMemory;

typedef struct Folders {
    Arena *arena;
    int64_t looked_ns;    /* when the stamps were taken */
    FolderMemory *items;
    size_t count, capacity;
    Table by_path;
} Folders;

Folders folders_new(Arena *arena);

void folder_put(const FolderMemory *folder, Buffer *flat);
FolderMemory folder_take(FlatReader *flat);

void folders_add(Folders *folders, const FolderMemory *folder);

/* Has the folder still the stamp that the last build saw? */
bool folders_same(const Output *output, const FolderMemory *left);

/* Is the folder as the last build left it, beyond doubt? */
bool folders_untouched(Output *output, Text folder);

/* Once all is in its place: look at every folder of what was written, and name files that are not Lectern's, unless
 * only a preview is made. */
Folders folders_look(Output *output);

#endif

/* folders: see folders.h. */
#include "folders.h"

#include "../base/path.h"
#include "output.h"

#include <sys/stat.h>
#include <time.h>

enum { SETTLED_NS = 2000000000 };

Folders folders_new(Arena *arena)
{
    return (Folders){.arena = arena, .by_path = table_new(arena)};
}

void folder_put(const FolderMemory *folder, Buffer *flat)
{
    flat_put_text(flat, folder->path);
    flat_put_u64(flat, folder->inode);
    flat_put_u64(flat, (uint64_t)folder->changed_ns);
    flat_put_u8(flat, folder->is_only_ours);
}

FolderMemory folder_take(FlatReader *flat)
{
    FolderMemory folder = {.path = flat_text(flat)};
    folder.inode = flat_u64(flat);
    folder.changed_ns = (int64_t)flat_u64(flat);
    folder.is_only_ours = flat_u8(flat);
    return folder;
}

void folders_add(Folders *folders, const FolderMemory *folder)
{
    if (table_put(&folders->by_path, folder->path, (uint32_t)folders->count) == TABLE_NOTHING)
        *LIST_PUSH(folders->arena, folders) = *folder;
}

static const char *path_of(const Output *output, Arena *arena, Text folder)
{
    return text_c_string(arena, folder.length ? path_join(arena, text_from(output->folder), folder) : text_from(output->folder));
}

static bool look(const Output *output, FolderMemory *folder)
{
    struct stat status;
    Arena *arena = arena_open();
    const bool is_there = lstat(path_of(output, arena, folder->path), &status) == 0 && S_ISDIR(status.st_mode);
    arena_close(arena);
    if (!is_there)
        return false;
    const FileStamp stamp = file_stamp(&status);
    folder->inode = stamp.inode;
    folder->changed_ns = stamp.changed_ns;
    return true;
}

bool folders_same(const Output *output, const FolderMemory *left)
{
    FolderMemory now = {.path = left->path};
    return look(output, &now) && now.inode == left->inode && now.changed_ns == left->changed_ns;
}

/* A stamp that was fresh when it was taken could stay as it is through a change. */
static bool is_settled(const Output *output, const FolderMemory *left)
{
    return left->changed_ns < output->folders.looked_ns - SETTLED_NS;
}

bool folders_untouched(Output *output, Text folder)
{
    const uint32_t place = table_get(&output->folders.by_path, folder);
    if (place == TABLE_NOTHING)
        return false;
    FolderMemory *known = &output->folders.items[place];
    if (!known->is_looked_at)
        known->is_untouched = is_settled(output, known) && folders_same(output, known);
    known->is_looked_at = true;
    return known->is_untouched;
}

/* All that is in a folder and not Lectern's.  False when something is in it that `after` does not know. */
static bool warn_unknown(Output *output, Arena *arena, Text folder, const Folders *ours)
{
    FileList list;
    bool is_only_ours = true;
    if (files_list_names(arena, path_of(output, arena, folder), &list) != 0)
        return false;
    for (size_t i = 0; i < list.count; i++) {
        const Text address = path_join(arena, folder, list.items[i].name);
        const bool is_folder = list.items[i].kind == FILE_FOLDER;
        if (is_folder ? table_get(&ours->by_path, address) != TABLE_NOTHING : manifest_find(&output->after, address) != NULL)
            continue;
        is_only_ours = false;
        if (is_folder)
            warn_unknown(output, arena, address, ours);
        else if (!manifest_find(&output->printed, address))
            diag_warn(output->project->diag, POS_NONE, "'%.*s' is not Lectern's; it stays",
                      TEXT_ARG(path_join(arena, text_from(output->folder), address)));
    }
    return is_only_ours;
}

static bool holds_only_ours(Output *output, const FolderMemory *now, const Folders *ours)
{
    const uint32_t place = table_get(&output->folders.by_path, now->path);
    const FolderMemory *left = place == TABLE_NOTHING ? NULL : &output->folders.items[place];
    if (output->is_fresh)
        return true;
    if (output->project->options.is_preview)
        return false;
    if (left && left->is_only_ours && is_settled(output, left) && left->inode == now->inode && left->changed_ns == now->changed_ns)
        return true;
    Arena *arena = arena_open();
    const bool is_only_ours = warn_unknown(output, arena, now->path, ours);
    arena_close(arena);
    return is_only_ours;
}

/* Every folder of a file in `after`, and those above it. */
static void add_all(const Output *output, Folders *folders)
{
    Text last = TEXT("");
    folders_add(folders, &(FolderMemory){.path = TEXT("")});
    for (size_t i = 0; i < output->after.count; i++) {
        const Text folder = path_folder(output->after.items[i].address);
        for (Text above = folder; above.length && !text_equal(above, last); above = path_folder(above))
            folders_add(folders, &(FolderMemory){.path = above});
        last = folder;
    }
}

Folders folders_look(Output *output)
{
    struct timespec now;
    Folders folders = folders_new(output->arena);
    add_all(output, &folders);
    clock_gettime(CLOCK_REALTIME, &now);
    folders.looked_ns = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
    for (size_t i = 0; i < folders.count; i++)
        if (look(output, &folders.items[i]))
            folders.items[i].is_only_ours = holds_only_ours(output, &folders.items[i], &folders);
    return folders;
}

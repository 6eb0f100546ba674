/* tree: see tree.h. */
#include "tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { DEEPEST = 64 };

/* The path at hand, which grows and shrinks; below content/ folders are remembered. */
typedef struct Walk {
    Tree *tree;
    char path[PATH_MAX];
    size_t content_length;    /* of the path of content/; 0 outside of it */
} Walk;

static void add_stamp(Walk *walk, size_t length, FileStamp stamp)
{
    Tree *tree = walk->tree;
    const uint64_t parts[4] = {stamp.size, stamp.inode, (uint64_t)stamp.changed_ns, (uint64_t)stamp.touched_ns};
    const Hash own = hash_add(hash_of((Text){walk->path, length}), hash_of((Text){(const char *)parts, sizeof parts}));
    tree->sum.low += own.low;
    tree->sum.high += own.high;
    if (stamp.changed_ns > tree->newest_ns)
        tree->newest_ns = stamp.changed_ns;
    if (stamp.touched_ns > tree->newest_ns)
        tree->newest_ns = stamp.touched_ns;
}

static void walk_folder(Walk *walk, size_t length, int folder, int depth);

static void walk_entry(Walk *walk, size_t length, int folder, const char *name, int depth, FileList *list)
{
    FileEntry entry;
    const size_t end = length + strlen(name) + 1;
    if (end >= sizeof walk->path || !files_look(folder, name, &entry)) {
        walk->tree->is_whole = false;
        return;
    }
    walk->path[length] = '/';
    memcpy(walk->path + length + 1, name, end - length);
    add_stamp(walk, end, entry.stamp);
    if (entry.kind == FILE_LINK)
        walk->tree->is_whole = false;
    entry.name = walk->content_length ? text_copy(walk->tree->arena, text_from(name)) : TEXT("");
    *LIST_PUSH(walk->tree->arena, list) = entry;
    if (entry.kind == FILE_FOLDER)
        walk_folder(walk, end, openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC), depth + 1);
}

static void keep(const Walk *walk, Text path, const FileList *list)
{
    Tree *tree = walk->tree;
    if (!walk->content_length)
        return;
    const size_t above = walk->content_length + (path.length > walk->content_length);
    const Text below = text_copy(tree->arena, text_after(path, above));
    table_put(&tree->by_path, below, (uint32_t)tree->folders.count);
    *LIST_PUSH(tree->arena, &tree->folders) = *list;
}

static void walk_folder(Walk *walk, size_t length, int folder, int depth)
{
    FileList list = {0};
    DIR *listing = folder >= 0 && depth < DEEPEST ? fdopendir(folder) : NULL;
    if (!listing) {
        walk->tree->is_whole = false;
        if (folder >= 0)
            close(folder);
        return;
    }
    for (const struct dirent *item; (item = readdir(listing));)
        if (strcmp(item->d_name, ".") != 0 && strcmp(item->d_name, "..") != 0)
            walk_entry(walk, length, dirfd(listing), item->d_name, depth, &list);
    closedir(listing);
    keep(walk, (Text){walk->path, length}, &list);
}

static void walk_top(Project *project, Walk *walk, const char *name, bool is_content)
{
    const Text path = project_path(project, project->arena, text_from(name));
    struct stat status;
    if (path.length >= sizeof walk->path || stat(text_c_string(project->arena, path), &status) != 0)
        return;
    memcpy(walk->path, path.bytes, path.length);
    walk->content_length = is_content ? path.length : 0;
    add_stamp(walk, path.length, file_stamp(&status));
    walk_folder(walk, path.length, open(text_c_string(project->arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC), 0);
}

Tree *tree_walk(Project *project)
{
    Arena *arena = arena_open();
    Tree *tree = ARENA_NEW(arena, Tree);
    *tree = (Tree){.arena = arena, .is_whole = true, .by_path = table_new(arena)};
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    tree->began_ns = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
    Walk *walk = ARENA_NEW(arena, Walk);
    walk->tree = tree;
    walk_top(project, walk, "content", true);
    walk_top(project, walk, "themes", false);
    walk_top(project, walk, "plugins", false);
    return tree;
}

void tree_close(Tree *tree)
{
    if (tree)
        arena_close(tree->arena);
}

const FileList *tree_list(Tree *tree, Text folder)
{
    const uint32_t place = table_get(&tree->by_path, folder);
    if (place == TABLE_NOTHING)
        return NULL;
    files_sort(&tree->folders.items[place]);
    return &tree->folders.items[place];
}

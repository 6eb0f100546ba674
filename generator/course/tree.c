/* tree: see tree.h. */
#include "tree.h"

#include "../base/sort.h"
#include "workers.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { DEEPEST = 64, MOST_WALKS = 4 };

/* The folders right below content/, which the walks share: each takes the next one. */
typedef struct Queue {
    struct { FileEntry *items; size_t count, capacity; } folders;
    atomic_size_t next;
    int content;              /* content/ itself, open */
} Queue;

/* What one thread looks at, with a tree of its own.  The path at hand grows and shrinks; below content/ folders are
 * remembered. */
typedef struct Walk {
    Tree *tree;
    Queue *queue;
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
    if (entry.kind == FILE_FOLDER && walk->content_length == length)
        *LIST_PUSH(walk->tree->arena, &walk->queue->folders) = entry;
    else if (entry.kind == FILE_FOLDER)
        walk_folder(walk, end, openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC), depth + 1);
}

static void keep(const Walk *walk, Text path, const FileList *list)
{
    Tree *tree = walk->tree;
    if (!walk->content_length)
        return;
    const size_t above = walk->content_length + (path.length > walk->content_length);
    *LIST_PUSH(tree->arena, &tree->folders) = (TreeFolder){text_copy(tree->arena, text_after(path, above)), *list};
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
    const int folder = open(text_c_string(project->arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (is_content)
        walk->queue->content = fcntl(folder, F_DUPFD_CLOEXEC, 0);
    walk_folder(walk, path.length, folder, 0);
}

/* As long as there are folders right below content/ that nobody has taken. */
static void *walk_queue(void *context)
{
    Walk *walk = context;
    Queue *queue = walk->queue;
    for (size_t i; (i = atomic_fetch_add(&queue->next, 1)) < queue->folders.count;) {
        const char *name = text_c_string(walk->tree->arena, queue->folders.items[i].name);
        const size_t end = walk->content_length + 1 + strlen(name);
        walk->path[walk->content_length] = '/';
        memcpy(walk->path + walk->content_length + 1, name, strlen(name));
        walk_folder(walk, end, openat(queue->content, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC), 1);
    }
    return NULL;
}

/* What looks largest comes first, so that nobody waits long for the last one. */
static int compare_sizes(const void *left, const void *right)
{
    const uint64_t one = ((const FileEntry *)left)->stamp.size, other = ((const FileEntry *)right)->stamp.size;
    return (one < other) - (one > other);
}

static Walk *walk_new(Queue *queue)
{
    Arena *arena = arena_open();
    Walk *walk = ARENA_NEW(arena, Walk);
    walk->tree = ARENA_NEW(arena, Tree);
    *walk->tree = (Tree){.arena = arena, .is_whole = true};
    walk->queue = queue;
    return walk;
}

static void join_tree(Tree *tree, Tree *part)
{
    tree->sum.low += part->sum.low;
    tree->sum.high += part->sum.high;
    tree->newest_ns = part->newest_ns > tree->newest_ns ? part->newest_ns : tree->newest_ns;
    tree->is_whole = tree->is_whole && part->is_whole;
    for (size_t i = 0; i < part->folders.count; i++)
        *LIST_PUSH(tree->arena, &tree->folders) = part->folders.items[i];
    part->next = tree->next;
    tree->next = part;
}

/* Several threads ask the system at once: it is the system that takes the time. */
static void walk_content(Walk *walk)
{
    Queue *queue = walk->queue;
    Walk *others[MOST_WALKS - 1];
    pthread_t threads[MOST_WALKS - 1];
    size_t count = 0;
    sort_items(queue->folders.items, queue->folders.count, sizeof *queue->folders.items, compare_sizes);
    const size_t processors = workers_count(), most = processors < MOST_WALKS ? processors : MOST_WALKS;
    while (count + 1 < most && count + 1 < queue->folders.count) {
        others[count] = walk_new(queue);
        memcpy(others[count]->path, walk->path, walk->content_length);
        others[count]->content_length = walk->content_length;
        if (pthread_create(&threads[count], NULL, walk_queue, others[count]) != 0) {
            arena_close(others[count]->tree->arena);
            break;
        }
        count++;
    }
    walk_queue(walk);
    for (size_t i = 0; i < count; i++) {
        pthread_join(threads[i], NULL);
        join_tree(walk->tree, others[i]->tree);
    }
}

Tree *tree_walk(Project *project)
{
    Queue queue = {.content = -1};
    Walk *walk = walk_new(&queue);
    Tree *tree = walk->tree;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    tree->began_ns = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
    walk_top(project, walk, "content", true);
    walk_content(walk);
    close(queue.content);
    walk_top(project, walk, "themes", false);
    walk_top(project, walk, "plugins", false);
    tree->by_path = table_new(tree->arena);
    for (size_t i = 0; i < tree->folders.count; i++)
        table_put(&tree->by_path, tree->folders.items[i].path, (uint32_t)i);
    return tree;
}

void tree_close(Tree *tree)
{
    for (Tree *next; tree; tree = next) {
        next = tree->next;
        arena_close(tree->arena);
    }
}

const FileList *tree_list(Tree *tree, Text folder)
{
    const uint32_t place = table_get(&tree->by_path, folder);
    if (place == TABLE_NOTHING)
        return NULL;
    files_sort(&tree->folders.items[place].list);
    return &tree->folders.items[place].list;
}

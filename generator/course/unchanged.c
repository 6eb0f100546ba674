/* unchanged: see unchanged.h. */
#include "unchanged.h"

#include "../base/path.h"
#include "memory.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { VERSION = 1, SETTLED_NS = 2000000000, DEEPEST = 64 };
#define MAGIC "lectern unchanged"

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* A walk that takes names as they come: sums need no order. */
typedef struct Walk {
    char path[PATH_MAX];
    Hash sum;
    int64_t newest_ns;
    bool is_whole;      /* all could be looked at, and none of it leads elsewhere */
} Walk;

static void add_stamp(Walk *walk, size_t length, const struct stat *status)
{
    const FileStamp stamp = file_stamp(status);
    const Hash own = hash_add(hash_of((Text){walk->path, length}),
                              hash_add((Hash){stamp.size, stamp.inode}, (Hash){(uint64_t)stamp.changed_ns, (uint64_t)stamp.touched_ns}));
    walk->sum.low += own.low;
    walk->sum.high += own.high;
    if (stamp.changed_ns > walk->newest_ns)
        walk->newest_ns = stamp.changed_ns;
    if (stamp.touched_ns > walk->newest_ns)
        walk->newest_ns = stamp.touched_ns;
}

static void walk_folder(Walk *walk, size_t length, int folder, int depth);

static void walk_entry(Walk *walk, size_t length, int folder, const char *name, int depth)
{
    struct stat status;
    const size_t end = length + strlen(name) + 1;
    if (end >= sizeof walk->path || fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        walk->is_whole = false;
        return;
    }
    walk->path[length] = '/';
    memcpy(walk->path + length + 1, name, end - length);
    add_stamp(walk, end, &status);
    if (S_ISLNK(status.st_mode))
        walk->is_whole = false;
    if (S_ISDIR(status.st_mode))
        walk_folder(walk, end, openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC), depth + 1);
}

static void walk_folder(Walk *walk, size_t length, int folder, int depth)
{
    DIR *list = folder >= 0 && depth < DEEPEST ? fdopendir(folder) : NULL;
    if (!list) {
        walk->is_whole = false;
        if (folder >= 0)
            close(folder);
        return;
    }
    for (const struct dirent *entry; (entry = readdir(list));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            walk_entry(walk, length, folder, entry->d_name, depth);
    closedir(list);
}

static void walk_tree(Project *project, Walk *walk, const char *name)
{
    const char *path = text_c_string(project->arena, project_path(project, project->arena, text_from(name)));
    struct stat status;
    const size_t length = strlen(path);
    if (stat(path, &status) != 0 || length >= sizeof walk->path)
        return;
    memcpy(walk->path, path, length);
    add_stamp(walk, length, &status);
    walk_folder(walk, length, open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), 0);
}

Inputs unchanged_inputs(Project *project)
{
    Walk walk = {.is_whole = true};
    const int64_t started_ns = now_ns();
    walk_tree(project, &walk, "content");
    walk_tree(project, &walk, "themes");
    walk_tree(project, &walk, "plugins");
    const BuildOptions *options = &project->options;
    const Hash more = hash_add(memory_program(), (Hash){options->is_facilitator | options->with_drafts << 1 | options->is_strict << 2, VERSION});
    return (Inputs){hash_add(walk.sum, more), walk.is_whole && walk.newest_ns < started_ns - SETTLED_NS};
}

/* The folders that were written, and what was remembered of it. */

static void add_path(const Output *output, Hash *sum, Text path)
{
    struct stat status;
    if (lstat(text_c_string(output->arena, path), &status) != 0) {
        *sum = hash_add(*sum, (Hash){(uint64_t)now_ns(), 1});
        return;
    }
    const FileStamp stamp = file_stamp(&status);
    *sum = hash_add(*sum, hash_add((Hash){stamp.inode, (uint64_t)stamp.changed_ns}, (Hash){S_ISDIR(status.st_mode) ? 0 : stamp.size, 0}));
}

/* The output's folders in `folders`, the manifest, and what `lectern print` remembers. */
static Hash outputs_sum(const Output *output, const TextList *folders)
{
    Hash sum = {0};
    for (size_t i = 0; i < folders->count; i++)
        add_path(output, &sum, path_join(output->arena, text_from(output->folder), folders->items[i]));
    add_path(output, &sum, text_from(output->manifest_path));
    const Text printed = output_memory(output->project, output->arena, output->project->options.out, "handouts");
    if (files_exist(text_c_string(output->arena, printed)))
        add_path(output, &sum, printed);
    return sum;
}

static const char *place_of(const Output *output)
{
    return text_c_string(output->arena, output_memory(output->project, output->arena, output->project->options.out, "unchanged"));
}

bool unchanged_is(const Output *output, const Inputs *inputs)
{
    Text whole;
    TextList folders = {0};
    Project *project = output->project;
    if (files_read(output->arena, place_of(output), 64 << 20, &whole, NULL) != 0 || whole.length < 16)
        return false;
    FlatReader sum = flat_reader(text_after(whole, whole.length - 16));
    const Text body = text_slice(whole, 0, whole.length - 16);
    FlatReader reader = flat_reader(body);
    if (!hash_equal(flat_hash(&sum), hash_of(body)) || !text_is(flat_text(&reader), MAGIC) || !hash_equal(flat_hash(&reader), inputs->sum))
        return false;
    const Hash outputs = flat_hash(&reader);
    const Text problems = flat_text(&reader);
    const uint32_t pages = flat_u32(&reader), files = flat_u32(&reader);
    for (uint32_t i = flat_u32(&reader); i > 0 && !reader.is_broken; i--)
        *LIST_PUSH(output->arena, &folders) = flat_text(&reader);
    if (reader.is_broken || !hash_equal(outputs, outputs_sum(output, &folders)))
        return false;
    FlatReader said = flat_reader(problems);
    diag_take(project->diag, &said);
    project->page_count = pages;
    project->files_unchanged = files;
    return true;
}

void unchanged_remember(const Output *output, const Inputs *inputs)
{
    Buffer flat = buffer_new(output->arena), problems = buffer_new(output->arena);
    TextList folders = {0};
    if (!inputs->is_settled) {
        unlink(place_of(output));
        return;
    }
    *LIST_PUSH(output->arena, &folders) = TEXT("");
    for (size_t i = 0; i < output->after.count; i++) {
        const Text folder = path_folder(output->after.items[i].address);
        if (folder.length && !text_equal(folder, folders.items[folders.count - 1]))
            *LIST_PUSH(output->arena, &folders) = folder;
    }
    diag_put(output->project->diag, &problems);
    flat_put_text(&flat, TEXT(MAGIC));
    flat_put_hash(&flat, inputs->sum);
    flat_put_hash(&flat, outputs_sum(output, &folders));
    flat_put_text(&flat, buffer_text(&problems));
    flat_put_u32(&flat, output->project->page_count);
    flat_put_u32(&flat, (uint32_t)output->after.count);
    flat_put_u32(&flat, (uint32_t)folders.count);
    for (size_t i = 0; i < folders.count; i++)
        flat_put_text(&flat, folders.items[i]);
    flat_put_hash(&flat, hash_of(buffer_text(&flat)));
    files_replace_soon(place_of(output), buffer_text(&flat));    /* where it fails, the next build works as ever */
}

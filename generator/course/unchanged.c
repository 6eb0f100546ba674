/* unchanged: see unchanged.h. */
#include "unchanged.h"

#include "../base/path.h"
#include "memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { VERSION = 3, SETTLED_NS = 2000000000 };
enum { LAST = 'l', FOLDER = 'f' };    /* kinds of records */
#define NAME "lectern unchanged"

Inputs unchanged_inputs(const Project *project, const Tree *tree)
{
    const BuildOptions *options = &project->options;
    const Hash more = hash_add(memory_program(), (Hash){options->is_facilitator | options->with_drafts << 1 | options->is_strict << 2, VERSION});
    return (Inputs){hash_add(tree->sum, more), tree->is_whole && tree->newest_ns < tree->began_ns - SETTLED_NS};
}

/* Lectern's own memory beside it: the manifest, and what `lectern print` remembers. */
static Hash memory_sum(const Output *output)
{
    const Project *project = output->project;
    const Text printed = output_memory(project, output->arena, project->options.out, "handouts");
    const char *paths[] = {output->manifest_path, text_c_string(output->arena, printed)};
    Hash sum = {0};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct stat status;
        if (lstat(paths[i], &status) != 0)
            continue;
        const FileStamp stamp = file_stamp(&status);
        sum = hash_add(sum, hash_add((Hash){stamp.size, stamp.inode}, (Hash){(uint64_t)stamp.changed_ns, i}));
    }
    return sum;
}

static const char *place_of(const Output *output)
{
    return text_c_string(output->arena, output_memory(output->project, output->arena, output->project->options.out, "unchanged"));
}

/* What the last build left, beside the folders. */
typedef struct Last {
    Hash memory, inputs;
    bool is_settled;
    int64_t looked_ns;
    uint32_t page_count, file_count;
    Text problems;
    Text folder;          /* of the output, from the root of the disk */
} Last;

static void put_last(const Last *last, Buffer *flat)
{
    flat_put_hash(flat, last->memory);
    flat_put_hash(flat, last->inputs);
    flat_put_u8(flat, last->is_settled);
    flat_put_u64(flat, (uint64_t)last->looked_ns);
    flat_put_u32(flat, last->page_count);
    flat_put_u32(flat, last->file_count);
    flat_put_text(flat, last->problems);
    flat_put_text(flat, last->folder);
}

static Last take_last(FlatReader *flat)
{
    Last last = {.memory = flat_hash(flat)};
    last.inputs = flat_hash(flat);
    last.is_settled = flat_u8(flat);
    last.looked_ns = (int64_t)flat_u64(flat);
    last.page_count = flat_u32(flat);
    last.file_count = flat_u32(flat);
    last.problems = flat_text(flat);
    last.folder = flat_text(flat);
    return last;
}

static bool folders_all_untouched(const Output *output)
{
    for (size_t i = 0; i < output->folders.count; i++)
        if (!folders_same(output, &output->folders.items[i]))
            return false;
    return true;
}

/* The folders that were recalled belong to the manifest only when it is the one that was left with them. */
static bool recall(Output *output, Last *last)
{
    StoreReader reader;
    uint8_t kind;
    FlatReader record;
    *last = (Last){0};
    output->folders = folders_new(output->arena);
    if (!store_open(place_of(output), NAME, VERSION, &reader))
        return false;
    while (store_next(&reader, &kind, &record)) {
        if (kind == LAST) {
            *last = take_last(&record);
            last->problems = text_copy(output->arena, last->problems);
        } else if (kind == FOLDER) {
            FolderMemory folder = folder_take(&record);
            folder.path = text_copy(output->arena, folder.path);
            folders_add(&output->folders, &folder);
        }
    }
    store_close(&reader);
    output->folders.looked_ns = last->looked_ns;
    if (hash_equal(last->memory, memory_sum(output)))
        return true;
    output->folders = folders_new(output->arena);
    return false;
}

void unchanged_recall(Output *output)
{
    Last last;
    recall(output, &last);
}

bool unchanged_is(Output *output, const Inputs *inputs)
{
    Last last;
    Project *project = output->project;
    const BuildOptions *options = &project->options;
    if (!recall(output, &last) || !options->may_stop_early || options->is_clean)
        return false;
    if (!last.is_settled || !hash_equal(last.inputs, inputs->sum) || !folders_all_untouched(output))
        return false;
    FlatReader said = flat_reader(last.problems);
    diag_take(project->diag, &said);
    project->page_count = last.page_count;
    project->files_unchanged = last.file_count;
    return true;
}

static Text real_path(Arena *arena, const char *path)
{
    char *real = realpath(path, NULL);
    const Text copy = real ? text_copy(arena, text_from(real)) : TEXT("");
    free(real);
    return copy;
}

/* Is the folder gone of which the file at `path` tells, and for so long that it is not on a disk which comes again? */
static bool is_lost(const char *path)
{
    enum { DAYS = 90, SECONDS_A_DAY = 24 * 60 * 60 };
    struct stat status;
    if (stat(path, &status) != 0 || status.st_mtime > time(NULL) - DAYS * SECONDS_A_DAY)
        return false;
    StoreReader reader;
    uint8_t kind;
    FlatReader record;
    bool is_gone = false;
    Arena *arena = arena_open();
    if (!store_open(path, NAME, VERSION, &reader))
        return false;
    if (store_next(&reader, &kind, &record) && kind == LAST) {
        const Text folder = take_last(&record).folder;
        is_gone = folder.length && !files_exist(text_c_string(arena, folder));
    }
    store_close(&reader);
    arena_close(arena);
    return is_gone;
}

/* What is remembered of folders that were written with `--out` and are no more. */
static void forget_lost(const Output *output)
{
    static const char *const endings[] = {"manifest", "handouts", "unchanged"};
    FileList list;
    Arena *arena = output->arena;
    const Text memory = path_folder(text_from(place_of(output)));
    if (files_list_names(arena, text_c_string(arena, memory), &list) != 0)
        return;
    for (size_t i = 0; i < list.count; i++) {
        const Text path = path_join(arena, memory, list.items[i].name);
        if (!text_is(path_extension(path), "unchanged") || !is_lost(text_c_string(arena, path)))
            continue;
        for (size_t j = 0; j < sizeof endings / sizeof *endings; j++)
            unlink(text_c_string(arena, text_format(arena, "%.*s%s", (int)(path.length - strlen("unchanged")), path.bytes, endings[j])));
    }
}

void unchanged_remember(Output *output, const Inputs *inputs)
{
    const Folders folders = folders_look(output);
    diag_sort(output->project->diag);
    Buffer problems = buffer_new(output->arena);
    diag_put(output->project->diag, &problems);
    const char *path = place_of(output), *beside = text_c_string(output->arena, text_format(output->arena, "%s.new", path));
    const Last last = {.memory = memory_sum(output), .inputs = inputs->sum, .is_settled = inputs->is_settled, .looked_ns = folders.looked_ns,
                       .page_count = output->project->page_count, .file_count = (uint32_t)output->after.count, .problems = buffer_text(&problems),
                       .folder = real_path(output->arena, output->folder)};
    Store store = store_begin(output->arena, beside, NAME, VERSION);
    put_last(&last, store_record(&store, LAST));
    store_end_record(&store);
    for (size_t i = 0; i < folders.count; i++) {
        folder_put(&folders.items[i], store_record(&store, FOLDER));
        store_end_record(&store);
    }
    /* where it fails, the next build works as ever */
    if (store_end(&store, false) == 0 && rename(beside, path) != 0)
        unlink(beside);
    if (output->project->options.out.length)
        forget_lost(output);
}

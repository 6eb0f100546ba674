/* memory: see memory.h. */
#include "memory.h"

#include "../base/path.h"

#include <sys/stat.h>
#include <time.h>

enum { SETTLED_NS = 2000000000, VERSION = 2 };
enum { HEAD = 'h', SOURCE = 's', OUTPUT = 'o' };    /* kinds of records */

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Writing. */

static void put_keys(Buffer *flat, const ReadKeys *keys)
{
    flat_put_hash(flat, keys->links);
    flat_put_hash(flat, keys->rest);
}

static ReadKeys take_keys(FlatReader *reader)
{
    const Hash links = flat_hash(reader);
    return (ReadKeys){links, flat_hash(reader)};
}

NextMemory *memory_begin(Arena *arena, const char *path)
{
    NextMemory *memory = ARENA_NEW(arena, NextMemory);
    *memory = (NextMemory){.store = manifest_begin(arena, path), .started_ns = now_ns()};
    return memory;
}

void memory_put_source(NextMemory *memory, const SourceMemory *source)
{
    Buffer *flat = store_record(&memory->store, SOURCE);
    flat_put_text(flat, source->path);
    manifest_stamp_put(flat, source->stamp);
    flat_put_hash(flat, source->hash);
    flat_put_text(flat, source->record);
    flat_put_text(flat, source->problems);
    flat_put_text(flat, source->notes);
    put_keys(flat, &source->keys);
    store_end_record(&memory->store);
}

void memory_put_output(NextMemory *memory, const OutputMemory *output)
{
    Buffer *flat = store_record(&memory->store, OUTPUT);
    flat_put_text(flat, output->name);
    flat_put_text(flat, output->notes);
    flat_put_text(flat, output->problems);
    put_keys(flat, &output->keys);
    flat_put_text(flat, output->made);
    store_end_record(&memory->store);
}

int memory_end(NextMemory *memory, const SiteHashes *hashes, const Manifest *after, bool to_the_disk)
{
    Buffer *flat = store_record(&memory->store, HEAD);
    flat_put_u64(flat, (uint64_t)memory->started_ns);
    flat_put_hash(flat, memory->environment);
    flat_put_hash(flat, hashes->addresses);
    flat_put_hash(flat, hashes->places);
    store_end_record(&memory->store);
    manifest_put(after, &memory->store);
    return store_end(&memory->store, to_the_disk);
}

void memory_drop(NextMemory *memory)
{
    store_drop(&memory->store);
}

/* Reading. */

static void take_head(Memory *memory, FlatReader *reader)
{
    memory->started_ns = (int64_t)flat_u64(reader);
    memory->environment = flat_hash(reader);
    memory->addresses = flat_hash(reader);
    memory->places = flat_hash(reader);
}

static void take_source(Arena *arena, Memory *memory, FlatReader *reader)
{
    SourceMemory *source = LIST_PUSH(arena, &memory->sources);
    *source = (SourceMemory){.path = flat_text(reader)};
    source->stamp = manifest_stamp_take(reader);
    source->hash = flat_hash(reader);
    source->record = flat_text(reader);
    source->problems = flat_text(reader);
    source->notes = flat_text(reader);
    source->keys = take_keys(reader);
    table_put(&memory->by_path, source->path, (uint32_t)memory->sources.count - 1);
}

static void take_output(Arena *arena, Memory *memory, FlatReader *reader)
{
    OutputMemory *output = LIST_PUSH(arena, &memory->outputs);
    *output = (OutputMemory){.name = flat_text(reader)};
    output->notes = flat_text(reader);
    output->problems = flat_text(reader);
    output->keys = take_keys(reader);
    output->made = flat_text(reader);
    table_put(&memory->by_name, output->name, (uint32_t)memory->outputs.count - 1);
}

Memory *memory_take(Arena *arena, Manifest *manifest)
{
    uint8_t kind;
    FlatReader record;
    Memory *memory = ARENA_NEW(arena, Memory);
    memory->by_path = table_new(arena);
    memory->by_name = table_new(arena);
    store_rewind(&manifest->store);
    while (store_next(&manifest->store, &kind, &record)) {
        if (kind == HEAD)
            take_head(memory, &record);
        else if (kind == SOURCE)
            take_source(arena, memory, &record);
        else if (kind == OUTPUT)
            take_output(arena, memory, &record);
        if (record.is_broken)
            return NULL;
    }
    return memory->started_ns ? memory : NULL;
}

/* What all depends on. */

static Hash add_text(Hash sum, Text text)
{
    return hash_add(sum, hash_of(text));
}

static Hash add_folder(Project *project, Hash sum, const char *folder)
{
    FileList list;
    if (files_list(project->arena, folder, &list) != 0)
        return sum;
    for (size_t i = 0; i < list.count; i++) {
        const Text path = path_join(project->arena, text_from(folder), list.items[i].name);
        Text text;
        sum = add_text(sum, path);
        if (list.items[i].kind == FILE_FOLDER)
            sum = add_folder(project, sum, text_c_string(project->arena, path));
        else if (files_read(project->arena, text_c_string(project->arena, path), 64 << 20, &text, NULL) == 0)
            sum = add_text(sum, text);
    }
    return sum;
}

Hash memory_program(void)
{
    struct stat status;
    if (stat("/proc/self/exe", &status) != 0)
        return (Hash){(uint64_t)now_ns(), 0};
    const FileStamp stamp = file_stamp(&status);
    return (Hash){stamp.size ^ stamp.inode << 32, (uint64_t)stamp.changed_ns};
}

Hash memory_environment(Project *project)
{
    Arena *arena = project->arena;
    const BuildOptions *options = &project->options;
    Text settings;
    Hash sum = add_text((Hash){VERSION, 0}, TEXT(LECTERN_VERSION));
    sum = hash_add(sum, memory_program());
    sum = add_folder(project, sum, text_c_string(arena, project_path(project, arena, TEXT("themes"))));
    sum = add_folder(project, sum, text_c_string(arena, project_path(project, arena, TEXT("plugins"))));
    if (files_read(arena, text_c_string(arena, path_join(arena, project->content, TEXT("site.yaml"))), 4 << 20, &settings, NULL) == 0)
        sum = add_text(sum, settings);
    sum = add_text(sum, project->content);    /* as messages show it */
    return hash_add(sum, (Hash){options->is_facilitator | options->with_drafts << 1 | options->wants_advice << 2, project->printed_hash.low});
}

/* What is still as it was. */

/* A file may be written twice within one tick of the clock, so a fresh stamp says nothing. */
static bool is_settled(const Memory *memory, FileStamp stamp)
{
    return stamp.changed_ns < memory->started_ns - SETTLED_NS && stamp.touched_ns < memory->started_ns - SETTLED_NS;
}

static bool has_hash(const Project *project, const Page *page, Hash hash)
{
    Text text;
    Arena *arena = arena_open();
    const bool is_same = files_read(arena, text_c_string(arena, project->sources.items[page->file]), 4 << 20, &text, NULL) == 0 &&
                         hash_equal(hash_of(text), hash);
    arena_close(arena);
    return is_same;
}

bool memory_source_keys(const Project *project, Arena *arena, const Page *page, Text notes, ReadKeys *keys)
{
    const Course *course = site_course_of(&project->site, page);
    if (!keys_of(project, arena, notes, false, keys))
        return false;
    /* where a page stands decides what it is, and a course's page may be called as the course is */
    keys->rest = hash_add(keys->rest, (Hash){page->kind, page->module != SITE_NOWHERE});
    if (page->kind == PAGE_COURSE)
        keys->rest = add_text(keys->rest, course->title);
    return true;
}

static bool keys_equal(const ReadKeys *one, const ReadKeys *other)
{
    return hash_equal(one->rest, other->rest) && hash_equal(one->links, other->links);
}

const SourceMemory *memory_source(const Project *project, Arena *arena, const Page *page)
{
    ReadKeys keys;
    const Memory *memory = project->memory;
    const uint32_t place = memory && !page->is_missing && !project->options.is_clean ? table_get(&memory->by_path, page->source) : TABLE_NOTHING;
    if (place == TABLE_NOTHING)
        return NULL;
    const SourceMemory *source = &memory->sources.items[place];
    const bool is_same = file_stamp_equal(source->stamp, page->stamp) && is_settled(memory, page->stamp);
    if (!is_same && !has_hash(project, page, source->hash))
        return NULL;
    return memory_source_keys(project, arena, page, source->notes, &keys) && keys_equal(&keys, &source->keys) ? source : NULL;
}

void memory_output_put(Project *project, Arena *arena, const Reads *reads, const Diag *diag, Buffer *record)
{
    ReadKeys keys;
    const Text notes = reads_bytes(arena, reads);
    if (!keys_of(project, arena, notes, true, &keys))
        keys = (ReadKeys){0};    /* no key is like it */
    flat_put_text(record, notes);
    const size_t start = flat_begin_text(record);
    diag_put(diag, record);
    flat_end_text(record, start);
    put_keys(record, &keys);
}

OutputMemory memory_output_take(FlatReader *record)
{
    OutputMemory output = {.notes = flat_text(record)};
    output.problems = flat_text(record);
    output.keys = take_keys(record);
    return output;
}

/* The number of a source by its path: nearly always that of a page. */
static uint32_t file_called(const Project *project, Text path)
{
    const size_t before = project->content.length + 1;
    const Page *page = path.length > before ? site_page(&project->site, text_after(path, before)) : NULL;
    if (page && text_equal(project->sources.items[page->file], path))
        return page->file;
    for (uint32_t i = 0; i < project->sources.count; i++)
        if (text_equal(project->sources.items[i], path))
            return i;
    return UINT32_MAX;
}

void memory_take_problems(Project *project, Text flat)
{
    FlatReader problems = flat_reader(flat);
    Diag *diag = project->diag;
    const size_t before = diag->count;
    diag_take(diag, &problems);
    for (size_t i = before; i < diag->count; i++)
        if (diag->items[i].file != UINT32_MAX)
            diag->items[i].file = file_called(project, diag->items[i].path);
}

const OutputMemory *memory_output(const Project *project, Arena *arena, Text name)
{
    const Memory *memory = project->memory;
    const uint32_t place = memory && !project->options.is_clean ? table_get(&memory->by_name, name) : TABLE_NOTHING;
    if (place == TABLE_NOTHING)
        return NULL;
    ReadKeys keys;
    const OutputMemory *output = &memory->outputs.items[place];
    const bool wants_links = !hash_equal(memory->addresses, project->hashes->addresses);
    const bool is_same = keys_of(project, arena, output->notes, wants_links, &keys) && hash_equal(keys.rest, output->keys.rest) &&
                         (!wants_links || hash_equal(keys.links, output->keys.links));
    return is_same ? output : NULL;
}

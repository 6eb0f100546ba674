/* memory: what a build leaves for the next one, kept with the manifest of its output.
 * Of each source the record that came of reading it and what was said then; of each output what it was
 * made from (its reads), the key of that, its files and what was said.  A source is taken from memory when
 * its file is as it was; an output when its key is.  All of it counts only for the same program, theme,
 * plugins, site.yaml and options.  A memory that is missing, of another version or damaged is none. */
#ifndef LECTERN_MEMORY_H
#define LECTERN_MEMORY_H

#include "manifest.h"
#include "keys.h"

/* What is known of a source.  Texts are flat. */
struct SourceMemory {
    Text path;           /* below content/ */
    FileStamp stamp;
    Hash hash;
    Text record, problems;
    Text notes;          /* what else was read with it: captions */
    ReadKeys keys;
};

/* What is known of something that is made: a page, a bundle, or all that a plugin's file makes. */
typedef struct OutputMemory {
    Text name;           /* its address, or `plugins/NAME` */
    Text notes, problems;
    ReadKeys keys;
    Text made;           /* flat: the addresses of its files, or an overview */
} OutputMemory;

/* What the last build left.  Its texts are borrowed from the manifest. */
typedef struct Memory {
    int64_t started_ns;      /* of the build, by the system's clock */
    Hash environment;        /* program, theme, plugins, settings, options */
    Hash addresses, places;  /* of the site: see SiteHashes */
    struct { SourceMemory *items; size_t count, capacity; } sources;
    struct { OutputMemory *items; size_t count, capacity; } outputs;
    Table by_path, by_name;
} Memory;

/* What this build leaves: written as it comes, never held. */
typedef struct NextMemory {
    Store store;
    int64_t started_ns;
    Hash environment;
} NextMemory;

/* NULL when it makes no sense. */
Memory *memory_take(Arena *arena, Manifest *manifest);

/* Begin at `path`; put; end with the manifest's entries (0 or an errno), or drop it. */
NextMemory *memory_begin(Arena *arena, const char *path);
void memory_put_source(NextMemory *memory, const SourceMemory *source);
void memory_put_output(NextMemory *memory, const OutputMemory *output);
int memory_end(NextMemory *memory, const SiteHashes *hashes, const Manifest *after, bool to_the_disk);
void memory_drop(NextMemory *memory);

/* What tells this program from another one, which would write other pages. */
Hash memory_program(void);

/* The hash of everything that all pages depend on.  Theme, plugins and site.yaml have been read. */
Hash memory_environment(Project *project);

/* Take in what the last build said: the numbers of its sources were others. */
void memory_take_problems(Project *project, Text problems);

/* What the last build knows of a source, if the file, and what else was read with it, is as it was then;
 * else NULL. */
const SourceMemory *memory_source(const Project *project, Arena *arena, const Page *page);

/* The keys of what was read with a page's source. */
bool memory_source_keys(const Project *project, Arena *arena, const Page *page, Text notes, ReadKeys *keys);

/* From a worker to the parent: an output that was made from `reads`.  What is taken is borrowed. */
void memory_output_put(Project *project, Arena *arena, const Reads *reads, const Diag *diag, Buffer *record);
OutputMemory memory_output_take(FlatReader *record);

/* What the last build knows of an output, if it would be made the same again; else NULL. */
const OutputMemory *memory_output(const Project *project, Arena *arena, Text name);

#endif

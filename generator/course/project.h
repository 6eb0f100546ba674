/* project: one folder with content/, what was asked for, and everything a build carries along.
 * Themes and plugins come from the project's own folders and otherwise from the copies that are
 * embedded in the program. */
#ifndef LECTERN_PROJECT_H
#define LECTERN_PROJECT_H

#include "../base/store.h"
#include "../script/script.h"
#include "site.h"

typedef struct BuildOptions {
    Text folder;             /* as given on the command line; "" is here */
    Text out;                /* "" is the edition's own folder */
    bool is_facilitator, with_drafts, is_strict, is_clean, with_stats;
    bool wants_advice;       /* what a careful editor would say, too */
    bool accepts_examples;   /* what becomes of the plugins' examples is written down */
    bool may_stop_early;     /* when nothing has changed: nobody asks for the site itself */
    bool is_preview;         /* for its author's eyes: no key of a quiz is kept for later */
    bool in_reverse;         /* pages are taken from the last to the first: for tests */
    uint32_t jobs;           /* 0 is in this process */
} BuildOptions;

typedef struct EmbeddedFile {
    const char *name;        /* `themes/default/css/base.css` */
    const char *bytes;
    size_t length;
} EmbeddedFile;

extern const EmbeddedFile embedded_files[];
extern const size_t embedded_count;

/* Borrowed; NULL when there is none. */
const EmbeddedFile *embedded_find(Text name);

typedef struct Words Words;
typedef struct Output Output;
typedef struct Memory Memory;
typedef struct NextMemory NextMemory;
typedef struct SourceMemory SourceMemory;
typedef struct Tree Tree;
typedef struct Reads Reads;
typedef struct Parts Parts;
typedef struct Spool Spool;
typedef struct SiteHashes SiteHashes;

/* A file that pages share: lectern.css, lectern.js, lectern.nl.js. */
typedef struct Asset {
    Text name;
    Text text;
    Text version;            /* the hash in `?v=` */
} Asset;

typedef enum BundleKind { BUNDLE_HANDOUT, BUNDLE_AGENDA, BUNDLE_BOOK } BundleKind;

/* A page that is made of others; see bundles.h. */
typedef struct Bundle {
    BundleKind kind;
    uint32_t owner;          /* the page of the module or course it belongs to */
    Text address;
    PageList parts;          /* the pages in it, in order */
} Bundle;

typedef struct Stage {
    const char *name;
    double seconds;
} Stage;

typedef struct Project {
    Arena *arena;
    BuildOptions options;
    Text content;            /* the path of content/, as it is opened and shown */
    bool is_nowhere;         /* there is no project: all themes and plugins are those in the program */
    Tree *tree;              /* what there is in content/, until it is loaded; NULL when it was not looked at before */
    Sources sources;
    Diag *diag;
    Site site;
    Script *script;
    Words *words;
    MarkdownOptions markdown;
    struct { Asset *items; size_t count, capacity; } assets;
    Text joined_script;      /* what the scripts of all languages have in common: all but their words */
    struct { Bundle *items; size_t count, capacity; } bundles;    /* those of one owner stand in a row */
    uint32_t *bundles_of;    /* by page: where those that it owns begin; NULL before there are any */
    const Text *pdf_names;   /* see handouts_pdf; NULL until one is asked for */
    struct { Stage *items; size_t count, capacity; } stages;
    Output *output;          /* where pages are written; NULL when they are only checked */
    const Memory *memory;    /* of the last build; NULL when there is none that counts */
    StoreReader last;        /* what it left: pages borrow from it */
    NextMemory *next_memory; /* for the next one; NULL when nothing is written */
    const SourceMemory **recalled;    /* by page: what its record was taken from; NULL of pages that are read */
    Text *records;           /* by page: what reading it gave, flat, until all have been read */
    void (*shown)(void *context);     /* called as soon as all that was built is in its place; NULL when nobody waits */
    void *shown_context;
    Reads *reads;            /* what is made just now was made from; NULL when nobody asks */
    Spool *parsed;           /* pages that have been read; NULL when none are put aside */
    Parts *parts;            /* of pages, for bundles; NULL when none are kept */
    const SiteHashes *hashes;
    Hash printed_hash;       /* of what `lectern print` remembers */
    uint64_t bytes_written;
    uint32_t page_count, files_written, files_unchanged;
    uint32_t pages_read;     /* whose records could not be recalled */
    size_t results_written;  /* of the plugins' examples */
    /* the page that Lua is busy with, and where it will stand: "" is at its own address */
    const Page *page;
    Text here;
    bool is_anywhere;        /* it is shown at any address (404.html): its links begin with the path of `url` */
    const Value *fields;
    const Fragment *title_html;
} Project;

/* `path` below the project's folder, as it is opened and shown. */
Text project_path(const Project *project, Arena *arena, Text path);

/* Is there a content/ in the project's folder? */
bool project_exists(const Project *project);

/* A file of the theme (`templates/quiz.html`, `css/base.css`) or `plugins/quiz.lua`, or one of
 * Lectern's own (`generator/script/prelude.lua`). */
bool project_file(void *project, Arena *arena, Text name, ScriptFile *file);

/* Does the page become one of the site?  Not when it is a draft, unless drafts are wanted. */
bool page_is_published(const Project *project, const Page *page);

/* Where in `bundles` those begin that belong to a page; their number in `*count`. */
size_t project_bundles_of(const Project *project, uint32_t owner, size_t *count);

/* The bundle of that kind which belongs to a module's or course's page; NULL when there is none. */
const Bundle *project_bundle(const Project *project, BundleKind kind, uint32_t owner);

/* The address that links are made from. */
Text project_here(const Project *project);

/* A link from there to `address`. */
Text project_link(const Project *project, Arena *arena, Text address);

/* Where `address` will be published; TEXT_NONE where `site.yaml` gives no `url`. */
Text project_home(const Project *project, Arena *arena, Text address);

/* Is a block of that name left out of the edition that is made? */
bool project_hides_block(void *project, Text name);

/* Is a fenced code block with that word one of Lectern's blocks? */
bool project_is_fenced_block(void *project, Text word);

/* The name of a fenced block that is one slip away from `word`, or "". */
Text project_near_fenced_block(void *project, Text word);

/* The names of all plugins, the project's own and Lectern's, each once, sorted. */
void project_each_plugin(void *project, void (*take)(void *taker, Text name), void *taker);

#endif

/* output: the folder a build writes.
 * Everything new is staged on the same file system and renamed in when all of it is there; a
 * journal lets the next build finish after a kill, so that only whole files are ever seen.  Only
 * what Lectern wrote is removed; files that it does not know stay. */
#ifndef LECTERN_OUTPUT_H
#define LECTERN_OUTPUT_H

#include "folders.h"
#include "manifest.h"
#include "project.h"

struct Output {
    Arena *arena;
    Project *project;
    const char *folder;      /* site/ */
    const char *staging;
    const char *manifest_path, *journal_path;
    const char *next_manifest_path;    /* what becomes the manifest once the journal has been worked through */
    bool is_fresh;           /* the folder is not there or empty: the staged tree becomes it */
    bool writes_all;         /* --clean: also what is there already */
    bool is_shown;           /* all is in its place, and the manifest not written yet */
    FileStamp recalled;      /* of the manifest that was read */
    int lock;
    Manifest before, after;
    Folders folders;         /* as the last build left them */
    Manifest printed;        /* what `lectern print` has put there: its own, as well */
    Text made_folder;        /* the staged folder that was made last */
};

/* The folder that a build of this edition writes, and a file of Lectern's own memory for a folder
 * (`out`, or "" for the usual one): `.lectern/site.manifest`. */
Text output_folder(const Project *project, Arena *arena);
Text output_memory(const Project *project, Arena *arena, Text out, const char *ending);

/* Keep every other lectern from writing, until `lock` is closed.  False after reporting. */
bool output_lock(Project *project, int *lock);

/* See where things are and that writing there is harmless; nothing is locked.  False after reporting. */
bool output_name(Project *project, Output *output);

/* Take the lock and finish what an earlier build left.  False after reporting. */
bool output_open(Output *output);

/* Recall what the last build wrote, and see that writing there is safe.  False after reporting. */
bool output_recall(Output *output);

/* Is what was recalled still so, now that the lock is taken? */
bool output_is_as_recalled(const Output *output);

/* Make room for what is new.  False after reporting. */
bool output_begin(Output *output);

/* In a worker: put a file where it belongs, unless it is there already; what became of it. */
bool output_write(Output *output, Arena *arena, Text address, Text bytes, Diag *diag, ManifestEntry *entry, bool *is_new);
bool output_copy(Output *output, Arena *arena, const Medium *medium, Diag *diag, ManifestEntry *entry, bool *is_new);

/* What the last build wrote at `address`, if it is still as it was left; else NULL. */
const ManifestEntry *output_untouched(Output *output, Arena *arena, Text address);

/* The same of the copy of a medium which is itself as it was. */
const ManifestEntry *output_copied(Output *output, Arena *arena, const Medium *medium);

/* In the parent: all is staged and recorded in `after`; rename it in, remove what is no more.  The manifest for the
 * next build is left before, but for a preview, which is shown first: then `is_shown` is set, and output_remember leaves
 * it.  False after reporting. */
bool output_is_shown_first(const Output *output);
bool output_commit(Output *output);
bool output_remember(Output *output);

/* Drop what was staged. */
void output_close(Output *output);

#endif

/* rebuild: builds the site over and over, each time in a child process, so that no build can harm
 * what watches and serves.  A build that is asked for while another is busy comes after it.  When nothing is busy,
 * the next one is begun as far as it goes, and waits to hear which pages have changed. */
#ifndef LECTERN_REBUILD_H
#define LECTERN_REBUILD_H

#include "../course/project.h"

struct event_base;

typedef struct Rebuild Rebuild;

/* What a build has said.  Borrowed, for the call. */
typedef struct BuildResult {
    bool is_fine;            /* the site is as the author's files are now */
    bool is_shown;           /* it is so all the same: what failed came after that */
    const Diag *diag;
    uint32_t written;
    double seconds;
} BuildResult;

/* `done` is called from the loop of `base` after each build that counts: not after one that failed
 * while files were still changing, as the next follows at once; and once more if it fails after that.  Everything lives in `arena`. */
Rebuild *rebuild_open(Arena *arena, struct event_base *base, const BuildOptions *options,
                      void (*done)(void *context, const BuildResult *result), void *context);

/* Build now, or as soon as the build at hand has ended.  `pages` are the files of pages that have changed, below
 * content/, if nothing else has since the last call; NULL is anything. */
void rebuild_start(Rebuild *rebuild, const TextList *pages);

/* A build that is busy is ended; the next one finishes what it began to write. */
void rebuild_close(Rebuild *rebuild);

#endif

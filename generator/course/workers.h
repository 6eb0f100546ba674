/* workers: the same function for many pages, in child processes.
 * They take batches (folders) from a shared counter and send back flat records, which are taken in
 * by the parent; nothing depends on who finishes first.  A page whose worker crashes, hangs or
 * takes too much memory is lost with a message, and the others go on. */
#ifndef LECTERN_WORKERS_H
#define LECTERN_WORKERS_H

#include "project.h"

typedef struct Work {
    Project *project;
    const char *doing;           /* for who watches: `reading`; NULL is not worth telling */
    const uint32_t *items;       /* what to do, batch after batch */
    size_t item_count;
    const uint32_t *batches;     /* the first item of each batch */
    size_t batch_count;
    /* In a worker: do one item, whose memory lives in `arena`, and write its record. */
    void (*work)(Project *project, uint32_t item, Arena *arena, Buffer *record);
    /* In a worker: all is done that it was given.  May be NULL. */
    void (*end)(Project *project);
    /* In the parent: take the record in. */
    void (*take)(Project *project, uint32_t item, FlatReader *record);
    /* In the parent: the worker did not survive this item. */
    void (*lost)(Project *project, uint32_t item, const char *why);
} Work;

void workers_run(const Work *work);

/* Call `watcher` as items come in, with what is being done, how many are done, and of how many; NULL
 * ends that. */
void workers_watch(void (*watcher)(const char *doing, size_t done, size_t count));

/* How many workers a build uses when nobody says: one for each processor, at most 16. */
uint32_t workers_count(void);

#endif

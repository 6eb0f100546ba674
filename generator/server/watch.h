/* watch: tells when something in the author's folders has changed, once it has settled.
 * It names the files, as far as it was no more than that: who is told of more reads the folders again.  All ways of
 * saving count: in place, by renaming over, many files at once, folders that come, go and move. */
#ifndef LECTERN_WATCH_H
#define LECTERN_WATCH_H

#include "../base/text.h"

struct event_base;

typedef struct Watch Watch;

/* What has changed: borrowed, for the call. */
typedef struct WatchChanges {
    TextList files;      /* their paths below the root; some may be gone, or new */
    bool is_more;        /* and anything else */
} WatchChanges;

/* Watch the folders called `names` in the folder `root`, with all that is in them, also those that
 * are not there yet.  `changed` is called from the loop of `base`.  NULL with an errno in `error`
 * when the system watches nothing.  Everything lives in `arena`. */
Watch *watch_open(Arena *arena, struct event_base *base, const char *root, const char *const names[], size_t name_count,
                  void (*changed)(void *context, const WatchChanges *changes), void *context, int *error);

/* Folders that could not be watched, as the system allows no more. */
size_t watch_missed(const Watch *watch);

/* Has something changed that has not settled yet? */
bool watch_is_settling(const Watch *watch);

void watch_close(Watch *watch);

#endif

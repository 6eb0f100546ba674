/* watch: tells when something in the author's folders has changed, once it has settled.
 * It says that, not what: who is told reads the folders again, which is cheap.  All ways of saving
 * count: in place, by renaming over, many files at once, folders that come, go and move. */
#ifndef LECTERN_WATCH_H
#define LECTERN_WATCH_H

#include "../base/text.h"

struct event_base;

typedef struct Watch Watch;

/* Watch the folders called `names` in the folder `root`, with all that is in them, also those that
 * are not there yet.  `changed` is called from the loop of `base`.  NULL with an errno in `error`
 * when the system watches nothing.  Everything lives in `arena`. */
Watch *watch_open(Arena *arena, struct event_base *base, const char *root, const char *const names[], size_t name_count,
                  void (*changed)(void *context), void *context, int *error);

/* Folders that could not be watched, as the system allows no more. */
size_t watch_missed(const Watch *watch);

/* Has something changed that has not settled yet? */
bool watch_is_settling(const Watch *watch);

void watch_close(Watch *watch);

#endif

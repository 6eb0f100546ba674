/* keys: what stands for all that an output was made from.
 * The next build works the key out again from the notes of what was read; as long as it is the same, so are
 * the bytes. */
#ifndef LECTERN_KEYS_H
#define LECTERN_KEYS_H

#include "reads.h"

/* The hashes that keys are made from. */
typedef struct SiteHashes {
    Hash *outlines, *details;      /* of each course, and behind them of what is outside of courses */
    Hash addresses;                /* of all pages and media: while it stays, links lead where they led */
    Hash places;                   /* the same with the ids in each page */
    Table courses;                 /* their folders, and reads_outside */
} SiteHashes;

/* Once the site is resolved. */
void keys_hash_site(Project *project);

/* The keys of notes: in `links` where links lead, in `rest` all else.  `wants_links` may be false when addresses
 * are as they were.  False when something that was looked at is no more. */
typedef struct ReadKeys {
    Hash links, rest;
} ReadKeys;
bool keys_of(const Project *project, Arena *arena, Text notes, bool wants_links, ReadKeys *keys);

#endif

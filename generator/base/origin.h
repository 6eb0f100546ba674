/* origin: where each byte of a derived text was written.
 * A block scalar loses its indentation, a footnote its mark, a masked page gains a
 * line end: messages still need the place in the author's file.  An Origin is a
 * list of runs; inside a run both texts go on byte by byte. */
#ifndef LECTERN_ORIGIN_H
#define LECTERN_ORIGIN_H

#include "value.h"

typedef struct OriginRun {
    uint32_t derived, source;
} OriginRun;

typedef struct Origin {
    uint32_t file;
    OriginRun *items;
    size_t count, capacity;
} Origin;

/* A text that stands in `file` at `source` as it is. */
Origin origin_plain(Arena *arena, uint32_t file, uint32_t source);

/* From offset `derived` on, the text comes from `source`.  Add runs in order of `derived`. */
void origin_run(Arena *arena, Origin *origin, uint32_t derived, uint32_t source);

/* Where the byte at offset `derived` was written. */
uint32_t origin_source(const Origin *origin, uint32_t derived);
Pos origin_pos(const Origin *origin, uint32_t derived);

/* The origin of a text that is derived again: `inner` leads from the innermost text to the one
 * that `outer` leads to the file. */
Origin origin_through(Arena *arena, const Origin *outer, const Origin *inner);

#endif

/* vtt: WebVTT captions -> a list of { from, to, text }, times in seconds (W3C, WebVTT: The Web Video
 * Text Tracks Format). */
#ifndef LECTERN_VTT_H
#define LECTERN_VTT_H

#include "../base/value.h"

/* False when `text` does not begin as WebVTT must, or a line with times makes no sense: then
 * `*bad_line` is its number from 1. */
bool vtt_read(Arena *arena, Text text, Value *cues, uint32_t *bad_line);

#endif

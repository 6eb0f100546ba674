/* unicode: UTF-8 read and written, and the ASCII spelling that addresses need. */
#ifndef LECTERN_UNICODE_H
#define LECTERN_UNICODE_H

#include "text.h"

/* Offset of the first byte that is no UTF-8 (RFC 3629: no overlong forms, no surrogates,
 * nothing past U+10FFFF) or is NUL; `text.length` when all is well. */
size_t unicode_error(Text text);

/* The code point at `*offset` of valid UTF-8; moves `*offset` past it. */
uint32_t unicode_next(Text text, size_t *offset);

void buffer_code_point(Buffer *buffer, uint32_t code_point);

/* How many code points `text` has: what an editor calls its columns. */
size_t unicode_count(Text text);

/* A text as part of an address: lower case, accents off, everything that is not a letter or
 * digit a single hyphen.  Letters without an ASCII spelling are left out; "" when none is left. */
Text unicode_slug(Arena *arena, Text text);

/* A text as the id of a heading, as CommonMark sites do it: letters of every script stay, in
 * lower case where it is ASCII; blanks become hyphens; punctuation goes. */
Text unicode_heading_id(Arena *arena, Text text);

#endif

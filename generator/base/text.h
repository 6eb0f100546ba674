/* text: a pointer and a length, and text being written.
 * A Text may hold any byte and nobody counts on a NUL after it; it borrows what
 * it points at.  A Buffer grows in an arena. */
#ifndef LECTERN_TEXT_H
#define LECTERN_TEXT_H

#include "arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct Text {
    const char *bytes;
    size_t length;
} Text;

#define TEXT(literal) ((Text){"" literal, sizeof(literal) - 1})
#define TEXT_NONE ((Text){NULL, 0})

/* For "%.*s". */
#define TEXT_ARG(text) (int)(text).length, (text).bytes

/* Questions about one byte; letters and digits are those of ASCII. */
static inline bool byte_is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static inline bool byte_is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* A blank, a tab or a carriage return. */
static inline bool byte_is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

/* All of these borrow. */
static inline Text text_from(const char *c_string)
{
    return (Text){c_string, c_string ? strlen(c_string) : 0};
}

static inline Text text_slice(Text text, size_t start, size_t end)
{
    assert(start <= end && end <= text.length);
    return (Text){text.bytes ? text.bytes + start : NULL, end - start};
}

static inline Text text_after(Text text, size_t start)
{
    return text_slice(text, start, text.length);
}

Text text_trim(Text text);

/* Most texts that are not the same are told apart by their first byte. */
static inline bool text_equal(Text left, Text right)
{
    return left.length == right.length &&
           (left.length == 0 || (left.bytes[0] == right.bytes[0] && memcmp(left.bytes, right.bytes, left.length) == 0));
}

static inline bool text_is(Text text, const char *c_string)
{
    if (text.length == 0 || text.bytes[0] != c_string[0])
        return text.length == 0 && !c_string[0];
    return text_equal(text, text_from(c_string));
}

static inline bool text_starts(Text text, const char *prefix)
{
    if (text.length == 0 || text.bytes[0] != prefix[0])
        return !prefix[0];
    const size_t length = strlen(prefix);
    return text.length >= length && memcmp(text.bytes, prefix, length) == 0;
}

bool text_ends(Text text, const char *suffix);
bool text_is_blank(Text text);

/* Less than 0, 0 or more than 0, byte by byte; and with runs of digits compared as numbers and
 * letters without their case first, so that `page-9` comes before `page-10`. */
int text_compare(Text left, Text right);
int text_compare_natural(Text left, Text right);

/* Offset of the first `needle`, or `text.length` when there is none. */
size_t text_find(Text text, const char *needle);
size_t text_find_char(Text text, char needle);

/* Cut the first line off `rest`: without its end (LF or CRLF) in `line`.  False at the end. */
bool text_next_line(Text *rest, Text *line);

/* Made in the arena.  A C string ends in NUL, for what calls the system. */
Text text_copy(Arena *arena, Text text);
char *text_c_string(Arena *arena, Text text);
Text text_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
Text text_format_list(Arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
Text text_lower(Arena *arena, Text text);

/* A whole number in decimal digits with an optional sign, and nothing else. */
bool text_integer(Text text, int64_t *number);

/* How many single letters must be changed, added, left out or swapped with a neighbour to turn
 * one into the other: what "did you mean" counts (Damerau-Levenshtein, optimal string alignment).
 * Texts longer than 48 bytes are as far apart as can be. */
size_t text_distance(Text left, Text right);

typedef struct Buffer {
    Arena *arena;
    char *bytes;
    size_t length;
    size_t capacity;
} Buffer;

Buffer buffer_new(Arena *arena);
void buffer_reserve(Buffer *buffer, size_t more);

static inline void buffer_bytes(Buffer *buffer, const char *bytes, size_t count)
{
    enum { LEAST_BYTES = 64 };
    if (count == 0)
        return;
    if (buffer->capacity - buffer->length < count)
        buffer_reserve(buffer, buffer->capacity || count > LEAST_BYTES ? count : LEAST_BYTES);
    memcpy(buffer->bytes + buffer->length, bytes, count);
    buffer->length += count;
}

static inline void buffer_put(Buffer *buffer, Text text)
{
    buffer_bytes(buffer, text.bytes, text.length);
}

static inline void buffer_string(Buffer *buffer, const char *c_string)
{
    buffer_bytes(buffer, c_string, strlen(c_string));
}

static inline void buffer_char(Buffer *buffer, char byte)
{
    buffer_bytes(buffer, &byte, 1);
}

void buffer_integer(Buffer *buffer, int64_t integer);    /* in decimal */
void buffer_format(Buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What stands in the buffer, borrowed until it is written to again. */
Text buffer_text(const Buffer *buffer);

/* HTML text or attribute value: & < > " and ' become entities. */
void buffer_html(Buffer *buffer, Text text);

typedef struct TextList {
    Text *items;
    size_t count, capacity;
} TextList;

#endif

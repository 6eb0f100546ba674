/* bytes: sixteen bytes of a text at once, to pass over those that mean nothing.
 * Comparing them gives sixteen others, 0xFF where it is so and 0 where it is not; a test of bytes is
 * a function such as `return (bytes == '<') | (bytes == '&');`. */
#ifndef LECTERN_BYTES_H
#define LECTERN_BYTES_H

#include "text.h"

#include <string.h>

enum { BYTES_AT_ONCE = 16 };

typedef uint8_t Bytes __attribute__((vector_size(BYTES_AT_ONCE)));

/* Those from `at` on, with zeros behind the end of the text. */
static inline Bytes bytes_at(Text text, size_t at)
{
    Bytes bytes = {0};
    if (text.length - at >= BYTES_AT_ONCE)
        memcpy(&bytes, text.bytes + at, BYTES_AT_ONCE);
    else
        memcpy(&bytes, text.bytes + at, text.length - at);
    return bytes;
}

/* The place of the first hit; BYTES_AT_ONCE when there is none. */
static inline size_t bytes_first(Bytes hits)
{
    uint64_t halves[2];
    memcpy(halves, &hits, sizeof halves);
    if (!(halves[0] | halves[1]))
        return BYTES_AT_ONCE;
    size_t first = 0;
    while (!hits[first])
        first++;
    return first;
}

/* The first place from `at` on that meets the test, or the end. */
static inline __attribute__((always_inline)) size_t bytes_until(Text text, size_t at, Bytes (*test)(Bytes bytes))
{
    for (; at < text.length; at += BYTES_AT_ONCE) {
        const size_t first = bytes_first(test(bytes_at(text, at)));
        if (first < BYTES_AT_ONCE)
            return at + first < text.length ? at + first : text.length;
    }
    return text.length;
}

/* How many hits there are. */
static inline uint32_t bytes_count(Bytes hits)
{
    const uint64_t ones = 0x0101010101010101;
    uint64_t halves[2];
    memcpy(halves, &hits, sizeof halves);
    return (uint32_t)(((halves[0] & ones) + (halves[1] & ones)) * ones >> 56);
}

#endif

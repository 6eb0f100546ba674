/* bytes: sixteen bytes of a text at once, to pass over those that mean nothing.
 * Comparing them gives sixteen others, 0xFF where it is so and 0 where it is not; a test of bytes is
 * a function such as `return (bytes == '<') | (bytes == '&');`. */
#ifndef LECTERN_BYTES_H
#define LECTERN_BYTES_H

#include "text.h"

#include <endian.h>
#include <string.h>

enum { BYTES_AT_ONCE = 16 };

typedef uint8_t Bytes __attribute__((vector_size(BYTES_AT_ONCE)));

/* Up to 16 bytes, with zeros behind them, by two reads that may overlap: of a size that is known, so no function is called. */
static inline Bytes bytes_few(const char *from, size_t count)
{
    Bytes bytes = {0};
    unsigned char *to = (unsigned char *)&bytes;
    if (count >= 8) {
        memcpy(to, from, 8);
        memcpy(to + count - 8, from + count - 8, 8);
    } else if (count >= 4) {
        memcpy(to, from, 4);
        memcpy(to + count - 4, from + count - 4, 4);
    } else if (count) {
        to[0] = (unsigned char)from[0];
        to[count / 2] = (unsigned char)from[count / 2];
        to[count - 1] = (unsigned char)from[count - 1];
    }
    return bytes;
}

/* Those from `at` on, with zeros behind the end of the text. */
static inline Bytes bytes_at(Text text, size_t at)
{
    Bytes bytes;
    if (text.length - at < BYTES_AT_ONCE)
        return bytes_few(text.bytes + at, text.length - at);
    memcpy(&bytes, text.bytes + at, BYTES_AT_ONCE);
    return bytes;
}

/* The place of the first hit; BYTES_AT_ONCE when there is none. */
static inline size_t bytes_first(Bytes hits)
{
    uint64_t halves[2];
    memcpy(halves, &hits, sizeof halves);
    if (halves[0])
        return (size_t)__builtin_ctzll(le64toh(halves[0])) / 8;
    return halves[1] ? 8 + (size_t)__builtin_ctzll(le64toh(halves[1])) / 8 : BYTES_AT_ONCE;
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

/* hash: a fingerprint of bytes, to tell whether two things are the same (XXH3-128).
 * Not for secrets: it does not withstand somebody who wants a collision. */
#ifndef LECTERN_HASH_H
#define LECTERN_HASH_H

#include "text.h"

typedef struct Hash {
    uint64_t low, high;
} Hash;

Hash hash_of(Text text);

/* For tables in memory alone: quick, and never kept. */
uint32_t hash_short(Text text);

/* The same of bytes that come one after the other: open, add, and end, which frees the stream. */
typedef struct HashStream HashStream;
HashStream *hash_stream_open(void);
void hash_stream_add(HashStream *stream, Text bytes);
Hash hash_stream_end(HashStream *stream);

/* The fingerprint of a sequence: start with any hash, add one after the other. */
Hash hash_add(Hash sum, Hash more);

bool hash_equal(Hash left, Hash right);

/* 16 hexadecimal digits, from the lower 64 bits. */
Text hash_hex(Arena *arena, Hash hash);

#endif

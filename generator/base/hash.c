/* hash: see hash.h. */
#include "hash.h"

#include <xxhash.h>

Hash hash_of(Text text)
{
    const XXH128_hash_t hash = XXH3_128bits(text.bytes, text.length);
    return (Hash){hash.low64, hash.high64};
}

uint32_t hash_short(Text text)
{
    return (uint32_t)XXH3_64bits(text.bytes, text.length);
}

/* A HashStream is a state of xxHash, by another name. */
static XXH3_state_t *state_of(HashStream *stream)
{
    return (XXH3_state_t *)stream;
}

HashStream *hash_stream_open(void)
{
    XXH3_state_t *state = XXH3_createState();
    if (!state)
        arena_out_of_memory();
    XXH3_128bits_reset(state);
    return (HashStream *)state;
}

void hash_stream_add(HashStream *stream, Text bytes)
{
    XXH3_128bits_update(state_of(stream), bytes.bytes, bytes.length);
}

Hash hash_stream_end(HashStream *stream)
{
    const XXH128_hash_t hash = XXH3_128bits_digest(state_of(stream));
    XXH3_freeState(state_of(stream));
    return (Hash){hash.low64, hash.high64};
}

Hash hash_add(Hash sum, Hash more)
{
    const Hash pair[2] = {sum, more};
    return hash_of((Text){(const char *)pair, sizeof pair});
}

bool hash_equal(Hash left, Hash right)
{
    return left.low == right.low && left.high == right.high;
}

Text hash_hex(Arena *arena, Hash hash)
{
    enum { DIGITS = 16 };
    char *digits = arena_bytes(arena, DIGITS);
    for (unsigned i = 0; i < DIGITS; i++)
        digits[i] = "0123456789abcdef"[hash.low >> (60 - 4 * i) & 15];
    return (Text){digits, DIGITS};
}

/* hash: see hash.h. */
#include "hash.h"

#include <inttypes.h>
#include <xxhash.h>

Hash hash_of(Text text)
{
    const XXH128_hash_t hash = XXH3_128bits(text.bytes, text.length);
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
    return text_format(arena, "%016" PRIx64, hash.low);
}

/* flat: numbers and texts written one after the other, for pipes between workers and for the
 * manifest.  Little-endian, lengths before texts; a reader that runs over the end says so once
 * at the end, and gives zeros until then. */
#ifndef LECTERN_FLAT_H
#define LECTERN_FLAT_H

#include "hash.h"
#include "value.h"

#include <endian.h>

/* The first `count` bytes of a number. */
static inline void flat_put_number(Buffer *flat, uint64_t number, size_t count)
{
    const uint64_t bytes = htole64(number);
    if (flat->capacity - flat->length < sizeof bytes)
        buffer_reserve(flat, 64);
    memcpy(flat->bytes + flat->length, &bytes, sizeof bytes);    /* of a size that is known; what is too much is written over */
    flat->length += count;
}

static inline void flat_put_u8(Buffer *flat, uint8_t number)
{
    flat_put_number(flat, number, 1);
}

static inline void flat_put_u32(Buffer *flat, uint32_t number)
{
    flat_put_number(flat, number, 4);
}

static inline void flat_put_u64(Buffer *flat, uint64_t number)
{
    flat_put_number(flat, number, 8);
}

void flat_put_text(Buffer *flat, Text text);
void flat_put_hash(Buffer *flat, Hash hash);
/* A text that is put piece by piece: between the two, whose `start` is the same. */
size_t flat_begin_text(Buffer *flat);
void flat_end_text(Buffer *flat, size_t start);
/* Data: what is an object of Lectern's own becomes null, and where it was written is left out. */
void flat_put_value(Buffer *flat, const Value *value);
/* All of it, with where and how it was written; `put_object` writes what is an object.  NULL: there is none. */
typedef void FlatPutObject(Buffer *flat, const Value *object);
void flat_put_written(Buffer *flat, const Value *value, FlatPutObject *put_object);

typedef struct FlatReader {
    Text flat;
    size_t offset;
    bool is_broken;
} FlatReader;

FlatReader flat_reader(Text flat);

/* Are there `count` more bytes?  If so they are taken, and begin at `*at`. */
static inline bool flat_has(FlatReader *reader, size_t count, const char **at)
{
    if (reader->is_broken || reader->flat.length - reader->offset < count)
        return !(reader->is_broken = true);
    *at = reader->flat.bytes + reader->offset;
    reader->offset += count;
    return true;
}

static inline uint8_t flat_u8(FlatReader *reader)
{
    const char *at;
    return flat_has(reader, 1, &at) ? (uint8_t)*at : 0;
}

static inline uint32_t flat_u32(FlatReader *reader)
{
    const char *at;
    uint32_t bytes = 0;
    if (flat_has(reader, sizeof bytes, &at))
        memcpy(&bytes, at, sizeof bytes);
    return le32toh(bytes);
}

static inline uint64_t flat_u64(FlatReader *reader)
{
    const char *at;
    uint64_t bytes = 0;
    if (flat_has(reader, sizeof bytes, &at))
        memcpy(&bytes, at, sizeof bytes);
    return le64toh(bytes);
}

Text flat_text(FlatReader *reader);    /* borrowed from what is read */
Hash flat_hash(FlatReader *reader);
Value flat_value(Arena *arena, FlatReader *reader);    /* its texts are borrowed; nested past 64 it is broken */
typedef Value FlatTakeObject(Arena *arena, FlatReader *reader);
Value flat_written(Arena *arena, FlatReader *reader, FlatTakeObject *take_object);
bool flat_is_at_end(const FlatReader *reader);

#endif

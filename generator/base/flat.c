/* flat: see flat.h. */
#include "flat.h"

#include <string.h>

static void put_little_endian(Buffer *flat, uint64_t number, size_t count)
{
    char bytes[8];
    for (size_t i = 0; i < count; i++)
        bytes[i] = (char)(number >> (8 * i));
    buffer_bytes(flat, bytes, count);
}

void flat_put_u8(Buffer *flat, uint8_t number)
{
    put_little_endian(flat, number, 1);
}

void flat_put_u32(Buffer *flat, uint32_t number)
{
    put_little_endian(flat, number, 4);
}

void flat_put_u64(Buffer *flat, uint64_t number)
{
    put_little_endian(flat, number, 8);
}

void flat_put_text(Buffer *flat, Text text)
{
    flat_put_u32(flat, (uint32_t)text.length);
    buffer_put(flat, text);
}

void flat_put_hash(Buffer *flat, Hash hash)
{
    flat_put_u64(flat, hash.low);
    flat_put_u64(flat, hash.high);
}

FlatReader flat_reader(Text flat)
{
    return (FlatReader){.flat = flat};
}

static uint64_t little_endian(FlatReader *reader, size_t count)
{
    if (reader->is_broken || reader->flat.length - reader->offset < count) {
        reader->is_broken = true;
        return 0;
    }
    uint64_t number = 0;
    for (size_t i = 0; i < count; i++)
        number |= (uint64_t)(unsigned char)reader->flat.bytes[reader->offset + i] << (8 * i);
    reader->offset += count;
    return number;
}

uint8_t flat_u8(FlatReader *reader)
{
    return (uint8_t)little_endian(reader, 1);
}

uint32_t flat_u32(FlatReader *reader)
{
    return (uint32_t)little_endian(reader, 4);
}

uint64_t flat_u64(FlatReader *reader)
{
    return little_endian(reader, 8);
}

Text flat_text(FlatReader *reader)
{
    const size_t length = flat_u32(reader);
    if (reader->is_broken || reader->flat.length - reader->offset < length) {
        reader->is_broken = true;
        return TEXT_NONE;
    }
    const Text text = text_slice(reader->flat, reader->offset, reader->offset + length);
    reader->offset += length;
    return text;
}

Hash flat_hash(FlatReader *reader)
{
    const uint64_t low = flat_u64(reader);
    return (Hash){low, flat_u64(reader)};
}

bool flat_is_at_end(const FlatReader *reader)
{
    return reader->is_broken || reader->offset == reader->flat.length;
}

/* flat: see flat.h. */
#include "flat.h"

#include <endian.h>
#include <string.h>

static void put_little_endian(Buffer *flat, uint64_t number, size_t count)
{
    const uint64_t bytes = htole64(number);
    buffer_bytes(flat, (const char *)&bytes, count);
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

size_t flat_begin_text(Buffer *flat)
{
    flat_put_u32(flat, 0);
    return flat->length;
}

void flat_end_text(Buffer *flat, size_t start)
{
    const uint32_t length = htole32((uint32_t)(flat->length - start));
    memcpy(flat->bytes + start - sizeof length, &length, sizeof length);
}

void flat_put_hash(Buffer *flat, Hash hash)
{
    flat_put_u64(flat, hash.low);
    flat_put_u64(flat, hash.high);
}

static void put_real(Buffer *flat, double real)
{
    uint64_t bits;
    memcpy(&bits, &real, sizeof bits);
    flat_put_u64(flat, bits);
}

void flat_put_value(Buffer *flat, const Value *value)
{
    const ValueKind kind = value->kind == VALUE_OBJECT ? VALUE_NULL : value->kind;
    flat_put_u8(flat, (uint8_t)kind);
    switch (kind) {
    case VALUE_NULL: case VALUE_OBJECT: return;
    case VALUE_BOOL: flat_put_u8(flat, value->boolean); return;
    case VALUE_INT: flat_put_u64(flat, (uint64_t)value->integer); return;
    case VALUE_REAL: put_real(flat, value->real); return;
    case VALUE_TEXT: flat_put_text(flat, value->text); return;
    case VALUE_LIST:
        flat_put_u32(flat, (uint32_t)value->list.count);
        for (size_t i = 0; i < value->list.count; i++)
            flat_put_value(flat, &value->list.items[i]);
        return;
    case VALUE_MAP:
        flat_put_u32(flat, (uint32_t)value->map.count);
        for (size_t i = 0; i < value->map.count; i++) {
            flat_put_text(flat, value->map.items[i].key);
            flat_put_value(flat, &value->map.items[i].value);
        }
        return;
    }
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
    uint64_t bytes = 0;
    memcpy(&bytes, reader->flat.bytes + reader->offset, count);
    reader->offset += count;
    return le64toh(bytes);
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

static double take_real(FlatReader *reader)
{
    const uint64_t bits = flat_u64(reader);
    double real;
    memcpy(&real, &bits, sizeof real);
    return real;
}

static Value take_value(Arena *arena, FlatReader *reader, int depth)
{
    enum { DEEPEST = 64 };
    const uint8_t kind = flat_u8(reader);
    Value value = VALUE_NONE;
    reader->is_broken = reader->is_broken || kind > VALUE_MAP || depth > DEEPEST;
    if (reader->is_broken)
        return VALUE_NONE;
    switch ((ValueKind)kind) {
    case VALUE_NULL: case VALUE_OBJECT: break;
    case VALUE_BOOL: return value_bool(flat_u8(reader));
    case VALUE_INT: return value_int((int64_t)flat_u64(reader));
    case VALUE_REAL: return value_real(take_real(reader));
    case VALUE_TEXT: return value_text(flat_text(reader));
    case VALUE_LIST:
        value = value_list();
        for (uint32_t i = flat_u32(reader); i > 0 && !reader->is_broken; i--)
            value_add(arena, &value, take_value(arena, reader, depth + 1));
        break;
    case VALUE_MAP:
        value = value_map();
        for (uint32_t i = flat_u32(reader); i > 0 && !reader->is_broken; i--) {
            const Text key = flat_text(reader);
            value_set(arena, &value, key, take_value(arena, reader, depth + 1));
        }
        break;
    }
    return value;
}

Value flat_value(Arena *arena, FlatReader *reader)
{
    return take_value(arena, reader, 0);
}

bool flat_is_at_end(const FlatReader *reader)
{
    return reader->is_broken || reader->offset == reader->flat.length;
}

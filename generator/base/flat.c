/* flat: see flat.h. */
#include "flat.h"

#include <string.h>

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

/* How values are put and taken: as data alone, or as they were written. */
typedef struct PutHow {
    bool is_written;
    FlatPutObject *object;
} PutHow;

typedef struct TakeHow {
    Arena *arena;
    bool is_written;
    FlatTakeObject *object;
} TakeHow;

static void put_pos(Buffer *flat, Pos pos)
{
    flat_put_u32(flat, pos.file);
    flat_put_u32(flat, pos.offset);
}

static void put_value(Buffer *flat, const Value *value, const PutHow *how)
{
    const ValueKind kind = value->kind == VALUE_OBJECT && !how->object ? VALUE_NULL : value->kind;
    flat_put_u8(flat, (uint8_t)kind);
    if (how->is_written) {
        flat_put_u8(flat, (uint8_t)value->style);
        put_pos(flat, value->pos);
    }
    switch (kind) {
    case VALUE_NULL: return;
    case VALUE_OBJECT: how->object(flat, value); return;
    case VALUE_BOOL: flat_put_u8(flat, value->boolean); return;
    case VALUE_INT: flat_put_u64(flat, (uint64_t)value->integer); return;
    case VALUE_REAL: put_real(flat, value->real); return;
    case VALUE_TEXT: flat_put_text(flat, value->text); return;
    case VALUE_LIST:
        flat_put_u32(flat, (uint32_t)value->list.count);
        for (size_t i = 0; i < value->list.count; i++)
            put_value(flat, &value->list.items[i], how);
        return;
    case VALUE_MAP:
        flat_put_u32(flat, (uint32_t)value->map.count);
        for (size_t i = 0; i < value->map.count; i++) {
            flat_put_text(flat, value->map.items[i].key);
            if (how->is_written)
                put_pos(flat, value->map.items[i].key_pos);
            put_value(flat, &value->map.items[i].value, how);
        }
        return;
    }
}

void flat_put_value(Buffer *flat, const Value *value)
{
    put_value(flat, value, &(PutHow){0});
}

void flat_put_written(Buffer *flat, const Value *value, FlatPutObject *put_object)
{
    put_value(flat, value, &(PutHow){true, put_object});
}

FlatReader flat_reader(Text flat)
{
    return (FlatReader){.flat = flat};
}

Text flat_text(FlatReader *reader)
{
    const char *bytes;
    const size_t length = flat_u32(reader);
    return flat_has(reader, length, &bytes) ? (Text){bytes, length} : TEXT_NONE;
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

static Pos take_pos(FlatReader *reader)
{
    const uint32_t file = flat_u32(reader);
    return (Pos){file, flat_u32(reader)};
}

/* How many items follow, each of a byte at least. */
static size_t take_count(FlatReader *reader)
{
    const size_t count = flat_u32(reader);
    reader->is_broken = reader->is_broken || count > reader->flat.length - reader->offset;
    return reader->is_broken ? 0 : count;
}

static Value take_value(FlatReader *reader, const TakeHow *how, int depth);

static Value take_list(FlatReader *reader, const TakeHow *how, int depth)
{
    Value list = value_list();
    const size_t count = take_count(reader);
    LIST_RESERVE(how->arena, &list.list, count);
    while (list.list.count < count && !reader->is_broken)
        list.list.items[list.list.count++] = take_value(reader, how, depth);
    return list;
}

static Value take_map(FlatReader *reader, const TakeHow *how, int depth)
{
    Value map = value_map();
    const size_t count = take_count(reader);
    LIST_RESERVE(how->arena, &map.map, count);
    while (map.map.count < count && !reader->is_broken) {
        ValueEntry *entry = &map.map.items[map.map.count++];
        entry->key = flat_text(reader);
        entry->key_pos = how->is_written ? take_pos(reader) : POS_NONE;
        entry->value = take_value(reader, how, depth);
    }
    return map;
}

static Value take_kind(FlatReader *reader, ValueKind kind, const TakeHow *how, int depth)
{
    switch (kind) {
    case VALUE_NULL: break;
    case VALUE_OBJECT: return how->object(how->arena, reader);
    case VALUE_BOOL: return value_bool(flat_u8(reader));
    case VALUE_INT: return value_int((int64_t)flat_u64(reader));
    case VALUE_REAL: return value_real(take_real(reader));
    case VALUE_TEXT: return value_text(flat_text(reader));
    case VALUE_LIST: return take_list(reader, how, depth + 1);
    case VALUE_MAP: return take_map(reader, how, depth + 1);
    }
    return VALUE_NONE;
}

static Value take_value(FlatReader *reader, const TakeHow *how, int depth)
{
    enum { DEEPEST = 64 };
    const uint8_t kind = flat_u8(reader);
    const uint8_t style = how->is_written ? flat_u8(reader) : VALUE_PLAIN;
    const Pos pos = how->is_written ? take_pos(reader) : POS_NONE;
    reader->is_broken = reader->is_broken || kind > (how->object ? VALUE_OBJECT : VALUE_MAP) || style > VALUE_FOLDED || depth > DEEPEST;
    if (reader->is_broken)
        return VALUE_NONE;
    Value value = take_kind(reader, (ValueKind)kind, how, depth);
    value.style = (ValueStyle)style;
    value.pos = pos;
    return value;
}

Value flat_value(Arena *arena, FlatReader *reader)
{
    return take_value(reader, &(TakeHow){.arena = arena}, 0);
}

Value flat_written(Arena *arena, FlatReader *reader, FlatTakeObject *take_object)
{
    return take_value(reader, &(TakeHow){arena, true, take_object}, 0);
}

bool flat_is_at_end(const FlatReader *reader)
{
    return reader->is_broken || reader->offset == reader->flat.length;
}

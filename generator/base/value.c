/* value: see value.h. */
#include "value.h"

#include <assert.h>

Value value_bool(bool boolean)
{
    return (Value){.kind = VALUE_BOOL, .pos = POS_NONE, .boolean = boolean};
}

Value value_int(int64_t integer)
{
    return (Value){.kind = VALUE_INT, .pos = POS_NONE, .integer = integer};
}

Value value_real(double real)
{
    return (Value){.kind = VALUE_REAL, .pos = POS_NONE, .real = real};
}

Value value_text(Text text)
{
    return (Value){.kind = VALUE_TEXT, .pos = POS_NONE, .text = text};
}

Value value_list(void)
{
    return (Value){.kind = VALUE_LIST, .pos = POS_NONE};
}

Value value_map(void)
{
    return (Value){.kind = VALUE_MAP, .pos = POS_NONE};
}

Value value_object(const ValueType *type, const void *data)
{
    return (Value){.kind = VALUE_OBJECT, .pos = POS_NONE, .object = {type, data}};
}

Value *value_add(Arena *arena, Value *list, Value item)
{
    assert(list->kind == VALUE_LIST);
    Value *place = LIST_PUSH(arena, &list->list);
    *place = item;
    return place;
}

Value *value_set(Arena *arena, Value *map, Text key, Value value)
{
    assert(map->kind == VALUE_MAP);
    ValueEntry *entry = LIST_PUSH(arena, &map->map);
    *entry = (ValueEntry){.key = key, .key_pos = value.pos, .value = value};
    return &entry->value;
}

const ValueEntry *value_entry(const Value *map, Text key)
{
    if (!map || map->kind != VALUE_MAP)
        return NULL;
    for (size_t i = 0; i < map->map.count; i++)
        if (text_equal(map->map.items[i].key, key))
            return &map->map.items[i];
    return NULL;
}

const Value *value_find(const Value *map, Text key)
{
    const ValueEntry *entry = value_entry(map, key);
    return entry ? &entry->value : NULL;
}

const Value *value_get(const Value *value, const char *key)
{
    return value_find(value, text_from(key));
}

Text value_get_text(const Value *map, const char *key)
{
    const Value *value = value_get(map, key);
    return value && value->kind == VALUE_TEXT ? value->text : TEXT_NONE;
}

const char *value_kind_name(const Value *value)
{
    switch (value->kind) {
    case VALUE_NULL: return "nothing";
    case VALUE_BOOL: return "true or false";
    case VALUE_INT: case VALUE_REAL: return "a number";
    case VALUE_TEXT: return "a text";
    case VALUE_LIST: return "a list";
    case VALUE_MAP: return "a group of keys";
    case VALUE_OBJECT: return value->object.type->name;
    }
    return "a value";
}

/* table: see table.h.  Open addressing, at most half full. */
#include "table.h"

#include "hash.h"

#include <string.h>

Table table_new(Arena *arena)
{
    return (Table){.arena = arena};
}

Table table_sized(Arena *arena, size_t count)
{
    Table table = {.arena = arena, .capacity = 16};
    while (table.capacity < (count + 1) * 2)
        table.capacity *= 2;
    table.slots = ARENA_ARRAY(arena, TableSlot, table.capacity);
    return table;
}

Table table_copy(const Table *table)
{
    Table copy = *table;
    if (!table->capacity)
        return copy;
    copy.slots = ARENA_ARRAY(table->arena, TableSlot, table->capacity);
    memcpy(copy.slots, table->slots, table->capacity * sizeof *copy.slots);
    return copy;
}

static uint32_t key_hash(Text key)
{
    return hash_short(key);
}

static TableSlot *slot_of(const Table *table, Text key, uint32_t hash)
{
    size_t place = hash & (table->capacity - 1);
    while (table->slots[place].key.bytes && (table->slots[place].hash != hash || !text_equal(table->slots[place].key, key)))
        place = (place + 1) & (table->capacity - 1);
    return &table->slots[place];
}

uint32_t table_get(const Table *table, Text key)
{
    if (table->count == 0)
        return TABLE_NOTHING;
    const TableSlot *slot = slot_of(table, key, key_hash(key));
    return slot->key.bytes ? slot->number : TABLE_NOTHING;
}

static void grow(Table *table)
{
    const Table old = *table;
    table->capacity = old.capacity ? old.capacity * 2 : 16;
    table->slots = ARENA_ARRAY(table->arena, TableSlot, table->capacity);
    for (size_t i = 0; i < old.capacity; i++) {
        size_t place = old.slots[i].hash & (table->capacity - 1);
        if (!old.slots[i].key.bytes)
            continue;
        while (table->slots[place].key.bytes)
            place = (place + 1) & (table->capacity - 1);
        table->slots[place] = old.slots[i];
    }
}

uint32_t table_put(Table *table, Text key, uint32_t number)
{
    if (key.bytes == NULL)
        key = TEXT("");
    if ((table->count + 1) * 2 > table->capacity)
        grow(table);
    const uint32_t hash = key_hash(key);
    TableSlot *slot = slot_of(table, key, hash);
    if (slot->key.bytes)
        return slot->number;
    *slot = (TableSlot){key, number, hash};
    table->count++;
    return TABLE_NOTHING;
}

/* How often a name came is kept under the name itself, so that many alike stay cheap. */
Text table_unique(Table *table, Text name)
{
    if (table_put(table, name, 1) == TABLE_NOTHING)
        return name;
    const uint32_t hash = key_hash(name);
    TableSlot *slot = slot_of(table, name, hash);
    for (uint32_t i = slot->number + 1;; i++) {
        const Text next = text_format(table->arena, "%.*s-%u", TEXT_ARG(name), i);
        if (table_put(table, next, 1) != TABLE_NOTHING)
            continue;
        slot_of(table, name, hash)->number = i;
        return next;
    }
}

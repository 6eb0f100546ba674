/* table: from a text to a number, for names that must be found fast or be unique. */
#ifndef LECTERN_TABLE_H
#define LECTERN_TABLE_H

#include "text.h"

typedef struct TableSlot {
    Text key;
    uint32_t number;
    uint32_t hash;    /* of the key, so that few keys have to be looked at */
} TableSlot;

typedef struct Table {
    Arena *arena;
    TableSlot *slots;
    size_t count, capacity;
} Table;

enum { TABLE_NOTHING = UINT32_MAX };

Table table_new(Arena *arena);

/* The same with room for `count` names. */
Table table_sized(Arena *arena, size_t count);

/* Another with the same in it, in the same arena; the keys are borrowed again. */
Table table_copy(const Table *table);

/* What stands under `key`, or TABLE_NOTHING. */
uint32_t table_get(const Table *table, Text key);

/* Put `number` under `key` unless something is there.  Gives what was there before, or
 * TABLE_NOTHING.  The key's bytes are borrowed and must stay as long as the table. */
uint32_t table_put(Table *table, Text key, uint32_t number);

/* A name that is not in the table yet: `name`, or `name-2`, `name-3`...; it is put there. */
Text table_unique(Table *table, Text name);

#endif

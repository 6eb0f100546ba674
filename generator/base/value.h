/* value: the one value that YAML, JSON, Lua and templates speak.
 * A value remembers where it was written; a map keeps the order in which it was
 * written.  Values live in the arena they were made in and are not changed
 * after they are finished. */
#ifndef LECTERN_VALUE_H
#define LECTERN_VALUE_H

#include "text.h"

/* Where something was written: a file, and a byte offset into it from 0.
 * Lines and columns, both from 1, are worked out when it is reported. */
typedef struct Pos {
    uint32_t file, offset;
} Pos;

#define POS_NONE ((Pos){UINT32_MAX, 0})

typedef enum ValueKind {
    VALUE_NULL,
    VALUE_BOOL,
    VALUE_INT,
    VALUE_REAL,
    VALUE_TEXT,
    VALUE_LIST,
    VALUE_MAP,
    VALUE_OBJECT    /* something of Lectern's own, looked into through its type: a page, a Document */
} ValueKind;

/* How a scalar was written in YAML.  `pos` is the first byte of it as written: the quote, the
 * `|`, or the first letter. */
typedef enum ValueStyle {
    VALUE_PLAIN,
    VALUE_SINGLE_QUOTED,
    VALUE_DOUBLE_QUOTED,
    VALUE_LITERAL,
    VALUE_FOLDED
} ValueStyle;

typedef struct Value Value;
typedef struct ValueEntry ValueEntry;
typedef struct ValueType ValueType;

struct Value {
    ValueKind kind;
    ValueStyle style;
    Pos pos;
    union {
        bool boolean;
        int64_t integer;
        double real;
        Text text;
        struct {
            Value *items;
            size_t count, capacity;
        } list;
        struct {
            ValueEntry *items;
            size_t count, capacity;
        } map;
        struct {
            const ValueType *type;
            const void *data;
        } object;
    };
};

struct ValueEntry {
    Text key;
    Pos key_pos;
    Value value;
};

/* What an object answers when a plugin or template looks into it. */
struct ValueType {
    const char *name;    /* as in messages: "page" */
    /* The part called `key`, in `*part`; false says that there is none of that name. */
    bool (*get)(void *context, Arena *arena, const void *data, Text key, Value *part);
};

Value value_bool(bool boolean);
Value value_int(int64_t integer);
Value value_real(double real);
Value value_text(Text text);
Value value_list(void);
Value value_map(void);
Value value_object(const ValueType *type, const void *data);
#define VALUE_NONE ((Value){.kind = VALUE_NULL, .pos = POS_NONE})

/* Append; the pointer is good until the next one is added. */
Value *value_add(Arena *arena, Value *list, Value item);
Value *value_set(Arena *arena, Value *map, Text key, Value value);
#define VALUE_SET(arena, map, key, value) value_set((arena), (map), TEXT(key), (value))

/* What stands under `key`: borrowed from the map; NULL when it is not there or `value` is no map. */
const Value *value_get(const Value *value, const char *key);
const Value *value_find(const Value *map, Text key);
const ValueEntry *value_entry(const Value *map, Text key);

/* The text under `key`; `TEXT_NONE` when there is none. */
Text value_get_text(const Value *map, const char *key);

/* What a value is called in a message: "a list". */
const char *value_kind_name(const Value *value);

#endif

/* fields_lua: a declaration, as prelude.lua makes it, becomes a Field; see fields.h. */
#include "fields.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdlib.h>

typedef struct Reader {
    lua_State *lua;
    Arena *arena;
    Text problem;
    int depth;
    size_t count;    /* of fields */
} Reader;

static Field *read_field(Reader *reader);

static const Field *fail(Reader *reader, Text problem)
{
    if (!reader->problem.length)
        reader->problem = problem;
    return NULL;
}

static Text string_at(Reader *reader, int index)
{
    size_t length;
    if (lua_type(reader->lua, index) != LUA_TSTRING)
        return TEXT_NONE;
    const char *bytes = lua_tolstring(reader->lua, index, &length);
    return text_copy(reader->arena, (Text){bytes, length});
}

static Text string_field(Reader *reader, const char *key)
{
    lua_pushstring(reader->lua, key);
    lua_rawget(reader->lua, -2);
    const Text text = string_at(reader, -1);
    lua_pop(reader->lua, 1);
    return text;
}

static bool is_true(Reader *reader, const char *key)
{
    lua_pushstring(reader->lua, key);
    lua_rawget(reader->lua, -2);
    const bool value = lua_toboolean(reader->lua, -1);
    lua_pop(reader->lua, 1);
    return value;
}

static bool number_field(Reader *reader, const char *key, double *number)
{
    lua_pushstring(reader->lua, key);
    lua_rawget(reader->lua, -2);
    const bool is_number = lua_type(reader->lua, -1) == LUA_TNUMBER;
    if (is_number)
        *number = lua_tonumber(reader->lua, -1);
    lua_pop(reader->lua, 1);
    return is_number;
}

static bool push_table(Reader *reader, const char *key)
{
    lua_pushstring(reader->lua, key);
    lua_rawget(reader->lua, -2);
    if (lua_istable(reader->lua, -1))
        return true;
    lua_pop(reader->lua, 1);
    fail(reader, text_format(reader->arena, "a field declaration has no '%s'", key));
    return false;
}

static int compare_entries(const void *left, const void *right)
{
    return text_compare(((const FieldEntry *)left)->name, ((const FieldEntry *)right)->name);
}

static void read_entries(Reader *reader, Field *field)
{
    struct {
        FieldEntry *items;
        size_t count, capacity;
    } list = {0};
    if (!push_table(reader, "fields"))
        return;
    for (lua_pushnil(reader->lua); lua_next(reader->lua, -2); lua_pop(reader->lua, 1)) {
        const Text name = string_at(reader, -2);
        if (!name.bytes || !lua_istable(reader->lua, -1)) {
            fail(reader, text_format(reader->arena, "the field '%.*s' is declared by no function such as text or list",
                                     TEXT_ARG(name.bytes ? name : TEXT("?"))));
            continue;
        }
        *LIST_PUSH(reader->arena, &list) = (FieldEntry){name, read_field(reader)};
    }
    lua_pop(reader->lua, 1);
    if (list.count)
        qsort(list.items, list.count, sizeof *list.items, compare_entries);
    field->entries = list.items;
    field->entry_count = list.count;
}

/* How long the list at the top is. */
static size_t count_of(Reader *reader)
{
    enum { MOST = 1000 };
    const size_t count = (size_t)lua_rawlen(reader->lua, -1);
    if (count > MOST)
        fail(reader, TEXT("a list of more than 1,000 options is too many"));
    return count > MOST ? 0 : count;
}

static void read_options(Reader *reader, Field *field, const char *key)
{
    if (!push_table(reader, key))
        return;
    field->option_count = count_of(reader);
    field->options = ARENA_ARRAY(reader->arena, Text, field->option_count + 1);
    for (size_t i = 0; i < field->option_count; i++) {
        lua_rawgeti(reader->lua, -1, (lua_Integer)i + 1);
        field->options[i] = string_at(reader, -1);
        lua_pop(reader->lua, 1);
    }
    lua_pop(reader->lua, 1);
}

static void read_choices(Reader *reader, Field *field)
{
    if (!push_table(reader, "choices"))
        return;
    field->option_count = count_of(reader);
    field->choices = ARENA_ARRAY(reader->arena, const Field *, field->option_count + 1);
    for (size_t i = 0; i < field->option_count; i++) {
        lua_rawgeti(reader->lua, -1, (lua_Integer)i + 1);
        field->choices[i] = read_field(reader);
        lua_pop(reader->lua, 1);
    }
    lua_pop(reader->lua, 1);
    if (field->option_count == 0)
        fail(reader, TEXT("either{} needs at least one form"));
}

static void read_item(Reader *reader, Field *field)
{
    if (!push_table(reader, "item"))
        return;
    field->item = read_field(reader);
    lua_pop(reader->lua, 1);
}

static const struct {
    const char *name;
    FieldKind kind;
} kinds[] = {
    {"text", FIELD_TEXT}, {"markdown", FIELD_MARKDOWN}, {"integer", FIELD_INTEGER},
    {"number", FIELD_NUMBER}, {"percent", FIELD_PERCENT}, {"boolean", FIELD_BOOLEAN},
    {"date", FIELD_DATE}, {"color", FIELD_COLOR}, {"path", FIELD_PATH}, {"page", FIELD_PAGE},
    {"anything", FIELD_ANYTHING}, {"list", FIELD_LIST}, {"list_or_one", FIELD_LIST_OR_ONE},
    {"map", FIELD_MAP}, {"record", FIELD_RECORD}, {"one_of", FIELD_ONE_OF},
    {"either", FIELD_EITHER}, {"arrow", FIELD_ARROW}, {"variant", FIELD_VARIANT},
};

static bool read_kind(Reader *reader, Field *field)
{
    Text kind = string_field(reader, "kind");
    if (!kind.bytes && luaL_getmetafield(reader->lua, -1, "kind") != LUA_TNIL) {    /* `text` without options */
        kind = string_at(reader, -1);
        lua_pop(reader->lua, 1);
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kind.length && text_is(kind, kinds[i].name)) {
            field->kind = kinds[i].kind;
            return true;
        }
    }
    fail(reader, TEXT("a field is declared by no function such as text or list"));
    return false;
}

static int compare_keys(const void *left, const void *right)
{
    return text_compare(((const ValueEntry *)left)->key, ((const ValueEntry *)right)->key);
}

/* A map of texts, in alphabetical order; NULL when there is none. */
static const Value *read_texts(Reader *reader, const char *key)
{
    Value *map = ARENA_NEW(reader->arena, Value);
    *map = value_map();
    lua_pushstring(reader->lua, key);
    if (lua_rawget(reader->lua, -2) == LUA_TTABLE)
        for (lua_pushnil(reader->lua); lua_next(reader->lua, -2); lua_pop(reader->lua, 1))
            if (string_at(reader, -2).bytes && string_at(reader, -1).bytes)
                value_set(reader->arena, map, string_at(reader, -2), value_text(string_at(reader, -1)));
    lua_pop(reader->lua, 1);
    if (map->map.count)
        qsort(map->map.items, map->map.count, sizeof *map->map.items, compare_keys);
    return map->map.count ? map : NULL;
}

static void read_parts(Reader *reader, Field *field)
{
    switch (field->kind) {
    case FIELD_LIST: case FIELD_LIST_OR_ONE: case FIELD_MAP: read_item(reader, field); break;
    case FIELD_VARIANT:
        field->folder = string_field(reader, "folder");
        field->instead = read_texts(reader, "instead");
        read_entries(reader, field);
        break;
    case FIELD_RECORD: read_entries(reader, field); break;
    case FIELD_ONE_OF: read_options(reader, field, "options"); break;
    case FIELD_ARROW: read_options(reader, field, "parts"); break;
    case FIELD_EITHER: read_choices(reader, field); break;
    default: break;
    }
    if (field->kind == FIELD_ARROW && field->option_count != 2)
        fail(reader, TEXT("arrow{} needs the names of its two parts"));
}

static Field *read_field(Reader *reader)
{
    enum { DEEPEST = 32, MOST_FIELDS = 1000 };
    Field *field = ARENA_NEW(reader->arena, Field);
    if (reader->depth == DEEPEST || !lua_checkstack(reader->lua, 8)) {
        fail(reader, TEXT("field declarations are nested too deeply"));
        return field;
    }
    if (++reader->count > MOST_FIELDS) {
        fail(reader, TEXT("more than 1,000 fields are declared, which is too many"));
        return field;
    }
    reader->depth++;
    if (read_kind(reader, field)) {
        field->is_required = is_true(reader, "required");
        field->allows_remote = is_true(reader, "remote");
        field->has_gaps = is_true(reader, "gaps");
        field->has_min = number_field(reader, "min", &field->min);
        field->has_max = number_field(reader, "max", &field->max);
        field->help = string_field(reader, "help");
        read_parts(reader, field);
    }
    reader->depth--;
    return field;
}

bool field_from_lua(lua_State *lua, Arena *arena, Field **field, Text *problem)
{
    Reader reader = {.lua = lua, .arena = arena};
    if (lua_istable(lua, -1))
        *field = read_field(&reader);
    else
        fail(&reader, TEXT("a field is declared by no function such as text or list"));
    *problem = reader.problem;
    return reader.problem.length == 0;
}

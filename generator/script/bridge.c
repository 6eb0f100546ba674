/* bridge: Value <-> Lua; see state.h.
 * Lists, maps, Html and objects are read-only userdata that look into C's data; each carries the
 * number of the page it belongs to and is refused on any other. */
#include "state.h"

#include "../base/sort.h"
#include "../base/unicode.h"
#include "../formats/json.h"

#include <string.h>

enum { MOST_NESTING = 64 };

/* All userdata that Lua gets to see are these, and begin with Held: so each is known without asking Lua for its type. */
static const char *const type_names[] = {[HELD_VIEW] = "lectern view", [HELD_OBJECT] = "lectern object", [HELD_HTML] = "lectern html"};

typedef struct View {
    Held held;
    const Value *value;
} View;

typedef struct Object {
    Held held;
    const ValueType *type;
    const void *data;
} Object;

void bridge_push_text(lua_State *lua, Text text)
{
    lua_pushlstring(lua, text.bytes ? text.bytes : "", text.length);
}

static void *push_userdata(Script *script, HeldKind kind, size_t size)
{
    Held *held = lua_newuserdatauv(script->lua, size, 0);
    *held = (Held){script->generation, kind};
    lua_rawgeti(script->lua, LUA_REGISTRYINDEX, script->types[kind]);
    lua_setmetatable(script->lua, -2);
    return held;
}

/* What is held at `index`, or NULL when it is none of that kind. */
static const void *held_at(lua_State *lua, int index, HeldKind kind)
{
    const Held *held = lua_touserdata(lua, index);
    return held && held->kind == kind ? held : NULL;
}

static const void *check_held(lua_State *lua, int index, HeldKind kind)
{
    const void *held = held_at(lua, index, kind);
    if (!held)
        luaL_typeerror(lua, index, type_names[kind]);
    return held;
}

void bridge_push_html(Script *script, Fragment fragment)
{
    Html *html = push_userdata(script, HELD_HTML, sizeof *html);
    *html = (Html){.held = html->held, .fragment = fragment};
}

void bridge_push_html_text(Script *script, Text text)
{
    Html *html = push_userdata(script, HELD_HTML, sizeof *html);
    *html = (Html){.held = html->held, .is_text = true, .text = text};
}

void bridge_push(Script *script, const Value *value)
{
    lua_State *lua = script->lua;
    switch (value->kind) {
    case VALUE_NULL: lua_pushnil(lua); return;
    case VALUE_BOOL: lua_pushboolean(lua, value->boolean); return;
    case VALUE_INT: lua_pushinteger(lua, value->integer); return;
    case VALUE_REAL: lua_pushnumber(lua, value->real); return;
    case VALUE_TEXT: bridge_push_text(lua, value->text); return;
    case VALUE_LIST: case VALUE_MAP: {
        View *view = push_userdata(script, HELD_VIEW, sizeof *view);
        view->value = value;
        return;
    }
    case VALUE_OBJECT:
        if (value->object.type == &html_value_type) {
            bridge_push_html(script, *(const Fragment *)value->object.data);
            return;
        }
        Object *object = push_userdata(script, HELD_OBJECT, sizeof *object);
        object->type = value->object.type;
        object->data = value->object.data;
        return;
    }
}

void bridge_push_lasting(Script *script, const Value *value)
{
    const uint32_t generation = script->generation;
    script->generation = 0;
    bridge_push(script, value);
    script->generation = generation;
}

static void check_generation(lua_State *lua, uint32_t generation)
{
    if (generation && generation != script_of(lua)->generation)
        luaL_error(lua, "this value belongs to another page and is not kept");
}

static const Value *check_view(lua_State *lua, int index)
{
    const View *view = check_held(lua, index, HELD_VIEW);
    check_generation(lua, view->held.generation);
    return view->value;
}

Text bridge_text(lua_State *lua, int index)
{
    size_t length;
    const char *bytes = luaL_checklstring(lua, index, &length);
    return (Text){bytes, length};
}

/* What is known to be a string. */
static Text string_at(lua_State *lua, int index)
{
    Text text;
    text.bytes = lua_tolstring(lua, index, &text.length);
    return text;
}

/* Copy into C's hands: a Value that outlives the stack slot. */
static const Value *kept(Script *script, Value value)
{
    Value *copy = ARENA_NEW(script->page.arena, Value);
    *copy = value;
    return copy;
}

static int view_index(lua_State *lua)
{
    Script *script = script_of(lua);
    const Value *value = check_view(lua, 1);
    const Value *part = NULL;
    if (value->kind == VALUE_MAP && lua_type(lua, 2) == LUA_TSTRING) {
        part = value_find(value, string_at(lua, 2));
    } else if (value->kind == VALUE_LIST && lua_isinteger(lua, 2)) {
        const lua_Integer place = lua_tointeger(lua, 2);
        if (place >= 1 && (lua_Unsigned)place <= value->list.count)
            part = &value->list.items[place - 1];
    }
    if (part)
        bridge_push(script, part);
    else
        lua_pushnil(lua);
    return 1;
}

static int view_length(lua_State *lua)
{
    const Value *value = check_view(lua, 1);
    lua_pushinteger(lua, value->kind == VALUE_LIST ? (lua_Integer)value->list.count : 0);
    return 1;
}

/* The step of `pairs` over a view: the place it is at is an upvalue. */
static int view_next(lua_State *lua)
{
    Script *script = script_of(lua);
    const Value *value = check_view(lua, lua_upvalueindex(1));
    const size_t place = (size_t)lua_tointeger(lua, lua_upvalueindex(2));
    const size_t count = value->kind == VALUE_LIST ? value->list.count : value->map.count;
    if (place >= count)
        return 0;
    lua_pushinteger(lua, (lua_Integer)place + 1);
    lua_copy(lua, -1, lua_upvalueindex(2));
    if (value->kind == VALUE_LIST)
        lua_pushinteger(lua, (lua_Integer)place + 1);
    else
        bridge_push_text(lua, value->map.items[place].key);
    bridge_push(script, value->kind == VALUE_LIST ? &value->list.items[place] : &value->map.items[place].value);
    return 2;
}

static int view_pairs(lua_State *lua)
{
    check_view(lua, 1);
    lua_pushvalue(lua, 1);
    lua_pushinteger(lua, 0);
    lua_pushcclosure(lua, view_next, 2);
    return 1;
}

/* The step of `ipairs` over a view. */
static int view_step(lua_State *lua)
{
    const Value *value = check_view(lua, 1);
    const lua_Unsigned place = (lua_Unsigned)lua_tointeger(lua, 2);
    if (value->kind != VALUE_LIST || place >= value->list.count)
        return 0;
    lua_pushinteger(lua, (lua_Integer)place + 1);
    bridge_push(script_of(lua), &value->list.items[place]);
    return lua_isnil(lua, -1) ? 1 : 2;
}

bool bridge_push_ipairs(lua_State *lua)
{
    if (!held_at(lua, 1, HELD_VIEW))
        return false;
    lua_pushcfunction(lua, view_step);
    lua_pushvalue(lua, 1);
    lua_pushinteger(lua, 0);
    return true;
}

static int view_equal(lua_State *lua)
{
    lua_pushboolean(lua, check_view(lua, 1) == check_view(lua, 2));
    return 1;
}

static int read_only(lua_State *lua)
{
    return luaL_error(lua, "this is the author's data and cannot be changed");
}

const Html *bridge_html(lua_State *lua, int index)
{
    const Html *html = check_held(lua, index, HELD_HTML);
    script_charge(lua, 100);
    check_generation(lua, html->held.generation);
    return html;
}

static int object_index(lua_State *lua)
{
    Script *script = script_of(lua);
    const Object *object = check_held(lua, 1, HELD_OBJECT);
    check_generation(lua, object->held.generation);
    Value part = VALUE_NONE;
    if (lua_type(lua, 2) != LUA_TSTRING ||
        !object->type->get(script->host.context, script->page.arena, object->data, string_at(lua, 2), &part))
        lua_pushnil(lua);
    else
        bridge_push(script, part.kind == VALUE_LIST || part.kind == VALUE_MAP ? kept(script, part) : &part);
    return 1;
}

static int object_equal(lua_State *lua)
{
    const Object *left = check_held(lua, 1, HELD_OBJECT), *right = check_held(lua, 2, HELD_OBJECT);
    lua_pushboolean(lua, left->data == right->data && left->type == right->type);
    return 1;
}

/* Push the metatable of that kind. */
static void make_type(Script *script, HeldKind kind, const luaL_Reg *functions)
{
    lua_State *lua = script->lua;
    luaL_newmetatable(lua, type_names[kind]);
    luaL_setfuncs(lua, functions, 0);
    lua_pushboolean(lua, false);
    lua_setfield(lua, -2, "__metatable");
    lua_pushcfunction(lua, read_only);
    lua_setfield(lua, -2, "__newindex");
    lua_pushvalue(lua, -1);
    script->types[kind] = luaL_ref(lua, LUA_REGISTRYINDEX);
}

void bridge_open(Script *script)
{
    static const luaL_Reg view[] = {{"__index", view_index}, {"__len", view_length}, {"__pairs", view_pairs}, {"__eq", view_equal}, {NULL, NULL}};
    static const luaL_Reg object[] = {{"__index", object_index}, {"__eq", object_equal}, {NULL, NULL}};
    static const luaL_Reg html[] = {{NULL, NULL}};
    lua_State *lua = script->lua;
    make_type(script, HELD_VIEW, view);
    make_type(script, HELD_OBJECT, object);
    make_type(script, HELD_HTML, html);
    lua_newtable(lua);
    luaL_setfuncs(lua, html_methods, 0);
    lua_setfield(lua, -2, "__index");
    lua_pop(lua, 3);
}

bool bridge_is_html(Script *script, int index)
{
    return held_at(script->lua, index, HELD_HTML) != NULL;
}

bool bridge_fragment(Script *script, int index, Fragment *fragment)
{
    const Html *html = held_at(script->lua, index, HELD_HTML);
    if (!html || html->is_text)
        return false;
    *fragment = html->fragment;
    return true;
}

bool bridge_write_html(Script *script, int index, Buffer *out)
{
    const Html *html = held_at(script->lua, index, HELD_HTML);
    if (!html)
        return false;
    check_generation(script->lua, html->held.generation);
    if (html->is_text)
        buffer_put(out, html->text);
    else
        script->write(script, html->fragment, out);
    return true;
}

const void *bridge_object(Script *script, int index, const ValueType *type)
{
    const Object *object = held_at(script->lua, index, HELD_OBJECT);
    return object && object->type == type ? object->data : NULL;
}

bool bridge_value(Script *script, int index, Value *value)
{
    const Object *object = held_at(script->lua, index, HELD_OBJECT);
    const View *view = held_at(script->lua, index, HELD_VIEW);
    if (object)
        *value = value_object(object->type, object->data);
    else if (view)
        *value = *view->value;
    return object || view;
}

static int compare_keys(const void *left, const void *right)
{
    return text_compare(((const ValueEntry *)left)->key, ((const ValueEntry *)right)->key);
}

static Value read_at(Script *script, int index, int depth);

static Value read_list(Script *script, int index, lua_Unsigned count, int depth)
{
    Value list = value_list();
    for (lua_Unsigned i = 1; i <= count; i++) {
        lua_rawgeti(script->lua, index, (lua_Integer)i);
        value_add(script->reading, &list, read_at(script, lua_gettop(script->lua), depth + 1));
        lua_pop(script->lua, 1);
    }
    return list;
}

/* A table is a list when it has a length, or nothing in it; else a map with its keys sorted. */
static Value read_table(Script *script, int index, int depth)
{
    lua_State *lua = script->lua;
    const lua_Unsigned count = lua_rawlen(lua, index);
    if (count)
        return read_list(script, index, count, depth);
    Value map = value_map();
    for (lua_pushnil(lua); lua_next(lua, index); lua_pop(lua, 1)) {
        if (lua_type(lua, -2) != LUA_TSTRING)
            luaL_error(lua, "a table in data has a key that is no text");
        const Text key = text_copy(script->reading, script_argument(lua, -2));
        value_set(script->reading, &map, key, read_at(script, lua_gettop(lua), depth + 1));
    }
    sort_items(map.map.items, map.map.count, sizeof *map.map.items, compare_keys);
    return map.map.count ? map : value_list();
}

static Value read_html(Script *script, int index)
{
    Buffer html = buffer_new(script->reading);
    bridge_write_html(script, index, &html);
    return value_text(buffer_text(&html));
}

static Value read_at(Script *script, int index, int depth)
{
    lua_State *lua = script->lua;
    if (script->calls)
        script_charge(lua, 20);
    if (depth > MOST_NESTING || !lua_checkstack(lua, 6))
        luaL_error(lua, "data is nested more than %d deep, or in a circle", MOST_NESTING);
    switch (lua_type(lua, index)) {
    case LUA_TNIL: return VALUE_NONE;
    case LUA_TBOOLEAN: return value_bool(lua_toboolean(lua, index));
    case LUA_TNUMBER:
        return lua_isinteger(lua, index) ? value_int(lua_tointeger(lua, index)) : value_real(lua_tonumber(lua, index));
    case LUA_TSTRING: {
        const Text text = text_copy(script->reading, script_argument(lua, index));
        if (unicode_error(text) < text.length)
            luaL_error(lua, "a text in data is not UTF-8");
        return value_text(text);
    }
    case LUA_TTABLE: return read_table(script, index, depth);
    case LUA_TUSERDATA:
        if (bridge_is_html(script, index))
            return read_html(script, index);
        if (held_at(lua, index, HELD_VIEW))
            return *check_view(lua, index);
        break;
    default: break;
    }
    luaL_error(lua, "%s cannot stand in data", luaL_typename(lua, index));
    return VALUE_NONE;
}

static Value read_into(Script *script, Arena *arena, int index)
{
    Arena *before = script->reading;
    script->reading = arena;
    const Value value = read_at(script, lua_absindex(script->lua, index), 0);
    script->reading = before;
    return value;
}

Value bridge_read(Script *script, int index)
{
    return read_into(script, script->page.arena, index);
}

/* Html in the data may have data of its own to write, in a template. */
void bridge_write_json(Script *script, int index, Buffer *out)
{
    const bool is_inside = script->reading == script->scratch;
    const Value value = read_into(script, script->scratch, index);
    json_write(out, &value);
    if (!is_inside)
        arena_reset(script->scratch);
}

/* Push a copy of what is at `index`; false, and something is pushed all the same, when it has none. */
static bool push_copy(Script *script, int index, int depth, size_t *left)
{
    lua_State *lua = script->lua;
    bool ok = *left > 0 && depth < MOST_NESTING && lua_checkstack(lua, 8);
    if (ok)
        --*left;
    if (!ok || lua_type(lua, index) != LUA_TTABLE) {
        lua_pushvalue(lua, index);
        return ok && (lua_type(lua, index) < LUA_TTABLE || held_at(lua, index, HELD_VIEW) || held_at(lua, index, HELD_OBJECT) || bridge_is_html(script, index));
    }
    if (lua_getmetatable(lua, index))
        return false;
    lua_newtable(lua);
    const int copy = lua_gettop(lua);
    for (lua_pushnil(lua); ok && lua_next(lua, index); lua_settop(lua, copy + 1)) {
        lua_pushvalue(lua, -2);
        ok = lua_type(lua, -1) < LUA_TTABLE && push_copy(script, copy + 2, depth + 1, left);
        if (ok)
            lua_rawset(lua, copy);
    }
    lua_settop(lua, copy);
    return ok;
}

bool bridge_push_copy(Script *script, int index)
{
    enum { MOST_VALUES = 100000 };    /* what is in many places is copied for each */
    size_t left = MOST_VALUES;
    const int top = lua_gettop(script->lua);
    if (push_copy(script, lua_absindex(script->lua, index), 0, &left))
        return true;
    lua_settop(script->lua, top);
    return false;
}

static int take(lua_State *lua)
{
    Value *value = lua_touserdata(lua, 2);
    *value = lua_isnil(lua, 1) ? VALUE_NONE : bridge_read(script_of(lua), 1);
    return 0;
}

bool bridge_take(Script *script, Value *value)
{
    lua_State *lua = script->lua;
    *value = VALUE_NONE;
    lua_pushcfunction(lua, take);
    lua_insert(lua, -2);
    lua_pushlightuserdata(lua, value);
    return script_call(script, 2, 0);
}

bool script_push_model(Script *script, const Plugin *plugin, const Value *self)
{
    if (!plugin->has_model || !script_push_function(script, plugin, "model")) {
        lua_newtable(script->lua);
        return true;
    }
    bridge_push(script, self);
    bridge_push(script, self == &script->page.page ? &script->page.site : &script->page.page);
    return script_call(script, 2, 1);
}

/* basics: Lua's own functions by whitelist, with those replaced that differ from run to run, or that work in C for as
 * long as they are asked to; see state.h. */
#include "state.h"

#include "../base/sort.h"

#include <string.h>

typedef struct Key {
    bool is_text;
    int place;
    lua_Integer integer;
    lua_Number number;
    Text text;
} Key;

static int compare_keys(const void *left, const void *right)
{
    const Key *one = left, *other = right;
    if (one->is_text != other->is_text)
        return one->is_text ? 1 : -1;
    if (one->is_text)
        return text_compare(one->text, other->text);
    if (one->number < other->number || one->number > other->number)
        return one->number < other->number ? -1 : 1;
    return one->integer < other->integer ? -1 : 1;
}

static Key key_at(lua_State *lua, int index)
{
    Key key = {.is_text = lua_type(lua, index) == LUA_TSTRING, .place = index};
    if (key.is_text) {
        key.text = bridge_text(lua, index);
    } else {
        key.number = lua_tonumber(lua, index);
        key.integer = lua_isinteger(lua, index) ? lua_tointeger(lua, index) : 0;
    }
    return key;
}

/* Push a list of the `count` keys that stand on the stack from `first` on, sorted. */
static void push_sorted(lua_State *lua, int first, int count)
{
    Key few[SORT_FEW], *sorted = few;
    script_charge(lua, (size_t)count * 30);
    if (count > SORT_FEW)
        sorted = lua_newuserdatauv(lua, (size_t)count * sizeof *sorted, 0);
    for (int i = 0; i < count; i++)
        sorted[i] = key_at(lua, first + i);
    sort_items(sorted, (size_t)count, sizeof *sorted, compare_keys);
    lua_createtable(lua, count, 0);
    for (int i = 0; i < count; i++) {
        lua_pushvalue(lua, sorted[i].place);
        lua_rawseti(lua, -2, i + 1);
    }
}

static int sorted_next(lua_State *lua)
{
    const lua_Integer place = lua_tointeger(lua, lua_upvalueindex(3)) + 1;
    lua_pushinteger(lua, place);
    lua_copy(lua, -1, lua_upvalueindex(3));
    if (lua_rawgeti(lua, lua_upvalueindex(2), place) == LUA_TNIL)
        return 1;
    lua_pushvalue(lua, -1);
    lua_rawget(lua, lua_upvalueindex(1));
    return 2;
}

/* `pairs` in the author's order over his data, and over other tables by key: numbers, then texts. */
static int basic_pairs(lua_State *lua)
{
    luaL_checkany(lua, 1);
    if (luaL_callmeta(lua, 1, "__pairs"))
        return 1;
    luaL_checktype(lua, 1, LUA_TTABLE);
    lua_settop(lua, 1);
    int count = 0;
    for (lua_pushnil(lua); lua_next(lua, 1); count++) {
        if (lua_type(lua, -2) != LUA_TSTRING && lua_type(lua, -2) != LUA_TNUMBER)
            return luaL_error(lua, "`pairs` goes over keys that are texts or numbers");
        luaL_checkstack(lua, 4, "`pairs` goes over too many keys");
        lua_copy(lua, -2, -1);    /* the key stays below, and once more for the next step */
    }
    push_sorted(lua, 2, count);
    lua_pushvalue(lua, 1);
    lua_insert(lua, -2);
    lua_pushinteger(lua, 0);
    lua_pushcclosure(lua, sorted_next, 3);
    return 1;
}

static int basic_ipairs(lua_State *lua)
{
    return bridge_push_ipairs(lua) ? 3 : lua_tocfunction(lua, lua_upvalueindex(1))(lua);
}

static int basic_type(lua_State *lua)
{
    Value value;
    luaL_checkany(lua, 1);
    const bool is_view = lua_isuserdata(lua, 1) && bridge_value(script_of(lua), 1, &value);
    lua_pushstring(lua, is_view ? "table" : luaL_typename(lua, 1));
    return 1;
}

/* Without addresses, which differ from run to run. */
static int basic_tostring(lua_State *lua)
{
    switch (lua_type(lua, 1)) {
    case LUA_TSTRING: case LUA_TNUMBER: case LUA_TBOOLEAN: case LUA_TNIL:
        luaL_tolstring(lua, 1, NULL);
        return 1;
    default:
        luaL_checkany(lua, 1);
        lua_pushstring(lua, luaL_typename(lua, 1));
        return 1;
    }
}

static int basic_pcall(lua_State *lua)
{
    luaL_checkany(lua, 1);
    script_charge(lua, 100);
    lua_pushboolean(lua, true);
    lua_insert(lua, 1);
    const bool failed = lua_pcall(lua, lua_gettop(lua) - 2, LUA_MULTRET, 0) != LUA_OK;
    if (failed && script_of(lua)->is_dead)
        return lua_error(lua);
    if (failed) {
        lua_pushboolean(lua, false);
        lua_replace(lua, 1);
    }
    return lua_gettop(lua);
}

static int basic_setmetatable(lua_State *lua)
{
    luaL_checktype(lua, 1, LUA_TTABLE);
    if (luaL_getmetafield(lua, 1, "__metatable") != LUA_TNIL)
        return luaL_error(lua, "cannot change a protected metatable");
    if (!lua_isnoneornil(lua, 2)) {
        luaL_checktype(lua, 2, LUA_TTABLE);
        lua_pushstring(lua, "__gc");
        if (lua_rawget(lua, 2) != LUA_TNIL)
            return luaL_error(lua, "a metatable cannot have __gc here");
        lua_pop(lua, 1);
    }
    lua_settop(lua, 2);
    lua_setmetatable(lua, 1);
    return 1;
}

static int basic_repeat(lua_State *lua)
{
    enum { LONGEST_BYTES = 1 << 20 };
    const Text text = bridge_text(lua, 1);
    const lua_Integer count = luaL_checkinteger(lua, 2);
    const Text between = lua_isnoneornil(lua, 3) ? TEXT("") : bridge_text(lua, 3);
    if (count > 0 && (text.length + between.length) > 0 &&
        (lua_Unsigned)count > LONGEST_BYTES / (text.length + between.length))
        return luaL_error(lua, "the repeated text is longer than 1 MiB");
    const size_t once = text.length + between.length, total = count > 0 ? (size_t)count * once - between.length : 0;
    luaL_Buffer buffer;
    char *bytes = luaL_buffinitsize(lua, &buffer, total + once);
    memcpy(bytes, text.bytes, text.length);
    memcpy(bytes + text.length, between.bytes, between.length);
    for (size_t done = once; done && done < total; done *= 2)    /* what is there is copied behind itself */
        memcpy(bytes + done, bytes, done < total - done ? done : total - done);
    luaL_pushresultsize(&buffer, total);
    return 1;
}

/* string.format without addresses. */
static int basic_format(lua_State *lua)
{
    const Text format = bridge_text(lua, 1);
    for (size_t i = 0; i + 1 < format.length; i++) {
        if (format.bytes[i] != '%')
            continue;
        for (i++; i < format.length && strchr("-+ #0.123456789", format.bytes[i]);)
            i++;
        if (i < format.length && format.bytes[i] == 'p')
            return luaL_error(lua, "invalid conversion '%%p' to 'format': addresses differ from run to run");
    }
    for (int i = 2; i <= lua_gettop(lua); i++) {
        if (lua_type(lua, i) < LUA_TTABLE)
            continue;
        lua_pushstring(lua, luaL_typename(lua, i));
        lua_replace(lua, i);
    }
    return lua_tocfunction(lua, lua_upvalueindex(1))(lua);
}

/* Functions that go over a text: each pays for its length. */
static int over_text(lua_State *lua)
{
    const Text text = bridge_text(lua, 1);
    script_charge(lua, text.length / 2 + 1);
    return lua_tocfunction(lua, lua_upvalueindex(1))(lua);
}

/* How much C is asked to go over, in tables that are no more than they seem. */
static size_t range_of(lua_State *lua, int first)
{
    const lua_Integer from = luaL_optinteger(lua, first, 1);
    const lua_Integer to = lua_isnoneornil(lua, first + 1) ? luaL_len(lua, 1) : luaL_checkinteger(lua, first + 1);
    return to < from ? 0 : (size_t)((lua_Unsigned)to - (lua_Unsigned)from);
}

static void check_plain(lua_State *lua)
{
    static const char *const fields[] = {"__index", "__newindex", "__len"};
    if (!lua_istable(lua, 1) || !lua_getmetatable(lua, 1))
        return;
    lua_pop(lua, 1);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (luaL_getmetafield(lua, 1, fields[i]) != LUA_TNIL)
            luaL_error(lua, "this cannot be changed, or is no plain table");
}

static int over_range(lua_State *lua)
{
    const int first = (int)lua_tointeger(lua, lua_upvalueindex(2));
    check_plain(lua);
    script_charge(lua, 10 + range_of(lua, first));
    return lua_tocfunction(lua, lua_upvalueindex(1))(lua);
}

/* table.insert and table.remove, which move all that follows; and table.sort, which goes over it often. */
static int over_table(lua_State *lua)
{
    const lua_Integer often = lua_tointeger(lua, lua_upvalueindex(2));
    check_plain(lua);
    if (lua_gettop(lua) > often)
        script_charge(lua, lua_istable(lua, 1) ? (size_t)lua_rawlen(lua, 1) * (often ? 1 : 20) : 1);
    return lua_tocfunction(lua, lua_upvalueindex(1))(lua);
}

static const luaL_Reg functions[] = {
    {"pairs", basic_pairs}, {"type", basic_type}, {"tostring", basic_tostring},
    {"pcall", basic_pcall}, {"setmetatable", basic_setmetatable}, {NULL, NULL},
};

static void copy_names(lua_State *lua, int from, int to, const char *const *names)
{
    for (; *names; names++) {
        lua_getfield(lua, from, *names);
        lua_setfield(lua, to, *names);
    }
}

static int locked(lua_State *lua)
{
    return luaL_error(lua, "Lua's own functions cannot be changed");
}

void basics_lock(lua_State *lua)
{
    lua_newtable(lua);
    lua_createtable(lua, 0, 3);
    lua_pushvalue(lua, -3);
    lua_setfield(lua, -2, "__index");
    lua_pushcfunction(lua, locked);
    lua_setfield(lua, -2, "__newindex");
    lua_pushboolean(lua, false);
    lua_setfield(lua, -2, "__metatable");
    lua_setmetatable(lua, -2);
    lua_replace(lua, -2);
}

static void open_module(lua_State *lua, const char *name, lua_CFunction open, const char *const *names)
{
    luaL_requiref(lua, name, open, 0);
    lua_newtable(lua);
    copy_names(lua, lua_gettop(lua) - 1, lua_gettop(lua), names);
    lua_remove(lua, -2);
}

/* In the module at the top, put `with` around Lua's function. */
static void wrap(lua_State *lua, const char *name, lua_CFunction with, lua_Integer how)
{
    lua_getfield(lua, -1, name);
    lua_pushinteger(lua, how);
    lua_pushcclosure(lua, with, 2);
    lua_setfield(lua, -2, name);
}

static void open_strings(lua_State *lua)
{
    static const char *const names[] = {"byte", "char", "format", "len", "lower", "reverse", "sub", "upper", NULL};
    static const luaL_Reg own[] = {{"rep", basic_repeat}, {"find", pattern_find}, {"match", pattern_match},
                                   {"gmatch", pattern_gmatch}, {"gsub", pattern_gsub}, {NULL, NULL}};
    open_module(lua, "string", luaopen_string, names);
    luaL_setfuncs(lua, own, 0);
    wrap(lua, "format", basic_format, 0);
    /* ("x"):rep() finds its methods in the metatable of strings: the same table, and locked */
    lua_pushstring(lua, "");
    lua_getmetatable(lua, -1);
    lua_pushvalue(lua, -3);
    lua_setfield(lua, -2, "__index");
    lua_pushboolean(lua, false);
    lua_setfield(lua, -2, "__metatable");
    lua_pop(lua, 2);
}

void basics_open(lua_State *lua)
{
    static const char *const base[] = {"assert", "error", "ipairs", "select", "tonumber", "rawequal", "rawlen", "rawget", NULL};
    static const char *const tables[] = {"concat", "insert", "remove", "sort", "unpack", NULL};
    static const char *const maths[] = {"abs", "ceil", "floor", "max", "min", "huge", "pi", "sqrt", "tointeger", "type", "fmod", NULL};
    static const char *const utf[] = {"char", "codepoint", "len", "offset", "codes", "charpattern", NULL};
    const int library = lua_gettop(lua);
    luaL_requiref(lua, "_G", luaopen_base, 0);
    copy_names(lua, library + 1, library, base);
    lua_pop(lua, 1);
    luaL_setfuncs(lua, functions, 0);
    wrap(lua, "ipairs", basic_ipairs, 0);
    open_strings(lua);
    basics_lock(lua);
    lua_setfield(lua, library, "string");
    open_module(lua, "table", luaopen_table, tables);
    wrap(lua, "concat", over_range, 3);
    wrap(lua, "unpack", over_range, 2);
    wrap(lua, "insert", over_table, 2);
    wrap(lua, "remove", over_table, 1);
    wrap(lua, "sort", over_table, 0);
    basics_lock(lua);
    lua_setfield(lua, library, "table");
    open_module(lua, "math", luaopen_math, maths);
    basics_lock(lua);
    lua_setfield(lua, library, "math");
    open_module(lua, "utf8", luaopen_utf8, utf);
    wrap(lua, "len", over_text, 0);
    wrap(lua, "offset", over_text, 0);
    wrap(lua, "codepoint", over_text, 0);
    basics_lock(lua);
    lua_setfield(lua, library, "utf8");
}

/* templates: compiled on first use, kept for the life of the state; see state.h. */
#include "state.h"

#include "../base/path.h"
#include "../formats/template.h"

#include <string.h>

enum { DEEPEST_NESTING = 40 };

/* A template's functions may be kept, and called when none is running. */
static Buffer *out_of(lua_State *lua)
{
    Script *script = script_of(lua);
    if (!script->out)
        luaL_error(lua, "no template is running");
    return script->out;
}

static int write_literal(lua_State *lua)
{
    Buffer *out = out_of(lua);
    const Text text = bridge_text(lua, 1);
    script_charge(lua, text.length / 16 + 1);
    buffer_put(out, text);
    return 0;
}

static Text shown(lua_State *lua, int index)
{
    switch (lua_type(lua, index)) {
    case LUA_TNUMBER: case LUA_TSTRING: return script_argument(lua, index);
    case LUA_TNIL: luaL_error(lua, "there is nothing to show: the value is nil"); break;
    default: luaL_error(lua, bridge_is_html(script_of(lua), index) ? "this is HTML: write it with {{{ }}}"
                                                                    : "%s cannot be shown as text", luaL_typename(lua, index));
    }
    return TEXT_NONE;
}

/* What stands in the template before a value is written with it; an error in the value came before. */
static void write_before(lua_State *lua)
{
    if (lua_gettop(lua) > 1)
        buffer_put(out_of(lua), bridge_text(lua, 2));
}

static int write_escaped(lua_State *lua)
{
    const Text text = shown(lua, 1);
    write_before(lua);
    buffer_html(out_of(lua), text);
    return 0;
}

static int write_html(lua_State *lua)
{
    Script *script = script_of(lua);
    script_charge(lua, 100);
    write_before(lua);
    if (!bridge_write_html(script, 1, out_of(lua)))
        return luaL_error(lua, "{{{ }}} takes Html that Lectern made, not %s", luaL_typename(lua, 1));
    return 0;
}

static int write_url(lua_State *lua)
{
    static const char *const allowed[] = {"http", "https", "mailto", "tel"};
    const Text url = shown(lua, 1);
    const Text scheme = path_scheme(url);
    bool ok = scheme.length == 0;
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        ok = ok || text_is(text_lower(script_of(lua)->page.arena, scheme), allowed[i]);
    if (!ok)
        return luaL_error(lua, "a link cannot begin with this scheme");
    return write_escaped(lua);
}

static int write_json(lua_State *lua)
{
    Script *script = script_of(lua);
    bridge_write_json(script, 1, out_of(lua));
    return 0;
}

/* Push the template's function. */
static bool push_template(Script *script, Text name)
{
    lua_State *lua = script->lua;
    const uint32_t known = table_get(&script->templates, name);
    if (known != TABLE_NOTHING) {
        lua_rawgeti(lua, LUA_REGISTRYINDEX, (lua_Integer)known);
        return true;
    }
    ScriptFile file;
    Text normal;
    if (memchr(name.bytes, '\0', name.length) || !path_normal(script->arena, name, &normal) || !text_equal(normal, name))
        return diag_file_error(script->diag, script_plain(script->arena, name), "there is no such template");
    const Text path = text_format(script->arena, "templates/%.*s", TEXT_ARG(name));
    const Text beside = text_format(script->arena, "plugins/%.*s", TEXT_ARG(name));    /* of a plugin: next to it */
    if (!script->host.file(script->host.context, script->arena, path, &file) &&
        !script->host.file(script->host.context, script->arena, beside, &file))
        return diag_file_error(script->diag, path, "there is no such template");
    Text source;
    if (!template_compile(script->arena, file.path, file.text, script->diag, &source))
        return false;
    script_meet(script, path, file.is_trusted);
    script->running = file.path;
    if (!script_load(script, source, path))
        return script_call(script, -1, 0);
    static const lua_CFunction writers[] = {write_literal, write_escaped, write_html, write_url, write_json, template_include};
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++)
        lua_pushcfunction(lua, writers[i]);
    lua_getfield(lua, LUA_REGISTRYINDEX, "lectern layout");
    if (!script_call(script, 7, 1))
        return false;
    lua_pushvalue(lua, -1);
    const int reference = luaL_ref(lua, LUA_REGISTRYINDEX);
    table_put(&script->templates, text_copy(script->arena, name), (uint32_t)reference);
    return true;
}

/* The parent of a template, with the blocks that its children have filled.  What is a part of another
 * page is laid out as that. */
static int run_layout(lua_State *lua)
{
    Script *script = script_of(lua);
    size_t length;
    const char *name = luaL_checklstring(lua, 3, &length);
    script_charge(lua, 100);
    if (++script->nesting > DEEPEST_NESTING)
        return luaL_error(lua, "templates are nested more than %d deep, or in a circle", DEEPEST_NESTING);
    const Text written = {name, length};
    if (!push_template(script, script->page.is_part && text_is(written, "base.html") ? TEXT("part.html") : written))
        return luaL_error(lua, "its layout '%s' cannot be used", name);
    lua_pushvalue(lua, 1);
    lua_pushvalue(lua, 2);
    lua_call(lua, 2, 0);
    script->nesting--;
    return 0;
}

static int entry_count(Script *script, int data)
{
    Value value;
    int count = 0;
    if (bridge_value(script, data, &value))
        return value.kind == VALUE_MAP ? (int)value.map.count : 0;
    if (lua_istable(script->lua, data))
        for (lua_pushnil(script->lua); lua_next(script->lua, data); lua_pop(script->lua, 1))
            count++;
    return count;
}

/* Put the entries of the table or map at `from` into the table at `to`. */
static void copy_entries(Script *script, int from, int to)
{
    lua_State *lua = script->lua;
    Value value;
    if (lua_istable(lua, from)) {
        for (lua_pushnil(lua); lua_next(lua, from);) {
            lua_pushvalue(lua, -2);
            lua_insert(lua, -2);
            lua_rawset(lua, to);
        }
    } else if (bridge_value(script, from, &value) && value.kind == VALUE_MAP) {
        for (size_t i = 0; i < value.map.count; i++) {
            bridge_push_text(lua, value.map.items[i].key);
            bridge_push(script, &value.map.items[i].value);
            lua_rawset(lua, to);
        }
    }
}

/* The names a template sees: its data, then what belongs to the page, then the library.  What it sets goes into a
 * table of its own, unless nobody else has that of the data. */
static void push_environment(Script *script, int data, bool is_its_own)
{
    lua_State *lua = script->lua;
    names_for_templates(script);
    if (is_its_own) {
        lua_pushvalue(lua, data);
    } else {
        lua_createtable(lua, 0, entry_count(script, data));
        copy_entries(script, data, lua_gettop(lua));
    }
    lua_rawgeti(lua, LUA_REGISTRYINDEX, script->page_base);
    lua_setmetatable(lua, -2);
}

static Once once_of(lua_State *lua, int data)
{
    Once once = {.key = TEXT_NONE};
    if (!lua_istable(lua, data))
        return once;
    lua_pushstring(lua, "once");
    if (lua_rawget(lua, data) == LUA_TSTRING)
        once.key = text_copy(script_of(lua)->page.arena, script_argument(lua, -1));
    lua_pushstring(lua, "anywhere");
    lua_rawget(lua, data);
    once.is_anywhere = lua_toboolean(lua, -1);
    lua_pop(lua, 2);
    return once;
}

/* Is the data a table that nobody else can hold, as the compiler says?  A template may call this itself, and say so of
 * what is locked: that has a metatable. */
static bool is_written_there(lua_State *lua)
{
    lua_settop(lua, 4);
    const bool has_metatable = lua_getmetatable(lua, 3);
    const bool is_said = lua_toboolean(lua, 4);
    lua_settop(lua, 3);
    return is_said && lua_istable(lua, 3) && !has_metatable;
}

int template_include(lua_State *lua)
{
    Script *script = script_of(lua);
    size_t length;
    const char *name = luaL_checklstring(lua, 2, &length);
    const bool is_its_own = is_written_there(lua);
    script_charge(lua, 100);
    out_of(lua);
    const Once once = once_of(lua, 3);
    const bool is_kept = once.key.bytes && !script->keeping;    /* inside of one that is kept all is */
    if (is_kept && kept_write(script, (Text){name, length}, once))
        return 0;
    if (++script->nesting > DEEPEST_NESTING)
        return luaL_error(lua, "templates are nested more than %d deep, or in a circle", DEEPEST_NESTING);
    if (!push_template(script, (Text){name, length}))
        return luaL_error(lua, "the template '%s' cannot be used", name);
    push_environment(script, 3, is_its_own);
    lua_pushnil(lua);    /* no blocks yet */
    if (is_kept) {
        Keeping keeping;
        kept_begin(script, (Text){name, length}, once, &keeping);
        const int status = lua_pcall(lua, 2, 0, 0);
        kept_end(script, &keeping, (Text){name, length}, once, status == LUA_OK);
        if (status != LUA_OK)
            return lua_error(lua);
    } else {
        lua_call(lua, 2, 0);
    }
    script->nesting--;
    return 0;
}

static void make_layout_function(Script *script)
{
    if (lua_getfield(script->lua, LUA_REGISTRYINDEX, "lectern layout") == LUA_TNIL) {
        lua_pushcfunction(script->lua, run_layout);
        lua_setfield(script->lua, LUA_REGISTRYINDEX, "lectern layout");
    }
    lua_pop(script->lua, 1);
}

bool template_run(Script *script, Text name)
{
    lua_State *lua = script->lua;
    const int data = lua_gettop(lua);
    make_layout_function(script);
    if (script->nesting > DEEPEST_NESTING || !lua_checkstack(lua, 12)) {
        lua_pop(lua, 1);
        return diag_file_error(script->diag, name, "templates are nested more than %d deep", DEEPEST_NESTING);
    }
    if (!push_template(script, name)) {
        lua_settop(lua, data - 1);
        return false;
    }
    push_environment(script, data, false);
    lua_pushnil(lua);    /* no blocks yet */
    script->nesting++;
    const bool ok = script_call(script, 2, 0);
    script->nesting--;
    lua_settop(lua, data - 1);
    return ok;
}

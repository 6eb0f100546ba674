/* state: calls into Lua with their failures told, and which plugin is which; see state.h. */
#include "state.h"

#include <string.h>

/* Calls, and errors told where they happened. */

/* Does it begin with `name:line:`? */
static bool has_place(Text message)
{
    const size_t colon = text_find_char(message, ':');
    const Text rest = colon < message.length ? text_after(message, colon + 1) : TEXT("");
    const size_t end = text_find_char(rest, ':');
    int64_t line;
    return end < rest.length && text_integer(text_slice(rest, 0, end), &line);
}

/* What is told: a text, with the place of the line that is running where Lua did not give one. */
static int to_message(lua_State *lua)
{
    static const char prelude[] = "prelude.lua:";
    lua_Debug debug;
    if (script_of(lua)->is_dead)
        return 1;
    if (lua_type(lua, 1) != LUA_TSTRING)
        lua_pushfstring(lua, "an error that is %s", luaL_typename(lua, 1));
    const char *said = lua_tostring(lua, -1);
    const bool is_ours = strncmp(said, prelude, sizeof prelude - 1) == 0;
    if (has_place(text_from(said)) && !is_ours)
        return 1;
    for (int level = 1; lua_getstack(lua, level, &debug); level++) {
        lua_getinfo(lua, "Sl", &debug);
        if (debug.currentline <= 0 || strncmp(debug.short_src, prelude, sizeof prelude - 2) == 0)
            continue;
        const char *colon = is_ours ? strchr(said + sizeof prelude - 1, ':') : NULL;
        lua_pushfstring(lua, "%s:%d: %s", debug.short_src, debug.currentline, colon ? colon + 2 : said);
        break;
    }
    return 1;
}

/* Lua says `name:line: message`; `name` is that of a file of the theme or of the plugins. */
static void report_failure(Script *script, Text said)
{
    const Text message = script_plain(script->arena, said);
    const size_t colon = text_find_char(message, ':');
    const Text name = text_slice(message, 0, colon);
    const Text rest = colon < message.length ? text_after(message, colon + 1) : TEXT("");
    const size_t end = text_find_char(rest, ':');
    int64_t line;
    ScriptFile file;
    if (end == rest.length || !text_integer(text_slice(rest, 0, end), &line) ||
        !script->host.file(script->host.context, script->arena, name, &file)) {
        diag_file_error(script->diag, script->running.length ? script->running : TEXT("plugins"), "%.*s", TEXT_ARG(message));
        return;
    }
    Text excerpt = TEXT(""), source = file.text;
    for (int64_t i = 0; i < line; i++)
        text_next_line(&source, &excerpt);
    diag_line_error(script->diag, file.path, (uint32_t)line, excerpt, text_trim(text_after(rest, end + 1)));
}

bool script_call(Script *script, int arguments, int results)
{
    lua_State *lua = script->lua;
    Buffer *out = script->out;
    const uint32_t nesting = script->nesting;
    int status = LUA_ERRRUN;
    if (script->is_dead && arguments >= 0) {
        lua_settop(lua, lua_gettop(lua) - arguments - 1);
        return false;    /* what killed it was said */
    }
    if (arguments >= 0) {
        const int function = lua_gettop(lua) - arguments;
        lua_pushcfunction(lua, to_message);
        lua_insert(lua, function);
        script_begin_call(script);
        status = lua_pcall(lua, arguments, results, function);
        script_end_call(script);
        lua_remove(lua, function);
    }
    script->out = out;
    script->nesting = nesting;
    if (status == LUA_OK)
        return true;
    size_t length = 0;
    const char *bytes = lua_tolstring(lua, -1, &length);
    if (!script->is_dead)
        report_failure(script, bytes ? (Text){bytes, length} : TEXT("it failed without saying why"));
    else if (script->death[0])
        report_failure(script, text_from(script->death));
    script->death[0] = '\0';    /* once is enough */
    lua_pop(lua, 1);
    return false;
}

Script *script_of_page(lua_State *lua)
{
    Script *script = script_of(lua);
    if (script->is_loading)
        luaL_error(lua, "there is no page yet: this cannot be called while a plugin is loaded");
    return script;
}

bool script_push_function(Script *script, const Plugin *plugin, const char *name)
{
    script->running = plugin->path;
    if (script->files.items[plugin->file].has_site)
        script->host.overview_read(script->host.context, script->files.items[plugin->file].name);
    if (lua_rawgeti(script->lua, LUA_REGISTRYINDEX, plugin->reference) != LUA_TTABLE) {
        lua_pop(script->lua, 1);
        return false;    /* it could not be loaded again */
    }
    lua_pushstring(script->lua, name);
    lua_rawget(script->lua, -2);
    lua_remove(script->lua, -2);
    if (lua_isfunction(script->lua, -1))
        return true;
    lua_pop(script->lua, 1);
    return false;
}

/* Which plugin is which. */

bool plugin_error(Script *script, const Plugin *plugin, const char *message)
{
    return diag_file_error(script->diag, plugin->path, "%s", message);
}

bool plugin_is_off(const Script *script, const Plugin *plugin)
{
    return script->files.items[plugin->file].is_off;
}

const Plugin *script_plugin(const Script *script, Text folder, Text name)
{
    for (const Plugin *plugin = script->plugins.items, *end = plugin + script->plugins.count; plugin < end; plugin++)
        if (text_equal(plugin->name, name) && text_equal(plugin->folder, folder) && !plugin_is_off(script, plugin))
            return plugin;
    return NULL;
}

const Plugin *script_default(const Script *script, Text what)
{
    for (size_t i = 0; i < script->plugins.count; i++)
        if (text_equal(script->plugins.items[i].is_default_for, what) && !plugin_is_off(script, &script->plugins.items[i]))
            return &script->plugins.items[i];
    return NULL;
}

const Plugin *script_block(const Script *script, Text name)
{
    for (size_t i = 0; i < script->block_names.count; i++)
        if (text_equal(script->block_names.items[i].name, name))
            return &script->plugins.items[script->block_names.items[i].plugin];
    return NULL;
}

void script_each(const Script *script, Text folder, void (*take)(void *taker, Text name), void *taker)
{
    for (size_t i = 0; i < script->plugins.count; i++)
        if (text_equal(script->plugins.items[i].folder, folder) &&
            script_plugin(script, folder, script->plugins.items[i].name) == &script->plugins.items[i])
            take(taker, script->plugins.items[i].name);
}

void script_each_block(const Script *script, void (*take)(void *taker, Text name), void *taker)
{
    for (size_t i = 0; i < script->block_names.count; i++)
        take(taker, script->block_names.items[i].name);
}

bool script_add_block_name(Script *script, Text name, Text like)
{
    for (size_t i = 0; i < script->block_names.count; i++) {
        if (!text_equal(script->block_names.items[i].name, like))
            continue;
        const size_t plugin = script->block_names.items[i].plugin;
        *LIST_PUSH(script->arena, &script->block_names) = (__typeof__(*script->block_names.items)){name, plugin};
        return true;
    }
    return false;
}

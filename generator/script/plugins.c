/* plugins: a plugin's file is run, and what C needs to know of it is read from its table. */
#include "state.h"

#include "../base/path.h"

#include <string.h>

static Text string_of(Script *script, int index)
{
    size_t length;
    if (lua_type(script->lua, index) != LUA_TSTRING)
        return TEXT("");
    const char *bytes = lua_tolstring(script->lua, index, &length);
    return text_copy(script->arena, (Text){bytes, length});
}

static Text text_field(Script *script, const char *key)
{
    lua_pushstring(script->lua, key);
    lua_rawget(script->lua, -2);
    const Text text = string_of(script, -1);
    lua_pop(script->lua, 1);
    return text;
}

static bool has_function(Script *script, const char *key)
{
    lua_pushstring(script->lua, key);
    lua_rawget(script->lua, -2);
    const bool found = lua_isfunction(script->lua, -1);
    lua_pop(script->lua, 1);
    return found;
}

static bool is_true(Script *script, const char *key)
{
    lua_pushstring(script->lua, key);
    lua_rawget(script->lua, -2);
    const bool value = lua_toboolean(script->lua, -1);
    lua_pop(script->lua, 1);
    return value;
}

bool plugin_error(Script *script, const Plugin *plugin, const char *message)
{
    return diag_file_error(script->diag, plugin->path, "%s", message);
}

static void read_names(Script *script, Plugin *plugin)
{
    enum { MOST = sizeof plugin->names / sizeof *plugin->names };
    lua_State *lua = script->lua;
    plugin->names[plugin->name_count++] = plugin->name;
    lua_pushstring(lua, "names");
    if (lua_rawget(lua, -2) == LUA_TTABLE) {
        plugin->name_count = 0;
        for (lua_Integer i = 1; plugin->name_count < MOST && lua_rawgeti(lua, -1, i) == LUA_TSTRING; i++) {
            plugin->names[plugin->name_count++] = string_of(script, -1);
            lua_pop(lua, 1);
        }
        if (plugin->name_count < MOST)
            lua_pop(lua, 1);
    }
    lua_pop(lua, 1);
}

static void read_forms(Script *script, Plugin *plugin)
{
    static const struct {
        const char *name;
        unsigned form;
    } forms[] = {{"block", FORM_BLOCK}, {"leaf", FORM_LEAF}, {"inline", FORM_INLINE}, {"fence", FORM_FENCE}};
    const Text written = text_field(script, "form");
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (text_find(written, forms[i].name) < written.length)
            plugin->forms |= forms[i].form;
    if (!plugin->forms)
        plugin->forms = FORM_BLOCK;
}

static bool read_fields(Script *script, Plugin *plugin)
{
    lua_State *lua = script->lua;
    Field *fields;
    Text problem;
    lua_rawgeti(lua, LUA_REGISTRYINDEX, script->plugin_base);
    lua_getfield(lua, -1, "record");
    lua_remove(lua, -2);
    lua_pushstring(lua, text_is(plugin->folder, "blocks") && plugin->forms != FORM_FENCE ? "attributes" : "fields");
    if (lua_rawget(lua, -3) == LUA_TNIL) {
        lua_pop(lua, 1);
        lua_newtable(lua);
    }
    if (!script_call(script, 1, 1))
        return false;
    const bool ok = field_from_lua(lua, script->arena, &fields, &problem);
    lua_pop(lua, 1);
    plugin->fields = fields;
    return ok || plugin_error(script, plugin, text_c_string(script->arena, problem));
}

/* The plugin's table is at the top of the stack. */
static bool read_plugin(Script *script, Plugin *plugin)
{
    static const char *const prefixes[][2] = {{"", ""}, {"blocks", "blocks/"}, {"questions", "questions/"}};
    const char *prefix = "";
    for (size_t i = 0; i < 3; i++)
        if (text_is(plugin->folder, prefixes[i][0]))
            prefix = prefixes[i][1];
    plugin->template = text_field(script, "template");
    if (plugin->template.length == 0)
        plugin->template = text_format(script->arena, "%s%.*s.html", prefix, TEXT_ARG(plugin->name));
    plugin->is_default_for = text_field(script, "default");
    plugin->done = text_field(script, "done");
    plugin->list_field = text_field(script, "list");
    plugin->has_check = has_function(script, "check");
    plugin->has_model = has_function(script, "model");
    plugin->has_facts = has_function(script, "facts");
    plugin->is_sheet = is_true(script, "sheet");
    plugin->is_private = is_true(script, "private");
    plugin->hides_headings = is_true(script, "hides_headings");
    plugin->names_itself = is_true(script, "names_itself");
    read_names(script, plugin);
    read_forms(script, plugin);
    return read_fields(script, plugin);
}

/* An environment of its own for the chunk at the top of the stack. */
static void give_environment(Script *script)
{
    lua_State *lua = script->lua;
    lua_newtable(lua);
    lua_newtable(lua);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, script->plugin_base);
    lua_setfield(lua, -2, "__index");
    lua_setmetatable(lua, -2);
    lua_setupvalue(lua, -2, 1);
}

/* shared("choices"): what plugins/shared/choices.lua returns, for plugins that have much in common. */
int plugins_shared(lua_State *lua)
{
    Script *script = script_of(lua);
    ScriptFile file;
    const char *name = luaL_checkstring(lua, 1);
    const Text path = text_format(script->arena, "plugins/shared/%s.lua", name);
    if (strchr(name, '/') || !script->host.file(script->host.context, script->arena, path, &file))
        return luaL_error(lua, "there is no plugins/shared/%s.lua", name);
    script->has_guests = script->has_guests || !file.is_trusted;
    const char *chunk = text_c_string(script->arena, text_format(script->arena, "@%.*s", TEXT_ARG(path)));
    if (luaL_loadbufferx(lua, file.text.bytes, file.text.length, chunk, "t") != LUA_OK)
        return lua_error(lua);
    give_environment(script);
    lua_call(lua, 0, 1);
    return 1;
}

/* Run the plugin's file in an environment of its own; its table is left on the stack. */
static bool run_file(Script *script, const Plugin *plugin, const ScriptFile *file, Text name)
{
    lua_State *lua = script->lua;
    const char *chunk = text_c_string(script->arena, text_format(script->arena, "@%.*s", TEXT_ARG(name)));
    if (luaL_loadbufferx(lua, file->text.bytes, file->text.length, chunk, "t") != LUA_OK)
        return script_call(script, -1, 0);
    give_environment(script);
    if (!script_call(script, 0, 1))
        return false;
    if (lua_istable(lua, -1))
        return true;
    lua_pop(lua, 1);
    return plugin_error(script, plugin, "a plugin must end by returning its table");
}

void plugins_load(void *context, Text name)
{
    Script *script = context;
    ScriptFile file;
    if (text_starts(name, "shared/"))
        return;
    const Text path = text_format(script->arena, "plugins/%.*s.lua", TEXT_ARG(name));
    if (!script->host.file(script->host.context, script->arena, path, &file))
        return;
    Plugin plugin = {.name = text_copy(script->arena, path_name(name)),
                     .folder = text_copy(script->arena, path_folder(name)),
                     .path = file.path};
    script->has_guests = script->has_guests || !file.is_trusted;
    script->running = file.path;
    if (!run_file(script, &plugin, &file, path))
        return;
    const bool ok = read_plugin(script, &plugin);
    plugin.reference = luaL_ref(script->lua, LUA_REGISTRYINDEX);
    if (ok)
        *LIST_PUSH(script->arena, &script->plugins) = plugin;
}

void plugins_reload(Script *script, Plugin *plugin)
{
    ScriptFile file;
    const Text path = text_format(script->arena, "plugins/%.*s.lua", TEXT_ARG(path_join(script->arena, plugin->folder, plugin->name)));
    plugin->reference = LUA_NOREF;
    if (script->host.file(script->host.context, script->arena, path, &file) && run_file(script, plugin, &file, path))
        plugin->reference = luaL_ref(script->lua, LUA_REGISTRYINDEX);
}

void plugins_index_blocks(Script *script)
{
    for (size_t i = 0; i < script->plugins.count; i++) {
        const Plugin *plugin = &script->plugins.items[i];
        for (size_t j = 0; text_is(plugin->folder, "blocks") && j < plugin->name_count; j++) {
            const Plugin *other = script_block(script, plugin->names[j]);
            if (other)
                diag_file_error(script->diag, plugin->path, "the block '%.*s' is already that of %.*s",
                                TEXT_ARG(plugin->names[j]), TEXT_ARG(other->path));
            *LIST_PUSH(script->arena, &script->block_names) = (__typeof__(*script->block_names.items)){plugin->names[j], i};
        }
    }
}

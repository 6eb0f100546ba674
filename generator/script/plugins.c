/* plugins: a plugin's file is run, and what C needs to know of it is read from its table. */
#include "state.h"

#include "../base/path.h"

#include <stdlib.h>
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

/* The record that the table at the top declares under `key`; nothing there is a record of nothing. */
static bool read_record(Script *script, const Plugin *plugin, const char *key, const Field **record)
{
    lua_State *lua = script->lua;
    Field *fields;
    Text problem;
    lua_rawgeti(lua, LUA_REGISTRYINDEX, script->plugin_base);
    lua_getfield(lua, -1, "record");
    lua_remove(lua, -2);
    lua_pushstring(lua, key);
    if (lua_rawget(lua, -3) == LUA_TNIL) {
        lua_pop(lua, 1);
        lua_newtable(lua);
    }
    if (!script_call(script, 1, 1))
        return false;
    const bool ok = field_from_lua(lua, script->arena, &fields, &problem);
    lua_pop(lua, 1);
    *record = fields;
    return ok || plugin_error(script, plugin, text_c_string(script->arena, problem));
}

static bool read_fields(Script *script, Plugin *plugin)
{
    const bool has_attributes = text_is(plugin->folder, "blocks") && plugin->forms != FORM_FENCE;
    return read_record(script, plugin, has_attributes ? "attributes" : "fields", &plugin->fields);
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
    plugin->title = text_field(script, "title");
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

/* An environment of its own for the chunk at the top of the stack, which keeps it; its reference. */
static int give_environment(Script *script)
{
    lua_State *lua = script->lua;
    lua_newtable(lua);
    lua_newtable(lua);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, script->plugin_base);
    lua_setfield(lua, -2, "__index");
    lua_setmetatable(lua, -2);
    lua_pushvalue(lua, -1);
    const int reference = luaL_ref(lua, LUA_REGISTRYINDEX);
    lua_setupvalue(lua, -2, 1);
    return reference;
}

/* Push the function of a shared file, compiled once, with a variable of its own for its environment: so what it returns
 * has nothing in common with what it returned to others. */
static bool push_shared(Script *script, const ScriptFile *file, Text path)
{
    lua_State *lua = script->lua;
    lua_rawgeti(lua, LUA_REGISTRYINDEX, script->shared);
    bridge_push_text(lua, path);
    if (lua_rawget(lua, -2) == LUA_TNIL) {
        lua_pop(lua, 1);
        script_charge(lua, 10000 + file->text.length);
        if (!script_load(script, file->text, path))
            return false;
        bridge_push_text(lua, path);
        lua_pushvalue(lua, -2);
        lua_rawset(lua, -4);
    }
    lua_remove(lua, -2);
    if (!script_load(script, TEXT(""), path))
        return false;
    lua_upvaluejoin(lua, -2, 1, -1, 1);
    lua_pop(lua, 1);
    return true;
}

/* shared("choices"): what plugins/shared/choices.lua returns, for plugins that have much in common. */
int plugins_shared(lua_State *lua)
{
    Script *script = script_of(lua);
    ScriptFile file;
    const char *name = luaL_checkstring(lua, 1);
    script_charge(lua, 1000);
    const Text path = text_format(script->arena, "plugins/shared/%s.lua", name);
    if (strlen(name) != lua_rawlen(lua, 1) || strchr(name, '/') || !script->host.file(script->host.context, script->arena, path, &file))
        return luaL_error(lua, "there is no plugins/shared/%s.lua", name);
    script_meet(script, path, file.is_trusted);
    if (!push_shared(script, &file, path))
        return lua_error(lua);
    luaL_unref(lua, LUA_REGISTRYINDEX, give_environment(script));
    lua_call(lua, 0, 1);
    return 1;
}

/* Run a plugin's file in an environment of its own; its table is left on the stack. */
static bool run_file(Script *script, PluginFile *file, const ScriptFile *source)
{
    lua_State *lua = script->lua;
    script->running = file->path;
    if (!script_load(script, source->text, text_format(script->arena, "plugins/%.*s.lua", TEXT_ARG(file->name))))
        return script_call(script, -1, 0);
    file->environment = give_environment(script);
    script->is_loading = true;
    const bool ok = script_call(script, 0, 1);
    script->is_loading = false;
    if (!ok)
        return false;
    if (lua_istable(lua, -1))
        return true;
    lua_pop(lua, 1);
    return diag_file_error(script->diag, file->path, "a plugin must end by returning its table");
}

static bool find_file(Script *script, Text name, ScriptFile *source)
{
    const Text path = text_format(script->arena, "plugins/%.*s.lua", TEXT_ARG(name));
    return script->host.file(script->host.context, script->arena, path, source);
}

/* What a file may hold. */

/* Where the tables of plugins stand in that of a file, and in which folder a plugin of that kind is. */
static const struct {
    const char *part, *folder;
} parts[] = {{"pages", ""}, {"blocks", "blocks"}, {"questions", "questions"}};

static bool has_key(Script *script, const char *key)
{
    lua_pushstring(script->lua, key);
    const bool found = lua_rawget(script->lua, -2) != LUA_TNIL;
    lua_pop(script->lua, 1);
    return found;
}

static bool has_one_of(Script *script, const char *const *keys)
{
    for (; *keys; keys++)
        if (has_key(script, *keys))
            return true;
    return false;
}

/* Is the file's own table a plugin?  In plugins/ itself it may only hold others. */
static bool is_plugin(Script *script, Text folder)
{
    static const char *const own[] = {"fields", "template", "default", "done", "model", NULL};
    static const char *const others[] = {"pages", "blocks", "questions", "functions", "outputs", "site", NULL};
    return folder.length || has_one_of(script, own) || !has_one_of(script, others);
}

/* The table at the top is a plugin's: what C needs of it is read, and the table kept. */
static void add_plugin(Script *script, size_t file, Text folder, Text part, Text name)
{
    Plugin plugin = {.name = text_copy(script->arena, name),
                     .folder = text_copy(script->arena, folder),
                     .path = script->files.items[file].path,
                     .file = file,
                     .part = part};
    const bool ok = read_plugin(script, &plugin);
    lua_pushvalue(script->lua, -1);
    plugin.reference = luaL_ref(script->lua, LUA_REGISTRYINDEX);
    if (ok)
        *LIST_PUSH(script->arena, &script->plugins) = plugin;
}

static int compare_texts(const void *left, const void *right)
{
    return text_compare(*(const Text *)left, *(const Text *)right);
}

/* The string keys of the table at the top, sorted: Lua has no order of its own. */
static TextList keys_of(Script *script)
{
    TextList keys = {0};
    lua_State *lua = script->lua;
    for (lua_pushnil(lua); lua_next(lua, -2); lua_pop(lua, 1))
        if (lua_type(lua, -2) == LUA_TSTRING)
            *LIST_PUSH(script->arena, &keys) = string_of(script, -2);
    if (keys.count)
        qsort(keys.items, keys.count, sizeof *keys.items, compare_texts);
    return keys;
}

/* Push the table under `key` of that at the top; false, and nothing pushed, when there is none. */
static bool push_part(Script *script, const char *key)
{
    lua_pushstring(script->lua, key);
    if (lua_rawget(script->lua, -2) == LUA_TTABLE)
        return true;
    lua_pop(script->lua, 1);
    return false;
}

static void add_parts(Script *script, size_t file)
{
    lua_State *lua = script->lua;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!push_part(script, parts[i].part))
            continue;
        const TextList names = keys_of(script);
        for (size_t j = 0; j < names.count; j++) {
            if (push_part(script, text_c_string(script->arena, names.items[j]))) {
                add_plugin(script, file, text_from(parts[i].folder), text_from(parts[i].part), names.items[j]);
                lua_pop(lua, 1);
            }
        }
        lua_pop(lua, 1);
    }
}

/* What templates may call, beside Lectern's own functions. */
static void add_functions(Script *script, const PluginFile *file)
{
    lua_State *lua = script->lua;
    if (!push_part(script, "functions"))
        return;
    const TextList own = keys_of(script);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, script->library);
    for (size_t i = 0; i < own.count; i++) {
        bridge_push_text(lua, own.items[i]);
        if (lua_rawget(lua, -2) != LUA_TNIL) {
            diag_file_error(script->diag, file->path, "there is a function '%.*s' already", TEXT_ARG(own.items[i]));
            lua_pop(lua, 1);
            continue;
        }
        lua_pop(lua, 1);
        bridge_push_text(lua, own.items[i]);
        bridge_push_text(lua, own.items[i]);
        lua_rawget(lua, -4);
        lua_rawset(lua, -3);
    }
    lua_pop(lua, 2);
}

/* A text or a list of texts under `key`. */
static TextList texts_of(Script *script, const char *key)
{
    TextList list = {0};
    lua_State *lua = script->lua;
    lua_pushstring(lua, key);
    const int type = lua_rawget(lua, -2);
    if (type == LUA_TSTRING)
        *LIST_PUSH(script->arena, &list) = string_of(script, -1);
    for (lua_Integer i = 1; type == LUA_TTABLE && lua_rawgeti(lua, -1, i) == LUA_TSTRING; i++) {
        *LIST_PUSH(script->arena, &list) = string_of(script, -1);
        lua_pop(lua, 1);
    }
    lua_settop(lua, type == LUA_TTABLE ? -3 : -2);
    return list;
}

/* What the file returned, which is at the top. */
static void keep_table(Script *script, PluginFile *file)
{
    lua_pushvalue(script->lua, -1);
    file->table = luaL_ref(script->lua, LUA_REGISTRYINDEX);
}

void plugins_load(void *context, Text name)
{
    Script *script = context;
    ScriptFile source;
    if (text_starts(name, "shared/"))
        return;
    if (!find_file(script, name, &source)) {
        diag_file_error(script->diag, text_format(script->arena, "plugins/%.*s.lua", TEXT_ARG(name)), "it cannot be read, or is too large");
        return;
    }
    const size_t index = script->files.count;
    PluginFile *file = LIST_PUSH(script->arena, &script->files);
    *file = (PluginFile){.name = text_copy(script->arena, name), .path = source.path, .environment = LUA_NOREF, .table = LUA_NOREF};
    script_meet(script, text_format(script->arena, "plugins/%.*s.lua", TEXT_ARG(name)), source.is_trusted);
    file->is_broken = !run_file(script, file, &source);
    if (file->is_broken)
        return;
    const Plugin whole = {.name = file->name, .path = file->path};
    file->has_options = has_key(script, "options") && read_record(script, &whole, "options", &file->options);
    file->has_outputs = has_function(script, "outputs");
    file->has_site = has_function(script, "site");
    file->has_functions = has_key(script, "functions");
    file->is_off = is_true(script, "optional");
    keep_table(script, file);
    file->css = texts_of(script, "css");
    file->js = texts_of(script, "js");
    if (is_plugin(script, path_folder(name)))
        add_plugin(script, index, path_folder(name), TEXT(""), path_name(name));
    add_parts(script, index);
    add_functions(script, &script->files.items[index]);
    lua_pop(script->lua, 1);
}

/* The references of the plugins of a file, whose table is at the top, after it was run again. */
static void refer_again(Script *script, size_t file)
{
    lua_State *lua = script->lua;
    for (size_t i = 0; i < script->plugins.count; i++) {
        Plugin *plugin = &script->plugins.items[i];
        if (plugin->file != file)
            continue;
        lua_pushvalue(lua, -1);
        if (plugin->part.length) {
            lua_getfield(lua, -1, text_c_string(script->arena, plugin->part));
            lua_getfield(lua, -1, text_c_string(script->arena, plugin->name));
            lua_replace(lua, -3);
            lua_pop(lua, 1);
        }
        plugin->reference = luaL_ref(lua, LUA_REGISTRYINDEX);
    }
}

void plugins_reload(Script *script)
{
    ScriptFile source;
    for (size_t i = 0; i < script->plugins.count; i++)
        script->plugins.items[i].reference = LUA_NOREF;
    for (size_t i = 0; i < script->files.count; i++) {
        PluginFile *file = &script->files.items[i];
        file->environment = file->table = LUA_NOREF;
        if (file->is_broken || !find_file(script, file->name, &source) || !run_file(script, file, &source))
            continue;
        keep_table(script, file);
        refer_again(script, i);
        add_functions(script, file);
        lua_pop(script->lua, 1);
    }
}

/* plugin_settings: what site.yaml says of the plugins, which of them are on, and what these claim. */
#include "state.h"

#include "../base/path.h"

static PluginFile *file_named(Script *script, const ValueEntry *entry, Diag *diag)
{
    Nearest nearest = nearest_to(entry->key);
    for (size_t i = 0; i < script->files.count; i++) {
        if (text_equal(script->files.items[i].name, entry->key))
            return &script->files.items[i];
        nearest_try(&nearest, script->files.items[i].name);
        if (text_equal(path_name(script->files.items[i].name), entry->key))
            nearest.best = script->files.items[i].name;
    }
    diag_error(diag, entry->key_pos, "there is no plugin '%.*s'", TEXT_ARG(entry->key));
    if (nearest_found(&nearest).length)
        diag_help(diag, "did you mean '%.*s'?", TEXT_ARG(nearest_found(&nearest)));
    else
        diag_help(diag, "it would be plugins/%.*s.lua", TEXT_ARG(entry->key));
    return NULL;
}

bool script_set_options(Script *script, const ValueEntry *entry, Text source, Diag *diag)
{
    PluginFile *file = file_named(script, entry, diag);
    const Value *value = &entry->value;
    if (!file)
        return false;
    const bool is_switch = value->kind == VALUE_TEXT || value->kind == VALUE_NULL;
    file->is_off = false;
    if (is_switch) {
        file->is_off = value->kind == VALUE_TEXT && (text_is(value->text, "off") || text_is(value->text, "false"));
        const bool is_on = value->kind == VALUE_NULL || text_is(value->text, "on") || text_is(value->text, "true");
        return file->is_off || is_on ||
               diag_error(diag, value->pos, "'%.*s' must be on, off or options", TEXT_ARG(entry->key));
    }
    if (!file->has_options)
        return diag_error(diag, entry->key_pos, "the plugin '%.*s' has no options", TEXT_ARG(entry->key));
    ScriptChecked checked = {0};
    const bool ok = script_check_values(script, &(ScriptValues){.fields = file->options, .name = entry->key, .written = value,
                                                                .source = source, .diag = diag}, &checked);
    file->written = checked.typed;
    return ok;
}

bool script_file_options(const Script *script, size_t file, Text *name, const Field **options)
{
    if (file >= script->files.count)
        return false;
    *name = script->files.items[file].name;
    *options = script->files.items[file].has_options ? script->files.items[file].options : NULL;
    return true;
}

void plugins_begin(Script *script)
{
    lua_State *lua = script->lua;
    static const Value nothing = {.kind = VALUE_MAP}, none = {.kind = VALUE_NULL};
    for (size_t i = 0; i < script->files.count; i++) {
        const PluginFile *file = &script->files.items[i];
        if (file->has_site && file->has_functions)
            script->host.overview_read(script->host.context, file->name);    /* a template may call them */
        if (script->has_options || (!file->has_options && !file->has_site))
            continue;
        if (lua_rawgeti(lua, LUA_REGISTRYINDEX, file->environment) == LUA_TTABLE) {
            bridge_push_lasting(script, file->is_off ? &none : file->written.kind == VALUE_MAP ? &file->written : &nothing);
            lua_setfield(lua, -2, "options");
            bridge_push_lasting(script, &file->overview);
            lua_setfield(lua, -2, "overview");
        }
        lua_pop(lua, 1);
    }
    script->has_options = true;
}

void script_set_overview(Script *script, size_t file, Value overview, Hash hash)
{
    script->has_options = false;
    script->files.items[file].overview = overview;
    script->files.items[file].overview_hash = hash;
}

Text script_file_name(const Script *script, size_t file)
{
    return script->files.items[file].name;
}

Hash script_overview_hash(const Script *script, Text file)
{
    for (size_t i = 0; i < script->files.count; i++)
        if (text_equal(script->files.items[i].name, file))
            return script->files.items[i].overview_hash;
    return (Hash){0};
}

void script_each_asset(const Script *script, const char *kind, void (*take)(void *taker, Text name), void *taker)
{
    for (size_t i = 0; i < script->files.count; i++) {
        const PluginFile *file = &script->files.items[i];
        const TextList *list = *kind == 'c' ? &file->css : &file->js;
        for (size_t j = 0; !file->is_off && j < list->count; j++)
            take(taker, text_format(script->arena, "plugins/%.*s", TEXT_ARG(list->items[j])));
    }
}

void plugins_index_blocks(Script *script)
{
    script->block_names.count = 0;
    for (size_t i = 0; i < script->plugins.count; i++) {
        const Plugin *plugin = &script->plugins.items[i];
        if (!text_is(plugin->folder, "blocks") || plugin_is_off(script, plugin))
            continue;
        for (size_t j = 0; j < plugin->name_count; j++)
            *LIST_PUSH(script->arena, &script->block_names) = (__typeof__(*script->block_names.items)){plugin->names[j], i};
    }
}

static void claimed_twice(Script *script, const Plugin *plugin, Text name, const Plugin *other)
{
    const Text folder = plugin->folder;
    const char *what = text_is(folder, "blocks") ? "block" : text_is(folder, "questions") ? "type of question" : "page type";
    diag_file_error(script->diag, plugin->path, "the %s '%.*s' is already that of %.*s", what, TEXT_ARG(name), TEXT_ARG(other->path));
    diag_help(script->diag, "rename it, or switch one of them off below `plugins:` in site.yaml");
}

void script_settle_plugins(Script *script, Diag *diag)
{
    Diag *before = script->diag;
    script->diag = diag;
    script->has_options = false;
    plugins_index_blocks(script);
    for (size_t i = 0; i < script->plugins.count; i++) {
        const Plugin *plugin = &script->plugins.items[i];
        const Plugin *other = script_plugin(script, plugin->folder, plugin->name);
        if (!plugin_is_off(script, plugin) && other && other != plugin)
            claimed_twice(script, plugin, plugin->name, other);
    }
    for (size_t i = 0; i < script->block_names.count; i++) {
        const Plugin *plugin = &script->plugins.items[script->block_names.items[i].plugin];
        const Plugin *other = script_block(script, script->block_names.items[i].name);
        if (other != plugin && !text_equal(other->name, plugin->name))
            claimed_twice(script, plugin, script->block_names.items[i].name, other);
    }
    script->diag = before;
}

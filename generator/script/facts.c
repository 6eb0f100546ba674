/* facts: what pages and blocks make known of themselves when they are read, and what plugins' files
 * make of that once all are known; see script.h. */
#include "state.h"

#include "../base/flat.h"

enum { MOST_PAGE_BYTES = 1024, MOST_BLOCKS_BYTES = 16 * 1024, MOST_OVERVIEW_BYTES = 1024 * 1024 };

/* Call the function below `arguments` values; its result is a value, or null. */
static bool call_for_value(Script *script, int arguments, Value *value)
{
    *value = VALUE_NONE;
    return script_call(script, arguments, 1) && bridge_take(script, value);
}

/* The list of what blocks of that plugin returned so far. */
static Value *facts_of(Arena *arena, Value *facts, Text name)
{
    if (facts->kind != VALUE_MAP)
        *facts = value_map();
    for (size_t i = 0; i < facts->map.count; i++)
        if (text_equal(facts->map.items[i].key, name))
            return &facts->map.items[i].value;
    return value_set(arena, facts, name, value_list());
}

static size_t flat_bytes(Arena *arena, const Value *value)
{
    Buffer flat = buffer_new(arena);
    flat_put_value(&flat, value);
    return flat.length;
}

bool facts_add_block(Script *script, const Plugin *plugin, int block, uint32_t offset, ScriptChecked *checked)
{
    Value fact;
    Arena *arena = script->page.arena;
    if (!plugin->has_facts || !script_push_function(script, plugin, "facts"))
        return true;
    lua_pushvalue(script->lua, block);
    if (!call_for_value(script, 1, &fact))
        return false;
    if (fact.kind == VALUE_NULL)
        return true;
    if (fact.kind != VALUE_MAP)
        return plugin_error(script, plugin, "facts() of a block must return a table with keys, or nil");
    VALUE_SET(arena, &fact, "offset", value_int(offset));
    checked->facts_bytes += flat_bytes(arena, &fact);
    if (checked->facts_bytes > MOST_BLOCKS_BYTES)
        return plugin_error(script, plugin, "the facts of the blocks on one page are larger than 16 KiB");
    value_add(arena, facts_of(arena, &checked->facts, plugin->name), fact);
    return true;
}

/* What the page type's own facts() returns; it is told whether anything was wrong with the page. */
static bool call_facts(Script *script, const Plugin *plugin, Value *facts)
{
    *facts = VALUE_NONE;
    if (!plugin->has_facts || !script_push_function(script, plugin, "facts"))
        return true;
    bridge_push(script, &script->page.page);
    lua_pushboolean(script->lua, script->diag->error_count == 0);
    return call_for_value(script, 2, facts);
}

bool script_call_facts(Script *script, const Plugin *plugin, const ScriptChecked *checked, Text *facts)
{
    Arena *arena = script->page.arena;
    Value own, both = value_map();
    *facts = TEXT("");
    if (!call_facts(script, plugin, &own))
        return false;
    if (own.kind == VALUE_NULL && checked->facts.kind == VALUE_NULL)
        return true;
    if (flat_bytes(arena, &own) > MOST_PAGE_BYTES)
        return plugin_error(script, plugin, "its facts of one page are larger than 1 KiB");
    VALUE_SET(arena, &both, "own", own);
    VALUE_SET(arena, &both, "blocks", checked->facts);
    Buffer flat = buffer_new(arena);
    flat_put_value(&flat, &both);
    *facts = buffer_text(&flat);
    return true;
}

bool script_file_has_site(const Script *script, size_t file)
{
    return script->files.items[file].has_site && !script->files.items[file].is_off;
}

bool script_call_site(Script *script, size_t index, Text *overview)
{
    lua_State *lua = script->lua;
    const PluginFile *file = &script->files.items[index];
    Value value;
    *overview = TEXT("");
    if (lua_rawgeti(lua, LUA_REGISTRYINDEX, file->table) != LUA_TTABLE) {
        lua_pop(lua, 1);
        return true;
    }
    const size_t errors = script->diag->error_count;
    lua_getfield(lua, -1, "site");
    lua_remove(lua, -2);
    bridge_push(script, &script->page.site);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, script->library);
    lua_getfield(lua, -1, "report");
    lua_remove(lua, -2);
    script->running = file->path;
    script->reported = NULL;
    if (!call_for_value(script, 2, &value))
        return false;
    if (value.kind == VALUE_NULL)
        return script->diag->error_count == errors;
    Buffer flat = buffer_new(script->page.arena);
    flat_put_value(&flat, &value);
    if (flat.length > MOST_OVERVIEW_BYTES)
        return diag_file_error(script->diag, file->path, "what site() returns is larger than 1 MiB");
    *overview = buffer_text(&flat);
    return script->diag->error_count == errors;
}

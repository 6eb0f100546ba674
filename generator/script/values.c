/* values: an author's values are held against what a plugin declares, and shown to the plugin; see
 * script.h. */
#include "state.h"

#include "fields_inside.h"

typedef struct Variants {
    Script *script;
    bool ok;
} Variants;

static const Plugin *find_plugin(void *context, Text folder, Text name)
{
    return script_plugin(((Variants *)context)->script, folder, name);
}

static void each_of_folder(void *context, Text folder, void (*take)(void *taker, Text name), void *taker)
{
    script_each(((Variants *)context)->script, folder, take, taker);
}

static void check_variant(void *context, const Plugin *plugin, const Value *value)
{
    Variants *variants = context;
    variants->ok = script_call_check(variants->script, plugin, value, value) && variants->ok;
}

bool script_check_values(Script *script, const ScriptValues *values, ScriptChecked *checked)
{
    Variants variants = {script, true};
    FieldContext context = {.arena = script->page.arena,
                            .diag = values->diag,
                            .source = values->source,
                            .is_partial = values->is_partial,
                            .markdown = script->page.markdown,
                            .plugin = find_plugin,
                            .each_plugin = each_of_folder,
                            .check_variant = variant_check,
                            .variant = values->is_known ? NULL : check_variant,
                            .context = &variants,
                            .documents = checked->documents,
                            .links = checked->links};
    const bool ok = field_check(&context, values->fields, values->name, values->written, &checked->typed);
    checked->documents = context.documents;
    checked->links = context.links;
    return ok && variants.ok;
}

bool script_check_fields(Script *script, const Field *fields, const Value *value, bool is_partial, ScriptChecked *checked)
{
    *checked = (ScriptChecked){0};
    return script_check_values(script, &(ScriptValues){.fields = fields, .name = TEXT("page"), .written = value,
                                                       .source = script->page.source, .diag = script->diag,
                                                       .is_partial = is_partial, .is_known = script->page.is_known}, checked);
}

bool script_call_check(Script *script, const Plugin *plugin, const Value *self, const Value *fields)
{
    lua_State *lua = script->lua;
    if (!plugin->has_check || !script_push_function(script, plugin, "check"))
        return true;
    const size_t errors = script->diag->error_count;
    Value *kept = ARENA_NEW(script->page.arena, Value);
    *kept = *self;
    script->reported = fields;
    bridge_push(script, kept);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, script->library);
    lua_getfield(lua, -1, "report");
    lua_remove(lua, -2);
    return script_call(script, 2, 0) && script->diag->error_count == errors;
}

/* fences: what stands in a fenced block is YAML, read by the fields of the block's plugin. */
#include "state.h"

#include "../formats/yaml.h"

bool fence_check(Script *script, const Plugin *plugin, const Block *block, Pos pos, Diag *diag, bool is_known, ScriptChecked *checked)
{
    Arena *arena = script->page.arena;
    const Text page = script->page.source;
    Value *written = ARENA_NEW(arena, Value), *values = ARENA_NEW(arena, Value);
    *written = value_map();
    written->pos = pos;
    size_t start = 0, end = 0;
    const Text source = block->raw.length ? markdown_fence(arena, page, block, &start, &end) : page;
    const bool ok = yaml_read(arena, pos.file, source, start, end, diag, NULL, written);
    *values = *written;
    if (written->kind == VALUE_LIST && plugin->list_field.length) {
        *values = value_map();
        value_set(arena, values, plugin->list_field, *written);
    }
    values->pos = pos;
    return script_check_values(script, &(ScriptValues){.fields = plugin->fields, .name = block->name, .written = values,
                                                       .source = source, .diag = diag, .is_partial = !ok,
                                                       .is_known = is_known}, checked) && ok;
}

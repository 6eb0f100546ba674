/* fences: what stands in a fenced block is YAML, read by the fields of the block's plugin. */
#include "state.h"

#include "../formats/yaml.h"

#include <string.h>

/* The page's text in which of the fence's lines only what is inside the fence is left: where it
 * stands in a quotation, the marks before its lines are blank. */
static Text without_margin(Arena *arena, Text source, const Block *block, size_t *start, size_t *end)
{
    *start = origin_source(&block->raw_origin, 0);
    *end = origin_source(&block->raw_origin, (uint32_t)block->raw.length - 1) + 1u;
    while (*start > 0 && source.bytes[*start - 1] != '\n')
        --*start;
    char *copy = arena_bytes(arena, source.length + 1);
    memcpy(copy, source.bytes, source.length);
    for (size_t i = *start; i < *end; i++)
        if (copy[i] != '\n' && copy[i] != '\r')
            copy[i] = ' ';
    for (size_t i = 0; i < block->raw.length; i++)
        copy[origin_source(&block->raw_origin, (uint32_t)i)] = block->raw.bytes[i];
    return (Text){copy, source.length};
}

bool fence_check(Script *script, const Plugin *plugin, const Block *block, Pos pos, Diag *diag, bool is_known, ScriptChecked *checked)
{
    Arena *arena = script->page.arena;
    const Text page = script->page.source;
    Value *written = ARENA_NEW(arena, Value), *values = ARENA_NEW(arena, Value);
    *written = value_map();
    written->pos = pos;
    size_t start = 0, end = 0;
    const Text source = block->raw.length ? without_margin(arena, page, block, &start, &end) : page;
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

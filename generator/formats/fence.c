/* fence: the lines of a fenced block, ready for another reader; see markdown.h. */
#include "markdown.h"

#include <string.h>

Text markdown_fence(Arena *arena, Text source, const Block *block, size_t *start, size_t *end)
{
    *start = origin_source(&block->raw_origin, 0);
    *end = origin_source(&block->raw_origin, (uint32_t)block->raw.length - 1) + 1u;
    *end = *end < source.length ? *end : source.length;
    *start = *start < *end ? *start : *end;
    while (*start > 0 && source.bytes[*start - 1] != '\n')
        --*start;
    char *copy = arena_bytes(arena, source.length + 1);
    memcpy(copy, source.bytes, source.length);
    for (size_t i = *start; i < *end; i++)
        if (!byte_is_blank(copy[i]) && copy[i] != '\n')
            copy[i] = ' ';
    for (size_t i = 0; i < block->raw.length; i++) {
        const uint32_t at = origin_source(&block->raw_origin, (uint32_t)i);
        if (at < *end && copy[at] == ' ')    /* line ends are there already; a tab became blanks */
            copy[at] = block->raw.bytes[i];
    }
    return (Text){copy, source.length};
}

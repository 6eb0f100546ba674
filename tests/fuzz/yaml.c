/* Fuzzing yaml: whatever the bytes are, positions stay in the file, origins are true, nothing is
 * refused in silence, and what the fixes write is read as the same values with no more to fix. */
#include "formats/yaml.h"

#include <stdlib.h>

#define MUST(condition)                                                                            \
    do {                                                                                           \
        if (!(condition))                                                                          \
            abort();                                                                               \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Where the reading found mistakes it passed over lines, so that origins are only near. */
static void check_scalar(Arena *arena, Text source, const Value *scalar, bool is_sound)
{
    const Origin origin = yaml_origin(arena, source, scalar);
    for (size_t i = 0; i < scalar->text.length; i++) {
        const uint32_t at = origin_source(&origin, (uint32_t)i);
        MUST(at <= source.length);
        if (is_sound && scalar->style != VALUE_DOUBLE_QUOTED && !is_space(scalar->text.bytes[i]))
            MUST(at < source.length && source.bytes[at] == scalar->text.bytes[i]);
    }
}

static void check_value(Arena *arena, Text source, const Value *value, bool is_sound)
{
    MUST(value->pos.offset <= source.length);
    if (value->kind == VALUE_TEXT)
        check_scalar(arena, source, value, is_sound);
    for (size_t i = 0; value->kind == VALUE_LIST && i < value->list.count; i++)
        check_value(arena, source, &value->list.items[i], is_sound);
    for (size_t i = 0; value->kind == VALUE_MAP && i < value->map.count; i++) {
        MUST(value->map.items[i].key_pos.offset <= source.length);
        check_value(arena, source, &value->map.items[i].value, is_sound);
    }
}

static bool is_same(const Value *left, const Value *right)
{
    if (left->kind != right->kind)
        return false;
    if (left->kind == VALUE_TEXT)
        return text_equal(left->text, right->text);
    if (left->kind == VALUE_LIST) {
        bool same = left->list.count == right->list.count;
        for (size_t i = 0; same && i < left->list.count; i++)
            same = is_same(&left->list.items[i], &right->list.items[i]);
        return same;
    }
    bool same = left->kind != VALUE_MAP || left->map.count == right->map.count;
    for (size_t i = 0; same && left->kind == VALUE_MAP && i < left->map.count; i++)
        same = text_equal(left->map.items[i].key, right->map.items[i].key) &&
               is_same(&left->map.items[i].value, &right->map.items[i].value);
    return same;
}

static bool read_all(Arena *arena, Diag *diag, Text source, YamlFixes *fixes, Value *value)
{
    diag_source(diag, 0, source);
    const size_t errors_before = diag->error_count;
    const bool ok = yaml_read(arena, 0, source, 0, source.length, diag, fixes, value);
    MUST(ok == (diag->error_count == errors_before));
    return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    Arena *arena = arena_open();
    Sources sources = {.arena = arena};
    sources_add(&sources, TEXT("page.yaml"));
    Diag *diag = diag_new(arena, &sources);
    const Text source = text_copy(arena, (Text){(const char *)bytes, size});
    YamlFixes fixes = {.arena = arena}, none_left = {.arena = arena};
    Value value, again;
    const bool ok = read_all(arena, diag, source, &fixes, &value);
    check_value(arena, source, &value, ok);
    const Text fixed = yaml_fixed(arena, source, &fixes);
    if (ok) {
        MUST(read_all(arena, diag, fixed, &none_left, &again));
        MUST(none_left.count == 0);
        MUST(is_same(&value, &again));
    }
    arena_close(arena);
    return 0;
}

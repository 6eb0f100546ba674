/* yaml_mend: see yaml_mend.h. */
#include "yaml_mend.h"

#include "../base/unicode.h"

#include <assert.h>

enum { MOST_PROBLEMS = 100, LONGEST_SHOWN_BYTES = 72 };

YamlMend yaml_mend_new(Arena *arena, Diag *diag, uint32_t file, Text source, YamlFixes *fixes)
{
    return (YamlMend){.arena = arena, .diag = diag, .file = file, .source = source, .fixes = fixes};
}

void yaml_mend_edit(YamlMend *mend, YamlEdit kind, size_t offset, size_t removed, Text inserted)
{
    const YamlFix edit = {(uint32_t)offset, (uint32_t)removed, inserted};
    assert(mend->count == 0 ||
           mend->items[mend->count - 1].offset + mend->items[mend->count - 1].removed <= offset);
    *LIST_PUSH(mend->arena, mend) = edit;
    if (kind == YAML_EDIT_FIX && mend->fixes)
        *LIST_PUSH(mend->fixes->arena, mend->fixes) = edit;
}

void yaml_mend_open(YamlMend *mend, YamlEdit kind, size_t start)
{
    yaml_mend_edit(mend, kind, start, 0, TEXT("'"));
    *LIST_PUSH(mend->arena, &mend->quoted) = (uint32_t)start;
}

void yaml_mend_double(YamlMend *mend, YamlEdit kind, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        if (mend->source.bytes[i] == '\'')
            yaml_mend_edit(mend, kind, i, 0, TEXT("'"));
}

void yaml_mend_close(YamlMend *mend, YamlEdit kind, size_t end)
{
    yaml_mend_edit(mend, kind, end, 0, TEXT("'"));
}

bool yaml_mend_has_quoted(const YamlMend *mend, uint32_t offset)
{
    size_t low = 0, high = mend->quoted.count;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (mend->quoted.items[middle] == offset)
            return true;
        if (mend->quoted.items[middle] < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* Each report looks for its line from the top of the file, so there must be an end of them. */
static bool has_room(YamlMend *mend)
{
    mend->problem_count++;
    return mend->problem_count <= MOST_PROBLEMS;
}

static void add_help(YamlMend *mend, size_t width, Text help)
{
    diag_width(mend->diag, width);
    if (help.length)
        diag_help(mend->diag, "%.*s", TEXT_ARG(help));
}

bool yaml_mend_error(YamlMend *mend, size_t offset, size_t width, Text message, Text help)
{
    const Pos pos = {mend->file, (uint32_t)offset};
    if (mend->error_count++ == 0)
        mend->first_error = offset;
    if (has_room(mend)) {
        diag_error(mend->diag, pos, "%.*s", TEXT_ARG(message));
        add_help(mend, width, help);
    } else if (!mend->is_full) {
        mend->is_full = true;
        diag_error(mend->diag, pos,
                   "there are more mistakes from here on than can be shown at once");
    }
    return false;
}

void yaml_mend_warn(YamlMend *mend, size_t offset, size_t width, Text message, Text help)
{
    const Pos pos = {mend->file, (uint32_t)offset};
    if (has_room(mend)) {
        diag_warn(mend->diag, pos, "%.*s", TEXT_ARG(message));
        add_help(mend, width, help);
    } else if (mend->problem_count == MOST_PROBLEMS + 1) {
        diag_warn(mend->diag, pos,
                  "there are more warnings from here on than can be shown at once");
    }
}

bool yaml_mend_is_suspect(const YamlMend *mend, size_t offset)
{
    return mend->is_suspect && mend->first_error <= offset;
}

bool yaml_mend_refuse(YamlMend *mend, size_t offset, Text own)
{
    const Text shown = yaml_shown(mend->arena, own);
    const Text message =
        own.bytes[0] == '!'
            ? text_format(mend->arena, "Lectern does not use YAML's tags: '%.*s'", TEXT_ARG(shown))
            : text_format(mend->arena,
                          "Lectern does not use YAML's anchors (&name) and aliases (*name): '%.*s'",
                          TEXT_ARG(shown));
    return yaml_mend_error(mend, offset, own.length, message,
                           TEXT("if you mean the text, put it in quotes; else leave this out"));
}

Text yaml_mend_text(YamlMend *mend, size_t start, Origin *origin)
{
    *origin = origin_plain(mend->arena, mend->file, (uint32_t)start);
    if (mend->count == 0)
        return text_after(mend->source, start);
    Buffer text = buffer_new(mend->arena);
    buffer_reserve(&text, mend->source.length - start + mend->count * 2);
    size_t done = start;
    for (size_t i = 0; i < mend->count; i++) {
        const YamlFix *edit = &mend->items[i];
        buffer_put(&text, text_slice(mend->source, done, edit->offset));
        done = edit->offset + edit->removed;
        for (size_t j = 0; j < edit->inserted.length; j++)
            origin_run(mend->arena, origin, (uint32_t)(text.length + j), edit->offset);
        buffer_put(&text, edit->inserted);
        origin_run(mend->arena, origin, (uint32_t)text.length, (uint32_t)done);
    }
    buffer_put(&text, text_after(mend->source, done));
    return buffer_text(&text);
}

Text yaml_shown(Arena *arena, Text text)
{
    const size_t line = text_find_char(text, '\n');
    Text shown = text_trim(text_slice(text, 0, line));
    if (line == text.length && shown.length <= LONGEST_SHOWN_BYTES)
        return shown;
    size_t end = shown.length < LONGEST_SHOWN_BYTES ? shown.length : LONGEST_SHOWN_BYTES;
    while (end < shown.length && ((unsigned char)shown.bytes[end] & 0xC0) == 0x80)
        end--;
    Buffer cut = buffer_new(arena);
    buffer_put(&cut, text_slice(shown, 0, end));
    buffer_string(&cut, "…");
    return buffer_text(&cut);
}

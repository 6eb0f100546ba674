/* mask_notes: footnotes and link definitions, which stand at the beginning of a line. */
#include "mask_line.h"

#include <string.h>

static size_t indentation(Text text, const Line *line)
{
    size_t count = 0;
    while (line->start + count < line->end && text.bytes[line->start + count] == ' ')
        count++;
    return count;
}

/* The label of `[label]:` or `[^label]:` that begins the line, or none. */
static Text definition_label(Text text, const Line *line)
{
    const size_t indent = indentation(text, line);
    const size_t start = line->start + indent;
    if (indent > 3 || start >= line->end || text.bytes[start] != '[')
        return TEXT_NONE;
    const Text rest = text_slice(text, start, line->end);
    const size_t close = text_find_char(rest, ']');
    if (close < 2 || close + 1 >= rest.length || rest.bytes[close + 1] != ':')
        return TEXT_NONE;
    return text_slice(rest, 1, close);
}

/* Is this line inside a fenced code block?  Keeps the fence that is open in `*fence`. */
static bool is_in_fence(Text words, char *fence)
{
    const bool is_fence = text_starts(words, "```") || text_starts(words, "~~~");
    if (*fence) {
        if (is_fence && words.bytes[0] == *fence)
            *fence = 0;
        return true;
    }
    if (is_fence)
        *fence = words.bytes[0];
    return is_fence;
}

static void add_note_line(Masked *masked, Buffer *note, Origin *origin, size_t start, size_t end)
{
    origin_run(masked->arena, origin, (uint32_t)note->length,
               origin_source(&masked->origin, (uint32_t)start));
    buffer_put(note, text_slice(masked->text, start, end));
    buffer_char(note, '\n');
    for (size_t i = start; i < end; i++)
        masked->copy[i] = ' ';
}

/* Does the note that stands before `line` go on in it? */
static bool note_goes_on(Text text, const Line *line, bool after_empty_line)
{
    if (line->words == line->words_end) {
        if (line->end >= text.length)
            return false;
        const Line next = line_from(text, line->end + 1);
        return next.words < next.words_end && indentation(text, &next) >= 4;
    }
    if (indentation(text, line) >= 4)
        return true;
    return !after_empty_line && line->words == line->start + indentation(text, line) &&
           !definition_label(text, line).bytes && !strchr("#`~|:", text.bytes[line->words]);
}

/* Take the note whose first line is `line` out of the copy; gives the start of what follows. */
static size_t read_note(Masked *masked, const Line *line, Text label)
{
    const Text text = masked->text;
    Footnote note = {.label = text_after(label, 1), .offset = (uint32_t)(label.bytes - text.bytes)};
    Buffer words = buffer_new(masked->arena);
    note.origin = (Origin){.file = masked->origin.file};
    size_t start = (size_t)(label.bytes + label.length + 2 - text.bytes);
    while (start < line->end && byte_is_blank(text.bytes[start]))
        start++;
    for (size_t i = line->start; i < start; i++)
        masked->copy[i] = ' ';
    add_note_line(masked, &words, &note.origin, start, line->end);
    size_t next = line->end + 1;
    bool after_empty_line = false;
    while (next < text.length) {
        const Line more = line_from(text, next);
        if (!note_goes_on(text, &more, after_empty_line))
            break;
        after_empty_line = more.words == more.words_end;
        const size_t indent = indentation(text, &more);
        add_note_line(masked, &words, &note.origin, more.start + (indent < 4 ? indent : 4), more.end);
        next = more.end + 1;
    }
    note.text = buffer_text(&words);
    *LIST_PUSH(masked->arena, &masked->notes) = note;
    return next;
}

void mask_definitions(Masked *masked)
{
    const Text text = masked->text;
    Buffer definitions = buffer_new(masked->arena);
    char fence = 0;
    for (size_t start = 0; start < text.length;) {
        const Line line = line_from(text, start);
        start = line.end + 1;
        if (is_in_fence(line_words(text, &line), &fence))
            continue;
        const Text label = definition_label(text, &line);
        if (label.length > 1 && label.bytes[0] == '^') {
            start = read_note(masked, &line, label);
        } else if (label.length) {
            origin_run(masked->arena, &masked->definition_origin, (uint32_t)definitions.length,
                       origin_source(&masked->origin, (uint32_t)line.start));
            buffer_put(&definitions, text_slice(text, line.start, line.end));
            buffer_char(&definitions, '\n');
        }
    }
    masked->definitions = buffer_text(&definitions);
}

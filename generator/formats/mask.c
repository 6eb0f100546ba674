/* mask: see mask.h. */
#include "mask_line.h"

#include "../base/bytes.h"

#include <string.h>

enum { PADDING_BYTES = 16, LONGEST_INLINE_BYTES = 1000 };

/* Adding a line end where a block follows a table row, which md4c would take for a cell. */

static bool begins_block(Text words)
{
    return text_starts(words, "::") && words.length > 2 &&
           (words.bytes[2] == ':' || byte_is_letter(words.bytes[2]));
}

static bool is_table_row(Text text, const Line *line)
{
    const Text words = line_words(text, line);
    return words.length && text_find_char(words, '|') < words.length;
}

static void add_line_ends(Masked *masked, Text text, const Origin *origin)
{
    Buffer whole = buffer_new(masked->arena);
    Origin inner = origin_plain(masked->arena, origin->file, 0);
    size_t copied = 0;
    bool after_row = false;
    for (size_t start = 0; start < text.length;) {
        const Line line = line_from(text, start);
        if (after_row && begins_block(line_words(text, &line))) {
            buffer_put(&whole, text_slice(text, copied, start));
            *LIST_PUSH(masked->arena, &masked->added) = (uint32_t)whole.length;
            buffer_char(&whole, '\n');
            origin_run(masked->arena, &inner, (uint32_t)whole.length, (uint32_t)start);
            copied = start;
        }
        after_row = is_table_row(text, &line);
        start = line.end + 1;
    }
    if (!masked->added.count)
        return;
    buffer_put(&whole, text_after(text, copied));
    masked->text = buffer_text(&whole);
    masked->origin = origin_through(masked->arena, origin, &inner);
}

/* Reading what stands behind the colons. */

/* The `]` that closes the `[` at `open`, before `end`; `end` when there is none. */
static size_t closing_bracket(Text text, size_t open, size_t end)
{
    size_t depth = 0;
    for (size_t i = open; i < end; i++) {
        const char byte = text.bytes[i];
        if (byte == '\\' && i + 1 < end)
            i++;
        else if (byte == '[')
            depth++;
        else if (byte == ']' && --depth == 0)
            return i;
        else if (byte == '\n' && i + 1 < end && line_from(text, i + 1).words_end == line_from(text, i + 1).words)
            return end;    /* an empty line ends the paragraph */
    }
    return end;
}

/* Past the `}` of the braces at `open`; `open` when they do not close on this line. */
static size_t past_braces(Text text, size_t open, size_t end)
{
    char quote = 0;
    for (size_t i = open; i < end && text.bytes[i] != '\n'; i++) {
        const char byte = text.bytes[i];
        if (quote)
            quote = byte == quote ? 0 : quote;
        else if ((byte == '"' || byte == '\'') && text.bytes[i - 1] == '=')
            quote = byte;
        else if (byte == '}')
            return i + 1;
    }
    return open;
}

static void set_problem(Mask *mask, const char *problem, size_t at, Text stray)
{
    if (mask->problem)
        return;
    mask->problem = problem;
    mask->at = (uint32_t)at;
    mask->stray = stray;
}

static bool read_attributes(Masked *masked, Mask *mask, size_t open, size_t past)
{
    size_t bad;
    const uint32_t offset = origin_source(&masked->origin, (uint32_t)open);
    if (markdown_attributes(masked->arena, text_slice(masked->text, open, past), offset,
                            masked->origin.file, &mask->block.attributes, &bad))
        return true;
    set_problem(mask, "attributes", open + bad, TEXT(""));
    return false;
}

/* `{.name #id}`: the first class is the block's name. */
static void name_from_class(Mask *mask)
{
    Attributes *attributes = &mask->block.attributes;
    const size_t end = text_find_char(attributes->classes, ' ');
    mask->block.name = text_slice(attributes->classes, 0, end);
    attributes->classes = text_trim(text_after(attributes->classes, end));
    if (mask->block.name.length == 0)
        set_problem(mask, "name", mask->start, TEXT(""));
}

/* Read `name[Title]{...}` from `at` up to `end`; gives the place behind it. */
static size_t read_opener(Masked *masked, Mask *mask, size_t at, size_t end)
{
    const Text text = masked->text;
    const size_t name = at;
    while (at < end && line_is_name_char(text.bytes[at]))
        at++;
    mask->block.name = text_slice(text, name, at);
    mask->block.attributes = (Attributes){TEXT(""), TEXT(""), value_map()};
    mask->block.title = TEXT("");
    if (at < end && text.bytes[at] == '[') {
        const size_t close = closing_bracket(text, at, end);
        if (close == end) {
            set_problem(mask, "bracket", at, TEXT(""));
            return end;
        }
        mask->block.title = text_slice(text, at + 1, close);
        mask->block.title_offset = (uint32_t)(at + 1);
        at = close + 1;
    }
    if (at < end && text.bytes[at] == '{') {
        const size_t past = past_braces(text, at, end);
        if (past == at) {
            set_problem(mask, "brace", at, TEXT(""));
            return end;
        }
        read_attributes(masked, mask, at, past);
        at = past;
    }
    return at;
}

static Mask *add_mask(Masked *masked, MaskKind kind, size_t start, size_t end)
{
    Mask *mask = LIST_PUSH(masked->arena, &masked->masks);
    *mask = (Mask){.kind = kind, .start = (uint32_t)start, .end = (uint32_t)end};
    return mask;
}

static void hide_as_instruction(Masked *masked, const Mask *mask)
{
    char *bytes = masked->copy + mask->start;
    const size_t length = mask->end - mask->start;
    memset(bytes, 'x', length);
    memcpy(bytes, "<?", 2);
    if (length > 3)
        bytes[length - 2] = '?';
    bytes[length - 1] = '>';
}

static void hide(Masked *masked, const Mask *mask, char sign)
{
    for (size_t i = mask->start; i < mask->end; i++)
        if (masked->copy[i] != '\n')
            masked->copy[i] = sign;
}

static size_t without_closing_colons(Text text, size_t start, size_t end)
{
    size_t colons = end;
    while (colons > start && text.bytes[colons - 1] == ':')
        colons--;
    if (end - colons < 2)
        return end;
    while (colons > start && byte_is_blank(text.bytes[colons - 1]))
        colons--;
    return colons;
}

/* `::: {.name}`, `::: name` and `:::name`; true when the line is a block's. */
static bool read_block_line(Masked *masked, const Line *line)
{
    const Text text = masked->text;
    size_t at = line->words;
    while (at < line->words_end && text.bytes[at] == ':')
        at++;
    const size_t colons = at - line->words;
    if (colons < 2)
        return false;
    while (colons > 2 && at < line->words_end && byte_is_blank(text.bytes[at]))
        at++;
    if (at == line->words_end) {
        if (colons < 3)
            return false;
        hide_as_instruction(masked, add_mask(masked, MASK_CLOSER, line->words, line->words_end));
        return true;
    }
    const bool has_braces = colons > 2 && text.bytes[at] == '{';
    if (!byte_is_letter(text.bytes[at]) && !has_braces)
        return false;
    const size_t end = without_closing_colons(text, at, line->words_end);
    Mask mask = {.kind = colons > 2 ? MASK_OPENER : MASK_LEAF,
                 .start = (uint32_t)line->words,
                 .end = (uint32_t)line->words_end};
    const size_t past = read_opener(masked, &mask, at, end);
    if (has_braces)
        name_from_class(&mask);
    if (past < end && colons == 2)
        return false;
    const Text stray = text_trim(text_slice(text, past, end));
    if (stray.length)
        set_problem(&mask, "words", (size_t)(stray.bytes - text.bytes), stray);
    mask.block.has_content = colons > 2;
    *LIST_PUSH(masked->arena, &masked->masks) = mask;
    hide_as_instruction(masked, &mask);
    return true;
}

/* Heading attributes. */

static bool is_underline(Text words)
{
    if (words.length == 0 || (words.bytes[0] != '=' && words.bytes[0] != '-'))
        return false;
    for (size_t i = 1; i < words.length; i++)
        if (words.bytes[i] != words.bytes[0])
            return false;
    return true;
}

static bool is_heading_line(Text text, const Line *line)
{
    const Text words = line_words(text, line);
    size_t marks = 0;
    while (marks < words.length && words.bytes[marks] == '#')
        marks++;
    if (marks)
        return marks <= 6 && marks < words.length && byte_is_blank(words.bytes[marks]);
    if (line->end >= text.length)
        return false;
    const Line next = line_from(text, line->end + 1);
    return is_underline(line_words(text, &next));
}

static void read_heading_attributes(Masked *masked, Line *line)
{
    const Text words = line_words(masked->text, line);
    if (words.length < 3 || words.bytes[words.length - 1] != '}' || !is_heading_line(masked->text, line))
        return;
    size_t open = words.length;
    while (open > 0 && words.bytes[open - 1] != '{')
        open--;
    if (open < 2)
        return;
    Mask mask = {.kind = MASK_ATTRIBUTES,
                 .start = (uint32_t)(line->words + open - 1),
                 .end = (uint32_t)line->words_end};
    if (!read_attributes(masked, &mask, mask.start, mask.end))
        return;
    *LIST_PUSH(masked->arena, &masked->masks) = mask;
    hide(masked, &mask, ' ');
    line->words_end = mask.start;
}

/* What stands inside a line. */

static size_t read_inline(Masked *masked, size_t colon)
{
    const Text text = masked->text;
    if (colon + 2 >= text.length || !byte_is_letter(text.bytes[colon + 1]))
        return colon + 1;
    if (colon > 0 && (line_is_name_char(text.bytes[colon - 1]) || strchr(":\\/", text.bytes[colon - 1])))
        return colon + 1;
    size_t bracket = colon + 1;
    while (bracket < text.length && line_is_name_char(text.bytes[bracket]))
        bracket++;
    if (bracket == text.length || text.bytes[bracket] != '[')
        return bracket;
    const size_t room = text.length - bracket;
    const size_t end = bracket + (room < LONGEST_INLINE_BYTES ? room : LONGEST_INLINE_BYTES);
    const size_t close = closing_bracket(text, bracket, end);
    if (close == end)
        return bracket + 1;
    Mask *start = add_mask(masked, MASK_INLINE_START, colon, bracket + 1);
    start->block = (Block){.name = text_slice(text, colon + 1, bracket), .has_content = true};
    start->note = (uint32_t)close;
    hide(masked, start, ',');
    return bracket + 1;
}

static void end_inline(Masked *masked, size_t close)
{
    const Text text = masked->text;
    size_t past = close + 1;
    if (past < text.length && text.bytes[past] == '{')
        past = past_braces(text, past, text.length);
    Mask *mask = add_mask(masked, MASK_INLINE_END, close, past);
    mask->block.attributes = (Attributes){TEXT(""), TEXT(""), value_map()};
    if (past > close + 1 && !read_attributes(masked, mask, close + 1, past)) {
        mask->problem = NULL;    /* braces that are no attributes are text */
        mask->end = (uint32_t)close + 1;
    }
    hide(masked, mask, ',');
}

static size_t read_blank(Masked *masked, const Line *line, size_t start)
{
    const Text text = masked->text;
    size_t end = start;
    while (end < line->end && text.bytes[end] == '_')
        end++;
    const bool letter_before = start > line->start && line_is_name_char(text.bytes[start - 1]);
    const bool letter_after = end < line->end && line_is_name_char(text.bytes[end]);
    if (end - start < 4 || (letter_before && letter_after) ||
        (start > line->start && text.bytes[start - 1] == '\\'))
        return end;
    Mask *mask = add_mask(masked, MASK_BLANK, start, end);
    mask->is_alone = start == line->words && end == line->words_end;
    hide(masked, mask, ',');
    return end;
}

static uint32_t note_of(const Masked *masked, Text label)
{
    for (size_t i = 0; i < masked->notes.count; i++)
        if (text_equal(masked->notes.items[i].label, label))
            return (uint32_t)i;
    return UINT32_MAX;
}

static size_t read_note_reference(Masked *masked, const Line *line, size_t bracket)
{
    const Text rest = text_slice(masked->text, bracket, line->end);
    const size_t close = text_find_char(rest, ']');
    if (!text_starts(rest, "[^") || close == rest.length)
        return bracket + 1;
    const Text label = text_slice(rest, 2, close);
    if (label.length == 0 || text_find_char(label, ' ') < label.length)
        return bracket + 1;
    Mask *mask = add_mask(masked, MASK_NOTE, bracket, bracket + close + 1);
    mask->note = note_of(masked, label);
    mask->stray = label;
    if (mask->note != UINT32_MAX)
        hide(masked, mask, ',');
    return mask->end;
}

/* `{word}` up to its `}` on the same line, or a brace that has no other, which is a problem. */
static size_t read_gap(Masked *masked, const Line *line, size_t brace)
{
    const Text text = masked->text;
    size_t end = brace + 1;
    const bool is_open = text.bytes[brace] == '{';
    while (is_open && end < line->end && text.bytes[end] != '}' && text.bytes[end] != '{')
        end += text.bytes[end] == '\\' && end + 1 < line->end ? 2 : 1;
    const bool is_whole = is_open && end < line->end && text.bytes[end] == '}';
    Mask *mask = add_mask(masked, MASK_GAP, brace, is_whole ? end + 1 : brace + 1);
    if (!is_whole)
        mask->problem = is_open ? "open" : "close";
    hide(masked, mask, ',');
    return mask->end;
}

/* The `]` of inline blocks that are still open, so that their masks come in order. */
typedef struct OpenInlines {
    size_t ends[16];
    size_t count;
} OpenInlines;

static Bytes may_begin_or_end(Bytes bytes)
{
    return (bytes == ':') | (bytes == '_') | (bytes == '[') | (bytes == ']');
}

static Bytes may_begin_or_end_gap(Bytes bytes)
{
    return may_begin_or_end(bytes) | (bytes == '\\') | (bytes == '{') | (bytes == '}');
}

static size_t next_sign(const Masked *masked, size_t at, size_t end)
{
    const Text line = text_slice(masked->text, 0, end);
    return masked->has_gaps ? bytes_until(line, at, may_begin_or_end_gap) : bytes_until(line, at, may_begin_or_end);
}

static void read_line_inside(Masked *masked, const Line *line, OpenInlines *open)
{
    const Text text = masked->text;
    for (size_t i = next_sign(masked, line->words, line->words_end); i < line->words_end; i = next_sign(masked, i, line->words_end)) {
        const char byte = text.bytes[i];
        if (open->count && open->ends[open->count - 1] == i) {
            open->count--;
            end_inline(masked, i);
            i = masked->masks.items[masked->masks.count - 1].end;
        } else if (byte == ':') {
            const size_t before = masked->masks.count;
            i = read_inline(masked, i);
            if (masked->masks.count > before && open->count < 16)
                open->ends[open->count++] = masked->masks.items[before].note;
        } else if (byte == '_') {
            i = read_blank(masked, line, i);
        } else if (byte == '[') {
            i = read_note_reference(masked, line, i);
        } else if (masked->has_gaps && byte == '\\') {
            i += 2;
        } else if (masked->has_gaps && (byte == '{' || byte == '}')) {
            i = read_gap(masked, line, i);
        } else {
            i++;
        }
    }
}

/* `|-|-|` below a row: a table to most readers of Markdown, and not to md4c 0.4.8. */
static bool is_short_delimiter(Text words)
{
    bool has_bar = false, has_dash = false;
    for (size_t i = 0; i < words.length; i++) {
        const char byte = words.bytes[i];
        has_bar = has_bar || byte == '|';
        has_dash = has_dash || byte == '-';
        if (!strchr("|-: ", byte) || (byte == '-' && text_starts(text_after(words, i), "---")))
            return false;
    }
    return has_bar && has_dash;
}

static bool is_hidden(const Masked *masked, const Line *line)
{
    return line->words < line->words_end && masked->text.bytes[line->words] != ' ' &&
           masked->copy[line->words] == ' ';
}

static void read_lines(Masked *masked)
{
    OpenInlines open = {.count = 0};
    for (size_t start = 0; start < masked->text.length;) {
        Line line = line_from(masked->text, start);
        start = line.end + 1;
        if (line.words == line.words_end)
            open.count = 0;
        if (is_hidden(masked, &line) || read_block_line(masked, &line))
            continue;
        if (is_short_delimiter(line_words(masked->text, &line))) {
            add_mask(masked, MASK_SHORT_TABLE, line.words, line.words_end);
            continue;
        }
        const size_t before = masked->masks.count;
        if (!masked->has_gaps)    /* `# A {word}` ends in a gap */
            read_heading_attributes(masked, &line);
        if (masked->masks.count == before) {
            read_line_inside(masked, &line, &open);
            continue;
        }
        /* keep masks in the order of the text: the attributes come last on their line */
        const Mask attributes = masked->masks.items[--masked->masks.count];
        read_line_inside(masked, &line, &open);
        *LIST_PUSH(masked->arena, &masked->masks) = attributes;
    }
}

static bool begins_mask(char byte, char next)
{
    switch (byte) {
    case '|': return next == '-' || next == ':' || next == ' ';
    case ':': return next == ':' || byte_is_letter(next);
    case '_': return next == '_';
    case '[': return next == '^';
    default: return next != '{';
    }
}

static Bytes may_begin_mask(Bytes bytes)
{
    return (bytes == '|') | (bytes == ':') | (bytes == '_') | (bytes == '[') | (bytes == '{');
}

/* Most lessons hold nothing to mask, and one look at all bytes tells. */
static bool may_need_masks(Text text)
{
    for (size_t i = bytes_until(text, 0, may_begin_mask); i + 1 < text.length; i = bytes_until(text, i + 1, may_begin_mask))
        if (begins_mask(text.bytes[i], text.bytes[i + 1]))
            return true;
    return false;
}

void mask_text(Arena *arena, Text text, const Origin *origin, const MarkdownOptions *options, Masked *masked)
{
    *masked = (Masked){.arena = arena, .text = text, .origin = *origin, .has_gaps = options->has_gaps, .definitions = TEXT("")};
    const bool masks = !options->is_plain && (options->has_gaps || may_need_masks(text));
    if (masks)
        add_line_ends(masked, text, origin);
    masked->copy = arena_bytes(arena, masked->text.length + 1 + PADDING_BYTES);
    if (masked->text.length)
        memcpy(masked->copy, masked->text.bytes, masked->text.length);
    masked->copy[masked->text.length] = '\n';
    memset(masked->copy + masked->text.length + 1, 0, PADDING_BYTES);
    if (!masks)
        return;
    mask_definitions(masked);
    read_lines(masked);
}

void mask_undo(Masked *masked, const Mask *mask)
{
    memcpy(masked->copy + mask->start, masked->text.bytes + mask->start, mask->end - mask->start);
}

/* yaml_value: see yaml_value.h. */
#include "yaml_value.h"

#include "../base/unicode.h"

/* A text and the lines it is spread over. */
typedef struct Spread {
    const YamlLine *first;
    size_t at;           /* where it begins, in the first line */
    size_t end;          /* after its last byte */
    size_t last_start;   /* of its last line */
    size_t next;         /* the line below */
    const char *trouble; /* why YAML would not read it so */
    bool is_cut;         /* by a comment */
    size_t line_count;
} Spread;

void yaml_mend_nbsp(YamlMend *mend, size_t start, size_t end)
{
    size_t width = 0, first = YAML_NONE;
    for (size_t i = start; i < end; i++) {
        if (!yaml_is_nbsp(mend->source, i))
            continue;
        if (first == YAML_NONE)
            first = i;
        width++;
        yaml_mend_edit(mend, YAML_EDIT_FIX, i, 2, TEXT(" "));
        i++;
    }
    if (width)
        yaml_mend_warn(mend, first, width,
                       TEXT("there is a no-break space here, which YAML does not take for a blank"),
                       TEXT("it is read as a blank; `lectern check --fix` writes one"));
}

/* Whether `line` goes on with a text whose parent stands in column `parent`, and does not begin
 * something else, which would be a mistake for the caller to report. */
static bool goes_on(Text source, const YamlLine *line, int64_t parent)
{
    return (int64_t)line->indent > parent && !line->has_tab && !yaml_is_dash(source, line->text) &&
           !yaml_is_field(source, line->text, line->end);
}

static void spread_line(Text source, Spread *spread, const YamlLine *line, size_t at)
{
    const size_t end = yaml_content_end(source, at, line->end);
    spread->is_cut = end != line->end;
    spread->end = end;
    spread->last_start = line->start;
    spread->next = line->next;
    spread->line_count++;
    if (!spread->trouble)
        spread->trouble = yaml_trouble(source, at, end);
}

static Spread spread_from(Text source, const YamlLine *first, size_t at, int64_t parent)
{
    Spread spread = {.first = first, .at = at};
    spread_line(source, &spread, first, at);
    const char *at_start = yaml_trouble_at_start(source, at, spread.end);
    if (at_start)
        spread.trouble = at_start;
    for (size_t start = first->next; !spread.is_cut && start < source.length;) {
        const YamlLine line = yaml_line_at(source, start);
        start = line.next;
        if (yaml_line_is_blank(&line))
            continue;
        if (yaml_line_is_comment(source, &line))
            spread.is_cut = true;
        else if (goes_on(source, &line, parent))
            spread_line(source, &spread, &line, line.text);
        else
            break;
    }
    return spread;
}

/* The text as it would be in quotes, with the rest of its line, or the ends of its lines. */
static Text cure_of(Arena *arena, Text source, const Spread *spread)
{
    Buffer cure = buffer_new(arena);
    const YamlLine *first = spread->first;
    const size_t end = spread->line_count == 1 ? spread->end : first->end;
    buffer_put(&cure, text_slice(source, first->text, spread->at));
    buffer_char(&cure, '\'');
    for (size_t i = spread->at; i < end; i++) {
        buffer_char(&cure, source.bytes[i]);
        if (source.bytes[i] == '\'')
            buffer_char(&cure, '\'');
    }
    if (spread->line_count > 1)
        return buffer_text(&cure);
    buffer_char(&cure, '\'');
    buffer_put(&cure, text_slice(source, spread->end, first->end));
    return buffer_text(&cure);
}

static void warn_of_quotes(YamlMend *mend, const Spread *spread)
{
    const Text source = mend->source;
    const Text text = text_slice(source, spread->at, spread->end);
    const Text cure = cure_of(mend->arena, source, spread);
    Text help = text_format(mend->arena, "it is read as text; `lectern check --fix` writes `%.*s`",
                            TEXT_ARG(cure));
    if (spread->line_count > 1)
        help =
            text_format(mend->arena,
                        "its %zu lines are read as one text; `lectern check --fix` writes `%.*s`, "
                        "and a ' at its end",
                        spread->line_count, TEXT_ARG(cure));
    const size_t width = spread->line_count > 1 ? spread->first->end - spread->at : text.length;
    yaml_mend_warn(mend, spread->at, unicode_count(text_slice(text, 0, width)),
                   text_format(mend->arena, "'%.*s' needs quotes, because %s",
                               TEXT_ARG(yaml_shown(mend->arena, text)), spread->trouble),
                   help);
}

/* Walk the lines of a text: no-break spaces are mended, and quotes doubled if it gets some. */
static void mend_spread(YamlMend *mend, YamlEdit kind, const Spread *spread, bool is_quoted)
{
    size_t from = spread->at;
    YamlLine line = *spread->first;
    if (is_quoted)
        yaml_mend_open(mend, kind, spread->at);
    for (;;) {
        const bool is_last = line.start == spread->last_start;
        if (is_quoted)
            yaml_mend_double(mend, kind, from, is_last ? spread->end : line.end);
        if (is_last)
            break;
        line = yaml_line_at(mend->source, line.next);
        yaml_mend_nbsp(mend, line.start, line.text);
        from = line.text;
    }
    if (is_quoted)
        yaml_mend_close(mend, kind, spread->end);
}

static size_t finish(YamlMend *mend, const Spread *spread, YamlEntry *entry)
{
    entry->state = spread->is_cut ? YAML_STATE_CUT : YAML_STATE_TEXT;
    entry->value = yaml_shown(mend->arena, text_slice(mend->source, spread->at, spread->end));
    return spread->next;
}

/* Plain text, or text that begins like something else but is not. */
static size_t read_text(YamlMend *mend, const YamlLine *line, size_t at, int64_t parent,
                        YamlEntry *entry)
{
    const Spread spread = spread_from(mend->source, line, at, parent);
    if (spread.trouble)
        warn_of_quotes(mend, &spread);
    mend_spread(mend, YAML_EDIT_FIX, &spread, spread.trouble != NULL);
    return finish(mend, &spread, entry);
}

/* After an error in a value: let libyaml pass over it as over a text. */
static size_t pass_over(YamlMend *mend, const YamlLine *line, size_t at, int64_t parent,
                        YamlEntry *entry)
{
    const Spread spread = spread_from(mend->source, line, at, parent);
    mend_spread(mend, YAML_EDIT_READ, &spread, true);
    return finish(mend, &spread, entry);
}

/* Where the lines end that stand deeper than `parent`; a bracket may close in its column. */
static size_t extent_of(Text source, const YamlLine *line, int64_t parent)
{
    size_t end = line->end, start = line->next;
    while (start < source.length) {
        const YamlLine below = yaml_line_at(source, start);
        start = below.next;
        if (yaml_line_is_blank(&below))
            continue;
        const char first = source.bytes[below.text];
        const bool closes = (int64_t)below.indent == parent && (first == ']' || first == '}');
        if ((int64_t)below.indent <= parent && !closes)
            break;
        end = below.end;
    }
    return end;
}

/* Whether nothing but a comment follows a quoted text or a list in brackets that ends at `after`:
 * neither in its line nor below, where more of the text may stand. */
static bool is_whole(Text source, size_t after, int64_t parent, Spread *spread)
{
    YamlLine last = *spread->first;
    while (after > last.next)
        last = yaml_line_at(source, last.next);
    spread->end = after;
    spread->last_start = last.start;
    spread->next = last.next;
    if (yaml_content_end(source, after, last.end) != after &&
        yaml_skip_blanks(source, after, last.end) != last.end)
        return false;
    if (after < last.end) {
        spread->is_cut = true;
        return yaml_ends_word(source, after);
    }
    YamlLine below;
    return !yaml_line_with_content(source, last.next, &below) || !goes_on(source, &below, parent);
}

static size_t read_quoted(YamlMend *mend, const YamlLine *line, size_t at, int64_t parent,
                          YamlEntry *entry)
{
    const Text source = mend->source;
    Spread spread = {.first = line, .at = at};
    size_t after = yaml_quote_end(source, at, line->end);
    if (after == YAML_NONE)
        after = yaml_quote_end(source, at, extent_of(source, line, parent));
    if (after != YAML_NONE)
        return is_whole(source, after, parent, &spread) ? finish(mend, &spread, entry)
                                                        : read_text(mend, line, at, parent, entry);
    if (source.bytes[at] == '\'')
        return read_text(mend, line, at, parent, entry);
    yaml_mend_error(
        mend, at, 1, TEXT("the quotation mark that stands here is never closed"),
        TEXT("write another \" where the text ends; if the mark belongs to the text, put single "
             "quotes (') round the whole"));
    return pass_over(mend, line, at, parent, entry);
}

/* In quotes a no-break space belongs to the text; to be safe, those of the indentation are mended
 * only where there are no quotes at all. */
static size_t read_whole_flow(YamlMend *mend, const Spread *spread, YamlEntry *entry)
{
    const Text flow = text_slice(mend->source, spread->at, spread->end);
    const bool has_quotes = text_find_char(flow, '"') < flow.length ||
                            text_find_char(flow, '\'') < flow.length;
    YamlLine line = *spread->first;
    while (!has_quotes && line.start != spread->last_start) {
        line = yaml_line_at(mend->source, line.next);
        yaml_mend_nbsp(mend, line.start, line.text);
    }
    return finish(mend, spread, entry);
}

static size_t read_flow(YamlMend *mend, const YamlLine *line, size_t at, int64_t parent,
                        YamlEntry *entry)
{
    const Text source = mend->source;
    Spread spread = {.first = line, .at = at};
    size_t after = at;
    YamlFlow flow = yaml_flow_end(source, at, line->end, &after);
    if (flow == YAML_FLOW_OPEN)
        flow = yaml_flow_end(source, at, extent_of(source, line, parent), &after);
    if (flow == YAML_FLOW_CLOSED && is_whole(source, after, parent, &spread))
        return read_whole_flow(mend, &spread, entry);
    const bool has_more = extent_of(source, line, parent) > line->end;
    if (flow == YAML_FLOW_TOO_DEEP)
        yaml_mend_error(mend, at, 1, TEXT("this is nested more than 64 deep"),
                        TEXT("write it flatter"));
    else if (flow == YAML_FLOW_OPEN && has_more)
        yaml_mend_error(mend, at, 1, TEXT("the bracket that opens here is never closed"),
                        TEXT("close it, or write a list with a dash and a line for each item"));
    else
        return read_text(mend, line, at, parent, entry);
    return pass_over(mend, line, at, parent, entry);
}

/* How far the lines of a block of text are indented, told by the first that is not blank. */
static uint32_t block_indent(Text source, size_t start, int64_t parent)
{
    while (start < source.length) {
        const YamlLine line = yaml_line_at(source, start);
        if (!yaml_line_is_blank(&line))
            return (int64_t)line.indent > parent && !line.has_tab ? line.indent : 0;
        start = line.next;
    }
    return 0;
}

/* Where the `columns` first columns of a line end. */
static size_t after_columns(Text source, const YamlLine *line, uint32_t columns)
{
    size_t at = line->start;
    for (uint32_t i = 0; i < columns && at < line->text; i++)
        at += yaml_is_nbsp(source, at) ? 2 : 1;
    return at;
}

/* A block of text ends at the first line that is indented less than it.  Blanks alone in a line
 * before it begins would count as its indentation, and nobody sees them: they go. */
static size_t read_block(YamlMend *mend, const YamlLine *head, int64_t parent, uint32_t digit,
                         YamlEntry *entry)
{
    const Text source = mend->source;
    const uint32_t indent = digit ? (uint32_t)((parent < 0 ? 0 : parent) + digit)
                                  : block_indent(source, head->next, parent);
    bool has_begun = digit > 0;
    size_t start = head->next;
    entry->state = YAML_STATE_BLOCK;
    while (start < source.length) {
        const YamlLine line = yaml_line_at(source, start);
        const size_t text = after_columns(source, &line, indent);
        if (yaml_line_is_blank(&line)) {
            if (line.text > line.start && (!has_begun || (line.has_tab && line.indent < indent)))
                yaml_mend_edit(mend, YAML_EDIT_READ, line.start, line.text - line.start, TEXT_NONE);
        } else if (line.indent < indent || indent == 0) {
            break;
        } else {
            has_begun = true;
            yaml_mend_nbsp(mend, line.start, text);
        }
        start = line.next;
    }
    return start;
}

static bool is_refused_list(YamlMend *mend, size_t at, size_t end, YamlEntry *entry)
{
    if (!yaml_is_dash(mend->source, at) || at + 1 >= end)
        return false;
    yaml_mend_error(
        mend, at, 1,
        text_format(mend->arena, "a list cannot begin in the line of its key%s%.*s%s",
                    entry->key.length ? " '" : "", TEXT_ARG(entry->key),
                    entry->key.length ? "'" : ""),
        TEXT("put each item on a line of its own below, with a dash before it; if the dash belongs "
             "to the text, put the text in quotes"));
    return true;
}

/* Anchors, aliases and tags are refused and left out; what is behind them is read.  `!!str` may
 * stay: it says what is so anyway. */
static size_t after_own(YamlMend *mend, size_t at, size_t end)
{
    size_t after;
    bool has_tag = false;
    while (at < end && (after = yaml_own_end(mend->source, at, end)) != YAML_NONE) {
        const Text own = text_slice(mend->source, at, after);
        if (has_tag || !text_is(own, "!!str")) {
            yaml_mend_refuse(mend, at, own);
            yaml_mend_edit(mend, YAML_EDIT_READ, at, after - at, TEXT_NONE);
        }
        has_tag |= text_is(own, "!!str");
        at = yaml_skip_blanks(mend->source, after, end);
    }
    return at;
}

size_t yaml_value_read(YamlMend *mend, const YamlLine *line, size_t at, int64_t parent,
                       YamlEntry *entry)
{
    const Text source = mend->source;
    uint32_t digit;
    at = after_own(mend, at, line->end);
    if (yaml_content_end(source, at, line->end) == at) {
        entry->state = YAML_STATE_OPEN;
        return line->next;
    }
    if (is_refused_list(mend, at, line->end, entry))
        return pass_over(mend, line, at, parent, entry);
    switch (source.bytes[at]) {
    case '"':
    case '\'': return read_quoted(mend, line, at, parent, entry);
    case '[':
    case '{': return read_flow(mend, line, at, parent, entry);
    case '|':
    case '>':
        if (yaml_is_block_head(source, at, line->end, &digit))
            return read_block(mend, line, parent, digit, entry);
        break;
    default: break;
    }
    return read_text(mend, line, at, parent, entry);
}

void yaml_key_read(YamlMend *mend, const YamlLine *line, size_t at, size_t colon)
{
    const Text source = mend->source;
    const size_t own = yaml_own_end(source, at, colon);
    size_t end = colon;
    while (end > at && (source.bytes[end - 1] == ' ' || source.bytes[end - 1] == '\t'))
        end--;
    if (end == at || own != YAML_NONE)
        return; /* these are refused when they are read */
    const char first = source.bytes[at];
    if ((first == '"' || first == '\'') && yaml_quote_end(source, at, end) == end)
        return;
    const Spread spread = {.first = line,
                           .at = at,
                           .end = end,
                           .last_start = line->start,
                           .trouble = yaml_trouble_at_start(source, at, end),
                           .line_count = 1};
    if (!spread.trouble)
        return;
    warn_of_quotes(mend, &spread);
    mend_spread(mend, YAML_EDIT_FIX, &spread, true);
}

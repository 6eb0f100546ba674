/* yaml_kind: see yaml_kind.h. */
#include "yaml_kind.h"

#include "yaml_slip.h"
#include "yaml_value.h"

enum { SKIP_NOTHING = -1 };

/* Keys, or list items, that begin in the same column. */
typedef struct Level {
    uint32_t indent;
    bool is_list;
    YamlEntry newest;
} Level;

typedef struct Kind {
    YamlMend *mend;
    Text source;
    size_t next;  /* the line to be read next */
    int64_t skip; /* pass over lines from this column on: they belong to a mistake */
    bool has_root, has_marker;
    bool is_over;
    Level levels[YAML_DEEPEST];
    size_t depth;
} Kind;

static Level *top(Kind *kind)
{
    return kind->depth ? &kind->levels[kind->depth - 1] : NULL;
}

static int64_t parent_of(Kind *kind)
{
    return kind->depth ? (int64_t)top(kind)->indent : -1;
}

/* Give up on a line, and on those below it that stand in column `skip` (from 0) or deeper. */
static void leave_out(Kind *kind, const YamlLine *line, int64_t skip)
{
    size_t from = line->start;
    const YamlMend *mend = kind->mend;
    if (mend->count) {
        const YamlFix *last = &mend->items[mend->count - 1];
        const size_t done = last->offset + last->removed;
        from = done > from ? done : from;
    }
    const size_t end = yaml_skip_blanks(kind->source, line->end, line->next);
    if (end > from)
        yaml_mend_edit(kind->mend, YAML_EDIT_READ, from, end - from, TEXT_NONE);
    kind->next = line->next;
    kind->skip = skip;
}

/* A level that begins in `column`; false when there are too many. */
static bool push(Kind *kind, const YamlLine *line, size_t at, uint32_t column, bool is_list)
{
    if (kind->depth == YAML_DEEPEST) {
        yaml_slip_depth(kind->mend, at);
        leave_out(kind, line, top(kind)->indent);
        return false;
    }
    if (kind->depth)
        top(kind)->newest.state = YAML_STATE_CHILDREN;
    kind->levels[kind->depth++] = (Level){.indent = column, .is_list = is_list};
    kind->has_root = true;
    return true;
}

/* The colon of the key at `at`.  When the lines beside it are keys and only the blank after the
 * colon is missing, that is reported. */
static size_t colon_or_slip(Kind *kind, const YamlLine *line, size_t at, bool beside_keys)
{
    const size_t colon = yaml_colon(kind->source, at, line->end);
    if (colon != YAML_NONE || !beside_keys)
        return colon;
    return yaml_slip_colon(kind->mend, line, at);
}

static void read_key(Kind *kind, const YamlLine *line, size_t at, size_t colon)
{
    Level *level = top(kind);
    if (colon == at) {
        yaml_slip_no_key(kind->mend, at);
        leave_out(kind, line, (int64_t)level->indent + 1);
        return;
    }
    yaml_key_read(kind->mend, line, at, colon);
    level->newest = (YamlEntry){.state = YAML_STATE_OPEN,
                                .key = text_trim(text_slice(kind->source, at, colon))};
    size_t value = colon + 1;
    if (!yaml_ends_word(kind->source, value) && !yaml_is_nbsp(kind->source, value))
        yaml_mend_edit(kind->mend, YAML_EDIT_READ, value, 0, TEXT(" ")); /* reported already */
    while (yaml_is_nbsp(kind->source, value))
        value += 2;
    yaml_mend_nbsp(kind->mend, colon + 1, value);
    value = yaml_skip_blanks(kind->source, value, line->end);
    kind->next = line->next;
    if (value < line->end)
        kind->next = yaml_value_read(kind->mend, line, value, level->indent, &level->newest);
}

/* Whether the first line below with something in it stands in `column` and begins a key. */
static bool is_key_below(Text source, size_t start, uint32_t column, bool of_field)
{
    YamlLine below;
    if (!yaml_line_with_content(source, start, &below) || below.indent != column || below.has_tab ||
        yaml_is_dash(source, below.text))
        return false;
    return of_field ? yaml_is_field(source, below.text, below.end)
                    : yaml_colon(source, below.text, below.end) != YAML_NONE;
}

/* `- choose-one: What?` is a key, `- Remember: never blame` a text; what stands below may tell. */
static bool is_item_key(Kind *kind, const YamlLine *line, size_t at, uint32_t column, size_t colon)
{
    const Text source = kind->source;
    if (colon == YAML_NONE)
        return false;
    const bool is_quoted = (source.bytes[at] == '"' || source.bytes[at] == '\'') &&
                           source.bytes[colon - 1] == source.bytes[at];
    if (yaml_is_field_name(text_slice(source, at, colon)) || is_quoted || colon == at)
        return true;
    if (is_key_below(source, line->next, column, false))
        return true;
    YamlLine below;
    return colon + 1 == line->end && yaml_line_with_content(source, line->next, &below) &&
           below.indent >= column && (below.indent > column || yaml_is_dash(source, below.text));
}

/* What follows a dash: a key, or a value. */
static void read_item_content(Kind *kind, const YamlLine *line, size_t at, uint32_t column)
{
    const Text source = kind->source;
    size_t colon = yaml_colon(source, at, line->end);
    Level *list = top(kind);
    const Text item = text_slice(source, at, line->end);
    const bool is_word = text_find_char(item, ' ') == item.length &&
                         text_find_char(item, ':') == item.length;
    if (colon == YAML_NONE && !is_word && yaml_slip_is_key(source, at, line->end) &&
        is_key_below(source, line->next, column, true)) {
        colon = colon_or_slip(kind, line, at, true);
        if (colon == YAML_NONE) {
            yaml_slip_no_colon(kind->mend, line, at, &list->newest);
            leave_out(kind, line, list->indent + 1);
            return;
        }
    } else if (!is_item_key(kind, line, at, column, colon)) {
        kind->next = yaml_value_read(kind->mend, line, at, list->indent, &list->newest);
        return;
    }
    if (push(kind, line, at, column, false))
        read_key(kind, line, at, colon);
}

/* Pass over the blanks between a dash and what is at its item; a tab or a no-break space is mended,
 * and where there is no blank, one has been put in. */
static size_t after_dash(Kind *kind, size_t at, size_t end, uint32_t *column)
{
    const Text source = kind->source;
    const size_t start = at;
    *column += 1;
    while (at < end && (yaml_ends_word(source, at) || yaml_is_nbsp(source, at))) {
        const bool is_nbsp = yaml_is_nbsp(source, at);
        if (source.bytes[at] == '\t')
            yaml_slip_tab_after_dash(kind->mend, at);
        if (is_nbsp)
            yaml_mend_nbsp(kind->mend, at, at + 2);
        at += is_nbsp ? 2 : 1;
        *column += 1;
    }
    *column += at == start;
    return at;
}

/* What stands at `at` in `width` bytes begins an item of the list on top. */
static void read_item(Kind *kind, const YamlLine *line, size_t width)
{
    size_t at = line->text;
    uint32_t column = line->indent;
    for (;; width = 1) {
        top(kind)->newest = (YamlEntry){.state = YAML_STATE_OPEN};
        kind->next = line->next;
        at = after_dash(kind, at + width, line->end, &column);
        if (at >= line->end)
            return;
        if (!yaml_is_dash(kind->source, at) || at + 1 == line->end) {
            read_item_content(kind, line, at, column);
            return;
        }
        if (!push(kind, line, at, column, true))
            return;
    }
}

/* What begins a list item at the head of the line: its bytes, or 0 (see yaml_slip_dash). */
static size_t dash_bytes(Kind *kind, const YamlLine *line, bool is_sure)
{
    return yaml_is_dash(kind->source, line->text) ? 1 : yaml_slip_dash(kind->mend, line, is_sure);
}

static void read_first_item(Kind *kind, const YamlLine *line, size_t width)
{
    if (push(kind, line, line->text, line->indent, true))
        read_item(kind, line, width);
}

/* Whether one of the lines that stand as deep as `line` begins the key of a field. */
static bool is_beside_fields(Kind *kind, const YamlLine *line)
{
    YamlLine below = *line;
    while (yaml_line_with_content(kind->source, below.next, &below) && below.indent >= line->indent)
        if (below.indent == line->indent && yaml_is_field(kind->source, below.text, below.end))
            return true;
    return false;
}

/* A value of its own line, under its key or dash. */
static void read_value_below(Kind *kind, const YamlLine *line)
{
    YamlEntry root = {0};
    const bool is_root = !kind->depth;
    const char first = kind->source.bytes[line->text];
    YamlEntry *entry = is_root ? &root : &top(kind)->newest;
    if ((is_root && first != '[' && first != '{') || is_beside_fields(kind, line)) {
        yaml_slip_no_colon(kind->mend, line, line->text, entry);
        leave_out(kind, line, (int64_t)line->indent + 1);
        return;
    }
    kind->has_root = true;
    kind->next = yaml_value_read(kind->mend, line, line->text, parent_of(kind), entry);
    if (entry->state == YAML_STATE_OPEN && !is_root)
        entry->state = YAML_STATE_TEXT;
}

/* A line deeper than all that are open, which may be so: it begins a list, keys, or a value. */
static void read_first(Kind *kind, const YamlLine *line)
{
    const size_t at = line->text;
    const size_t dash = dash_bytes(kind, line, false);
    if (dash) {
        read_first_item(kind, line, dash);
        return;
    }
    const bool beside_keys = !kind->depth || (yaml_slip_is_key(kind->source, at, line->end) &&
                                              is_beside_fields(kind, line));
    const size_t colon = colon_or_slip(kind, line, at, beside_keys);
    if (colon == YAML_NONE)
        read_value_below(kind, line);
    else if (push(kind, line, at, line->indent, false))
        read_key(kind, line, at, colon);
}

/* A line as deep as the list items above it. */
static void read_next_item(Kind *kind, const YamlLine *line)
{
    const size_t dash = dash_bytes(kind, line, true);
    if (dash) {
        read_item(kind, line, dash);
        return;
    }
    yaml_slip_no_dash(kind->mend, line);
    leave_out(kind, line, (int64_t)line->indent + 1);
}

/* A line as deep as the keys above it. */
static void read_next_key(Kind *kind, const YamlLine *line)
{
    const size_t at = line->text;
    Level *level = top(kind);
    const size_t dash = level->newest.state == YAML_STATE_OPEN ? dash_bytes(kind, line, false) : 0;
    if (dash) {
        read_first_item(kind, line, dash);
        return;
    }
    if (yaml_is_dash(kind->source, at)) {
        yaml_slip_item_beside_keys(kind->mend, line, &level->newest);
        leave_out(kind, line, line->indent + 1);
        return;
    }
    const size_t colon = colon_or_slip(kind, line, at, true);
    if (colon != YAML_NONE) {
        read_key(kind, line, at, colon);
        return;
    }
    yaml_slip_no_colon(kind->mend, line, at, &level->newest);
    leave_out(kind, line, line->indent + 1);
}

/* A line that stands where nothing can: below a value, or between two levels. */
static void refuse_place(Kind *kind, const YamlLine *line, const Level *closed)
{
    const Level *level = top(kind);
    if (level && level->newest.state != YAML_STATE_CHILDREN)
        yaml_slip_below_value(kind->mend, line, level->indent, &level->newest);
    else
        yaml_slip_indent(kind->mend, line, level ? (int64_t)level->indent : -1, closed->indent);
    leave_out(kind, line, line->indent);
}

/* Close the levels that end above a line in column `indent`.  A list may stand in the column of the
 * key that it belongs to.  Gives the last one closed. */
static Level close_levels(Kind *kind, uint32_t indent, bool is_dash)
{
    Level closed = {0};
    while (kind->depth && top(kind)->indent > indent)
        closed = kind->levels[--kind->depth];
    if (kind->depth > 1 && !is_dash && top(kind)->is_list && top(kind)->indent == indent &&
        kind->levels[kind->depth - 2].indent == indent)
        kind->depth--;
    return closed;
}

static void read_line(Kind *kind, const YamlLine *line)
{
    const Text source = kind->source;
    const bool is_item = yaml_is_dash(source, line->text) || yaml_slip_is_dash(source, line->text);
    const Level closed = close_levels(kind, line->indent, is_item);
    Level *level = top(kind);
    yaml_mend_nbsp(kind->mend, line->start, line->text);
    if (level && line->indent == level->indent)
        (level->is_list ? read_next_item : read_next_key)(kind, line);
    else if (level ? level->newest.state == YAML_STATE_OPEN : !kind->has_root)
        read_first(kind, line);
    else
        refuse_place(kind, line, &closed);
}

static bool is_marker(Text source, const YamlLine *line)
{
    const Text text = text_after(source, line->start);
    return line->indent == 0 && (text_starts(text, "---") || text_starts(text, "...")) &&
           yaml_ends_word(source, line->start + 3);
}

/* `---` may stand on top, and below everything; in between it begins a second document. */
static void read_marker(Kind *kind, const YamlLine *line)
{
    YamlLine below;
    const bool is_last = !yaml_line_with_content(kind->source, line->next, &below) ||
                         (!yaml_line_with_content(kind->source, below.next, &below) &&
                          is_marker(kind->source, &below));
    const bool is_alone = line->end == line->start + 3;
    if (is_alone && (is_last || (!kind->has_root && !kind->has_marker))) {
        leave_out(kind, line, SKIP_NOTHING);
        kind->has_marker = true;
        return;
    }
    yaml_slip_marker(kind->mend, line, is_alone);
    leave_out(kind, line, kind->has_root ? 0 : SKIP_NOTHING);
    kind->is_over = kind->has_root;
}

/* Lines that are neither keys nor items nor values. */
static bool is_special(Kind *kind, const YamlLine *line)
{
    if (is_marker(kind->source, line)) {
        read_marker(kind, line);
    } else if (line->indent == 0 && yaml_slip_directive(kind->mend, line)) {
        leave_out(kind, line, SKIP_NOTHING);
    } else if (line->has_tab) {
        yaml_slip_tab(kind->mend, line);
        leave_out(kind, line, (int64_t)line->indent + 1);
    } else {
        return false;
    }
    return true;
}

/* Blank lines and comments stay, but for signs that libyaml would stumble over. */
static void read_nothing(Kind *kind, const YamlLine *line)
{
    kind->next = line->next;
    if (line->has_tab || line->has_nbsp)
        yaml_mend_edit(kind->mend, YAML_EDIT_READ, line->start, line->text - line->start,
                       TEXT_NONE);
}

void yaml_kind_read(YamlMend *mend, size_t start)
{
    Kind kind = {.mend = mend, .source = mend->source, .next = start, .skip = SKIP_NOTHING};
    while (kind.next < kind.source.length) {
        const YamlLine line = yaml_line_at(kind.source, kind.next);
        const bool is_over = kind.is_over || mend->is_full;
        if (yaml_line_is_blank(&line) || yaml_line_is_comment(kind.source, &line)) {
            read_nothing(&kind, &line);
        } else if (is_over) {
            leave_out(&kind, &line, 0);
        } else if (line.has_tab || kind.skip < 0 || line.indent < kind.skip) {
            kind.skip = SKIP_NOTHING;
            if (!is_special(&kind, &line))
                read_line(&kind, &line);
        } else {
            leave_out(&kind, &line, kind.skip);
        }
    }
}

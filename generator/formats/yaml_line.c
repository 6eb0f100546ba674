/* yaml_line: see yaml_line.h. */
#include "yaml_line.h"

#include "../base/bytes.h"

#include <string.h>

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static bool is_letter_or_digit(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9');
}

static bool is_name(char byte)
{
    return is_letter_or_digit(byte) || byte == '-' || byte == '_';
}

bool yaml_is_nbsp(Text source, size_t at)
{
    return at + 1 < source.length && source.bytes[at] == '\xC2' && source.bytes[at + 1] == '\xA0';
}

bool yaml_ends_word(Text source, size_t at)
{
    return at >= source.length || is_blank(source.bytes[at]) || source.bytes[at] == '\n' ||
           source.bytes[at] == '\r';
}

size_t yaml_skip_blanks(Text source, size_t at, size_t end)
{
    while (at < end && is_blank(source.bytes[at]))
        at++;
    return at;
}

static void measure_indent(Text source, YamlLine *line, size_t end)
{
    size_t at = line->start;
    while (at < end) {
        const bool nbsp = yaml_is_nbsp(source, at);
        if (!nbsp && !is_blank(source.bytes[at]))
            break;
        line->has_nbsp |= nbsp;
        line->has_tab |= source.bytes[at] == '\t';
        line->indent += !line->has_tab;
        at += nbsp ? 2 : 1;
    }
    line->text = at;
}

YamlLine yaml_line_at(Text source, size_t start)
{
    YamlLine line = {.start = start};
    const char *feed = memchr(source.bytes + start, '\n', source.length - start);
    size_t end = feed ? (size_t)(feed - source.bytes) : source.length;
    line.next = feed ? end + 1 : end;
    if (end > start && source.bytes[end - 1] == '\r')
        end--;
    measure_indent(source, &line, end);
    while (end > line.text && is_blank(source.bytes[end - 1]))
        end--;
    line.end = end;
    return line;
}

bool yaml_line_is_blank(const YamlLine *line)
{
    return line->text >= line->end;
}

bool yaml_line_is_comment(Text source, const YamlLine *line)
{
    return line->text < line->end && source.bytes[line->text] == '#';
}

bool yaml_line_with_content(Text source, size_t start, YamlLine *line)
{
    while (start < source.length) {
        *line = yaml_line_at(source, start);
        if (!yaml_line_is_blank(line) && !yaml_line_is_comment(source, line))
            return true;
        start = line->next;
    }
    return false;
}

bool yaml_is_dash(Text source, size_t at)
{
    return at < source.length && source.bytes[at] == '-' &&
           (yaml_ends_word(source, at + 1) || yaml_is_nbsp(source, at + 1));
}

size_t yaml_bullet_bytes(Text source, size_t at, bool is_sure)
{
    static const char *const bullets[] = {"* ", "+ ", "• ", "· ", "– ", "— "};
    const size_t count = is_sure ? 6 : 4;
    for (size_t i = 0; i < count; i++)
        if (text_starts(text_after(source, at), bullets[i]))
            return strlen(bullets[i]) - 1;
    return 0;
}

bool yaml_is_field_name(Text name)
{
    if (name.length == 0 || name.bytes[0] < 'a' || name.bytes[0] > 'z')
        return false;
    for (size_t i = 1; i < name.length; i++)
        if (!is_name(name.bytes[i]) && !(name.bytes[i] & 0x80))
            return false;
    return true;
}

/* Where to look for a key's colon: behind the quotes or brackets that the key begins with. */
static size_t after_opening(Text source, size_t at, size_t end)
{
    if (at >= end)
        return end;
    size_t after = at;
    switch (source.bytes[at]) {
    case '"':
    case '\'':
        after = yaml_quote_end(source, at, end);
        return after == YAML_NONE ? end : after;
    case '[':
    case '{': {
        const YamlFlow flow = yaml_flow_end(source, at, end, &after);
        return flow == YAML_FLOW_OPEN || flow == YAML_FLOW_TOO_DEEP ? end : after;
    }
    default: return at;
    }
}

size_t yaml_colon(Text source, size_t at, size_t end)
{
    if (end - at > YAML_LONGEST_KEY_BYTES)
        end = at + YAML_LONGEST_KEY_BYTES;
    if (text_starts(text_slice(source, at, end), "=>"))
        return YAML_NONE;
    for (size_t i = after_opening(source, at, end); i < end; i++) {
        if (source.bytes[i] == '#' && i > at && is_blank(source.bytes[i - 1]))
            return YAML_NONE;
        if (source.bytes[i] == ':' &&
            (yaml_ends_word(source, i + 1) ||
             (yaml_is_nbsp(source, i + 1) && yaml_is_field_name(text_slice(source, at, i)))))
            return i;
    }
    return YAML_NONE;
}

bool yaml_is_field(Text source, size_t at, size_t end)
{
    const size_t colon = yaml_colon(source, at, end);
    return colon != YAML_NONE && yaml_is_field_name(text_slice(source, at, colon));
}

size_t yaml_content_end(Text source, size_t at, size_t end)
{
    const Text line = text_slice(source, 0, end);
    for (size_t i = at; (i += text_find_char(text_after(line, i), '#')) < end; i++) {
        if (i > at && !is_blank(source.bytes[i - 1]))
            continue;
        const bool is_last = i + 1 == end; /* `Press #` is text, `key: #` is not */
        if ((is_last && i > at) || (!is_last && !is_blank(source.bytes[i + 1])))
            continue;
        while (i > at && is_blank(source.bytes[i - 1]))
            i--;
        return i;
    }
    return end;
}

size_t yaml_quote_end(Text source, size_t at, size_t end)
{
    const char quote = source.bytes[at];
    for (size_t i = at + 1; i < end; i++) {
        if (source.bytes[i] == '\\' && quote == '"') {
            i++;
        } else if (source.bytes[i] == quote) {
            if (quote == '"' || i + 1 >= end || source.bytes[i + 1] != '\'')
                return i + 1;
            i++;
        }
    }
    return YAML_NONE;
}

typedef struct Flow {
    Text source;
    size_t at, end;
    char closers[YAML_DEEPEST];
    size_t depth;
    bool is_fresh;       /* the next sign would begin an item */
    bool is_after_quote; /* where a colon needs no blank behind it */
} Flow;

/* What stands in brackets and is no bracket: quoted texts and comments are passed over whole. */
static void flow_pass(Flow *flow)
{
    const char byte = flow->source.bytes[flow->at];
    const bool after_blank = yaml_ends_word(flow->source, flow->at - 1);
    const bool is_quote = flow->is_fresh && (byte == '"' || byte == '\'');
    const bool is_comment = byte == '#' && after_blank;
    size_t next = flow->at + 1;
    if (is_quote)
        next = yaml_quote_end(flow->source, flow->at, flow->end);
    else if (is_comment)
        next = yaml_line_at(flow->source, flow->at).next;
    if (byte == ',' ||
        (byte == ':' && (flow->is_after_quote || yaml_ends_word(flow->source, flow->at + 1))))
        flow->is_fresh = true;
    else if (!yaml_ends_word(flow->source, flow->at) && !is_comment)
        flow->is_fresh = false;
    flow->is_after_quote = is_quote;
    flow->at = next < flow->end ? next : flow->end;
}

YamlFlow yaml_flow_end(Text source, size_t at, size_t end, size_t *after)
{
    Flow flow = {.source = source, .at = at, .end = end};
    while (flow.at < end) {
        const char byte = source.bytes[flow.at];
        if (byte == '[' || byte == '{') {
            if (flow.depth == YAML_DEEPEST)
                return YAML_FLOW_TOO_DEEP;
            flow.closers[flow.depth++] = byte == '[' ? ']' : '}';
            flow.is_fresh = true;
            flow.is_after_quote = false;
            flow.at++;
        } else if (byte == ']' || byte == '}') {
            *after = ++flow.at;
            if (flow.closers[flow.depth - 1] != byte)
                return YAML_FLOW_CROSSED;
            flow.is_fresh = flow.is_after_quote = false;
            if (--flow.depth == 0)
                return YAML_FLOW_CLOSED;
        } else {
            flow_pass(&flow);
        }
    }
    return YAML_FLOW_OPEN;
}

bool yaml_is_block_head(Text source, size_t at, size_t end, uint32_t *indent)
{
    const size_t content_end = yaml_content_end(source, at, end);
    bool has_sign = false;
    *indent = 0;
    for (size_t i = at + 1; i < content_end; i++) {
        const char byte = source.bytes[i];
        if ((byte == '+' || byte == '-') && !has_sign)
            has_sign = true;
        else if (byte >= '1' && byte <= '9' && *indent == 0)
            *indent = (uint32_t)(byte - '0');
        else
            return false;
    }
    return true;
}

static size_t tag_end(Text source, size_t at, size_t end)
{
    size_t after = at + 1;
    if (after < end && source.bytes[after] == '<') {
        while (after < end && source.bytes[after] != '>' && !is_blank(source.bytes[after]))
            after++;
        return after < end && source.bytes[after] == '>' ? after + 1 : YAML_NONE;
    }
    while (after < end && (is_name(source.bytes[after]) || strchr("!./:", source.bytes[after])))
        after++;
    return is_letter_or_digit(source.bytes[after - 1]) ? after : YAML_NONE;
}

size_t yaml_own_end(Text source, size_t at, size_t end)
{
    const char sign = source.bytes[at];
    size_t after = at + 1;
    if (sign == '!') {
        after = tag_end(source, at, end);
    } else if (sign == '&' || sign == '*') {
        while (after < end && is_name(source.bytes[after]))
            after++;
        if (after == at + 1)
            return YAML_NONE;
    } else {
        return YAML_NONE;
    }
    if (after == YAML_NONE || !(after == end || is_blank(source.bytes[after])))
        return YAML_NONE;
    return sign == '*' && yaml_content_end(source, at, end) != after ? YAML_NONE : after;
}

static Bytes may_trouble(Bytes bytes)
{
    return (bytes == ':') | (bytes == '#');
}

const char *yaml_trouble(Text source, size_t at, size_t end)
{
    const Text line = text_slice(source, 0, end);
    for (size_t i = bytes_until(line, at, may_trouble); i < end; i = bytes_until(line, i + 1, may_trouble)) {
        if (source.bytes[i] == ':' && i + 1 == end)
            return "it ends in ':'";
        if (source.bytes[i] == ':' && is_blank(source.bytes[i + 1]))
            return "of the ': ' in it";
        if (source.bytes[i] == '#' && i > at && is_blank(source.bytes[i - 1]))
            return "of the ' #' in it";
    }
    return NULL;
}

const char *yaml_trouble_at_start(Text source, size_t at, size_t end)
{
    switch (source.bytes[at]) {
    case '*': return "it begins with '*'";
    case '&': return "it begins with '&'";
    case '!': return "it begins with '!'";
    case '%': return "it begins with '%'";
    case '@': return "it begins with '@'";
    case '>': return "it begins with '>'";
    case '|': return "it begins with '|'";
    case '[': return "it begins with '['";
    case ']': return "it begins with ']'";
    case '{': return "it begins with '{'";
    case '}': return "it begins with '}'";
    case ',': return "it begins with ','";
    case '#': return "it begins with '#'";
    case '`': return "it begins with '`'";
    case '"': return "it begins with '\"'";
    case '\'': return "it begins with an apostrophe";
    case '-': return at + 1 == end ? "it is nothing but '-'" : NULL;
    case '?': return at + 1 == end || is_blank(source.bytes[at + 1]) ? "it begins with '?'" : NULL;
    default: return NULL;
    }
}

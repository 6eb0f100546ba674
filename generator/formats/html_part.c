/* html_part: see html_part.h. */
#include "html_part.h"

#include "../base/bytes.h"
#include "../base/path.h"

#include <string.h>

static char small(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

/* The same name, small and capital letters alike. */
static bool same_name(Text one, Text other)
{
    bool is_same = one.length == other.length;
    for (size_t i = 0; is_same && i < one.length; i++)
        is_same = small(one.bytes[i]) == small(other.bytes[i]);
    return is_same;
}

static bool is_one_of(Text name, const char *const *names)
{
    for (; *names && name.length; names++)
        if (small(name.bytes[0]) == **names && same_name(name, text_from(*names)))
            return true;
    return false;
}

static bool is_space(char byte)
{
    return byte_is_blank(byte) || byte == '\n' || byte == '\f';
}

static Bytes ends_name(Bytes bytes)
{
    return (bytes == ' ') | (bytes == '\t') | (bytes == '\r') | (bytes == '\n') | (bytes == '\f') | (bytes == '=') | (bytes == '>') |
           (bytes == '/') | (bytes == '"') | (bytes == '\'') | (bytes == '<') | (bytes == '\0');
}

static size_t name_end(Text html, size_t at)
{
    return bytes_until(html, at, ends_name);
}

/* A list of ids, each with the prefix before it. */
static void put_ids(Text value, Text prefix, Buffer *out)
{
    bool is_inside = false;
    for (size_t i = 0; i < value.length; i++) {
        const bool begins = !is_inside && !is_space(value.bytes[i]);
        if (begins)
            buffer_put(out, prefix);
        is_inside = !is_space(value.bytes[i]);
        buffer_char(out, value.bytes[i]);
    }
}

static void put_url(Text url, const HtmlPlace *place, Buffer *out)
{
    buffer_put(out, path_rebased(out->arena, url, place->from, place->to));
}

/* Candidates with commas between them, each a URL and what it is for: `a.png 1x, b.png 2x`. */
static void put_urls(Text value, const HtmlPlace *place, Buffer *out)
{
    bool is_url = true;
    for (size_t at = 0; at < value.length;) {
        size_t end = at;
        while (end < value.length && !is_space(value.bytes[end]) && value.bytes[end] != ',')
            end++;
        if (is_url && end > at)
            put_url(text_slice(value, at, end), place, out);
        else
            buffer_put(out, text_slice(value, at, end));
        is_url = is_url && end == at;
        for (at = end; at < value.length && (is_space(value.bytes[at]) || value.bytes[at] == ','); at++) {
            is_url = is_url || value.bytes[at] == ',';
            buffer_char(out, value.bytes[at]);
        }
    }
}

static void put_value(Text name, Text value, const HtmlPlace *place, Buffer *out)
{
    static const char *const urls[] = {"href", "src", "poster", "data", "xlink:href", NULL};
    static const char *const ids[] = {"id", "for", "headers", "list", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", NULL};
    if (is_one_of(name, ids)) {
        put_ids(value, place->prefix, out);
    } else if (same_name(name, TEXT("srcset"))) {
        put_urls(value, place, out);
    } else if (!is_one_of(name, urls)) {
        buffer_put(out, value);
    } else if (value.length > 1 && value.bytes[0] == '#') {
        buffer_char(out, '#');
        buffer_put(out, place->prefix);
        buffer_put(out, text_after(value, 1));
    } else {
        put_url(value, place, out);
    }
}

/* The attribute at `at`; gives the place behind it. */
static size_t put_attribute(Text html, size_t at, const HtmlPlace *place, Buffer *out)
{
    const size_t end = name_end(html, at);
    const Text name = text_slice(html, at, end);
    size_t value = end;
    while (value < html.length && is_space(html.bytes[value]))
        value++;
    if (value == html.length || html.bytes[value] != '=') {
        buffer_put(out, name);
        return end;
    }
    value++;
    while (value < html.length && is_space(html.bytes[value]))
        value++;
    const char quote = value < html.length && strchr("\"'", html.bytes[value]) ? html.bytes[value] : '\0';
    value += quote != '\0';
    size_t past = value;
    while (past < html.length && (quote ? html.bytes[past] != quote : !is_space(html.bytes[past]) && html.bytes[past] != '>'))
        past++;
    buffer_put(out, name);
    buffer_char(out, '=');
    if (quote)
        buffer_char(out, quote);
    put_value(name, text_slice(html, value, past), place, out);
    if (quote)
        buffer_char(out, quote);
    return past + (quote && past < html.length);
}

static bool is_heading(Text name)
{
    return name.length == 2 && small(name.bytes[0]) == 'h' && name.bytes[1] >= '1' && name.bytes[1] <= '5';
}

/* The tag at `at`, its `<` included; gives the place behind it. */
static size_t put_tag(Text html, size_t at, const HtmlPlace *place, Buffer *out)
{
    const size_t start = at + 1 + (at + 1 < html.length && html.bytes[at + 1] == '/');
    const size_t end = name_end(html, start);
    const Text name = text_slice(html, start, end);
    buffer_put(out, text_slice(html, at, start));
    if (is_heading(name))
        buffer_format(out, "h%c", name.bytes[1] + 1);
    else
        buffer_put(out, name);
    for (at = end; at < html.length && html.bytes[at] != '>';) {
        const char byte = html.bytes[at];
        if (!is_space(byte) && !strchr("/=\"'<", byte)) {
            at = put_attribute(html, at, place, out);
        } else {
            buffer_char(out, byte);
            at++;
        }
    }
    if (at < html.length)
        buffer_char(out, '>');
    return at < html.length ? at + 1 : at;
}

/* Past `</name` and its `>`, looked for from `at`; the end when there is none. */
static size_t past_closing(Text html, size_t at, Text name)
{
    for (; (at += text_find(text_after(html, at), "</")) < html.length; at++) {
        const Text here = text_after(html, at);
        if (here.length >= 2 + name.length && same_name(text_slice(here, 2, 2 + name.length), name)) {
            const size_t close = text_find_char(here, '>');
            return at + close + (close < here.length);
        }
    }
    return at;
}

static Text tag_name(Text html, size_t at)
{
    return text_slice(html, at + 1, name_end(html, at + 1));
}

static bool begins_tag(Text html, size_t at)
{
    if (html.bytes[at] != '<' || at + 1 >= html.length)
        return false;
    const char next = html.bytes[at + 1];
    return byte_is_letter(next) || (next == '/' && at + 2 < html.length && byte_is_letter(html.bytes[at + 2]));
}

void html_as_part(Text html, const HtmlPlace *place, Buffer *out)
{
    static const char *const dropped[] = {"script", NULL};
    static const char *const raw[] = {"textarea", "title", "style", NULL};
    for (size_t at = 0; at < html.length;) {
        const Text here = text_after(html, at);
        if (text_starts(here, "<!--")) {
            const size_t end = text_find(here, "-->");
            at += end < here.length ? end + 3 : end;
        } else if (!begins_tag(html, at)) {
            const size_t next = at + 1 + text_find_char(text_after(html, at + 1), '<');
            buffer_put(out, text_slice(html, at, next));
            at = next;
        } else if (is_one_of(tag_name(html, at), dropped)) {
            at = past_closing(html, at, tag_name(html, at));
        } else {
            const Text name = tag_name(html, at);
            const size_t past = put_tag(html, at, place, out);
            const size_t end = is_one_of(name, raw) ? past_closing(html, past, name) : past;
            buffer_put(out, text_slice(html, past, end));
            at = end;
        }
    }
}

/* html_part: see html_part.h. */
#include "html_part.h"

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

/* The bytes that end a name, and cannot begin one. */
static const bool ends_name[UINT8_MAX + 1] = {[' '] = true, ['\t'] = true, ['\r'] = true, ['\n'] = true, ['\f'] = true, ['='] = true,
                                              ['>'] = true, ['/'] = true, ['"'] = true, ['\''] = true, ['<'] = true, ['\0'] = true};

static size_t name_end(Text html, size_t at)
{
    while (at < html.length && !ends_name[(uint8_t)html.bytes[at]])
        at++;
    return at;
}

/* The HTML at hand. What stays as it is goes to `out` at once, as far as the next place that does not. */
typedef struct Part {
    Text html;
    const HtmlPlace *place;
    Buffer *out;
    size_t written;    /* up to there everything is in `out`, or left out */
} Part;

static void write_to(Part *part, size_t at)
{
    buffer_put(part->out, text_slice(part->html, part->written, at));
    part->written = at;
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
    if (url.length > 1 && url.bytes[0] == '#') {
        buffer_char(out, '#');
        buffer_put(out, place->prefix);
        buffer_put(out, text_after(url, 1));
    } else {
        buffer_put(out, path_rebased(out->arena, url, place->from, place->to));
    }
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

typedef enum Holds { HOLDS_NOTHING, HOLDS_IDS, HOLDS_URL, HOLDS_URLS } Holds;

/* What an attribute of that name holds of what changes. */
static Holds what_it_holds(Text name)
{
    static const struct {
        Text name;
        Holds what;
    } all[] = {{{"id", 2}, HOLDS_IDS}, {{"for", 3}, HOLDS_IDS}, {{"headers", 7}, HOLDS_IDS}, {{"list", 4}, HOLDS_IDS},
               {{"aria-labelledby", 15}, HOLDS_IDS}, {{"aria-describedby", 16}, HOLDS_IDS}, {{"aria-controls", 13}, HOLDS_IDS},
               {{"aria-owns", 9}, HOLDS_IDS}, {{"href", 4}, HOLDS_URL}, {{"src", 3}, HOLDS_URL}, {{"poster", 6}, HOLDS_URL},
               {{"data", 4}, HOLDS_URL}, {{"xlink:href", 10}, HOLDS_URL}, {{"srcset", 6}, HOLDS_URLS}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (name.length == all[i].name.length && same_name(name, all[i].name))
            return all[i].what;
    return HOLDS_NOTHING;
}

/* The value of an attribute, from `at` to `end`. */
static void change_value(Part *part, Text name, size_t at, size_t end)
{
    const Holds what = what_it_holds(name);
    const Text value = text_slice(part->html, at, end);
    if (what == HOLDS_NOTHING)
        return;
    write_to(part, at);
    if (what == HOLDS_IDS)
        put_ids(value, part->place->prefix, part->out);
    else if (what == HOLDS_URL)
        put_url(value, part->place, part->out);
    else
        put_urls(value, part->place, part->out);
    part->written = end;
}

/* The attribute at `at`; gives the place behind it. */
static size_t read_attribute(Part *part, size_t at)
{
    const Text html = part->html;
    const size_t end = name_end(html, at);
    size_t value = end;
    while (value < html.length && is_space(html.bytes[value]))
        value++;
    if (value == html.length || html.bytes[value] != '=')
        return end;
    value++;
    while (value < html.length && is_space(html.bytes[value]))
        value++;
    const char quote = value < html.length && strchr("\"'", html.bytes[value]) ? html.bytes[value] : '\0';
    value += quote != '\0';
    size_t past = value;
    if (quote)
        past += text_find_char(text_after(html, value), quote);
    while (!quote && past < html.length && !is_space(html.bytes[past]) && html.bytes[past] != '>')
        past++;
    change_value(part, text_slice(html, at, end), value, past);
    return past + (quote && past < html.length);
}

static bool is_heading(Text name)
{
    return name.length == 2 && small(name.bytes[0]) == 'h' && name.bytes[1] >= '1' && name.bytes[1] <= '5';
}

/* Past the attributes from `at` on, at the `>` of their tag, or the end. */
static size_t read_attributes(Part *part, size_t at)
{
    const Text html = part->html;
    while (at < html.length && html.bytes[at] != '>')
        at = ends_name[(uint8_t)html.bytes[at]] ? at + 1 : read_attribute(part, at);
    return at;
}

/* The tag at `at`, its `<` included, whose name is `name`; gives the place behind it.  One that never ends is none, as
 * for a browser. */
static size_t read_tag(Part *part, size_t at, Text name)
{
    const size_t written = part->written, length = part->out->length;
    const size_t name_end = (size_t)(name.bytes - part->html.bytes) + name.length;
    if (is_heading(name)) {
        write_to(part, name_end - 1);
        buffer_char(part->out, (char)(name.bytes[1] + 1));
        part->written = name_end;
    }
    const size_t end = read_attributes(part, name_end);
    if (end < part->html.length)
        return end + 1;
    part->written = written;
    part->out->length = length;
    write_to(part, at);
    return part->written = end;
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

/* The name of the tag whose `<` or `</` is at `at`. */
static Text tag_name(Text html, size_t at)
{
    const size_t start = at + 1 + (html.bytes[at + 1] == '/');
    return text_slice(html, start, name_end(html, start));
}

static bool begins_tag(Text html, size_t at)
{
    if (html.bytes[at] != '<' || at + 1 >= html.length)
        return false;
    const char next = html.bytes[at + 1];
    return byte_is_letter(next) || (next == '/' && at + 2 < html.length && byte_is_letter(html.bytes[at + 2]));
}

/* Leave out what is at `at`: a comment, or an element with all that is in it. */
static size_t leave_out(Part *part, size_t at, Text name)
{
    const Text html = part->html;
    write_to(part, at);
    size_t end = name.length ? past_closing(html, at, name) : at + text_find(text_after(html, at), "-->");
    if (!name.length && end < html.length)
        end += 3;
    return part->written = end;
}

void html_as_part(Text html, const HtmlPlace *place, Buffer *out)
{
    static const char *const dropped[] = {"script", NULL};
    static const char *const raw[] = {"textarea", "title", "style", NULL};
    Part part = {html, place, out, 0};
    for (size_t at = 0; (at += text_find_char(text_after(html, at), '<')) < html.length;) {
        if (text_starts(text_after(html, at), "<!--")) {
            at = leave_out(&part, at, TEXT(""));
        } else if (!begins_tag(html, at)) {
            at++;
        } else {
            const Text name = tag_name(html, at);
            const bool opens = html.bytes[at + 1] != '/';
            if (opens && is_one_of(name, dropped)) {
                at = leave_out(&part, at, name);
                continue;
            }
            at = read_tag(&part, at, name);
            if (opens && is_one_of(name, raw))
                at = past_closing(html, at, name);
        }
    }
    write_to(&part, html.length);
}

/* template: see template.h. */
#include "template.h"

#include <ctype.h>
#include <string.h>

typedef enum Place {
    IN_TEXT,
    IN_TAG,          /* between attributes */
    IN_DOUBLE,       /* a value in " */
    IN_SINGLE,       /* a value in ' */
    IN_UNQUOTED,
    IN_COMMENT,
    IN_RAW           /* <script> or <style>, up to its end tag */
} Place;

typedef struct Template {
    Arena *arena;
    Text path, source;
    Diag *diag;
    Buffer lua;
    Place place;
    Text tag, attribute;
    bool value_is_empty;     /* nothing has been written of the attribute's value */
    bool has_layout;
    Text layout;
    Text waiting;            /* a literal that the value behind it writes before itself */
    int depth;               /* of Lua's blocks that are open */
    bool ok;
} Template;

static uint32_t line_at(const Template *template, size_t offset, Text *line)
{
    uint32_t number, column;
    diag_line_column(template->source, offset, &number, &column);
    Text rest = template->source;
    for (uint32_t i = 0; i < number; i++)
        text_next_line(&rest, line);
    return number;
}

static void refuse(Template *template, size_t offset, const char *message)
{
    Text line = TEXT("");
    const uint32_t number = line_at(template, offset, &line);
    diag_line_error(template->diag, template->path, number, line, text_from(message));
    template->ok = false;
}

/* Following the HTML, to know what is around a value. */

static size_t enter_tag(Template *template, Text html, size_t at)
{
    size_t end = at + 1;
    while (end < html.length && (isalnum((unsigned char)html.bytes[end]) || html.bytes[end] == '-'))
        end++;
    template->tag = text_slice(html, at + 1, end);
    template->place = IN_TAG;
    return end;
}

static void leave_tag(Template *template)
{
    const bool is_raw = text_is(template->tag, "script") || text_is(template->tag, "style");
    template->place = is_raw ? IN_RAW : IN_TEXT;
}

static size_t in_text(Template *template, Text html, size_t at)
{
    const Text rest = text_after(html, at);
    if (text_starts(rest, "<!--")) {
        template->place = IN_COMMENT;
        return at + 4;
    }
    if (rest.bytes[0] == '<' && rest.length > 1 && (isalpha((unsigned char)rest.bytes[1]) || rest.bytes[1] == '/' || rest.bytes[1] == '!'))
        return enter_tag(template, html, rest.bytes[1] == '/' || rest.bytes[1] == '!' ? at + 1 : at);
    return at + 1;
}

static size_t in_tag(Template *template, Text html, size_t at)
{
    const char byte = html.bytes[at];
    if (byte == '>') {
        leave_tag(template);
    } else if (byte == '"' || byte == '\'') {
        template->place = byte == '"' ? IN_DOUBLE : IN_SINGLE;
        template->value_is_empty = true;
    } else if (byte == '=') {
        const char next = at + 1 < html.length ? html.bytes[at + 1] : ' ';
        if (next != '"' && next != '\'')
            template->place = IN_UNQUOTED;
    } else if (isalpha((unsigned char)byte)) {
        size_t end = at;
        while (end < html.length && (isalnum((unsigned char)html.bytes[end]) || strchr("-_:", html.bytes[end])))
            end++;
        template->attribute = text_slice(html, at, end);
        return end;
    }
    return at + 1;
}

static size_t in_raw(Template *template, Text html, size_t at)
{
    const Text rest = text_after(html, at);
    if (text_starts(rest, "</script") || text_starts(rest, "</style")) {
        template->place = IN_TAG;
        template->tag = TEXT("");
        return at + 2;
    }
    return at + 1;
}

static size_t follow_one(Template *template, Text html, size_t at)
{
    const char byte = html.bytes[at];
    switch (template->place) {
    case IN_TEXT: return in_text(template, html, at);
    case IN_TAG: return in_tag(template, html, at);
    case IN_DOUBLE: case IN_SINGLE:
        if (byte == (template->place == IN_DOUBLE ? '"' : '\''))
            template->place = IN_TAG;
        template->value_is_empty = false;
        return at + 1;
    case IN_UNQUOTED:
        if (byte == '>')
            leave_tag(template);
        else if (isspace((unsigned char)byte))
            template->place = IN_TAG;
        return at + 1;
    case IN_COMMENT:
        if (text_starts(text_after(html, at), "-->"))
            template->place = IN_TEXT;
        return at + 1;
    case IN_RAW: return in_raw(template, html, at);
    }
    return at + 1;
}

static void follow(Template *template, Text html)
{
    for (size_t at = 0; at < html.length;)
        at = follow_one(template, html, at);
}

static bool begins_url(const Template *template)
{
    static const char *const names[] = {"href", "src", "poster", "action", "formaction", "cite", "data", "xlink:href"};
    if (!template->value_is_empty)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_is(template->attribute, names[i]))
            return true;
    return false;
}

/* Writing Lua. */

static void put_string(Buffer *lua, Text text)
{
    buffer_char(lua, '"');
    for (size_t i = 0; i < text.length; i++) {
        const char byte = text.bytes[i];
        if (byte == '\n')
            buffer_string(lua, "\\n");
        else if (byte == '"' || byte == '\\')
            buffer_format(lua, "\\%c", byte);
        else if (byte == '\r')
            buffer_string(lua, "\\r");
        else
            buffer_char(lua, byte);
    }
    buffer_char(lua, '"');
}

/* What waits to be written has no value behind it. */
static void put_waiting(Template *template)
{
    if (template->waiting.length == 0)
        return;
    buffer_string(&template->lua, " _w");
    put_string(&template->lua, template->waiting);
    buffer_char(&template->lua, ' ');
    template->waiting = TEXT("");
}

static void put_literal(Template *template, Text html, size_t offset)
{
    follow(template, html);
    put_waiting(template);
    if (template->has_layout && template->depth == 0) {
        if (!text_is_blank(html))
            refuse(template, offset, "there is text outside of a block, in a template that has a layout");
    } else {
        template->waiting = html;
    }
    for (size_t i = 0; i < html.length; i++)
        if (html.bytes[i] == '\n')
            buffer_char(&template->lua, '\n');
}

/* `onclick`, `style`: what is in it is more than text. */
static bool is_code(Text attribute)
{
    const Text lower = text_slice(attribute, 0, attribute.length < 2 ? attribute.length : 2);
    return (lower.length == 2 && (lower.bytes[0] | 32) == 'o' && (lower.bytes[1] | 32) == 'n') || text_is(attribute, "style") ||
           text_is(attribute, "srcdoc");
}

static void put_value(Template *template, Text expression, size_t offset, bool is_html)
{
    const char *call = is_html ? "_h" : begins_url(template) ? "_u" : "_e";
    if (text_is_blank(expression))
        refuse(template, offset, "there is nothing between the braces");
    else if (is_html && template->place != IN_TEXT)
        refuse(template, offset, "{{{ }}} can stand in text only, not in a tag");
    else if (template->place == IN_RAW)
        refuse(template, offset, "a value cannot stand in <script> or <style>; write data with {% json value %}");
    else if (template->place == IN_TAG || template->place == IN_UNQUOTED)
        refuse(template, offset, "an attribute's value needs quotes around it");
    else if (template->place != IN_TEXT && template->place != IN_COMMENT && is_code(template->attribute))
        refuse(template, offset, "a value cannot stand in an attribute that is a program or a style of its own");
    else if (template->has_layout && template->depth == 0)
        refuse(template, offset, "there is text outside of a block, in a template that has a layout");
    template->value_is_empty = false;
    buffer_format(&template->lua, " %s((%.*s)", call, TEXT_ARG(expression));
    if (template->waiting.length) {
        buffer_char(&template->lua, ',');
        put_string(&template->lua, template->waiting);
        template->waiting = TEXT("");
    }
    buffer_string(&template->lua, ") ");
}

static Text first_word(Text statement)
{
    size_t end = 0;
    while (end < statement.length && (isalnum((unsigned char)statement.bytes[end]) || statement.bytes[end] == '_'))
        end++;
    return text_slice(statement, 0, end);
}

static bool is_opener(Text word)
{
    return text_is(word, "if") || text_is(word, "for") || text_is(word, "while") ||
           text_is(word, "function") || text_is(word, "repeat");
}

/* How many of Lua's blocks a statement opens, less those that it closes. */
static int nesting(Text statement)
{
    int depth = 0;
    bool has_loop = false;
    for (size_t i = 0; i < statement.length;) {
        const char byte = statement.bytes[i];
        if (byte == '"' || byte == '\'') {
            const size_t end = text_find_char(text_after(statement, i + 1), byte);
            i += end + 2 > statement.length - i ? statement.length - i : end + 2;
            continue;
        }
        const Text word = first_word(text_after(statement, i));
        has_loop = has_loop || text_is(word, "for") || text_is(word, "while");
        depth += is_opener(word) || (text_is(word, "do") && !has_loop);
        depth -= text_is(word, "end") || text_is(word, "until");
        i += word.length ? word.length : 1;
    }
    return depth;
}

/* Past the string in quotes, or the byte, at `at`. */
static size_t past_one(Text lua, size_t at)
{
    const char byte = lua.bytes[at];
    if (byte != '"' && byte != '\'')
        return at + 1;
    for (at++; at < lua.length && lua.bytes[at] != byte; at++)
        at += lua.bytes[at] == '\\';
    return at < lua.length ? at + 1 : lua.length;
}

/* Is the last of an include's arguments a table that is written there, `{ ... }`, and that nobody else can hold? */
static bool ends_with_table(Text arguments)
{
    size_t start = arguments.length, end = 0;    /* of the last one, up to where its first bracket is closed */
    int depth = 0;
    for (size_t at = 0; at < arguments.length; at = past_one(arguments, at)) {
        const char byte = arguments.bytes[at];
        if (byte == ',' && depth == 0)
            start = at + 1, end = 0;
        else if (byte == '(' || byte == '{' || byte == '[')
            depth++;
        else if ((byte == ')' || byte == '}' || byte == ']') && --depth == 0 && end == 0)
            end = at + 1;
    }
    const Text last = text_trim(text_after(arguments, start));
    return end > start && last.bytes[0] == '{' && last.bytes + last.length == arguments.bytes + end;
}

static void put_block(Template *template, Text name, size_t offset)
{
    if (name.length == 0 || first_word(name).length != name.length) {
        refuse(template, offset, "a block needs a name: {% block content %}");
        return;
    }
    if (template->has_layout && template->depth == 0)
        buffer_format(&template->lua, " _b[\"%.*s\"]=_b[\"%.*s\"] or function() ", TEXT_ARG(name), TEXT_ARG(name));
    else
        buffer_format(&template->lua, " if _b[\"%.*s\"] then _b[\"%.*s\"]() else ", TEXT_ARG(name), TEXT_ARG(name));
    template->depth++;
}

static void put_layout(Template *template, Text name, size_t offset)
{
    const Text before = text_slice(template->source, 0, offset);
    if (template->has_layout || text_find(before, "%}") < before.length || text_find(before, "{{") < before.length)
        refuse(template, offset, "{% layout %} must come first, and once");
    template->has_layout = true;
    template->layout = name;
}

static void put_statement(Template *template, Text statement, size_t offset)
{
    const Text word = first_word(statement);
    const Text rest = text_trim(text_after(statement, word.length));
    if (text_is(word, "layout")) {
        put_layout(template, rest, offset);
    } else if (text_is(word, "block")) {
        put_block(template, rest, offset);
    } else if (text_is(word, "include")) {
        buffer_format(&template->lua, " _i(_ENV,%.*s%s) ", TEXT_ARG(rest), ends_with_table(rest) ? ",true" : "");
    } else if (text_is(word, "json")) {
        if (template->place != IN_RAW)
            refuse(template, offset, "{% json %} belongs in <script type=\"application/json\">");
        buffer_format(&template->lua, " _j((%.*s)) ", TEXT_ARG(rest));
    } else {
        template->depth += nesting(statement);
        buffer_format(&template->lua, " %.*s ", TEXT_ARG(statement));
    }
    for (size_t i = 0; i < statement.length; i++)
        if (statement.bytes[i] == '\n' && (text_is(word, "layout") || text_is(word, "block")))
            buffer_char(&template->lua, '\n');
}

/* Is the tag from `start` to `end` alone on its line?  Then its line end and indentation go. */
static bool is_alone(Text source, size_t start, size_t end)
{
    size_t before = start, after = end;
    while (before > 0 && (source.bytes[before - 1] == ' ' || source.bytes[before - 1] == '\t'))
        before--;
    while (after < source.length && (source.bytes[after] == ' ' || source.bytes[after] == '\t' || source.bytes[after] == '\r'))
        after++;
    return (before == 0 || source.bytes[before - 1] == '\n') && after < source.length && source.bytes[after] == '\n';
}

static size_t next_tag(Text source, size_t start)
{
    for (size_t at = start; at + 1 < source.length; at++)
        if (source.bytes[at] == '{' && strchr("{%#", source.bytes[at + 1]))
            return at;
    return source.length;
}

static const char *closer_of(Text tag)
{
    return text_starts(tag, "{{{") ? "}}}" : text_starts(tag, "{{") ? "}}" : text_starts(tag, "{%") ? "%}" : "#}";
}

static void put_comment(Template *template, Text comment)
{
    for (size_t i = 0; i < comment.length; i++)
        if (comment.bytes[i] == '\n')
            buffer_char(&template->lua, '\n');
}

static void put_tag(Template *template, size_t start, const char *closer, Text inside)
{
    const Text words = text_trim(inside);
    if (closer[0] == '}') {
        put_value(template, words, start, strlen(closer) == 3);
        return;
    }
    put_waiting(template);
    if (closer[0] == '#')
        put_comment(template, inside);
    else
        put_statement(template, words, start);
}

static void compile(Template *template)
{
    const Text source = template->source;
    for (size_t at = 0; at < source.length;) {
        const size_t start = next_tag(source, at);
        if (start == source.length) {
            put_literal(template, text_after(source, at), at);
            return;
        }
        const char *closer = closer_of(text_after(source, start));
        const size_t open = start + strlen(closer);
        const size_t close = open > source.length ? source.length : open + text_find(text_after(source, open), closer);
        if (close >= source.length) {
            refuse(template, start, "these braces are not closed");
            return;
        }
        size_t end = close + strlen(closer), literal_end = start;
        const bool alone = closer[0] != '}' && is_alone(source, start, end);
        while (alone && literal_end > at && (source.bytes[literal_end - 1] == ' ' || source.bytes[literal_end - 1] == '\t'))
            literal_end--;
        put_literal(template, text_slice(source, at, literal_end), at);
        put_tag(template, start, closer, text_slice(source, open, close));
        if (alone) {
            end += text_find_char(text_after(source, end), '\n') + 1;
            buffer_char(&template->lua, '\n');
        }
        at = end;
    }
}

bool template_compile(Arena *arena, Text path, Text source, Diag *diag, Text *lua)
{
    Template template = {.arena = arena, .path = path, .source = source, .diag = diag, .lua = buffer_new(arena), .ok = true};
    const bool may_have_blocks = text_find(source, "block") < source.length || text_find(source, "layout") < source.length;
    buffer_format(&template.lua, "local _w,_e,_h,_u,_j,_i,_l=... return function(_ENV,_b)%s ", may_have_blocks ? " _b=_b or {}" : "");
    compile(&template);
    put_waiting(&template);
    if (template.has_layout)
        buffer_format(&template.lua, " _l(_ENV,_b,%.*s) ", TEXT_ARG(template.layout));
    buffer_string(&template.lua, " end");
    *lua = buffer_text(&template.lua);
    return template.ok;
}

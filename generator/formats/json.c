/* json: see json.h. */
#include "json.h"

#include "../base/bytes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Bytes may_need_escape(Bytes bytes)
{
    return (bytes < ' ') | (bytes == '"') | (bytes == '\\') | (bytes == '<') | (bytes == 0xE2);
}

/* Write what begins at `at`, escaped if it must be; gives how many bytes of the text that was. */
static size_t write_escaped(Buffer *out, Text text, size_t at)
{
    const Text rest = text_after(text, at);
    switch (rest.bytes[0]) {
    case '"': buffer_string(out, "\\\""); return 1;
    case '\\': buffer_string(out, "\\\\"); return 1;
    case '\n': buffer_string(out, "\\n"); return 1;
    case '\r': buffer_string(out, "\\r"); return 1;
    case '\t': buffer_string(out, "\\t"); return 1;
    case '<': buffer_string(out, "\\u003c"); return 1;
    case '\xE2': break;
    default: buffer_format(out, "\\u%04x", (unsigned char)rest.bytes[0]); return 1;
    }
    if (!text_starts(rest, "\xE2\x80\xA8") && !text_starts(rest, "\xE2\x80\xA9")) {
        buffer_char(out, rest.bytes[0]);
        return 1;
    }
    buffer_string(out, rest.bytes[2] == '\xA8' ? "\\u2028" : "\\u2029");
    return 3;
}

void json_write_text(Buffer *out, Text text)
{
    buffer_char(out, '"');
    for (size_t at = 0; at < text.length;) {
        const size_t end = bytes_until(text, at, may_need_escape);
        buffer_bytes(out, text.bytes + at, end - at);
        at = end < text.length ? end + write_escaped(out, text, end) : end;
    }
    buffer_char(out, '"');
}

/* The shortest form that reads back as the same number. */
void json_write_real(Buffer *out, double real)
{
    char digits[40];
    if (!isfinite(real)) {
        buffer_string(out, "null");
        return;
    }
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, real);
        if (strtod(digits, NULL) == real)
            break;
    }
    buffer_string(out, digits);
}

/* `depth` levels stand around it; less than 0 writes everything in one line. */
static void write_value(Buffer *out, const Value *value, int depth);

/* Nothing where all stands in one line. */
static void break_line(Buffer *out, int depth)
{
    if (depth >= 0)
        buffer_format(out, "\n%*s", 2 * depth, "");
}

static int below(int depth)
{
    return depth < 0 ? depth : depth + 1;
}

static bool holds_others(const Value *list)
{
    bool holds = false;
    for (size_t i = 0; i < list->list.count; i++)
        holds = holds || list->list.items[i].kind == VALUE_LIST || list->list.items[i].kind == VALUE_MAP;
    return holds;
}

static void write_list(Buffer *out, const Value *list, int depth)
{
    const bool has_lines = depth >= 0 && holds_others(list);
    buffer_char(out, '[');
    for (size_t i = 0; i < list->list.count; i++) {
        if (i)
            buffer_string(out, depth >= 0 && !has_lines ? ", " : ",");
        if (has_lines)
            break_line(out, below(depth));
        write_value(out, &list->list.items[i], below(depth));
    }
    if (has_lines)
        break_line(out, depth);
    buffer_char(out, ']');
}

static void write_map(Buffer *out, const Value *map, int depth)
{
    buffer_char(out, '{');
    for (size_t i = 0; i < map->map.count; i++) {
        if (i)
            buffer_char(out, ',');
        break_line(out, below(depth));
        json_write_text(out, map->map.items[i].key);
        buffer_string(out, depth < 0 ? ":" : ": ");
        write_value(out, &map->map.items[i].value, below(depth));
    }
    if (map->map.count)
        break_line(out, depth);
    buffer_char(out, '}');
}

static void write_value(Buffer *out, const Value *value, int depth)
{
    switch (value->kind) {
    case VALUE_NULL: case VALUE_OBJECT: buffer_string(out, "null"); break;
    case VALUE_BOOL: buffer_string(out, value->boolean ? "true" : "false"); break;
    case VALUE_INT: buffer_integer(out, value->integer); break;
    case VALUE_REAL: json_write_real(out, value->real); break;
    case VALUE_TEXT: json_write_text(out, value->text); break;
    case VALUE_LIST: write_list(out, value, depth); break;
    case VALUE_MAP: write_map(out, value, depth); break;
    }
}

void json_write(Buffer *out, const Value *value)
{
    write_value(out, value, -1);
}

void json_write_indented(Buffer *out, const Value *value)
{
    write_value(out, value, 0);
    buffer_char(out, '\n');
}

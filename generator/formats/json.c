/* json: see json.h. */
#include "json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *short_escape(char byte)
{
    switch (byte) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    case '<': return "\\u003c";
    default: return NULL;
    }
}

void json_write_text(Buffer *out, Text text)
{
    buffer_char(out, '"');
    size_t plain = 0;
    for (size_t i = 0; i < text.length; i++) {
        const unsigned char byte = (unsigned char)text.bytes[i];
        const char *escape = short_escape((char)byte);
        const bool is_separator = byte == 0xE2 && i + 2 < text.length && (unsigned char)text.bytes[i + 1] == 0x80 &&
                                  ((unsigned char)text.bytes[i + 2] | 1) == 0xA9;
        if (!escape && byte >= 0x20 && !is_separator)
            continue;
        buffer_bytes(out, text.bytes + plain, i - plain);
        if (escape)
            buffer_string(out, escape);
        else if (is_separator)
            buffer_string(out, (unsigned char)text.bytes[i + 2] == 0xA8 ? "\\u2028" : "\\u2029");
        else
            buffer_format(out, "\\u%04x", byte);
        i += is_separator ? 2 : 0;
        plain = i + 1;
    }
    buffer_bytes(out, text.bytes + plain, text.length - plain);
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
    case VALUE_INT: buffer_format(out, "%lld", (long long)value->integer); break;
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

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

static void write_list(Buffer *out, const Value *list)
{
    buffer_char(out, '[');
    for (size_t i = 0; i < list->list.count; i++) {
        if (i)
            buffer_char(out, ',');
        json_write(out, &list->list.items[i]);
    }
    buffer_char(out, ']');
}

static void write_map(Buffer *out, const Value *map)
{
    buffer_char(out, '{');
    for (size_t i = 0; i < map->map.count; i++) {
        if (i)
            buffer_char(out, ',');
        json_write_text(out, map->map.items[i].key);
        buffer_char(out, ':');
        json_write(out, &map->map.items[i].value);
    }
    buffer_char(out, '}');
}

void json_write(Buffer *out, const Value *value)
{
    switch (value->kind) {
    case VALUE_NULL: case VALUE_OBJECT: buffer_string(out, "null"); break;
    case VALUE_BOOL: buffer_string(out, value->boolean ? "true" : "false"); break;
    case VALUE_INT: buffer_format(out, "%lld", (long long)value->integer); break;
    case VALUE_REAL: json_write_real(out, value->real); break;
    case VALUE_TEXT: json_write_text(out, value->text); break;
    case VALUE_LIST: write_list(out, value); break;
    case VALUE_MAP: write_map(out, value); break;
    }
}

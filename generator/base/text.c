/* text: see text.h. */
#include "text.h"

#include "bytes.h"

#include <stdio.h>
#include <string.h>

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

Text text_trim(Text text)
{
    size_t start = 0, end = text.length;
    while (start < end && is_space(text.bytes[start]))
        start++;
    while (end > start && is_space(text.bytes[end - 1]))
        end--;
    return text_slice(text, start, end);
}

bool text_ends(Text text, const char *suffix)
{
    const size_t length = strlen(suffix);
    return text.length >= length &&
           memcmp(text.bytes + text.length - length, suffix, length) == 0;
}

bool text_is_blank(Text text)
{
    return text_trim(text).length == 0;
}

int text_compare(Text left, Text right)
{
    const size_t shorter = left.length < right.length ? left.length : right.length;
    const int order = shorter ? memcmp(left.bytes, right.bytes, shorter) : 0;
    if (order)
        return order;
    return (left.length > right.length) - (left.length < right.length);
}

static unsigned char lower(char byte)
{
    return (unsigned char)(byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte);
}

static size_t digits_at(Text text, size_t start)
{
    size_t end = start;
    while (end < text.length && byte_is_digit(text.bytes[end]))
        end++;
    return end - start;
}

/* Compare two runs of digits as numbers of any length. */
static int compare_digits(Text left, Text right)
{
    while (left.length > 1 && left.bytes[0] == '0')
        left = text_after(left, 1);
    while (right.length > 1 && right.bytes[0] == '0')
        right = text_after(right, 1);
    if (left.length != right.length)
        return left.length < right.length ? -1 : 1;
    return text_compare(left, right);
}

/* How much both begin with, but for digits at its end: those may go on. */
static size_t common_start(Text left, Text right)
{
    const size_t most = left.length < right.length ? left.length : right.length;
    size_t common = 0;
    while (common < most && left.bytes[common] == right.bytes[common])
        common++;
    while (common > 0 && byte_is_digit(left.bytes[common - 1]))
        common--;
    return common;
}

int text_compare_natural(Text left, Text right)
{
    size_t l = common_start(left, right), r = l;
    while (l < left.length && r < right.length) {
        const size_t left_digits = digits_at(left, l), right_digits = digits_at(right, r);
        if (left_digits && right_digits) {
            const int order = compare_digits(text_slice(left, l, l + left_digits),
                                             text_slice(right, r, r + right_digits));
            if (order)
                return order;
            l += left_digits;
            r += right_digits;
            continue;
        }
        const int order = (int)lower(left.bytes[l++]) - (int)lower(right.bytes[r++]);
        if (order)
            return order;
    }
    const int order = (l < left.length) - (r < right.length);
    return order ? order : text_compare(left, right);
}

size_t text_find(Text text, const char *needle)
{
    const size_t length = strlen(needle);
    const char *found = text.length && length ? memmem(text.bytes, text.length, needle, length) : NULL;
    return found ? (size_t)(found - text.bytes) : text.length;
}

size_t text_find_char(Text text, char needle)
{
    const char *found = text.length ? memchr(text.bytes, needle, text.length) : NULL;
    return found ? (size_t)(found - text.bytes) : text.length;
}

bool text_next_line(Text *rest, Text *line)
{
    if (rest->length == 0)
        return false;
    const size_t end = text_find_char(*rest, '\n');
    *line = text_slice(*rest, 0, end);
    if (line->length && line->bytes[line->length - 1] == '\r')
        line->length--;
    *rest = text_after(*rest, end < rest->length ? end + 1 : end);
    return true;
}

Text text_copy(Arena *arena, Text text)
{
    if (text.length == 0)
        return TEXT("");
    return (Text){memcpy(arena_bytes(arena, text.length), text.bytes, text.length), text.length};
}

char *text_c_string(Arena *arena, Text text)
{
    char *copy = arena_bytes(arena, text.length + 1);
    if (text.length)
        memcpy(copy, text.bytes, text.length);
    copy[text.length] = '\0';
    return copy;
}

/* Most of what is written so is short: there is room for it before its length is known. */
static void put_list(Buffer *buffer, const char *format, va_list arguments)
{
    enum { MOSTLY_ENOUGH = 64 };
    va_list again;
    va_copy(again, arguments);
    buffer_reserve(buffer, MOSTLY_ENOUGH);
    const size_t room = buffer->capacity - buffer->length;
    const int length = vsnprintf(buffer->bytes + buffer->length, room, format, arguments);
    assert(length >= 0);
    if ((size_t)length >= room) {
        buffer_reserve(buffer, (size_t)length + 1);
        vsnprintf(buffer->bytes + buffer->length, (size_t)length + 1, format, again);
    }
    va_end(again);
    buffer->length += (size_t)length;
}

Text text_format_list(Arena *arena, const char *format, va_list arguments)
{
    Buffer buffer = buffer_new(arena);
    put_list(&buffer, format, arguments);
    return buffer_text(&buffer);
}

Text text_format(Arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const Text text = text_format_list(arena, format, arguments);
    va_end(arguments);
    return text;
}

Text text_lower(Arena *arena, Text text)
{
    char *bytes = arena_bytes(arena, text.length);
    for (size_t i = 0; i < text.length; i++)
        bytes[i] = (char)lower(text.bytes[i]);
    return (Text){bytes, text.length};
}

bool text_integer(Text text, int64_t *number)
{
    size_t i = 0;
    const bool negative = text.length && text.bytes[0] == '-';
    if (text.length && (text.bytes[0] == '-' || text.bytes[0] == '+'))
        i = 1;
    if (i == text.length)
        return false;
    int64_t sum = 0;
    for (; i < text.length; i++) {
        if (!byte_is_digit(text.bytes[i]))
            return false;
        if (__builtin_mul_overflow(sum, 10, &sum) ||
            __builtin_sub_overflow(sum, text.bytes[i] - '0', &sum))
            return false;
    }
    if (!negative && sum == INT64_MIN)
        return false;
    *number = negative ? sum : -sum;
    return true;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t text_distance(Text left, Text right)
{
    enum { LONGEST = 48 };
    if (left.length > LONGEST || right.length > LONGEST)
        return LONGEST;
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t r = 0; r <= right.length; r++)
        above[r] = r;
    for (size_t l = 1; l <= left.length; l++) {
        row[0] = l;
        for (size_t r = 1; r <= right.length; r++) {
            const bool same = left.bytes[l - 1] == right.bytes[r - 1];
            row[r] = least(least(above[r], row[r - 1]) + 1, above[r - 1] + !same);
            if (l > 1 && r > 1 && left.bytes[l - 1] == right.bytes[r - 2] &&
                left.bytes[l - 2] == right.bytes[r - 1])
                row[r] = least(row[r], before[r - 2] + 1);
        }
        size_t *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[right.length];
}

Buffer buffer_new(Arena *arena)
{
    return (Buffer){.arena = arena};
}

void buffer_reserve(Buffer *buffer, size_t more)
{
    if (buffer->capacity - buffer->length >= more)
        return;
    size_t capacity = buffer->capacity * 2;
    if (capacity < buffer->length + more)
        capacity = buffer->length + more;
    buffer->bytes = arena_resize(buffer->arena, buffer->bytes, buffer->length, capacity);
    buffer->capacity = capacity;
}

void buffer_format(Buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    put_list(buffer, format, arguments);
    va_end(arguments);
}

void buffer_integer(Buffer *buffer, int64_t integer)
{
    char digits[20];
    size_t first = sizeof digits;
    uint64_t left = integer < 0 ? 0 - (uint64_t)integer : (uint64_t)integer;
    do {
        digits[--first] = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    if (integer < 0)
        digits[--first] = '-';
    buffer_bytes(buffer, digits + first, sizeof digits - first);
}

Text buffer_text(const Buffer *buffer)
{
    return (Text){buffer->bytes ? buffer->bytes : "", buffer->length};
}

static Bytes needs_entity(Bytes bytes)
{
    return (bytes == '&') | (bytes == '<') | (bytes == '>') | (bytes == '"') | (bytes == '\'');
}

static const char *html_entity(char byte)
{
    switch (byte) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    default: return "&#39;";
    }
}

void buffer_html(Buffer *buffer, Text text)
{
    for (size_t at = 0; at < text.length; at++) {
        const size_t end = bytes_until(text, at, needs_entity);
        buffer_bytes(buffer, text.bytes + at, end - at);
        if (end < text.length)
            buffer_string(buffer, html_entity(text.bytes[end]));
        at = end;
    }
}

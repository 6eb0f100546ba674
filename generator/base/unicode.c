/* unicode: see unicode.h. */
#include "unicode.h"

#include "bytes.h"

/* Length of the well-formed sequence at `start`, or 0 (Unicode 15, table 3-7). */
static size_t sequence_length(const unsigned char *bytes, size_t available)
{
    const unsigned char first = bytes[0];
    if (first < 0x80)
        return first != 0;
    size_t length;
    unsigned char low = 0x80, high = 0xBF;
    if (first >= 0xC2 && first <= 0xDF) {
        length = 2;
    } else if (first >= 0xE0 && first <= 0xEF) {
        length = 3;
        if (first == 0xE0)
            low = 0xA0;
        if (first == 0xED)
            high = 0x9F;
    } else if (first >= 0xF0 && first <= 0xF4) {
        length = 4;
        if (first == 0xF0)
            low = 0x90;
        if (first == 0xF4)
            high = 0x8F;
    } else {
        return 0;
    }
    if (available < length || bytes[1] < low || bytes[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
    return length;
}

static Bytes not_ascii(Bytes bytes)
{
    return (bytes == 0) | (bytes >= 0x80);
}

size_t unicode_error(Text text)
{
    for (size_t offset = 0; offset < text.length;) {
        offset = bytes_until(text, offset, not_ascii);
        if (offset == text.length)
            break;
        const size_t length = sequence_length((const unsigned char *)text.bytes + offset, text.length - offset);
        if (length == 0)
            return offset;
        offset += length;
    }
    return text.length;
}

uint32_t unicode_next(Text text, size_t *offset)
{
    const unsigned char *bytes = (const unsigned char *)text.bytes + *offset;
    const size_t length = sequence_length(bytes, text.length - *offset);
    if (length <= 1) {
        *offset += 1;
        return bytes[0];
    }
    uint32_t code = bytes[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++)
        code = code << 6 | (bytes[i] & 0x3Fu);
    *offset += length;
    return code;
}

void buffer_code_point(Buffer *buffer, uint32_t code)
{
    if (code < 0x80) {
        buffer_char(buffer, (char)code);
    } else if (code < 0x800) {
        buffer_char(buffer, (char)(0xC0 | code >> 6));
        buffer_char(buffer, (char)(0x80 | (code & 0x3F)));
    } else if (code < 0x10000) {
        buffer_char(buffer, (char)(0xE0 | code >> 12));
        buffer_char(buffer, (char)(0x80 | (code >> 6 & 0x3F)));
        buffer_char(buffer, (char)(0x80 | (code & 0x3F)));
    } else {
        buffer_char(buffer, (char)(0xF0 | code >> 18));
        buffer_char(buffer, (char)(0x80 | (code >> 12 & 0x3F)));
        buffer_char(buffer, (char)(0x80 | (code >> 6 & 0x3F)));
        buffer_char(buffer, (char)(0x80 | (code & 0x3F)));
    }
}

size_t unicode_count(Text text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += ((unsigned char)text.bytes[i] & 0xC0) != 0x80;
    return count;
}

/* The ASCII spelling of the Latin letters U+00C0 to U+017F, in order; "" is no letter. */
static const char *const latin[] = {
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
    "d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "ss",
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
    "d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "y",
    "a", "a", "a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d", "d",
    "d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "g", "g", "g", "g",
    "g", "g", "g", "g", "h", "h", "h", "h", "i", "i", "i", "i", "i", "i", "i", "i",
    "i", "i", "ij", "ij", "j", "j", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l",
    "l", "l", "l", "n", "n", "n", "n", "n", "n", "n", "n", "n", "o", "o", "o", "o",
    "o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s", "s",
    "s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u",
    "u", "u", "u", "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s",
};

static bool is_ascii_word(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= '0' && code <= '9');
}

static uint32_t ascii_lower(uint32_t code)
{
    return code >= 'A' && code <= 'Z' ? code - 'A' + 'a' : code;
}

Text unicode_slug(Arena *arena, Text text)
{
    Buffer slug = buffer_new(arena);
    bool gap = false;
    buffer_reserve(&slug, text.length);
    for (size_t offset = 0; offset < text.length;) {
        const uint32_t code = ascii_lower(unicode_next(text, &offset));
        const bool is_latin = code >= 0xC0 && code < 0xC0 + sizeof latin / sizeof *latin;
        const char *spelling = is_latin ? latin[code - 0xC0] : "";
        if (code == '\'' || code == 0x2019 || (code >= 0x300 && code < 0x370))
            continue;    /* an apostrophe or a combining accent does not part a word */
        if (!is_ascii_word(code) && !*spelling) {
            gap = true;
            continue;
        }
        if (gap && slug.length)
            buffer_char(&slug, '-');
        gap = false;
        if (is_latin)
            buffer_string(&slug, spelling);
        else
            buffer_char(&slug, (char)code);
    }
    return buffer_text(&slug);
}

/* Punctuation and signs outside ASCII that no heading id should carry. */
static bool is_foreign_sign(uint32_t code)
{
    return (code >= 0xA0 && code < 0xC0 && code != 0xAA && code != 0xB5 && code != 0xBA) ||
           code == 0xD7 || code == 0xF7 || (code >= 0x2000 && code <= 0x206F) ||
           (code >= 0x20A0 && code <= 0x20CF) || (code >= 0x2100 && code <= 0x2BFF) ||
           (code >= 0x3000 && code <= 0x303F) || (code >= 0xFE00 && code <= 0xFE0F) ||
           (code >= 0x1F000 && code <= 0x1FAFF);
}

Text unicode_heading_id(Arena *arena, Text text)
{
    Buffer id = buffer_new(arena);
    bool gap = false;
    for (size_t offset = 0; offset < text.length;) {
        const uint32_t code = ascii_lower(unicode_next(text, &offset));
        const bool keeps = is_ascii_word(code) || code == '_' || (code >= 0x80 && !is_foreign_sign(code));
        if (!keeps) {
            gap = gap || code == ' ' || code == '\n' || code == '\t' || code == '-' || code == 0xA0 ||
                  code == 0x2013 || code == 0x2014 || code == '/';
            continue;
        }
        if (gap && id.length)
            buffer_char(&id, '-');
        gap = false;
        buffer_code_point(&id, code);
    }
    return buffer_text(&id);
}

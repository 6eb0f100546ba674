/* request: see request.h. */
#include "request.h"

#include "../base/path.h"

static Text before_query(Text target)
{
    return text_slice(target, 0, text_find_char(text_slice(target, 0, text_find_char(target, '#')), '?'));
}

static bool is_name(Text name)
{
    if (name.length == 0 || name.bytes[0] == '.')
        return false;
    for (size_t i = 0; i < name.length; i++)
        if ((unsigned char)name.bytes[i] < 0x20 || name.bytes[i] == 0x7F || name.bytes[i] == '\\' || name.bytes[i] == '/')
            return false;
    return true;
}

/* Each name is decoded for itself, so that no `%2F` becomes a slash between two. */
bool request_path(Arena *arena, Text target, Text *path)
{
    Text rest = before_query(target);
    Buffer decoded = buffer_new(arena);
    if (!text_starts(rest, "/"))
        return false;
    for (rest = text_after(rest, 1); rest.length;) {
        const size_t end = text_find_char(rest, '/');
        Text name;
        if (!path_decoded(arena, text_slice(rest, 0, end), &name) || !is_name(name))
            return false;
        buffer_put(&decoded, name);
        if (end < rest.length)
            buffer_char(&decoded, '/');
        rest = text_after(rest, end < rest.length ? end + 1 : end);
    }
    *path = buffer_text(&decoded);
    return true;
}

Text request_value(Arena *arena, Text target, Text name)
{
    Text rest = text_after(target, before_query(target).length), value;
    while (rest.length) {
        rest = text_after(rest, 1);
        const size_t end = text_find_char(rest, '&');
        const Text pair = text_slice(rest, 0, end);
        const size_t sign = text_find_char(pair, '=');
        rest = text_after(rest, end);
        if (sign < pair.length && text_equal(text_slice(pair, 0, sign), name))
            return path_decoded(arena, text_after(pair, sign + 1), &value) ? value : TEXT("");
    }
    return TEXT("");
}

Text request_encoded(Arena *arena, Text path)
{
    Buffer encoded = buffer_new(arena);
    for (size_t i = 0; i < path.length; i++) {
        const char byte = path.bytes[i];
        if (byte_is_letter(byte) || byte_is_digit(byte) || byte == '-' || byte == '.' || byte == '_' || byte == '~' || byte == '/')
            buffer_char(&encoded, byte);
        else
            buffer_format(&encoded, "%%%02X", (unsigned char)byte);
    }
    return buffer_text(&encoded);
}

static bool is_port(Text port)
{
    if (port.length < 2 || port.length > 6 || port.bytes[0] != ':')
        return port.length == 0;
    for (size_t i = 1; i < port.length; i++)
        if (!byte_is_digit(port.bytes[i]))
            return false;
    return true;
}

bool request_host_is(Text host, const TextList *names)
{
    for (size_t i = 0; i < names->count; i++) {
        const Text name = names->items[i];
        if (host.length >= name.length && text_equal(text_slice(host, 0, name.length), name) &&
            is_port(text_after(host, name.length)))
            return true;
    }
    return false;
}

/* Digits alone; no file has more bytes than 18 of them can say. */
static bool read_number(Text digits, uint64_t *number)
{
    *number = 0;
    if (digits.length == 0 || digits.length > 18)
        return false;
    for (size_t i = 0; i < digits.length; i++) {
        if (!byte_is_digit(digits.bytes[i]))
            return false;
        *number = *number * 10 + (uint64_t)(digits.bytes[i] - '0');
    }
    return true;
}

RangeKind request_range(Text header, uint64_t size, uint64_t *first, uint64_t *count)
{
    uint64_t from = 0, to = 0;
    *first = 0;
    *count = size;
    if (!text_starts(header, "bytes="))
        return RANGE_WHOLE;
    const Text range = text_trim(text_after(header, 6));
    const size_t dash = text_find_char(range, '-');
    const Text begin = text_slice(range, 0, dash), end = text_after(range, dash < range.length ? dash + 1 : dash);
    const bool has_begin = read_number(begin, &from), has_end = read_number(end, &to);
    if (dash == range.length || (begin.length && !has_begin) || (end.length && !has_end) || (!has_begin && !has_end) ||
        (has_begin && has_end && to < from))
        return RANGE_WHOLE;
    if (!has_begin) {    /* the last `to` bytes */
        from = to < size ? size - to : 0;
        to = size ? size - 1 : 0;
        if (from == size)
            return RANGE_OUTSIDE;
    } else if (from >= size) {
        return RANGE_OUTSIDE;
    } else if (!has_end || to >= size) {
        to = size - 1;
    }
    if (size == 0)
        return RANGE_OUTSIDE;
    *first = from;
    *count = to - from + 1;
    return RANGE_PART;
}

const char *request_type(Text path)
{
    static const struct { const char *extension, *type; } types[] = {
        {"html", "text/html; charset=utf-8"}, {"css", "text/css; charset=utf-8"},
        {"js", "text/javascript; charset=utf-8"}, {"json", "application/json; charset=utf-8"},
        {"svg", "image/svg+xml; charset=utf-8"}, {"png", "image/png"}, {"jpg", "image/jpeg"}, {"jpeg", "image/jpeg"},
        {"gif", "image/gif"}, {"webp", "image/webp"}, {"avif", "image/avif"}, {"ico", "image/x-icon"},
        {"mp4", "video/mp4"}, {"m4v", "video/mp4"}, {"webm", "video/webm"}, {"ogv", "video/ogg"}, {"mov", "video/quicktime"},
        {"mp3", "audio/mpeg"}, {"m4a", "audio/mp4"}, {"ogg", "audio/ogg"}, {"oga", "audio/ogg"}, {"wav", "audio/wav"},
        {"flac", "audio/flac"}, {"vtt", "text/vtt; charset=utf-8"}, {"pdf", "application/pdf"}, {"zip", "application/zip"},
        {"txt", "text/plain; charset=utf-8"}, {"md", "text/plain; charset=utf-8"}, {"csv", "text/csv; charset=utf-8"},
        {"xml", "application/xml; charset=utf-8"}, {"ics", "text/calendar; charset=utf-8"},
        {"webmanifest", "application/manifest+json; charset=utf-8"}, {"woff2", "font/woff2"}, {"woff", "font/woff"},
        {"ttf", "font/ttf"}, {"otf", "font/otf"}, {"epub", "application/epub+zip"},
        {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
        {"odt", "application/vnd.oasis.opendocument.text"}, {"ods", "application/vnd.oasis.opendocument.spreadsheet"},
        {"odp", "application/vnd.oasis.opendocument.presentation"}};
    const Text extension = path_extension(path);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_is(extension, types[i].extension))
            return types[i].type;
    return "application/octet-stream";
}

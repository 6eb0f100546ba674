/* vtt: see vtt.h. */
#include "vtt.h"

/* `01:02:03.456` or `02:03.456`; moves `*rest` past it. */
static bool read_time(Text *rest, double *seconds)
{
    double sum = 0, part = 0, scale = 1;
    size_t i = 0, digits = 0;
    bool has_colon = false, has_point = false;
    for (; i < rest->length; i++) {
        const char byte = rest->bytes[i];
        if (byte >= '0' && byte <= '9') {
            part = part * 10 + (byte - '0');
            scale *= has_point ? 10 : 1;
            digits++;
        } else if (byte == ':' && !has_point) {
            sum = (sum + part) * 60;
            part = 0;
            has_colon = true;
        } else if (byte == '.' && !has_point) {
            sum += part;
            part = 0;
            has_point = true;
        } else {
            break;
        }
    }
    *seconds = has_point ? sum + part / scale : sum + part;
    *rest = text_trim(text_after(*rest, i));
    return digits >= 4 && has_colon && has_point;
}

static bool read_times(Text line, double *from, double *to)
{
    if (!read_time(&line, from) || !text_starts(line, "-->"))
        return false;
    line = text_trim(text_after(line, 3));
    return read_time(&line, to) && *to >= *from;
}

/* Captions without their tags; `<v Ana>` becomes `Ana: `. */
static void put_words(Buffer *words, Text line)
{
    if (words->length)
        buffer_char(words, ' ');
    for (size_t i = 0; i < line.length; i++) {
        const Text rest = text_after(line, i);
        if (rest.bytes[0] != '<') {
            buffer_char(words, rest.bytes[0]);
            continue;
        }
        const size_t end = text_find_char(rest, '>');
        if (text_starts(rest, "<v ") && end < rest.length)
            buffer_format(words, "%.*s: ", (int)(end - 3), rest.bytes + 3);
        i += end;
    }
}

static void add_cue(Arena *arena, Value *cues, double from, double to, Text *rest, uint32_t *line_number)
{
    Buffer words = buffer_new(arena);
    Text line;
    while (text_next_line(rest, &line)) {
        *line_number += 1;
        if (text_is_blank(line))
            break;
        put_words(&words, text_trim(line));
    }
    Value cue = value_map();
    VALUE_SET(arena, &cue, "from", value_real(from));
    VALUE_SET(arena, &cue, "to", value_real(to));
    VALUE_SET(arena, &cue, "text", value_text(buffer_text(&words)));
    value_add(arena, cues, cue);
}

bool vtt_read(Arena *arena, Text text, Value *cues, uint32_t *bad_line)
{
    Text rest = text_starts(text, "\xEF\xBB\xBF") ? text_after(text, 3) : text, line;
    *cues = value_list();
    *bad_line = 1;
    if (!text_starts(rest, "WEBVTT"))
        return false;
    for (uint32_t number = 0; text_next_line(&rest, &line);) {
        double from, to;
        number++;
        if (text_find(line, "-->") == line.length)
            continue;
        *bad_line = number;
        if (!read_times(text_trim(line), &from, &to))
            return false;
        add_cue(arena, cues, from, to, &rest, &number);
    }
    return true;
}

/* mask_line: see mask_line.h. */
#include "mask_line.h"

#include <string.h>

bool line_is_name_char(char byte)
{
    return byte_is_letter(byte) || byte_is_digit(byte) || byte == '-' || byte == '_';
}

/* Past one container's mark at `at`: a `>`, or a bullet or number with a blank behind it. */
static size_t past_marker(Text text, size_t at, size_t end)
{
    if (at < end && text.bytes[at] == '>')
        return at + 1;
    size_t mark = at;
    if (mark < end && strchr("-*+", text.bytes[mark])) {
        mark++;
    } else {
        while (mark < end && mark - at < 9 && byte_is_digit(text.bytes[mark]))
            mark++;
        if (mark == at || mark == end || (text.bytes[mark] != '.' && text.bytes[mark] != ')'))
            return at;
        mark++;
    }
    return mark < end && byte_is_blank(text.bytes[mark]) ? mark : at;
}

Line line_from(Text text, size_t start)
{
    Line line = {.start = start, .words = start};
    line.end = start + text_find_char(text_after(text, start), '\n');
    for (;;) {
        while (line.words < line.end && byte_is_blank(text.bytes[line.words]))
            line.words++;
        const size_t past = past_marker(text, line.words, line.end);
        if (past == line.words)
            break;
        line.words = past;
    }
    line.words_end = line.end;
    while (line.words_end > line.words && byte_is_blank(text.bytes[line.words_end - 1]))
        line.words_end--;
    return line;
}

Text line_words(Text text, const Line *line)
{
    return text_slice(text, line->words, line->words_end);
}

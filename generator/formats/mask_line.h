/* mask_line: one line of the text, and how far in its own words begin. */
#ifndef LECTERN_MASK_LINE_H
#define LECTERN_MASK_LINE_H

#include "mask.h"

typedef struct Line {
    size_t start, end;    /* without the line end */
    size_t words;         /* behind indentation, `>` and list markers */
    size_t words_end;     /* without trailing blanks */
} Line;

Line line_from(Text text, size_t start);
Text line_words(Text text, const Line *line);

bool line_is_name_char(char byte);

/* Take footnotes out of the copy, and collect link definitions: mask_notes.c. */
void mask_definitions(Masked *masked);

#endif

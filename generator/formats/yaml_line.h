/* yaml_line: what a line of YAML holds, as its author sees it.
 * These are questions only: they look at `source` and change nothing.  All places are offsets into
 * it; `end` is where to stop looking, and YAML_NONE the answer "there is none".  A blank is a space
 * or a tab; in the indentation a no-break space counts as one column too. */
#ifndef LECTERN_YAML_LINE_H
#define LECTERN_YAML_LINE_H

#include "../base/text.h"

#define YAML_NONE SIZE_MAX

enum { YAML_DEEPEST = 64, YAML_LONGEST_KEY_BYTES = 1000 };

typedef struct YamlLine {
    size_t start;           /* its first byte */
    size_t text;            /* the first one after the indentation */
    size_t end;             /* after its last byte that is no blank */
    size_t next;            /* where the next line starts */
    uint32_t indent;        /* in columns */
    bool has_tab, has_nbsp; /* in the indentation */
} YamlLine;

YamlLine yaml_line_at(Text source, size_t start);
bool yaml_line_is_blank(const YamlLine *line);
bool yaml_line_is_comment(Text source, const YamlLine *line);

/* The next line from `start` on that is neither blank nor a comment; false at the end. */
bool yaml_line_with_content(Text source, size_t start, YamlLine *line);

/* Whether a word ends at `at`: a blank, the end of a line or of the text. */
bool yaml_ends_word(Text source, size_t at);
bool yaml_is_nbsp(Text source, size_t at);
size_t yaml_skip_blanks(Text source, size_t at, size_t end);

/* A dash that begins a list item. */
bool yaml_is_dash(Text source, size_t at);

/* A sign that begins a list item elsewhere, `*` or a bullet, with a blank behind it: its bytes,
 * or 0.  A long dash may begin speech, and is one only when it `is_sure` that an item begins. */
size_t yaml_bullet_bytes(Text source, size_t at, bool is_sure);

/* A name as fields have it: `choose-one`. */
bool yaml_is_field_name(Text name);

/* The colon after the key that begins at `at`. */
size_t yaml_colon(Text source, size_t at, size_t end);

/* Whether the key of a field begins at `at`: `right: ...`. */
bool yaml_is_field(Text source, size_t at, size_t end);

/* Where what begins at `at` ends: before its comment, if it has one, and the blanks. */
size_t yaml_content_end(Text source, size_t at, size_t end);

/* After the quote that closes the one at `at`. */
size_t yaml_quote_end(Text source, size_t at, size_t end);

typedef enum YamlFlow {
    YAML_FLOW_CLOSED,
    YAML_FLOW_OPEN,
    YAML_FLOW_CROSSED,
    YAML_FLOW_TOO_DEEP
} YamlFlow;

/* Whether the bracket at `at` is closed; `*after` is behind the one that closes it. */
YamlFlow yaml_flow_end(Text source, size_t at, size_t end, size_t *after);

/* Whether `at` begins with the head of a block of text, `|` or `>`, and nothing else;
 * `*indent` is the digit in it, or 0. */
bool yaml_is_block_head(Text source, size_t at, size_t end, uint32_t *indent);

/* After the anchor, alias or tag at `at`, when it is really one: `*name` with nothing behind it,
 * `&name`, `!name`. */
size_t yaml_own_end(Text source, size_t at, size_t end);

/* Why YAML would refuse or misread the words from `at` to `end`; NULL when it would not. */
const char *yaml_trouble(Text source, size_t at, size_t end);

/* The same for the sign that a text begins with. */
const char *yaml_trouble_at_start(Text source, size_t at, size_t end);

#endif

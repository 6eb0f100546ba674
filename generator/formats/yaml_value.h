/* yaml_value: one value as its author wrote it, kindly.
 * Finds where a value that begins on a line comes to its end, lines below included, and whether
 * YAML would read it so.  What YAML would refuse or misread is put in quotes, with a warning. */
#ifndef LECTERN_YAML_VALUE_H
#define LECTERN_YAML_VALUE_H

#include "yaml_line.h"
#include "yaml_mend.h"

/* What is known of a key's value, or a list item's. */
typedef enum YamlState {
    YAML_STATE_OPEN, /* nothing yet: it may come on the next lines */
    YAML_STATE_TEXT,
    YAML_STATE_CUT,     /* a text with a comment behind it */
    YAML_STATE_BLOCK,   /* a block of text, after `|` or `>` */
    YAML_STATE_CHILDREN /* keys or list items of its own */
} YamlState;

typedef struct YamlEntry {
    YamlState state;
    Text key;   /* empty for a list item */
    Text value; /* its first line, for messages */
} YamlEntry;

/* Read the value that begins at `at` in `line`.  What belongs to it stands deeper than column
 * `parent` (from 0; -1 when there is no parent).  Gives the start of the first line after it. */
size_t yaml_value_read(YamlMend *mend, const YamlLine *line, size_t at, int64_t parent,
                       YamlEntry *entry);

/* Read no-break spaces in a line's indentation, or before `end` in general, as blanks. */
void yaml_mend_nbsp(YamlMend *mend, size_t start, size_t end);

/* Put the key from `at` to `colon` in quotes if it needs them. */
void yaml_key_read(YamlMend *mend, const YamlLine *line, size_t at, size_t colon);

#endif

/* json: Value -> JSON (RFC 8259), fit to stand inside an HTML page: `<`, U+2028 and U+2029 are
 * written as escapes, so that no text can end a <script>. */
#ifndef LECTERN_JSON_H
#define LECTERN_JSON_H

#include "../base/value.h"

void json_write(Buffer *out, const Value *value);

/* The same for people: a line for each key, and for each item of a list that holds lists or maps,
 * with two blanks for each level. */
void json_write_indented(Buffer *out, const Value *value);

/* A text as a JSON string, quotes and all. */
void json_write_text(Buffer *out, Text text);
void json_write_real(Buffer *out, double real);

#endif

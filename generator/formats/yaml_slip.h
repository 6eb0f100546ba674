/* yaml_slip: the commonest slips in YAML, in words for people who do not know it.
 * Each of these reports one at its place, with its cure. */
#ifndef LECTERN_YAML_SLIP_H
#define LECTERN_YAML_SLIP_H

#include "yaml_value.h"

/* Whether the words at `at` begin as a key does, though a colon or a blank is missing. */
bool yaml_slip_is_key(Text source, size_t at, size_t end);

/* `title:Foo`: gives the colon; YAML_NONE when it is something else. */
size_t yaml_slip_colon(YamlMend *mend, const YamlLine *line, size_t at);

/* `title Foo`, or a line that was meant to go on with the text above. */
void yaml_slip_no_colon(YamlMend *mend, const YamlLine *line, size_t at, const YamlEntry *above);

/* `: value`. */
void yaml_slip_no_key(YamlMend *mend, size_t at);

/* Whether the line begins with a dash that has no blank behind it, or with a bullet. */
bool yaml_slip_is_dash(Text source, size_t at);

/* `-item`, or `* item`: puts right what begins the item, and gives its bytes.  0 when it is
 * something else, or, where it is not sure that an item should begin, could be a negative number or
 * speech. */
size_t yaml_slip_dash(YamlMend *mend, const YamlLine *line, bool is_sure);

/* A line among list items that begins with no dash. */
void yaml_slip_no_dash(YamlMend *mend, const YamlLine *line);
void yaml_slip_item_beside_keys(YamlMend *mend, const YamlLine *line, const YamlEntry *above);

/* A line below a value that is complete; `column` (from 0) is where the value's key stands. */
void yaml_slip_below_value(YamlMend *mend, const YamlLine *line, uint32_t column,
                           const YamlEntry *above);

/* A line that stands between the columns `outer` (-1 for none) and `inner` (both from 0). */
void yaml_slip_indent(YamlMend *mend, const YamlLine *line, int64_t outer, uint32_t inner);

void yaml_slip_tab(YamlMend *mend, const YamlLine *line);
void yaml_slip_depth(YamlMend *mend, size_t at);

/* A tab behind a dash is read as a blank, with a warning. */
void yaml_slip_tab_after_dash(YamlMend *mend, size_t at);

/* `---` where it cannot be; `is_alone` when nothing else is in the line. */
void yaml_slip_marker(YamlMend *mend, const YamlLine *line, bool is_alone);

/* Whether the line is `%YAML ...`, which is reported. */
bool yaml_slip_directive(YamlMend *mend, const YamlLine *line);

#endif

/* yaml: YAML files and front matter -> Value, through libyaml's events.
 * Every scalar arrives as the text that was written (an empty one as null): what
 * it means is decided by the field that it is for.  Text is read kindly: a plain
 * value that YAML would refuse or misread is taken as the text that was written,
 * with a warning that shows the line as it should be, and a YamlFix that writes
 * it so.  Anchors, aliases, merge keys, tags, tabs in the indentation, keys that
 * stand twice and nesting past 64 are refused in words for people who do not know
 * YAML; libyaml's own messages are never shown. */
#ifndef LECTERN_YAML_H
#define LECTERN_YAML_H

#include "../base/diag.h"
#include "../base/origin.h"

/* An edit that `lectern check --fix` makes: at `offset` of the file `removed` bytes become
 * `inserted`. */
typedef struct YamlFix {
    uint32_t offset, removed;
    Text inserted;
} YamlFix;

typedef struct YamlFixes {
    Arena *arena;
    YamlFix *items;
    size_t count, capacity;
} YamlFixes;

/* Read bytes `start` to `end` of the file whose whole text is `source` (front matter is a slice of
 * its file, without its `---`); `diag_source` should have been told of it.  A byte-order mark at 0
 * is passed over; a byte that is no UTF-8 is an error.  Positions are offsets into `source`: a
 * null's is just behind its colon or dash.  A value read kindly is VALUE_PLAIN, as it was written.
 * An empty document is an empty map.  False when something was wrong, after reporting it; as much
 * as could be read is in `value` even then.  Fixes come in order and apart; `fixes` may be NULL. */
bool yaml_read(Arena *arena, uint32_t file, Text source, size_t start, size_t end, Diag *diag,
               YamlFixes *fixes, Value *value);

/* Where the bytes of a scalar's text stand in `source`, exactly for every style; what an escape in
 * double quotes stands for leads to its backslash.  After a reading that gave false it is only
 * near. */
Origin yaml_origin(Arena *arena, Text source, const Value *scalar);

/* `source`, of which they were made, with all fixes.  Read again it gives the same values, and no
 * more fixes. */
Text yaml_fixed(Arena *arena, Text source, const YamlFixes *fixes);

#endif

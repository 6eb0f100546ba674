/* yaml_mend: the edits between what an author wrote and what libyaml is given to read.
 * Edits are made in the order of the text and never overlap.  Some of them are what
 * `lectern check --fix` writes too; the others keep libyaml going after an error.  Problems found
 * on the way are reported here, as a file may have only so many. */
#ifndef LECTERN_YAML_MEND_H
#define LECTERN_YAML_MEND_H

#include "yaml.h"

typedef struct YamlMend {
    Arena *arena;
    Diag *diag;
    uint32_t file;
    Text source;    /* up to where it is read */
    YamlFix *items; /* the edits */
    size_t count, capacity;
    YamlFixes *fixes; /* those to be written, too; may be NULL */
    struct {
        uint32_t *items;
        size_t count, capacity;
    } quoted; /* where the texts stand that were put in quotes */
    size_t problem_count;
    size_t error_count;
    size_t first_error; /* its offset */
    bool is_suspect;    /* what is wrong behind the first error may come of it */
    bool is_full;       /* there were too many errors: read no further */
} YamlMend;

YamlMend yaml_mend_new(Arena *arena, Diag *diag, uint32_t file, Text source, YamlFixes *fixes);

/* Where the edit goes. */
typedef enum YamlEdit { YAML_EDIT_READ, YAML_EDIT_FIX } YamlEdit;

void yaml_mend_edit(YamlMend *mend, YamlEdit kind, size_t offset, size_t removed, Text inserted);

/* Put single quotes round a text, in steps, so that edits to the indentation of its further lines
 * can come in between: the opening one, each line's own doubled, the closing one. */
void yaml_mend_open(YamlMend *mend, YamlEdit kind, size_t start);
void yaml_mend_double(YamlMend *mend, YamlEdit kind, size_t start, size_t end);
void yaml_mend_close(YamlMend *mend, YamlEdit kind, size_t end);

/* Whether the scalar at `offset` was put in quotes here. */
bool yaml_mend_has_quoted(const YamlMend *mend, uint32_t offset);

/* Report a problem, with its cure; `width` characters are underlined, 0 for the word.  Made with
 * text_format, in the arena.  The error returns false. */
bool yaml_mend_error(YamlMend *mend, size_t offset, size_t width, Text message, Text help);
void yaml_mend_warn(YamlMend *mend, size_t offset, size_t width, Text message, Text help);

/* Whether something wrong at `offset` may only come of an earlier mistake, and is not to be
 * reported. */
bool yaml_mend_is_suspect(const YamlMend *mend, size_t offset);

/* The anchor, alias or tag at `offset`. */
bool yaml_mend_refuse(YamlMend *mend, size_t offset, Text own);

/* The source from `start` on with all edits made, and where it comes from. */
Text yaml_mend_text(YamlMend *mend, size_t start, Origin *origin);

/* As much of a text as a message has room for, on one line. */
Text yaml_shown(Arena *arena, Text text);

#endif

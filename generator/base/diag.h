/* diag: what Lectern has to say about the author's files.
 * Report a problem where you find it, then carry on if you can: one run should
 * show the author every mistake.  Each worker has a Diag of its own; they are
 * merged and printed in file and line order.  All texts are copied, the line
 * itself too, so nobody needs the file any more when it is shown. */
#ifndef LECTERN_DIAG_H
#define LECTERN_DIAG_H

#include "flat.h"
#include "value.h"

#include <stdio.h>

/* The author's files by number: what `Pos.file` speaks of. */
typedef struct Sources {
    Arena *arena;
    Text *items;    /* the path as it is shown, and as it can be opened from here */
    size_t count, capacity;
} Sources;

uint32_t sources_add(Sources *sources, Text path);

/* How bad it is.  Advice is what is not wrong, but a careful editor would mention. */
typedef enum Severity { SEVERITY_ADVICE, SEVERITY_WARNING, SEVERITY_ERROR } Severity;

/* `error`, `warning`, `advice`. */
const char *severity_name(Severity severity);

typedef struct Problem {
    Severity severity;
    uint32_t file;
    uint32_t line, column;    /* from 1; 0 when the problem is the file as a whole */
    uint32_t caret;           /* where in the excerpt the caret stands, from 1 */
    uint32_t width;           /* how many characters the caret underlines */
    Text path, message, help, excerpt;
} Problem;

typedef struct Diag {
    Arena *arena;
    const Sources *sources;
    uint32_t text_file;    /* the file at hand, and its text */
    Text text;
    Problem *items;
    size_t count, capacity;
    size_t error_count;
    bool is_last_shown;                /* so that help for what is not shown goes nowhere */
    uint32_t busy_file, busy_count;    /* the file reported last, and how often in a row */
} Diag;

Diag *diag_new(Arena *arena, const Sources *sources);

/* From now on problems in `file` show lines of `text`, which must stay until the next call. */
void diag_source(Diag *diag, uint32_t file, Text text);

/* Report a problem at `pos`.  Always returns false, so that a function which
 * cannot go on ends with `return diag_error(...)`. */
bool diag_error(Diag *diag, Pos pos, const char *format, ...) __attribute__((format(printf, 3, 4)));
void diag_warn(Diag *diag, Pos pos, const char *format, ...) __attribute__((format(printf, 3, 4)));

void diag_advise(Diag *diag, Pos pos, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* How many problems are of that severity. */
size_t diag_count(const Diag *diag, Severity severity);

/* Something wrong with a file, or with a name that is no source at all. */
bool diag_file_error(Diag *diag, Text path, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

void diag_file_warn(Diag *diag, Text path, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same, of a file that is no source, as a picture. */
void diag_file_advise(Diag *diag, Text path, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Something wrong in a line of a file that is known by name only: a plugin or a template. */
bool diag_line_error(Diag *diag, Text path, uint32_t line, Text excerpt, Text message);

/* What would be right, shown under the problem reported last.  Begin with a sentence that a
 * hurried teacher can act on. */
void diag_help(Diag *diag, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Underline `count` characters of the problem reported last; else the word at its place. */
void diag_width(Diag *diag, size_t count);

/* The nearest of several names, for "did you mean": `TEXT_NONE` when none is near. */
typedef struct Nearest {
    Text wanted, best;
    size_t distance;
} Nearest;
Nearest nearest_to(Text wanted);
void nearest_try(Nearest *nearest, Text candidate);
Text nearest_found(const Nearest *nearest);

/* Line and column of an offset, both from 1; columns count characters, and a byte-order mark none. */
void diag_line_column(Text text, size_t offset, uint32_t *line, uint32_t *column);

/* The line's number alone, of a position in a file whose text is at hand. */
uint32_t diag_line(const Diag *diag, Pos pos);

/* Across processes: write all problems, and take in what another has written. */
void diag_put(const Diag *diag, Buffer *flat);
void diag_take(Diag *diag, FlatReader *flat);

/* Sort by file, line and column, and drop what stands there twice; and advice, where there are
 * errors: first things first. */
void diag_sort(Diag *diag);

/* Show everything.  Colours only when `colour`. */
void diag_print_text(const Diag *diag, FILE *stream, bool colour);

#endif

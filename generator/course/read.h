/* read: one page's source -> its typed values and its Document.
 * Both readings of a page use it: parse keeps a record of what it gives, render makes the page. */
#ifndef LECTERN_READ_H
#define LECTERN_READ_H

#include "project.h"

typedef struct PageRead {
    Text source;
    Hash hash;
    Value fields;            /* typed: the common keys and those of the page's type */
    const Plugin *type;
    const Document *body;    /* NULL for a page that is YAML */
    uint32_t body_from;      /* the piece after the heading that became the title */
    uint8_t heading_shift;   /* 1 when the body still has a heading of level 1 */
    bool title_is_written;   /* there is a `title:`, be it right or wrong */
    bool is_partial;         /* its YAML could not be read whole */
    bool is_known;           /* it was read before, and what is wrong with it was said */
    Text title;
    Fragment title_html;
    ScriptChecked checked;
} PageRead;

/* Read a source file: UTF-8, of sensible size.  False after reporting. */
bool read_source(Arena *arena, Diag *diag, Text path, uint32_t file, Text *source);

/* The bytes of `source` that are YAML: its front matter, or all of it.  False after reporting. */
bool read_yaml_part(Diag *diag, uint32_t file, Text source, bool is_markdown, size_t *start, size_t *end);

/* Read the page and hold it against its type.  Lua is then ready for its check or its model; until
 * the next page everything is in `arena`.  False after reporting. */
bool read_page(Project *project, const Page *page, Arena *arena, Diag *diag, PageRead *read);

/* The same of a page that was parsed and found to be fine: plugins are not asked again what they think of its values. */
bool read_known_page(Project *project, const Page *page, Arena *arena, Diag *diag, PageRead *read);

/* What is written in the source of `page`, an object, while another one is at hand; for ScriptHost. */
bool read_fields_source(void *project, Arena *arena, const Value *page, ScriptSource *source);

#endif

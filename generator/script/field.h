/* field: what is declared of one value, and what is said of a value that is none of that kind. */
#ifndef LECTERN_FIELD_H
#define LECTERN_FIELD_H

#include "../base/diag.h"
#include "../formats/document.h"
#include "../formats/markdown.h"

typedef struct Plugin Plugin;

typedef enum FieldKind {
    FIELD_TEXT, FIELD_MARKDOWN, FIELD_INTEGER, FIELD_NUMBER, FIELD_PERCENT, FIELD_BOOLEAN,
    FIELD_DATE, FIELD_COLOR, FIELD_PATH, FIELD_PAGE, FIELD_ANYTHING, FIELD_LIST,
    FIELD_LIST_OR_ONE, FIELD_MAP, FIELD_RECORD, FIELD_ONE_OF, FIELD_EITHER, FIELD_ARROW,
    FIELD_VARIANT
} FieldKind;

typedef struct Field Field;

/* The named parts of a record, in alphabetical order (Lua keeps no other). */
typedef struct FieldEntry {
    Text name;
    const Field *field;
} FieldEntry;

struct Field {
    FieldKind kind;
    bool is_required, has_min, has_max;
    bool allows_remote;     /* of a path: it may be a URL that begins with http(s): */
    bool has_gaps;          /* of markdown: `{word}` in it is a gap to fill in */
    double min, max;
    Text help;              /* a sentence for the reference, from `help =` */
    const Field *item;      /* of a list or map */
    FieldEntry *entries;    /* of a record or variant */
    size_t entry_count;
    Text *options;          /* of one_of; the names of an arrow's parts */
    const Field **choices;  /* of either */
    size_t option_count;
    Text folder;            /* of a variant */
    const Value *instead;   /* of a variant: other tools' words, each with what to write instead */
};

/* A link or a file that a field names. */
typedef struct FieldLink {
    Text target;
    Pos pos;
    bool is_media;
    bool is_hidden;    /* in a block that this edition leaves out */
} FieldLink;

typedef struct FieldLinks {
    FieldLink *items;
    size_t count, capacity;
} FieldLinks;

/* Markdown that was read on the way. */
typedef struct DocumentList {
    const Document **items;
    size_t count, capacity;
} DocumentList;

/* What checking needs, and what it collects. */
typedef struct FieldContext {
    Arena *arena;
    Diag *diag;
    Text source;                       /* the whole file the values were read from */
    Text list;                         /* the one whose entry is at hand */
    bool is_partial;                   /* some of it could not be read: what is missing was not left out */
    const MarkdownOptions *markdown;
    const Plugin *(*plugin)(void *context, Text folder, Text name);
    void (*each_plugin)(void *context, Text folder, void (*take)(void *taker, Text name), void *taker);
    /* How a variant is held against its plugin's fields: variants.c stands on this file. */
    bool (*check_variant)(struct FieldContext *context, const Field *field, Text name, const Value *value, Value *typed);
    /* A variant that was fine, with its plugin. */
    void (*variant)(void *context, const Plugin *plugin, const Value *value);
    void *context;
    DocumentList documents;
    FieldLinks links;
} FieldContext;

/* What a field takes, in words: "a whole number". */
const char *field_kind_words(const Field *field);

/* How a message calls a value: the kind it is, or the text itself if it is one. */
Text field_words_of(FieldContext *context, const Value *value);

/* Report that a value is none of its field's kind; gives false. */
bool field_wrong_kind(FieldContext *context, const Field *field, Text name, const Value *value);

#endif

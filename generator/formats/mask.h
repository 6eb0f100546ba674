/* mask: what md4c must not see.
 * Blocks, inline blocks, heading attributes, footnotes and places to write are found in the text
 * line by line and hidden in md4c's private copy by other bytes of the same length, chosen so that
 * md4c nests and ends everything as the author means it.  Whether a mask counts is known only when
 * md4c comes past it: in code it does not, and the author's own bytes are printed. */
#ifndef LECTERN_MASK_H
#define LECTERN_MASK_H

#include "markdown.h"

typedef enum MaskKind {
    MASK_OPENER,          /* :::name[Title]{...}                as a <?...?> of that length */
    MASK_CLOSER,          /* :::                                as <?> */
    MASK_LEAF,            /* ::name[text]{...}                  as <?...?> */
    MASK_INLINE_START,    /* :name[                             as commas */
    MASK_INLINE_END,      /* ] or ]{...}                        as commas */
    MASK_BLANK,           /* ____                               as commas */
    MASK_ATTRIBUTES,      /* {#id .class} behind a heading      as blanks */
    MASK_NOTE,            /* [^1]                               as commas; if there is no such note, as it is */
    MASK_SHORT_TABLE,     /* |-|-|                              as it is: md4c 0.4.8 wants three dashes */
    MASK_GAP              /* {word}, where gaps are wanted      as commas; a lone brace as a comma */
} MaskKind;

typedef struct Mask {
    MaskKind kind;
    uint32_t start, end;    /* in the copy */
    Block block;            /* OPENER, LEAF, INLINE_START; its attributes for INLINE_END, ATTRIBUTES */
    const char *problem;    /* why an opener makes no sense, or NULL; `at` says where, */
    uint32_t at;
    Text stray;             /* and this is what stands there */
    bool is_alone;          /* a BLANK with nothing else on its line */
    bool is_claimed;        /* ATTRIBUTES: a heading has taken it */
    uint32_t note;          /* NOTE: which footnote */
} Mask;

typedef struct Footnote {
    Text label;
    uint32_t offset;    /* of its label, in the copy */
    Text text;          /* without its mark and indentation */
    Origin origin;      /* of `text`, in the author's file */
    uint32_t number;    /* in the order of the first references, from 1; 0 until there is one */
    uint32_t uses;
    bool is_seen;       /* referred to outside of hidden blocks */
} Footnote;

typedef struct Masked {
    Arena *arena;
    Text text;         /* the author's text, but for line ends added before blocks behind tables */
    Origin origin;     /* of `text` */
    bool has_gaps;     /* `{word}` is a gap */
    char *copy;        /* what md4c sees: `text.length` bytes, then a line end and 16 NUL */
    struct {
        Mask *items;
        size_t count, capacity;
    } masks;
    struct {
        Footnote *items;
        size_t count, capacity;
    } notes;
    struct {
        uint32_t *items;    /* offsets in `text` of line ends that the author did not write */
        size_t count, capacity;
    } added;
    Text definitions;  /* all link definitions, which footnotes need too */
    Origin definition_origin;
} Masked;

/* Prepare `text`.  Where Markdown is to be plain nothing is masked, only copied and padded. */
void mask_text(Arena *arena, Text text, const Origin *origin, const MarkdownOptions *options, Masked *masked);

/* Take a mask back in the copy, so that md4c sees what the author wrote. */
void mask_undo(Masked *masked, const Mask *mask);

#endif

/* document: Markdown that has been read, ready to be joined with the site.
 * An array of pieces in the order of the page.  Most of it is finished HTML; what
 * needs the site (links, pictures) or a template (blocks, places to write, boxes
 * to tick) is a piece of its own.  A piece that holds others knows the index after
 * its last descendant, so that any subtree is a range of the array. */
#ifndef LECTERN_DOCUMENT_H
#define LECTERN_DOCUMENT_H

#include "../base/flat.h"
#include "../base/origin.h"

typedef enum PieceKind {
    PIECE_HTML,       /* bytes of `html` */
    PIECE_LINK,       /* an opening <a>; its content and </a> follow */
    PIECE_IMAGE,      /* a whole <img> */
    PIECE_ADDRESS,    /* the value of a href or src in the author's own HTML */
    PIECE_HEADING,    /* an opening <h1> to <h6>; holds its section */
    PIECE_LIST,       /* an opening <ol> or <ul>; holds its items */
    PIECE_ITEM,       /* an opening <li>; holds what is in it */
    PIECE_BLANK,      /* a place to write */
    PIECE_TASK,       /* a box to tick */
    PIECE_GAP,        /* {word} in a text with gaps to fill in */
    PIECE_INLINE,     /* :name[...]{...} inside a line; holds its text */
    PIECE_BLOCK       /* :::name, ::name, > [!NOTE]; holds its content */
} PieceKind;

/* Attributes as in `{#id .class key=value}`. */
typedef struct Attributes {
    Text id;         /* "" when there is none */
    Text classes;    /* with blanks between */
    Value named;     /* a map of texts */
} Attributes;

typedef struct Block {
    Text name;
    Text title;             /* as written, Markdown; "" when there is none */
    uint32_t title_offset;  /* where its first byte is, in the file */
    bool has_content;       /* `:::`, as against `::name` on one line */
    Attributes attributes;
    Text raw;               /* of a fenced block: what is in it, as written */
    Origin raw_origin;
} Block;

typedef enum BlankKind { BLANK_LINES, BLANK_ITEM, BLANK_CELL, BLANK_SHORT } BlankKind;

typedef struct Blank {
    BlankKind kind;
    uint32_t lines;
    uint32_t place, count;    /* of a BLANK_ITEM: which of how many in its list, from 1 */
    Text id;                  /* stays the same as long as the label does */
    Text label;               /* the words that say what to write, plain; of a BLANK_CELL its row's */
    Text column;              /* of a BLANK_CELL: the words over its column */
} Blank;

typedef struct Piece {
    PieceKind kind;
    uint32_t end;       /* the index after its last descendant */
    uint32_t offset;    /* where it was written, in the file */
    uint16_t depth;     /* how many blocks, items and quotations it stands in */
    uint8_t level;      /* of a heading, 1 to 6 */
    bool is_ticked;     /* of a task */
    bool is_ordered;    /* of a list */
    bool is_image;      /* of an address: a picture or other medium, not a link */
    union {
        struct {
            uint32_t start, end;
        } html;
        struct {
            Text target;    /* as written, entities and escapes resolved */
            Text title, alt;
        } link;
        struct {
            Text id, text;            /* text: plain */
            uint32_t content_end;     /* index after its own words and </h2> */
            const Attributes *attributes;
        } heading;
        struct {
            int64_t start;
        } list;
        struct {
            Text id;
        } task;
        Text gap;          /* what is between the braces, as written */
        const Blank *blank;
        const Block *block;
    };
} Piece;

typedef struct Document {
    uint32_t file;
    Text html;
    Piece *items;
    size_t count, capacity;
    uint32_t word_count;
} Document;

/* A part of a document: pieces `from` to before `to`.  Of the first and the last piece, when they
 * are HTML, only the bytes from `html_from` on and before `html_to` count; UINT32_MAX is all. */
typedef struct Fragment {
    const Document *document;
    uint32_t from, to;
    uint32_t html_from, html_to;
} Fragment;

Fragment document_fragment(const Document *document, uint32_t from, uint32_t to);
Fragment document_all(const Document *document);

/* What is inside the block, item or inline block at `index`. */
Fragment document_inside(const Document *document, uint32_t index);

/* The words of the heading at `index`, without its tags. */
Fragment document_heading_words(const Document *document, uint32_t index);

/* What follows the heading at `index` up to the next of its level. */
Fragment document_section(const Document *document, uint32_t index);

/* A fragment of one paragraph without its <p> and </p>; others as they are. */
Fragment document_unwrapped(Fragment fragment);

/* The words of the first paragraph, without its tags, and what comes after it.  A fragment that
 * begins with no paragraph, or is unwrapped already, is all `first`. */
void document_split(Fragment fragment, Fragment *first, Fragment *rest);

/* Has it nothing but white space? */
bool fragment_is_empty(Fragment fragment);

/* Its words without tags, on one line. */
Text fragment_text(Arena *arena, Fragment fragment);

/* The next line of text in the paragraphs directly in `*rest`, with its tags; moves `*rest` past
 * it.  Lines end at the author's line ends and at the ends of paragraphs; lists, tables and blocks
 * are part of the line they follow. */
bool fragment_next_line(Fragment *rest, Fragment *line);

/* Who joins the document with the site.  Each writes HTML for a piece into `out` and gives false
 * when that failed, having reported it. */
typedef struct DocumentHooks {
    void *context;
    Text (*link)(void *context, const Document *document, const Piece *piece);
    /* The number of the note that spells the link out on paper; 0 when there is none.  May be NULL. */
    uint32_t (*note)(void *context, Text url);
    Text (*image)(void *context, const Document *document, const Piece *piece);
    bool (*piece)(void *context, const Document *document, uint32_t index, Buffer *out);
    uint8_t heading_shift;    /* added to every heading's level */
} DocumentHooks;

/* Write the fragment as HTML.  Blanks, tasks, blocks and inline blocks go to `hooks->piece`.
 * Without hooks (NULL) targets are written as they are, and those pieces left out. */
bool document_write(Fragment fragment, const DocumentHooks *hooks, Buffer *out);

/* From one process to another: what document_put wrote, and nothing else, is taken as it was. */
void document_put(Buffer *flat, const Document *document);
const Document *document_take(Arena *arena, FlatReader *reader);

#endif

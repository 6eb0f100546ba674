/* reader: what the parts of the Markdown reader share while md4c runs; see markdown.h.
 * markdown.c runs it, the other markdown_*.c turn its events into pieces, directives.c opens and
 * closes blocks, blanks.c makes places to write, headings.c and raw_html.c do what they say. */
#ifndef LECTERN_READER_H
#define LECTERN_READER_H

#include "../base/table.h"
#include "mask.h"

#include <md4c.h>

enum { READER_DEEPEST = 64, READER_NOWHERE = UINT32_MAX };

/* A block of Markdown's own that is open. */
typedef struct Frame {
    MD_BLOCKTYPE type;
    uint32_t piece;      /* its piece, or READER_NOWHERE */
    uint32_t serial;     /* tells this quotation or item from all others */
    bool is_tight;       /* of a list */
    bool is_alert;       /* a quotation that became a block */
    bool is_new;         /* of a quotation: nothing has been read in it yet */
    bool has_task;       /* of a loose item: its first paragraph begins with a box to tick */
    bool is_ticked;
    uint32_t task_offset;
    Text label;          /* of a list: the words before it */
} Frame;

/* A block of Lectern's that is open. */
typedef struct OpenBlock {
    uint32_t piece;
    uint32_t serial;     /* of the frame it was opened in */
    uint32_t offset;     /* of its opener, in the copy */
    bool is_hidden;      /* it, or a block around it, is left out of this edition */
} OpenBlock;

typedef struct OpenInline {
    uint32_t piece;
    uint32_t span_depth;
    uint32_t offset;
} OpenInline;

typedef struct Reader {
    Arena *arena;
    Diag *diag;
    const MarkdownOptions *options;
    Masked masked;
    Document *document;
    Buffer html;
    uint32_t html_start;       /* of the run that is no piece yet */
    size_t html_budget;        /* in bytes, for the HTML and all targets and titles together */
    size_t attribute_bytes;
    Buffer plain;              /* the words of the paragraph, heading, item or cell at hand */
    Text label;                /* the words of the last one */
    uint32_t frame_count, block_count, inline_count, serial;
    size_t next_mask;
    uint32_t skip_until;       /* text before this offset has been dealt with */
    uint32_t last_offset;      /* of the last text that stands in the file */
    uint32_t image_depth, span_depth, link_depth;
    uint32_t image_piece;
    Buffer alt;
    bool in_code_block, in_html_block, in_cell, in_paragraph, paragraph_is_open;
    bool has_own_paragraph;    /* the paragraph at hand is one that md4c left out: a tight item's */
    bool drop_break;           /* the next line end belongs to what was just taken out */
    bool task_is_open;         /* a <label> waits for its end */
    bool is_too_deep, is_too_large, is_too_wide;
    uint32_t paragraph_start, paragraph_pieces;
    uint32_t cell_blank;       /* the place to write in the cell at hand */
    uint32_t column;
    struct {
        Text *items;
        size_t count, capacity;
    } columns;                 /* the words over each column */
    Text row_label;
    uint32_t fence_piece;      /* a fenced block of Lectern's that is open */
    Buffer fence;
    Origin fence_origin;
    uint32_t fence_end;        /* where its text ends, in the copy */
    char fence_char;
    /* What is open, the innermost last: as many as are counted above. */
    Frame frames[READER_DEEPEST + 1];
    OpenBlock blocks[READER_DEEPEST];
    OpenInline inlines[16];
} Reader;

/* markdown_pieces.c: the document as it grows. */
Piece *reader_piece(Reader *reader, PieceKind kind, uint32_t offset);
void reader_flush(Reader *reader);
void reader_put(Reader *reader, const char *html);
Pos reader_pos(const Reader *reader, uint32_t offset);
uint32_t reader_serial(const Reader *reader);
uint32_t reader_line(const Reader *reader, uint32_t offset);
/* The words collected since the last paragraph, heading, item or cell began. */
Text reader_plain(Reader *reader);
void reader_begin_words(Reader *reader);
void reader_end_words(Reader *reader);
void reader_open_paragraph(Reader *reader);
void reader_close_paragraph(Reader *reader);
/* md4c leaves the paragraphs of tight list items out; in a block inside of one they are wanted. */
void reader_open_own_paragraph(Reader *reader);
void reader_close_own_paragraph(Reader *reader);
void reader_open_task(Reader *reader, uint32_t offset, bool is_ticked);
void reader_close_task(Reader *reader);

/* markdown_text.c: what the author wrote where md4c read, and md4c's text events. */
bool reader_is_in_copy(const Reader *reader, const char *bytes);
Text reader_as_written(const Reader *reader, const char *bytes, size_t size);
bool reader_is_over_budget(Reader *reader);
int reader_text(MD_TEXTTYPE type, const MD_CHAR *bytes, MD_SIZE size, void *reader);

/* markdown_blocks.c: md4c's other events. */
int reader_enter_block(MD_BLOCKTYPE type, void *detail, void *reader);
int reader_leave_block(MD_BLOCKTYPE type, void *detail, void *reader);
int reader_enter_span(MD_SPANTYPE type, void *detail, void *reader);
int reader_leave_span(MD_SPANTYPE type, void *detail, void *reader);

/* directives.c: what happens when md4c comes past a mask. */
void directive_meet(Reader *reader, Mask *mask, bool is_in_place);
void directive_inline_start(Reader *reader, const Mask *mask);
/* False when no inline block is open: then the bytes are text. */
bool directive_inline_end(Reader *reader, const Mask *mask);
void directive_close_inlines(Reader *reader);
/* End the paragraph that a block inside a tight list item was given, and what is open in it. */
void directive_close_own_paragraph(Reader *reader);
/* Close every block down to the one at `piece`; those inside it should have been closed before. */
void directive_close_until(Reader *reader, uint32_t piece);
void directive_close_all(Reader *reader);
/* A quotation that begins with [!NOTE] at `offset`: true when it became a block. */
bool directive_alert(Reader *reader, uint32_t offset);
/* Is what md4c comes past left out of this edition? */
bool directive_is_hidden(const Reader *reader);

/* blanks.c */
void blank_meet(Reader *reader, const Mask *mask);
/* Ids for places to write and boxes to tick, and the places of items in their lists. */
void blanks_finish(Reader *reader);

/* gaps.c: a gap to fill in, or a brace that is none. */
void gap_meet(Reader *reader, const Mask *mask);

/* raw_html.c: the author's own HTML, from `start` to `end` of the text. */
void raw_html_put(Reader *reader, uint32_t start, uint32_t end);

/* headings.c: ids, and how far each section goes. */
void headings_finish(Reader *reader);

#endif

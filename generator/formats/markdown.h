/* markdown: CommonMark with tables, task lists, strike-through, autolinks, footnotes, alerts,
 * heading attributes, blocks and places to write -> a Document, through md4c.
 * md4c sees a private copy in which what it does not know is masked, byte for
 * byte; what is printed always comes from the author's bytes.  docs/explanation/
 * markdown.md tells how and why. */
#ifndef LECTERN_MARKDOWN_H
#define LECTERN_MARKDOWN_H

#include "../base/diag.h"
#include "document.h"

enum {
    MARKDOWN_LARGEST_BYTES = 1 << 20,
    MARKDOWN_MOST_COLUMNS = 128
};

typedef struct MarkdownOptions {
    bool is_plain;         /* CommonMark and nothing else: no ids, blocks, places to write, warnings */
    bool is_note;          /* a footnote, in which references to others stay text */
    bool is_one_line;      /* a title: only what stands inside a line */
    bool escapes_html;     /* show the author's HTML as text */
    bool has_gaps;         /* `{word}` is a gap to fill in; `\{` is a brace */
    bool keeps_unknown;    /* unused here; handed on to who looks blocks up */
    /* Is what stands in this block left out of the edition that is made?  May be NULL. */
    bool (*is_hidden_block)(void *context, Text name);
    /* Is a fenced code block with this word one of Lectern's blocks?  May be NULL. */
    bool (*is_fenced_block)(void *context, Text word);
    /* The fenced block whose name is nearly this word, or "".  May be NULL. */
    Text (*near_fenced_block)(void *context, Text word);
    void *context;
} MarkdownOptions;

/* Read `text`, whose bytes were written where `origin` says.  Always gives a document; what was
 * wrong has been reported. */
const Document *markdown_read(Arena *arena, Text text, const Origin *origin,
                              const MarkdownOptions *options, Diag *diag);

/* The page's text, `source`, in which from `*start` to `*end` only what is inside the fenced block is
 * left: where it stands in a quotation, the marks before its lines are blank.  Positions are those of
 * `source`. */
Text markdown_fence(Arena *arena, Text source, const Block *block, size_t *start, size_t *end);

/* `{#id .class key=value key="two words"}` (RFC-less; as in Pandoc's attributes and the generic
 * directives proposal of CommonMark) from `{` to `}`.  Quoted values may hold anything but a line
 * end.  False, and `*bad` where it stopped making sense, when it is not of that form. */
bool markdown_attributes(Arena *arena, Text braces, uint32_t offset, uint32_t file,
                         Attributes *attributes, size_t *bad);

#endif

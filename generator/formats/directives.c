/* directives: blocks and inline blocks opened and closed, when md4c comes past their masks. */
#include "reader.h"

#include <string.h>

static void report_in_paragraph(Reader *reader, const Mask *mask)
{
    const Text line = text_slice(reader->masked.text, mask->start, mask->end);
    diag_error(reader->diag, reader_pos(reader, mask->start),
               "'%.*s' stands inside a paragraph or a table", TEXT_ARG(line));
    diag_help(reader->diag, "leave an empty line before it, and begin it no further to the right "
                            "than the text around it");
}

static bool report_opener(Reader *reader, const Mask *mask)
{
    const Pos pos = reader_pos(reader, mask->problem[0] == 'n' ? mask->start : mask->at);
    const char *colons = mask->block.has_content ? ":::" : "::";
    const Text name = mask->block.name;
    if (strcmp(mask->problem, "words") == 0) {
        diag_error(reader->diag, pos, "'%.*s' behind the name of a block", TEXT_ARG(mask->stray));
        diag_help(reader->diag, "a title goes in square brackets: `%s%.*s[%.*s]`", colons,
                  TEXT_ARG(name), TEXT_ARG(mask->stray));
    } else if (strcmp(mask->problem, "bracket") == 0) {
        diag_error(reader->diag, pos, "the `[` of a block's title is not closed");
        diag_help(reader->diag, "write `%s%.*s[Title]`, all on one line", colons, TEXT_ARG(name));
    } else if (strcmp(mask->problem, "brace") == 0) {
        diag_error(reader->diag, pos, "the `{` of a block's attributes is not closed");
        diag_help(reader->diag, "write `%s%.*s{key=value}`, all on one line", colons, TEXT_ARG(name));
    } else if (strcmp(mask->problem, "name") == 0) {
        diag_error(reader->diag, pos, "this block has no name");
        diag_help(reader->diag, "write `::: {.name}` or `:::name`");
    } else {
        diag_error(reader->diag, pos, "these attributes make no sense from here on");
        diag_help(reader->diag, "attributes are written `{key=value other=\"two words\" #id .class}`");
    }
    return false;
}

static Block *block_of(Reader *reader, const Mask *mask)
{
    Block *block = ARENA_NEW(reader->arena, Block);
    *block = mask->block;
    block->name = text_lower(reader->arena, block->name);
    block->title_offset = origin_source(&reader->masked.origin, block->title_offset);
    return block;
}

bool directive_is_hidden(const Reader *reader)
{
    return reader->block_count && reader->blocks[reader->block_count - 1].is_hidden;
}

static void open_block(Reader *reader, const Mask *mask)
{
    if (reader->block_count == READER_DEEPEST) {
        reader->is_too_deep = true;
        return;
    }
    reader_piece(reader, PIECE_BLOCK, mask->start)->block = block_of(reader, mask);
    const Text name = reader->document->items[reader->document->count - 1].block->name;
    const MarkdownOptions *options = reader->options;
    const bool is_hidden = directive_is_hidden(reader) ||
                           (options->is_hidden_block && options->is_hidden_block(options->context, name));
    reader->blocks[reader->block_count++] = (OpenBlock){.piece = (uint32_t)reader->document->count - 1,
                                                        .serial = reader_serial(reader),
                                                        .offset = mask->start,
                                                        .is_hidden = is_hidden};
}

static Text name_of(const Reader *reader, const OpenBlock *open)
{
    return reader->document->items[open->piece].block->name;
}

static void close_block(Reader *reader, const Mask *mask)
{
    if (reader->block_count == 0) {
        diag_error(reader->diag, reader_pos(reader, mask->start), "no block is open that this `:::` could close");
        diag_help(reader->diag, "take it out, or write `:::name` where the block begins");
        return;
    }
    reader_flush(reader);
    const OpenBlock *open = &reader->blocks[--reader->block_count];
    reader->document->items[open->piece].end = (uint32_t)reader->document->count;
    if (open->serial == reader_serial(reader))
        return;
    diag_error(reader->diag, reader_pos(reader, mask->start),
               "this `:::` and the `:::%.*s` of line %u that it closes are not in the same list item or quotation",
               TEXT_ARG(name_of(reader, open)), reader_line(reader, open->offset));
    diag_help(reader->diag, "begin both equally far to the right");
}

void directive_close_own_paragraph(Reader *reader)
{
    if (reader->has_own_paragraph)
        directive_close_inlines(reader);
    reader_close_own_paragraph(reader);
}

void directive_meet(Reader *reader, Mask *mask, bool is_in_place)
{
    if (!is_in_place) {
        report_in_paragraph(reader, mask);
        return;
    }
    directive_close_own_paragraph(reader);
    reader->drop_break = true;
    if (mask->kind == MASK_CLOSER)
        close_block(reader, mask);
    else if (mask->problem)
        report_opener(reader, mask);
    if (mask->kind == MASK_OPENER)
        open_block(reader, mask);
    else if (mask->kind == MASK_LEAF)
        reader_piece(reader, PIECE_BLOCK, mask->start)->block = block_of(reader, mask);
}

void directive_inline_start(Reader *reader, const Mask *mask)
{
    enum { MOST = sizeof reader->inlines / sizeof *reader->inlines };
    if (reader->inline_count == MOST) {
        diag_error(reader->diag, reader_pos(reader, mask->start), "blocks inside a line are nested more than %d deep", MOST);
        return;
    }
    Block *block = block_of(reader, mask);
    block->attributes = (Attributes){TEXT(""), TEXT(""), value_map()};
    reader_piece(reader, PIECE_INLINE, mask->start)->block = block;
    reader->inlines[reader->inline_count++] = (OpenInline){.piece = (uint32_t)reader->document->count - 1,
                                                           .span_depth = reader->span_depth,
                                                           .offset = mask->start};
}

static void report_inline(Reader *reader, const OpenInline *open, const char *what)
{
    const Block *block = reader->document->items[open->piece].block;
    diag_error(reader->diag, reader_pos(reader, open->offset), "`:%.*s[` %s", TEXT_ARG(block->name), what);
}

bool directive_inline_end(Reader *reader, const Mask *mask)
{
    if (reader->inline_count == 0)
        return false;
    reader_flush(reader);
    const OpenInline *open = &reader->inlines[--reader->inline_count];
    Piece *piece = &reader->document->items[open->piece];
    piece->end = (uint32_t)reader->document->count;
    ((Block *)piece->block)->attributes = mask->block.attributes;
    if (open->span_depth != reader->span_depth) {
        report_inline(reader, open, "begins and ends in different emphasis or links");
        diag_help(reader->diag, "put the stars or the link wholly inside or wholly outside of the brackets");
    }
    return true;
}

void directive_close_inlines(Reader *reader)
{
    while (reader->inline_count) {
        reader_flush(reader);
        const OpenInline *open = &reader->inlines[--reader->inline_count];
        reader->document->items[open->piece].end = (uint32_t)reader->document->count;
        report_inline(reader, open, "is not closed by `]` in the same paragraph");
    }
}

static void close_unclosed(Reader *reader, const OpenBlock *open)
{
    reader->document->items[open->piece].end = (uint32_t)reader->document->count;
    if (reader->is_too_deep || reader->is_too_large || reader->is_too_wide)
        return;
    diag_error(reader->diag, reader_pos(reader, open->offset), "`:::%.*s` is never closed",
               TEXT_ARG(name_of(reader, open)));
    diag_help(reader->diag, "write `:::` on a line of its own where it ends");
}

void directive_close_until(Reader *reader, uint32_t piece)
{
    reader_flush(reader);
    while (reader->block_count && reader->blocks[reader->block_count - 1].piece != piece)
        close_unclosed(reader, &reader->blocks[--reader->block_count]);
    if (reader->block_count)
        reader->block_count--;
}

void directive_close_all(Reader *reader)
{
    reader_flush(reader);
    while (reader->block_count)
        close_unclosed(reader, &reader->blocks[--reader->block_count]);
}

/* Alerts: `[!NOTE]`, perhaps with a title behind it, is all of a quotation's first line. */

static bool is_upper_word(Text word)
{
    for (size_t i = 0; i < word.length; i++)
        if (word.bytes[i] < 'A' || word.bytes[i] > 'Z')
            return false;
    return word.length > 0;
}

bool directive_alert(Reader *reader, uint32_t offset)
{
    Text line = text_after(reader->masked.text, offset);
    line = text_slice(line, 0, text_find_char(line, '\n'));
    const size_t close = text_find_char(line, ']');
    if (!text_starts(line, "[!") || close == line.length || !is_upper_word(text_slice(line, 2, close)) ||
        reader->block_count == READER_DEEPEST)
        return false;
    Frame *quote = &reader->frames[reader->frame_count - 2];
    Piece *piece = &reader->document->items[quote->piece];
    const Text title = text_trim(text_after(line, close + 1));
    Block *block = ARENA_NEW(reader->arena, Block);
    *block = (Block){.name = text_lower(reader->arena, text_slice(line, 2, close)),
                     .title = title,
                     .title_offset = origin_source(&reader->masked.origin, (uint32_t)(title.bytes - reader->masked.text.bytes)),
                     .has_content = true,
                     .attributes = {TEXT(""), TEXT(""), value_map()}};
    piece->kind = PIECE_BLOCK;
    piece->offset = origin_source(&reader->masked.origin, offset);
    piece->block = block;
    quote->is_alert = true;
    reader->blocks[reader->block_count++] = (OpenBlock){quote->piece, quote->serial, offset, directive_is_hidden(reader)};
    reader->skip_until = offset + (uint32_t)line.length;
    reader->drop_break = true;
    return true;
}

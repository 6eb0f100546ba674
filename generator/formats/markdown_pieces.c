/* markdown_pieces: the document as it grows: runs of HTML, pieces, paragraphs, boxes to tick. */
#include "reader.h"

#include "../base/bytes.h"

Pos reader_pos(const Reader *reader, uint32_t offset)
{
    return origin_pos(&reader->masked.origin, offset);
}

uint32_t reader_line(const Reader *reader, uint32_t offset)
{
    return diag_line(reader->diag, reader_pos(reader, offset));
}

uint32_t reader_serial(const Reader *reader)
{
    for (uint32_t i = reader->frame_count; i > 0; i--)
        if (reader->frames[i - 1].type == MD_BLOCK_QUOTE || reader->frames[i - 1].type == MD_BLOCK_LI)
            return reader->frames[i - 1].serial;
    return 0;
}

void reader_flush(Reader *reader)
{
    const uint32_t end = (uint32_t)reader->html.length;
    if (reader->html_start == end)
        return;
    Piece *piece = LIST_PUSH(reader->arena, reader->document);
    *piece = (Piece){.kind = PIECE_HTML, .html = {reader->html_start, end}};
    piece->end = (uint32_t)reader->document->count;
    reader->html_start = end;
}

Piece *reader_piece(Reader *reader, PieceKind kind, uint32_t offset)
{
    reader_flush(reader);
    Piece *piece = LIST_PUSH(reader->arena, reader->document);
    *piece = (Piece){.kind = kind,
                     .offset = origin_source(&reader->masked.origin, offset),
                     .depth = (uint16_t)(reader->frame_count + reader->block_count)};
    piece->end = (uint32_t)reader->document->count;
    return piece;
}

void reader_put(Reader *reader, const char *html)
{
    buffer_string(&reader->html, html);
}

/* The words collected since the last paragraph, heading, item or cell began. */
Text reader_plain(Reader *reader)
{
    return text_trim(buffer_text(&reader->plain));
}

void reader_begin_words(Reader *reader)
{
    if (reader->plain.length)
        reader->label = text_copy(reader->arena, reader_plain(reader));
    reader->plain.length = 0;
}

void reader_end_words(Reader *reader)
{
    const Text words = reader_plain(reader);
    for (size_t i = 0; i < words.length; i += BYTES_AT_ONCE)
        reader->document->word_count += bytes_count(bytes_at(words, i) == ' ');
    reader->document->word_count += words.length > 0;
    if (words.length)
        reader->label = text_copy(reader->arena, words);
    reader->plain.length = 0;
}

void reader_open_paragraph(Reader *reader)
{
    reader_flush(reader);
    reader->paragraph_start = (uint32_t)reader->html.length;
    reader_put(reader, "<p>");
    reader_flush(reader);
    reader->paragraph_pieces = (uint32_t)reader->document->count;
    reader->paragraph_is_open = true;
}

/* A paragraph of which nothing is left, as everything in it was a place to write, goes. */
void reader_close_paragraph(Reader *reader)
{
    if (!reader->paragraph_is_open)
        return;
    reader->paragraph_is_open = false;
    while (reader->html.length > reader->html_start && reader->html.bytes[reader->html.length - 1] == '\n')
        reader->html.length--;
    const bool is_empty = reader->document->count == reader->paragraph_pieces &&
                          reader->html.length == reader->paragraph_start + 3;
    if (!is_empty) {
        reader_put(reader, "</p>\n");
        return;
    }
    reader->document->count--;
    reader->html.length = reader->html_start = reader->paragraph_start;
}

/* md4c leaves the paragraphs of tight list items out; in a block inside of one they are wanted. */
void reader_open_own_paragraph(Reader *reader)
{
    const Frame *frame = reader->frame_count ? &reader->frames[reader->frame_count - 1] : NULL;
    if (!frame || frame->type != MD_BLOCK_LI || reader->block_count == 0 || reader->has_own_paragraph ||
        reader->blocks[reader->block_count - 1].serial != frame->serial)
        return;
    reader->has_own_paragraph = reader->in_paragraph = true;
    reader_open_paragraph(reader);
}

void reader_close_own_paragraph(Reader *reader)
{
    if (!reader->has_own_paragraph)
        return;
    reader->has_own_paragraph = reader->in_paragraph = false;
    reader_close_paragraph(reader);
}

void reader_close_task(Reader *reader)
{
    if (reader->task_is_open)
        reader_put(reader, "</label>");
    reader->task_is_open = false;
}

void reader_open_task(Reader *reader, uint32_t offset, bool is_ticked)
{
    reader_put(reader, "<label>");
    reader_piece(reader, PIECE_TASK, offset)->is_ticked = is_ticked;
    reader->task_is_open = true;
}

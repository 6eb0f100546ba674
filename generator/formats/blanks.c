/* blanks: runs of four or more underscores, which are places to write. */
#include "reader.h"

#include "../base/hash.h"

/* The end of a long label: what stands right before the place to write says most. */
static Text last_words(Text label)
{
    enum { LONGEST_BYTES = 300 };
    if (label.length <= LONGEST_BYTES)
        return label;
    size_t start = label.length - LONGEST_BYTES;
    while (start < label.length && label.bytes[start] != ' ')
        start++;
    return text_trim(text_after(label, start));
}

static Piece *add_blank(Reader *reader, const Mask *mask, BlankKind kind, Text label)
{
    Blank *blank = ARENA_NEW(reader->arena, Blank);
    *blank = (Blank){.kind = kind, .lines = 1, .label = text_copy(reader->arena, last_words(text_trim(label)))};
    Piece *piece = reader_piece(reader, PIECE_BLANK, mask->start);
    piece->blank = blank;
    return piece;
}

static void meet_in_cell(Reader *reader, const Mask *mask)
{
    if (reader->cell_blank != READER_NOWHERE) {
        Blank *blank = (Blank *)reader->document->items[reader->cell_blank].blank;
        blank->lines++;
        reader->html.length = reader->html_start;    /* the <br> between the two */
        return;
    }
    const Text row = reader->column ? reader->row_label : TEXT("");
    Blank *blank = (Blank *)add_blank(reader, mask, BLANK_CELL, row)->blank;
    blank->column = reader->column < reader->columns.count ? reader->columns.items[reader->column] : TEXT("");
    reader->cell_blank = (uint32_t)reader->document->count - 1;
}

/* The item that is open and holds nothing yet, or NULL. */
static const Frame *empty_item(const Reader *reader)
{
    for (uint32_t i = reader->frame_count; i > 0; i--) {
        const Frame *frame = &reader->frames[i - 1];
        if (frame->type == MD_BLOCK_LI)
            return reader->document->count == frame->piece + 1u && reader->plain.length == 0 ? frame : NULL;
        if (frame->type != MD_BLOCK_P)
            return NULL;
    }
    return NULL;
}

static bool goes_on(const Reader *reader)
{
    if (reader->document->count == 0 || reader->html.length > reader->html_start)
        return false;
    const Piece *last = &reader->document->items[reader->document->count - 1];
    return last->kind == PIECE_BLANK && last->blank->kind != BLANK_SHORT &&
           last->depth == reader->frame_count + reader->block_count;
}

static void drop_line_end(Reader *reader)
{
    while (reader->html.length > reader->html_start && reader->html.bytes[reader->html.length - 1] == '\n')
        reader->html.length--;
}

/* Lines of their own end the paragraph they stand in; what follows opens another. */
static void meet_alone(Reader *reader, const Mask *mask)
{
    drop_line_end(reader);
    if (goes_on(reader)) {
        ((Blank *)reader->document->items[reader->document->count - 1].blank)->lines++;
        return;
    }
    if (reader->in_paragraph && !reader->options->is_one_line)
        reader_close_paragraph(reader);
    const Frame *item = empty_item(reader);
    const Text words = reader_plain(reader);
    const Text label = item ? item[-1].label : words.length ? words : reader->label;
    add_blank(reader, mask, item ? BLANK_ITEM : BLANK_LINES, label);
}

void blank_meet(Reader *reader, const Mask *mask)
{
    const uint32_t type = reader->frame_count ? reader->frames[reader->frame_count - 1].type : MD_BLOCK_DOC;
    if (reader->in_cell)
        meet_in_cell(reader, mask);
    else if (mask->is_alone && type != MD_BLOCK_H && reader->span_depth == 0 && !reader->options->is_one_line)
        meet_alone(reader, mask);
    else {
        add_blank(reader, mask, BLANK_SHORT, reader_plain(reader).length ? reader_plain(reader) : reader->label);
        buffer_string(&reader->plain, "…");
    }
}

static void count_items(Document *document, uint32_t list)
{
    uint32_t count = 0, place = 0;
    for (uint32_t i = list + 1; i < document->items[list].end; i++)
        count += document->items[i].kind == PIECE_BLANK && document->items[i].blank->kind == BLANK_ITEM;
    for (uint32_t i = list + 1; i < document->items[list].end; i++) {
        const Piece *piece = &document->items[i];
        if (piece->kind != PIECE_BLANK || piece->blank->kind != BLANK_ITEM || piece->blank->count)
            continue;
        Blank *blank = (Blank *)piece->blank;
        blank->place = ++place;
        blank->count = count;
    }
}

/* An id that lasts as long as the words beside it: what is typed is kept under it. */
static Text id_from(Arena *arena, Table *ids, const char *prefix, Text words)
{
    const uint32_t digits = (uint32_t)hash_of(words).low;
    return table_unique(ids, text_format(arena, "%s%08x", prefix, digits));
}

static Text blank_words(Arena *arena, const Blank *blank)
{
    if (blank->kind != BLANK_CELL)
        return blank->label;
    return text_format(arena, "%.*s, %.*s", TEXT_ARG(blank->label), TEXT_ARG(blank->column));
}

static Text item_words(Reader *reader, uint32_t task)
{
    for (uint32_t i = task; i > 0; i--)
        if (reader->document->items[i - 1].kind == PIECE_ITEM && reader->document->items[i - 1].end > task)
            return fragment_text(reader->arena, document_inside(reader->document, i - 1));
    return TEXT("");
}

void blanks_finish(Reader *reader)
{
    Table ids = table_new(reader->arena);
    Document *document = reader->document;
    document->html = buffer_text(&reader->html);
    for (uint32_t i = 0; i < document->count; i++) {
        Piece *piece = &document->items[i];
        if (piece->kind == PIECE_LIST)
            count_items(document, i);
        else if (piece->kind == PIECE_BLANK)
            ((Blank *)piece->blank)->id = id_from(reader->arena, &ids, "w-", blank_words(reader->arena, piece->blank));
        else if (piece->kind == PIECE_TASK)
            piece->task.id = id_from(reader->arena, &ids, "t-", item_words(reader, i));
    }
}

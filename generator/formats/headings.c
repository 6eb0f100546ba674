/* headings: their ids, and how far each section goes. */
#include "reader.h"

#include "../base/unicode.h"

static void give_ids(Reader *reader)
{
    Table ids = table_new(reader->arena);
    Document *document = reader->document;
    for (uint32_t i = 0; i < document->count; i++) {
        Piece *piece = &document->items[i];
        if (piece->kind != PIECE_HEADING || !piece->heading.attributes || !piece->heading.attributes->id.length)
            continue;
        piece->heading.id = piece->heading.attributes->id;
        if (table_put(&ids, piece->heading.id, 1) != TABLE_NOTHING)
            diag_error(reader->diag, (Pos){document->file, piece->offset},
                       "two headings of this page have the id '%.*s'", TEXT_ARG(piece->heading.id));
    }
    for (uint32_t i = 0; i < document->count; i++) {
        Piece *piece = &document->items[i];
        if (piece->kind != PIECE_HEADING || piece->heading.id.length)
            continue;
        const Text id = unicode_heading_id(reader->arena, piece->heading.text);
        piece->heading.id = table_unique(&ids, id.length ? id : TEXT("section"));
    }
}

/* A section ends at the next heading of its level or above that stands in the same container, or
 * where the container ends. */
static uint32_t section_end(const Document *document, uint32_t heading, uint32_t container_end)
{
    const Piece *piece = &document->items[heading];
    for (uint32_t i = piece->heading.content_end; i < container_end; i++) {
        const Piece *next = &document->items[i];
        if (next->kind == PIECE_HEADING && next->depth == piece->depth && next->level <= piece->level)
            return i;
    }
    return container_end;
}

static void close_sections(Document *document, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        Piece *piece = &document->items[i];
        if (piece->kind == PIECE_HEADING)
            piece->end = section_end(document, i, to);
        else if ((piece->kind == PIECE_BLOCK || piece->kind == PIECE_ITEM) && piece->end > i + 1) {
            close_sections(document, i + 1, piece->end);
            i = piece->end - 1;
        }
    }
}

void headings_finish(Reader *reader)
{
    give_ids(reader);
    close_sections(reader->document, 0, (uint32_t)reader->document->count);
}

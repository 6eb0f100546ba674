/* document_flat: a Document that waits between two processes; see document.h. */
#include "document.h"

static void put_attributes(Buffer *flat, const Attributes *attributes)
{
    flat_put_text(flat, attributes->id);
    flat_put_text(flat, attributes->classes);
    flat_put_written(flat, &attributes->named, NULL);
}

static Attributes take_attributes(Arena *arena, FlatReader *reader)
{
    const Text id = flat_text(reader), classes = flat_text(reader);
    return (Attributes){id, classes, flat_written(arena, reader, NULL)};
}

static void put_origin(Buffer *flat, const Origin *origin)
{
    flat_put_u32(flat, origin->file);
    flat_put_u32(flat, (uint32_t)origin->count);
    for (size_t i = 0; i < origin->count; i++) {
        flat_put_u32(flat, origin->items[i].derived);
        flat_put_u32(flat, origin->items[i].source);
    }
}

static Origin take_origin(Arena *arena, FlatReader *reader)
{
    Origin origin = {.file = flat_u32(reader)};
    for (uint32_t count = flat_u32(reader); count > 0 && !reader->is_broken; count--) {
        const uint32_t derived = flat_u32(reader);
        origin_run(arena, &origin, derived, flat_u32(reader));
    }
    return origin;
}

static void put_block(Buffer *flat, const Block *block)
{
    flat_put_text(flat, block->name);
    flat_put_text(flat, block->title);
    flat_put_u32(flat, block->title_offset);
    flat_put_u8(flat, block->has_content);
    put_attributes(flat, &block->attributes);
    flat_put_u8(flat, block->raw.bytes != NULL);
    flat_put_text(flat, block->raw);
    put_origin(flat, &block->raw_origin);
}

static Block *take_block(Arena *arena, FlatReader *reader)
{
    Block *block = ARENA_NEW(arena, Block);
    block->name = flat_text(reader);
    block->title = flat_text(reader);
    block->title_offset = flat_u32(reader);
    block->has_content = flat_u8(reader);
    block->attributes = take_attributes(arena, reader);
    const bool is_fence = flat_u8(reader);
    block->raw = flat_text(reader);
    block->raw_origin = take_origin(arena, reader);
    if (!is_fence)
        block->raw = TEXT_NONE;
    return block;
}

static void put_blank(Buffer *flat, const Blank *blank)
{
    flat_put_u8(flat, (uint8_t)blank->kind);
    flat_put_u32(flat, blank->lines);
    flat_put_u32(flat, blank->place);
    flat_put_u32(flat, blank->count);
    flat_put_text(flat, blank->id);
    flat_put_text(flat, blank->label);
    flat_put_text(flat, blank->column);
}

static Blank *take_blank(Arena *arena, FlatReader *reader)
{
    Blank *blank = ARENA_NEW(arena, Blank);
    blank->kind = (BlankKind)flat_u8(reader);
    blank->lines = flat_u32(reader);
    blank->place = flat_u32(reader);
    blank->count = flat_u32(reader);
    blank->id = flat_text(reader);
    blank->label = flat_text(reader);
    blank->column = flat_text(reader);
    return blank;
}

static void put_heading(Buffer *flat, const Piece *piece)
{
    flat_put_text(flat, piece->heading.id);
    flat_put_text(flat, piece->heading.text);
    flat_put_u32(flat, piece->heading.content_end);
    flat_put_u8(flat, piece->heading.attributes != NULL);
    if (piece->heading.attributes)
        put_attributes(flat, piece->heading.attributes);
}

static void take_heading(Arena *arena, FlatReader *reader, Piece *piece)
{
    piece->heading.id = flat_text(reader);
    piece->heading.text = flat_text(reader);
    piece->heading.content_end = flat_u32(reader);
    if (!flat_u8(reader))
        return;
    Attributes *attributes = ARENA_NEW(arena, Attributes);
    *attributes = take_attributes(arena, reader);
    piece->heading.attributes = attributes;
}

static void put_piece(Buffer *flat, const Piece *piece)
{
    flat_put_u8(flat, (uint8_t)piece->kind);
    flat_put_u32(flat, piece->end);
    flat_put_u32(flat, piece->offset);
    flat_put_u32(flat, piece->depth);
    flat_put_u8(flat, piece->level);
    flat_put_u8(flat, (uint8_t)(piece->is_ticked | piece->is_ordered << 1 | piece->is_image << 2));
    switch (piece->kind) {
    case PIECE_HTML:
        flat_put_u32(flat, piece->html.start);
        flat_put_u32(flat, piece->html.end);
        return;
    case PIECE_LINK: case PIECE_IMAGE: case PIECE_ADDRESS:
        flat_put_text(flat, piece->link.target);
        flat_put_text(flat, piece->link.title);
        flat_put_text(flat, piece->link.alt);
        return;
    case PIECE_HEADING: put_heading(flat, piece); return;
    case PIECE_LIST: flat_put_u64(flat, (uint64_t)piece->list.start); return;
    case PIECE_ITEM: return;
    case PIECE_BLANK: put_blank(flat, piece->blank); return;
    case PIECE_TASK: flat_put_text(flat, piece->task.id); return;
    case PIECE_GAP: flat_put_text(flat, piece->gap); return;
    case PIECE_INLINE: case PIECE_BLOCK: put_block(flat, piece->block); return;
    }
}

static Piece take_piece(Arena *arena, FlatReader *reader)
{
    Piece piece = {.kind = (PieceKind)flat_u8(reader)};
    piece.end = flat_u32(reader);
    piece.offset = flat_u32(reader);
    piece.depth = (uint16_t)flat_u32(reader);
    piece.level = flat_u8(reader);
    const uint8_t flags = flat_u8(reader);
    piece.is_ticked = flags & 1;
    piece.is_ordered = flags & 2;
    piece.is_image = flags & 4;
    switch (piece.kind) {
    case PIECE_HTML:
        piece.html.start = flat_u32(reader);
        piece.html.end = flat_u32(reader);
        break;
    case PIECE_LINK: case PIECE_IMAGE: case PIECE_ADDRESS:
        piece.link.target = flat_text(reader);
        piece.link.title = flat_text(reader);
        piece.link.alt = flat_text(reader);
        break;
    case PIECE_HEADING: take_heading(arena, reader, &piece); break;
    case PIECE_LIST: piece.list.start = (int64_t)flat_u64(reader); break;
    case PIECE_ITEM: break;
    case PIECE_BLANK: piece.blank = take_blank(arena, reader); break;
    case PIECE_TASK: piece.task.id = flat_text(reader); break;
    case PIECE_GAP: piece.gap = flat_text(reader); break;
    case PIECE_INLINE: case PIECE_BLOCK: piece.block = take_block(arena, reader); break;
    }
    return piece;
}

void document_put(Buffer *flat, const Document *document)
{
    flat_put_u32(flat, document->file);
    flat_put_u32(flat, document->word_count);
    flat_put_text(flat, document->html);
    flat_put_u32(flat, (uint32_t)document->count);
    for (size_t i = 0; i < document->count; i++)
        put_piece(flat, &document->items[i]);
}

const Document *document_take(Arena *arena, FlatReader *reader)
{
    Document *document = ARENA_NEW(arena, Document);
    document->file = flat_u32(reader);
    document->word_count = flat_u32(reader);
    document->html = flat_text(reader);
    const size_t count = flat_u32(reader);
    LIST_RESERVE(arena, document, count + 1);
    while (document->count < count && !reader->is_broken)
        document->items[document->count++] = take_piece(arena, reader);
    return document;
}

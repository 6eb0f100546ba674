/* parsed: see parsed.h. */
#include "parsed.h"

#include "../base/spool.h"
#include "../script/fields.h"

#include <assert.h>

void parsed_open(Project *project, const char *folder)
{
    project->parsed = spool_open(project->arena, folder, project->sources.count);
}

void parsed_close(Project *project)
{
    spool_close(project->parsed);
    project->parsed = NULL;
}

static void put_fragment(Buffer *flat, Fragment fragment)
{
    flat_put_u32(flat, fragment.from);
    flat_put_u32(flat, fragment.to);
    flat_put_u32(flat, fragment.html_from);
    flat_put_u32(flat, fragment.html_to);
}

static Fragment take_fragment(FlatReader *reader, const Document *document)
{
    Fragment fragment = {.document = document};
    fragment.from = flat_u32(reader);
    fragment.to = flat_u32(reader);
    fragment.html_from = flat_u32(reader);
    fragment.html_to = flat_u32(reader);
    return fragment;
}

/* The only objects among a page's values are Html, each with a document of its own. */
static void put_html(Buffer *flat, const Value *object)
{
    const Fragment *fragment = object->object.data;
    assert(object->object.type == &html_value_type);
    document_put(flat, fragment->document);
    put_fragment(flat, *fragment);
}

static Value take_html(Arena *arena, FlatReader *reader)
{
    Fragment *fragment = ARENA_NEW(arena, Fragment);
    const Document *document = document_take(arena, reader);
    *fragment = take_fragment(reader, document);
    return value_object(&html_value_type, fragment);
}

/* The title may stand in the body, have a document of its own, or be none. */
enum { TITLE_NONE, TITLE_OF_BODY, TITLE_OF_ITS_OWN };

static void put_title(Buffer *flat, const PageRead *read)
{
    const Document *document = read->title_html.document;
    const uint8_t where = !document ? TITLE_NONE : document == read->body ? TITLE_OF_BODY : TITLE_OF_ITS_OWN;
    flat_put_text(flat, read->title);
    flat_put_u8(flat, where);
    if (where == TITLE_OF_ITS_OWN)
        document_put(flat, document);
    if (where != TITLE_NONE)
        put_fragment(flat, read->title_html);
}

static void take_title(Arena *arena, FlatReader *reader, PageRead *read)
{
    read->title = flat_text(reader);
    const uint8_t where = flat_u8(reader);
    if (where == TITLE_NONE)
        return;
    const Document *document = where == TITLE_OF_BODY ? read->body : document_take(arena, reader);
    read->title_html = take_fragment(reader, document);
}

/* What stands in a fenced block, and Markdown in a block's attributes, is read again when the block is made. */
static bool has_block_with_values(const Document *document)
{
    for (size_t i = 0; i < document->count; i++) {
        const Piece *piece = &document->items[i];
        if ((piece->kind == PIECE_BLOCK || piece->kind == PIECE_INLINE) && (piece->block->raw.bytes || piece->block->attributes.named.map.count))
            return true;
    }
    return false;
}

static bool needs_source(const PageRead *read)
{
    bool needs = read->body && has_block_with_values(read->body);
    for (size_t i = 0; !needs && i < read->checked.documents.count; i++)
        needs = has_block_with_values(read->checked.documents.items[i]);
    return needs;
}

void parsed_keep(Project *project, const Page *page, Arena *arena, const PageRead *read)
{
    Buffer flat = buffer_new(arena);
    if (!project->parsed || page->is_missing)
        return;
    flat_put_hash(&flat, read->hash);
    flat_put_text(&flat, read->type->name);
    flat_put_text(&flat, needs_source(read) ? read->source : TEXT(""));
    flat_put_written(&flat, &read->fields, put_html);
    flat_put_u8(&flat, read->body != NULL);
    if (read->body)
        document_put(&flat, read->body);
    flat_put_u32(&flat, read->body_from);
    flat_put_u8(&flat, read->heading_shift);
    put_title(&flat, read);
    spool_put(project->parsed, page->file, buffer_text(&flat));
}

void parsed_flush(Project *project)
{
    spool_flush(project->parsed);
}

bool parsed_take(Project *project, const Page *page, Arena *arena, PageRead *read)
{
    FlatReader reader = flat_reader(spool_take(project->parsed, arena, page->file));
    if (!reader.flat.bytes)
        return false;
    *read = (PageRead){.is_known = true, .hash = flat_hash(&reader)};
    read->type = script_plugin(project->script, TEXT(""), flat_text(&reader));
    read->source = flat_text(&reader);
    read->fields = flat_written(arena, &reader, take_html);
    if (flat_u8(&reader))
        read->body = document_take(arena, &reader);
    read->body_from = flat_u32(&reader);
    read->heading_shift = flat_u8(&reader);
    take_title(arena, &reader, read);
    return read->type && !reader.is_broken;
}

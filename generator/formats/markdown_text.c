/* markdown_text: text that md4c hands over, with the masks that it came past. */
#include "entities.h"
#include "reader.h"

bool reader_is_in_copy(const Reader *reader, const char *bytes)
{
    return bytes >= reader->masked.copy && bytes < reader->masked.copy + reader->masked.text.length;
}

/* What the author wrote where md4c read `bytes`. */
Text reader_as_written(const Reader *reader, const char *bytes, size_t size)
{
    if (!reader_is_in_copy(reader, bytes))
        return (Text){bytes, size};
    const size_t offset = (size_t)(bytes - reader->masked.copy);
    const size_t room = reader->masked.text.length - offset;
    return text_slice(reader->masked.text, offset, offset + (size < room ? size : room));
}

static void put_words(Reader *reader, Text words)
{
    if (reader->image_depth) {
        buffer_put(&reader->alt, words);
        return;
    }
    buffer_put(&reader->plain, words);
    buffer_html(&reader->html, words);
}

/* The next mask that begins before `end` and has not been passed at `start`. */
static Mask *mask_between(Reader *reader, uint32_t start, uint32_t end)
{
    while (reader->next_mask < reader->masked.masks.count) {
        Mask *mask = &reader->masked.masks.items[reader->next_mask];
        if (mask->start >= end)
            return NULL;
        if (mask->end > reader->skip_until && mask->end > start)
            return mask;
        reader->next_mask++;
    }
    return NULL;
}

static void put_note_reference(Reader *reader, const Mask *mask)
{
    Footnote *note = &reader->masked.notes.items[mask->note];
    if (!note->number) {
        uint32_t highest = 0;
        for (size_t i = 0; i < reader->masked.notes.count; i++)
            if (reader->masked.notes.items[i].number > highest)
                highest = reader->masked.notes.items[i].number;
        note->number = highest + 1;
    }
    note->uses++;
    note->is_seen = note->is_seen || !directive_is_hidden(reader);
    const uint32_t number = note->number;
    buffer_format(&reader->html, "<sup class=\"footnote-ref\"><a href=\"#fn-%u\" id=\"fnref-%u", number, number);
    if (note->uses > 1)
        buffer_format(&reader->html, "-%u", note->uses);
    buffer_format(&reader->html, "\">%u</a></sup>", number);
}

/* Deal with a mask that md4c came past in running text; false when its bytes are text after all. */
static bool meet(Reader *reader, Mask *mask, bool is_in_place)
{
    switch (mask->kind) {
    case MASK_OPENER: case MASK_CLOSER: case MASK_LEAF:
        directive_meet(reader, mask, is_in_place);
        return true;
    case MASK_INLINE_START:
        directive_inline_start(reader, mask);
        return true;
    case MASK_INLINE_END:
        return directive_inline_end(reader, mask);
    case MASK_BLANK:
        if (reader->link_depth)
            return false;
        blank_meet(reader, mask);
        return true;
    case MASK_NOTE:
        if (mask->note != UINT32_MAX)
            put_note_reference(reader, mask);
        else if (!reader->options->is_note)
            diag_warn(reader->diag, reader_pos(reader, mask->start), "there is no footnote '%.*s'", TEXT_ARG(mask->stray));
        return mask->note != UINT32_MAX;
    case MASK_SHORT_TABLE:
        diag_warn(reader->diag, reader_pos(reader, mask->start), "this is not read as a table");
        diag_help(reader->diag, "a table needs three dashes a column: `|---|---|`");
        return false;
    case MASK_GAP:
        gap_meet(reader, mask);
        return !mask->problem;
    case MASK_ATTRIBUTES:
        return false;
    }
    return false;
}

static void put_text(Reader *reader, uint32_t start, uint32_t end, bool is_html)
{
    const Text text = reader->masked.text;
    if (start < reader->skip_until)
        start = reader->skip_until < end ? reader->skip_until : end;
    while (start < end) {
        Mask *mask = mask_between(reader, start, end);
        const uint32_t stop = mask && mask->start > start ? mask->start : mask ? start : end;
        if (is_html && reader->options->is_plain)
            buffer_put(&reader->html, text_slice(text, start, stop));
        else if (is_html && !reader->options->escapes_html)
            raw_html_put(reader, start, stop);
        else
            put_words(reader, text_slice(text, start, stop));
        if (!mask)
            return;
        reader->next_mask++;
        const bool taken = !(is_html && mask->kind > MASK_LEAF) && !reader->image_depth &&
                           meet(reader, mask, is_html && reader->in_html_block);
        start = taken ? mask->end : stop;
        reader->skip_until = start > reader->skip_until ? start : reader->skip_until;
        if (!taken) {
            const uint32_t past = mask->end < end ? mask->end : end;
            put_words(reader, text_slice(text, start, past));
            start = past;
        }
    }
}

static void put_code(Reader *reader, Text words)
{
    if (reader->image_depth) {
        buffer_put(&reader->alt, words);
        return;
    }
    if (!reader->in_code_block)
        buffer_put(&reader->plain, words);
    buffer_html(&reader->html, words);
}

/* A line end that was added before `offset` is not the author's: take it out of code again. */
static void drop_added_line_end(Reader *reader, uint32_t offset)
{
    for (size_t i = 0; i < reader->masked.added.count; i++) {
        const uint32_t added = reader->masked.added.items[i];
        if (added < offset && added > reader->last_offset && reader->html.length &&
            reader->html.bytes[reader->html.length - 1] == '\n')
            reader->html.length--;
    }
}

static void put_entity(Reader *reader, Text entity)
{
    Buffer plain = buffer_new(reader->arena);
    if (entity_decode(entity, &plain))
        put_words(reader, buffer_text(&plain));
    else
        put_words(reader, entity);
}

static void put_line_end(Reader *reader, bool is_hard)
{
    if (reader->drop_break) {
        reader->drop_break = false;
        return;
    }
    if (reader->image_depth) {
        buffer_char(&reader->alt, is_hard ? ' ' : '\n');
        return;
    }
    if (reader->in_paragraph && !reader->paragraph_is_open)
        return;
    buffer_char(&reader->plain, ' ');
    reader_put(reader, is_hard ? "<br>\n" : "\n");
}

bool reader_is_over_budget(Reader *reader)
{
    if (reader->html.length + reader->alt.length + reader->attribute_bytes > reader->html_budget)
        reader->is_too_large = true;
    return reader->is_too_large || reader->is_too_deep || reader->is_too_wide;
}

/* Is this the first text of a quotation's first paragraph? */
static bool begins_quotation(Reader *reader)
{
    Frame *quote = reader->frame_count > 1 ? &reader->frames[reader->frame_count - 2] : NULL;
    if (!quote || !quote->is_new)
        return false;
    quote->is_new = false;
    return reader->frames[reader->frame_count - 1].type == MD_BLOCK_P;
}

/* A heading stands where its first words do. */
static void note_first_words(Reader *reader, uint32_t offset)
{
    const Frame *frame = reader->frame_count ? &reader->frames[reader->frame_count - 1] : NULL;
    if (!frame || frame->type != MD_BLOCK_H)
        return;
    Piece *piece = &reader->document->items[frame->piece];
    if (piece->offset == READER_NOWHERE)
        piece->offset = origin_source(&reader->masked.origin, offset);
}

static void put_in_copy(Reader *reader, MD_TEXTTYPE type, const char *bytes, size_t size)
{
    const uint32_t start = (uint32_t)(bytes - reader->masked.copy);
    const uint32_t end = start + (uint32_t)reader_as_written(reader, bytes, size).length;
    note_first_words(reader, start);
    if (begins_quotation(reader) && type == MD_TEXT_NORMAL && directive_alert(reader, start))
        return;
    if (type != MD_TEXT_HTML)
        reader_open_own_paragraph(reader);
    if (type != MD_TEXT_CODE && reader->in_paragraph && !reader->paragraph_is_open &&
        !mask_between(reader, start, start + 1))
        reader_open_paragraph(reader);
    if (type == MD_TEXT_CODE) {
        drop_added_line_end(reader, start);
        if (reader->in_paragraph && !reader->paragraph_is_open)
            reader_open_paragraph(reader);
        put_code(reader, text_slice(reader->masked.text, start, end));
    } else if (type == MD_TEXT_ENTITY && start >= reader->skip_until) {
        put_entity(reader, text_slice(reader->masked.text, start, end));
    } else {
        put_text(reader, start, end, type == MD_TEXT_HTML);
    }
    reader->last_offset = end;
}

static void put_fence(Reader *reader, const char *bytes, size_t size)
{
    if (reader_is_in_copy(reader, bytes))
        origin_run(reader->arena, &reader->fence_origin, (uint32_t)reader->fence.length,
                   origin_source(&reader->masked.origin, (uint32_t)(bytes - reader->masked.copy)));
    const Text written = reader_as_written(reader, bytes, size);
    if (reader_is_in_copy(reader, bytes))
        reader->fence_end = (uint32_t)(bytes - reader->masked.copy) + (uint32_t)written.length;
    buffer_put(&reader->fence, written);
}

int reader_text(MD_TEXTTYPE type, const MD_CHAR *bytes, MD_SIZE size, void *context)
{
    Reader *reader = context;
    if (reader_is_over_budget(reader))
        return -1;
    if (reader->fence_piece != READER_NOWHERE)
        put_fence(reader, bytes, size);
    else if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR)
        put_line_end(reader, type == MD_TEXT_BR);
    else if (type == MD_TEXT_NULLCHAR)
        put_words(reader, TEXT("\xEF\xBF\xBD"));
    else if (reader_is_in_copy(reader, bytes))
        put_in_copy(reader, type, bytes, size);
    else if (type == MD_TEXT_HTML && reader->drop_break)
        reader->drop_break = false;
    else if (type == MD_TEXT_HTML && !reader->options->escapes_html)
        buffer_bytes(&reader->html, bytes, size);
    else if (type == MD_TEXT_CODE)
        put_code(reader, (Text){bytes, size});
    else
        put_words(reader, (Text){bytes, size});
    return 0;
}

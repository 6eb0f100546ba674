/* markdown: see markdown.h.  md4c's events become pieces here. */
#include "markdown.h"

#include "../base/unicode.h"
#include "entities.h"
#include "reader.h"

#include <string.h>

/* Never wiki links, mathematics or underline: md4c 0.4.8 is not safe with them. */
enum { FLAGS = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_PERMISSIVEAUTOLINKS };

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

static void put(Reader *reader, const char *html)
{
    buffer_string(&reader->html, html);
}

/* The words collected since the last paragraph, heading, item or cell began. */
Text reader_plain(Reader *reader)
{
    return text_trim(buffer_text(&reader->plain));
}

static void begin_words(Reader *reader)
{
    if (reader->plain.length)
        reader->label = text_copy(reader->arena, reader_plain(reader));
    reader->plain.length = 0;
}

static void end_words(Reader *reader)
{
    const Text words = reader_plain(reader);
    for (size_t i = 0; i < words.length; i++)
        reader->document->word_count += words.bytes[i] == ' ';
    reader->document->word_count += words.length > 0;
    if (words.length)
        reader->label = text_copy(reader->arena, words);
    reader->plain.length = 0;
}

void reader_open_paragraph(Reader *reader)
{
    reader_flush(reader);
    reader->paragraph_start = (uint32_t)reader->html.length;
    put(reader, "<p>");
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
        put(reader, "</p>\n");
        return;
    }
    reader->document->count--;
    reader->html.length = reader->html_start = reader->paragraph_start;
}

/* md4c leaves the paragraphs of tight list items out; in a block inside of one they are wanted. */
static void open_own_paragraph(Reader *reader)
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
    directive_close_inlines(reader);
    reader->has_own_paragraph = reader->in_paragraph = false;
    reader_close_paragraph(reader);
}

static void close_task(Reader *reader)
{
    if (reader->task_is_open)
        put(reader, "</label>");
    reader->task_is_open = false;
}

static void open_task(Reader *reader, uint32_t offset, bool is_ticked)
{
    put(reader, "<label>");
    reader_piece(reader, PIECE_TASK, offset)->is_ticked = is_ticked;
    reader->task_is_open = true;
}

/* Text that md4c hands over. */

static bool is_in_copy(const Reader *reader, const char *bytes)
{
    return bytes >= reader->masked.copy && bytes < reader->masked.copy + reader->masked.text.length;
}

/* What the author wrote where md4c read `bytes`. */
static Text as_written(const Reader *reader, const char *bytes, size_t size)
{
    if (!is_in_copy(reader, bytes))
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
        put_note_reference(reader, mask);
        return true;
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
    put(reader, is_hard ? "<br>\n" : "\n");
}

static bool is_over_budget(Reader *reader)
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
    const uint32_t end = start + (uint32_t)as_written(reader, bytes, size).length;
    note_first_words(reader, start);
    if (begins_quotation(reader) && type == MD_TEXT_NORMAL && directive_alert(reader, start))
        return;
    if (type != MD_TEXT_HTML)
        open_own_paragraph(reader);
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
    if (is_in_copy(reader, bytes))
        origin_run(reader->arena, &reader->fence_origin, (uint32_t)reader->fence.length,
                   origin_source(&reader->masked.origin, (uint32_t)(bytes - reader->masked.copy)));
    buffer_put(&reader->fence, as_written(reader, bytes, size));
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *bytes, MD_SIZE size, void *context)
{
    Reader *reader = context;
    if (is_over_budget(reader))
        return -1;
    if (reader->fence_piece != READER_NOWHERE)
        put_fence(reader, bytes, size);
    else if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR)
        put_line_end(reader, type == MD_TEXT_BR);
    else if (type == MD_TEXT_NULLCHAR)
        put_words(reader, TEXT("\xEF\xBF\xBD"));
    else if (is_in_copy(reader, bytes))
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

/* Attributes of links, pictures and fences: entities resolved, written as the author did. */

static Text attribute_text(Reader *reader, const MD_ATTRIBUTE *attribute)
{
    Buffer plain = buffer_new(reader->arena);
    for (int i = 0; attribute->text && attribute->substr_offsets[i] < attribute->size; i++) {
        const MD_OFFSET start = attribute->substr_offsets[i];
        const MD_OFFSET end = attribute->substr_offsets[i + 1];
        const Text part = as_written(reader, attribute->text + start, end - start);
        if (attribute->substr_types[i] == MD_TEXT_NULLCHAR)
            buffer_string(&plain, "\xEF\xBF\xBD");
        else if (attribute->substr_types[i] != MD_TEXT_ENTITY || !entity_decode(part, &plain))
            buffer_put(&plain, part);
    }
    reader->attribute_bytes += plain.length;
    return buffer_text(&plain);
}

static uint32_t attribute_offset(const Reader *reader, const MD_ATTRIBUTE *attribute)
{
    if (attribute->text && attribute->size && is_in_copy(reader, attribute->text))
        return (uint32_t)(attribute->text - reader->masked.copy);
    return reader->last_offset;
}

/* Blocks of Markdown's own. */

static void push_frame(Reader *reader, MD_BLOCKTYPE type)
{
    if (reader->frame_count == READER_DEEPEST) {
        reader->is_too_deep = true;
        return;
    }
    const bool is_new = type == MD_BLOCK_QUOTE && !reader->options->is_plain;
    if (reader->frame_count && type != MD_BLOCK_P)
        reader->frames[reader->frame_count - 1].is_new = false;
    reader->frames[reader->frame_count++] =
        (Frame){.type = type, .piece = READER_NOWHERE, .serial = ++reader->serial, .is_new = is_new};
}

static Frame *top(Reader *reader)
{
    return &reader->frames[reader->frame_count - 1];
}

static void enter_list(Reader *reader, bool is_ordered, bool is_tight, unsigned start)
{
    begin_words(reader);
    Piece *piece = reader_piece(reader, PIECE_LIST, reader->last_offset);
    piece->is_ordered = is_ordered;
    piece->list.start = start;
    top(reader)->piece = (uint32_t)reader->document->count - 1;
    top(reader)->is_tight = is_tight;
    top(reader)->label = reader->label;
}

static void enter_item(Reader *reader, const MD_BLOCK_LI_DETAIL *detail)
{
    begin_words(reader);
    const bool is_tight = reader->frame_count > 1 && reader->frames[reader->frame_count - 2].is_tight;
    Piece *piece = reader_piece(reader, PIECE_ITEM, detail->is_task ? detail->task_mark_offset : reader->last_offset);
    piece->is_ticked = detail->is_task;
    top(reader)->piece = (uint32_t)reader->document->count - 1;
    if (detail->is_task && is_tight)
        open_task(reader, detail->task_mark_offset, detail->task_mark != ' ');
    top(reader)->has_task = detail->is_task && !is_tight;
    top(reader)->is_ticked = detail->task_mark != ' ';
    top(reader)->task_offset = detail->task_mark_offset;
}

static void enter_paragraph(Reader *reader)
{
    begin_words(reader);
    reader->in_paragraph = true;
    if (reader->options->is_one_line) {
        reader->paragraph_is_open = true;
        reader->paragraph_pieces = READER_NOWHERE;
        return;
    }
    reader_open_paragraph(reader);
    Frame *item = reader->frame_count > 1 ? &reader->frames[reader->frame_count - 2] : NULL;
    if (item && item->has_task) {
        open_task(reader, item->task_offset, item->is_ticked);
        item->has_task = false;
    }
}

static void leave_paragraph(Reader *reader)
{
    directive_close_inlines(reader);
    close_task(reader);
    end_words(reader);
    reader->in_paragraph = false;
    if (reader->options->is_one_line)
        reader->paragraph_is_open = false;
    else
        reader_close_paragraph(reader);
}

static void enter_code(Reader *reader, const MD_BLOCK_CODE_DETAIL *detail)
{
    const Text language = detail->lang.text ? attribute_text(reader, &detail->lang) : TEXT("");
    if (detail->fence_char && reader->options->is_fenced_block &&
        reader->options->is_fenced_block(reader->options->context, language)) {
        reader_piece(reader, PIECE_BLOCK, attribute_offset(reader, &detail->lang));
        reader->fence_piece = (uint32_t)reader->document->count - 1;
        reader->fence = buffer_new(reader->arena);
        reader->fence_origin = (Origin){.file = reader->masked.origin.file};
        Block *block = ARENA_NEW(reader->arena, Block);
        *block = (Block){.name = language, .title = TEXT(""), .attributes = {TEXT(""), TEXT(""), value_map()}};
        reader->document->items[reader->fence_piece].block = block;
        return;
    }
    reader->in_code_block = true;
    put(reader, "<pre><code");
    if (language.length) {
        put(reader, " class=\"language-");
        buffer_html(&reader->html, language);
        put(reader, "\"");
    }
    put(reader, ">");
}

static void leave_code(Reader *reader)
{
    if (reader->fence_piece != READER_NOWHERE) {
        Block *block = (Block *)reader->document->items[reader->fence_piece].block;
        block->raw = buffer_text(&reader->fence);
        block->raw_origin = reader->fence_origin;
        reader->fence_piece = READER_NOWHERE;
        return;
    }
    reader->in_code_block = false;
    put(reader, "</code></pre>\n");
}

static void enter_cell(Reader *reader, const char *tag, MD_ALIGN align)
{
    static const char *const names[] = {"", " class=\"align-left\"", " class=\"align-center\"", " class=\"align-right\""};
    begin_words(reader);
    reader->in_cell = true;
    reader->cell_blank = READER_NOWHERE;
    buffer_format(&reader->html, "<%s%s>", tag, names[align]);
}

static void leave_cell(Reader *reader, bool is_head)
{
    directive_close_inlines(reader);
    const Text words = text_copy(reader->arena, reader_plain(reader));
    if (is_head)
        *LIST_PUSH(reader->arena, &reader->columns) = words;
    if (reader->column == 0)
        reader->row_label = words;
    reader->column++;
    if (reader->columns.count > MARKDOWN_MOST_COLUMNS)
        reader->is_too_wide = true;
    end_words(reader);
    reader->in_cell = false;
    put(reader, is_head ? "</th>\n" : "</td>\n");
}

static void enter_heading(Reader *reader, unsigned level)
{
    begin_words(reader);
    Piece *piece = reader_piece(reader, PIECE_HEADING, READER_NOWHERE);
    piece->level = (uint8_t)level;
    piece->offset = READER_NOWHERE;
    top(reader)->piece = (uint32_t)reader->document->count - 1;
}

/* The attributes that stand behind the heading that ended at `last_offset`, or none. */
static const Attributes *heading_attributes(Reader *reader)
{
    for (size_t i = reader->next_mask; i < reader->masked.masks.count; i++) {
        Mask *mask = &reader->masked.masks.items[i];
        if (mask->kind != MASK_ATTRIBUTES)
            break;
        const Text between = text_slice(reader->masked.text, reader->last_offset,
                                        mask->start < reader->last_offset ? reader->last_offset : mask->start);
        if (text_find_char(between, '\n') < between.length)
            break;
        mask->is_claimed = true;
        return &mask->block.attributes;
    }
    return NULL;
}

static void leave_heading(Reader *reader, unsigned level)
{
    directive_close_inlines(reader);
    buffer_format(&reader->html, "</h%u>\n", level);
    reader_flush(reader);
    Piece *piece = &reader->document->items[top(reader)->piece];
    piece->heading.text = text_copy(reader->arena, reader_plain(reader));
    piece->heading.content_end = (uint32_t)reader->document->count;
    piece->heading.attributes = heading_attributes(reader);
    if (piece->offset == READER_NOWHERE)
        piece->offset = origin_source(&reader->masked.origin, reader->last_offset);
    end_words(reader);
}

static int on_enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    Reader *reader = context;
    if (is_over_budget(reader))
        return -1;
    reader_close_own_paragraph(reader);
    if (type != MD_BLOCK_DOC && type != MD_BLOCK_P)
        close_task(reader);
    push_frame(reader, type);
    if (reader->is_too_deep)
        return -1;
    switch (type) {
    case MD_BLOCK_DOC: break;
    case MD_BLOCK_QUOTE:
        reader_flush(reader);
        put(reader, "<blockquote>\n");
        reader_flush(reader);
        top(reader)->piece = (uint32_t)reader->document->count - 1;
        break;
    case MD_BLOCK_UL: enter_list(reader, false, ((MD_BLOCK_UL_DETAIL *)detail)->is_tight, 1); break;
    case MD_BLOCK_OL:
        enter_list(reader, true, ((MD_BLOCK_OL_DETAIL *)detail)->is_tight, ((MD_BLOCK_OL_DETAIL *)detail)->start);
        break;
    case MD_BLOCK_LI: enter_item(reader, detail); break;
    case MD_BLOCK_HR: put(reader, "<hr>\n"); break;
    case MD_BLOCK_H: enter_heading(reader, ((MD_BLOCK_H_DETAIL *)detail)->level); break;
    case MD_BLOCK_CODE: enter_code(reader, detail); break;
    case MD_BLOCK_HTML: reader->in_html_block = true; break;
    case MD_BLOCK_P: enter_paragraph(reader); break;
    case MD_BLOCK_TABLE: put(reader, "<div class=\"table\"><table>\n"); reader->columns.count = 0; break;
    case MD_BLOCK_THEAD: put(reader, "<thead>\n"); break;
    case MD_BLOCK_TBODY: put(reader, "<tbody>\n"); break;
    case MD_BLOCK_TR: put(reader, "<tr>\n"); reader->column = 0; break;
    case MD_BLOCK_TH: enter_cell(reader, "th", ((MD_BLOCK_TD_DETAIL *)detail)->align); break;
    case MD_BLOCK_TD: enter_cell(reader, "td", ((MD_BLOCK_TD_DETAIL *)detail)->align); break;
    }
    return 0;
}

static void leave_container(Reader *reader, const char *tag)
{
    put(reader, tag);
    reader_flush(reader);
    if (top(reader)->piece != READER_NOWHERE)
        reader->document->items[top(reader)->piece].end = (uint32_t)reader->document->count;
}

static void leave_item(Reader *reader)
{
    directive_close_inlines(reader);
    close_task(reader);
    end_words(reader);
    leave_container(reader, "</li>\n");
}

static void leave_quote(Reader *reader)
{
    if (top(reader)->is_alert)
        directive_close_until(reader, top(reader)->piece);
    leave_container(reader, top(reader)->is_alert ? "" : "</blockquote>\n");
}

static int on_leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    Reader *reader = context;
    reader_close_own_paragraph(reader);
    switch (type) {
    case MD_BLOCK_DOC: case MD_BLOCK_HR: break;
    case MD_BLOCK_QUOTE: leave_quote(reader); break;
    case MD_BLOCK_UL: leave_container(reader, "</ul>\n"); break;
    case MD_BLOCK_OL: leave_container(reader, "</ol>\n"); break;
    case MD_BLOCK_LI: leave_item(reader); break;
    case MD_BLOCK_H: leave_heading(reader, ((MD_BLOCK_H_DETAIL *)detail)->level); break;
    case MD_BLOCK_CODE: leave_code(reader); break;
    case MD_BLOCK_HTML: reader->in_html_block = reader->drop_break = false; break;
    case MD_BLOCK_P: leave_paragraph(reader); break;
    case MD_BLOCK_TABLE: put(reader, "</table></div>\n"); break;
    case MD_BLOCK_THEAD: put(reader, "</thead>\n"); break;
    case MD_BLOCK_TBODY: put(reader, "</tbody>\n"); break;
    case MD_BLOCK_TR: put(reader, "</tr>\n"); break;
    case MD_BLOCK_TH: leave_cell(reader, true); break;
    case MD_BLOCK_TD: leave_cell(reader, false); break;
    }
    reader->frame_count--;
    return is_over_budget(reader) ? -1 : 0;
}

/* Spans. */

static void enter_image(Reader *reader, const MD_SPAN_IMG_DETAIL *detail)
{
    if (reader->image_depth++)
        return;
    Piece *piece = reader_piece(reader, PIECE_IMAGE, attribute_offset(reader, &detail->src));
    piece->link.target = attribute_text(reader, &detail->src);
    piece->link.title = attribute_text(reader, &detail->title);
    reader->image_piece = (uint32_t)reader->document->count - 1;
    reader->alt = buffer_new(reader->arena);
}

static void leave_image(Reader *reader)
{
    if (--reader->image_depth)
        return;
    reader->document->items[reader->image_piece].link.alt = buffer_text(&reader->alt);
    buffer_put(&reader->plain, buffer_text(&reader->alt));
    reader->alt = (Buffer){0};
}

static void enter_link(Reader *reader, const MD_SPAN_A_DETAIL *detail)
{
    Piece *piece = reader_piece(reader, PIECE_LINK, attribute_offset(reader, &detail->href));
    piece->link.target = attribute_text(reader, &detail->href);
    piece->link.title = attribute_text(reader, &detail->title);
}

static int on_enter_span(MD_SPANTYPE type, void *detail, void *context)
{
    Reader *reader = context;
    reader->span_depth++;
    reader->link_depth += type == MD_SPAN_A;
    open_own_paragraph(reader);
    if (reader->frame_count > 1)
        reader->frames[reader->frame_count - 2].is_new = false;
    if (reader->in_paragraph && !reader->paragraph_is_open)
        reader_open_paragraph(reader);
    if (type == MD_SPAN_IMG) {
        enter_image(reader, detail);
    } else if (reader->image_depth == 0) {
        switch (type) {
        case MD_SPAN_EM: put(reader, "<em>"); break;
        case MD_SPAN_STRONG: put(reader, "<strong>"); break;
        case MD_SPAN_A: enter_link(reader, detail); break;
        case MD_SPAN_CODE: put(reader, "<code>"); break;
        case MD_SPAN_DEL: put(reader, "<del>"); break;
        default: break;
        }
    }
    return is_over_budget(reader) ? -1 : 0;
}

static int on_leave_span(MD_SPANTYPE type, void *detail, void *context)
{
    (void)detail;
    Reader *reader = context;
    reader->span_depth--;
    reader->link_depth -= type == MD_SPAN_A;
    if (type == MD_SPAN_IMG) {
        leave_image(reader);
    } else if (reader->image_depth == 0) {
        switch (type) {
        case MD_SPAN_EM: put(reader, "</em>"); break;
        case MD_SPAN_STRONG: put(reader, "</strong>"); break;
        case MD_SPAN_A: put(reader, "</a>"); break;
        case MD_SPAN_CODE: put(reader, "</code>"); break;
        case MD_SPAN_DEL: put(reader, "</del>"); break;
        default: break;
        }
    }
    return 0;
}

/* Running md4c, and what comes after. */

static void start(Reader *reader)
{
    reader->document->count = 0;
    reader->html = buffer_new(reader->arena);
    reader->plain = buffer_new(reader->arena);
    reader->html_budget = (size_t)64 * reader->masked.text.length + (1 << 20);
    reader->fence_piece = reader->cell_blank = READER_NOWHERE;
    reader->label = TEXT("");
    buffer_reserve(&reader->html, reader->masked.text.length + reader->masked.text.length / 4 + 64);
}

/* md4c 0.4.8 reads past a text that does not end in a line end. */
static size_t size_for_md4c(const Masked *masked)
{
    return masked->text.length + !text_ends(masked->text, "\n");
}

static void run(Reader *reader)
{
    const MD_PARSER parser = {.flags = reader->options->is_plain ? 0 : FLAGS,
                              .enter_block = on_enter_block,
                              .leave_block = on_leave_block,
                              .enter_span = on_enter_span,
                              .leave_span = on_leave_span,
                              .text = on_text};
    start(reader);
    md_parse(reader->masked.copy, (MD_SIZE)size_for_md4c(&reader->masked), &parser, reader);
    directive_close_all(reader);
    reader_flush(reader);
}

static bool has_unclaimed_attributes(Reader *reader)
{
    bool found = false;
    for (size_t i = 0; i < reader->masked.masks.count; i++) {
        Mask *mask = &reader->masked.masks.items[i];
        if (mask->kind != MASK_ATTRIBUTES || mask->is_claimed)
            continue;
        mask_undo(&reader->masked, mask);
        mask->end = mask->start;
        found = true;
    }
    return found;
}

static void report_limits(Reader *reader)
{
    const Pos pos = reader_pos(reader, reader->last_offset);
    if (reader->is_too_deep)
        diag_error(reader->diag, pos, "lists and quotations are nested more than %d deep", READER_DEEPEST / 2);
    else if (reader->is_too_wide)
        diag_error(reader->diag, pos, "a table has more than %d columns", MARKDOWN_MOST_COLUMNS);
    else if (reader->is_too_large)
        diag_error(reader->diag, pos, "this page becomes far larger than what is written in it");
}

static Reader *reader_new(Arena *arena, const Masked *masked, const MarkdownOptions *options, Diag *diag)
{
    Reader *reader = ARENA_NEW(arena, Reader);
    reader->arena = arena;
    reader->diag = diag;
    reader->options = options;
    reader->masked = *masked;
    reader->document = ARENA_NEW(arena, Document);
    reader->document->file = masked->origin.file;
    return reader;
}

static void append(Reader *reader, const Document *more)
{
    reader_flush(reader);
    const uint32_t html = (uint32_t)reader->html.length, base = (uint32_t)reader->document->count;
    buffer_put(&reader->html, more->html);
    reader->html_start = (uint32_t)reader->html.length;
    for (size_t i = 0; i < more->count; i++) {
        Piece *piece = LIST_PUSH(reader->arena, reader->document);
        *piece = more->items[i];
        piece->end += base;
        if (piece->kind == PIECE_HTML) {
            piece->html.start += html;
            piece->html.end += html;
        } else if (piece->kind == PIECE_HEADING) {
            piece->heading.content_end += base;
        }
    }
}

/* The footnotes in the order of their numbers, each read on its own with the page's definitions. */
static void write_notes(Reader *reader)
{
    Masked *masked = &reader->masked;
    bool is_open = false;
    for (uint32_t number = 1; number <= masked->notes.count; number++) {
        for (size_t i = 0; i < masked->notes.count; i++) {
            const Footnote *note = &masked->notes.items[i];
            if (note->number != number)
                continue;
            if (!is_open)
                put(reader, "<section class=\"footnotes\">\n<ol>\n");
            is_open = true;
            const Text text = text_format(reader->arena, "%.*s\n%.*s", TEXT_ARG(note->text), TEXT_ARG(masked->definitions));
            buffer_format(&reader->html, "<li id=\"fn-%u\">\n", number);
            append(reader, markdown_read(reader->arena, text, &note->origin, reader->options, reader->diag));
            buffer_format(&reader->html, "<a class=\"footnote-back\" href=\"#fnref-%u\">↩ %u</a>\n</li>\n", number, number);
        }
    }
    if (is_open)
        put(reader, "</ol>\n</section>\n");
    reader_flush(reader);
}

static void warn_unused_notes(Reader *reader)
{
    for (size_t i = 0; i < reader->masked.notes.count; i++) {
        const Footnote *note = &reader->masked.notes.items[i];
        if (!note->number)
            diag_warn(reader->diag, reader_pos(reader, note->offset),
                      "nothing refers to the footnote '%.*s'", TEXT_ARG(note->label));
    }
}

const Document *markdown_read(Arena *arena, Text text, const Origin *origin,
                              const MarkdownOptions *options, Diag *diag)
{
    Masked masked;
    if (text.length > MARKDOWN_LARGEST_BYTES) {
        diag_error(diag, origin_pos(origin, 0), "this page is larger than %d KiB", MARKDOWN_LARGEST_BYTES >> 10);
        text.length = 0;
    }
    mask_text(arena, text, origin, options->is_plain, &masked);
    Reader *reader = reader_new(arena, &masked, options, diag);
    const size_t problems = diag->count, errors = diag->error_count;
    run(reader);
    if (has_unclaimed_attributes(reader)) {
        const Masked undone = reader->masked;
        diag->count = problems;
        diag->error_count = errors;
        reader = reader_new(arena, &undone, options, diag);
        run(reader);
    }
    report_limits(reader);
    write_notes(reader);
    warn_unused_notes(reader);
    headings_finish(reader);
    blanks_finish(reader);
    reader->document->html = buffer_text(&reader->html);
    return reader->document;
}

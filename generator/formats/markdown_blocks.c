/* markdown_blocks: md4c's blocks and spans become pieces. */
#include "entities.h"
#include "reader.h"

/* Attributes of links, pictures and fences: entities resolved, written as the author did. */

static Text attribute_text(Reader *reader, const MD_ATTRIBUTE *attribute)
{
    Buffer plain = buffer_new(reader->arena);
    for (int i = 0; attribute->text && attribute->substr_offsets[i] < attribute->size; i++) {
        const MD_OFFSET start = attribute->substr_offsets[i];
        const MD_OFFSET end = attribute->substr_offsets[i + 1];
        const Text part = reader_as_written(reader, attribute->text + start, end - start);
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
    if (attribute->text && attribute->size && reader_is_in_copy(reader, attribute->text))
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
    reader_begin_words(reader);
    Piece *piece = reader_piece(reader, PIECE_LIST, reader->last_offset);
    piece->is_ordered = is_ordered;
    piece->list.start = start;
    top(reader)->piece = (uint32_t)reader->document->count - 1;
    top(reader)->is_tight = is_tight;
    top(reader)->label = reader->label;
}

static void enter_item(Reader *reader, const MD_BLOCK_LI_DETAIL *detail)
{
    reader_begin_words(reader);
    const bool is_tight = reader->frame_count > 1 && reader->frames[reader->frame_count - 2].is_tight;
    Piece *piece = reader_piece(reader, PIECE_ITEM, detail->is_task ? detail->task_mark_offset : reader->last_offset);
    piece->is_ticked = detail->is_task;
    top(reader)->piece = (uint32_t)reader->document->count - 1;
    if (detail->is_task && is_tight)
        reader_open_task(reader, detail->task_mark_offset, detail->task_mark != ' ');
    top(reader)->has_task = detail->is_task && !is_tight;
    top(reader)->is_ticked = detail->task_mark != ' ';
    top(reader)->task_offset = detail->task_mark_offset;
}

static void enter_paragraph(Reader *reader)
{
    reader_begin_words(reader);
    reader->in_paragraph = true;
    if (reader->options->is_one_line) {
        reader->paragraph_is_open = true;
        reader->paragraph_pieces = READER_NOWHERE;
        return;
    }
    reader_open_paragraph(reader);
    Frame *item = reader->frame_count > 1 ? &reader->frames[reader->frame_count - 2] : NULL;
    if (item && item->has_task) {
        reader_open_task(reader, item->task_offset, item->is_ticked);
        item->has_task = false;
    }
}

static void leave_paragraph(Reader *reader)
{
    directive_close_inlines(reader);
    reader_close_task(reader);
    reader_end_words(reader);
    reader->in_paragraph = false;
    if (reader->options->is_one_line)
        reader->paragraph_is_open = false;
    else
        reader_close_paragraph(reader);
}

/* A misspelt `quiz` would show its answers to everybody. */
static void warn_of_near_block(Reader *reader, const MD_BLOCK_CODE_DETAIL *detail, Text language)
{
    const MarkdownOptions *options = reader->options;
    const Text near = detail->fence_char && language.length && options->near_fenced_block
                          ? options->near_fenced_block(options->context, language) : TEXT("");
    if (!near.length)
        return;
    diag_error(reader->diag, origin_pos(&reader->masked.origin, (uint32_t)(detail->lang.text - reader->masked.copy)),
               "no fenced block is called '%.*s'", TEXT_ARG(language));
    diag_help(reader->diag, "did you mean `%.*s`?", TEXT_ARG(near));
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
        reader->fence_end = reader_is_in_copy(reader, detail->lang.text) ? (uint32_t)(detail->lang.text - reader->masked.copy) : 0;
        reader->fence_char = detail->fence_char;
        Block *block = ARENA_NEW(reader->arena, Block);
        *block = (Block){.name = language, .title = TEXT(""), .attributes = {TEXT(""), TEXT(""), value_map()}};
        reader->document->items[reader->fence_piece].block = block;
        return;
    }
    warn_of_near_block(reader, detail, language);
    reader->in_code_block = true;
    reader_put(reader, "<pre><code");
    if (language.length) {
        reader_put(reader, " class=\"language-");
        buffer_html(&reader->html, language);
        reader_put(reader, "\"");
    }
    reader_put(reader, ">");
}

/* md4c lets a fence that is not closed end with what it stands in. */
static bool fence_is_closed(const Reader *reader)
{
    const Text text = reader->masked.text;
    const char mark[] = {reader->fence_char, reader->fence_char, reader->fence_char, '\0'};
    Text rest = text_after(text, reader->fence_end), line;
    for (text_next_line(&rest, &line); text_next_line(&rest, &line);) {
        size_t at = 0;
        while (at < line.length && (byte_is_blank(line.bytes[at]) || line.bytes[at] == '>'))
            at++;
        if (at < line.length)
            return text_starts(text_after(line, at), mark);
    }
    return false;
}

static void end_fence(Reader *reader)
{
    Piece *piece = &reader->document->items[reader->fence_piece];
    Block *block = (Block *)piece->block;
    block->raw = buffer_text(&reader->fence);
    block->raw_origin = reader->fence_origin;
    reader->fence_piece = READER_NOWHERE;
    if (fence_is_closed(reader))
        return;
    diag_error(reader->diag, (Pos){reader->document->file, piece->offset}, "this block '%.*s' is never closed", TEXT_ARG(block->name));
    diag_help(reader->diag, "write %c%c%c on a line of its own behind it", reader->fence_char, reader->fence_char, reader->fence_char);
    block->name = TEXT("");    /* what else is wrong with it comes of that */
}

static void leave_code(Reader *reader)
{
    if (reader->fence_piece != READER_NOWHERE) {
        end_fence(reader);
        return;
    }
    reader->in_code_block = false;
    reader_put(reader, "</code></pre>\n");
}

static void enter_cell(Reader *reader, const char *tag, MD_ALIGN align)
{
    static const char *const names[] = {"", " class=\"align-left\"", " class=\"align-center\"", " class=\"align-right\""};
    reader_begin_words(reader);
    reader->in_cell = true;
    reader->cell_blank = READER_NOWHERE;
    reader_put(reader, tag);
    reader_put(reader, names[align]);
    reader_put(reader, ">");
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
    reader_end_words(reader);
    reader->in_cell = false;
    reader_put(reader, is_head ? "</th>\n" : "</td>\n");
}

static void enter_heading(Reader *reader, unsigned level)
{
    reader_begin_words(reader);
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
    reader_put(reader, "</h");
    buffer_integer(&reader->html, level);
    reader_put(reader, ">\n");
    reader_flush(reader);
    Piece *piece = &reader->document->items[top(reader)->piece];
    piece->heading.text = text_copy(reader->arena, reader_plain(reader));
    piece->heading.content_end = (uint32_t)reader->document->count;
    piece->heading.attributes = heading_attributes(reader);
    if (piece->offset == READER_NOWHERE)
        piece->offset = origin_source(&reader->masked.origin, reader->last_offset);
    reader_end_words(reader);
}

int reader_enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    Reader *reader = context;
    if (reader_is_over_budget(reader))
        return -1;
    directive_close_own_paragraph(reader);
    if (type != MD_BLOCK_DOC && type != MD_BLOCK_P)
        reader_close_task(reader);
    push_frame(reader, type);
    if (reader->is_too_deep)
        return -1;
    switch (type) {
    case MD_BLOCK_DOC: break;
    case MD_BLOCK_QUOTE:
        reader_flush(reader);
        reader_put(reader, "<blockquote>\n");
        reader_flush(reader);
        top(reader)->piece = (uint32_t)reader->document->count - 1;
        break;
    case MD_BLOCK_UL: enter_list(reader, false, ((MD_BLOCK_UL_DETAIL *)detail)->is_tight, 1); break;
    case MD_BLOCK_OL:
        enter_list(reader, true, ((MD_BLOCK_OL_DETAIL *)detail)->is_tight, ((MD_BLOCK_OL_DETAIL *)detail)->start);
        break;
    case MD_BLOCK_LI: enter_item(reader, detail); break;
    case MD_BLOCK_HR: reader_put(reader, "<hr>\n"); break;
    case MD_BLOCK_H: enter_heading(reader, ((MD_BLOCK_H_DETAIL *)detail)->level); break;
    case MD_BLOCK_CODE: enter_code(reader, detail); break;
    case MD_BLOCK_HTML: reader->in_html_block = true; break;
    case MD_BLOCK_P: enter_paragraph(reader); break;
    case MD_BLOCK_TABLE: reader_put(reader, "<div class=\"table\"><table>\n"); reader->columns.count = 0; break;
    case MD_BLOCK_THEAD: reader_put(reader, "<thead>\n"); break;
    case MD_BLOCK_TBODY: reader_put(reader, "<tbody>\n"); break;
    case MD_BLOCK_TR: reader_put(reader, "<tr>\n"); reader->column = 0; break;
    case MD_BLOCK_TH: enter_cell(reader, "<th", ((MD_BLOCK_TD_DETAIL *)detail)->align); break;
    case MD_BLOCK_TD: enter_cell(reader, "<td", ((MD_BLOCK_TD_DETAIL *)detail)->align); break;
    }
    return 0;
}

static void leave_container(Reader *reader, const char *tag)
{
    reader_put(reader, tag);
    reader_flush(reader);
    if (top(reader)->piece != READER_NOWHERE)
        reader->document->items[top(reader)->piece].end = (uint32_t)reader->document->count;
}

static void leave_item(Reader *reader)
{
    directive_close_inlines(reader);
    reader_close_task(reader);
    reader_end_words(reader);
    leave_container(reader, "</li>\n");
}

static void leave_quote(Reader *reader)
{
    if (top(reader)->is_alert)
        directive_close_until(reader, top(reader)->piece);
    leave_container(reader, top(reader)->is_alert ? "" : "</blockquote>\n");
}

int reader_leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    Reader *reader = context;
    directive_close_own_paragraph(reader);
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
    case MD_BLOCK_TABLE: reader_put(reader, "</table></div>\n"); break;
    case MD_BLOCK_THEAD: reader_put(reader, "</thead>\n"); break;
    case MD_BLOCK_TBODY: reader_put(reader, "</tbody>\n"); break;
    case MD_BLOCK_TR: reader_put(reader, "</tr>\n"); break;
    case MD_BLOCK_TH: leave_cell(reader, true); break;
    case MD_BLOCK_TD: leave_cell(reader, false); break;
    }
    reader->frame_count--;
    return reader_is_over_budget(reader) ? -1 : 0;
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

int reader_enter_span(MD_SPANTYPE type, void *detail, void *context)
{
    Reader *reader = context;
    reader->span_depth++;
    reader->link_depth += type == MD_SPAN_A;
    reader_open_own_paragraph(reader);
    if (reader->frame_count > 1)
        reader->frames[reader->frame_count - 2].is_new = false;
    if (reader->in_paragraph && !reader->paragraph_is_open)
        reader_open_paragraph(reader);
    if (type == MD_SPAN_IMG) {
        enter_image(reader, detail);
    } else if (reader->image_depth == 0) {
        switch (type) {
        case MD_SPAN_EM: reader_put(reader, "<em>"); break;
        case MD_SPAN_STRONG: reader_put(reader, "<strong>"); break;
        case MD_SPAN_A: enter_link(reader, detail); break;
        case MD_SPAN_CODE: reader_put(reader, "<code>"); break;
        case MD_SPAN_DEL: reader_put(reader, "<del>"); break;
        default: break;
        }
    }
    return reader_is_over_budget(reader) ? -1 : 0;
}

int reader_leave_span(MD_SPANTYPE type, void *detail, void *context)
{
    (void)detail;
    Reader *reader = context;
    reader->span_depth--;
    reader->link_depth -= type == MD_SPAN_A;
    if (type == MD_SPAN_IMG) {
        leave_image(reader);
    } else if (reader->image_depth == 0) {
        switch (type) {
        case MD_SPAN_EM: reader_put(reader, "</em>"); break;
        case MD_SPAN_STRONG: reader_put(reader, "</strong>"); break;
        case MD_SPAN_A: reader_put(reader, "</a>"); break;
        case MD_SPAN_CODE: reader_put(reader, "</code>"); break;
        case MD_SPAN_DEL: reader_put(reader, "</del>"); break;
        default: break;
        }
    }
    return 0;
}

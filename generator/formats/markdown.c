/* markdown: see markdown.h.  Runs md4c over a masked copy, and finishes the document. */
#include "markdown.h"

#include "../base/bytes.h"

#include "reader.h"

#include <string.h>

/* Never wiki links, mathematics or underline: md4c 0.4.8 is not safe with them. */
enum { FLAGS = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_PERMISSIVEAUTOLINKS };

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

static Bytes may_mean_something(Bytes bytes)
{
    return (bytes < ' ') | (bytes == '#') | (bytes == '$') | (bytes == '&') | ((bytes >= '*') & (bytes <= '+')) | (bytes == '/') | (bytes == ':') |
           ((bytes >= '<') & (bytes <= '>')) | (bytes == '@') | ((bytes >= '[') & (bytes <= '`')) | ((bytes >= '{') & (bytes <= 0x7F));
}

/* `2 days` are words, `2. Days` is a list. */
static bool begins_with_word(Text text)
{
    size_t digits = 0;
    while (digits < text.length && byte_is_digit(text.bytes[digits]))
        digits++;
    return digits < text.length && (digits ? text.bytes[digits] == ' ' : byte_is_letter(text.bytes[0]));
}

/* One line in which no sign means anything to Markdown, as most texts of a quiz are. */
static bool is_mere_words(Text text)
{
    return begins_with_word(text) && text.bytes[text.length - 1] != ' ' &&
           bytes_until(text, 0, may_mean_something) == text.length && text_find(text, "www.") == text.length;
}

/* What md4c would say of a paragraph of such words. */
static void read_mere_words(Reader *reader)
{
    reader_enter_block(MD_BLOCK_DOC, NULL, reader);
    reader_enter_block(MD_BLOCK_P, NULL, reader);
    reader_text(MD_TEXT_NORMAL, reader->masked.copy, (MD_SIZE)reader->masked.text.length, reader);
    reader_leave_block(MD_BLOCK_P, NULL, reader);
    reader_leave_block(MD_BLOCK_DOC, NULL, reader);
}

static void run(Reader *reader)
{
    const MD_PARSER parser = {.flags = reader->options->is_plain ? 0 : FLAGS,
                              .enter_block = reader_enter_block,
                              .leave_block = reader_leave_block,
                              .enter_span = reader_enter_span,
                              .leave_span = reader_leave_span,
                              .text = reader_text};
    start(reader);
    if (is_mere_words(reader->masked.text))
        read_mere_words(reader);
    else
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
    uint32_t at = reader->last_offset;
    while (at < reader->masked.text.length && (byte_is_blank(reader->masked.text.bytes[at]) || reader->masked.text.bytes[at] == '\n'))
        at++;
    const Pos pos = reader_pos(reader, at);
    if (reader->is_too_deep)
        diag_error(reader->diag, pos, "lists and quotations are nested more than %d deep", READER_DEEPEST / 2);
    else if (reader->is_too_wide)
        diag_error(reader->diag, pos, "a table has more than %d columns", MARKDOWN_MOST_COLUMNS);
    else if (reader->is_too_large)
        diag_error(reader->diag, pos, "this page becomes far larger than what is written in it");
}

static Reader *reader_new(Arena *arena, const Masked *masked, const MarkdownOptions *options, Diag *diag)
{
    Reader *reader = arena_bytes(arena, sizeof *reader);
    memset(reader, 0, offsetof(Reader, frames));    /* many texts are short: what is not counted is not cleared */
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

/* A note is read with the page's link definitions behind it; both know where they were written. */
static Origin note_origin(Reader *reader, const Footnote *note)
{
    Origin origin = {.file = note->origin.file};
    const Origin *definitions = &reader->masked.definition_origin;
    for (size_t i = 0; i < note->origin.count; i++)
        origin_run(reader->arena, &origin, note->origin.items[i].derived, note->origin.items[i].source);
    for (size_t i = 0; i < definitions->count; i++)
        origin_run(reader->arena, &origin, (uint32_t)note->text.length + 1 + definitions->items[i].derived,
                   definitions->items[i].source);
    return origin;
}

/* The footnotes in the order of their numbers, each read on its own with the page's definitions. */
static void write_notes(Reader *reader)
{
    Masked *masked = &reader->masked;
    MarkdownOptions options = *reader->options;
    options.is_note = true;
    bool is_open = false;
    uint32_t shown = 0;    /* hidden notes leave gaps in the numbers */
    for (uint32_t number = 1; number <= masked->notes.count; number++) {
        for (size_t i = 0; i < masked->notes.count; i++) {
            const Footnote *note = &masked->notes.items[i];
            if (note->number != number || !note->is_seen)
                continue;
            if (!is_open)
                reader_put(reader, "<section class=\"footnotes\">\n<ol>\n");
            is_open = true;
            const Text text = text_format(reader->arena, "%.*s\n%.*s", TEXT_ARG(note->text), TEXT_ARG(masked->definitions));
            const Origin origin = note_origin(reader, note);
            buffer_format(&reader->html, "<li id=\"fn-%u\"", number);
            if (++shown != number)
                buffer_format(&reader->html, " value=\"%u\"", number);
            reader_put(reader, ">\n");
            append(reader, markdown_read(reader->arena, text, &origin, &options, reader->diag));
            buffer_format(&reader->html, "<a class=\"footnote-back\" href=\"#fnref-%u\">↩ %u</a>\n</li>\n", number, number);
        }
    }
    if (is_open)
        reader_put(reader, "</ol>\n</section>\n");
    reader_flush(reader);
}

static bool is_named_in_note(Reader *reader, Text label)
{
    const char *reference = text_c_string(reader->arena, text_format(reader->arena, "[^%.*s]", TEXT_ARG(label)));
    for (size_t i = 0; i < reader->masked.notes.count; i++) {
        const Text text = reader->masked.notes.items[i].text;
        if (text_find(text, reference) < text.length)
            return true;
    }
    return false;
}

static void warn_unused_notes(Reader *reader)
{
    for (size_t i = 0; i < reader->masked.notes.count; i++) {
        const Footnote *note = &reader->masked.notes.items[i];
        if (!note->number && !is_named_in_note(reader, note->label))
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
    mask_text(arena, text, origin, options, &masked);
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

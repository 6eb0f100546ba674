/* markdown: any bytes that are UTF-8, as a page: read, walked, written, cut into its parts; what is in
 * fenced blocks is read as YAML. */
#include "base/diag.h"
#include "base/unicode.h"
#include "formats/markdown.h"
#include "formats/yaml.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void walk(Arena *arena, const Document *document, size_t size)
{
    Buffer out = buffer_new(arena);
    for (uint32_t i = 0; i < document->count; i++) {
        const Piece *piece = &document->items[i];
        assert(piece->end > i && piece->end <= document->count);
        assert(piece->kind == PIECE_HTML || piece->offset <= size || piece->offset == UINT32_MAX);
        if (piece->kind == PIECE_HTML)
            assert(piece->html.start <= piece->html.end && piece->html.end <= document->html.length);
        if (piece->kind == PIECE_HEADING) {
            document_write(document_heading_words(document, i), NULL, &out);
            document_write(document_section(document, i), NULL, &out);
        }
        if (piece->kind == PIECE_BLOCK || piece->kind == PIECE_ITEM || piece->kind == PIECE_INLINE) {
            Fragment rest = document_inside(document, i), line, first;
            document_split(rest, &first, &line);
            document_write(document_unwrapped(rest), NULL, &out);
            fragment_text(arena, rest);
            for (size_t lines = 0; fragment_next_line(&rest, &line); lines++)
                assert(lines <= document->html.length + document->count);    /* it goes on */
        }
    }
}

static bool is_fenced_block(void *context, Text word)
{
    (void)context;
    return text_is(word, "quiz");
}

static void read_fences(Arena *arena, const Document *document, Text text, Diag *diag)
{
    for (uint32_t i = 0; i < document->count; i++) {
        const Piece *piece = &document->items[i];
        if (piece->kind == PIECE_GAP)
            assert(piece->gap.length < text.length);
        if (piece->kind != PIECE_BLOCK || !piece->block->raw.length)
            continue;
        size_t start, end;
        Value value;
        const Text source = markdown_fence(arena, text, piece->block, &start, &end);
        assert(start <= end && end <= text.length && source.length == text.length);
        yaml_read(arena, document->file, source, start, end, diag, NULL, &value);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const Text text = {(const char *)bytes, size};
    if (size == 0 || unicode_error(text) < size)
        return 0;
    Arena *arena = arena_open();
    Sources sources = {.arena = arena};
    const uint32_t file = sources_add(&sources, TEXT("page.md"));
    Diag *diag = diag_new(arena, &sources);
    diag_source(diag, file, text);
    const Origin origin = origin_plain(arena, file, 0);
    const MarkdownOptions options = {.has_gaps = bytes[size - 1] % 2 == 0, .is_fenced_block = is_fenced_block};
    const Document *document = markdown_read(arena, text, &origin, &options, diag);
    Buffer out = buffer_new(arena);
    document_write(document_all(document), NULL, &out);
    for (size_t i = 0; i < diag->count; i++)
        assert(diag->items[i].line >= 1);
    walk(arena, document, size);
    read_fences(arena, document, text, diag);
    arena_close(arena);
    return 0;
}

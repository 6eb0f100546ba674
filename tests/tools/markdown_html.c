/* markdown_html: Markdown texts from standard input, each ended by a NUL, as HTML to standard
 * output, each ended by a NUL.  Page machinery is off: what comes out is CommonMark alone. */
#include "formats/markdown.h"

#include <stdio.h>

static Text read_input(Arena *arena)
{
    Buffer input = buffer_new(arena);
    char block[65536];
    for (size_t count; (count = fread(block, 1, sizeof block, stdin)) > 0;)
        buffer_bytes(&input, block, count);
    return buffer_text(&input);
}

static void write_html(Text markdown)
{
    Arena *arena = arena_open();
    Sources sources = {.arena = arena};
    const uint32_t file = sources_add(&sources, TEXT("input"));
    Diag *diag = diag_new(arena, &sources);
    diag_source(diag, file, markdown);
    const Origin origin = origin_plain(arena, file, 0);
    const MarkdownOptions options = {.is_plain = true};
    Buffer html = buffer_new(arena);
    document_write(document_all(markdown_read(arena, markdown, &origin, &options, diag)), NULL, &html);
    fwrite(buffer_text(&html).bytes, 1, html.length, stdout);
    putchar('\0');
    arena_close(arena);
}

int main(void)
{
    Arena *arena = arena_open();
    Text input = read_input(arena);
    while (input.length) {
        const size_t end = text_find_char(input, '\0');
        write_html(text_slice(input, 0, end));
        input = text_after(input, end < input.length ? end + 1 : end);
    }
    arena_close(arena);
    return 0;
}

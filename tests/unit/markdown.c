/* markdown: what a page cannot show: true offsets, masks that leave code alone, and the guards
 * against md4c's own faults. */
#include "test.h"

#include "base/diag.h"
#include "formats/markdown.h"

#include <string.h>

typedef struct Read {
    const Document *document;
    Diag *diag;
} Read;

static Read read(Arena *arena, Text text)
{
    Sources *sources = ARENA_NEW(arena, Sources);
    sources->arena = arena;
    const uint32_t file = sources_add(sources, TEXT("page.md"));
    Diag *diag = diag_new(arena, sources);
    diag_source(diag, file, text);
    const Origin origin = origin_plain(arena, file, 0);
    static const MarkdownOptions options = {.is_plain = false};
    return (Read){markdown_read(arena, text, &origin, &options, diag), diag};
}

static Text html(Arena *arena, Read read)
{
    Buffer out = buffer_new(arena);
    document_write(document_all(read.document), NULL, &out);
    return buffer_text(&out);
}

static const Piece *find(Read read, PieceKind kind, size_t number)
{
    for (size_t i = 0; i < read.document->count; i++)
        if (read.document->items[i].kind == kind && number-- == 0)
            return &read.document->items[i];
    return NULL;
}

static Text repeated(Arena *arena, const char *part, size_t count)
{
    Buffer text = buffer_new(arena);
    for (size_t i = 0; i < count; i++)
        buffer_string(&text, part);
    return buffer_text(&text);
}

TEST(a_link_knows_where_its_target_is_written)
{
    const Text text = TEXT("# Title\n\nSee *the [other](two.md)* page.\n");
    const Piece *link = find(read(arena, text), PIECE_LINK, 0);
    CHECK(link != NULL);
    CHECK_INT(link->offset, text_find(text, "two.md"));
}

TEST(a_link_in_a_block_in_a_list_in_a_quotation_knows_its_place)
{
    const Text text = TEXT("> 1. item\n>\n>    :::note[x]\n>    See [it](two.md).\n>    :::\n");
    const Read page = read(arena, text);
    CHECK_INT(page.diag->count, 0);
    CHECK_INT(find(page, PIECE_LINK, 0)->offset, text_find(text, "two.md"));
    CHECK_INT(find(page, PIECE_BLOCK, 0)->offset, text_find(text, ":::note"));
}

TEST(a_link_behind_an_added_line_end_knows_its_place)
{
    const Text text = TEXT("| a | b |\n|---|---|\n| 1 | 2 |\n:::note\n[it](two.md)\n:::\n");
    const Read page = read(arena, text);
    CHECK_INT(page.diag->count, 0);
    CHECK_INT(find(page, PIECE_LINK, 0)->offset, text_find(text, "two.md"));
}

TEST(code_is_never_searched)
{
    const Read page = read(arena, TEXT("```\n:::note\n____ [^1] :term[x]{a=b}\n# H {#id}\n:::\n```\n\n    :::tip\n\n`:::note ____ :term[x]`\n\n[^1]: unused\n"));
    CHECK_TEXT(html(arena, page), "<pre><code>:::note\n____ [^1] :term[x]{a=b}\n# H {#id}\n:::\n</code></pre>\n"
                                  "<pre><code>:::tip\n</code></pre>\n<p><code>:::note ____ :term[x]</code></p>\n");
    CHECK_INT(page.diag->count, 1);    /* the footnote that nothing refers to */
}

TEST(a_table_row_in_code_gains_no_line)
{
    CHECK_TEXT(html(arena, read(arena, TEXT("```\na | b\n:::note\n```\n"))), "<pre><code>a | b\n:::note\n</code></pre>\n");
}

TEST(braces_that_are_no_attributes_stay_text)
{
    CHECK_TEXT(html(arena, read(arena, TEXT("Some text {#id}\n\n- item {.x}\n---\n"))),
               "<p>Some text {#id}</p>\n<ul>\n<li>item {.x}</li>\n</ul>\n<hr>\n");
}

TEST(a_heading_has_the_id_it_is_given)
{
    const Read page = read(arena, TEXT("## One two\n\n## One two\n\n## Three {#drei .big}\n\nFour {#vier}\n----\n"));
    CHECK_TEXT(find(page, PIECE_HEADING, 0)->heading.id, "one-two");
    CHECK_TEXT(find(page, PIECE_HEADING, 1)->heading.id, "one-two-2");
    CHECK_TEXT(find(page, PIECE_HEADING, 2)->heading.id, "drei");
    CHECK_TEXT(find(page, PIECE_HEADING, 2)->heading.text, "Three");
    CHECK_TEXT(find(page, PIECE_HEADING, 3)->heading.id, "vier");
}

TEST(places_to_write_are_told_apart)
{
    const Read page = read(arena, TEXT("What?\n____\n____\n\n1. ____\n2. ____\n\nDear ____,\n\n| A | B |\n|---|---|\n| x | ____<br>____ |\n"));
    const Blank *lines = find(page, PIECE_BLANK, 0)->blank, *item = find(page, PIECE_BLANK, 2)->blank;
    const Blank *word = find(page, PIECE_BLANK, 3)->blank, *cell = find(page, PIECE_BLANK, 4)->blank;
    CHECK(lines->kind == BLANK_LINES && lines->lines == 2);
    CHECK_TEXT(lines->label, "What?");
    CHECK(item->kind == BLANK_ITEM && item->place == 2 && item->count == 2);
    CHECK(word->kind == BLANK_SHORT);
    CHECK(cell->kind == BLANK_CELL && cell->lines == 2);
    CHECK_TEXT(cell->label, "x");
    CHECK_TEXT(cell->column, "B");
}

TEST(a_place_to_write_keeps_its_id_when_the_text_around_it_changes)
{
    const Read one = read(arena, TEXT("What?\n____\n"));
    const Read other = read(arena, TEXT("# New\n\nMore.\n\nWhat?\n____\n____\n"));
    CHECK(text_equal(find(one, PIECE_BLANK, 0)->blank->id, find(other, PIECE_BLANK, 0)->blank->id));
}

TEST(three_underscores_are_a_rule_and_letters_around_four_are_a_word)
{
    CHECK_TEXT(html(arena, read(arena, TEXT("___\n\nsnake____case\n"))), "<hr>\n<p>snake____case</p>\n");
}

/* Guards.  Each input is one that harms md4c 0.4.8 when the guard is taken away. */

TEST(guard_1_md4c_does_not_read_past_the_text)
{
    static const char *const inputs[] = {"\xC2\xA9##r[](r[](", "[x](", "<a", "<!-", "`", "[", "![x](<"};
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        const size_t length = strlen(inputs[i]);
        char *exact = memcpy(arena_outside_resize(NULL, length), inputs[i], length);
        CHECK(html(arena, read(arena, (Text){exact, length})).length > 0);
        arena_outside_resize(exact, 0);
    }
}

TEST(guard_2_dollars_are_no_mathematics_and_double_brackets_no_wiki_links)
{
    CHECK_TEXT(html(arena, read(arena, TEXT("$5 and $6, [[x]]\n"))), "<p>$5 and $6, [[x]]</p>\n");
}

TEST(guard_3_a_page_has_at_most_one_mebibyte)
{
    const Read page = read(arena, repeated(arena, "0123456789abcde\n", (1 << 16) + 1));
    CHECK_INT(page.diag->error_count, 1);
    CHECK_TEXT(page.diag->items[0].message, "this page is larger than 1024 KiB");
}

TEST(guard_4_a_definition_cannot_blow_a_page_up)
{
    Buffer text = buffer_new(arena);
    buffer_format(&text, "[a]: /%.*s\n\n", TEXT_ARG(repeated(arena, "long", 10000)));
    buffer_put(&text, repeated(arena, "[a]", 40000));
    const Read page = read(arena, buffer_text(&text));
    CHECK_INT(page.diag->error_count, 1);
    CHECK_TEXT(page.diag->items[0].message, "this page becomes far larger than what is written in it");
    CHECK(arena_held_bytes(arena) < (size_t)256 << 20);
}

TEST(guard_7_a_table_has_at_most_128_columns)
{
    Buffer text = buffer_new(arena);
    buffer_put(&text, repeated(arena, "|a", 1000));
    buffer_string(&text, "\n");
    buffer_put(&text, repeated(arena, "|---", 1000));
    buffer_string(&text, "\n");
    buffer_put(&text, repeated(arena, "|x\n", 20000));
    const Read page = read(arena, buffer_text(&text));
    CHECK_INT(page.diag->error_count, 1);
    CHECK_TEXT(page.diag->items[0].message, "a table has more than 128 columns");
}

TEST(nesting_is_refused_past_a_depth)
{
    const Read page = read(arena, repeated(arena, "> ", 100000));
    CHECK_INT(page.diag->error_count, 1);
}

TEST(words_alone_are_read_as_md4c_reads_them)
{
    static const char *const texts[] = {"2 days", "2. Days", "2) Days", "2", "12 3. x", "1.5 hours", "7 - 9", "Two. Days", "a  b", "x - y", "9 ", "1234567890 x", "0 a. b"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const Text alone = html(arena, read(arena, text_from(texts[i])));
        const Text line = html(arena, read(arena, text_format(arena, "%s\n", texts[i])));    /* whose end alone sends it to md4c */
        CHECK(text_equal(alone, line));
    }
}

TEST(the_words_of_a_paragraph_are_single_spaced_and_plain)
{
    CHECK_TEXT(fragment_text(arena, document_unwrapped(document_all(read(arena, TEXT("Two  words")).document))), "Two words");
    CHECK_TEXT(fragment_text(arena, document_unwrapped(document_all(read(arena, TEXT("Two words and more than sixteen bytes  of them")).document))),
               "Two words and more than sixteen bytes of them");
    CHECK_TEXT(fragment_text(arena, document_unwrapped(document_all(read(arena, TEXT("fifteen bytes..  two")).document))), "fifteen bytes.. two");
    CHECK_TEXT(fragment_text(arena, document_all(read(arena, TEXT("R&D *is* <b>here</b>\nnow\n")).document)), "R&D is here now");
}

static Text put(Arena *arena, const Document *document)
{
    Buffer flat = buffer_new(arena);
    document_put(&flat, document);
    return buffer_text(&flat);
}

TEST(a_document_is_taken_as_it_was_put)
{
    const Text text = TEXT("# Title {#top .big key=\"two words\"}\n\n"
                           "3. [x] done [a link](two.md \"title\")\n4. [ ] open ![a picture](three.png)\n\n"
                           ":::note[A *title*]{#n .c count=3}\nInside ____ here :term[words]{entry=\"more\"}.\n:::\n\n"
                           "<a href=\"x.md\">own</a> and a note[^1]\n\n[^1]: The note.\n\n| Who | What |\n|---|---|\n| You | ____ |\n");
    const Read page = read(arena, text);
    const Text flat = put(arena, page.document);
    FlatReader reader = flat_reader(flat);
    const Document *taken = document_take(arena, &reader);
    CHECK(!reader.is_broken && flat_is_at_end(&reader));
    CHECK(text_equal(put(arena, taken), flat));
    CHECK(find(page, PIECE_BLOCK, 0) && find(page, PIECE_TASK, 0) && find(page, PIECE_LINK, 0) && find(page, PIECE_ADDRESS, 0));
    CHECK(text_equal(html(arena, (Read){taken, page.diag}), html(arena, page)));
    const Block *block = find((Read){taken, page.diag}, PIECE_BLOCK, 0)->block;
    CHECK_TEXT(block->title, "A *title*");
    CHECK_INT(block->title_offset, text_find(text, "A *title*"));
    CHECK(block->raw.bytes == NULL);
    CHECK_TEXT(value_get_text(&block->attributes.named, "count"), "3");
}

TEST(a_document_that_is_cut_off_is_broken)
{
    const Text flat = put(arena, read(arena, TEXT("# Title\n\nA [link](two.md).\n")).document);
    for (size_t length = 0; length < flat.length; length++) {
        FlatReader reader = flat_reader(text_slice(flat, 0, length));
        document_take(arena, &reader);
        CHECK(reader.is_broken);
    }
}

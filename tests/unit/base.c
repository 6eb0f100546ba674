/* base: texts, paths, tables, arenas and positions. */
#include "test.h"

#include "base/diag.h"
#include "base/flat.h"
#include "base/origin.h"
#include "base/path.h"
#include "base/sort.h"
#include "base/table.h"
#include "base/unicode.h"

#include <stdlib.h>
#include <string.h>

static Text normal(Arena *arena, const char *path)
{
    Text result;
    return path_normal(arena, text_from(path), &result) ? result : TEXT("out");
}

TEST(a_path_that_leads_out_is_refused)
{
    CHECK_TEXT(normal(arena, "a/./b/../c"), "a/c");
    CHECK_TEXT(normal(arena, "a/../../b"), "out");
    CHECK_TEXT(normal(arena, ".."), "out");
    CHECK_TEXT(normal(arena, "a//b/"), "a/b");
}

TEST(a_link_is_relative_to_the_page_it_stands_on)
{
    CHECK_TEXT(path_relative(arena, TEXT("a/b.html"), TEXT("c/d.html")), "../c/d.html");
    CHECK_TEXT(path_relative(arena, TEXT("a/b.html"), TEXT("a/c.html")), "c.html");
    CHECK_TEXT(path_relative(arena, TEXT("index.html"), TEXT("a/b/c.html")), "a/b/c.html");
    CHECK_TEXT(path_relative(arena, TEXT("a/b/c.html"), TEXT("index.html")), "../../index.html");
    CHECK_TEXT(path_relative(arena, TEXT("ab/x.html"), TEXT("a/x.html")), "../a/x.html");
}

static Text rebased(Arena *arena, const char *url)
{
    return path_rebased(arena, text_from(url), TEXT("a/b/c.html"), TEXT("a/d.html"));
}

TEST(a_url_is_rebased_if_it_is_relative)
{
    CHECK_TEXT(rebased(arena, "c.html#x"), "b/c.html#x");
    CHECK_TEXT(rebased(arena, "./../d.html?y"), "d.html?y");
    CHECK_TEXT(rebased(arena, "../"), "./");
    CHECK_TEXT(rebased(arena, "../../e/f.svg"), "../e/f.svg");
    CHECK_TEXT(rebased(arena, "../../../out.html"), "../../out.html");
    CHECK_TEXT(rebased(arena, "f/g.html"), "b/f/g.html");
    const char *const others[] = {"", "#x", "?y", "/z", "//host/z", "https://example.edu/", "mailto:a@b", "mailto&#58;a@b"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        CHECK_TEXT(rebased(arena, others[i]), others[i]);
    CHECK_TEXT(path_rebased(arena, TEXT("../e.html"), TEXT("d.html"), TEXT("a/b.html")), "../../e.html");
    CHECK_TEXT(path_rebased(arena, TEXT("x/./y"), TEXT("a/b.html"), TEXT("a/c.html")), "x/./y");
}

TEST(a_scheme_is_found_only_where_there_is_one)
{
    CHECK_TEXT(path_scheme(TEXT("https://x.org")), "https");
    CHECK_TEXT(path_scheme(TEXT("a/b:c.md")), "");
    CHECK_TEXT(path_scheme(TEXT("2-quiz.yaml")), "");
}

TEST(percent_signs_in_addresses_are_decoded_or_refused)
{
    Text decoded;
    CHECK(path_decoded(arena, TEXT("a%20b%C3%A9"), &decoded));
    CHECK_TEXT(decoded, "a bé");
    CHECK(!path_decoded(arena, TEXT("a%00b"), &decoded));
    CHECK(!path_decoded(arena, TEXT("a%2"), &decoded));
    CHECK(!path_decoded(arena, TEXT("%"), &decoded));
}

TEST(names_are_ordered_as_people_count)
{
    CHECK(text_compare_natural(TEXT("page-9"), TEXT("page-10")) < 0);
    CHECK(text_compare_natural(TEXT("a"), TEXT("B")) < 0);
    CHECK(text_compare_natural(TEXT("007"), TEXT("7")) != 0);
    CHECK(text_compare_natural(TEXT("x10y"), TEXT("x9z")) > 0);
    CHECK(text_compare_natural(TEXT("page-12"), TEXT("page-1b")) > 0);
    CHECK(text_compare_natural(TEXT("page-1"), TEXT("page-1b")) < 0);
    CHECK_INT(text_compare_natural(TEXT("page-12"), TEXT("page-12")), 0);
}

TEST(a_number_is_a_number_only_as_a_whole)
{
    int64_t number;
    CHECK(text_integer(TEXT("-42"), &number) && number == -42);
    CHECK(text_integer(TEXT("9223372036854775807"), &number));
    CHECK(!text_integer(TEXT("9223372036854775808"), &number));
    CHECK(!text_integer(TEXT("4 2"), &number));
    CHECK(!text_integer(TEXT("-"), &number));
    CHECK(!text_integer(TEXT(""), &number));
}

TEST(distance_counts_slips_of_the_pen)
{
    CHECK_INT(text_distance(TEXT("anwser"), TEXT("answer")), 1);
    CHECK_INT(text_distance(TEXT("anser"), TEXT("answer")), 1);
    CHECK_INT(text_distance(TEXT("right"), TEXT("wrong")), 5);
}

TEST(slugs_are_ascii_and_headings_keep_their_letters)
{
    CHECK_TEXT(unicode_slug(arena, TEXT("Über Größe & Co.")), "uber-grosse-co");
    CHECK_TEXT(unicode_slug(arena, TEXT("don't — stop")), "dont-stop");
    CHECK_TEXT(unicode_slug(arena, TEXT("日本")), "");
    CHECK_TEXT(unicode_heading_id(arena, TEXT("What's “new”? 日本")), "whats-new-日本");
}

TEST(bytes_that_are_no_utf8_are_found)
{
    CHECK_INT(unicode_error(TEXT("plain and é and 😀")), strlen("plain and é and 😀"));
    CHECK_INT(unicode_error(TEXT("0123456789abc\xE9")), 13);
    CHECK_INT(unicode_error(TEXT("a\0b")), 1);
    CHECK_INT(unicode_error(TEXT("\xC0\x80")), 0);
    CHECK_INT(unicode_error(TEXT("\xED\xA0\x80")), 0);
    CHECK_INT(unicode_error(TEXT("\xF4\x90\x80\x80")), 0);
}

/* The texts lie at the end of what was asked for, so that a sanitizer sees a step past it. */
TEST(bytes_are_looked_at_up_to_the_end_and_no_further)
{
    enum { LONGEST = 40 };
    for (size_t length = 0; length <= LONGEST; length++) {
        char *bytes = malloc(length ? length : 1);
        memset(bytes, 'a', length);
        const Text text = {bytes, length};
        CHECK_INT(unicode_error(text), length);
        for (size_t i = 0; i < length; i++) {
            bytes[i] = '\xFF';
            CHECK_INT(unicode_error(text), i);
            bytes[i] = 'a';
        }
        free(bytes);
    }
}

TEST(integers_are_written_in_full)
{
    Buffer buffer = buffer_new(arena);
    static const int64_t integers[] = {0, 7, -1, 1234567890123, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof integers / sizeof *integers; i++) {
        buffer_integer(&buffer, integers[i]);
        buffer_char(&buffer, ' ');
    }
    CHECK_TEXT(buffer_text(&buffer), "0 7 -1 1234567890123 9223372036854775807 -9223372036854775808 ");
}

static int compare_tens(const void *left, const void *right)
{
    return *(const int *)left / 10 - *(const int *)right / 10;
}

TEST(few_items_and_many_are_sorted)
{
    for (int count = 0; count < 3 * SORT_FEW; count++) {
        int items[3 * SORT_FEW];
        for (int i = 0; i < count; i++)
            items[i] = (count - i) * 7 % 50;
        sort_items(items, (size_t)count, sizeof *items, compare_tens);
        for (int i = 1; i < count; i++)
            CHECK(items[i - 1] / 10 <= items[i] / 10);
    }
}

TEST(a_table_gives_each_name_once)
{
    Table table = table_new(arena);
    for (uint32_t i = 0; i < 1000; i++)
        CHECK_INT(table_put(&table, text_format(arena, "name %u", i), i), TABLE_NOTHING);
    for (uint32_t i = 0; i < 1000; i++)
        CHECK_INT(table_get(&table, text_format(arena, "name %u", i)), i);
    CHECK_TEXT(table_unique(&table, TEXT("x")), "x");
    CHECK_TEXT(table_unique(&table, TEXT("x")), "x-2");
    CHECK_TEXT(table_unique(&table, TEXT("x")), "x-3");
}

TEST(columns_count_characters_and_no_byte_order_mark)
{
    uint32_t line, column;
    diag_line_column(TEXT("\xEF\xBB\xBF" "éa\nbc"), 6, &line, &column);
    CHECK_INT(line, 1);
    CHECK_INT(column, 3);
    diag_line_column(TEXT("a\r\nbc"), 4, &line, &column);
    CHECK_INT(line, 2);
    CHECK_INT(column, 2);
}

TEST(an_origin_leads_through_two_derivations)
{
    Origin outer = origin_plain(arena, 7, 100), inner = origin_plain(arena, 7, 10);
    origin_run(arena, &outer, 20, 200);
    const Origin whole = origin_through(arena, &outer, &inner);
    CHECK_INT(origin_source(&whole, 0), 110);
    CHECK_INT(origin_source(&whole, 9), 119);
    CHECK_INT(origin_source(&whole, 10), 200);
    CHECK_INT(origin_pos(&whole, 12).offset, 202);
    CHECK_INT(origin_pos(&whole, 12).file, 7);
}

TEST(the_newest_thing_in_an_arena_grows_in_place)
{
    char *bytes = arena_bytes(arena, 16);
    CHECK(arena_resize(arena, bytes, 16, 64) == bytes);
    arena_bytes(arena, 16);
    CHECK(arena_resize(arena, bytes, 64, 128) != bytes);
}

static const int thing = 7;
static const ValueType thing_type = {"thing", NULL};

static void put_thing(Buffer *flat, const Value *object)
{
    flat_put_u32(flat, (uint32_t)*(const int *)object->object.data);
}

static Value take_thing(Arena *arena, FlatReader *reader)
{
    (void)arena;
    return flat_u32(reader) == 7 ? value_object(&thing_type, &thing) : VALUE_NONE;
}

static Text put_written(Arena *arena, const Value *value)
{
    Buffer flat = buffer_new(arena);
    flat_put_written(&flat, value, put_thing);
    return buffer_text(&flat);
}

TEST(a_value_is_taken_with_where_it_was_written)
{
    Value list = value_list(), map = value_map(), text = value_text(TEXT("two"));
    text.style = VALUE_FOLDED;
    text.pos = (Pos){3, 40};
    value_add(arena, &list, text);
    value_add(arena, &list, value_object(&thing_type, &thing));
    value_add(arena, &list, value_bool(true));
    VALUE_SET(arena, &map, "list", list);
    map.map.items[0].key_pos = (Pos){3, 30};
    VALUE_SET(arena, &map, "real", value_real(0.5));
    VALUE_SET(arena, &map, "integer", value_int(-1));
    const Text flat = put_written(arena, &map);
    FlatReader reader = flat_reader(flat);
    const Value taken = flat_written(arena, &reader, take_thing);
    CHECK(!reader.is_broken && flat_is_at_end(&reader));
    CHECK(text_equal(put_written(arena, &taken), flat));
    CHECK_INT(taken.map.items[0].key_pos.offset, 30);
    const Value *items = value_get(&taken, "list")->list.items;
    CHECK(items[0].style == VALUE_FOLDED && items[0].pos.file == 3 && items[0].pos.offset == 40);
    CHECK(items[1].kind == VALUE_OBJECT && items[1].object.data == &thing);
    CHECK_INT(value_get(&taken, "integer")->integer, -1);
}

TEST(a_copy_of_a_table_goes_its_own_way)
{
    Table table = table_new(arena);
    CHECK_INT(table_copy(&table).count, 0);
    table_put(&table, TEXT("a"), 1);
    Table copy = table_copy(&table);
    table_put(&copy, TEXT("b"), 2);
    CHECK_INT(table_get(&table, TEXT("b")), TABLE_NOTHING);
    CHECK_INT(table_get(&copy, TEXT("a")), 1);
}

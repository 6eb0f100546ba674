/* YAML: where things were written, how, and what is too much.  What trainers type is in yaml_lines.
 */
#include "formats/yaml.h"
#include "test.h"

#include <string.h>

enum { MANY = 400000 };

static const Value *read_part(Arena *arena, Text source, size_t start, size_t end, Diag **diag)
{
    Sources *sources = ARENA_NEW(arena, Sources);
    sources->arena = arena;
    *diag = diag_new(arena, sources);
    diag_source(*diag, sources_add(sources, TEXT("page.yaml")), source);
    Value *value = ARENA_NEW(arena, Value);
    const bool ok = yaml_read(arena, 0, source, start, end, *diag, NULL, value);
    CHECK(ok == ((*diag)->error_count == 0));
    return value;
}

static const Value *read_all(Arena *arena, Text source, Diag **diag)
{
    return read_part(arena, source, 0, source.length, diag);
}

static size_t offset_of(Text source, const char *needle)
{
    return text_find(source, needle);
}

/* The first problem's message; its help after a bar. */
static Text first_problem(Arena *arena, const Diag *diag)
{
    if (diag->count == 0)
        return TEXT("");
    const Problem *problem = &diag->items[0];
    return text_format(arena, "%u:%u: %.*s | %.*s", problem->line, problem->column,
                       TEXT_ARG(problem->message), TEXT_ARG(problem->help));
}

TEST(yaml_remembers_where_each_value_was_written)
{
    Diag *diag;
    const Text source = TEXT("title: Café: Ü\npoints: ten\nempty:\nlist:\n  - é: 1\n  -\n");
    const Value *quiz = read_all(arena, source, &diag);
    CHECK_INT(value_get(quiz, "title")->pos.offset, offset_of(source, "Café"));
    CHECK_INT(value_entry(quiz, TEXT("points"))->key_pos.offset, offset_of(source, "points"));
    CHECK_INT(value_get(quiz, "points")->pos.offset, offset_of(source, "ten"));
    CHECK_INT(diag_line(diag, value_get(quiz, "points")->pos), 2);
    CHECK_INT(value_get(quiz, "empty")->kind, VALUE_NULL);
    CHECK_INT(value_get(quiz, "empty")->pos.offset, offset_of(source, "empty:") + 6);
    const Value *list = value_get(quiz, "list");
    CHECK_INT(list->pos.offset, offset_of(source, "- é"));
    CHECK_INT(list->list.items[0].pos.offset, offset_of(source, "é: 1"));
    CHECK_INT(list->list.items[1].pos.offset, source.length - 1);
}

TEST(yaml_reads_front_matter_in_place)
{
    Diag *diag;
    const Text source = TEXT("---\ntitle: One: two\n\tx: y\n---\n# A heading: \tnot YAML\n");
    const size_t start = 4, end = offset_of(source, "---\n#");
    const Value *front = read_part(arena, source, start, end, &diag);
    CHECK_TEXT(value_get_text(front, "title"), "One: two");
    CHECK_INT(value_get(front, "title")->pos.offset, offset_of(source, "One"));
    CHECK_INT(diag->count, 2);
    CHECK_INT(diag->items[0].line, 2);
    CHECK_INT(diag->items[1].line, 3);
}

TEST(yaml_passes_over_a_byte_order_mark)
{
    Diag *diag;
    const Text source = TEXT("\xEF\xBB\xBFtitle: a\ntitle: b\n");
    const Value *page = read_all(arena, source, &diag);
    CHECK_INT(value_get(page, "title")->pos.offset, offset_of(source, "a\n"));
    CHECK_TEXT(first_problem(arena, diag),
               "2:1: 'title' stands twice here: in line 1 already | keep one of them");
}

TEST(yaml_keeps_the_style_that_was_written)
{
    Diag *diag;
    const Value *page = read_all(
        arena, TEXT("a: b\nc: 'd'\ne: \"f\"\ng: |\n  h\ni: >\n  j\nk: 'l' m\nn: 'o''p'\nq: ''\n"),
        &diag);
    CHECK_INT(value_get(page, "a")->style, VALUE_PLAIN);
    CHECK_INT(value_get(page, "c")->style, VALUE_SINGLE_QUOTED);
    CHECK_INT(value_get(page, "e")->style, VALUE_DOUBLE_QUOTED);
    CHECK_INT(value_get(page, "g")->style, VALUE_LITERAL);
    CHECK_INT(value_get(page, "i")->style, VALUE_FOLDED);
    CHECK_INT(value_get(page, "k")->style, VALUE_PLAIN);
    CHECK_INT(value_get(page, "n")->style, VALUE_SINGLE_QUOTED);
    CHECK_INT(value_get(page, "q")->kind, VALUE_TEXT);
}

TEST(yaml_passes_over_a_tag_for_text)
{
    Diag *diag;
    const Text source = TEXT("a: !!str 5\nb: !!str '6'\n");
    const Value *page = read_all(arena, source, &diag);
    CHECK_INT(value_get(page, "a")->pos.offset, offset_of(source, "5"));
    CHECK_INT(value_get(page, "b")->pos.offset, offset_of(source, "'6'"));
}

/* Each letter of `marks` stands once in the file and once in the text of `a`. */
static void check_origin(Arena *arena, Text source, const char *marks)
{
    Diag *diag;
    const Value *scalar = value_get(read_all(arena, source, &diag), "a");
    const Origin origin = yaml_origin(arena, source, scalar);
    CHECK_INT(diag->error_count, 0);
    for (; *marks; marks++) {
        const size_t derived = text_find_char(scalar->text, *marks);
        const size_t written = text_find_char(source, *marks);
        CHECK(derived < scalar->text.length);
        CHECK_INT(origin_source(&origin, (uint32_t)derived), written);
    }
}

TEST(yaml_knows_the_origin_of_plain_text)
{
    check_origin(arena, TEXT("a: One Two\n"), "OT");
    check_origin(arena, TEXT("a: One  Two   \n   X Y\n\n\n  Z # no\n"), "OTXYZ");
    check_origin(arena, TEXT("a: One\r\n  Two\r\n\r\n  X\r\n"), "OTX");
    check_origin(arena, TEXT("a:\n  One\n  Two\n"), "OT");
}

TEST(yaml_knows_the_origin_of_text_read_kindly)
{
    check_origin(arena, TEXT("a: It's: Two 'X' Y\n"), "ITXY");
    check_origin(arena, TEXT("a: 'Tis: it's\n  => X: 'Y'\n\n  Z\n"), "TXYZ");
    check_origin(arena, TEXT("a: One: b\n\xC2\xA0 Two\n \xC2\xA0\n  X\n"), "OTX");
}

TEST(yaml_knows_the_origin_of_quoted_text)
{
    check_origin(arena, TEXT("a: 'One''s Two'''\n"), "OT");
    check_origin(arena, TEXT("a: 'One\n  T''s\n\n  X'\n"), "OTX");
    check_origin(arena, TEXT("a: \"\\tO\\u263A T \\\"X\\\" \\U0001F600Y\"\n"), "OTXY");
    check_origin(arena, TEXT("a: \"One\\\n  Two \\\n  X\n\n  Y\\n\\\n\n  Z\"\n"), "OTXYZ");
}

TEST(yaml_knows_the_origin_of_blocks)
{
    check_origin(arena, TEXT("a: |\n  One\n    Two\n\n  X\n"), "OTX");
    check_origin(arena, TEXT("a: |2-\n    One\n  Two\n"), "OT");
    check_origin(arena, TEXT("a: |\r\n  One\r\n  Two\r\n"), "OT");
    check_origin(arena, TEXT("a: |+ # no\n     \n\n    One\n      Two\n"), "OT");
    check_origin(arena, TEXT("a: >\n  One\n  Two\n\n  X\n    Y\n   W\n  Z\n"), "OTXYWZ");
    check_origin(arena, TEXT("a: >-\n\n  One\n\n\n  Two\n"), "OT");
}

static Text repeated(Arena *arena, const char *piece, size_t count)
{
    Buffer text = buffer_new(arena);
    for (size_t i = 0; i < count; i++)
        buffer_string(&text, piece);
    return buffer_text(&text);
}

TEST(yaml_refuses_endless_nesting_at_once)
{
    static const char *const pieces[] = {"[", "{", "{a: ", "- ", "a: [", "[ ", "- [", "? "};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        Diag *diag;
        const size_t length = strlen(pieces[i]);
        read_all(arena, repeated(arena, pieces[i], MANY / length), &diag);
        CHECK_INT(diag->count, 1);
    }
}

/* `depth` lists, one in the other. */
static size_t errors_at_depth(Arena *arena, const char *open, const char *close, size_t depth)
{
    Diag *diag;
    Buffer text = buffer_new(arena);
    buffer_put(&text, repeated(arena, open, depth));
    buffer_string(&text, "x");
    buffer_put(&text, repeated(arena, close, depth));
    read_all(arena, buffer_text(&text), &diag);
    return diag->error_count;
}

TEST(yaml_reads_64_levels_and_no_more)
{
    CHECK_INT(errors_at_depth(arena, "- ", "", 64), 0);
    CHECK_INT(errors_at_depth(arena, "- ", "", 65), 1);
    CHECK_INT(errors_at_depth(arena, "[", "]", 64), 0);
    CHECK_INT(errors_at_depth(arena, "[", "]", 65), 1);
    CHECK_INT(errors_at_depth(arena, "- [", "]", 1), 0);
}

TEST(yaml_says_what_is_too_much)
{
    Diag *diag;
    read_all(arena, repeated(arena, "- a\n", 10000), &diag);
    CHECK_INT(diag->count, 0);
    read_all(arena, repeated(arena, "- a\n", 10001), &diag);
    CHECK_TEXT(first_problem(arena, diag),
               "10001:3: there are more than 10000 items in this list | "
               "divide it into several");
    read_all(arena, repeated(arena, "# 3456789012345\n", 65537), &diag);
    CHECK_TEXT(first_problem(arena, diag), "1:1: this YAML has 1048592 bytes; at most 1048576 are "
                                           "read | make several files of it");
}

TEST(yaml_stops_when_there_are_too_many_mistakes)
{
    Diag *diag;
    read_all(arena, repeated(arena, "\ta: b\n", 50000), &diag);
    CHECK_INT(diag->count, 101);
    read_all(arena, repeated(arena, "- @a\n", 9000), &diag);
    CHECK_INT(diag->count, 101);
    CHECK_INT(diag->error_count, 0);
}

TEST(yaml_finds_keys_that_stand_twice_among_many)
{
    Diag *diag;
    Buffer text = buffer_new(arena);
    for (int i = 0; i < 5000; i++)
        buffer_format(&text, "key-%d: %d\n", i * 7919 % 5000, i);
    buffer_string(&text, "key-0: x\n");
    read_all(arena, buffer_text(&text), &diag);
    CHECK_TEXT(first_problem(arena, diag),
               "5001:1: 'key-0' stands twice here: in line 1 already | keep one of them");
    CHECK_INT(diag->count, 1);
}

TEST(yaml_names_the_byte_that_is_not_utf_8)
{
    Diag *diag;
    read_all(arena, TEXT("a: b\nc: caf\xE9 d\n"), &diag);
    CHECK_TEXT(first_problem(arena, diag),
               "2:7: this byte (0xE9) is not UTF-8 | save the file as UTF-8");
    read_all(arena, (Text){"a: b\0c", 6}, &diag);
    CHECK_TEXT(
        first_problem(arena, diag),
        "1:5: there is a control character here (0x00) | delete it, or type a blank in its place");
}

TEST(yaml_shows_the_line_as_it_should_be)
{
    Diag *diag;
    read_all(arena, TEXT("x: y\n  # no\ntitle:  It's: so # note\n"), &diag);
    CHECK_TEXT(first_problem(arena, diag),
               "3:9: 'It's: so' needs quotes, because of the ': ' in it | it is read as text; "
               "`lectern check --fix` writes `title:  'It''s: so' # note`");
    CHECK_INT(diag->items[0].width, 8);
}

TEST(yaml_reports_each_mistake_of_a_file)
{
    Diag *diag;
    const Value *page =
        read_all(arena,
                 TEXT("title:One\nsummary\nitems:\n  -a\n\t- b\nbrand: x\n  color: y\n"
                      "text: \"open\nalias: *a\nlast: 1\n"),
                 &diag);
    CHECK_INT(diag->error_count, 7);
    CHECK_TEXT(value_get_text(page, "last"), "1");
    for (size_t i = 0; i < diag->count; i++)
        CHECK(diag->items[i].help.length > 0);
}

TEST(yaml_fixes_are_in_order_and_apart)
{
    Value value;
    Sources sources = {.arena = arena};
    YamlFixes fixes = {.arena = arena};
    const Text source =
        TEXT("a: b: c\n\xC2\xA0\nd:\xC2\xA0@e\nf: it's\n  g: 'h'\n- i\nj: it's\n  G: 'h'\n");
    Diag *diag = diag_new(arena, &sources);
    diag_source(diag, sources_add(&sources, TEXT("page.yaml")), source);
    yaml_read(arena, 0, source, 0, source.length, diag, &fixes, &value);
    for (size_t i = 1; i < fixes.count; i++)
        CHECK(fixes.items[i - 1].offset + fixes.items[i - 1].removed <= fixes.items[i].offset);
    CHECK_TEXT(yaml_fixed(arena, source, &fixes),
               "a: 'b: c'\n\xC2\xA0\nd: '@e'\nf: it's\n  g: 'h'\n- i\nj: 'it''s\n  G: ''h'''\n");
}

TEST(yaml_takes_an_empty_text_as_an_empty_map)
{
    Diag *diag;
    const Text source = TEXT("---\n---\nbody\n");
    const Value *front = read_part(arena, source, 4, 4, &diag);
    CHECK_INT(front->kind, VALUE_MAP);
    CHECK_INT(front->pos.offset, 4);
    CHECK_INT(diag->count, 0);
}

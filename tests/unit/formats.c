/* formats: templates, JSON, captions and entities. */
#include "test.h"

#include "base/diag.h"
#include "base/unicode.h"
#include "formats/entities.h"
#include "formats/html_part.h"
#include "formats/json.h"
#include "formats/qr.h"
#include "formats/template.h"
#include "formats/vtt.h"

static Diag *quiet(Arena *arena)
{
    Sources *sources = ARENA_NEW(arena, Sources);
    sources->arena = arena;
    return diag_new(arena, sources);
}

/* What a template is refused for, or "". */
static Text refusal(Arena *arena, const char *source, uint32_t *line)
{
    Diag *diag = quiet(arena);
    Text lua;
    const bool ok = template_compile(arena, TEXT("t.html"), text_from(source), diag, &lua);
    *line = diag->count ? diag->items[0].line : 0;
    return ok ? TEXT("") : diag->items[0].message;
}

TEST(values_stand_only_where_they_are_safe)
{
    uint32_t line;
    CHECK_TEXT(refusal(arena, "<p class=\"{{ a }}\">{{ b }}</p>", &line), "");
    CHECK_TEXT(refusal(arena, "<p\nclass={{ a }}>", &line), "an attribute's value needs quotes around it");
    CHECK_INT(line, 2);
    CHECK_TEXT(refusal(arena, "<p {{ a }}>", &line), "an attribute's value needs quotes around it");
    CHECK_TEXT(refusal(arena, "<script>var a = {{ a }}</script>", &line),
               "a value cannot stand in <script> or <style>; write data with {% json value %}");
    CHECK_TEXT(refusal(arena, "<script type=\"application/json\">{% json a %}</script><p>{{ a }}</p>", &line), "");
    CHECK_TEXT(refusal(arena, "<rect x=\"{{ a }}\" y='{{ b }}'/>", &line), "");
    CHECK_TEXT(refusal(arena, "<p title=\"{{{ a }}}\">", &line), "{{{ }}} can stand in text only, not in a tag");
    CHECK_TEXT(refusal(arena, "a\nb {{ a", &line), "these braces are not closed");
    CHECK_INT(line, 2);
}

TEST(a_template_with_a_layout_has_only_blocks)
{
    uint32_t line;
    CHECK_TEXT(refusal(arena, "{% layout \"b.html\" %}\n{% block x %}y{% end %}\n", &line), "");
    CHECK_TEXT(refusal(arena, "{% layout \"b.html\" %}\n\nstray\n", &line),
               "there is text outside of a block, in a template that has a layout");
    CHECK_TEXT(refusal(arena, "x\n{{ a }}{% layout \"b.html\" %}", &line), "{% layout %} must come first, and once");
}

TEST(a_template_keeps_its_lines)
{
    Diag *diag = quiet(arena);
    Text lua;
    template_compile(arena, TEXT("t.html"), TEXT("<p>\n{% if a then %}\n  {{ b }}\n{% end %}\n</p>\n{{ c }}"), diag, &lua);
    uint32_t line, column;
    diag_line_column(lua, text_find(lua, "_e((c),"), &line, &column);
    CHECK_INT(line, 6);
    diag_line_column(lua, text_find(lua, "_e((b),"), &line, &column);
    CHECK_INT(line, 3);
}

/* Is the data of this include known to be written there? */
static bool is_written_there(Arena *arena, const char *arguments)
{
    Text lua;
    template_compile(arena, TEXT("t.html"), text_format(arena, "{%% include %s %%}", arguments), quiet(arena), &lua);
    return text_find(lua, ",true)") < lua.length;
}

TEST(an_include_knows_a_table_that_is_written_in_it)
{
    CHECK(is_written_there(arena, "\"a.html\", {}"));
    CHECK(is_written_there(arena, "\"a.html\", { a = { 1, 2 }, b = f(x, y)[1] }"));
    CHECK(is_written_there(arena, "\"a\" .. (b or \"}\"), { a = \"}, \", b = '{' }"));
    CHECK(!is_written_there(arena, "\"a.html\", page"));
    CHECK(!is_written_there(arena, "\"a.html\", { a = page }.a"));
    CHECK(!is_written_there(arena, "\"a.html\", { page }[1]"));
    CHECK(!is_written_there(arena, "\"a.html\", a or {}"));
    CHECK(!is_written_there(arena, "\"a.html\", {} and b or {}"));
    CHECK(!is_written_there(arena, "\"{ a, {}\""));
}

TEST(json_cannot_end_a_script)
{
    Buffer out = buffer_new(arena);
    Value map = value_map();
    VALUE_SET(arena, &map, "a", value_text(TEXT("</script>\xE2\x80\xA8\x01\"\\")));
    VALUE_SET(arena, &map, "b", value_real(0.1));
    VALUE_SET(arena, &map, "c", value_list());
    json_write(&out, &map);
    CHECK_TEXT(buffer_text(&out), "{\"a\":\"\\u003c/script>\\u2028\\u0001\\\"\\\\\",\"b\":0.1,\"c\":[]}");
}

TEST(captions_have_times_and_words)
{
    Value cues;
    uint32_t bad;
    CHECK(vtt_read(arena, TEXT("WEBVTT\n\n1\n00:01.500 --> 00:04.000 line:0\n<v Ana>Hello\n<i>there</i>\n\n01:00:00.000 --> 01:00:01.000\nEnd\n"), &cues, &bad));
    CHECK_INT(cues.list.count, 2);
    CHECK_TEXT(value_get_text(&cues.list.items[0], "text"), "Ana: Hello there");
    CHECK(value_get(&cues.list.items[0], "from")->real == 1.5);
    CHECK(value_get(&cues.list.items[1], "from")->real == 3600);
    CHECK(!vtt_read(arena, TEXT("1\n00:01.500 --> 00:04.000\nHello\n"), &cues, &bad));
    CHECK(!vtt_read(arena, TEXT("WEBVTT\n\n0:1 --> x\nHello\n"), &cues, &bad));
    CHECK_INT(bad, 3);
}

TEST(entities_are_those_of_html)
{
    Buffer plain = buffer_new(arena);
    CHECK(entity_decode(TEXT("&eacute;"), &plain));
    CHECK(entity_decode(TEXT("&zwnj;"), &plain));
    CHECK(entity_decode(TEXT("&AElig;"), &plain));
    CHECK(entity_decode(TEXT("&#x41;"), &plain));
    CHECK(entity_decode(TEXT("&#0;"), &plain));
    CHECK(!entity_decode(TEXT("&nosuchname;"), &plain));
    CHECK_TEXT(buffer_text(&plain), "é\u200CÆA\uFFFD");
}

/* Is the module at x, y dark, in the lines that a terminal gets?  The quiet zone counts. */
static bool is_dark_in_terminal(Text code, size_t x, size_t y)
{
    Text line = TEXT_NONE;
    for (size_t i = 0; i <= y / 2; i++)
        text_next_line(&code, &line);
    size_t offset = 0;
    uint32_t block = 0;
    for (size_t i = 0; i <= x; i++)
        block = unicode_next(line, &offset);
    return block == ' ' || block == (y % 2 ? 0x2580 : 0x2584);
}

TEST(a_code_is_the_same_in_a_terminal_and_on_a_page)
{
    Buffer svg = buffer_new(arena), lines = buffer_new(arena);
    const Text text = TEXT("http://192.0.2.20:8000/");
    Text line, rest;
    CHECK(qr_svg(text, TEXT("x"), &svg) && qr_terminal(text, false, &lines));
    rest = buffer_text(&lines);
    text_next_line(&rest, &line);
    const size_t side = qr_terminal_columns(line);
    CHECK_INT((int)side, 33);
    int different = 0;
    for (size_t y = 0; y < side; y++) {
        for (size_t x = 0; x < side; x++) {
            /* a bar of the path that begins there, or goes on there from the left */
            const bool is_dark = is_dark_in_terminal(buffer_text(&lines), x, y);
            const bool before = x > 0 && is_dark_in_terminal(buffer_text(&lines), x - 1, y);
            const char *bar = text_c_string(arena, text_format(arena, "M%zu %zuh", x, y));
            different += (is_dark && !before) != (text_find(buffer_text(&svg), bar) < svg.length);
        }
    }
    CHECK_INT(different, 0);
    Buffer coloured = buffer_new(arena);
    CHECK(qr_terminal(text, true, &coloured));
    rest = buffer_text(&coloured);
    text_next_line(&rest, &line);
    CHECK_INT((int)qr_terminal_columns(line), 33);
}

static Text as_part(Arena *arena, const char *html)
{
    Buffer out = buffer_new(arena);
    html_as_part(text_from(html), &(HtmlPlace){TEXT("p1-"), TEXT("a/b/quiz.html"), TEXT("a/handout.html")}, &out);
    return buffer_text(&out);
}

TEST(a_part_has_ids_of_its_own)
{
    CHECK_TEXT(as_part(arena, "<h1 id=\"a\">A</h1><a href=\"#a\">up</a><a href=\"b.html#a\">on</a>"),
               "<h2 id=\"p1-a\">A</h2><a href=\"#p1-a\">up</a><a href=\"b/b.html#a\">on</a>");
    CHECK_TEXT(as_part(arena, "<td headers='x  y'><label for=z>"), "<td headers='p1-x  p1-y'><label for=p1-z>");
    CHECK_TEXT(as_part(arena, "<input aria-describedby=\"r s\" disabled id = i>"), "<input aria-describedby=\"p1-r p1-s\" disabled id = p1-i>");
    CHECK_TEXT(as_part(arena, "<use xlink:href=\"#i\"/><a href=\"#\">top</a>"), "<use xlink:href=\"#p1-i\"/><a href=\"#\">top</a>");
    CHECK_TEXT(as_part(arena, "<H5>x</H5><h6>y</h6><hr>"), "<H6>x</H6><h6>y</h6><hr>");
}

TEST(a_part_leads_where_it_led)
{
    CHECK_TEXT(as_part(arena, "<a href='../index.html'><img src=\"../../media/x.svg\" srcset=\"x.png 1x,  ../y.png 2x\">"),
               "<a href='index.html'><img src=\"../media/x.svg\" srcset=\"b/x.png 1x,  y.png 2x\">");
    CHECK_TEXT(as_part(arena, "<a href=\"https://example.edu/x\"><video poster=p.png src=/top.mp4><object data=\"d.svg\" data-page=\"k.html\">"),
               "<a href=\"https://example.edu/x\"><video poster=b/p.png src=/top.mp4><object data=\"b/d.svg\" data-page=\"k.html\">");
}

TEST(a_part_has_no_scripts_and_its_texts_are_texts)
{
    CHECK_TEXT(as_part(arena, "a<script type=\"application/json\">{\"id\": \"<b id='x'>\"}</script>b<SCRIPT>c</Script >d"), "abd");
    CHECK_TEXT(as_part(arena, "<textarea id=\"t\"><p id=\"x\"></textarea><!-- <i id=\"y\"> -->"), "<textarea id=\"p1-t\"><p id=\"x\"></textarea>");
    CHECK_TEXT(as_part(arena, "1 < 2 <3 id=\"a\" </ <"), "1 < 2 <3 id=\"a\" </ <");
    CHECK_TEXT(as_part(arena, "x<a id=\"b"), "x");
    CHECK_TEXT(as_part(arena, "<script>never closed"), "");
    CHECK_TEXT(as_part(arena, "<textarea>never closed</p>"), "<textarea>never closed</p>");
}

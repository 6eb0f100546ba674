/* server: what a browser may ask for, and what has become of a page. */
#include "test.h"

#include "base/files.h"
#include "base/path.h"
#include "server/page.h"
#include "server/request.h"

#include <stdlib.h>

static Text path_of(Arena *arena, const char *target)
{
    Text path;
    return request_path(arena, text_from(target), &path) ? path : TEXT("refused");
}

TEST(a_path_is_decoded_once)
{
    CHECK_TEXT(path_of(arena, "/"), "");
    CHECK_TEXT(path_of(arena, "/desk/one.html?x=1#y"), "desk/one.html");
    CHECK_TEXT(path_of(arena, "/desk/"), "desk/");
    CHECK_TEXT(path_of(arena, "/a%20b/%c3%a9.html"), "a b/é.html");
    CHECK_TEXT(path_of(arena, "/%2541"), "%41");
    CHECK_TEXT(path_of(arena, "/a?b#c?d"), "a");
    CHECK_TEXT(path_of(arena, "/a#b?c"), "a");
}

TEST(a_path_that_leads_elsewhere_is_refused)
{
    static const char *const targets[] = {
        "", "desk", "http://evil.example/", "*", "//desk", "/desk//one", "/..", "/../x", "/a/../b", "/a/..", "/.", "/./a",
        "/%2e%2e/x", "/%2E./x", "/.%2e", "/a%2fb", "/a%2Fb", "/a\\b", "/a%5cb", "/a%00b", "/%", "/%4", "/%zz", "/.git/config",
        "/.lectern/x", "/a/.htaccess", "/a\nb", "/a%0ab", "/a%7f", "/a/%2e%2e%2f%2e%2e%2fetc"};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        CHECK_TEXT(path_of(arena, targets[i]), "refused");
}

TEST(values_are_found_in_a_query)
{
    const Text target = TEXT("/e?page=%2Fdesk%2Fone.html&state=a-b&empty=&bad=%4");
    CHECK_TEXT(request_value(arena, target, TEXT("page")), "/desk/one.html");
    CHECK_TEXT(request_value(arena, target, TEXT("state")), "a-b");
    CHECK_TEXT(request_value(arena, target, TEXT("empty")), "");
    CHECK_TEXT(request_value(arena, target, TEXT("bad")), "");
    CHECK_TEXT(request_value(arena, target, TEXT("e")), "");
    CHECK_TEXT(request_value(arena, TEXT("/e"), TEXT("page")), "");
    CHECK_TEXT(request_encoded(arena, TEXT("a b/é<>")), "a%20b/%C3%A9%3C%3E");
}

TEST(only_names_of_this_machine_are_answered)
{
    Text items[] = {TEXT("localhost"), TEXT("127.0.0.1"), TEXT("[::1]")};
    const TextList names = {items, 3, 3};
    CHECK(request_host_is(TEXT("localhost"), &names));
    CHECK(request_host_is(TEXT("127.0.0.1:8000"), &names));
    CHECK(request_host_is(TEXT("[::1]:80"), &names));
    CHECK(!request_host_is(TEXT(""), &names));
    CHECK(!request_host_is(TEXT("evil.example"), &names));
    CHECK(!request_host_is(TEXT("localhost.evil.example"), &names));
    CHECK(!request_host_is(TEXT("127.0.0.1:"), &names));
    CHECK(!request_host_is(TEXT("127.0.0.1:8000.evil.example"), &names));
    CHECK(!request_host_is(TEXT("127.0.0.1@evil.example"), &names));
}

/* `part 2 3` is 3 bytes from the third on. */
static Text range_of(Arena *arena, const char *header, uint64_t size)
{
    static const char *const kinds[] = {"whole", "part", "outside"};
    uint64_t first, count;
    const RangeKind kind = request_range(text_from(header), size, &first, &count);
    return kind == RANGE_PART ? text_format(arena, "part %d %d", (int)first, (int)count) : text_from(kinds[kind]);
}

TEST(a_part_of_a_file_is_what_was_asked_for)
{
    CHECK_TEXT(range_of(arena, "bytes=0-4", 10), "part 0 5");
    CHECK_TEXT(range_of(arena, "bytes=5-", 10), "part 5 5");
    CHECK_TEXT(range_of(arena, "bytes=-3", 10), "part 7 3");
    CHECK_TEXT(range_of(arena, "bytes=-30", 10), "part 0 10");
    CHECK_TEXT(range_of(arena, "bytes=8-99999", 10), "part 8 2");
    CHECK_TEXT(range_of(arena, "bytes=10-", 10), "outside");
    CHECK_TEXT(range_of(arena, "bytes=-0", 10), "outside");
    CHECK_TEXT(range_of(arena, "bytes=0-", 0), "outside");
    CHECK_TEXT(range_of(arena, "bytes=4-2", 10), "whole");
    CHECK_TEXT(range_of(arena, "bytes=0-1,4-5", 10), "whole");
    CHECK_TEXT(range_of(arena, "lines=0-1", 10), "whole");
    CHECK_TEXT(range_of(arena, "bytes=-", 10), "whole");
    CHECK_TEXT(range_of(arena, "bytes=99999999999999999999-", 10), "whole");
    CHECK_TEXT(range_of(arena, "", 10), "whole");
}

TEST(a_file_has_the_type_of_its_name)
{
    CHECK_TEXT(text_from(request_type(TEXT("a/b.html"))), "text/html; charset=utf-8");
    CHECK_TEXT(text_from(request_type(TEXT("media/film.mp4"))), "video/mp4");
    CHECK_TEXT(text_from(request_type(TEXT("media/words.vtt"))), "text/vtt; charset=utf-8");
    CHECK_TEXT(text_from(request_type(TEXT("nothing"))), "application/octet-stream");
}

static const char *put(Arena *arena, const char *folder, const char *name, const char *text)
{
    const char *path = text_c_string(arena, text_format(arena, "%s/%s", folder, name));
    files_make_folder(text_c_string(arena, path_folder(text_from(path))));
    files_remove_tree(path);    /* as a build does: another file of the same name */
    files_write(path, text_from(text), NULL);
    return path;
}

TEST(what_has_become_of_a_page_is_known)
{
    char folder[] = "/tmp/lectern-server-XXXXXX";
    const char *page = "<link rel=\"stylesheet\" href=\"../s.css?v=1\"><p>Words</p><img src=\"dot%20.svg\">";
    if (!mkdtemp(folder))
        return;
    put(arena, folder, "a/p.html", page);
    put(arena, folder, "s.css", "p {}");
    put(arena, folder, "a/dot .svg", "<svg/>");
    const Text path = TEXT("a/p.html"), before = page_state(arena, folder, path);
    CHECK_TEXT(text_from(page_change(before, page_state(arena, folder, path))), "none");
    put(arena, folder, "a/p.html", "<link rel=\"stylesheet\" href=\"../s.css?v=2\"><p>Words</p><img src=\"dot%20.svg\">");
    CHECK_TEXT(text_from(page_change(before, page_state(arena, folder, path))), "none");
    put(arena, folder, "s.css", "p { color: red }");
    const Text styled = page_state(arena, folder, path);
    CHECK_TEXT(text_from(page_change(before, styled)), "style");
    put(arena, folder, "a/dot .svg", "<svg></svg>");
    CHECK_TEXT(text_from(page_change(styled, page_state(arena, folder, path))), "page");
    put(arena, folder, "a/p.html", "<p>Other words</p>");
    CHECK_TEXT(text_from(page_change(styled, page_state(arena, folder, path))), "page");
    files_remove_tree(put(arena, folder, "a/p.html", ""));
    CHECK_TEXT(page_state(arena, folder, path), "none");
    CHECK_TEXT(text_from(page_change(styled, TEXT("none"))), "page");
    CHECK_TEXT(text_from(page_change(TEXT(""), styled)), "page");
    files_remove_tree(folder);
}

TEST(a_page_gets_its_script_where_that_may_run)
{
    CHECK_TEXT(page_with_script(arena, TEXT("<head></head><body>"), TEXT("1-2")),
               "<head><script src=\"/.lectern/reload.js\" data-state=\"1-2\" defer></script>\n</head><body>");
    CHECK_TEXT(page_with_script(arena, TEXT("Text"), TEXT("1-2")), "Text<script src=\"/.lectern/reload.js\" data-state=\"1-2\" defer></script>\n");
    const Text closed = TEXT("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\"></head>");
    CHECK(text_equal(page_with_script(arena, closed, TEXT("1-2")), closed));
}

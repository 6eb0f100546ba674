/* page: see page.h. */
#include "page.h"

#include "../base/files.h"
#include "../base/hash.h"
#include "../base/path.h"

enum { LARGEST_PAGE_BYTES = 64 << 20 };

Text page_file(Arena *arena, Text path)
{
    return path.length == 0 || text_ends(path, "/") ? text_format(arena, "%.*sindex.html", TEXT_ARG(path)) : path;
}

typedef struct State {
    Arena *arena;
    const char *folder;
    Text page;              /* the folder that the page stands in, below the site's */
    Hash content, styles;
} State;

/* A file counts by what the disk says of it: a build writes only what differs. */
static void add_file(State *state, Text url)
{
    struct stat status;
    Text path;
    url = text_slice(url, 0, text_find_char(text_slice(url, 0, text_find_char(url, '#')), '?'));
    if (url.length == 0 || path_scheme(url).length || !path_decoded(state->arena, url, &url) ||
        !path_normal(state->arena, path_join(state->arena, state->page, url), &path))
        return;
    const char *file = text_c_string(state->arena, path_join(state->arena, text_from(state->folder), path));
    FileStamp stamp = {0};
    if (stat(file, &status) == 0)
        stamp = file_stamp(&status);
    const uint64_t facts[] = {stamp.size, stamp.inode, (uint64_t)stamp.changed_ns};
    const Hash hash = hash_of((Text){(const char *)facts, sizeof facts});
    Hash *sum = text_is(path_extension(path), "css") ? &state->styles : &state->content;
    *sum = hash_add(*sum, hash);
}

/* Is there an attribute with an address at `offset`, and one of what the page shows? */
static bool is_shown(Text html, size_t offset, size_t *value)
{
    static const char *const names[] = {" src=\"", " poster=\"", " data=\"", " href=\""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const Text name = text_from(names[i]);
        *value = offset + name.length;
        if (text_starts(text_after(html, offset), names[i]))
            return true;
    }
    return false;
}

static void add_content(State *state, Text html)
{
    size_t start = 0, value;
    Hash sum = hash_of(TEXT(""));
    for (size_t i = 0; i < html.length; i++) {
        if (html.bytes[i] != ' ' || !is_shown(html, i, &value))
            continue;
        const Text url = text_slice(html, value, value + text_find_char(text_after(html, value), '"'));
        const Text plain = text_slice(url, 0, text_find(url, "?v="));
        const bool is_link = html.bytes[i + 1] == 'h';
        if (!is_link || text_is(path_extension(plain), "css"))
            add_file(state, plain);
        sum = hash_add(sum, hash_of(text_slice(html, start, value + plain.length)));
        start = value + url.length;
        i = start - 1;
    }
    sum = hash_add(sum, hash_of(text_after(html, start)));
    state->content = hash_add(state->content, sum);
}

Text page_state_of(Arena *arena, const char *folder, Text path, Text html)
{
    const Hash nothing = hash_of(TEXT(""));
    State state = {.arena = arena, .folder = folder, .content = nothing, .styles = nothing};
    state.page = path_folder(page_file(arena, path));
    add_content(&state, html);
    return text_format(arena, "%.*s-%.*s", TEXT_ARG(hash_hex(arena, state.content)), TEXT_ARG(hash_hex(arena, state.styles)));
}

Text page_state(Arena *arena, const char *folder, Text path)
{
    const Text file = path_join(arena, text_from(folder), page_file(arena, path));
    Text html;
    if (files_read(arena, text_c_string(arena, file), LARGEST_PAGE_BYTES, &html, NULL) != 0)
        return TEXT("none");
    return page_state_of(arena, folder, path, html);
}

const char *page_change(Text before, Text after)
{
    const size_t dash = text_find_char(before, '-');
    if (text_equal(before, after))
        return "none";
    const bool is_same = dash < before.length && text_equal(text_slice(before, 0, dash), text_slice(after, 0, text_find_char(after, '-')));
    return is_same ? "style" : "page";
}

Text page_with_script(Arena *arena, Text html, Text state)
{
    const bool has_policy = text_find(html, "Content-Security-Policy") < html.length;
    if (has_policy && text_find(html, "script-src 'self'") == html.length)
        return html;
    const size_t head = text_find(html, "</head>");
    const size_t place = head < html.length ? head : html.length;
    Buffer whole = buffer_new(arena);
    buffer_reserve(&whole, html.length + 128);
    buffer_put(&whole, text_slice(html, 0, place));
    buffer_format(&whole, "<script src=\"/.lectern/reload.js\" data-state=\"%.*s\" defer></script>\n", TEXT_ARG(state));
    buffer_put(&whole, text_after(html, place));
    return buffer_text(&whole);
}

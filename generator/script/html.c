/* html: what plugins may ask of Html: its words, links, sections, items, lines, blocks, gaps; see state.h. */
#include "state.h"

#include <string.h>

static int html_is_empty(lua_State *lua)
{
    const Html *html = bridge_html(lua, 1);
    lua_pushboolean(lua, html->is_text ? text_is_blank(html->text) : fragment_is_empty(html->fragment));
    return 1;
}

Text html_words(lua_State *lua, int index)
{
    const Html *html = bridge_html(lua, index);
    return html->is_text ? html->text : fragment_text(script_of(lua)->page.arena, html->fragment);
}

static int html_text(lua_State *lua)
{
    bridge_push_text(lua, html_words(lua, 1));
    return 1;
}

static int html_links(lua_State *lua)
{
    const Html *html = bridge_html(lua, 1);
    lua_newtable(lua);
    lua_Integer count = 0;
    for (uint32_t i = html->is_text ? html->fragment.to : html->fragment.from; i < html->fragment.to; i++) {
        const Piece *piece = &html->fragment.document->items[i];
        if (piece->kind != PIECE_LINK)
            continue;
        bridge_push_text(lua, piece->link.target);
        lua_rawseti(lua, -2, ++count);
    }
    return 1;
}

static const Fragment *check_fragment(lua_State *lua, int index)
{
    const Html *html = bridge_html(lua, index);
    if (html->is_text)
        luaL_error(lua, "this HTML has no parts");
    return &html->fragment;
}

static void set_integer(lua_State *lua, const char *key, lua_Integer integer)
{
    lua_pushinteger(lua, integer);
    lua_setfield(lua, -2, key);
}

static void set_html(Script *script, const char *key, Fragment fragment)
{
    bridge_push_html(script, fragment);
    lua_setfield(script->lua, -2, key);
}

static void push_section(Script *script, const Document *document, uint32_t index, uint32_t end)
{
    lua_State *lua = script->lua;
    const Piece *piece = &document->items[index];
    lua_newtable(lua);
    set_html(script, "heading", document_heading_words(document, index));
    bridge_push_text(lua, piece->heading.text);
    lua_setfield(lua, -2, "text");
    bridge_push_text(lua, piece->heading.id);
    lua_setfield(lua, -2, "id");
    set_integer(lua, "level", piece->level);
    set_integer(lua, "offset", piece->offset);
    set_integer(lua, "file", document->file);
    set_html(script, "content", document_fragment(document, piece->heading.content_end, end));
    static const Attributes nothing = {{"", 0}, {"", 0}, {.kind = VALUE_MAP}};
    const Attributes *attributes = piece->heading.attributes ? piece->heading.attributes : &nothing;
    bridge_push(script, &attributes->named);
    lua_setfield(lua, -2, "attributes");
}

/* For each heading directly inside: { heading, text, id, level, attributes, content }.  What stands
 * before the first one is under `before`. */
static int html_sections(lua_State *lua)
{
    Script *script = script_of(lua);
    const Fragment whole = *check_fragment(lua, 1);
    const Document *document = whole.document;
    lua_newtable(lua);
    lua_Integer count = 0;
    uint32_t i = whole.from;
    uint16_t depth = UINT16_MAX;
    for (uint32_t j = whole.from; j < whole.to; j++)
        if (document->items[j].kind == PIECE_HEADING && document->items[j].depth < depth)
            depth = document->items[j].depth;
    while (i < whole.to) {
        const Piece *piece = &document->items[i];
        if (piece->kind != PIECE_HEADING || piece->depth != depth) {
            i = piece->kind == PIECE_BLOCK ? piece->end : i + 1;
            continue;
        }
        if (count == 0) {
            bridge_push_html(script, document_fragment(document, whole.from, i));
            lua_setfield(lua, -2, "before");
        }
        const uint32_t end = piece->end < whole.to ? piece->end : whole.to;
        push_section(script, document, i, end);
        lua_rawseti(lua, -2, ++count);
        i = end;
    }
    return 1;
}

/* The items of the first list in it, each as Html; nothing when there is no list.  Under `start` is the
 * number it begins with, if it is numbered. */
static int html_items(lua_State *lua)
{
    Script *script = script_of(lua);
    const Fragment whole = *check_fragment(lua, 1);
    const Document *document = whole.document;
    uint32_t list = whole.from;
    while (list < whole.to && document->items[list].kind != PIECE_LIST)
        list++;
    lua_newtable(lua);
    if (list == whole.to)
        return 1;
    if (document->items[list].is_ordered)
        set_integer(lua, "start", (lua_Integer)document->items[list].list.start);
    lua_Integer count = 0;
    for (uint32_t i = list + 1; i < document->items[list].end && i < whole.to;) {
        if (document->items[i].kind == PIECE_ITEM) {
            bridge_push_html(script, document_unwrapped(document_inside(document, i)));
            lua_rawseti(lua, -2, ++count);
        }
        i = document->items[i].kind == PIECE_ITEM ? document->items[i].end : i + 1;
    }
    return 1;
}

/* Its lines of text, each as Html, with what hangs below a line as part of it. */
static int html_lines(lua_State *lua)
{
    Script *script = script_of(lua);
    Fragment rest = *check_fragment(lua, 1), line;
    lua_newtable(lua);
    for (lua_Integer count = 1; fragment_next_line(&rest, &line); count++) {
        bridge_push_html(script, line);
        lua_rawseti(lua, -2, count);
    }
    return 1;
}

/* The line without its first `count` characters, which must stand at its beginning as they are. */
static int html_after(lua_State *lua)
{
    Script *script = script_of(lua);
    Fragment line = *check_fragment(lua, 1);
    const Text prefix = bridge_text(lua, 2);
    Buffer escaped = buffer_new(script->page.arena);
    buffer_html(&escaped, prefix);
    const Piece *piece = line.from < line.to ? &line.document->items[line.from] : NULL;
    if (piece && piece->kind == PIECE_HTML) {
        const uint32_t start = line.html_from > piece->html.start ? line.html_from : piece->html.start;
        const Text html = text_slice(line.document->html, start, piece->html.end);
        if (html.length >= escaped.length && memcmp(html.bytes, escaped.bytes, escaped.length) == 0)
            line.html_from = start + (uint32_t)escaped.length;
    }
    bridge_push_html(script, line);
    return 1;
}

/* The words of its first paragraph, and what follows it (nil when nothing does). */
static int html_split(lua_State *lua)
{
    Script *script = script_of(lua);
    Fragment first, rest;
    document_split(*check_fragment(lua, 1), &first, &rest);
    bridge_push_html(script, first);
    if (fragment_is_empty(rest))
        lua_pushnil(lua);
    else
        bridge_push_html(script, rest);
    return 2;
}

/* The blocks of that name directly or deeper in it, each { title, content, attributes }. */
static int html_blocks(lua_State *lua)
{
    Script *script = script_of(lua);
    const Fragment whole = *check_fragment(lua, 1);
    const Text name = bridge_text(lua, 2);
    lua_newtable(lua);
    lua_Integer count = 0;
    for (uint32_t i = whole.from; i < whole.to; i++) {
        const Piece *piece = &whole.document->items[i];
        if (piece->kind != PIECE_BLOCK || !text_equal(piece->block->name, name))
            continue;
        bridge_push_html(script, document_inside(whole.document, i));
        lua_rawseti(lua, -2, ++count);
        i = piece->end - 1;
    }
    return 1;
}

/* The same without the blocks of that name, which stand at its end. */
static int html_before(lua_State *lua)
{
    Script *script = script_of(lua);
    Fragment whole = *check_fragment(lua, 1);
    const Text name = bridge_text(lua, 2);
    for (uint32_t i = whole.from; i < whole.to; i++) {
        const Piece *piece = &whole.document->items[i];
        if (piece->kind != PIECE_BLOCK || !text_equal(piece->block->name, name))
            continue;
        whole.to = i;
        whole.html_to = UINT32_MAX;
    }
    bridge_push_html(script, document_unwrapped(whole));
    return 1;
}

/* Its gaps, `{word}`: each { before, source, file, offset }, where `before` is the Html between it
 * and the gap before.  What follows the last one is under `rest`. */
static int html_gaps(lua_State *lua)
{
    Script *script = script_of(lua);
    Fragment rest = *check_fragment(lua, 1);
    lua_newtable(lua);
    lua_Integer count = 0;
    for (uint32_t i = rest.from; i < rest.to; i++) {
        const Piece *piece = &rest.document->items[i];
        if (piece->kind != PIECE_GAP)
            continue;
        Fragment before = rest;
        before.to = i;
        before.html_to = UINT32_MAX;
        lua_newtable(lua);
        set_html(script, "before", before);
        bridge_push_text(lua, piece->gap);
        lua_setfield(lua, -2, "source");
        set_integer(lua, "offset", piece->offset);
        set_integer(lua, "file", rest.document->file);
        lua_rawseti(lua, -2, ++count);
        rest.from = i + 1;
        rest.html_from = 0;
    }
    set_html(script, "rest", rest);
    return 1;
}

const luaL_Reg html_methods[] = {
    {"is_empty", html_is_empty}, {"text", html_text}, {"links", html_links},
    {"sections", html_sections}, {"items", html_items}, {"lines", html_lines},
    {"after", html_after}, {"blocks", html_blocks}, {"before", html_before}, {"split", html_split}, {"gaps", html_gaps}, {NULL, NULL},
};

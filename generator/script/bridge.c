/* bridge: Value <-> Lua; see state.h.
 * Lists, maps, Html and objects are read-only userdata that look into C's data; each carries the
 * number of the page it belongs to and is refused on any other. */
#include "state.h"

#include "../base/unicode.h"
#include "../formats/json.h"

#include <stdlib.h>
#include <string.h>

#define VIEW "lectern view"
#define HTML "lectern html"
#define OBJECT "lectern object"

typedef struct View {
    uint32_t generation;
    const Value *value;
} View;

typedef struct Html {
    uint32_t generation;
    bool is_text;
    Fragment fragment;
    Text text;
} Html;

typedef struct Object {
    uint32_t generation;
    const ValueType *type;
    const void *data;
} Object;

void bridge_push_text(lua_State *lua, Text text)
{
    lua_pushlstring(lua, text.bytes ? text.bytes : "", text.length);
}

static void *push_userdata(Script *script, const char *type, size_t size)
{
    void *data = lua_newuserdatauv(script->lua, size, 0);
    luaL_setmetatable(script->lua, type);
    return data;
}

void bridge_push_html(Script *script, Fragment fragment)
{
    Html *html = push_userdata(script, HTML, sizeof *html);
    *html = (Html){.generation = script->generation, .fragment = fragment};
}

void bridge_push_html_text(Script *script, Text text)
{
    Html *html = push_userdata(script, HTML, sizeof *html);
    *html = (Html){.generation = script->generation, .is_text = true, .text = text};
}

void bridge_push(Script *script, const Value *value)
{
    lua_State *lua = script->lua;
    switch (value->kind) {
    case VALUE_NULL: lua_pushnil(lua); return;
    case VALUE_BOOL: lua_pushboolean(lua, value->boolean); return;
    case VALUE_INT: lua_pushinteger(lua, value->integer); return;
    case VALUE_REAL: lua_pushnumber(lua, value->real); return;
    case VALUE_TEXT: bridge_push_text(lua, value->text); return;
    case VALUE_LIST: case VALUE_MAP: {
        View *view = push_userdata(script, VIEW, sizeof *view);
        *view = (View){script->generation, value};
        return;
    }
    case VALUE_OBJECT:
        if (value->object.type == &html_value_type) {
            bridge_push_html(script, *(const Fragment *)value->object.data);
            return;
        }
        Object *object = push_userdata(script, OBJECT, sizeof *object);
        *object = (Object){script->generation, value->object.type, value->object.data};
        return;
    }
}

static void check_generation(lua_State *lua, uint32_t generation)
{
    if (generation != script_of(lua)->generation)
        luaL_error(lua, "this value belongs to another page and is not kept");
}

static const Value *check_view(lua_State *lua, int index)
{
    const View *view = luaL_checkudata(lua, index, VIEW);
    check_generation(lua, view->generation);
    return view->value;
}

static Text check_text(lua_State *lua, int index)
{
    size_t length;
    const char *bytes = luaL_checklstring(lua, index, &length);
    return (Text){bytes, length};
}

/* Copy into C's hands: a Value that outlives the stack slot. */
static const Value *kept(Script *script, Value value)
{
    Value *copy = ARENA_NEW(script->page.arena, Value);
    *copy = value;
    return copy;
}

static int view_index(lua_State *lua)
{
    Script *script = script_of(lua);
    const Value *value = check_view(lua, 1);
    const Value *part = NULL;
    if (value->kind == VALUE_MAP && lua_type(lua, 2) == LUA_TSTRING) {
        part = value_find(value, check_text(lua, 2));
    } else if (value->kind == VALUE_LIST && lua_isinteger(lua, 2)) {
        const lua_Integer place = lua_tointeger(lua, 2);
        if (place >= 1 && (lua_Unsigned)place <= value->list.count)
            part = &value->list.items[place - 1];
    }
    if (part)
        bridge_push(script, part);
    else
        lua_pushnil(lua);
    return 1;
}

static int view_length(lua_State *lua)
{
    const Value *value = check_view(lua, 1);
    lua_pushinteger(lua, value->kind == VALUE_LIST ? (lua_Integer)value->list.count : 0);
    return 1;
}

/* The step of `pairs` over a view: the place it is at is an upvalue. */
static int view_next(lua_State *lua)
{
    Script *script = script_of(lua);
    const Value *value = check_view(lua, lua_upvalueindex(1));
    const size_t place = (size_t)lua_tointeger(lua, lua_upvalueindex(2));
    const size_t count = value->kind == VALUE_LIST ? value->list.count : value->map.count;
    if (place >= count)
        return 0;
    lua_pushinteger(lua, (lua_Integer)place + 1);
    lua_copy(lua, -1, lua_upvalueindex(2));
    if (value->kind == VALUE_LIST)
        lua_pushinteger(lua, (lua_Integer)place + 1);
    else
        bridge_push_text(lua, value->map.items[place].key);
    bridge_push(script, value->kind == VALUE_LIST ? &value->list.items[place] : &value->map.items[place].value);
    return 2;
}

static int view_pairs(lua_State *lua)
{
    check_view(lua, 1);
    lua_pushvalue(lua, 1);
    lua_pushinteger(lua, 0);
    lua_pushcclosure(lua, view_next, 2);
    return 1;
}

static int view_equal(lua_State *lua)
{
    lua_pushboolean(lua, check_view(lua, 1) == check_view(lua, 2));
    return 1;
}

static int read_only(lua_State *lua)
{
    return luaL_error(lua, "this is the author's data and cannot be changed");
}

static const Html *check_html(lua_State *lua, int index)
{
    const Html *html = luaL_checkudata(lua, index, HTML);
    check_generation(lua, html->generation);
    return html;
}

static int html_is_empty(lua_State *lua)
{
    const Html *html = check_html(lua, 1);
    lua_pushboolean(lua, html->is_text ? text_is_blank(html->text) : fragment_is_empty(html->fragment));
    return 1;
}

static int html_text(lua_State *lua)
{
    const Html *html = check_html(lua, 1);
    Script *script = script_of(lua);
    bridge_push_text(lua, html->is_text ? html->text : fragment_text(script->page.arena, html->fragment));
    return 1;
}

static int html_links(lua_State *lua)
{
    const Html *html = check_html(lua, 1);
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
    const Html *html = check_html(lua, index);
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

/* The items of the first list in it, each as Html; nothing when there is no list. */
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
    const Text prefix = check_text(lua, 2);
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
    const Text name = check_text(lua, 2);
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
    const Text name = check_text(lua, 2);
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

static const luaL_Reg html_methods[] = {
    {"is_empty", html_is_empty}, {"text", html_text}, {"links", html_links},
    {"sections", html_sections}, {"items", html_items}, {"lines", html_lines},
    {"after", html_after}, {"blocks", html_blocks}, {"before", html_before}, {"split", html_split}, {NULL, NULL},
};

static int object_index(lua_State *lua)
{
    Script *script = script_of(lua);
    const Object *object = luaL_checkudata(lua, 1, OBJECT);
    check_generation(lua, object->generation);
    Value part = VALUE_NONE;
    if (lua_type(lua, 2) != LUA_TSTRING ||
        !object->type->get(script->host.context, script->page.arena, object->data, check_text(lua, 2), &part))
        lua_pushnil(lua);
    else
        bridge_push(script, part.kind == VALUE_LIST || part.kind == VALUE_MAP ? kept(script, part) : &part);
    return 1;
}

static int object_equal(lua_State *lua)
{
    const Object *left = luaL_checkudata(lua, 1, OBJECT), *right = luaL_checkudata(lua, 2, OBJECT);
    lua_pushboolean(lua, left->data == right->data && left->type == right->type);
    return 1;
}

static void make_type(lua_State *lua, const char *name, const luaL_Reg *functions)
{
    luaL_newmetatable(lua, name);
    luaL_setfuncs(lua, functions, 0);
    lua_pushboolean(lua, false);
    lua_setfield(lua, -2, "__metatable");
    lua_pushcfunction(lua, read_only);
    lua_setfield(lua, -2, "__newindex");
}

void bridge_open(Script *script)
{
    static const luaL_Reg view[] = {{"__index", view_index}, {"__len", view_length}, {"__pairs", view_pairs}, {"__eq", view_equal}, {NULL, NULL}};
    static const luaL_Reg object[] = {{"__index", object_index}, {"__eq", object_equal}, {NULL, NULL}};
    static const luaL_Reg html[] = {{NULL, NULL}};
    lua_State *lua = script->lua;
    make_type(lua, VIEW, view);
    make_type(lua, OBJECT, object);
    make_type(lua, HTML, html);
    lua_newtable(lua);
    luaL_setfuncs(lua, html_methods, 0);
    lua_setfield(lua, -2, "__index");
    lua_pop(lua, 3);
}

bool bridge_is_html(Script *script, int index)
{
    return luaL_testudata(script->lua, index, HTML) != NULL;
}

bool bridge_fragment(Script *script, int index, Fragment *fragment)
{
    const Html *html = luaL_testudata(script->lua, index, HTML);
    if (!html || html->is_text)
        return false;
    *fragment = html->fragment;
    return true;
}

bool bridge_write_html(Script *script, int index, Buffer *out)
{
    const Html *html = luaL_testudata(script->lua, index, HTML);
    if (!html)
        return false;
    check_generation(script->lua, html->generation);
    if (html->is_text)
        buffer_put(out, html->text);
    else
        script->write(script, html->fragment, out);
    return true;
}

const void *bridge_object(Script *script, int index, const ValueType *type)
{
    const Object *object = luaL_testudata(script->lua, index, OBJECT);
    return object && object->type == type ? object->data : NULL;
}

bool bridge_value(Script *script, int index, Value *value)
{
    const Object *object = luaL_testudata(script->lua, index, OBJECT);
    const View *view = luaL_testudata(script->lua, index, VIEW);
    if (object)
        *value = value_object(object->type, object->data);
    else if (view)
        *value = *view->value;
    return object || view;
}

static int compare_keys(const void *left, const void *right)
{
    return text_compare(((const ValueEntry *)left)->key, ((const ValueEntry *)right)->key);
}

static Value read_at(Script *script, int index, int depth);

static Value read_list(Script *script, int index, lua_Unsigned count, int depth)
{
    Value list = value_list();
    for (lua_Unsigned i = 1; i <= count; i++) {
        lua_rawgeti(script->lua, index, (lua_Integer)i);
        value_add(script->page.arena, &list, read_at(script, lua_gettop(script->lua), depth + 1));
        lua_pop(script->lua, 1);
    }
    return list;
}

/* A table is a list when it has a length, or nothing in it; else a map with its keys sorted. */
static Value read_table(Script *script, int index, int depth)
{
    lua_State *lua = script->lua;
    const lua_Unsigned count = lua_rawlen(lua, index);
    if (count)
        return read_list(script, index, count, depth);
    Value map = value_map();
    for (lua_pushnil(lua); lua_next(lua, index); lua_pop(lua, 1)) {
        if (lua_type(lua, -2) != LUA_TSTRING)
            luaL_error(lua, "a table in data has a key that is no text");
        const Text key = text_copy(script->page.arena, check_text(lua, -2));
        value_set(script->page.arena, &map, key, read_at(script, lua_gettop(lua), depth + 1));
    }
    if (map.map.count)
        qsort(map.map.items, map.map.count, sizeof *map.map.items, compare_keys);
    return map.map.count ? map : value_list();
}

static Value read_html(Script *script, int index)
{
    Buffer html = buffer_new(script->page.arena);
    bridge_write_html(script, index, &html);
    return value_text(buffer_text(&html));
}

static Value read_at(Script *script, int index, int depth)
{
    lua_State *lua = script->lua;
    if (depth > 64 || !lua_checkstack(lua, 6))
        luaL_error(lua, "data is nested more than 64 deep, or in a circle");
    switch (lua_type(lua, index)) {
    case LUA_TNIL: return VALUE_NONE;
    case LUA_TBOOLEAN: return value_bool(lua_toboolean(lua, index));
    case LUA_TNUMBER:
        return lua_isinteger(lua, index) ? value_int(lua_tointeger(lua, index)) : value_real(lua_tonumber(lua, index));
    case LUA_TSTRING: {
        const Text text = text_copy(script->page.arena, check_text(lua, index));
        if (unicode_error(text) < text.length)
            luaL_error(lua, "a text in data is not UTF-8");
        return value_text(text);
    }
    case LUA_TTABLE: return read_table(script, index, depth);
    case LUA_TUSERDATA:
        if (bridge_is_html(script, index))
            return read_html(script, index);
        if (luaL_testudata(lua, index, VIEW))
            return *check_view(lua, index);
        break;
    default: break;
    }
    luaL_error(lua, "%s cannot stand in data", luaL_typename(lua, index));
    return VALUE_NONE;
}

Value bridge_read(Script *script, int index)
{
    return read_at(script, lua_absindex(script->lua, index), 0);
}

bool script_push_model(Script *script, const Plugin *plugin, const Value *self)
{
    if (!plugin->has_model || !script_push_function(script, plugin, "model")) {
        lua_newtable(script->lua);
        return true;
    }
    bridge_push(script, self);
    bridge_push(script, self == &script->page.page ? &script->page.site : &script->page.page);
    return script_call(script, 2, 1);
}

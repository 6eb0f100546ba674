/* library: what plugins and templates may call; see state.h.
 * Lua's own functions are those of basics.c, what asks the site is in library_site.c, what tells parts of questions apart in identities.c; these
 * are the others of Lectern's. */
#include "state.h"

#include "../base/hash.h"
#include "../base/unicode.h"
#include "../formats/qr.h"

#include <stdlib.h>
#include <string.h>

static int library_slug(lua_State *lua)
{
    bridge_push_text(lua, unicode_slug(script_of(lua)->page.arena, script_argument(lua, 1)));
    return 1;
}

/* HTML and data. */

static int library_html(lua_State *lua)
{
    Script *script = script_of(lua);
    Buffer html = buffer_new(script->page.arena);
    buffer_html(&html, script_argument(lua, 1));
    bridge_push_html_text(script, buffer_text(&html));
    return 1;
}

/* from_markdown(text): Markdown as Html.  Nobody checks what is in it: what is wrong is an error of the plugin. */
static int library_from_markdown(lua_State *lua)
{
    Script *script = script_of_page(lua);
    Arena *arena = script->page.arena;
    const Text text = text_copy(arena, script_argument(lua, 1));
    const Origin origin = origin_plain(arena, 0, 0);
    Diag *diag = diag_new(arena, script->diag->sources);
    diag_source(diag, 0, text);
    script_charge(lua, 10000 + 50 * text.length);
    const Document *document = markdown_read(arena, text, &origin, script->page.markdown, diag);
    if (diag->error_count)
        return luaL_error(lua, "this Markdown is not right: %s", text_c_string(arena, diag->items[0].message));
    bridge_push_html(script, document_all(document));
    return 1;
}

/* A template's result as Html. */
static int library_render(lua_State *lua)
{
    Script *script = script_of_page(lua);
    Buffer *before = script->out;
    Buffer html = buffer_new(script->page.arena);
    const Text name = text_copy(script->page.arena, script_argument(lua, 1));
    script->out = &html;
    lua_settop(lua, 2);
    script_charge(lua, 1000);
    const bool ok = template_run(script, name);
    script->out = before;
    if (!ok)
        return luaL_error(lua, "the template '%s' failed", text_c_string(script->page.arena, name));
    bridge_push_html_text(script, buffer_text(&html));
    return 1;
}

/* Four digits for up to three bytes; inline, as nearly always it is three. */
static inline __attribute__((always_inline)) void put_three(char *digits, const char *bytes, size_t count)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned char three[3] = {0};
    memcpy(three, bytes, count);
    digits[0] = alphabet[three[0] >> 2];
    digits[1] = alphabet[(three[0] << 4 | three[1] >> 4) & 63];
    digits[2] = count > 1 ? alphabet[(three[1] << 2 | three[2] >> 6) & 63] : '=';
    digits[3] = count > 2 ? alphabet[three[2] & 63] : '=';
}

static void put_base64(Buffer *out, Text text)
{
    buffer_reserve(out, text.length / 3 * 4 + 4);
    size_t i = 0;
    for (; i + 3 <= text.length; i += 3, out->length += 4)
        put_three(out->bytes + out->length, text.bytes + i, 3);
    if (i == text.length)
        return;
    put_three(out->bytes + out->length, text.bytes + i, text.length - i);
    out->length += 4;
}

/* Data that a glance at the page's source does not give away: base64 (RFC 4648) of its JSON. */
static int library_veiled(lua_State *lua)
{
    Script *script = script_of(lua);
    Buffer json = buffer_new(script->page.arena), veiled = buffer_new(script->page.arena);
    bridge_write_json(script, 1, &json);
    script_charge(lua, json.length);
    put_base64(&veiled, buffer_text(&json));
    bridge_push_text(lua, buffer_text(&veiled));
    return 1;
}

/* The model of a question: what the plugin that `type` names in `folder` makes of `self`. */
static int library_model_of(lua_State *lua)
{
    Script *script = script_of_page(lua);
    Value self;
    const Plugin *plugin = script_plugin(script, script_argument(lua, 1), script_argument(lua, 2));
    if (!plugin || !bridge_value(script, 3, &self))
        return luaL_error(lua, "model_of() takes a folder, a plugin's name and its fields");
    Value *kept = ARENA_NEW(script->page.arena, Value);
    *kept = self;
    if (!script_push_model(script, plugin, kept))
        return luaL_error(lua, "the model of '%s' failed", text_c_string(script->page.arena, plugin->name));
    return 1;
}

/* The fields in which a path is followed: those of the page at hand, or those that it says it is `of`. */
static const Value *reported_fields(Script *script)
{
    Value fields;
    if (!lua_istable(script->lua, 1) || lua_getfield(script->lua, 1, "of") == LUA_TNIL || !bridge_value(script, -1, &fields))
        return script->reported;
    Value *kept = ARENA_NEW(script->page.arena, Value);
    *kept = fields;
    return kept;
}

/* report(path, message, options): something is wrong with the fields at `path`, a list of keys, or
 * with a section or gap of Html, a page, or what a block made known.  Options: `warning`, `advice`,
 * `help`; `if_fine`, to be said only when nothing else is wrong with the page. */
static int library_report(lua_State *lua)
{
    Script *script = script_of_page(lua);
    lua_settop(lua, 3);
    const Value *at = reported_fields(script);
    Pos pos = at ? at->pos : POS_NONE;
    luaL_checkany(lua, 1);
    if (!lua_istable(lua, 1))
        luaL_checktype(lua, 1, LUA_TUSERDATA);
    if (lua_getfield(lua, 1, "offset") == LUA_TNUMBER) {
        const lua_Integer offset = lua_tointeger(lua, -1);
        lua_getfield(lua, 1, "file");
        const lua_Integer file = lua_tointeger(lua, -1);
        if (offset < 0 || offset > UINT32_MAX || file < 0 || (lua_Unsigned)file >= script->diag->sources->count)
            return luaL_error(lua, "there is no place in a file that is this one");
        pos = (Pos){(uint32_t)file, (uint32_t)offset};
        at = NULL;
    }
    lua_settop(lua, 3);
    const lua_Integer count = at ? luaL_len(lua, 1) : 0;
    for (lua_Integer i = 1; at && i <= count; i++) {
        lua_geti(lua, 1, i);
        const ValueEntry *entry = lua_type(lua, -1) == LUA_TSTRING ? value_entry(at, script_argument(lua, -1)) : NULL;
        const lua_Integer place = lua_isinteger(lua, -1) ? lua_tointeger(lua, -1) : 0;
        const bool is_item = at->kind == VALUE_LIST && place >= 1 && (lua_Unsigned)place <= at->list.count;
        at = entry ? &entry->value : is_item ? &at->list.items[place - 1] : NULL;
        if (at)
            pos = entry ? entry->key_pos : at->pos;
        lua_pop(lua, 1);
    }
    bool is_warning = false, is_advice = false, if_fine = false;
    if (lua_istable(lua, 3)) {
        lua_getfield(lua, 3, "warning");
        is_warning = lua_toboolean(lua, -1);
        lua_getfield(lua, 3, "advice");
        is_advice = lua_toboolean(lua, -1);
        lua_getfield(lua, 3, "if_fine");
        if_fine = lua_toboolean(lua, -1);
        lua_getfield(lua, 3, "help");
    } else {
        lua_pushnil(lua);
    }
    const Text message = script_plain(script->page.arena, script_argument(lua, 2));
    script_charge(lua, 5000);
    if ((is_advice && !script->page.wants_advice) || (if_fine && script->diag->error_count))
        return 0;
    if (is_advice)
        diag_advise(script->diag, pos, "%.*s", TEXT_ARG(message));
    else if (is_warning)
        diag_warn(script->diag, pos, "%.*s", TEXT_ARG(message));
    else
        diag_error(script->diag, pos, "%.*s", TEXT_ARG(message));
    if (lua_isstring(lua, -1))
        diag_help(script->diag, "%.*s", TEXT_ARG(script_plain(script->page.arena, script_argument(lua, -1))));
    return 0;
}

/* nearest(text, texts): that of a list which was probably meant, or nil. */
static int library_nearest(lua_State *lua)
{
    Script *script = script_of(lua);
    Nearest nearest = nearest_to(script_argument(lua, 1));
    luaL_checktype(lua, 2, LUA_TTABLE);
    const lua_Integer count = luaL_len(lua, 2);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(lua, 2, i);
        nearest_try(&nearest, text_copy(script->page.arena, script_argument(lua, -1)));
        script_charge(lua, 1000);
        lua_pop(lua, 1);
    }
    if (nearest_found(&nearest).length)
        bridge_push_text(lua, nearest_found(&nearest));
    else
        lua_pushnil(lua);
    return 1;
}

/* qr(text, label): a QR code of the text, as Html. */
static int library_qr(lua_State *lua)
{
    Script *script = script_of(lua);
    Buffer svg = buffer_new(script->page.arena);
    script_charge(lua, 100 * 1000);
    if (!qr_svg(script_argument(lua, 1), script_argument(lua, 2), &svg))
        return luaL_error(lua, "this is too long for a QR code");
    bridge_push_html_text(script, buffer_text(&svg));
    return 1;
}

/* link_notes(): the links to elsewhere in what has been written of the page so far, as they are numbered. */
static int library_link_notes(lua_State *lua)
{
    Script *script = script_of_page(lua);
    Value *notes = ARENA_NEW(script->page.arena, Value);
    *notes = script->made.notes;
    bridge_push(script, notes);
    return 1;
}

/* A cell of a table for spreadsheets: in quotes where RFC 4180 asks for them, and what a spreadsheet would
 * take for a formula begins with an apostrophe. */
static void put_cell(Buffer *out, Text cell)
{
    const bool is_formula = cell.length && strchr("=+-@\t\r", cell.bytes[0]);
    bool needs_quotes = is_formula;
    for (size_t i = 0; i < cell.length; i++)
        needs_quotes = needs_quotes || strchr(",\"\r\n", cell.bytes[i]);
    if (needs_quotes)
        buffer_char(out, '"');
    if (is_formula)
        buffer_char(out, '\'');
    for (size_t i = 0; i < cell.length; i++) {
        if (cell.bytes[i] == '"')
            buffer_char(out, '"');
        buffer_char(out, cell.bytes[i]);
    }
    if (needs_quotes)
        buffer_char(out, '"');
}

/* csv(rows): a list of lists of texts and numbers as comma-separated values (RFC 4180). */
static int library_csv(lua_State *lua)
{
    Script *script = script_of(lua);
    Buffer out = buffer_new(script->page.arena);
    luaL_checktype(lua, 1, LUA_TTABLE);
    const lua_Integer rows = luaL_len(lua, 1);
    for (lua_Integer i = 1; i <= rows; i++) {
        lua_geti(lua, 1, i);
        luaL_checktype(lua, -1, LUA_TTABLE);
        const lua_Integer cells = luaL_len(lua, -1);
        for (lua_Integer j = 1; j <= cells; j++) {
            lua_geti(lua, -1, j);
            if (j > 1)
                buffer_char(&out, ',');
            if (!lua_isnil(lua, -1) && lua_isnumber(lua, -1) && lua_type(lua, -1) == LUA_TNUMBER)
                buffer_put(&out, script_argument(lua, -1));
            else if (!lua_isnil(lua, -1))
                put_cell(&out, script_argument(lua, -1));
            lua_pop(lua, 1);
        }
        buffer_string(&out, "\r\n");
        lua_pop(lua, 1);
    }
    bridge_push_text(lua, buffer_text(&out));
    return 1;
}

/* xml(text): escaped for an XML document. */
static int library_xml(lua_State *lua)
{
    Buffer out = buffer_new(script_of(lua)->page.arena);
    buffer_html(&out, script_argument(lua, 1));
    bridge_push_text(lua, buffer_text(&out));
    return 1;
}

/* claim(id): true when nothing of this page has claimed it before; for what must be there once. */
static int library_claim(lua_State *lua)
{
    Script *script = script_of_page(lua);
    const Text id = text_copy(script->page.arena, script_argument(lua, 1));
    lua_pushboolean(lua, table_put(&script->made.claims, id, 1) == TABLE_NOTHING);
    return 1;
}

/* unique(id): the id, or where this page has it already `id-2`, `id-3`...; in the order in which the page
 * is written. */
static int library_unique(lua_State *lua)
{
    Script *script = script_of(lua);
    bridge_push_text(lua, table_unique(&script->made.uniques, text_copy(script->page.arena, script_argument(lua, 1))));
    return 1;
}

static const luaL_Reg functions[] = {
    {"slug", library_slug}, {"html", library_html}, {"from_markdown", library_from_markdown}, {"render", library_render},
    {"veiled", library_veiled}, {"model_of", library_model_of}, {"nearest", library_nearest}, {"report", library_report}, {"claim", library_claim},
    {"unique", library_unique}, {"qr", library_qr}, {"link_notes", library_link_notes},
    {"csv", library_csv}, {"mark_current", kept_mark}, {"write_url", kept_write_url}, {"xml", library_xml}, {NULL, NULL},
};

void library_open(Script *script)
{
    lua_newtable(script->lua);
    basics_open(script->lua);
    luaL_setfuncs(script->lua, functions, 0);
    luaL_setfuncs(script->lua, library_of_identities, 0);
    luaL_setfuncs(script->lua, library_of_site, 0);
}

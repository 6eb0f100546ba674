/* library_site: what plugins and templates may ask of the site: words, addresses, other pages, files; see state.h. */
#include "state.h"


#include <stdio.h>

/* Words. */

static Text word_of(lua_State *lua, Text key, const Value *values)
{
    Script *script = script_of(lua);
    const Text word = script->host.word(script->host.context, script->page.arena, script->page.language, key, values);
    if (!word.bytes)
        luaL_error(lua, "the catalogue of words has no '%s'", text_c_string(script->page.arena, key));
    return word;
}

/* A word into which nothing is put: the same for every page in a language, so Lua keeps it. */
static int plain_word(lua_State *lua)
{
    const Value none = VALUE_NONE;
    lua_settop(lua, 1);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, script_of(lua)->plain_words);
    lua_pushvalue(lua, 1);
    if (lua_rawget(lua, 2) == LUA_TSTRING)
        return 1;
    bridge_push_text(lua, word_of(lua, script_argument(lua, 1), &none));
    lua_pushvalue(lua, 1);
    lua_pushvalue(lua, -2);
    lua_rawset(lua, 2);
    return 1;
}

static int library_word(lua_State *lua)
{
    if (lua_isnoneornil(lua, 2))
        return plain_word(lua);
    const Text key = script_argument(lua, 1);
    const Value values = bridge_read(script_of(lua), 2);
    bridge_push_text(lua, word_of(lua, key, &values));
    return 1;
}

/* A word if the catalogue has it, else nil: for names that plugins bring. */
static int library_word_or_nil(lua_State *lua)
{
    Script *script = script_of(lua);
    const Value none = VALUE_NONE;
    const Text word = script->host.word(script->host.context, script->page.arena, script->page.language, script_argument(lua, 1), &none);
    if (word.bytes)
        bridge_push_text(lua, word);
    else
        lua_pushnil(lua);
    return 1;
}

static int library_words_for_script(lua_State *lua)
{
    Script *script = script_of_page(lua);
    const Text more = lua_isnoneornil(lua, 1) ? TEXT("") : script_argument(lua, 1);
    Value *words = ARENA_NEW(script->page.arena, Value);
    *words = script->host.client_words(script->host.context, script->page.arena, script->page.language, more);
    bridge_push(script, words);
    return 1;
}

/* `2026-11-02` as the catalogue writes dates. */
static int library_date(lua_State *lua)
{
    Script *script = script_of(lua);
    Arena *arena = script->page.arena;
    const char *iso = luaL_checkstring(lua, 1);
    int year, month, day;
    if (sscanf(iso, "%4d-%2d-%2d", &year, &month, &day) != 3 || month < 1 || month > 12)
        return luaL_error(lua, "'%s' is no date such as 2026-11-02", iso);
    const Value none = VALUE_NONE;
    Value values = value_map();
    VALUE_SET(arena, &values, "day", value_int(day));
    VALUE_SET(arena, &values, "month", value_text(word_of(lua, text_format(arena, "month-%d", month), &none)));
    VALUE_SET(arena, &values, "year", value_int(year));
    bridge_push_text(lua, word_of(lua, TEXT("date"), &values));
    return 1;
}

/* Addresses. */

static Script *of_place(lua_State *lua)
{
    kept_check_place(lua);
    return script_of_page(lua);
}

static int library_url(lua_State *lua)
{
    Script *script = of_place(lua);
    Value value;
    if (!bridge_value(script, 1, &value))
        return luaL_error(lua, "url() takes a page, a module, a course or the site");
    const Text url = script->host.page_url(script->host.context, script->page.arena, &value);
    if (!url.bytes)
        return luaL_error(lua, "url() takes a page, a module, a course or the site");
    bridge_push_text(lua, url);
    return 1;
}

static int library_asset(lua_State *lua)
{
    Script *script = of_place(lua);
    bridge_push_text(lua, script->host.asset_url(script->host.context, script->page.arena, script_argument(lua, 1)));
    return 1;
}

static int library_media(lua_State *lua)
{
    Script *script = of_place(lua);
    bridge_push_text(lua, script->host.media_url(script->host.context, script->page.arena, script_argument(lua, 1)));
    return 1;
}

static int library_link(lua_State *lua)
{
    Script *script = of_place(lua);
    bridge_push_text(lua, script->host.link_url(script->host.context, script->page.arena, script_argument(lua, 1)));
    return 1;
}

/* While pages are read, nothing is known of others yet. */
static Script *of_site(lua_State *lua)
{
    Script *script = script_of_page(lua);
    if (!script->host.is_site_known(script->host.context))
        luaL_error(lua, "other pages are not known yet: this can be called in model() and site(), not in check() and facts()");
    return script;
}

/* page_named(path): the page that the author names, from the page at hand; nil when there is none. */
static int library_page_named(lua_State *lua)
{
    Script *script = of_site(lua);
    Value page;
    if (script->host.page_named(script->host.context, script->page.arena, script_argument(lua, 1), &page))
        bridge_push(script, &page);
    else
        lua_pushnil(lua);
    return 1;
}

/* A text below `key` of the table at 2, where nothing else can stand. */
static Text filter_of(lua_State *lua, const char *key)
{
    if (lua_getfield(lua, 2, key) == LUA_TNIL)
        return TEXT_NONE;
    luaL_argcheck(lua, lua_type(lua, -1) == LUA_TSTRING, 2, "`type` and `block` are texts");
    return text_copy(script_of(lua)->page.arena, script_argument(lua, -1));
}

/* find_pages(place, { type, block }): the pages of the site, a course or a module, in the order of reading. */
static int library_find_pages(lua_State *lua)
{
    Script *script = of_site(lua);
    Value place;
    Value *found = ARENA_NEW(script->page.arena, Value);
    if (!bridge_value(script, 1, &place) || place.kind != VALUE_OBJECT)
        return luaL_error(lua, "find_pages() takes the site, a course or a module");
    luaL_checktype(lua, 2, LUA_TTABLE);
    for (lua_pushnil(lua); lua_next(lua, 2); lua_pop(lua, 1))
        if (lua_type(lua, -2) != LUA_TSTRING || (!text_is(bridge_text(lua, -2), "type") && !text_is(bridge_text(lua, -2), "block")))
            return luaL_error(lua, "find_pages() finds by `type` and `block` alone");
    const Text type = filter_of(lua, "type"), block = filter_of(lua, "block");
    *found = script->host.find_pages(script->host.context, script->page.arena, &place, type, block);
    script_charge(lua, 1000 + 20 * found->list.count);
    bridge_push(script, found);
    return 1;
}

/* fields_of(page): the typed fields of another page, or nil when its source is not right, which is said with it. */
static int library_fields_of(lua_State *lua)
{
    Script *script = of_site(lua);
    Arena *arena = script->page.arena;
    ScriptChecked *checked = ARENA_NEW(arena, ScriptChecked);
    ScriptSource source;
    Value page;
    if (!bridge_value(script, 1, &page) || page.kind != VALUE_OBJECT)
        return luaL_error(lua, "fields_of() takes a page");
    if (!script->host.page_source(script->host.context, arena, &page, &source)) {
        lua_pushnil(lua);
        return 1;
    }
    script_charge(lua, 10000 + 20 * source.text.length);
    script_check_values(script, &(ScriptValues){.fields = source.fields, .name = TEXT("page"), .written = &source.written, .source = source.text,
                                                .diag = diag_new(arena, script->diag->sources), .is_known = true}, checked);
    bridge_push(script, &checked->typed);
    return 1;
}

/* file_text(name): the text of a file of the theme or of plugins, such as `js/results/zip.js`. */
static int library_file_text(lua_State *lua)
{
    Script *script = script_of(lua);
    ScriptFile file;
    const Text name = script_argument(lua, 1);
    const bool is_inside = name.length && !text_starts(name, "/") && !text_starts(name, "generator/") &&
                           text_find(name, "..") == name.length && text_find_char(name, '\0') == name.length;
    if (!is_inside || !script->host.file(script->host.context, script->page.arena, name, &file))
        return luaL_error(lua, "there is no file '%s' in the theme or among the plugins", text_c_string(script->page.arena, name));
    script_charge(lua, file.text.length / 16);
    bridge_push_text(lua, file.text);
    return 1;
}

/* keep_edition(edition, data): what answers to that edition of a quiz are scored by, kept for the results page. */
static int library_keep_edition(lua_State *lua)
{
    Script *script = script_of_page(lua);
    const Text edition = text_copy(script->page.arena, script_argument(lua, 1));
    Buffer json = buffer_new(script->page.arena);
    bridge_write_json(script, 2, &json);
    script_charge(lua, 10000 + json.length);
    if (!script->host.keep_edition(script->host.context, edition, buffer_text(&json), script->diag))
        return luaL_error(lua, "the edition '%s' cannot be kept", text_c_string(script->page.arena, edition));
    return 0;
}

/* editions(): all that were kept, texts in JSON by their editions. */
static int library_editions(lua_State *lua)
{
    Script *script = script_of_page(lua);
    Value *kept = ARENA_NEW(script->page.arena, Value);
    *kept = script->host.editions(script->host.context, script->page.arena);
    bridge_push(script, kept);
    return 1;
}

/* read_captions(path): the list of { from, to, text }, or nil and a sentence why not. */
static int library_captions(lua_State *lua)
{
    Script *script = script_of_page(lua);
    Value *cues = ARENA_NEW(script->page.arena, Value);
    Text problem;
    if (script->host.captions(script->host.context, script->page.arena, script_argument(lua, 1), cues, &problem)) {
        bridge_push(script, cues);
        return 1;
    }
    lua_pushnil(lua);
    bridge_push_text(lua, problem);
    return 2;
}

const luaL_Reg library_of_site[] = {
    {"word", library_word}, {"word_or_nil", library_word_or_nil}, {"words_for_script", library_words_for_script},
    {"date", library_date}, {"url", library_url}, {"asset", library_asset}, {"media", library_media},
    {"link", library_link}, {"page_named", library_page_named}, {"find_pages", library_find_pages}, {"fields_of", library_fields_of}, {"file_text", library_file_text},
    {"keep_edition", library_keep_edition}, {"editions", library_editions}, {"read_captions", library_captions}, {NULL, NULL},
};

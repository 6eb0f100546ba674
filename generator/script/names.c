/* names: what plugins and templates see besides the library: the page at hand and what belongs to it; see state.h. */
#include "state.h"

/* The names that templates see besides their data: those of the page at hand, then the library's. */
void names_open(Script *script)
{
    lua_State *lua = script->lua;
    lua_createtable(lua, 0, 1);
    lua_newtable(lua);
    lua_pushvalue(lua, -1);
    script->page_names = luaL_ref(lua, LUA_REGISTRYINDEX);
    lua_createtable(lua, 0, 1);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, script->library);
    lua_setfield(lua, -2, "__index");
    lua_setmetatable(lua, -2);
    lua_setfield(lua, -2, "__index");
    script->page_base = luaL_ref(lua, LUA_REGISTRYINDEX);
    lua_newtable(lua);
    script->words = luaL_ref(lua, LUA_REGISTRYINDEX);
    lua_newtable(lua);
    script->plain_words = luaL_ref(lua, LUA_REGISTRYINDEX);
}

void names_for_words(Script *script)
{
    lua_State *lua = script->lua;
    lua_rawgeti(lua, LUA_REGISTRYINDEX, script->words);
    bridge_push_text(lua, script->page.language);
    if (lua_rawget(lua, -2) == LUA_TNIL) {
        lua_pop(lua, 1);
        lua_newtable(lua);
        bridge_push_text(lua, script->page.language);
        lua_pushvalue(lua, -2);
        lua_rawset(lua, -4);
    }
    lua_rawseti(lua, LUA_REGISTRYINDEX, script->plain_words);
    lua_pop(lua, 1);
}

void names_set(Script *script, const char *key, const Value *value)
{
    bridge_push(script, value);
    lua_setfield(script->lua, -2, key);
}

static const char *edition_of(const ScriptPage *page)
{
    return page->is_facilitator ? "facilitator" : "learner";
}

void names_for_templates(Script *script)
{
    lua_State *lua = script->lua;
    const ScriptPage *page = &script->page;
    if (script->has_page_names)
        return;
    script->has_page_names = true;
    lua_rawgeti(lua, LUA_REGISTRYINDEX, script->page_names);
    names_set(script, "page", &page->page);
    names_set(script, "site", &page->site);
    names_set(script, "course", &page->course);
    names_set(script, "module", &page->module);
    lua_pushstring(lua, edition_of(page));
    lua_setfield(lua, -2, "edition");
    lua_pushboolean(lua, page->is_part);
    lua_setfield(lua, -2, "is_part");
    const Fragment content = page->body ? document_fragment(page->body, page->body_from, (uint32_t)page->body->count) : (Fragment){0};
    if (fragment_is_empty(content))
        lua_pushnil(lua);
    else
        bridge_push_html(script, content);
    lua_setfield(lua, -2, "content");
    lua_pop(lua, 1);
}

/* Plugins know which edition is made, whether advice is wanted, and the call-outs of site.yaml. */
void names_for_plugins(Script *script)
{
    lua_State *lua = script->lua;
    lua_rawgeti(lua, LUA_REGISTRYINDEX, script->plugin_base);
    if (!lua_istable(lua, -1)) {
        lua_pop(lua, 1);
        return;
    }
    names_set(script, "callouts", &script->page.callouts);
    lua_pushboolean(lua, script->page.wants_advice);
    lua_setfield(lua, -2, "wants_advice");
    lua_pushstring(lua, edition_of(&script->page));
    lua_setfield(lua, -2, "edition");
    lua_pop(lua, 1);
}

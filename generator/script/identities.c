/* identities: what tells the parts of a question apart, whatever their order: identities, and orders that come of them;
 * see state.h. */
#include "state.h"

#include "../base/hash.h"
#include "../base/sort.h"

/* 16 hexadecimal digits that stand for a text: the identity of a choice. */
static int library_identity(lua_State *lua)
{
    Script *script = script_of(lua);
    bridge_push_text(lua, hash_hex(script->page.arena, hash_of(script_argument(lua, 1))));
    return 1;
}

typedef struct Ranked {
    Hash rank;
    lua_Integer place;
} Ranked;

static int compare_ranks(const void *left, const void *right)
{
    const Ranked *one = left, *other = right;
    if (one->rank.low != other->rank.low)
        return one->rank.low < other->rank.low ? -1 : 1;
    return one->place < other->place ? -1 : 1;
}

/* fixed_order(seed, ids): the places 1..n in an order that looks mixed and is always the same;
 * never 1..n itself when there are at least two. */
static int library_fixed_order(lua_State *lua)
{
    enum { MOST_RANKED = 10000 };
    Script *script = script_of(lua);
    const Hash seed = hash_of(script_argument(lua, 1));
    const lua_Integer count = luaL_len(lua, 2);
    if (count < 0 || count > MOST_RANKED)
        return luaL_error(lua, "fixed_order() takes at most %d ids: these are too many", MOST_RANKED);
    Ranked *ranked = ARENA_ARRAY(script->page.arena, Ranked, (size_t)count + 1);
    bool is_solved = count > 1;
    for (lua_Integer i = 0; i < count; i++) {
        lua_geti(lua, 2, i + 1);
        ranked[i] = (Ranked){hash_add(seed, hash_of(script_argument(lua, -1))), i + 1};
        lua_pop(lua, 1);
    }
    sort_items(ranked, (size_t)count, sizeof *ranked, compare_ranks);
    for (lua_Integer i = 0; i < count; i++)
        is_solved = is_solved && ranked[i].place == i + 1;
    lua_createtable(lua, (int)count, 0);
    for (lua_Integer i = 0; i < count; i++) {
        const lua_Integer from = is_solved ? (i + 1) % count : i;
        lua_pushinteger(lua, ranked[from].place);
        lua_rawseti(lua, -2, i + 1);
    }
    return 1;
}

/* What identities_in() finds. */
typedef struct Found {
    struct { Text *items; size_t count, capacity; } ids;
    int words;    /* where the table of them is on the stack */
} Found;

/* The words of the part with that identity.  Where two have it, those that come first in the alphabet: Lua goes over a
 * table in any order. */
static void set_words(Script *script, const Found *found, Text id, Text words)
{
    lua_State *lua = script->lua;
    bridge_push_text(lua, id);
    const bool is_first = lua_rawget(lua, found->words) == LUA_TNIL || text_compare(words, bridge_text(lua, -1)) < 0;
    lua_pop(lua, 1);
    if (!is_first)
        return;
    bridge_push_text(lua, id);
    bridge_push_text(lua, words);
    lua_rawset(lua, found->words);
}

/* Is there a text below `key` of the table at `index`, or Html, whose words are taken?  If neither, is there a number? */
static bool words_below(Script *script, int index, const char *key, Text *words)
{
    lua_State *lua = script->lua;
    lua_pushstring(lua, key);
    const int type = lua_rawget(lua, index);
    const bool is_html = bridge_is_html(script, -1);
    if (is_html)
        *words = html_words(lua, lua_gettop(lua));
    else if (type == LUA_TSTRING || type == LUA_TNUMBER)
        *words = text_copy(script->page.arena, script_argument(lua, -1));    /* a number becomes a text */
    lua_pop(lua, 1);
    return is_html || type == LUA_TSTRING || type == LUA_TNUMBER;
}

static bool tells_answers(Text key)
{
    return text_is(key, "key") || text_is(key, "answers");
}

static void look_at(Script *script, Found *found, int index, bool is_shown, bool is_top, int depth)
{
    lua_State *lua = script->lua;
    Text words;
    if (depth > 64)
        luaL_error(lua, "data is nested more than 64 deep, or in a circle");
    luaL_checkstack(lua, 8, "data is nested too deep");
    script_charge(lua, 20);
    lua_pushstring(lua, "id");
    if (!is_top && lua_rawget(lua, index) == LUA_TSTRING) {
        const Text id = text_copy(script->page.arena, script_argument(lua, -1));
        *LIST_PUSH(script->page.arena, &found->ids) = id;
        if (is_shown && (words_below(script, index, "text", &words) || words_below(script, index, "content", &words) ||
                         words_below(script, index, "number", &words)))
            set_words(script, found, id, words);
    }
    lua_pop(lua, 1);
    for (lua_pushnil(lua); lua_next(lua, index); lua_pop(lua, 1)) {
        const bool is_answer = lua_type(lua, -2) == LUA_TSTRING && tells_answers(bridge_text(lua, -2));
        if (lua_istable(lua, -1) && !(is_top && is_answer))
            look_at(script, found, lua_gettop(lua), is_shown && !is_answer, false, depth + 1);
    }
}

static int compare_texts(const void *left, const void *right)
{
    return text_compare(*(const Text *)left, *(const Text *)right);
}

/* identities_in(model): every text below the key `id` of a table in a model, sorted, as what comes first tells something
 * of the order; and by them what the `text`, `content` or `number` beside it says.  Left out is what `key` and `answers`
 * of the model hold, and the words of what other keys of that name hold. */
static int library_identities_in(lua_State *lua)
{
    Script *script = script_of_page(lua);
    luaL_checktype(lua, 1, LUA_TTABLE);
    lua_settop(lua, 1);
    lua_newtable(lua);
    Found found = {.words = 2};
    look_at(script, &found, 1, true, true, 0);
    sort_items(found.ids.items, found.ids.count, sizeof *found.ids.items, compare_texts);
    lua_createtable(lua, (int)found.ids.count, 0);
    for (size_t i = 0; i < found.ids.count; i++) {
        bridge_push_text(lua, found.ids.items[i]);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
    lua_insert(lua, 2);
    return 2;
}

const luaL_Reg library_of_identities[] = {
    {"identity", library_identity}, {"fixed_order", library_fixed_order}, {"identities_in", library_identities_in}, {NULL, NULL},
};

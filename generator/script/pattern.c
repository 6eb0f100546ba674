/* pattern: Lua's patterns (manual, 6.4.1) with every step counted, since one that goes back and forth for ever would
 * not let the count of Lua's own steps stop it; see state.h. */
#include "state.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CAPTURES = 32, DEEPEST = 200, STEPS_AT_ONCE = 1000, IS_OPEN = -1, IS_PLACE = -2 };

typedef struct Match {
    lua_State *lua;
    const char *start, *end, *pattern_end;
    int count, depth, steps;
    struct {
        const char *start;
        ptrdiff_t length;
    } captures[MOST_CAPTURES];
} Match;

static void count_step(Match *match)
{
    if (++match->steps < STEPS_AT_ONCE)
        return;
    match->steps = 0;
    script_charge(match->lua, STEPS_AT_ONCE);
}

/* One character of a pattern, as far as its class or set goes. */

static const char *class_end(const Match *match, const char *at)
{
    const char *end = match->pattern_end;
    const char first = *at++;
    if (first == '%') {
        if (at == end)
            luaL_error(match->lua, "malformed pattern (ends with '%%')");
        return at + 1;
    }
    if (first != '[')
        return at;
    if (at < end && *at == '^')
        at++;
    do {
        if (at == end)
            luaL_error(match->lua, "malformed pattern (missing ']')");
        if (*at++ == '%' && at < end)
            at++;
    } while (at == end || *at != ']');
    return at + 1;
}

static bool is_in_class(int byte, int class)
{
    bool is_in;
    switch (tolower(class)) {
    case 'a': is_in = isalpha(byte); break;
    case 'c': is_in = iscntrl(byte); break;
    case 'd': is_in = isdigit(byte); break;
    case 'g': is_in = isgraph(byte); break;
    case 'l': is_in = islower(byte); break;
    case 'p': is_in = ispunct(byte); break;
    case 's': is_in = isspace(byte); break;
    case 'u': is_in = isupper(byte); break;
    case 'w': is_in = isalnum(byte); break;
    case 'x': is_in = isxdigit(byte); break;
    default: return class == byte;
    }
    return isupper(class) ? !is_in : is_in;
}

/* `at` is its `[`, `last` its `]`. */
static bool is_in_set(int byte, const char *at, const char *last)
{
    bool wanted = true;
    if (*++at == '^') {
        wanted = false;
        at++;
    }
    for (; at < last; at++) {
        if (*at == '%') {
            if (is_in_class(byte, (unsigned char)*++at))
                return wanted;
        } else if (at + 2 < last && at[1] == '-') {
            if ((unsigned char)at[0] <= byte && byte <= (unsigned char)at[2])
                return wanted;
            at += 2;
        } else if ((unsigned char)*at == byte) {
            return wanted;
        }
    }
    return !wanted;
}

static bool is_one(Match *match, const char *text, const char *at, const char *end)
{
    count_step(match);
    if (text >= match->end)
        return false;
    const int byte = (unsigned char)*text;
    switch (*at) {
    case '.': return true;
    case '%': return is_in_class(byte, (unsigned char)at[1]);
    case '[': return is_in_set(byte, at, end - 1);
    default: return (unsigned char)*at == byte;
    }
}

/* What follows in a pattern, from `at`, against the text: where the match ends, or NULL. */
static const char *match_here(Match *match, const char *text, const char *at);

static const char *match_most(Match *match, const char *text, const char *at, const char *end)
{
    ptrdiff_t count = 0;
    while (is_one(match, text + count, at, end))
        count++;
    for (; count >= 0; count--) {
        const char *found = match_here(match, text + count, end + 1);
        if (found)
            return found;
    }
    return NULL;
}

static const char *match_least(Match *match, const char *text, const char *at, const char *end)
{
    for (;;) {
        const char *found = match_here(match, text, end + 1);
        if (found)
            return found;
        if (!is_one(match, text, at, end))
            return NULL;
        text++;
    }
}

static const char *match_opening(Match *match, const char *text, const char *at, ptrdiff_t what)
{
    if (match->count == MOST_CAPTURES)
        luaL_error(match->lua, "too many captures");
    match->captures[match->count].start = text;
    match->captures[match->count++].length = what;
    const char *found = match_here(match, text, at);
    if (!found)
        match->count--;
    return found;
}

static const char *match_closing(Match *match, const char *text, const char *at)
{
    int last = match->count - 1;
    while (last >= 0 && match->captures[last].length != IS_OPEN)
        last--;
    if (last < 0)
        luaL_error(match->lua, "invalid pattern capture");
    match->captures[last].length = text - match->captures[last].start;
    const char *found = match_here(match, text, at);
    if (!found)
        match->captures[last].length = IS_OPEN;
    return found;
}

/* `%bxy`: from an x to the y that balances it. */
static const char *match_balance(Match *match, const char *text, const char *at)
{
    if (match->pattern_end - at < 2)
        luaL_error(match->lua, "malformed pattern (missing arguments to '%%b')");
    if (text >= match->end || *text != at[0])
        return NULL;
    int open = 1;
    for (text++; text < match->end; text++) {
        count_step(match);
        if (*text == at[1] && --open == 0)
            return text + 1;
        if (*text == at[0] && at[0] != at[1])
            open++;
    }
    return NULL;
}

static const char *match_again(Match *match, const char *text, int digit)
{
    const int which = digit - '1';
    if (which < 0 || which >= match->count || match->captures[which].length == IS_OPEN)
        luaL_error(match->lua, "invalid capture index %%%d", which + 1);
    const ptrdiff_t length = match->captures[which].length;
    script_charge(match->lua, length > 0 ? (size_t)length / 16 : 0);
    const bool same = length >= 0 && match->end - text >= length && memcmp(match->captures[which].start, text, (size_t)length) == 0;
    return same ? text + length : NULL;
}

static bool is_frontier(Match *match, const char *text, const char *at, const char **next)
{
    if (at == match->pattern_end || *at != '[')
        luaL_error(match->lua, "missing '[' after '%%f' in pattern");
    *next = class_end(match, at);
    const int before = text == match->start ? 0 : (unsigned char)text[-1];
    const int after = text < match->end ? (unsigned char)*text : 0;
    return !is_in_set(before, at, *next - 1) && is_in_set(after, at, *next - 1);
}

/* %b, %f and %1: gives where the text goes on, and in `next` the pattern; false when it is none of them. */
static bool match_special(Match *match, const char **text, const char *at, const char **next)
{
    if (*at != '%' || at + 1 == match->pattern_end)
        return false;
    if (at[1] == 'b') {
        *text = match_balance(match, *text, at + 2);
        *next = at + 4;
    } else if (at[1] == 'f') {
        if (!is_frontier(match, *text, at + 2, next))
            *text = NULL;
    } else if (isdigit((unsigned char)at[1])) {
        *text = match_again(match, *text, at[1]);
        *next = at + 2;
    } else {
        return false;
    }
    return true;
}

static const char *match_rest(Match *match, const char *text, const char *at)
{
    while (text && at < match->pattern_end) {
        count_step(match);
        if (*at == '(') {
            const bool is_place = at + 1 < match->pattern_end && at[1] == ')';
            return match_opening(match, text, at + (is_place ? 2 : 1), is_place ? IS_PLACE : IS_OPEN);
        }
        if (*at == ')')
            return match_closing(match, text, at + 1);
        if (*at == '$' && at + 1 == match->pattern_end)
            return text == match->end ? text : NULL;
        if (match_special(match, &text, at, &at))
            continue;
        const char *end = class_end(match, at);
        const char mark = end < match->pattern_end ? *end : '\0';
        if (mark == '*')
            return match_most(match, text, at, end);
        if (mark == '-')
            return match_least(match, text, at, end);
        const bool is_here = is_one(match, text, at, end);
        if (mark == '+')
            return is_here ? match_most(match, text + 1, at, end) : NULL;
        if (mark == '?') {
            const char *found = is_here ? match_here(match, text + 1, end + 1) : NULL;
            if (found)
                return found;
            at = end + 1;
            continue;
        }
        if (!is_here)
            return NULL;
        text++;
        at = end;
    }
    return text;
}

static const char *match_here(Match *match, const char *text, const char *at)
{
    if (match->depth == DEEPEST)
        luaL_error(match->lua, "pattern too complex");
    match->depth++;
    const char *found = match_rest(match, text, at);
    match->depth--;
    return found;
}

static const char *match_from(Match *match, const char *text, Text pattern)
{
    match->count = match->depth = 0;
    match->pattern_end = pattern.bytes + pattern.length;
    return match_here(match, text, pattern.bytes);
}

/* What was found, pushed. */

static void push_capture(const Match *match, int which, const char *from, const char *to)
{
    if (which >= match->count) {
        if (which != 0)
            luaL_error(match->lua, "invalid capture index %%%d", which + 1);
        lua_pushlstring(match->lua, from, (size_t)(to - from));
        return;
    }
    const ptrdiff_t length = match->captures[which].length;
    if (length == IS_OPEN)
        luaL_error(match->lua, "unfinished capture");
    if (length == IS_PLACE)
        lua_pushinteger(match->lua, match->captures[which].start - match->start + 1);
    else
        lua_pushlstring(match->lua, match->captures[which].start, (size_t)length);
}

/* All captures; without any the whole match, when there is one to push. */
static int push_captures(const Match *match, const char *from, const char *to)
{
    const int count = match->count == 0 && from ? 1 : match->count;
    luaL_checkstack(match->lua, count, "too many captures");
    for (int i = 0; i < count; i++)
        push_capture(match, i, from, to);
    return count;
}

static size_t place_of(lua_State *lua, int index, size_t length)
{
    const lua_Integer place = luaL_optinteger(lua, index, 1);
    if (place > 0)
        return (size_t)place - 1;
    return place == 0 || place < -(lua_Integer)length ? 0 : length - (size_t)-place;
}

static Match match_new(lua_State *lua, Text text)
{
    return (Match){.lua = lua, .start = text.bytes, .end = text.bytes + text.length};
}

static int find_plain(lua_State *lua, Text text, Text wanted, size_t start)
{
    script_charge(lua, (text.length - start) / 16 + 1);
    const char *found = memmem(text.bytes + start, text.length - start, wanted.bytes, wanted.length);
    if (!found) {
        lua_pushnil(lua);
        return 1;
    }
    lua_pushinteger(lua, found - text.bytes + 1);
    lua_pushinteger(lua, found - text.bytes + (lua_Integer)wanted.length);
    return 2;
}

static int find(lua_State *lua, bool wants_places)
{
    const Text text = bridge_text(lua, 1);
    Text pattern = bridge_text(lua, 2);
    const size_t start = place_of(lua, 3, text.length);
    if (start > text.length) {
        lua_pushnil(lua);
        return 1;
    }
    if (wants_places && lua_toboolean(lua, 4))
        return find_plain(lua, text, pattern, start);
    Match match = match_new(lua, text);
    const bool is_fixed = pattern.length && pattern.bytes[0] == '^';
    pattern = text_after(pattern, is_fixed);
    for (const char *from = text.bytes + start; from <= match.end; from++) {
        const char *to = match_from(&match, from, pattern);
        if (to && !wants_places)
            return push_captures(&match, from, to);
        if (to) {
            lua_pushinteger(lua, from - text.bytes + 1);
            lua_pushinteger(lua, to - text.bytes);
            return 2 + push_captures(&match, NULL, NULL);
        }
        if (is_fixed)
            break;
    }
    lua_pushnil(lua);
    return 1;
}

int pattern_find(lua_State *lua)
{
    return find(lua, true);
}

int pattern_match(lua_State *lua)
{
    return find(lua, false);
}

/* Upvalues: the text, the pattern, where to go on, and where the match before ended. */
static int next_match(lua_State *lua)
{
    const Text text = bridge_text(lua, lua_upvalueindex(1)), pattern = bridge_text(lua, lua_upvalueindex(2));
    const char *last = text.bytes + lua_tointeger(lua, lua_upvalueindex(4));
    Match match = match_new(lua, text);
    for (const char *from = text.bytes + lua_tointeger(lua, lua_upvalueindex(3)); from <= match.end; from++) {
        const char *to = match_from(&match, from, pattern);
        if (!to || to == last)
            continue;
        lua_pushinteger(lua, to - text.bytes);
        lua_copy(lua, -1, lua_upvalueindex(3));
        lua_replace(lua, lua_upvalueindex(4));
        return push_captures(&match, from, to);
    }
    return 0;
}

int pattern_gmatch(lua_State *lua)
{
    const size_t length = bridge_text(lua, 1).length, start = place_of(lua, 3, length);
    bridge_text(lua, 2);
    lua_settop(lua, 2);
    lua_pushinteger(lua, (lua_Integer)(start > length ? length + 1 : start));
    lua_pushinteger(lua, -1);
    lua_pushcclosure(lua, next_match, 4);
    return 1;
}

static void add_text(const Match *match, luaL_Buffer *out, const char *from, const char *to)
{
    const Text text = bridge_text(match->lua, 3);
    for (size_t i = 0; i < text.length; i++) {
        if (text.bytes[i] != '%') {
            luaL_addchar(out, text.bytes[i]);
            continue;
        }
        const char mark = ++i < text.length ? text.bytes[i] : '\0';
        if (mark == '%') {
            luaL_addchar(out, '%');
        } else if (mark == '0') {
            luaL_addlstring(out, from, (size_t)(to - from));
        } else if (isdigit((unsigned char)mark)) {
            push_capture(match, mark - '1', from, to);
            luaL_addvalue(out);
        } else {
            luaL_error(match->lua, "invalid use of '%%' in replacement string");
        }
    }
}

static void add_replacement(const Match *match, luaL_Buffer *out, const char *from, const char *to)
{
    lua_State *lua = match->lua;
    const int type = lua_type(lua, 3);
    if (type == LUA_TSTRING || type == LUA_TNUMBER) {
        add_text(match, out, from, to);
        return;
    }
    if (type == LUA_TFUNCTION) {
        lua_pushvalue(lua, 3);
        lua_call(lua, push_captures(match, from, to), 1);
    } else {
        push_capture(match, 0, from, to);
        lua_gettable(lua, 3);
    }
    if (!lua_toboolean(lua, -1)) {
        lua_pop(lua, 1);
        luaL_addlstring(out, from, (size_t)(to - from));
        return;
    }
    if (!lua_isstring(lua, -1))
        luaL_error(lua, "invalid replacement value (a %s)", luaL_typename(lua, -1));
    luaL_addvalue(out);
}

int pattern_gsub(lua_State *lua)
{
    const Text text = bridge_text(lua, 1);
    Text pattern = bridge_text(lua, 2);
    const int type = lua_type(lua, 3);
    const lua_Integer most = luaL_optinteger(lua, 4, (lua_Integer)text.length + 1);
    luaL_argexpected(lua, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TTABLE || type == LUA_TFUNCTION, 3,
                     "string/function/table");
    const bool is_fixed = pattern.length && pattern.bytes[0] == '^';
    pattern = text_after(pattern, is_fixed);
    Match match = match_new(lua, text);
    const char *from = text.bytes, *last = NULL;
    lua_Integer count = 0;
    luaL_Buffer out;
    luaL_buffinit(lua, &out);
    while (count < most) {
        const char *to = match_from(&match, from, pattern);
        if (to && to != last) {
            count++;
            add_replacement(&match, &out, from, to);
            from = last = to;
        } else if (from < match.end) {
            luaL_addchar(&out, *from++);
        } else {
            break;
        }
        if (is_fixed)
            break;
    }
    luaL_addlstring(&out, from, (size_t)(match.end - from));
    luaL_pushresult(&out);
    lua_pushinteger(lua, count);
    return 2;
}

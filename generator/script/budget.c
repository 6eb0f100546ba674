/* budget: what a call into Lua may use up: steps, which Lua's own, bytes asked for and the work of C are counted in;
 * memory; and time, as a net under them.  See state.h. */
#include "state.h"

#include "../base/unicode.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>

enum {
    MOST_BYTES = 64 << 20,
    MOST_POOL_BYTES = 2 * MOST_BYTES,    /* with what waits there for other sizes */
    STEPS_PER_CALL = 25 * 1000 * 1000,
    STEPS_PER_TICK = 1000,
    BYTES_PER_STEP = 16,
    MILLISECONDS_PER_CALL = SCRIPT_IS_SLOW ? 4000 : 800
};

static const char too_long[] = "it ran for too long", too_large[] = "it used more than 64 MiB of memory";

/* The call at hand, for the signal that comes when its time is over. */
static lua_State *watched;
static volatile sig_atomic_t is_late;

static size_t arena_bytes_held(const Script *script)
{
    const bool has_own = script->page.arena != script->arena;
    return arena_held_bytes(script->arena) + arena_held_bytes(script->scratch) + (has_own ? arena_held_bytes(script->page.arena) : 0);
}

/* Say why, at the line that is running of what did not come with Lectern, and let nothing run any more. */
static void end_all(Script *script, const char *why)
{
    lua_Debug debug;
    script->is_dead = true;
    snprintf(script->death, sizeof script->death, "%s", why);
    if (!script->lua)
        return;
    for (int level = 0; lua_getstack(script->lua, level, &debug); level++) {
        lua_getinfo(script->lua, "Sl", &debug);
        if (debug.currentline <= 0 || table_get(&script->guests, text_after(text_from(debug.source), 1)) == TABLE_NOTHING)
            continue;
        snprintf(script->death, sizeof script->death, "%s:%d: %s", debug.short_src, debug.currentline, why);
        break;
    }
}

static void count_steps(lua_State *lua, lua_Debug *debug)
{
    (void)debug;
    script_charge(lua, STEPS_PER_TICK);
}

void script_charge(lua_State *lua, size_t steps)
{
    Script *script = script_of(lua);
    if (!script->has_guests)
        return;
    if (!script->is_dead && (is_late || steps >= script->steps_left))
        end_all(script, too_long);
    if (!script->is_dead && arena_bytes_held(script) > script->arena_bytes + MOST_BYTES)
        end_all(script, too_large);
    if (script->is_dead) {
        lua_sethook(lua, count_steps, LUA_MASKCOUNT, 1);    /* whoever catches this gets no further */
        lua_pushnil(lua);
        lua_error(lua);
    }
    script->steps_left -= steps;
}

Script *script_of(lua_State *lua)
{
    return *(Script **)lua_getextraspace(lua);
}

/* May a guest have so many bytes instead of so many? */
static bool may_have(Script *script, size_t before, size_t bytes)
{
    const size_t steps = (bytes - before) / BYTES_PER_STEP;
    script->steps_left -= steps < script->steps_left ? steps : 0;
    const bool is_over = script->held_bytes - before + bytes > MOST_BYTES || pool_held_bytes(script->pool) > MOST_POOL_BYTES;
    if (is_over && !script->is_dead)
        end_all(script, too_large);
    return !script->is_dead;
}

void *script_allocate(void *context, void *old, size_t old_size, size_t new_size)
{
    Script *script = context;
    const size_t before = old ? old_size : 0;
    /* between calls C alone asks for memory, and a bit more is always there for it */
    if (new_size > before && script->has_guests && script->calls && !may_have(script, before, new_size))
        return NULL;
    void *memory = pool_resize(script->pool, old, before, new_size);
    if (memory || new_size == 0)
        script->held_bytes += new_size - before;
    return memory;
}

static void on_time(int number)
{
    (void)number;
    is_late = 1;
    if (watched)
        lua_sethook(watched, count_steps, LUA_MASKCOUNT, 1);
}

static void set_timer(long milliseconds)
{
    const struct itimerval timer = {.it_value = {milliseconds / 1000, milliseconds % 1000 * 1000}};
    setitimer(ITIMER_PROF, &timer, NULL);
}

/* Count from here on, if there is anything to be counted. */
static void watch(Script *script)
{
    static bool has_handler;
    lua_sethook(script->lua, script->has_guests ? count_steps : NULL, script->has_guests ? LUA_MASKCOUNT : 0, STEPS_PER_TICK);
    if (!script->has_guests)
        return;
    if (!has_handler) {
        struct sigaction action = {.sa_handler = on_time, .sa_flags = SA_RESTART};
        sigaction(SIGPROF, &action, NULL);
        has_handler = true;
    }
    watched = script->lua;
    set_timer(MILLISECONDS_PER_CALL);
}

void script_begin_call(Script *script)
{
    if (script->calls++)
        return;
    is_late = 0;
    script->steps_left = STEPS_PER_CALL;
    script->arena_bytes = arena_bytes_held(script);
    script->death[0] = '\0';
    watch(script);
}

void script_end_call(Script *script)
{
    if (--script->calls || !script->has_guests)
        return;
    watched = NULL;
    set_timer(0);
    is_late = 0;
}

void script_meet(Script *script, Text name, bool is_trusted)
{
    if (is_trusted)
        return;
    table_put(&script->guests, text_copy(script->arena, name), 1);
    if (script->has_guests)
        return;
    script->has_guests = true;
    if (script->calls)
        watch(script);
}

bool script_load(Script *script, Text source, Text name)
{
    enum { LARGEST_SOURCE = 1 << 20 };
    lua_State *lua = script->lua;
    const char *chunk = text_c_string(script->arena, text_format(script->arena, "@%.*s", TEXT_ARG(name)));
    if (source.length > LARGEST_SOURCE) {
        lua_pushfstring(lua, "%s:1: this file is larger than 1 MiB", chunk + 1);
        return false;
    }
    script_begin_call(script);
    const bool ok = luaL_loadbufferx(lua, source.bytes, source.length, chunk, "t") == LUA_OK;
    script_end_call(script);
    if (!ok && !script->is_dead && strncmp(lua_tostring(lua, -1), chunk + 1, name.length) != 0) {
        lua_pushfstring(lua, "%s:1: %s", chunk + 1, lua_tostring(lua, -1));
        lua_remove(lua, -2);
    }
    return ok;
}

/* Texts that C works on are short enough to be gone through and copied a few times. */
Text script_argument(lua_State *lua, int index)
{
    enum { LONGEST = 1 << 20 };
    Text text;
    text.bytes = luaL_checklstring(lua, index, &text.length);
    if (script_of(lua)->has_guests && text.length > LONGEST)
        luaL_error(lua, "this text is longer than 1 MiB");
    script_charge(lua, 100 + text.length / 2);
    return text;
}

Text script_plain(Arena *arena, Text message)
{
    enum { LONGEST = 500 };
    Buffer plain = buffer_new(arena);
    for (size_t i = 0; i < message.length && plain.length < LONGEST;) {
        const Text rest = text_slice(message, i, i + 4 < message.length ? i + 4 : message.length);
        size_t length = 0;
        const uint32_t character = unicode_error(rest) > 0 ? unicode_next(rest, &length) : 0;
        length = length ? length : 1;
        if (character < ' ' || (character >= 0x7F && character < 0xA0))
            buffer_char(&plain, rest.bytes[0] == '\n' || rest.bytes[0] == '\t' ? ' ' : '?');
        else
            buffer_put(&plain, text_slice(rest, 0, length));
        i += length;
    }
    if (plain.length >= LONGEST)
        buffer_string(&plain, "…");
    return buffer_text(&plain);
}

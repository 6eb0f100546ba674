/* kept: parts that are the same on many pages, made once; see state.h.
 * `{% include "x.html", { once = key } %}` keeps what the template made for pages in the same folder, in the
 * same language, with the same key.  Only `mark_current(page)` differs from page to page: its places are
 * remembered and filled in each time.  With `anywhere = true` it is kept for pages in all folders; then the
 * places of `write_url(page)` are remembered too, and filled in once for each folder. */
#include "state.h"

#include "../base/path.h"

enum { MOST_KEPT = sizeof ((Script *)0)->kept / sizeof *((Script *)0)->kept };    /* workers go folder by folder, so few are needed at a time */

typedef struct Mark {
    size_t offset;
    Value page;
    bool is_url;
} Mark;

struct KeptPart {
    Arena *arena;
    Text key, text, notes;
    struct { Mark *items; size_t count, capacity; } marks;
    bool is_anywhere, has_urls;
    uint64_t last_used;
};

static const char current[] = " aria-current=\"page\"";

static bool is_at_hand(const Script *script, const Value *page)
{
    return script->page.page.kind == VALUE_OBJECT && script->page.page.object.data == page->object.data;
}

static Value page_argument(lua_State *lua, const char *name)
{
    Script *script = script_of(lua);
    Value page;
    if (!script->out || !bridge_value(script, 1, &page) || page.kind != VALUE_OBJECT)
        luaL_error(lua, "%s() takes a page, in a template", name);
    return page;
}

static void add_mark(Script *script, Value page, bool is_url)
{
    KeptPart *part = script->keeping;
    *LIST_PUSH(part->arena, &part->marks) = (Mark){script->out->length, page, is_url};
    part->has_urls = part->has_urls || is_url;
}

/* mark_current(page): writes that it is the page at hand, if it is; inside of a tag. */
int kept_mark(lua_State *lua)
{
    Script *script = script_of(lua);
    const Value page = page_argument(lua, "mark_current");
    if (script->keeping)
        add_mark(script, page, false);
    else if (is_at_hand(script, &page))
        buffer_string(script->out, current);
    return 0;
}

static void write_url(Script *script, const Value *page, Buffer *out)
{
    buffer_html(out, script->host.page_url(script->host.context, script->page.arena, page));
}

/* write_url(page): writes its address, in an attribute. */
int kept_write_url(lua_State *lua)
{
    Script *script = script_of(lua);
    const Value page = page_argument(lua, "write_url");
    if (!script->host.page_url(script->host.context, script->page.arena, &page).bytes)    /* which notes that it was looked at */
        return luaL_error(lua, "write_url() takes a page, a module, a course or the site");
    if (script->keeping && script->keeping->is_anywhere)
        add_mark(script, page, true);
    else
        write_url(script, &page, script->out);
    return 0;
}

void kept_check_place(lua_State *lua)
{
    const KeptPart *part = script_of(lua)->keeping;
    if (part && part->is_anywhere)
        luaL_error(lua, "a part that is the same anywhere has no addresses but those of write_url()");
}

static Text key_of(Script *script, Text name, Text once, bool is_anywhere)
{
    const Text here = script->host.here(script->host.context);
    return text_format(script->page.arena, "%.*s\n%.*s\n%.*s\n%d\n%.*s", TEXT_ARG(name), TEXT_ARG(is_anywhere ? TEXT("/") : path_folder(here)),
                       TEXT_ARG(script->page.language), script->page.is_part, TEXT_ARG(once));
}

static void write_part(Script *script, KeptPart *part)
{
    size_t from = 0;
    part->last_used = ++script->kept_uses;
    for (size_t i = 0; i < part->marks.count; i++) {
        if (!is_at_hand(script, &part->marks.items[i].page))
            continue;
        buffer_put(script->out, text_slice(part->text, from, part->marks.items[i].offset));
        buffer_string(script->out, current);
        from = part->marks.items[i].offset;
    }
    buffer_put(script->out, text_after(part->text, from));
}

static KeptPart *part_new(Text key)
{
    Arena *arena = arena_open();
    KeptPart *part = ARENA_NEW(arena, KeptPart);
    part->arena = arena;
    part->key = text_copy(arena, key);
    return part;
}

static KeptPart *part_with(Script *script, Text key)
{
    for (size_t i = 0; i < MOST_KEPT; i++)
        if (script->kept[i] && text_equal(script->kept[i]->key, key))
            return script->kept[i];
    return NULL;
}

/* Keep it in place of the one that was not used for longest. */
static void keep(Script *script, KeptPart *part)
{
    size_t oldest = 0;
    for (size_t i = 0; i < MOST_KEPT && script->kept[oldest]; i++)
        if (!script->kept[i] || script->kept[i]->last_used < script->kept[oldest]->last_used)
            oldest = i;
    if (script->kept[oldest])
        arena_close(script->kept[oldest]->arena);
    script->kept[oldest] = part;
    part->last_used = ++script->kept_uses;
}

/* The part with its addresses as they are in the folder of the page at hand. */
static KeptPart *settled(Script *script, KeptPart *part, Text key)
{
    if (!part->has_urls)
        return part;
    KeptPart *here = part_new(key);
    Buffer text = buffer_new(here->arena);
    size_t from = 0;
    for (size_t i = 0; i < part->marks.count; i++) {
        const Mark *mark = &part->marks.items[i];
        buffer_put(&text, text_slice(part->text, from, mark->offset));
        from = mark->offset;
        if (mark->is_url)
            write_url(script, &mark->page, &text);
        else
            *LIST_PUSH(here->arena, &here->marks) = (Mark){text.length, mark->page, false};
    }
    buffer_put(&text, text_after(part->text, from));
    here->text = buffer_text(&text);
    here->notes = text_copy(here->arena, part->notes);
    part->last_used = ++script->kept_uses;
    keep(script, here);
    return here;
}

bool kept_write(Script *script, Text name, Once once)
{
    const Text key = key_of(script, name, once.key, false);
    KeptPart *part = part_with(script, key);
    if (!part && once.is_anywhere)
        part = part_with(script, key_of(script, name, once.key, true));
    if (!part)
        return false;
    script_charge(script->lua, part->text.length / 16 + 20 * part->marks.count + 1);
    part = settled(script, part, key);
    script->host.add_notes(script->host.context, part->notes);
    write_part(script, part);
    return true;
}

void kept_begin(Script *script, Text name, Once once, Keeping *keeping)
{
    KeptPart *part = part_new(key_of(script, name, once.key, once.is_anywhere));
    part->is_anywhere = once.is_anywhere;
    *keeping = (Keeping){part, script->out, buffer_new(part->arena)};
    script->keeping = part;
    script->out = &keeping->text;
    script->host.begin_notes(script->host.context, part->arena);
}

void kept_end(Script *script, Keeping *keeping, Text name, Once once, bool is_fine)
{
    KeptPart *part = keeping->part;
    part->text = buffer_text(&keeping->text);
    part->notes = script->host.end_notes(script->host.context);
    script->keeping = NULL;
    script->out = keeping->out;
    if (!is_fine) {
        arena_close(part->arena);
        return;
    }
    keep(script, part);
    write_part(script, settled(script, part, key_of(script, name, once.key, false)));
}

void kept_close(Script *script)
{
    for (size_t i = 0; i < MOST_KEPT; i++)
        if (script->kept[i])
            arena_close(script->kept[i]->arena);
}

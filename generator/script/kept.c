/* kept: parts that are the same on many pages, made once; see state.h.
 * `{% include "x.html", { once = key } %}` keeps what the template made for pages in the same folder, in the
 * same language, with the same key.  Only `mark_current(page)` differs from page to page: its places are
 * remembered and filled in each time. */
#include "state.h"

#include "../base/path.h"

enum { MOST_KEPT = sizeof ((Script *)0)->kept / sizeof *((Script *)0)->kept };    /* workers go folder by folder, so few are needed at a time */

typedef struct Mark {
    size_t offset;
    const void *page;
} Mark;

struct KeptPart {
    Arena *arena;
    Text key, text, notes;
    struct { Mark *items; size_t count, capacity; } marks;
};

static const char current[] = " aria-current=\"page\"";

static const void *page_at_hand(const Script *script)
{
    return script->page.page.kind == VALUE_OBJECT ? script->page.page.object.data : NULL;
}

/* mark_current(page): writes that it is the page at hand, if it is; inside of a tag. */
int kept_mark(lua_State *lua)
{
    Script *script = script_of(lua);
    Value page;
    if (!script->out || !bridge_value(script, 1, &page) || page.kind != VALUE_OBJECT)
        return luaL_error(lua, "mark_current() takes a page, in a template");
    if (script->keeping)
        *LIST_PUSH(script->keeping->arena, &script->keeping->marks) = (Mark){script->out->length, page.object.data};
    else if (page.object.data == page_at_hand(script))
        buffer_string(script->out, current);
    return 0;
}

static Text key_of(Script *script, Text name, Text once)
{
    const Text here = script->host.here(script->host.context);
    return text_format(script->page.arena, "%.*s\n%.*s\n%.*s\n%d\n%.*s", TEXT_ARG(name), TEXT_ARG(path_folder(here)),
                       TEXT_ARG(script->page.language), script->page.is_part, TEXT_ARG(once));
}

static void write_part(Script *script, const KeptPart *part)
{
    size_t from = 0;
    for (size_t i = 0; i < part->marks.count; i++) {
        if (part->marks.items[i].page != page_at_hand(script))
            continue;
        buffer_put(script->out, text_slice(part->text, from, part->marks.items[i].offset));
        buffer_string(script->out, current);
        from = part->marks.items[i].offset;
    }
    buffer_put(script->out, text_after(part->text, from));
}

bool kept_write(Script *script, Text name, Text once)
{
    const Text key = key_of(script, name, once);
    for (size_t i = 0; i < MOST_KEPT; i++) {
        const KeptPart *part = script->kept[i];
        if (!part || !text_equal(part->key, key))
            continue;
        script->host.add_notes(script->host.context, part->notes);
        script_charge(script->lua, part->text.length / 16 + 1);
        write_part(script, part);
        return true;
    }
    return false;
}

void kept_begin(Script *script, Text name, Text once, Keeping *keeping)
{
    Arena *arena = arena_open();
    KeptPart *part = ARENA_NEW(arena, KeptPart);
    part->arena = arena;
    part->key = text_copy(arena, key_of(script, name, once));
    *keeping = (Keeping){part, script->out, buffer_new(arena)};
    script->keeping = part;
    script->out = &keeping->text;
    script->host.begin_notes(script->host.context, arena);
}

void kept_end(Script *script, Keeping *keeping, bool is_fine)
{
    KeptPart *part = keeping->part;
    part->text = buffer_text(&keeping->text);
    part->notes = script->host.end_notes(script->host.context);
    script->keeping = NULL;
    script->out = keeping->out;
    KeptPart **place = &script->kept[script->next_kept % MOST_KEPT];
    if (!is_fine) {
        arena_close(part->arena);
        return;
    }
    if (*place)
        arena_close((*place)->arena);
    *place = part;
    script->next_kept++;
    write_part(script, part);
}

void kept_close(Script *script)
{
    for (size_t i = 0; i < MOST_KEPT; i++)
        if (script->kept[i])
            arena_close(script->kept[i]->arena);
}

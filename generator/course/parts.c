/* parts: see parts.h. */
#include "parts.h"

#include "../base/path.h"
#include "../base/spool.h"
#include "reads.h"

struct Parts {
    Spool *made;     /* by page: what it was made from, and its HTML */
    bool *wanted;    /* by page */
};

void parts_open(Project *project, const char *folder)
{
    const size_t count = project->site.pages.count;
    Spool *made = spool_open(project->arena, folder, count);
    if (!made)
        return;
    project->parts = ARENA_NEW(project->arena, Parts);
    *project->parts = (Parts){made, ARENA_ARRAY(project->arena, bool, count + 1)};
}

void parts_close(Project *project)
{
    if (project->parts)
        spool_close(project->parts->made);
    project->parts = NULL;
}

void parts_want(Project *project, const PageList *pages)
{
    for (size_t i = 0; project->parts && i < pages->count; i++)
        project->parts->wanted[pages->items[i]] = true;
}

bool parts_is_wanted(const Project *project, uint32_t page)
{
    return project->parts && project->parts->wanted[page];
}

/* Where a part is taken to stand: no page of the site, so that it leads to its own page, too. */
static Text place_of(Arena *arena, const Page *page)
{
    return path_join(arena, path_folder(page->address), TEXT("handout.html"));
}

/* Lua is busy with the page. */
static bool make(Project *project, const Page *page, const Plugin *type, Arena *arena, Buffer *html)
{
    project->here = place_of(arena, page);
    const bool ok = script_render_part(project->script, type, html);
    project->here = TEXT_NONE;
    return ok;
}

void parts_keep(Project *project, uint32_t index, const Plugin *type, Text notes, Arena *arena, const Diag *diag)
{
    Buffer html = buffer_new(arena), kept = buffer_new(arena);
    const size_t problems = diag->count;
    Reads reads;
    reads_begin(project, &reads, arena);
    reads_add(project, notes);
    const bool ok = make(project, &project->site.pages.items[index], type, arena, &html) && diag->count == problems;
    reads_end(project);
    if (!ok)
        return;
    flat_put_text(&kept, reads_bytes(arena, &reads));
    flat_put_text(&kept, buffer_text(&html));
    spool_put(project->parts->made, index, buffer_text(&kept));
    spool_flush(project->parts->made);    /* another worker may be about to want it */
}

bool parts_take(Project *project, uint32_t index, Arena *arena, Diag *diag, Text *html, Text *address)
{
    const Page *page = &project->site.pages.items[index];
    const Text kept = project->parts ? spool_take(project->parts->made, arena, index) : TEXT_NONE;
    PageRead read;
    *address = place_of(arena, page);
    if (kept.length) {
        FlatReader reader = flat_reader(kept);
        reads_add(project, flat_text(&reader));
        *html = flat_text(&reader);
        return true;
    }
    Buffer made = buffer_new(arena);
    if (!read_known_page(project, page, arena, diag, &read) || !make(project, page, read.type, arena, &made))
        return false;
    *html = buffer_text(&made);
    return true;
}

/* parts: see parts.h. */
#include "parts.h"

#include "../base/flat.h"
#include "../base/path.h"
#include "reads.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* Shared by all processes.  A place is where a part begins in the file, plus one; 0 while it is not there. */
typedef struct Shared {
    atomic_ullong end;
    atomic_ullong places[];
} Shared;

struct Parts {
    int file;
    Shared *shared;
    size_t shared_bytes;
    bool *wanted;    /* by page */
};

enum { HEAD_BYTES = 8 };    /* how long a part is */

void parts_open(Project *project, const char *folder)
{
    const size_t count = project->site.pages.count;
    Parts parts = {.shared_bytes = sizeof(Shared) + count * sizeof(atomic_ullong)};
    char *name = text_c_string(project->arena, text_format(project->arena, "%s/.parts-XXXXXX", folder));
    parts.file = mkostemp(name, O_CLOEXEC);
    if (parts.file < 0)
        return;
    unlink(name);
    parts.shared = mmap(NULL, parts.shared_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (parts.shared == MAP_FAILED) {
        close(parts.file);
        return;
    }
    parts.wanted = ARENA_ARRAY(project->arena, bool, count + 1);
    project->parts = ARENA_NEW(project->arena, Parts);
    *project->parts = parts;
}

void parts_close(Project *project)
{
    if (!project->parts)
        return;
    munmap(project->parts->shared, project->parts->shared_bytes);
    close(project->parts->file);
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

static bool write_at(int file, Text bytes, size_t place)
{
    return pwrite(file, bytes.bytes, bytes.length, (off_t)place) == (ssize_t)bytes.length;
}

void parts_keep(Project *project, uint32_t index, const Plugin *type, Text notes, Arena *arena, const Diag *diag)
{
    Parts *parts = project->parts;
    Buffer html = buffer_new(arena), head = buffer_new(arena), kept = buffer_new(arena);
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
    flat_put_u64(&head, kept.length);
    const size_t place = atomic_fetch_add(&parts->shared->end, HEAD_BYTES + kept.length);
    if (write_at(parts->file, buffer_text(&head), place) && write_at(parts->file, buffer_text(&kept), place + HEAD_BYTES))
        atomic_store(&parts->shared->places[index], place + 1);
}

/* What waits for the page; TEXT_NONE when nothing does. */
static Text kept_of(const Project *project, uint32_t page, Arena *arena)
{
    const Parts *parts = project->parts;
    const unsigned long long place = parts ? atomic_load(&parts->shared->places[page]) : 0;
    char head[HEAD_BYTES];
    if (!place || pread(parts->file, head, sizeof head, (off_t)(place - 1)) != sizeof head)
        return TEXT_NONE;
    FlatReader reader = flat_reader((Text){head, sizeof head});
    const size_t length = (size_t)flat_u64(&reader);
    char *bytes = ARENA_ARRAY(arena, char, length + 1);
    const bool is_whole = pread(parts->file, bytes, length, (off_t)(place - 1 + HEAD_BYTES)) == (ssize_t)length;
    return is_whole ? (Text){bytes, length} : TEXT_NONE;
}

bool parts_take(Project *project, uint32_t index, Arena *arena, Diag *diag, Text *html, Text *address)
{
    const Page *page = &project->site.pages.items[index];
    const Text kept = kept_of(project, index, arena);
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

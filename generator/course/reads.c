/* reads: see reads.h. */
#include "reads.h"

#include "../base/flat.h"

const Text reads_outside = {"-", 1};

void reads_begin(Project *project, Reads *reads, Arena *arena)
{
    *reads = (Reads){.arena = arena};
    for (size_t i = 0; i < READ_KINDS; i++)
        reads->known[i] = table_new(arena);
    project->reads = reads;
}

void reads_end(Project *project)
{
    project->reads = NULL;
}

static bool is_recent(const Reads *reads, ReadKind kind, Text name)
{
    for (size_t i = 0; i < sizeof reads->recent / sizeof *reads->recent; i++)
        if (reads->recent[i].name.bytes && reads->recent[i].kind == kind && text_equal(reads->recent[i].name, name))
            return true;
    return false;
}

void reads_note(const Project *project, ReadKind kind, Text name)
{
    Reads *reads = project->reads;
    if (!reads || is_recent(reads, kind, name))
        return;
    uint32_t place = table_get(&reads->known[kind], name);
    if (place == TABLE_NOTHING) {
        const Text kept = text_copy(reads->arena, name);
        place = (uint32_t)reads->list.count;
        table_put(&reads->known[kind], kept, place);
        *LIST_PUSH(reads->arena, &reads->list) = (Read){kind, kept};
    }
    reads->recent[reads->recent_count++ % (sizeof reads->recent / sizeof *reads->recent)] = reads->list.items[place];
}

void reads_note_course(const Project *project, const Course *course)
{
    reads_note(project, READ_OUTLINE, course ? course->folder : reads_outside);
}

void reads_note_page(const Project *project, const Page *page, ReadKind kind)
{
    if (!project->reads)
        return;
    if (kind == READ_SOURCE)
        reads_note(project, kind, page->source);
    else
        reads_note(project, kind, page->course == SITE_NOWHERE ? reads_outside : project->site.courses.items[page->course].folder);
}

static Text bytes_of(Arena *arena, const Reads *reads, bool only_media)
{
    Buffer flat = buffer_new(arena);
    for (size_t i = 0; i < reads->list.count; i++) {
        if (only_media && reads->list.items[i].kind != READ_MEDIUM)
            continue;
        flat_put_u8(&flat, (uint8_t)reads->list.items[i].kind);
        flat_put_text(&flat, reads->list.items[i].name);
    }
    return buffer_text(&flat);
}

Text reads_bytes(Arena *arena, const Reads *reads)
{
    return bytes_of(arena, reads, false);
}

Text reads_media(Arena *arena, const Reads *reads)
{
    return bytes_of(arena, reads, true);
}

void reads_begin_part(Project *project, Arena *arena)
{
    Reads *part = ARENA_NEW(arena, Reads);
    Reads *outer = project->reads;
    reads_begin(project, part, arena);
    part->outer = outer;
}

Text reads_end_part(Project *project)
{
    Reads *part = project->reads;
    const Text notes = reads_bytes(part->arena, part);
    project->reads = part->outer;
    reads_add(project, notes);
    return notes;
}

void reads_add(Project *project, Text notes)
{
    FlatReader reader = flat_reader(notes);
    while (!flat_is_at_end(&reader)) {
        const uint8_t kind = flat_u8(&reader);
        reads_note(project, (ReadKind)kind, flat_text(&reader));
    }
}

/* keys: see keys.h. */
#include "keys.h"

#include "../base/flat.h"
#include "editions.h"
#include "links.h"

/* Hashes of the site. */

static void add(Hash *sum, Text text)
{
    *sum = hash_add(*sum, hash_of(text));
}

static void add_number(Hash *sum, uint64_t number)
{
    *sum = hash_add(*sum, (Hash){number, number ^ 0x9e3779b97f4a7c15u});
}

static void add_list(Hash *sum, const TextList *list)
{
    add_number(sum, list->count);
    for (size_t i = 0; i < list->count; i++)
        add(sum, list->items[i]);
}

/* What lists, and the pages beside it, show of a page. */
static void add_outline(const Site *site, Hash *sum, const Page *page)
{
    const Text texts[] = {page->source, page->address, page->title, page->type, page->id, page->summary, page->to_do, page->language, page->done};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        add(sum, texts[i]);
    add_number(sum, (uint64_t)page->kind | (uint64_t)page->is_draft << 8 | (uint64_t)page->counts << 9 | (uint64_t)page->is_printed << 10 |
                        (uint64_t)page->is_missing << 11 | (uint64_t)page->number << 32);
    add_number(sum, page->minutes);
    add_number(sum, page->name_number);
    add_list(sum, &page->objectives);
    add_list(sum, &page->old_addresses);
    add_number(sum, page->needs.count);
    for (size_t i = 0; i < page->needs.count; i++)
        add(sum, site->pages.items[page->needs.items[i]].source);
}

static void add_details(Hash *sum, const Page *page)
{
    add(sum, page->facts);
    add(sum, page->headings);
}

static void add_pages(const Project *project, SiteHashes *hashes, size_t place, const PageList *pages)
{
    for (size_t i = 0; i < pages->count; i++) {
        add_outline(&project->site, &hashes->outlines[place], &project->site.pages.items[pages->items[i]]);
        add_details(&hashes->details[place], &project->site.pages.items[pages->items[i]]);
    }
    add_number(&hashes->outlines[place], pages->count);
}

static void add_value(Project *project, Hash *sum, const Value *value)
{
    Buffer flat = buffer_new(project->arena);
    flat_put_value(&flat, value);
    add(sum, buffer_text(&flat));
}

static void hash_course(Project *project, SiteHashes *hashes, size_t place)
{
    const Course *course = &project->site.courses.items[place];
    const Text texts[] = {course->folder, course->title, course->id, course->summary, course->unit};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        add(&hashes->outlines[place], texts[i]);
    add_value(project, &hashes->outlines[place], &course->settings);
    for (size_t i = 0; i < course->modules.count; i++) {
        const Module *module = &project->site.modules.items[course->modules.items[i]];
        add(&hashes->outlines[place], module->folder);
        add_pages(project, hashes, place, &(PageList){(uint32_t *)&module->page, 1, 1});
        add_pages(project, hashes, place, &module->pages);
    }
    add_pages(project, hashes, place, &(PageList){(uint32_t *)&course->page, 1, 1});
    add_pages(project, hashes, place, &course->pages);
}

/* What is outside of courses: the site's own pages, and which courses there are. */
static void hash_outside(const Project *project, SiteHashes *hashes)
{
    const Site *site = &project->site;
    const size_t place = site->courses.count;
    add_pages(project, hashes, place, &(PageList){(uint32_t *)&site->page, 1, 1});
    add_pages(project, hashes, place, &site->root_pages);
    for (size_t i = 0; i < place; i++)
        add(&hashes->outlines[place], site->courses.items[site->course_order ? site->course_order[i] : i].folder);
}

static void hash_addresses(const Project *project, SiteHashes *hashes)
{
    const Site *site = &project->site;
    for (size_t i = 0; i < site->pages.count; i++) {
        const Page *page = &site->pages.items[i];
        add(&hashes->addresses, page->source);
        add(&hashes->addresses, page->address);
        add_number(&hashes->addresses, (uint64_t)page->is_missing | (uint64_t)page->is_draft << 1);
        Heading heading;
        uint64_t count = 0;
        for (FlatReader headings = flat_reader(page->headings); heading_next(&headings, &heading); count++)
            add(&hashes->places, heading.id);
        add_number(&hashes->places, count);
    }
    for (size_t i = 0; i < site->media.count; i++) {
        add(&hashes->addresses, site->media.items[i].source);
        add(&hashes->addresses, site->media.items[i].address);
    }
    hashes->places = hash_add(hashes->places, hashes->addresses);
}

void keys_hash_site(Project *project)
{
    SiteHashes *hashes = ARENA_NEW(project->arena, SiteHashes);
    const size_t count = project->site.courses.count;
    hashes->outlines = ARENA_ARRAY(project->arena, Hash, count + 1);
    hashes->details = ARENA_ARRAY(project->arena, Hash, count + 1);
    hashes->courses = table_new(project->arena);
    table_put(&hashes->courses, reads_outside, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        table_put(&hashes->courses, project->site.courses.items[i].folder, (uint32_t)i);
        hash_course(project, hashes, i);
    }
    hash_outside(project, hashes);
    hash_addresses(project, hashes);
    project->hashes = hashes;
}

/* Keys. */

static size_t place_of(const Project *project, Text folder)
{
    const uint32_t place = table_get(&project->hashes->courses, folder);
    return place == TABLE_NOTHING ? SIZE_MAX : place;
}

static bool add_medium(const Project *project, Hash *sum, Text source)
{
    const Medium *medium = site_medium(&project->site, source);
    if (!medium)
        return false;
    add_number(sum, medium->stamp.size);
    add_number(sum, medium->stamp.inode);
    add_number(sum, (uint64_t)medium->stamp.changed_ns);
    add_number(sum, (uint64_t)medium->stamp.touched_ns);
    return true;
}

static void add_link(const Project *project, Arena *arena, Hash *sum, Text name)
{
    const size_t end = text_find_char(name, '\0');
    const LinkTarget found = links_target(project, arena, text_slice(name, 0, end), text_after(name, end + 1));
    add(sum, found.page ? found.page->address : found.medium ? found.medium->address : reads_outside);
    add_number(sum, found.page ? (uint64_t)found.page->is_draft : 2);
}

static bool add_read(const Project *project, Arena *arena, ReadKind kind, Text name, bool wants_links, ReadKeys *keys)
{
    const Page *page;
    size_t place;
    if (kind != READ_LINK)
        add(&keys->rest, name);
    add_number(&keys->rest, kind);
    switch (kind) {
    case READ_SOURCE:
        page = site_page(&project->site, name);
        if (page)
            keys->rest = hash_add(keys->rest, page->hash);
        return page != NULL;
    case READ_OUTLINE: case READ_DETAILS:
        place = place_of(project, name);
        if (place != SIZE_MAX)
            keys->rest = hash_add(keys->rest, (kind == READ_OUTLINE ? project->hashes->outlines : project->hashes->details)[place]);
        return place != SIZE_MAX;
    case READ_LINK:
        if (wants_links)
            add_link(project, arena, &keys->links, name);
        return true;
    case READ_MEDIUM: return add_medium(project, &keys->rest, name);
    case READ_OVERVIEW: keys->rest = hash_add(keys->rest, script_overview_hash(project->script, name)); return true;
    case READ_EDITIONS: keys->rest = hash_add(keys->rest, editions_hash(project, arena)); return true;
    case READ_KINDS: break;
    }
    return false;
}

bool keys_of(const Project *project, Arena *arena, Text notes, bool wants_links, ReadKeys *keys)
{
    FlatReader reader = flat_reader(notes);
    bool ok = true;
    *keys = (ReadKeys){0};
    while (ok && !flat_is_at_end(&reader)) {
        const uint8_t kind = flat_u8(&reader);
        const Text name = flat_text(&reader);
        ok = !reader.is_broken && kind < READ_KINDS && add_read(project, arena, (ReadKind)kind, name, wants_links, keys);
    }
    return ok;
}

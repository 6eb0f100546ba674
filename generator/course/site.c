/* site: see site.h. */
#include "site.h"

Page *site_page(const Site *site, Text source)
{
    const uint32_t page = table_get(&site->by_source, source);
    return page == TABLE_NOTHING ? NULL : &site->pages.items[page];
}

Medium *site_medium(const Site *site, Text source)
{
    const uint32_t medium = table_get(&site->media_by_source, source);
    return medium == TABLE_NOTHING ? NULL : &site->media.items[medium];
}

const Course *site_course_of(const Site *site, const Page *page)
{
    return page->course == SITE_NOWHERE ? NULL : &site->courses.items[page->course];
}

const Module *site_module_of(const Site *site, const Page *page)
{
    return page->module == SITE_NOWHERE ? NULL : &site->modules.items[page->module];
}

uint32_t module_number(const Site *site, const Module *module)
{
    const Course *course = &site->courses.items[module->course];
    if (module->name_number != SITE_NOWHERE)
        return module->name_number;
    for (uint32_t i = 0; i < course->modules.count; i++)
        if (&site->modules.items[course->modules.items[i]] == module)
            return i + 1;
    return 0;
}

Text module_label(Arena *arena, const Site *site, const Module *module)
{
    const Course *course = &site->courses.items[module->course];
    if (!course->is_numbered)
        return TEXT("");
    return text_format(arena, "%.*s %u", TEXT_ARG(course->unit), module_number(site, module));
}

Text page_key(const Page *page)
{
    return page->id.length ? page->id : page->address;
}

static void put_list(Buffer *flat, const TextList *list)
{
    flat_put_u32(flat, (uint32_t)list->count);
    for (size_t i = 0; i < list->count; i++)
        flat_put_text(flat, list->items[i]);
}

static void take_list(Arena *arena, TextList *list, FlatReader *flat)
{
    const uint32_t count = flat_u32(flat);
    for (uint32_t i = 0; i < count && !flat->is_broken; i++)
        *LIST_PUSH(arena, list) = flat_text(flat);
}

void link_put(const Link *link, Buffer *links)
{
    flat_put_text(links, link->target);
    flat_put_u32(links, link->pos.offset);
    flat_put_u8(links, (uint8_t)(link->is_media | link->is_hidden << 1));
}

bool link_next(FlatReader *links, const Page *page, Link *link)
{
    if (flat_is_at_end(links))
        return false;
    *link = (Link){.target = flat_text(links)};
    link->pos = (Pos){page->file, flat_u32(links)};
    const uint8_t kind = flat_u8(links);
    link->is_media = kind & 1;
    link->is_hidden = kind & 2;
    return !links->is_broken;
}

static void put_requires(Buffer *flat, const LinkList *requires)
{
    Buffer links = buffer_new(flat->arena);
    for (size_t i = 0; i < requires->count; i++)
        link_put(&requires->items[i], &links);
    flat_put_text(flat, buffer_text(&links));
}

static void take_requires(Arena *arena, Page *page, Text flat)
{
    Link link;
    for (FlatReader links = flat_reader(flat); link_next(&links, page, &link);)
        *LIST_PUSH(arena, &page->requires) = link;
}

void heading_put(const Heading *heading, Buffer *headings)
{
    flat_put_u8(headings, heading->level);
    flat_put_text(headings, heading->id);
    flat_put_text(headings, heading->text);
}

bool heading_next(FlatReader *headings, Heading *heading)
{
    if (flat_is_at_end(headings))
        return false;
    heading->level = flat_u8(headings);
    heading->id = flat_text(headings);
    heading->text = flat_text(headings);
    return !headings->is_broken;
}

void page_put(const Page *page, Buffer *flat)
{
    const Text texts[] = {page->title, page->type, page->id, page->summary, page->to_do, page->language, page->done, page->facts};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        flat_put_text(flat, texts[i]);
    flat_put_u8(flat, (uint8_t)(page->is_read | page->is_draft << 1 | page->counts << 2 | page->is_printed << 3 | page->has_order << 4));
    flat_put_u64(flat, (uint64_t)page->order);
    flat_put_u32(flat, page->id_pos.offset);
    flat_put_u32(flat, page->minutes);
    flat_put_u32(flat, page->word_count);
    flat_put_hash(flat, page->hash);
    put_list(flat, &page->objectives);
    put_list(flat, &page->old_addresses);
    flat_put_text(flat, page->headings);
    put_requires(flat, &page->requires);
    flat_put_text(flat, page->links);
}

void page_forget(Page *page)
{
    const Page known = *page;
    *page = (Page){.source = known.source, .folder = known.folder, .file = known.file, .stamp = known.stamp, .kind = known.kind,
                   .course = known.course, .module = known.module, .name_number = known.name_number, .address = known.address,
                   .is_missing = known.is_missing, .number = known.number, .previous = known.previous, .next = known.next};
}

bool page_take(Arena *arena, Page *page, FlatReader *flat)
{
    Text *texts[] = {&page->title, &page->type, &page->id, &page->summary, &page->to_do, &page->language, &page->done, &page->facts};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = flat_text(flat);
    const uint8_t flags = flat_u8(flat);
    page->is_read = flags & 1;
    page->is_draft = flags & 2;
    page->counts = flags & 4;
    page->is_printed = flags & 8;
    page->has_order = flags & 16;
    page->order = (int64_t)flat_u64(flat);
    page->id_pos.file = page->id.length ? page->file : POS_NONE.file;
    page->id_pos.offset = flat_u32(flat);
    page->minutes = flat_u32(flat);
    page->word_count = flat_u32(flat);
    page->hash = flat_hash(flat);
    take_list(arena, &page->objectives, flat);
    take_list(arena, &page->old_addresses, flat);
    page->headings = flat_text(flat);
    take_requires(arena, page, flat_text(flat));
    page->links = flat_text(flat);
    return !flat->is_broken;
}

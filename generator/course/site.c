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
        *LIST_PUSH(arena, list) = text_copy(arena, flat_text(flat));
}

static void put_links(Buffer *flat, const LinkList *links)
{
    flat_put_u32(flat, (uint32_t)links->count);
    for (size_t i = 0; i < links->count; i++) {
        flat_put_text(flat, links->items[i].target);
        flat_put_u32(flat, links->items[i].pos.file);
        flat_put_u32(flat, links->items[i].pos.offset);
        flat_put_u8(flat, (uint8_t)(links->items[i].is_media | links->items[i].is_hidden << 1));
    }
}

static void take_links(Arena *arena, LinkList *links, FlatReader *flat)
{
    for (uint32_t i = flat_u32(flat); i > 0 && !flat->is_broken; i--) {
        Link *link = LIST_PUSH(arena, links);
        link->target = text_copy(arena, flat_text(flat));
        link->pos.file = flat_u32(flat);
        link->pos.offset = flat_u32(flat);
        const uint8_t kind = flat_u8(flat);
        link->is_media = kind & 1;
        link->is_hidden = kind & 2;
    }
}

void page_put(const Page *page, Buffer *flat)
{
    const Text texts[] = {page->title, page->type, page->id, page->summary, page->to_do, page->language, page->done, page->facts};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        flat_put_text(flat, texts[i]);
    flat_put_u8(flat, (uint8_t)(page->is_read | page->is_draft << 1 | page->counts << 2 | page->is_printed << 3 | page->has_order << 4));
    flat_put_u64(flat, (uint64_t)page->order);
    flat_put_u32(flat, page->id_pos.file);
    flat_put_u32(flat, page->id_pos.offset);
    flat_put_u32(flat, page->minutes);
    flat_put_u32(flat, page->word_count);
    flat_put_hash(flat, page->hash);
    put_list(flat, &page->objectives);
    put_list(flat, &page->old_addresses);
    flat_put_u32(flat, (uint32_t)page->headings.count);
    for (size_t i = 0; i < page->headings.count; i++) {
        flat_put_u8(flat, page->headings.items[i].level);
        flat_put_text(flat, page->headings.items[i].id);
        flat_put_text(flat, page->headings.items[i].text);
    }
    put_links(flat, &page->requires);
    put_links(flat, &page->links);
}

bool page_take(Arena *arena, Page *page, FlatReader *flat)
{
    Text *texts[] = {&page->title, &page->type, &page->id, &page->summary, &page->to_do, &page->language, &page->done, &page->facts};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = text_copy(arena, flat_text(flat));
    const uint8_t flags = flat_u8(flat);
    page->is_read = flags & 1;
    page->is_draft = flags & 2;
    page->counts = flags & 4;
    page->is_printed = flags & 8;
    page->has_order = flags & 16;
    page->order = (int64_t)flat_u64(flat);
    page->id_pos.file = flat_u32(flat);
    page->id_pos.offset = flat_u32(flat);
    page->minutes = flat_u32(flat);
    page->word_count = flat_u32(flat);
    page->hash = flat_hash(flat);
    take_list(arena, &page->objectives, flat);
    take_list(arena, &page->old_addresses, flat);
    for (uint32_t i = flat_u32(flat); i > 0 && !flat->is_broken; i--) {
        Heading *heading = LIST_PUSH(arena, &page->headings);
        heading->level = flat_u8(flat);
        heading->id = text_copy(arena, flat_text(flat));
        heading->text = text_copy(arena, flat_text(flat));
    }
    take_links(arena, &page->requires, flat);
    take_links(arena, &page->links, flat);
    return !flat->is_broken;
}

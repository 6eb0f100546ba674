/* find: see find.h. */
#include "find.h"

#include "objects.h"
#include "reads.h"

typedef struct Search {
    Project *project;
    Arena *arena;
    Text type, block;
    Value found;
} Search;

static bool has_fact_of(const Search *search, const Page *page)
{
    FlatReader reader = flat_reader(page->facts);
    const Value facts = page->facts.length ? flat_value(search->arena, &reader) : VALUE_NONE;
    const Value *blocks = value_get(&facts, "blocks");
    return blocks && value_find(blocks, search->block);
}

static void look_at(Search *search, uint32_t index)
{
    const Page *page = &search->project->site.pages.items[index];
    reads_note_page(search->project, page, search->block.bytes ? READ_DETAILS : READ_OUTLINE);
    if ((!search->type.bytes || text_equal(page->type, search->type)) && (!search->block.bytes || has_fact_of(search, page)))
        value_add(search->arena, &search->found, objects_page(page));
}

static void look_at_all(Search *search, const PageList *pages)
{
    for (size_t i = 0; i < pages->count; i++)
        look_at(search, pages->items[i]);
}

static void look_at_module(Search *search, const Module *module)
{
    look_at(search, module->page);
    look_at_all(search, &module->pages);
}

static void look_at_course(Search *search, const Course *course)
{
    reads_note_course(search->project, course);
    look_at(search, course->page);
    for (size_t i = 0; i < course->modules.count; i++)
        look_at_module(search, &search->project->site.modules.items[course->modules.items[i]]);
    look_at_all(search, &course->pages);
}

static void look_at_site(Search *search, const Site *site)
{
    reads_note_course(search->project, NULL);
    look_at(search, site->page);
    look_at_all(search, &site->root_pages);
    for (size_t i = 0; i < site->courses.count; i++)
        look_at_course(search, &site->courses.items[i]);
}

Value find_pages(Project *project, Arena *arena, const Value *place, Text type, Text block)
{
    const Site *site = &project->site;
    const Page *page = objects_page_of(project, place);
    Search search = {project, arena, type, block, value_list()};
    if (!page)
        return search.found;
    if (place->object.data == site)
        look_at_site(&search, site);
    else if (place->object.data == site_course_of(site, page) && page->kind == PAGE_COURSE)
        look_at_course(&search, site_course_of(site, page));
    else if (place->object.data == site_module_of(site, page) && page->kind == PAGE_MODULE)
        look_at_module(&search, site_module_of(site, page));
    else
        look_at(&search, (uint32_t)(page - site->pages.items));
    return search.found;
}

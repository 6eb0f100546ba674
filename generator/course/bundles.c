/* bundles: see bundles.h. */
#include "bundles.h"

#include "../base/path.h"
#include "../base/path.h"
#include "../formats/html_part.h"
#include "objects.h"
#include "parse.h"
#include "parts.h"
#include "words.h"

static Text address_of(const Project *project, uint32_t owner, const char *name)
{
    const Text folder = path_folder(project->site.pages.items[owner].address);
    return path_join(project->arena, folder, text_from(name));
}

bool bundles_is_sheet(const Project *project, const Page *page)
{
    const Plugin *type = script_plugin(project->script, TEXT(""), page->type);
    return page->is_printed && page_is_published(project, page) && type && type->is_sheet;
}

static bool is_printed(const Project *project, const Page *page)
{
    return page->is_printed && page_is_published(project, page);
}

static void add_pages(Project *project, const PageList *pages, bool (*belongs)(const Project *, const Page *), PageList *list)
{
    for (size_t i = 0; i < pages->count; i++)
        if (belongs(project, &project->site.pages.items[pages->items[i]]))
            *LIST_PUSH(project->arena, list) = pages->items[i];
}

/* The pages of a course as the way through it goes: those of each module, then those outside of any. */
static void add_course(Project *project, const Course *course, bool (*belongs)(const Project *, const Page *), PageList *list)
{
    for (size_t i = 0; i < course->modules.count; i++)
        add_pages(project, &project->site.modules.items[course->modules.items[i]].pages, belongs, list);
    add_pages(project, &course->pages, belongs, list);
}

static void add_bundle(Project *project, BundleKind kind, uint32_t owner, const char *name, PageList parts)
{
    *LIST_PUSH(project->arena, &project->bundles) = (Bundle){kind, owner, address_of(project, owner, name), parts};
}

static void add_handout(Project *project, uint32_t owner, PageList sheets)
{
    if (sheets.count)
        add_bundle(project, BUNDLE_HANDOUT, owner, "handout.html", sheets);
}

void bundles_make(Project *project)
{
    const Site *site = &project->site;
    for (size_t i = 0; i < site->courses.count; i++) {
        const Course *course = &site->courses.items[i];
        PageList all = {0};
        for (size_t j = 0; j < course->modules.count; j++) {
            const Module *module = &site->modules.items[course->modules.items[j]];
            PageList sheets = {0};
            add_pages(project, &module->pages, bundles_is_sheet, &sheets);
            add_handout(project, module->page, sheets);
            if (project->options.is_facilitator && module->pages.count)
                add_bundle(project, BUNDLE_AGENDA, module->page, "agenda.html", (PageList){0});
        }
        add_course(project, course, bundles_is_sheet, &all);
        add_handout(project, course->page, all);
    }
    project->bundles_of = ARENA_ARRAY(project->arena, uint32_t, site->pages.count + 1);
    for (size_t i = project->bundles.count; i > 0; i--)
        project->bundles_of[project->bundles.items[i - 1].owner] = (uint32_t)(i - 1);
}

Bundle bundles_book(Project *project, uint32_t owner, Text address)
{
    const Page *page = &project->site.pages.items[owner];
    Bundle book = {BUNDLE_BOOK, owner, address, {0}};
    if (page->kind == PAGE_COURSE)
        add_course(project, site_course_of(&project->site, page), is_printed, &book.parts);
    else
        add_pages(project, &site_module_of(&project->site, page)->pages, is_printed, &book.parts);
    return book;
}

/* One page, as a part: its links lead from the bundle's address. */
static bool render_part(Project *project, const Bundle *bundle, size_t place, Arena *arena, Diag *diag, Buffer *part)
{
    HtmlPlace there = {.prefix = text_format(arena, "p%zu-", place + 1), .to = bundle->address};
    Text html;
    if (!parts_take(project, bundle->parts.items[place], arena, diag, &html, &there.from))
        return false;
    html_as_part(html, &there, part);
    return true;
}

static Text title_of(Project *project, const Bundle *bundle, Arena *arena, const Page *owner)
{
    static const char *const keys[] = {"handout-of", "agenda-of", "book-of"};
    Value values = value_map();
    VALUE_SET(arena, &values, "title", value_text(owner->title));
    const Text language = owner->language.length ? owner->language : project->site.language;
    const Text title = words_get(project, arena, language, text_from(keys[bundle->kind]), &values);
    return title.bytes ? title : owner->title;
}

/* The page around them: that of a page of the owner's kind of place, with an address and title of its own. */
static bool render_frame(Project *project, const Bundle *bundle, const char *template, const Text *parts, Arena *arena, Diag *diag, Buffer *html)
{
    PageRead read;
    Page *here = ARENA_NEW(arena, Page);
    *here = project->site.pages.items[bundle->owner];
    here->title = title_of(project, bundle, arena, here);
    here->address = bundle->address;
    here->id = here->summary = TEXT("");
    here->done = TEXT("");
    here->type = TEXT("handout");
    here->kind = PAGE_PLAIN;
    here->headings = TEXT("");
    here->number = here->minutes = 0;
    here->counts = false;
    here->previous = here->next = SITE_NOWHERE;
    if (!read_known_page(project, here, arena, diag, &read))
        return false;
    read.title_html = (Fragment){0};
    Value pages = value_list();
    for (size_t i = 0; i < bundle->parts.count; i++)
        value_add(arena, &pages, objects_page(&project->site.pages.items[bundle->parts.items[i]]));
    return script_render_parts(project->script, text_from(template), parts, &pages, html);
}

bool bundle_render(Project *project, const Bundle *bundle, Arena *arena, Diag *diag, Buffer *html)
{
    static const char *const templates[] = {"handout.html", "agenda.html", "book.html"};
    Text *parts = ARENA_ARRAY(arena, Text, bundle->parts.count + 1);
    Arena *reading = arena_open();    /* each page goes before the next one comes */
    bool ok = true;
    for (size_t i = 0; ok && i < bundle->parts.count; i++) {
        Buffer part = buffer_new(arena);
        arena_reset(reading);
        ok = render_part(project, bundle, i, reading, diag, &part);
        parts[i] = buffer_text(&part);
    }
    project->here = bundle->address;
    ok = ok && render_frame(project, bundle, templates[bundle->kind], parts, arena, diag, html);
    project->here = TEXT_NONE;
    arena_close(reading);
    return ok;
}

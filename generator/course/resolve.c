/* resolve: see resolve.h. */
#include "resolve.h"

#include "../base/path.h"
#include "advice.h"
#include "assets.h"
#include "bundles.h"
#include "links.h"
#include "parse.h"
#include "requires.h"

#include <stdlib.h>

/* Order: `order:`, else the number, else natural order of names. */

static int compare_pages(const void *left_item, const void *right_item, void *context)
{
    const Site *site = context;
    const Page *left = &site->pages.items[*(const uint32_t *)left_item];
    const Page *right = &site->pages.items[*(const uint32_t *)right_item];
    const int64_t left_order = left->has_order ? left->order : left->name_number;
    const int64_t right_order = right->has_order ? right->order : right->name_number;
    if (left_order != right_order)
        return left_order < right_order ? -1 : 1;
    return text_compare_natural(path_name(left->source), path_name(right->source));
}

static void order_pages(Project *project, PageList *pages)
{
    size_t kept = 0;
    for (size_t i = 0; i < pages->count; i++)
        if (page_is_published(project, &project->site.pages.items[pages->items[i]]))
            pages->items[kept++] = pages->items[i];
    pages->count = kept;
    if (kept)
        qsort_r(pages->items, kept, sizeof *pages->items, compare_pages, &project->site);
}

static int64_t order_of(const Site *site, uint32_t page, uint32_t name_number)
{
    return site->pages.items[page].has_order ? site->pages.items[page].order : name_number;
}

static int compare_modules(const void *left_item, const void *right_item, void *context)
{
    const Site *site = context;
    const Module *left = &site->modules.items[*(const uint32_t *)left_item];
    const Module *right = &site->modules.items[*(const uint32_t *)right_item];
    const int64_t left_order = order_of(site, left->page, left->name_number);
    const int64_t right_order = order_of(site, right->page, right->name_number);
    if (left_order != right_order)
        return left_order < right_order ? -1 : 1;
    return text_compare_natural(left->folder, right->folder);
}

static void number_pages(Site *site, const PageList *pages)
{
    for (size_t i = 0; i < pages->count; i++)
        site->pages.items[pages->items[i]].number = (uint32_t)i + 1;
}

static void resolve_course(Project *project, Course *course)
{
    Site *site = &project->site;
    if (course->modules.count)
        qsort_r(course->modules.items, course->modules.count, sizeof *course->modules.items, compare_modules, site);
    order_pages(project, &course->pages);
    course->minutes = 0;
    for (size_t i = 0; i < course->modules.count; i++) {
        Module *module = &site->modules.items[course->modules.items[i]];
        order_pages(project, &module->pages);
        number_pages(site, &module->pages);
        module->minutes = 0;
        for (size_t j = 0; j < module->pages.count; j++)
            module->minutes += site->pages.items[module->pages.items[j]].minutes;
        course->minutes += module->minutes;
    }
}

static int64_t course_order(const Site *site, const Course *course)
{
    int64_t order;
    const Value *written = value_get(&course->settings, "order");
    if (written && written->kind == VALUE_INT)
        order = written->integer;
    else
        order = order_of(site, course->page, course->name_number);
    return order;
}

/* Courses keep their places in `courses`, which pages point at; the front page shows them sorted. */
static int compare_courses(const void *left_item, const void *right_item, void *context)
{
    const Site *site = context;
    const Course *left = &site->courses.items[*(const uint32_t *)left_item];
    const Course *right = &site->courses.items[*(const uint32_t *)right_item];
    const int64_t left_order = course_order(site, left), right_order = course_order(site, right);
    if (left_order != right_order)
        return left_order < right_order ? -1 : 1;
    return text_compare_natural(left->folder, right->folder);
}

static void order_courses(Site *site)
{
    site->course_order = ARENA_ARRAY(site->arena, uint32_t, site->courses.count + 1);
    for (uint32_t i = 0; i < site->courses.count; i++)
        site->course_order[i] = i;
    if (site->courses.count)
        qsort_r(site->course_order, site->courses.count, sizeof *site->course_order, compare_courses, site);
}

/* The way through a course: its page, then each module's page and pages. */

static void go_on(Site *site, uint32_t *last, uint32_t page)
{
    if (*last != SITE_NOWHERE) {
        site->pages.items[*last].next = page;
        site->pages.items[page].previous = *last;
    }
    *last = page;
}

static void join_way(Site *site, const Course *course)
{
    uint32_t last = SITE_NOWHERE;
    go_on(site, &last, course->page);
    for (size_t i = 0; i < course->modules.count; i++) {
        const Module *module = &site->modules.items[course->modules.items[i]];
        go_on(site, &last, module->page);
        for (size_t j = 0; j < module->pages.count; j++)
            go_on(site, &last, module->pages.items[j]);
    }
}

/* `old-addresses:`, from here on as they were in the site, are written as people know them: with or without a slash before and .html behind. */
static Text old_address(Project *project, Text written)
{
    Text normal;
    while (written.length && written.bytes[0] == '/')
        written = text_after(written, 1);
    if (written.length == 0 || path_scheme(written).length || !path_normal(project->arena, written, &normal))
        return TEXT("");
    const char *ending = text_ends(written, "/") ? "/index.html" : path_extension(normal).length ? "" : ".html";
    return text_format(project->arena, "%.*s%s", TEXT_ARG(normal), ending);
}

static void add_redirects(Project *project, uint32_t index, Table *addresses)
{
    Site *site = &project->site;
    Page *page = &site->pages.items[index];
    for (size_t i = 0; i < page->old_addresses.count; i++) {
        const Text written = page->old_addresses.items[i], address = old_address(project, written);
        page->old_addresses.items[i] = address;
        const Text path = project->sources.items[page->file];
        if (address.length == 0 || !text_ends(address, ".html"))
            diag_file_error(project->diag, path, "'%.*s' is no address that this site can have had", TEXT_ARG(written));
        else if (table_put(addresses, address, UINT32_MAX - 1) != TABLE_NOTHING)
            diag_file_error(project->diag, path, "its old address '%.*s' is that of another page now", TEXT_ARG(written));
        else
            *LIST_PUSH(project->arena, &site->redirects) = (Redirect){address, index};
    }
}

/* One address, one source; addresses that differ only in case cannot be, as all are lower case. */
static void check_addresses(Project *project)
{
    const Site *site = &project->site;
    Arena *passing = arena_open();
    Table addresses = table_new(passing);
    for (size_t i = 0; i < project->assets.count; i++)
        table_put(&addresses, project->assets.items[i].name, UINT32_MAX - 1);
    for (uint32_t i = 0; i < site->pages.count; i++) {
        const Page *page = &site->pages.items[i];
        const uint32_t other = page_is_published(project, page) ? table_put(&addresses, page->address, i) : TABLE_NOTHING;
        if (other == TABLE_NOTHING)
            continue;
        diag_file_error(project->diag, project->sources.items[page->file], "its address '%.*s' is already that of %.*s",
                        TEXT_ARG(page->address), TEXT_ARG(site->pages.items[other].source));
        diag_help(project->diag, "rename one of the two");
    }
    for (uint32_t i = 0; i < site->media.count; i++) {
        const Medium *medium = &site->media.items[i];
        const uint32_t other = table_put(&addresses, medium->address, (uint32_t)site->pages.count + i);
        if (other == TABLE_NOTHING || !medium->is_used)
            continue;
        const Text owner = other < site->pages.count                    ? site->pages.items[other].source
                           : other < site->pages.count + site->media.count ? site->media.items[other - site->pages.count].source
                                                                           : TEXT("the style sheet or script");
        diag_file_error(project->diag, path_join(project->arena, project->content, medium->source),
                        "its address '%.*s' is already that of %.*s", TEXT_ARG(medium->address), TEXT_ARG(owner));
        diag_help(project->diag, "rename it");
    }
    for (uint32_t i = 0; i < site->pages.count; i++)
        if (page_is_published(project, &site->pages.items[i]))
            add_redirects(project, i, &addresses);
    arena_close(passing);
}

static void check_ids(Project *project)
{
    const Site *site = &project->site;
    Arena *passing = arena_open();
    Table ids = table_new(passing);
    for (uint32_t i = 0; i < site->pages.count; i++) {
        const Page *page = &site->pages.items[i];
        const uint32_t other = page->id.length ? table_put(&ids, page->id, i) : TABLE_NOTHING;
        if (other != TABLE_NOTHING)
            diag_error(project->diag, page->id_pos, "its id '%.*s' is already that of %.*s",
                       TEXT_ARG(page->id), TEXT_ARG(site->pages.items[other].source));
    }
    ids = table_new(passing);
    for (uint32_t i = 0; i < site->courses.count; i++) {
        const Course *course = &site->courses.items[i];
        const uint32_t other = table_put(&ids, course->id, i);
        if (other != TABLE_NOTHING)
            diag_file_error(project->diag, project->sources.items[course->file], "its id '%.*s' is already that of the course '%.*s'",
                            TEXT_ARG(course->id), TEXT_ARG(site->courses.items[other].title));
    }
    arena_close(passing);
}

/* Bundles stand at addresses of their own. */
static void check_bundles(Project *project)
{
    Arena *passing = arena_open();
    Table addresses = table_new(passing);
    for (uint32_t i = 0; i < project->bundles.count; i++)
        table_put(&addresses, project->bundles.items[i].address, i);
    for (uint32_t i = 0; i < project->site.pages.count; i++) {
        const Page *page = &project->site.pages.items[i];
        const uint32_t bundle = page_is_published(project, page) ? table_get(&addresses, page->address) : TABLE_NOTHING;
        if (bundle == TABLE_NOTHING)
            continue;
        diag_file_error(project->diag, project->sources.items[page->file], "its address '%.*s' is that of the %s which Lectern makes",
                        TEXT_ARG(page->address), project->bundles.items[bundle].kind == BUNDLE_AGENDA ? "agenda" : "handout");
        diag_help(project->diag, "rename it");
    }
    arena_close(passing);
}

static void check_links(Project *project)
{
    const Site *site = &project->site;
    Arena *arena = arena_open();
    for (size_t i = 0; i < site->pages.count; i++) {
        if (page_is_published(project, &site->pages.items[i]))
            links_check(project, arena, &site->pages.items[i]);
        arena_reset(arena);
    }
    links_check_settings(project);
    arena_close(arena);
}

void resolve_site(Project *project)
{
    Site *site = &project->site;
    order_pages(project, &site->root_pages);
    for (size_t i = 0; i < site->courses.count; i++) {
        resolve_course(project, &site->courses.items[i]);
        join_way(site, &site->courses.items[i]);
    }
    order_courses(site);
    check_links(project);
    requires_resolve(project);
    bundles_make(project);
    assets_add_languages(project);
    check_addresses(project);
    check_ids(project);
    check_bundles(project);
    advice_site(project);
}

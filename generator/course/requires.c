/* requires: see requires.h. */
#include "requires.h"

#include "links.h"

typedef struct Requires {
    Project *project;
    Site *site;
    uint32_t *places;    /* of each page on the way through its course; 0 beside the way */
} Requires;

static bool is_reading(const Link *link)
{
    return text_is(link->target, "reading");
}

static bool is_quiz(const Page *page)
{
    return text_is(page->done, "quiz");
}

static void add_need(Requires *all, Page *page, uint32_t need)
{
    *LIST_PUSH(all->project->arena, &page->needs) = need;
}

/* `requires: reading`: what is to be read before, of the same module, or of the whole course. */

/* Give `page` those of the list that count and are no quiz, up to itself. */
static void add_reading(Requires *all, Page *page, const PageList *pages)
{
    for (size_t i = 0; i < pages->count && &all->site->pages.items[pages->items[i]] != page; i++) {
        const Page *earlier = &all->site->pages.items[pages->items[i]];
        if (earlier->counts && !is_quiz(earlier))
            add_need(all, page, pages->items[i]);
    }
}

static void wait_for_reading(Requires *all, Page *page)
{
    const Course *course = site_course_of(all->site, page);
    const Module *module = site_module_of(all->site, page);
    if (module) {
        add_reading(all, page, &module->pages);
        return;
    }
    for (size_t i = 0; i < course->modules.count; i++)
        add_reading(all, page, &all->site->modules.items[course->modules.items[i]].pages);
    add_reading(all, page, &course->pages);
}

static void let_quizzes_wait(Requires *all, const PageList *pages)
{
    for (size_t i = 0; i < pages->count; i++)
        if (is_quiz(&all->site->pages.items[pages->items[i]]))
            wait_for_reading(all, &all->site->pages.items[pages->items[i]]);
}

/* `requires:` with the path of a page or of a module. */

/* Can the page be done, or any of the module whose own page it is? */
static bool can_be_done(const Requires *all, const Page *target)
{
    if (target->kind == PAGE_PLAIN)
        return target->counts;
    const PageList *pages = &all->site->modules.items[target->module].pages;
    bool can = false;
    for (size_t i = 0; i < pages->count; i++)
        can = can || all->site->pages.items[pages->items[i]].counts;
    return can;
}

static bool check_target(const Requires *all, const Page *page, const Page *target, const Link *link)
{
    Diag *diag = all->project->diag;
    const uint32_t here = all->places[page - all->site->pages.items], there = all->places[target - all->site->pages.items];
    const int length = (int)link->target.length;
    const char *name = link->target.bytes;
    if (target == page)
        return diag_error(diag, link->pos, "a page cannot wait for itself");
    if (target->course != page->course) {
        diag_error(diag, link->pos, "'%.*s' is not in this course", length, name);
        diag_help(diag, "a page can wait for pages of its own course only, as each course is kept by itself");
        return false;
    }
    if (target->kind == PAGE_COURSE) {
        diag_error(diag, link->pos, "'%.*s' is the course itself, which is done when all of it is", length, name);
        diag_help(diag, "name the pages or modules that come first");
        return false;
    }
    if (page->module != SITE_NOWHERE && target->module == page->module && target->kind == PAGE_MODULE)
        return diag_error(diag, link->pos, "'%.*s' is the module in which this page is", length, name);
    if (here && there > here) {
        diag_error(diag, link->pos, "'%.*s' comes later than this page", length, name);
        diag_help(diag, "name a page that comes earlier, or change the order of the two");
        return false;
    }
    if (!can_be_done(all, target)) {
        diag_error(diag, link->pos, "'%.*s' does not count, so nobody can finish it", length, name);
        if (target->kind == PAGE_PLAIN && !text_is(target->done, "none"))
            diag_help(diag, "write `counts: true` in it");
        return false;
    }
    return true;
}

/* The page that a link names, if it can be waited for.  What is broken or a draft was said with all links. */
static const Page *target_of(const Requires *all, const Page *page, const Link *link)
{
    const LinkTarget target = links_target(all->project, all->project->arena, page->folder, link->target);
    if (target.kind == LINK_HERE)
        diag_error(all->project->diag, link->pos, "a page cannot wait for itself");
    else if (target.kind == LINK_URL || target.kind == LINK_MEDIUM)
        diag_error(all->project->diag, link->pos, "'%.*s' is no page of this course", TEXT_ARG(link->target));
    if (target.kind != LINK_PAGE || !page_is_published(all->project, target.page))
        return NULL;
    return check_target(all, page, target.page, link) ? target.page : NULL;
}

/* A module stands for those of its pages that count. */
static void wait_for(Requires *all, Page *page, const Page *target)
{
    if (target->kind == PAGE_PLAIN) {
        add_need(all, page, (uint32_t)(target - all->site->pages.items));
        return;
    }
    const PageList *pages = &all->site->modules.items[target->module].pages;
    for (size_t i = 0; i < pages->count; i++)
        if (all->site->pages.items[pages->items[i]].counts)
            add_need(all, page, pages->items[i]);
}

/* What a module's own page says holds for each page in it. */
static void wait_in_module(Requires *all, const Page *index, const Page *target)
{
    const PageList *pages = &all->site->modules.items[index->module].pages;
    for (size_t i = 0; i < pages->count; i++)
        wait_for(all, &all->site->pages.items[pages->items[i]], target);
}

static void resolve_link(Requires *all, Page *page, const Link *link)
{
    const Page *target = is_reading(link) ? NULL : target_of(all, page, link);
    if (is_reading(link) && page->kind == PAGE_MODULE)
        let_quizzes_wait(all, &all->site->modules.items[page->module].pages);
    else if (is_reading(link))
        wait_for_reading(all, page);
    else if (target && page->kind == PAGE_MODULE)
        wait_in_module(all, page, target);
    else if (target)
        wait_for(all, page, target);
}

static void resolve_page(Requires *all, Page *page)
{
    Diag *diag = all->project->diag;
    if (page->requires.count && (page->course == SITE_NOWHERE || page->kind == PAGE_COURSE)) {
        diag_error(diag, page->requires.items[0].pos, "'requires' makes no sense here");
        diag_help(diag, page->course == SITE_NOWHERE ? "only the pages of a course can wait for others"
                                                     : "write `requires: reading` in course.yaml");
        return;
    }
    for (size_t i = 0; i < page->requires.count; i++)
        resolve_link(all, page, &page->requires.items[i]);
}

/* The way through a course: the modules, each with its own page first.  Pages outside of modules stand
 * beside it. */
static void place_pages(Requires *all, const Course *course)
{
    uint32_t place = 0;
    for (size_t i = 0; i < course->modules.count; i++) {
        const Module *module = &all->site->modules.items[course->modules.items[i]];
        all->places[module->page] = ++place;
        for (size_t j = 0; j < module->pages.count; j++)
            all->places[module->pages.items[j]] = ++place;
    }
}

static void resolve_course(Requires *all, const Course *course)
{
    const Value *requires = value_get(&course->settings, "requires");
    place_pages(all, course);
    if (!requires || requires->kind != VALUE_TEXT)
        return;
    for (size_t i = 0; i < course->modules.count; i++)
        let_quizzes_wait(all, &all->site->modules.items[course->modules.items[i]].pages);
    let_quizzes_wait(all, &course->pages);
}

/* Circles: pages are taken away that wait for none of those left; what stays waits for itself. */

/* Of each page, how many of its needs are left; 0 when it can be reached. */
static uint32_t *count_left(const Requires *all)
{
    const Site *site = all->site;
    Arena *arena = all->project->arena;
    uint32_t *left = ARENA_ARRAY(arena, uint32_t, site->pages.count + 1);
    PageList *waiting = ARENA_ARRAY(arena, PageList, site->pages.count + 1), free_pages = {0};
    for (uint32_t i = 0; i < site->pages.count; i++) {
        const PageList *needs = &site->pages.items[i].needs;
        left[i] = (uint32_t)needs->count;
        for (size_t j = 0; j < needs->count; j++)
            *LIST_PUSH(arena, &waiting[needs->items[j]]) = i;
        if (needs->count == 0)
            *LIST_PUSH(arena, &free_pages) = i;
    }
    for (size_t i = 0; i < free_pages.count; i++) {
        const PageList *some = &waiting[free_pages.items[i]];
        for (size_t j = 0; j < some->count; j++)
            if (--left[some->items[j]] == 0)
                *LIST_PUSH(arena, &free_pages) = some->items[j];
    }
    return left;
}

/* A page that this one waits for and that waits itself. */
static uint32_t next_waiting(const Site *site, const uint32_t *left, uint32_t page)
{
    const PageList *needs = &site->pages.items[page].needs;
    for (size_t i = 0; i < needs->count; i++)
        if (left[needs->items[i]])
            return needs->items[i];
    return page;
}

/* Where the author said what makes it wait: in the page, or in that of its module. */
static const Link *written_in(const Site *site, const Page *page)
{
    const Module *module = site_module_of(site, page);
    const Page *places[] = {page, module ? &site->pages.items[module->page] : page};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        for (size_t j = 0; j < places[i]->requires.count; j++)
            if (!is_reading(&places[i]->requires.items[j]))
                return &places[i]->requires.items[j];
    return NULL;
}

/* `page` is in a circle: say it once, at a place where the author wrote it, and take the circle away. */
static void report_circle(const Requires *all, uint32_t *left, uint32_t page)
{
    const Site *site = all->site;
    Arena *arena = all->project->arena;
    PageList circle = {0};
    Buffer chain = buffer_new(arena);
    const Link *link = NULL;
    buffer_format(&chain, "'%.*s'", TEXT_ARG(site->pages.items[page].source));
    do {
        const uint32_t here = circle.count ? circle.items[circle.count - 1] : page, next = next_waiting(site, left, here);
        link = link ? link : written_in(site, &site->pages.items[next]);
        buffer_format(&chain, "%s '%.*s'", circle.count ? ", which waits for" : " waits for", TEXT_ARG(site->pages.items[next].source));
        *LIST_PUSH(arena, &circle) = next;
    } while (circle.items[circle.count - 1] != page);
    for (size_t i = 0; i < circle.count; i++)
        left[circle.items[i]] = 0;
    diag_error(all->project->diag, link ? link->pos : (Pos){site->pages.items[page].file, 0},
               "these pages wait for each other in a circle, so none of them would ever open");
    diag_help(all->project->diag, "%.*s: take one of these `requires` away", TEXT_ARG(buffer_text(&chain)));
}

static void check_circles(const Requires *all)
{
    uint32_t *left = count_left(all);
    for (uint32_t i = 0; i < all->site->pages.count; i++) {
        uint32_t page = i;
        for (size_t steps = 0; left[page] && steps < all->site->pages.count; steps++)
            page = next_waiting(all->site, left, page);
        if (left[page] && next_waiting(all->site, left, page) != page)
            report_circle(all, left, page);
    }
}

/* Each need once, in the order in which they were found. */
static void settle(Page *page, uint32_t index, uint32_t *last_waiting)
{
    size_t kept = 0;
    for (size_t i = 0; i < page->needs.count; i++) {
        const uint32_t need = page->needs.items[i];
        if (last_waiting[need] != index + 1)
            page->needs.items[kept++] = need;
        last_waiting[need] = index + 1;
    }
    page->needs.count = kept;
}

/* `locks: off` ends them all, when they have been checked. */
static void end_locks(const Requires *all)
{
    for (size_t i = 0; i < all->site->pages.count; i++) {
        Page *page = &all->site->pages.items[i];
        const Course *course = site_course_of(all->site, page);
        const Value *locks = course ? value_get(&course->settings, "locks") : NULL;
        if (locks && locks->kind == VALUE_BOOL && !locks->boolean)
            page->needs.count = 0;
    }
}

void requires_resolve(Project *project)
{
    Site *site = &project->site;
    Requires all = {.project = project,
                    .site = site,
                    .places = ARENA_ARRAY(project->arena, uint32_t, site->pages.count + 1)};
    uint32_t *last_waiting = ARENA_ARRAY(project->arena, uint32_t, site->pages.count + 1);
    for (size_t i = 0; i < site->courses.count; i++)
        resolve_course(&all, &site->courses.items[i]);
    for (size_t i = 0; i < site->pages.count; i++)
        if (page_is_published(project, &site->pages.items[i]))
            resolve_page(&all, &site->pages.items[i]);
    for (uint32_t i = 0; i < site->pages.count; i++)
        settle(&site->pages.items[i], i, last_waiting);
    check_circles(&all);
    end_locks(&all);
}

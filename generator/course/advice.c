/* advice: see advice.h. */
#include "advice.h"

#include "../base/path.h"
#include "links.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

enum { LARGE_PICTURE_BYTES = 500 * 1000, LONG_PAGE_WORDS = 2500 };

static bool is_wanted(const Project *project, const char *name)
{
    const Value *set = value_get(value_get(&project->site.settings, "check"), name);
    return project->options.wants_advice && !(set && set->kind == VALUE_BOOL && !set->boolean);
}

/* What would be better, and how to hear no more of it. */
static void help(Diag *diag, const char *name, const char *cure)
{
    diag_help(diag, "%s (switch off: check: {%s: off})", cure, name);
}

/* Links and headings, while a page is parsed. */

/* The words between <a> and </a>, with those that stand for a picture. */
static Text link_words(Arena *arena, const Document *document, uint32_t index)
{
    Fragment words = document_fragment(document, index + 1, (uint32_t)document->count);
    for (uint32_t i = index + 1; i < document->count; i++) {
        const Piece *piece = &document->items[i];
        const Text html = piece->kind == PIECE_HTML ? text_slice(document->html, piece->html.start, piece->html.end) : TEXT("");
        const size_t end = text_find(html, "</a>");
        if (end == html.length)
            continue;
        words.to = i + 1;
        words.html_to = piece->html.start + (uint32_t)end;
        break;
    }
    return fragment_text(arena, words);
}

/* How long the mark at the end of `words` is: a point, three of them, an arrow; 0 when there is none. */
static size_t mark_length(Text words)
{
    static const char *const marks[] = {"…", "→", "›", "»"};
    const char last = words.bytes[words.length - 1];
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (text_ends(words, marks[i]))
            return strlen(marks[i]);
    return !byte_is_letter(last) && !byte_is_digit(last) && !(last & 0x80);
}

/* In small letters, with single blanks, without the marks and blanks around. */
static Text plain(Arena *arena, Text words)
{
    Buffer said = buffer_new(arena);
    words = text_trim(text_lower(arena, words));
    for (size_t i = 0; i < words.length; i++) {
        const bool is_blank = byte_is_blank(words.bytes[i]) || words.bytes[i] == '\n';
        if (!is_blank || (said.length && said.bytes[said.length - 1] != ' '))
            buffer_char(&said, is_blank ? ' ' : words.bytes[i]);
    }
    for (words = buffer_text(&said); words.length && mark_length(words);)
        words.length -= mark_length(words);
    return words;
}

static bool is_vague(const Project *project, Arena *arena, Text words, Text language)
{
    const Text said = plain(arena, words);
    for (Text rest = words_get((void *)project, arena, language, TEXT("vague-links"), NULL); rest.length;) {
        const size_t end = text_find_char(rest, ',');
        if (text_equal(said, plain(arena, text_slice(rest, 0, end))))
            return said.length > 0;
        rest = text_after(rest, end < rest.length ? end + 1 : end);
    }
    return false;
}

void advice_link(const Project *project, Arena *arena, Diag *diag, const Document *document, uint32_t index, Text language)
{
    static const char name[] = "link-texts";
    if (!is_wanted(project, name))
        return;
    const Pos pos = {document->file, document->items[index].offset};
    const Text words = link_words(arena, document, index);
    if (text_is_blank(words)) {
        diag_advise(diag, pos, "this link has no words");
        help(diag, name, "write in the brackets where it leads; whoever does not see the page hears only that");
    } else if (is_vague(project, arena, words, language)) {
        diag_advise(diag, pos, "'%.*s' does not say where this link leads", TEXT_ARG(words));
        help(diag, name, "many readers go from link to link: name what is there, as in `[opening hours](hours.md)`");
    }
}

void advice_heading(const Project *project, Diag *diag, Pos pos, uint8_t before, uint8_t level)
{
    static const char name[] = "heading-levels";
    if (level <= before + 1 || !is_wanted(project, name))
        return;
    diag_advise(diag, pos, "this heading is %d levels below what comes before", level - before);
    help(diag, name, "take away a `#`, so that no level of the outline is left out");
}

/* Pages and files, once all are known. */

static const Page *page_of(const Project *project, uint32_t index)
{
    return &project->site.pages.items[index];
}

static Pos top_of(const Page *page)
{
    return (Pos){page->file, 0};
}

/* Where the links of all pages lead. */
typedef struct Reached {
    bool *pages, *media;    /* by their numbers: a published page leads there; any page does */
} Reached;

static void reach(Project *project, const Page *from, const Link *link, Reached *reached)
{
    const Site *site = &project->site;
    const LinkTarget target = links_target(project, project->arena, from->folder, link->target);
    if (target.medium)
        reached->media[target.medium - site->media.items] = true;
    if (target.page && target.page != from && page_is_published(project, from))
        reached->pages[target.page - site->pages.items] = true;
}

static void reach_setting(Project *project, const char *group, const char *key, Reached *reached)
{
    const Page top = {.folder = TEXT("")};
    const Text target = value_get_text(value_get(&project->site.settings, group), key);
    if (target.length)
        reach(project, &top, &(Link){.target = target}, reached);
}

static Reached reach_all(Project *project)
{
    const Site *site = &project->site;
    Reached reached = {ARENA_ARRAY(project->arena, bool, site->pages.count + 1), ARENA_ARRAY(project->arena, bool, site->media.count + 1)};
    for (size_t i = 0; i < site->pages.count; i++) {
        const Page *page = &site->pages.items[i];
        Link link;
        for (FlatReader links = flat_reader(page->links); link_next(&links, page, &link);)
            reach(project, page, &link, &reached);
        for (size_t j = 0; j < page->requires.count; j++)
            reach(project, page, &page->requires.items[j], &reached);
    }
    reach_setting(project, "brand", "logo", &reached);
    reach_setting(project, "footer", "accessibility", &reached);
    reach_setting(project, "footer", "privacy", &reached);
    return reached;
}

/* Pages of courses are in lists; those beside site.yaml are in none.  A site without any course is only begun. */
static void advise_orphans(Project *project, const Reached *reached)
{
    static const char name[] = "orphans";
    for (size_t i = 0; is_wanted(project, name) && project->site.courses.count && i < project->site.root_pages.count; i++) {
        const uint32_t index = project->site.root_pages.items[i];
        if (reached->pages[index])
            continue;
        diag_advise(project->diag, top_of(page_of(project, index)), "nothing leads to this page");
        help(project->diag, name, "link to it from the front page or from a lesson, or move it into a course");
    }
}

static bool is_picture(Text source)
{
    static const char *const endings[] = {"png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp"};
    const Text ending = path_extension(source);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ending.length < 8 && text_distance(ending, text_from(endings[i])) == 0)
            return true;
    return false;
}

static void advise_pictures(Project *project, const Reached *reached)
{
    static const char name[] = "large-pictures";
    const Site *site = &project->site;
    for (size_t i = 0; is_wanted(project, name) && i < site->media.count; i++) {
        const Medium *medium = &site->media.items[i];
        if (!reached->media[i] || !is_picture(medium->source) || medium->stamp.size <= LARGE_PICTURE_BYTES)
            continue;
        diag_file_advise(project->diag, path_join(project->arena, project->content, medium->source), "this picture has %llu kB",
                         (unsigned long long)(medium->stamp.size + 999) / 1000);
        help(project->diag, name, "make it smaller than 500 kB: many read on a phone, and 1600 points across are enough");
    }
}

/* Many in one folder are said at once. */
static void say_unused(Project *project, const Medium *first, size_t count)
{
    static const char name[] = "unused-files";
    const Text path = path_join(project->arena, project->content, first->source);
    if (count == 1)
        diag_file_advise(project->diag, path, "no page uses this file");
    else
        diag_file_advise(project->diag, path_folder(path), "no page uses %zu files in this folder, '%.*s' first", count, TEXT_ARG(path_name(path)));
    help(project->diag, name, "what no page uses is not copied to the site: remove it, or refer to it");
}

static void advise_unused(Project *project, const Reached *reached)
{
    const Site *site = &project->site;
    const Medium *first = NULL;
    size_t count = 0;
    for (size_t i = 0; is_wanted(project, "unused-files") && i <= site->media.count; i++) {
        const Medium *medium = i < site->media.count ? &site->media.items[i] : NULL;
        if (medium && reached->media[i])
            continue;
        if (first && (!medium || !text_equal(path_folder(first->source), path_folder(medium->source)))) {
            say_unused(project, first, count);
            first = NULL;
        }
        count = first ? count + 1 : 1;
        first = first ? first : medium;
    }
}

static void advise_long(Project *project, const Page *page)
{
    static const char name[] = "long-pages";
    if (page->word_count <= LONG_PAGE_WORDS || !is_wanted(project, name))
        return;
    diag_advise(project->diag, top_of(page), "this page has %u words", page->word_count);
    help(project->diag, name, "that is more than ten minutes of reading: make two or three pages of it");
}

static void advise_title(Project *project, Table *titles, const Page *page)
{
    static const char name[] = "titles";
    const uint32_t number = (uint32_t)(page - project->site.pages.items);
    const uint32_t other = page->title.length ? table_put(titles, text_lower(project->arena, page->title), number) : TABLE_NOTHING;
    if (other == TABLE_NOTHING || !is_wanted(project, name))
        return;
    diag_advise(project->diag, top_of(page), "'%.*s' is the title of %.*s, too", TEXT_ARG(page->title), TEXT_ARG(page_of(project, other)->source));
    help(project->diag, name, "in lists and among bookmarks nobody can tell them apart: say what is different");
}

static void each_page(Project *project, const Course *course, void (*take)(Project *, const Page *, void *), void *taker)
{
    for (size_t i = 0; i < course->modules.count; i++) {
        const PageList *pages = &project->site.modules.items[course->modules.items[i]].pages;
        for (size_t j = 0; j < pages->count; j++)
            take(project, page_of(project, pages->items[j]), taker);
    }
    for (size_t i = 0; i < course->pages.count; i++)
        take(project, page_of(project, course->pages.items[i]), taker);
}

/* How many pages of a type a course has, and how many of them have a summary. */
typedef struct TypeCount {
    size_t pages, with_summary;
} TypeCount;

/* What has been seen of a course. */
typedef struct Looked {
    Table titles, types;
    struct { TypeCount *items; size_t count, capacity; } counts;    /* by the numbers in `types` */
} Looked;

static void look(Project *project, const Page *page, void *taker)
{
    Looked *looked = taker;
    advise_long(project, page);
    advise_title(project, &looked->titles, page);
    uint32_t type = table_put(&looked->types, page->type, (uint32_t)looked->counts.count);
    if (type == TABLE_NOTHING) {
        type = (uint32_t)looked->counts.count;
        *LIST_PUSH(project->arena, &looked->counts) = (TypeCount){0};
    }
    looked->counts.items[type].pages++;
    looked->counts.items[type].with_summary += page->summary.length > 0;
}

/* A summary is missed where most pages of the same type in a course have one. */
static void advise_summary(Project *project, const Page *page, void *taker)
{
    static const char name[] = "summaries";
    const Looked *looked = taker;
    const TypeCount *count = &looked->counts.items[table_get(&looked->types, page->type)];
    if (page->summary.length || count->with_summary * 2 <= count->pages || !is_wanted(project, name))
        return;
    diag_advise(project->diag, top_of(page), "this page has no summary, and most pages like it in this course have one");
    help(project->diag, name, "write `summary:` with one sentence at its top");
}

static void advise_course(Project *project, const Course *course)
{
    Looked looked = {.titles = table_new(project->arena), .types = table_new(project->arena)};
    each_page(project, course, look, &looked);
    each_page(project, course, advise_summary, &looked);
}

void advice_site(Project *project)
{
    if (!project->options.wants_advice || project->diag->error_count)
        return;
    const Reached reached = reach_all(project);
    advise_orphans(project, &reached);
    advise_pictures(project, &reached);
    advise_unused(project, &reached);
    for (size_t i = 0; i < project->site.root_pages.count; i++)
        advise_long(project, page_of(project, project->site.root_pages.items[i]));
    for (size_t i = 0; i < project->site.courses.count; i++)
        advise_course(project, &project->site.courses.items[i]);
}

/* objects: see objects.h. */
#include "objects.h"

#include "../base/path.h"
#include "assets.h"
#include "links.h"
#include "pdf_names.h"
#include "reads.h"
#include "words.h"

typedef struct Getter {
    Text name;
    Value (*get)(Project *project, Arena *arena, const void *data);
} Getter;

static bool get_from(const Getter *getters, void *context, Arena *arena, const void *data, Text key, Value *part)
{
    for (; getters->get; getters++) {
        if (!text_equal(key, getters->name))
            continue;
        *part = getters->get(context, arena, data);
        return true;
    }
    return false;
}

/* Missing texts and numbers are null, so that a template can ask `if page.summary`. */
static Value text_or_null(Text text)
{
    return text.length ? value_text(text) : VALUE_NONE;
}

static Value number_or_null(uint32_t number)
{
    return number && number != SITE_NOWHERE ? value_int(number) : VALUE_NONE;
}

static const Page *page_at(const Project *project, uint32_t index)
{
    return index == SITE_NOWHERE ? NULL : &project->site.pages.items[index];
}

/* An empty list with room for `count` values. */
static Value list_of(Arena *arena, size_t count)
{
    Value list = value_list();
    LIST_RESERVE(arena, &list.list, count);
    return list;
}

static Value pages_value(Project *project, Arena *arena, const PageList *pages)
{
    Value list = list_of(arena, pages->count);
    for (size_t i = 0; i < pages->count; i++)
        value_add(arena, &list, objects_page(page_at(project, pages->items[i])));
    return list;
}

static Value texts_value(Arena *arena, const TextList *texts)
{
    Value list = list_of(arena, texts->count);
    for (size_t i = 0; i < texts->count; i++)
        value_add(arena, &list, value_text(texts->items[i]));
    return list;
}

static Value url_of(Project *project, Arena *arena, const Page *page)
{
    return value_text(project_link(project, arena, page->address));
}

/* Pages. */

#define PAGE_GETTER(name) static Value page_##name##_value(Project *project, Arena *arena, const Page *page)
#define UNUSED (void)project, (void)arena

PAGE_GETTER(title) { UNUSED; return value_text(page->title); }
PAGE_GETTER(address) { UNUSED; return value_text(page->address); }
PAGE_GETTER(type) { UNUSED; return value_text(page->type); }
PAGE_GETTER(done) { UNUSED; return value_text(page->done.length ? page->done : TEXT("none")); }
PAGE_GETTER(summary) { UNUSED; return text_or_null(page->summary); }
PAGE_GETTER(to_do) { UNUSED; return text_or_null(page->to_do); }
PAGE_GETTER(minutes) { UNUSED; return number_or_null(page->minutes); }
PAGE_GETTER(number) { UNUSED; return number_or_null(page->number); }
PAGE_GETTER(counts) { UNUSED; return value_bool(page->counts); }
PAGE_GETTER(key) { UNUSED; return value_text(page_key(page)); }
/* Where its handout or agenda is, if the module or course that it is the page of has one. */
static Value bundle_url(Project *project, Arena *arena, BundleKind kind, uint32_t owner)
{
    const Bundle *bundle = project_bundle(project, kind, owner);
    return bundle ? value_text(project_link(project, arena, bundle->address)) : VALUE_NONE;
}

PAGE_GETTER(pdf)
{
    const Text address = pdf_of(project, page);
    return address.length ? value_text(project_link(project, arena, address)) : VALUE_NONE;
}

/* Where it will be published; null where nobody knows. */
PAGE_GETTER(home)
{
    const bool is_nowhere = project->is_anywhere && project->page == page;
    return is_nowhere ? VALUE_NONE : text_or_null(project_home(project, arena, page->address));
}

/* The same where others should know the page by it: nobody need know of the facilitator's edition. */
PAGE_GETTER(canonical)
{
    const bool is_known = !project->options.is_facilitator && text_equal(project_here(project), page->address);
    return is_known ? page_home_value(project, arena, page) : VALUE_NONE;
}

PAGE_GETTER(is_current) { UNUSED; return value_bool(project->page == page); }
PAGE_GETTER(objectives) { (void)project; return texts_value(arena, &page->objectives); }
PAGE_GETTER(url) { return url_of(project, arena, page); }
PAGE_GETTER(course) { UNUSED; return objects_course(site_course_of(&project->site, page)); }
PAGE_GETTER(module) { UNUSED; return objects_module(site_module_of(&project->site, page)); }
PAGE_GETTER(previous) { UNUSED; return objects_page(page_at(project, page->previous)); }
PAGE_GETTER(next) { UNUSED; return objects_page(page_at(project, page->next)); }
PAGE_GETTER(language) { UNUSED; return value_text(page->language.length ? page->language : project->site.language); }

PAGE_GETTER(direction)
{
    return value_text(text_from(words_direction(page_language_value(project, arena, page).text)));
}

/* What people call its type: by the catalogue, by its plugin, or as it is spelt. */
PAGE_GETTER(type_name)
{
    const Text key = text_format(arena, "type-%.*s", TEXT_ARG(page->type));
    const Text word = words_get(project, arena, page_language_value(project, arena, project->page).text, key, NULL);
    const Plugin *plugin = script_plugin(project->script, TEXT(""), page->type);
    if (word.bytes)
        return value_text(word);
    return value_text(plugin && plugin->title.length ? plugin->title : page->type);
}

PAGE_GETTER(source) { UNUSED; return value_text(page->source); }
/* Where the page begins, for messages. */
PAGE_GETTER(file) { UNUSED; return value_int(page->file); }
PAGE_GETTER(offset) { UNUSED; (void)page; return value_int(0); }

static Value facts_of(Arena *arena, const Page *page, const char *part)
{
    FlatReader reader = flat_reader(page->facts);
    const Value facts = page->facts.length ? flat_value(arena, &reader) : VALUE_NONE;
    const Value *value = value_get(&facts, part);
    return value ? *value : VALUE_NONE;
}

PAGE_GETTER(facts) { (void)project; return facts_of(arena, page, "own"); }

/* What its blocks made known, by their plugins' names, each with the place where it stands. */
PAGE_GETTER(block_facts)
{
    const Value facts = facts_of(arena, page, "blocks");
    (void)project;
    for (size_t i = 0; facts.kind == VALUE_MAP && i < facts.map.count; i++) {
        const Value *list = &facts.map.items[i].value;
        for (size_t j = 0; j < list->list.count; j++)
            VALUE_SET(arena, &list->list.items[j], "file", value_int(page->file));
    }
    return facts.kind == VALUE_MAP ? facts : value_map();
}

PAGE_GETTER(kind)
{
    static const char *const kinds[] = {"site", "course", "module", "page"};
    UNUSED;
    return value_text(text_from(kinds[page->kind]));
}

/* What must be done before it opens, for the script; null when it is open. */
PAGE_GETTER(needs)
{
    Value list = value_list();
    for (size_t i = 0; i < page->needs.count; i++) {
        const Page *need = page_at(project, page->needs.items[i]);
        Value item = value_map();
        VALUE_SET(arena, &item, "key", value_text(page_key(need)));
        VALUE_SET(arena, &item, "href", url_of(project, arena, need));
        VALUE_SET(arena, &item, "title", value_text(need->title));
        value_add(arena, &list, item);
    }
    return page->needs.count ? list : VALUE_NONE;
}

/* Under which keys its work was kept before it had this one. */
static Value old_keys(Arena *arena, const Page *page)
{
    Value list = value_list();
    if (page->id.length)
        value_add(arena, &list, value_text(page->address));
    for (size_t i = 0; i < page->old_addresses.count; i++)
        value_add(arena, &list, value_text(page->old_addresses.items[i]));
    return list;
}

PAGE_GETTER(headings)
{
    (void)project;
    Value list = value_list();
    Heading heading;
    for (FlatReader headings = flat_reader(page->headings); heading_next(&headings, &heading);) {
        if (heading.level == 0)
            continue;
        Value item = value_map();
        VALUE_SET(arena, &item, "level", value_int(heading.level));
        VALUE_SET(arena, &item, "id", value_text(heading.id));
        VALUE_SET(arena, &item, "text", value_text(heading.text));
        value_add(arena, &list, item);
    }
    return list;
}

PAGE_GETTER(title_html)
{
    if (project->page == page && project->title_html->document)
        return value_object(&html_value_type, project->title_html);
    Buffer html = buffer_new(arena);
    buffer_html(&html, page->title);
    Document *document = ARENA_NEW(arena, Document);
    document->html = buffer_text(&html);
    *LIST_PUSH(arena, document) = (Piece){.kind = PIECE_HTML, .end = 1, .html = {0, (uint32_t)html.length}};
    Fragment *fragment = ARENA_NEW(arena, Fragment);
    *fragment = document_all(document);
    return value_object(&html_value_type, fragment);
}

#define ENTRY(kind, name) {{#name, sizeof #name - 1}, (Value (*)(Project *, Arena *, const void *))kind##_##name##_value}

static const Getter page_getters[] = {
    ENTRY(page, title), ENTRY(page, url), ENTRY(page, home), ENTRY(page, canonical), ENTRY(page, pdf), ENTRY(page, source), ENTRY(page, file), ENTRY(page, offset), ENTRY(page, facts), ENTRY(page, block_facts),
    ENTRY(page, address), ENTRY(page, key), ENTRY(page, type), ENTRY(page, type_name),
    ENTRY(page, kind), ENTRY(page, done), ENTRY(page, summary), ENTRY(page, to_do),
    ENTRY(page, minutes), ENTRY(page, number), ENTRY(page, counts), ENTRY(page, is_current),
    ENTRY(page, objectives), ENTRY(page, language), ENTRY(page, direction), ENTRY(page, headings),
    ENTRY(page, previous), ENTRY(page, next), ENTRY(page, course), ENTRY(page, module),
    ENTRY(page, title_html), ENTRY(page, needs), {{NULL, 0}, NULL},
};

/* A page's own fields are known only while it is at hand. */
static bool page_get(void *context, Arena *arena, const void *data, Text key, Value *part)
{
    Project *project = context;
    const bool is_detail = text_is(key, "headings") || text_is(key, "facts") || text_is(key, "block_facts");
    if (project->page != data)
        reads_note_page(project, data, is_detail ? READ_DETAILS : READ_OUTLINE);
    if (get_from(page_getters, context, arena, data, key, part))
        return true;
    const Value *field = project->page == data ? value_find(project->fields, key) : NULL;
    if (field)
        *part = *field;
    return field != NULL;
}

/* Modules. */

#define MODULE_GETTER(name) static Value module_##name##_value(Project *project, Arena *arena, const Module *module)

MODULE_GETTER(title) { UNUSED; return value_text(page_at(project, module->page)->title); }
MODULE_GETTER(summary) { UNUSED; return text_or_null(page_at(project, module->page)->summary); }
MODULE_GETTER(url) { return url_of(project, arena, page_at(project, module->page)); }
MODULE_GETTER(page) { UNUSED; return objects_page(page_at(project, module->page)); }
MODULE_GETTER(pages) { return pages_value(project, arena, &module->pages); }
MODULE_GETTER(minutes) { UNUSED; return value_int(module->minutes); }
MODULE_GETTER(handout) { return bundle_url(project, arena, BUNDLE_HANDOUT, module->page); }
MODULE_GETTER(agenda) { return bundle_url(project, arena, BUNDLE_AGENDA, module->page); }
MODULE_GETTER(label) { return text_or_null(module_label(arena, &project->site, module)); }

MODULE_GETTER(number)
{
    UNUSED;
    const bool is_numbered = project->site.courses.items[module->course].is_numbered;
    return is_numbered ? value_int(module_number(&project->site, module)) : VALUE_NONE;
}

static const Getter module_getters[] = {
    ENTRY(module, title), ENTRY(module, summary), ENTRY(module, url), ENTRY(module, page),
    ENTRY(module, pages), ENTRY(module, minutes), ENTRY(module, label), ENTRY(module, number),
    ENTRY(module, handout), ENTRY(module, agenda), {{NULL, 0}, NULL},
};

static bool module_get(void *context, Arena *arena, const void *data, Text key, Value *part)
{
    const Project *project = context;
    const Module *module = data;
    reads_note_course(project, &project->site.courses.items[module->course]);
    return get_from(module_getters, context, arena, data, key, part);
}

/* Courses. */

#define COURSE_GETTER(name) static Value course_##name##_value(Project *project, Arena *arena, const Course *course)

COURSE_GETTER(title) { UNUSED; return value_text(course->title); }
COURSE_GETTER(id) { UNUSED; return value_text(course->id); }
COURSE_GETTER(summary) { UNUSED; return text_or_null(course->summary); }
COURSE_GETTER(unit) { UNUSED; return value_text(course->unit); }
COURSE_GETTER(numbered) { UNUSED; return value_bool(course->is_numbered); }
COURSE_GETTER(passport) { UNUSED; return value_bool(course->is_passport); }
COURSE_GETTER(url) { return url_of(project, arena, page_at(project, course->page)); }
COURSE_GETTER(page) { UNUSED; return objects_page(page_at(project, course->page)); }
COURSE_GETTER(pages) { return pages_value(project, arena, &course->pages); }
COURSE_GETTER(handout) { return bundle_url(project, arena, BUNDLE_HANDOUT, course->page); }
COURSE_GETTER(minutes) { UNUSED; return value_int(course->minutes); }

COURSE_GETTER(header)
{
    UNUSED;
    const Value *header = value_get(&course->settings, "header");
    return header && header->kind == VALUE_LIST && header->list.count ? *header : VALUE_NONE;
}

COURSE_GETTER(modules)
{
    Value list = list_of(arena, course->modules.count);
    for (size_t i = 0; i < course->modules.count; i++)
        value_add(arena, &list, objects_module(&project->site.modules.items[course->modules.items[i]]));
    return list;
}

/* Give `take` each published page of a course. */
static void each_page(Project *project, const Course *course, void (*take)(Arena *, Value *, Project *, const Page *), Arena *arena, Value *map)
{
    for (size_t i = 0; i < course->modules.count; i++) {
        const PageList *pages = &project->site.modules.items[course->modules.items[i]].pages;
        for (size_t j = 0; j < pages->count; j++)
            take(arena, map, project, page_at(project, pages->items[j]));
    }
    for (size_t i = 0; i < course->pages.count; i++)
        take(arena, map, project, page_at(project, course->pages.items[i]));
}

static void take_lock(Arena *arena, Value *map, Project *project, const Page *page)
{
    if (!page->needs.count)
        return;
    Value keys = value_list();
    for (size_t i = 0; i < page->needs.count; i++)
        value_add(arena, &keys, value_text(page_key(page_at(project, page->needs.items[i]))));
    value_set(arena, map, page_key(page), keys);
}

static void take_renamed(Arena *arena, Value *map, Project *project, const Page *page)
{
    (void)project;
    if (page->id.length || page->old_addresses.count)
        value_set(arena, map, page_key(page), old_keys(arena, page));
}

/* For the script, by the keys of pages: what each locked page waits for, and under which keys the work
 * of pages was kept before.  Null when there are none. */
COURSE_GETTER(locks)
{
    Value map = value_map();
    each_page(project, course, take_lock, arena, &map);
    return map.map.count ? map : VALUE_NONE;
}

COURSE_GETTER(renamed)
{
    Value map = value_map();
    each_page(project, course, take_renamed, arena, &map);
    return map.map.count ? map : VALUE_NONE;
}

static const Getter course_getters[] = {
    ENTRY(course, title), ENTRY(course, id), ENTRY(course, summary), ENTRY(course, unit),
    ENTRY(course, numbered), ENTRY(course, passport), ENTRY(course, url), ENTRY(course, page),
    ENTRY(course, pages), ENTRY(course, minutes), ENTRY(course, header), ENTRY(course, modules), ENTRY(course, handout), ENTRY(course, locks), ENTRY(course, renamed), {{NULL, 0}, NULL},
};

static bool course_get(void *context, Arena *arena, const void *data, Text key, Value *part)
{
    reads_note_course(context, data);
    return get_from(course_getters, context, arena, data, key, part);
}

/* The site. */

#define SITE_GETTER(name) static Value site_##name##_value(Project *project, Arena *arena, const Site *site)

static Value setting(const Site *site, const char *key)
{
    const Value *value = value_get(&site->settings, key);
    return value ? *value : VALUE_NONE;
}

SITE_GETTER(title) { UNUSED; return value_text(site->title); }
SITE_GETTER(id) { UNUSED; return value_text(site->id); }
SITE_GETTER(language) { UNUSED; return value_text(site->language); }
SITE_GETTER(direction) { UNUSED; return value_text(text_from(words_direction(site->language))); }
SITE_GETTER(theme) { UNUSED; return value_text(site->theme); }
SITE_GETTER(organization) { UNUSED; return setting(site, "organization"); }
SITE_GETTER(device) { UNUSED; return setting(site, "device"); }
SITE_GETTER(hand_in) { UNUSED; return setting(site, "hand-in"); }
SITE_GETTER(htaccess) { UNUSED; return setting(site, "htaccess"); }
SITE_GETTER(url) { return url_of(project, arena, page_at(project, site->page)); }
SITE_GETTER(page) { UNUSED; return objects_page(page_at(project, site->page)); }
SITE_GETTER(pages) { return pages_value(project, arena, &site->root_pages); }

SITE_GETTER(courses)
{
    UNUSED;
    Value list = value_list();
    for (size_t i = 0; i < site->courses.count; i++)
        value_add(arena, &list, objects_course(&site->courses.items[site->course_order ? site->course_order[i] : i]));
    return list;
}

/* A path in the settings, which starts from content/, as a link from the page at hand. */
static Value settings_link(Project *project, Arena *arena, const Value *map, const char *key)
{
    const Text target = value_get_text(map, key);
    return target.length ? value_text(links_from_settings(project, arena, target)) : VALUE_NONE;
}

SITE_GETTER(footer)
{
    const Value footer = setting(site, "footer");
    Value map = value_map();
    const Value *contact = value_get(&footer, "contact"), *owner = value_get(&footer, "owner");
    const Value *reviewed = value_get(&footer, "reviewed");
    if (contact)
        VALUE_SET(arena, &map, "contact", *contact);
    if (owner)
        VALUE_SET(arena, &map, "owner", *owner);
    if (reviewed)
        VALUE_SET(arena, &map, "reviewed", *reviewed);
    VALUE_SET(arena, &map, "accessibility", settings_link(project, arena, &footer, "accessibility"));
    VALUE_SET(arena, &map, "privacy", settings_link(project, arena, &footer, "privacy"));
    return map;
}

SITE_GETTER(brand)
{
    const Value brand = setting(site, "brand");
    Value map = value_map();
    VALUE_SET(arena, &map, "color", text_or_null(value_get_text(&brand, "color")));
    VALUE_SET(arena, &map, "logo", settings_link(project, arena, &brand, "logo"));
    return map;
}

static const Getter site_getters[] = {
    ENTRY(site, title), ENTRY(site, id), ENTRY(site, language), ENTRY(site, direction), ENTRY(site, theme),
    ENTRY(site, organization), ENTRY(site, url), ENTRY(site, page), ENTRY(site, pages), ENTRY(site, courses),
    ENTRY(site, footer), ENTRY(site, brand), ENTRY(site, device), ENTRY(site, hand_in), ENTRY(site, htaccess), {{NULL, 0}, NULL},
};

static bool site_get(void *context, Arena *arena, const void *data, Text key, Value *part)
{
    reads_note_course(context, NULL);
    return get_from(site_getters, context, arena, data, key, part);
}

static const ValueType page_type = {"page", page_get};
static const ValueType module_type = {"module", module_get};
static const ValueType course_type = {"course", course_get};
static const ValueType site_type = {"site", site_get};

static Value object_or_null(const ValueType *type, const void *data)
{
    return data ? value_object(type, data) : VALUE_NONE;
}

Value objects_site(const Site *site) { return object_or_null(&site_type, site); }
Value objects_course(const Course *course) { return object_or_null(&course_type, course); }
Value objects_module(const Module *module) { return object_or_null(&module_type, module); }
Value objects_page(const Page *page) { return object_or_null(&page_type, page); }

const Page *objects_page_of(const Project *project, const Value *object)
{
    if (object->kind != VALUE_OBJECT)
        return NULL;
    if (object->object.type == &page_type)
        return object->object.data;
    if (object->object.type == &module_type)
        return page_at(project, ((const Module *)object->object.data)->page);
    if (object->object.type == &course_type)
        return page_at(project, ((const Course *)object->object.data)->page);
    return object->object.type == &site_type ? page_at(project, project->site.page) : NULL;
}

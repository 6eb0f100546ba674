/* load: see load.h. */
#include "load.h"

#include "../base/path.h"
#include "../base/unicode.h"
#include "tree.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { DEEPEST_MEDIA = 16 };

Text load_slug(Arena *arena, Text name, uint32_t *number)
{
    size_t digits = 0;
    *number = SITE_NOWHERE;
    while (digits < name.length && name.bytes[digits] >= '0' && name.bytes[digits] <= '9')
        digits++;
    const bool has_number = digits >= 1 && digits <= 3 && digits + 1 < name.length &&
                            (name.bytes[digits] == '-' || name.bytes[digits] == '_' || name.bytes[digits] == '.');
    if (has_number) {
        int64_t value = 0;
        text_integer(text_slice(name, 0, digits), &value);
        *number = (uint32_t)value;
        name = text_after(name, digits + 1);
    }
    const Text slug = unicode_slug(arena, name);
    return slug.length ? slug : text_format(arena, "page-%.8s", hash_hex(arena, hash_of(name)).bytes);
}

/* For what is needed only while the project is loaded. */
static Arena *passing(const Project *project)
{
    return project->tree ? project->tree->arena : project->arena;
}

static const char *content_path(const Project *project, Text path)
{
    return text_c_string(project->arena, path_join(project->arena, project->content, path));
}

static Text shown_path(const Project *project, Text path)
{
    return path_join(project->arena, project->content, path);
}

/* A symbolic link may point at what is inside content/, nowhere else. */
static bool check_link(Project *project, Text path, FileEntry *entry)
{
    char *root = realpath(text_c_string(project->arena, project->content), NULL);
    char *target = realpath(content_path(project, path), NULL);
    struct stat status;
    const bool is_inside = root && target && path_is_in(text_from(target), text_from(root));
    if (is_inside && stat(target, &status) == 0) {
        entry->kind = S_ISDIR(status.st_mode) ? FILE_FOLDER : S_ISREG(status.st_mode) ? FILE_REGULAR : FILE_OTHER;
        entry->stamp = file_stamp(&status);
    }
    if (!target)
        diag_file_error(project->diag, shown_path(project, path), "this link leads to nothing");
    else if (!is_inside)
        diag_file_error(project->diag, shown_path(project, path), "this link leads out of %.*s", TEXT_ARG(project->content));
    free(root);
    free(target);
    return is_inside && entry->kind != FILE_FOLDER;
}

static bool is_page_name(Text name)
{
    const Text extension = path_extension(name);
    return text_is(extension, "md") || text_is(extension, "yaml") || text_is(extension, "yml");
}

static bool is_settings(Text name)
{
    return text_is(name, "site.yaml") || text_is(name, "course.yaml");
}

/* As the walk before the build found it; where there was none, or it failed, the folder itself says why. */
static FileList all_in(Project *project, Text folder)
{
    FileList all;
    const FileList *known = project->tree ? tree_list(project->tree, folder) : NULL;
    if (known)
        return *known;
    const int error = files_list(project->arena, content_path(project, folder), &all);
    if (error)
        diag_file_error(project->diag, shown_path(project, folder), "cannot be read: %s", files_reason(error));
    return all;
}

/* Names in a folder of content/, without hidden ones, links followed or refused. */
static void list_folder(Project *project, Text folder, FileList *list)
{
    const FileList all = all_in(project, folder);
    *list = (FileList){0};
    for (size_t i = 0; i < all.count; i++) {
        FileEntry *entry = &all.items[i];
        if (entry->name.bytes[0] == '.' || text_ends(entry->name, "~") || entry->name.bytes[0] == '#')
            continue;
        if (unicode_error(entry->name) < entry->name.length) {
            diag_file_error(project->diag, shown_path(project, folder), "holds a file whose name is not UTF-8");
            continue;
        }
        if (entry->kind == FILE_LINK && !check_link(project, path_join(project->arena, folder, entry->name), entry))
            continue;
        if (entry->kind != FILE_REGULAR && entry->kind != FILE_FOLDER)
            continue;
        FileEntry *listed = LIST_PUSH(passing(project), list);
        *listed = *entry;
        if (folder.length == 0)    /* what lies there is called by its name alone, which outlives the tree */
            listed->name = text_copy(project->arena, entry->name);
    }
}

static bool has_file(const FileList *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].kind == FILE_REGULAR && text_is(list->items[i].name, name))
            return true;
    return false;
}

static bool has_pages(const FileList *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].kind == FILE_REGULAR && is_page_name(list->items[i].name))
            return true;
    return false;
}

/* Its path, slugged. */
static Text medium_address(Arena *arena, Text source)
{
    Buffer address = buffer_new(arena);
    for (Text rest = path_folder(source); rest.length;) {
        const size_t slash = text_find_char(rest, '/');
        buffer_put(&address, unicode_slug(arena, text_slice(rest, 0, slash)));
        buffer_char(&address, '/');
        rest = text_after(rest, slash < rest.length ? slash + 1 : slash);
    }
    const Text stem = unicode_slug(arena, path_stem(source));
    buffer_put(&address, stem.length ? stem : text_slice(hash_hex(arena, hash_of(source)), 0, 8));
    if (path_extension(source).length)
        buffer_format(&address, ".%.*s", TEXT_ARG(unicode_slug(arena, path_extension(source))));
    return buffer_text(&address);
}

static void add_medium(Project *project, Text source, const FileEntry *entry)
{
    Site *site = &project->site;
    const Text address = text_copy(project->arena, medium_address(passing(project), source));
    table_put(&site->media_by_source, source, (uint32_t)site->media.count);
    *LIST_PUSH(project->arena, &site->media) = (Medium){.source = source, .address = address, .stamp = entry->stamp};
}

static void refuse_place(Project *project, Text path)
{
    table_put(&project->site.misplaced, path, 1);
    diag_file_error(project->diag, shown_path(project, path), "this page is in a folder that is neither a course nor a module");
}

static void add_media(Project *project, Text folder, int depth)
{
    FileList list;
    list_folder(project, folder, &list);
    for (size_t i = 0; i < list.count; i++) {
        const FileEntry *entry = &list.items[i];
        const Text path = path_join(project->arena, folder, entry->name);
        if (entry->kind == FILE_FOLDER && depth < DEEPEST_MEDIA)
            add_media(project, path, depth + 1);
        else if (entry->kind == FILE_REGULAR && !is_page_name(entry->name))
            add_medium(project, path, entry);
        else if (entry->kind == FILE_REGULAR)
            refuse_place(project, path);
    }
}

typedef struct Place {
    Text folder;     /* below content/ */
    Text address;    /* of the folder, "" or ending in `/` */
    uint32_t course, module;
    PageKind index_kind;
} Place;

static uint32_t add_page(Project *project, const Place *place, Text name, const FileEntry *entry)
{
    Site *site = &project->site;
    const uint32_t index = (uint32_t)site->pages.count;
    Page *page = LIST_PUSH(project->arena, &site->pages);
    const Text source = path_join(project->arena, place->folder, name);
    *page = (Page){.source = source,
                   .folder = place->folder,
                   .course = place->course,
                   .module = place->module,
                   .kind = text_is(path_stem(name), "index") ? place->index_kind : PAGE_PLAIN,
                   .is_missing = !entry,
                   .previous = SITE_NOWHERE,
                   .next = SITE_NOWHERE};
    if (entry)
        page->stamp = entry->stamp;
    Arena *arena = passing(project);
    page->file = sources_add(&project->sources, path_join(arena, project->content, source));
    const Text slug = load_slug(arena, path_stem(name), &page->name_number);
    page->address = text_copy(project->arena, text_format(arena, "%.*s%.*s.html", TEXT_ARG(place->address), TEXT_ARG(slug)));
    if (entry)
        table_put(&site->by_source, source, index);
    if (page->kind != PAGE_PLAIN)
        table_put(&site->by_folder, page->folder, index);
    return index;
}

/* The pages and media directly in a folder; folders are left to the caller.  Gives the index page. */
static uint32_t add_files(Project *project, const Place *place, const FileList *list, PageList *pages)
{
    uint32_t index = SITE_NOWHERE;
    for (size_t i = 0; i < list->count; i++) {
        const FileEntry *entry = &list->items[i];
        if (entry->kind != FILE_REGULAR || is_settings(entry->name))
            continue;
        if (!is_page_name(entry->name)) {
            add_medium(project, path_join(project->arena, place->folder, entry->name), entry);
            continue;
        }
        const uint32_t page = add_page(project, place, entry->name, entry);
        if (project->site.pages.items[page].kind == PAGE_PLAIN)
            *LIST_PUSH(project->arena, pages) = page;
        else
            index = page;
    }
    return index == SITE_NOWHERE ? add_page(project, place, TEXT("index.md"), NULL) : index;
}

static void add_module(Project *project, const Place *course, Text name, Text folder, const FileList *list)
{
    Site *site = &project->site;
    const uint32_t index = (uint32_t)site->modules.count;
    Module module = {.folder = folder, .course = course->course};
    module.slug = load_slug(project->arena, name, &module.name_number);
    *LIST_PUSH(project->arena, &site->modules) = module;
    *LIST_PUSH(project->arena, &site->courses.items[course->course].modules) = index;
    const Place place = {.folder = folder,
                         .address = text_format(project->arena, "%.*s%.*s/", TEXT_ARG(course->address), TEXT_ARG(module.slug)),
                         .course = course->course,
                         .module = index,
                         .index_kind = PAGE_MODULE};
    PageList pages = {0};
    const uint32_t page = add_files(project, &place, list, &pages);
    site->modules.items[index].page = page;
    site->modules.items[index].pages = pages;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].kind == FILE_FOLDER)
            add_media(project, path_join(project->arena, folder, list->items[i].name), 0);
}

static void add_course(Project *project, Text name, Text folder, Text address, const FileList *list)
{
    Site *site = &project->site;
    const uint32_t index = (uint32_t)site->courses.count;
    Course course = {.folder = folder, .name_number = SITE_NOWHERE};
    course.slug = load_slug(project->arena, name, &course.name_number);
    course.file = sources_add(&project->sources, shown_path(project, path_join(project->arena, folder, TEXT("course.yaml"))));
    *LIST_PUSH(project->arena, &site->courses) = course;
    const Place place = {.folder = folder,
                         .address = address.length || folder.length ? text_format(project->arena, "%.*s%.*s/", TEXT_ARG(address), TEXT_ARG(course.slug)) : TEXT(""),
                         .course = index,
                         .module = SITE_NOWHERE,
                         .index_kind = PAGE_COURSE};
    PageList pages = {0};
    const uint32_t page = add_files(project, &place, list, &pages);
    site->courses.items[index].page = page;
    site->courses.items[index].pages = pages;
    for (size_t i = 0; i < list->count; i++) {
        FileList inside;
        const Text path = path_join(project->arena, folder, list->items[i].name);
        if (list->items[i].kind != FILE_FOLDER)
            continue;
        list_folder(project, path, &inside);
        if (has_pages(&inside))
            add_module(project, &place, list->items[i].name, path, &inside);
        else
            add_media(project, path, 0);
    }
}

static void add_site(Project *project, const FileList *list)
{
    Site *site = &project->site;
    const Place place = {.course = SITE_NOWHERE, .module = SITE_NOWHERE, .index_kind = PAGE_SITE, .folder = TEXT(""), .address = TEXT("")};
    site->page = add_files(project, &place, list, &site->root_pages);
    for (size_t i = 0; i < list->count; i++) {
        FileList inside;
        const FileEntry *entry = &list->items[i];
        if (entry->kind != FILE_FOLDER)
            continue;
        list_folder(project, entry->name, &inside);
        if (has_file(&inside, "course.yaml")) {
            add_course(project, entry->name, entry->name, TEXT(""), &inside);
        } else if (has_pages(&inside)) {
            diag_file_error(project->diag, shown_path(project, entry->name),
                            "this folder has pages, but no course.yaml");
            diag_help(project->diag, "a course is a folder with a course.yaml, which needs at least a title");
        } else {
            add_media(project, entry->name, 0);
        }
    }
}

/* As much as the names tell: a page may be in a place that has none, and an index that nobody wrote is a page as well. */
static void make_room(Project *project)
{
    Site *site = &project->site;
    size_t pages = 0, media = 0, folders = 0;
    for (size_t i = 0; project->tree && i < project->tree->folders.count; i++, folders++) {
        const FileList *list = &project->tree->folders.items[i].list;
        for (size_t j = 0; j < list->count; j++)
            if (list->items[j].kind != FILE_FOLDER)
                *(is_page_name(list->items[j].name) ? &pages : &media) += 1;
    }
    LIST_RESERVE(project->arena, &site->pages, pages + folders + 1);
    LIST_RESERVE(project->arena, &site->media, media + 1);
    LIST_RESERVE(project->arena, &project->sources, pages + 2 * folders + 1);
    site->by_source = table_sized(project->arena, pages);
    site->by_folder = table_sized(project->arena, folders);
    site->media_by_source = table_sized(project->arena, media);
    site->misplaced = table_new(project->arena);
}

bool load_project(Project *project)
{
    Site *site = &project->site;
    FileList list;
    project->content = project_path(project, project->arena, TEXT("content"));
    if (!files_exist(text_c_string(project->arena, project->content))) {
        const Text folder = project->options.folder;
        diag_file_error(project->diag, folder.length ? folder : TEXT("."), "there is no folder 'content' here");
        diag_help(project->diag, "`lectern new my-training` makes a project to start from");
        return false;
    }
    site->arena = project->arena;
    make_room(project);
    list_folder(project, TEXT(""), &list);
    if (!has_file(&list, "site.yaml")) {
        diag_file_error(project->diag, shown_path(project, TEXT("site.yaml")), "there is no such file");
        diag_help(project->diag, "it holds the site's settings, at least `title:`");
    }
    site->is_one_course = has_file(&list, "course.yaml");
    if (!site->is_one_course) {
        add_site(project, &list);
        return true;
    }
    add_course(project, TEXT(""), TEXT(""), TEXT(""), &list);
    site->page = site->courses.items[0].page;
    return true;
}

/* links: see links.h. */
#include "links.h"

#include "../base/path.h"
#include "../base/unicode.h"
#include "../formats/vtt.h"
#include "reads.h"

static bool is_allowed_scheme(Arena *arena, Text scheme)
{
    const Text lower = text_lower(arena, scheme);
    return text_is(lower, "http") || text_is(lower, "https") || text_is(lower, "mailto") || text_is(lower, "tel");
}

/* A scheme as a browser reads it: blanks and control characters left out. */
static Text browser_scheme(Arena *arena, Text target)
{
    Buffer plain = buffer_new(arena);
    for (size_t i = 0; i < target.length; i++)
        if ((unsigned char)target.bytes[i] > ' ')
            buffer_char(&plain, target.bytes[i]);
    return path_scheme(buffer_text(&plain));
}

static LinkTarget find_path(const Project *project, Text path, Text fragment)
{
    LinkTarget found = {.kind = LINK_BROKEN, .path = path, .fragment = fragment};
    found.page = site_page(&project->site, path);
    found.medium = found.page ? NULL : site_medium(&project->site, path);
    if (found.page)
        found.kind = LINK_PAGE;
    else if (found.medium)
        found.kind = LINK_MEDIUM;
    return found;
}

/* A folder stands for its index. */
static LinkTarget find_folder(const Project *project, Text path, Text fragment)
{
    const Site *site = &project->site;
    const uint32_t index = table_get(&site->by_folder, path);
    if (index == TABLE_NOTHING)
        return (LinkTarget){.kind = LINK_BROKEN, .path = path, .fragment = fragment};
    return (LinkTarget){.kind = LINK_PAGE, .page = &site->pages.items[index], .path = path, .fragment = fragment};
}

LinkTarget links_target(const Project *project, Arena *arena, Text folder, Text target)
{
    if (path_scheme(target).length || text_starts(target, "//"))
        return (LinkTarget){.kind = LINK_URL, .path = target};
    const size_t hash = text_find_char(target, '#');
    const Text fragment = hash < target.length ? text_after(target, hash + 1) : TEXT("");
    Text path = text_slice(target, 0, hash);
    path = text_slice(path, 0, text_find_char(path, '?'));
    if (path.length == 0)
        return (LinkTarget){.kind = LINK_HERE, .fragment = fragment, .path = TEXT("")};
    Text decoded, normal;
    const bool from_top = path.bytes[0] == '/';
    if (!path_decoded(arena, path, &decoded) ||
        !path_normal(arena, path_join(arena, from_top ? TEXT("") : folder, decoded), &normal))
        return (LinkTarget){.kind = LINK_BROKEN, .path = path, .fragment = fragment};
    LinkTarget found = find_path(project, normal, fragment);
    if (found.kind == LINK_BROKEN && (text_ends(decoded, "/") || path_extension(normal).length == 0))
        found = find_folder(project, normal, fragment);
    return found;
}

static bool has_heading(const Page *page, Text id)
{
    Heading heading;
    for (FlatReader headings = flat_reader(page->headings); heading_next(&headings, &heading);)
        if (text_equal(heading.id, id))
            return true;
    return false;
}

static bool check_fragment(Project *project, Arena *arena, const Page *page, const Link *link, Text fragment)
{
    Text id;
    if (fragment.length == 0 || !page->is_read || !path_decoded(arena, fragment, &id) || has_heading(page, id))
        return true;
    Nearest nearest = nearest_to(id);
    Heading heading;
    for (FlatReader headings = flat_reader(page->headings); heading_next(&headings, &heading);)
        nearest_try(&nearest, heading.id);
    diag_error(project->diag, link->pos, "'%.*s' has no heading '#%.*s'", TEXT_ARG(page->source), TEXT_ARG(id));
    if (nearest_found(&nearest).length)
        diag_help(project->diag, "did you mean '#%.*s'?", TEXT_ARG(nearest_found(&nearest)));
    return false;
}

static bool check_url(Project *project, Arena *arena, const Link *link)
{
    const Text scheme = browser_scheme(arena, link->target);
    if (!is_allowed_scheme(arena, scheme))
        return diag_error(project->diag, link->pos, "a link cannot begin with '%.*s:'; only http, https, mailto and tel can",
                          TEXT_ARG(scheme));
    if (!link->is_media)
        return true;
    diag_error(project->diag, link->pos, "this picture is on another host");
    diag_help(project->diag, "save it in content/media/ and refer to it there, so that no page asks another host for anything");
    return false;
}

/* The name in the site nearest to one that is not there: same folder first, then anywhere. */
static Text nearest_file(const Project *project, Text path, bool is_media)
{
    const Site *site = &project->site;
    Nearest nearest = nearest_to(path_name(path));
    Text found = TEXT_NONE;
    const size_t count = is_media ? site->media.count : site->pages.count;
    for (size_t i = 0; i < count; i++) {
        const Text source = is_media ? site->media.items[i].source : site->pages.items[i].source;
        const size_t before = nearest.distance;
        if (!is_media && site->pages.items[i].is_missing)
            continue;
        if (text_equal(path_name(source), path_name(path)) || (text_equal(path_folder(source), path_folder(path)))) {
            nearest_try(&nearest, path_name(source));
            if (nearest.distance < before || text_equal(path_name(source), path_name(path)))
                found = source;
        }
    }
    return found;
}

static bool check_broken(Project *project, Arena *arena, const Page *page, const Link *link, const LinkTarget *target)
{
    const bool is_media = link->is_media;
    if (table_get(&project->site.misplaced, target->path) != TABLE_NOTHING)
        return false;
    diag_error(project->diag, link->pos, is_media ? "there is no file '%.*s'" : "there is no page or file '%.*s'",
               TEXT_ARG(link->target));
    Text path = text_ends(target->path, ".html")
                    ? text_format(arena, "%.*s.md", (int)(target->path.length - 5), target->path.bytes)
                    : target->path;
    const Text near = nearest_file(project, path, is_media);
    if (near.length)
        diag_help(project->diag, "did you mean '%.*s'?", TEXT_ARG(path_relative(arena, page->source, near)));
    return false;
}

static bool check_link(Project *project, Arena *arena, const Page *page, const Link *link)
{
    const LinkTarget target = links_target(project, arena, page->folder, link->target);
    switch (target.kind) {
    case LINK_URL: return check_url(project, arena, link);
    case LINK_HERE: return check_fragment(project, arena, page, link, target.fragment);
    case LINK_MEDIUM: target.medium->is_used = target.medium->is_used || !link->is_hidden; return true;
    case LINK_BROKEN: return check_broken(project, arena, page, link, &target);
    case LINK_PAGE:
        if (target.page->is_draft && !project->options.with_drafts)
            return diag_error(project->diag, link->pos, "'%.*s' is a draft and not published", TEXT_ARG(target.page->source));
        return check_fragment(project, arena, target.page, link, target.fragment);
    }
    return true;
}

bool links_check(Project *project, Arena *arena, const Page *page)
{
    bool ok = true;
    Link link;
    for (FlatReader links = flat_reader(page->links); link_next(&links, page, &link);)
        ok = check_link(project, arena, page, &link) && ok;
    return ok;
}

static bool check_setting(Project *project, const char *group, const char *key, bool is_media)
{
    const Value *value = value_get(value_get(&project->site.settings, group), key);
    if (!value || value->kind != VALUE_TEXT)
        return true;
    const Page here = {.source = TEXT("site.yaml"), .folder = TEXT("")};
    return check_link(project, project->arena, &here, &(Link){value->text, value->pos, is_media, false});
}

bool links_check_settings(Project *project)
{
    bool ok = check_setting(project, "brand", "logo", true);
    ok = check_setting(project, "footer", "accessibility", false) && ok;
    return check_setting(project, "footer", "privacy", false) && ok;
}

LinkTarget links_noted(const Project *project, Arena *arena, Text folder, Text target)
{
    if (project->reads && !path_scheme(target).length) {
        Buffer name = buffer_new(arena);
        buffer_put(&name, folder);
        buffer_char(&name, '\0');
        buffer_put(&name, target);
        reads_note(project, READ_LINK, buffer_text(&name));
    }
    return links_target(project, arena, folder, target);
}

static Text url_from(const Project *project, Arena *arena, Text folder, Text target)
{
    const LinkTarget found = links_noted(project, arena, folder, target);
    const Text address = found.page ? found.page->address : found.medium ? found.medium->address : TEXT("");
    if (address.length == 0)
        return target;
    const Text url = found.page == project->page && found.fragment.length
                         ? TEXT("")
                         : project_link(project, arena, address);
    return found.fragment.length ? text_format(arena, "%.*s#%.*s", TEXT_ARG(url), TEXT_ARG(found.fragment)) : url;
}

Text links_url(void *context, Arena *arena, Text target)
{
    const Project *project = context;
    return url_from(project, arena, project->page->folder, target);
}

/* The folder of a source, below content/. */
static Text folder_of(const Project *project, uint32_t file)
{
    const Text path = file < project->sources.count ? project->sources.items[file] : TEXT("");
    const size_t before = project->content.length + 1;
    return path_folder(path.length > before ? text_after(path, before) : TEXT(""));
}

Text links_url_in(void *context, Arena *arena, uint32_t file, Text target)
{
    const Project *project = context;
    return url_from(project, arena, file == project->page->file ? project->page->folder : folder_of(project, file), target);
}

bool links_captions(void *context, Arena *arena, Text target, Value *cues, Text *problem)
{
    enum { LARGEST_BYTES = 1 << 20 };
    const Project *project = context;
    const LinkTarget found = links_target(project, arena, project->page->folder, target);
    Text source;
    uint32_t bad_line;
    *problem = TEXT("");
    if (!found.medium)
        return false;    /* that the file is not there is said with all other links */
    reads_note(project, READ_MEDIUM, found.medium->source);
    const char *path = text_c_string(arena, path_join(arena, project->content, found.medium->source));
    const int error = files_read(arena, path, LARGEST_BYTES, &source, NULL);
    if (error)
        *problem = text_from(files_reason(error));
    else if (unicode_error(source) < source.length)
        *problem = TEXT("it is not UTF-8");
    else if (!vtt_read(arena, source, cues, &bad_line))
        *problem = bad_line == 1 ? TEXT("it does not begin with WEBVTT") : text_format(arena, "line %u should be times such as 00:01.000 --> 00:04.000", bad_line);
    return problem->length == 0;
}

Text links_from_settings(Project *project, Arena *arena, Text target)
{
    return url_from(project, arena, TEXT(""), target);
}

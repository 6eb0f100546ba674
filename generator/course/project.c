/* project: see project.h. */
#include "project.h"

#include "../base/path.h"

#include <stdlib.h>
#include <string.h>

enum { LARGEST_FILE_BYTES = 4 << 20 };

const EmbeddedFile *embedded_find(Text name)
{
    for (size_t i = 0; i < embedded_count; i++)
        if (text_is(name, embedded_files[i].name))
            return &embedded_files[i];
    return NULL;
}

Text project_path(const Project *project, Arena *arena, Text path)
{
    return path_join(arena, project->options.folder, path);
}

bool project_exists(const Project *project)
{
    return files_exist(text_c_string(project->arena, project_path(project, project->arena, TEXT("content"))));
}

static bool own_file(const Project *project, Arena *arena, Text path, ScriptFile *file)
{
    if (project->is_nowhere)
        return false;
    file->path = project_path(project, arena, path);
    return files_read(arena, text_c_string(arena, file->path), LARGEST_FILE_BYTES, &file->text, NULL) == 0;
}

static bool same_as_embedded(Text name, Text text)
{
    const EmbeddedFile *embedded = embedded_find(name);
    return embedded && text_equal(text, (Text){embedded->bytes, embedded->length});
}

static bool embedded_file(Text name, ScriptFile *file)
{
    const EmbeddedFile *embedded = embedded_find(name);
    if (!embedded)
        return false;
    *file = (ScriptFile){text_from(embedded->name), {embedded->bytes, embedded->length}, true};
    return true;
}

bool project_file(void *context, Arena *arena, Text name, ScriptFile *file)
{
    const Project *project = context;
    if (text_starts(name, "generator/"))
        return embedded_file(name, file);
    const bool is_plugin = text_starts(name, "plugins/");
    const Text shared = is_plugin ? name : path_join(arena, TEXT("themes/default"), name);
    const Text theme = project->site.theme;
    if (!is_plugin && theme.length && !text_is(theme, "default")) {
        const Text own = text_format(arena, "themes/%.*s/%.*s", TEXT_ARG(theme), TEXT_ARG(name));
        file->is_trusted = false;
        if (own_file(project, arena, own, file))
            return true;
    }
    if (own_file(project, arena, shared, file)) {
        file->is_trusted = same_as_embedded(shared, file->text);
        return true;
    }
    return embedded_file(shared, file);
}

static void add_name(Arena *arena, TextList *names, Text name)
{
    for (size_t i = 0; i < names->count; i++)
        if (text_equal(names->items[i], name))
            return;
    *LIST_PUSH(arena, names) = text_copy(arena, name);
}

static void add_folder(const Project *project, Arena *arena, TextList *names, Text folder, int depth)
{
    FileList list;
    const Text path = project_path(project, arena, path_join(arena, TEXT("plugins"), folder));
    if (files_list(arena, text_c_string(arena, path), &list) != 0)
        return;
    for (size_t i = 0; i < list.count; i++) {
        const Text name = path_join(arena, folder, list.items[i].name);
        if (list.items[i].kind == FILE_FOLDER && depth == 0)
            add_folder(project, arena, names, name, depth + 1);
        else if (text_is(path_extension(name), "lua"))
            add_name(arena, names, text_slice(name, 0, name.length - 4));
    }
}

static int compare_names(const void *left, const void *right)
{
    return text_compare(*(const Text *)left, *(const Text *)right);
}

void project_each_plugin(void *context, void (*take)(void *taker, Text name), void *taker)
{
    const Project *project = context;
    Arena *arena = project->arena;
    TextList names = {0};
    for (size_t i = 0; i < embedded_count; i++) {
        const Text name = text_from(embedded_files[i].name);
        if (text_starts(name, "plugins/") && text_ends(name, ".lua"))
            add_name(arena, &names, text_slice(name, strlen("plugins/"), name.length - 4));
    }
    if (!project->is_nowhere)
        add_folder(project, arena, &names, TEXT(""), 0);
    if (names.count)
        qsort(names.items, names.count, sizeof *names.items, compare_names);
    for (size_t i = 0; i < names.count; i++)
        take(taker, names.items[i]);
}

bool project_hides_block(void *context, Text name)
{
    const Project *project = context;
    const Plugin *plugin = project->script ? script_block(project->script, name) : NULL;
    return plugin && plugin->is_private && !project->options.is_facilitator;
}

bool project_is_fenced_block(void *context, Text word)
{
    const Project *project = context;
    const Plugin *plugin = project->script && word.length ? script_block(project->script, word) : NULL;
    return plugin && plugin->forms & FORM_FENCE;
}

Text project_here(const Project *project)
{
    return project->here.length ? project->here : project->page->address;
}

/* The path of `url`, with a slash at its end: `/~desk/training/`. */
static Text root_path(const Project *project, Arena *arena)
{
    const Text home = project_home(project, arena, TEXT(""));
    const size_t host = text_find(home, "://") + 3;
    return text_after(home, host + text_find_char(text_after(home, host), '/'));
}

Text project_link(const Project *project, Arena *arena, Text address)
{
    if (!project->is_anywhere)
        return path_relative(arena, project_here(project), address);
    return text_format(arena, "%.*s%.*s", TEXT_ARG(root_path(project, arena)), TEXT_ARG(address));
}

Text project_home(const Project *project, Arena *arena, Text address)
{
    const Text url = value_get_text(&project->site.settings, "url");
    if (!url.length)
        return TEXT_NONE;
    return text_format(arena, "%.*s%s%.*s", TEXT_ARG(url), text_ends(url, "/") ? "" : "/", TEXT_ARG(address));
}

bool page_is_published(const Project *project, const Page *page)
{
    return !page->is_draft || project->options.with_drafts;
}

size_t project_bundles_of(const Project *project, uint32_t owner, size_t *count)
{
    const size_t first = project->bundles_of ? project->bundles_of[owner] : 0;
    *count = 0;
    while (project->bundles_of && first + *count < project->bundles.count && project->bundles.items[first + *count].owner == owner)
        ++*count;
    return first;
}

const Bundle *project_bundle(const Project *project, BundleKind kind, uint32_t owner)
{
    size_t count;
    const size_t first = project_bundles_of(project, owner, &count);
    for (size_t i = first; i < first + count; i++)
        if (project->bundles.items[i].kind == kind)
            return &project->bundles.items[i];
    return NULL;
}

typedef struct NearFence {
    const Project *project;
    Text word, found;
} NearFence;

static void try_fence(void *taker, Text name)
{
    NearFence *near = taker;
    if (name.length > 3 && text_distance(near->word, name) == 1 && project_is_fenced_block((void *)near->project, name))
        near->found = name;
}

Text project_near_fenced_block(void *context, Text word)
{
    NearFence near = {context, word, TEXT("")};
    if (near.project->script)
        script_each_block(near.project->script, try_fence, &near);
    return near.found;
}

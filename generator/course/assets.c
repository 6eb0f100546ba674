/* assets: see assets.h. */
#include "assets.h"

#include "../base/path.h"
#include "../formats/json.h"
#include "../formats/yaml.h"
#include "brand.h"
#include "words.h"

/* Is there nothing but a comment from here to the end of a line?  Gives the place behind it, else `at`. */
static size_t past_comment(Text text, size_t at)
{
    size_t start = at;
    while (start < text.length && byte_is_blank(text.bytes[start]))
        start++;
    const Text here = text_after(text, start);
    if (!text_starts(here, "/*"))
        return at;
    size_t end = start + text_find(here, "*/") + 2;
    while (end < text.length && byte_is_blank(text.bytes[end]))
        end++;
    return end < text.length && text.bytes[end] == '\n' ? end + 1 : at;
}

/* Comments on lines of their own are for who reads the sources: they are a fifth of what is sent.  Only
 * files that came with Lectern are known to hold no text that looks like one. */
static void put_without_comments(Text text, Buffer *out)
{
    for (size_t at = 0; at < text.length;) {
        const size_t past = past_comment(text, at);
        const size_t end = at + text_find_char(text_after(text, at), '\n') + 1;
        if (past == at)
            buffer_put(out, text_slice(text, at, end < text.length ? end : text.length));
        at = past == at ? end : past;
    }
}

static bool join_files(Project *project, const Value *names, const char *list, Buffer *joined)
{
    const Value *files = value_get(names, list);
    bool ok = true;
    for (size_t i = 0; files && files->kind == VALUE_LIST && i < files->list.count; i++) {
        ScriptFile file;
        const Value *name = &files->list.items[i];
        if (name->kind != VALUE_TEXT)
            continue;
        if (!project_file(project, project->arena, name->text, &file)) {
            ok = diag_error(project->diag, name->pos, "the theme has no file '%.*s'", TEXT_ARG(name->text));
            continue;
        }
        if (file.is_trusted)
            put_without_comments(file.text, joined);
        else
            buffer_put(joined, file.text);
        buffer_char(joined, '\n');
    }
    return ok;
}

typedef struct Joining {
    Project *project;
    Buffer *joined;
} Joining;

/* What a plugin brings, behind what is the theme's. */
static void join_plugin_file(void *context, Text name)
{
    const Joining *joining = context;
    Project *project = joining->project;
    ScriptFile file;
    if (!project_file(project, project->arena, name, &file)) {
        diag_file_error(project->diag, name, "a plugin names this file, and it is not there");
        return;
    }
    buffer_put(joining->joined, file.text);
    buffer_char(joining->joined, '\n');
}

static void add_asset(Project *project, Text name, Text text)
{
    const Text version = text_slice(hash_hex(project->arena, hash_of(text)), 0, 8);
    *LIST_PUSH(project->arena, &project->assets) = (Asset){name, text, version};
}

static const Asset *asset_named(const Project *project, Text name)
{
    for (size_t i = 0; i < project->assets.count; i++)
        if (text_equal(project->assets.items[i].name, name))
            return &project->assets.items[i];
    return NULL;
}

/* `lectern.js` for the site's language; also for what is no language, as nothing has words in it. */
static Text script_name(const Project *project, Arena *arena, Text language)
{
    if (text_equal(language, project->site.language) || !words_is_language(language))
        return TEXT("lectern.js");
    return text_format(arena, "lectern.%.*s.js", TEXT_ARG(language));
}

/* The words stand first, since what follows says them.  The mark of strict code holds only before them. */
static void add_script(Project *project, Text language)
{
    const Text name = script_name(project, project->arena, language);
    if (asset_named(project, name))
        return;
    const Value words = words_of_script(project, project->arena, language);
    Buffer js = buffer_new(project->arena);
    buffer_string(&js, "'use strict';\nglobalThis.lecternWords = ");
    json_write(&js, &words);
    buffer_string(&js, ";\n");
    buffer_put(&js, project->joined_script);
    add_asset(project, name, buffer_text(&js));
}

static void add_script_of(Project *project, uint32_t page)
{
    const Text language = project->site.pages.items[page].language;
    if (language.length)
        add_script(project, language);
}

void assets_add_languages(Project *project)
{
    for (uint32_t i = 0; i < project->site.pages.count; i++)
        if (page_is_published(project, &project->site.pages.items[i]))
            add_script_of(project, i);
    /* what is made beside a draft is in its language all the same */
    for (size_t i = 0; i < project->bundles.count; i++)
        add_script_of(project, project->bundles.items[i].owner);
    add_script_of(project, project->site.page);
}

bool assets_make(Project *project)
{
    ScriptFile file;
    Value names;
    if (!project_file(project, project->arena, TEXT("theme.yaml"), &file))
        return diag_file_error(project->diag, TEXT("themes"), "the theme '%.*s' has no theme.yaml", TEXT_ARG(project->site.theme));
    const uint32_t number = sources_add(&project->sources, file.path);
    diag_source(project->diag, number, file.text);
    bool ok = yaml_read(project->arena, number, file.text, 0, file.text.length, project->diag, NULL, &names);
    Buffer css = buffer_new(project->arena), js = buffer_new(project->arena);
    ok = join_files(project, &names, "css", &css) && ok;
    ok = join_files(project, &names, "js", &js) && ok;
    script_each_asset(project->script, "css", join_plugin_file, &(Joining){project, &css});
    script_each_asset(project->script, "js", join_plugin_file, &(Joining){project, &js});
    const Value *color = value_get(value_get(&project->site.settings, "brand"), "color");
    if (color && color->kind == VALUE_TEXT)
        brand_write(color->text, &css);
    add_asset(project, TEXT("lectern.css"), buffer_text(&css));
    project->joined_script = buffer_text(&js);
    add_script(project, project->site.language);
    return ok;
}

Text assets_url(void *context, Arena *arena, Text name)
{
    const Project *project = context;
    const bool has_language = text_is(name, "lectern.js") && project->page && project->page->language.length;
    const Asset *asset = has_language ? asset_named(project, script_name(project, arena, project->page->language)) : NULL;
    if (!asset)
        asset = asset_named(project, name);
    if (!asset)
        return project_link(project, arena, name);
    return text_format(arena, "%.*s?v=%.*s", TEXT_ARG(project_link(project, arena, asset->name)), TEXT_ARG(asset->version));
}

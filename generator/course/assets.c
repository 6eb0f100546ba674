/* assets: see assets.h. */
#include "assets.h"

#include "../base/path.h"
#include "../formats/yaml.h"
#include "brand.h"

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
    add_asset(project, TEXT("lectern.js"), buffer_text(&js));
    return ok;
}

Text assets_url(void *context, Arena *arena, Text name)
{
    const Project *project = context;
    const Text url = project_link(project, arena, name);
    for (size_t i = 0; i < project->assets.count; i++)
        if (text_equal(project->assets.items[i].name, name))
            return text_format(arena, "%.*s?v=%.*s", TEXT_ARG(url), TEXT_ARG(project->assets.items[i].version));
    return url;
}

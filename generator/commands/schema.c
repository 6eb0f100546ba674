/* schema: what may be written in YAML, as JSON Schema, for editors. */
#include "commands.h"

#include "../base/path.h"
#include "../course/pipeline.h"
#include "../formats/json.h"
#include "../script/reference.h"
#include "../script/schema.h"

#include <stdio.h>

static const char help[] =
    "lectern schema [DIR] [options]     what may be written in YAML, for editors that complete and check\n\n"
    "Writes site.schema.json, course.schema.json, page.schema.json (front matter) and quiz.schema.json\n"
    "(pages that are YAML), with the plugins of the project in DIR (default: here).\n\n"
    "  --out DIR          write there instead of DIR/.lectern/schemas; without a project, too\n"
    "  --format markdown  all keys as a page for people, on standard output\n\n"
    "Example:  lectern schema my-training\n";

/* What a page that names no type may be, by the ending of its file. */
static const char *const markdown_pages[] = {"md", "module", "course", "site", NULL};
static const char *const yaml_pages[] = {"yaml", NULL};

static const struct {
    const char *file, *settings;
    const char *plugins_key;        /* where it names plugins, or "" */
    const char *const *defaults;    /* of a file of settings there are none */
} schemas[] = {
    {"site.schema.json", "site", "plugins", NULL},
    {"course.schema.json", "course", "", NULL},
    {"page.schema.json", "page", "", markdown_pages},
    {"quiz.schema.json", "page", "", yaml_pages},
};
enum { SCHEMA_COUNT = sizeof schemas / sizeof *schemas };

static Text schema_text(const Project *project, size_t index)
{
    Arena *arena = project->arena;
    const Text name = text_from(schemas[index].settings);
    const char *const *defaults = schemas[index].defaults;
    const Value schema = defaults ? schema_of_page(project->script, arena, name, TEXT("type"), defaults)
                                  : schema_of_settings(project->script, arena, name, text_from(schemas[index].plugins_key));
    Buffer json = buffer_new(arena);
    json_write_indented(&json, &schema);
    return buffer_text(&json);
}

static bool write_all(Project *project, Text folder)
{
    const int error = files_make_folder(text_c_string(project->arena, folder));
    if (error)
        return diag_file_error(project->diag, folder, "nothing can be written here: %s", files_reason(error));
    for (size_t i = 0; i < SCHEMA_COUNT; i++) {
        const Text path = path_join(project->arena, folder, text_from(schemas[i].file));
        const int failure = files_replace(text_c_string(project->arena, path), schema_text(project, i));
        if (failure)
            return diag_file_error(project->diag, path, "cannot be written: %s", files_reason(failure));
        printf("%.*s\n", TEXT_ARG(path));
    }
    return true;
}

static bool print_reference(Project *project)
{
    Buffer page = buffer_new(project->arena);
    if (!pipeline_load_plugins(project))
        return false;
    reference_write(project->script, project->arena, &page);
    const Text text = text_slice(buffer_text(&page), 0, page.length - 1);    /* one line end is enough at its end */
    return fwrite(text.bytes, 1, text.length, stdout) == text.length && fflush(stdout) == 0;
}

static bool make(Project *project)
{
    const BuildOptions *options = &project->options;
    if (options->out.length == 0 && !project_exists(project)) {
        diag_file_error(project->diag, options->folder.length ? options->folder : TEXT("."), "there is no folder 'content' here");
        diag_help(project->diag, "with `--out DIR` the schemas can be written without a project");
        return false;
    }
    return pipeline_load_plugins(project) &&
           write_all(project, options->out.length ? options->out : project_path(project, project->arena, TEXT(".lectern/schemas")));
}

static int run(int argc, char **argv)
{
    const CommandLine line = command_line(argc, argv, "oF", help);
    if (line.has_ended)
        return line.status;
    Project *project = pipeline_open(&line.build);
    const bool ok = line.as_markdown ? print_reference(project) : make(project);
    command_report(project);
    pipeline_close(project);
    return ok ? EXIT_FINE : EXIT_PROBLEMS;
}

const Command command_schema = {"schema", "let editors complete and check what you write", run};

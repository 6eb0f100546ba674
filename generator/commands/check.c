/* check: everything that build would say, and what a careful editor would, without writing the site. */
#include "commands.h"

#include "progress.h"
#include "../course/mend.h"
#include "../course/pipeline.h"
#include "../formats/json.h"

#include <stdio.h>

static const char help[] =
    "lectern check [DIR] [options]      look for mistakes in the project in DIR (default: here)\n\n"
    "  --fix              write quotes and blanks where YAML needs them, and nothing else\n"
    "  --accept           write down what becomes of the examples in plugins/examples\n"
    "  --format text|json text for people (default), JSON for editors, on standard output\n"
    "  --edition NAME     learner (default) or facilitator\n"
    "  --drafts           with pages marked `draft: true`\n"
    "  --strict           take warnings as errors\n"
    "  --jobs N           workers; 0 does all in one process\n\n"
    "Example:  lectern check my-training --fix\n";

static Value problem_value(Arena *arena, const Problem *problem)
{
    Value value = value_map();
    VALUE_SET(arena, &value, "severity", value_text(text_from(severity_name(problem->severity))));
    VALUE_SET(arena, &value, "file", value_text(problem->path));
    VALUE_SET(arena, &value, "line", value_int(problem->line));
    VALUE_SET(arena, &value, "column", value_int(problem->column));
    VALUE_SET(arena, &value, "message", value_text(problem->message));
    if (problem->help.length)
        VALUE_SET(arena, &value, "help", value_text(problem->help));
    return value;
}

static bool print_json(Project *project)
{
    Value list = value_list(), all = value_map();
    for (size_t i = 0; i < project->diag->count; i++)
        value_add(project->arena, &list, problem_value(project->arena, &project->diag->items[i]));
    VALUE_SET(project->arena, &all, "problems", list);
    Buffer json = buffer_new(project->arena);
    json_write(&json, &all);
    printf("%.*s\n", TEXT_ARG(buffer_text(&json)));
    if (fflush(stdout) == 0)
        return true;
    fputs("lectern: the report could not be written\n", stderr);
    return false;
}

static bool mend(const BuildOptions *options)
{
    Project *project = pipeline_open(options);
    const size_t mended = mend_project(project);
    if (mended)
        fprintf(stderr, "%zu %s mended\n", mended, mended == 1 ? "file was" : "files were");
    const bool ok = project->diag->error_count == 0;
    if (!ok)
        command_report(project);
    pipeline_close(project);
    return ok;
}

static int run(int argc, char **argv)
{
    const CommandLine line = command_line(argc, argv, "edjsfFa", help);
    if (line.has_ended)
        return line.status;
    if (line.as_markdown) {
        fputs("lectern: check knows --format text and json\n", stderr);
        return EXIT_BAD_USAGE;
    }
    if (line.fixes && !mend(&line.build))
        return EXIT_PROBLEMS;
    BuildOptions options = line.build;
    options.wants_advice = true;
    Project *project = pipeline_open(&options);
    progress_begin();
    bool ok = pipeline_run(project, PIPELINE_CHECK);
    progress_end();
    if (project->results_written)
        fprintf(stderr, "%zu %s of examples written\n", project->results_written, project->results_written == 1 ? "result" : "results");
    if (line.as_json)
        ok = print_json(project) && ok;
    else
        command_report(project);
    pipeline_close(project);
    return ok ? EXIT_FINE : EXIT_PROBLEMS;
}

const Command command_check = {"check", "look for mistakes, and mend the simplest", run};

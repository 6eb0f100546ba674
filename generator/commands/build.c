/* build: content/ becomes site/. */
#include "commands.h"

#include "progress.h"
#include "../course/pipeline.h"

#include <stdio.h>

static const char help[] =
    "lectern build [DIR] [options]      make the website of the project in DIR (default: here)\n\n"
    "  --out DIR          write there instead of DIR/site\n"
    "  --edition NAME     learner (default), or facilitator: with keys and notes, in site-facilitator\n"
    "  --drafts           with pages marked `draft: true`\n"
    "  --strict           take warnings as errors\n"
    "  --clean            write everything anew, also into a folder that holds files already\n"
    "  --jobs N           workers; 0 does all in one process\n"
    "  --stats            show how long each stage took\n\n"
    "Example:  lectern build my-training --strict\n";

static void print_stats(const Project *project)
{
    double sum = 0;
    for (size_t i = 0; i < project->stages.count; i++) {
        const Stage *stage = &project->stages.items[i];
        printf("%-10s %8.1f ms\n", stage->name, stage->seconds * 1000);
        sum += stage->seconds;
    }
    printf("%-10s %8.1f ms\n", "all", sum * 1000);
    printf("%-10s %8u\n%-10s %8u\n%-10s %8u\n%-10s %8u\n%-10s %8llu\n", "pages", project->page_count, "read", project->pages_read,
           "written", project->files_written, "unchanged", project->files_unchanged, "bytes",
           (unsigned long long)project->bytes_written);
}

static int run(int argc, char **argv)
{
    const CommandLine line = command_line(argc, argv, "oedjscS", help);
    if (line.has_ended)
        return line.status;
    BuildOptions options = line.build;
    options.may_stop_early = true;
    Project *project = pipeline_open(&options);
    progress_begin();
    const bool ok = pipeline_run(project, PIPELINE_WRITE);
    progress_end();
    command_report(project);
    if (!ok && project->diag->error_count == 0)
        fputs("nothing was written, as --strict counts warnings\n", stderr);
    if (ok && line.build.with_stats)
        print_stats(project);
    pipeline_close(project);
    return ok ? EXIT_FINE : EXIT_PROBLEMS;
}

const Command command_build = {"build", "make the website", run};

/* options: the options that several commands share; see commands.h. */
#include "commands.h"

#include "../base/path.h"
#include "../course/workers.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HELP = 'h', REVERSE = 'R' };

static const struct option options[] = {
    {"out", required_argument, NULL, 'o'},    {"edition", required_argument, NULL, 'e'},
    {"drafts", no_argument, NULL, 'd'},       {"jobs", required_argument, NULL, 'j'},
    {"strict", no_argument, NULL, 's'},       {"clean", no_argument, NULL, 'c'},
    {"stats", no_argument, NULL, 'S'},        {"fix", no_argument, NULL, 'f'},
    {"accept", no_argument, NULL, 'a'},
    {"format", required_argument, NULL, 'F'}, {"paper", required_argument, NULL, 'p'},
    {"port", required_argument, NULL, 'n'},   {"open", no_argument, NULL, 'O'},
    {"lan", no_argument, NULL, 'L'},
    {"to", required_argument, NULL, 't'},     {"dry-run", no_argument, NULL, 'N'},
    {"roster", required_argument, NULL, 'r'}, {"questions", no_argument, NULL, 'q'},
    {"help", no_argument, NULL, HELP},        {NULL, 0, NULL, 0},
};

static void wrong(CommandLine *line, const char *what, const char *value)
{
    fprintf(stderr, "lectern: %s '%s'\n", what, value);
    line->has_ended = true;
    line->status = EXIT_BAD_USAGE;
}

static void read_option(CommandLine *line, int option, const char *value)
{
    int64_t jobs, port;
    switch (option) {
    case 'o': line->build.out = text_from(value); break;
    case 'd': line->build.with_drafts = true; break;
    case 's': line->build.is_strict = true; break;
    case 'c': line->build.is_clean = true; break;
    case 'S': line->build.with_stats = true; break;
    case 'f': line->fixes = true; break;
    case 'r': line->roster = value; break;
    case 'q': line->wants_questions = true; break;
    case 'a': line->build.accepts_examples = true; break;
    case 'e':
        line->build.is_facilitator = strcmp(value, "facilitator") == 0;
        if (!line->build.is_facilitator && strcmp(value, "learner") != 0)
            wrong(line, "--edition is learner or facilitator, not", value);
        break;
    case 'j':
        if (!text_integer(text_from(value), &jobs) || jobs < 0 || jobs > 64)
            wrong(line, "--jobs is a number from 0 (in this process) to 64, not", value);
        else
            line->build.jobs = (uint32_t)jobs;
        break;
    case 'O': line->opens = true; break;
    case 'L': line->is_lan = true; break;
    case 't': line->to = value; break;
    case 'N': line->is_dry_run = true; break;
    case 'n':
        if (!text_integer(text_from(value), &port) || port < 1 || port > UINT16_MAX)
            wrong(line, "--port is a number from 1 to 65535, not", value);
        else
            line->port = (uint16_t)port;
        break;
    case 'F':
        line->as_json = strcmp(value, "json") == 0;
        line->as_markdown = strcmp(value, "markdown") == 0;
        if (!line->as_json && !line->as_markdown && strcmp(value, "text") != 0)
            wrong(line, "--format is text, json or markdown, not", value);
        break;
    case 'p':
        line->is_a4 = strcmp(value, "a4") == 0;
        if (!line->is_a4 && strcmp(value, "letter") != 0)
            wrong(line, "--paper is letter or a4, not", value);
        break;
    default: break;
    }
}

static const char *name_of(int option)
{
    for (const struct option *known = options; known->name; known++)
        if (known->val == option)
            return known->name;
    return "?";
}

/* `2-quiz.yaml` is a page, also where nothing is called so, and anything else the project. */
static bool is_page(const char *word)
{
    struct stat status;
    const Text extension = path_extension(text_from(word));
    const bool is_folder = stat(word, &status) == 0 && S_ISDIR(status.st_mode);
    return !is_folder && (text_is(extension, "md") || text_is(extension, "yaml"));
}

/* A folder without content/ holds files of another kind. */
static bool is_project(const char *word)
{
    char path[4096];
    const int length = snprintf(path, sizeof path, "%s/content", word);
    return length > 0 && (size_t)length < sizeof path && access(path, F_OK) == 0;
}

/* Words are gathered at the front of `argv`, where nobody looks any more. */
static void read_word(CommandLine *line, int argc, char **argv, const char *accepted)
{
    const bool takes_files = strchr(accepted, 'W') != NULL, takes_words = takes_files || strchr(accepted, 'P');
    const bool has_folder = line->build.folder.length || line->word_count;
    if (optind >= argc)
        return;
    const bool is_word = takes_files ? !is_project(argv[optind]) : takes_words && is_page(argv[optind]);
    if (!has_folder && !is_word)
        line->build.folder = text_from(argv[optind++]);
    else if (takes_words)
        line->words[line->word_count++] = argv[optind++];
    else
        wrong(line, "one folder is enough; what is", argv[optind]);
}

CommandLine command_line(int argc, char **argv, const char *accepted, const char *help)
{
    CommandLine line = {.build = {.jobs = workers_count()}, .words = argv};
    opterr = 0;
    optind = 1;
    while (!line.has_ended && optind < argc) {
        const int option = getopt_long(argc, argv, "+h", options, NULL);
        if (option == -1)
            read_word(&line, argc, argv, accepted);
        else if (option == HELP) {
            fputs(help, stdout);
            line.has_ended = true;
        } else if (option == '?') {
            wrong(&line, "this option is not known, or lacks its value:", argv[optind - 1]);
        } else if (!strchr(accepted, option)) {
            wrong(&line, "this command has no option", name_of(option));
        } else {
            read_option(&line, option, optarg);
        }
    }
    if (text_is(line.build.folder, "."))
        line.build.folder = TEXT("");
    line.build.in_reverse = getenv("LECTERN_REVERSE") != NULL;
    return line;
}

static void print_count(size_t count, const char *word, const char *before)
{
    if (count)
        fprintf(stderr, "%s%zu %s%s", before, count, word, count == 1 ? "" : "s");
}

void command_report(const Project *project)
{
    command_report_all(project->diag);
}

void command_report_all(const Diag *diag)
{
    const size_t warnings = diag_count(diag, SEVERITY_WARNING), advice = diag_count(diag, SEVERITY_ADVICE);
    diag_print_text(diag, stderr, isatty(STDERR_FILENO) && !getenv("NO_COLOR"));
    if (diag->count == 0)
        return;
    print_count(diag->error_count, "error", "");
    print_count(warnings, "warning", diag->error_count ? ", " : "");
    if (advice)
        fprintf(stderr, "%s%zu of advice", diag->error_count + warnings ? ", " : "", advice);
    fputc('\n', stderr);
}

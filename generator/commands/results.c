/* results: learners' records graded without a window: the results page of the facilitator's site, shown by the
 * Chromium that is installed, is handed the files as somebody would drop them. */
#include "commands.h"

#include "../base/files.h"
#include "../base/path.h"
#include "../browser/browser.h"
#include "../course/output.h"
#include "../course/pipeline.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static const char help[] =
    "lectern results [DIR] FILE... [options]   grade the records of learners\n\n"
    "FILE is a record, a zip file or a folder of records, or a text with codes.  The facilitator's site of the\n"
    "project in DIR (default: here) is built, and its page results.html grades them anew by the key of their own\n"
    "edition.  Written is a table as CSV: everybody and how each quiz went.  Files that are no records are named\n"
    "with the reason, and the rest is graded.\n"
    "It needs Chromium or Google Chrome; LECTERN_BROWSER may name it.\n\n"
    "  --roster CSV       who should hand something in: columns such as Name, E-mail, Group\n"
    "  --questions        the questions instead: how many were right, what was answered, discrimination\n"
    "  --out FILE         write there instead of to standard output; FILE.html is the page, to read and print\n"
    "  --drafts           with pages marked `draft: true`\n"
    "  --strict           take warnings as errors\n"
    "  --jobs N           workers for building; 0 does all in one process\n\n"
    "Example:  lectern results my-training handed-in/ --roster people.csv --out results.csv\n";

enum { MOST_DEPTH = 20, MOST_FILES = 20000 };

typedef struct Handed {
    Project *project;
    Browser *browser;
    const CommandLine *line;
    TextList paths;    /* absolute */
    TextList shown;    /* the same as they were named */
} Handed;

/* A file, or all files in a folder. */
static bool add_path(Handed *handed, Text shown, int depth)
{
    Arena *arena = handed->project->arena;
    Diag *diag = handed->project->diag;
    FileList list;
    bool ok = true;
    char *real = realpath(text_c_string(arena, shown), NULL);
    if (!real)
        return diag_file_error(diag, shown, "cannot be read: %s", files_reason(errno));
    const Text path = text_copy(arena, text_from(real));
    free(real);
    const int error = files_list(arena, text_c_string(arena, path), &list);
    if (error == ENOTDIR && handed->paths.count < MOST_FILES) {
        *LIST_PUSH(arena, &handed->paths) = path;
        *LIST_PUSH(arena, &handed->shown) = shown;
    } else if (error && error != ENOTDIR) {
        ok = diag_file_error(diag, shown, "cannot be read: %s", files_reason(error));
    }
    for (size_t i = 0; !error && depth < MOST_DEPTH && i < list.count; i++)
        if (list.items[i].name.bytes[0] != '.' && list.items[i].kind != FILE_LINK)
            ok = add_path(handed, path_join(arena, shown, list.items[i].name), depth + 1) && ok;
    return ok;
}

/* The page knows names only: the path of the file that one is of, with what follows the name in an archive. */
static Text path_shown(const Handed *handed, Text source)
{
    const size_t end = text_find(source, ".zip: ");
    const Text name = end < source.length ? text_slice(source, 0, end + 4) : source;
    for (size_t i = 0; i < handed->paths.count; i++)
        if (text_equal(path_name(handed->paths.items[i]), name))
            return text_format(handed->project->arena, "%.*s%.*s", TEXT_ARG(handed->shown.items[i]), TEXT_ARG(text_after(source, name.length)));
    return source;
}

/* Take one line of `name TAB reason` off the front of a text. */
static bool take_line(Text *rest, Text *name, Text *reason)
{
    const size_t end = text_find_char(*rest, '\n'), middle = text_find_char(*rest, '\t');
    if (end == rest->length || middle > end)
        return false;
    *name = text_slice(*rest, 0, middle);
    *reason = text_slice(*rest, middle + 1, end);
    *rest = text_after(*rest, end + 1);
    return true;
}

/* What was left out is an error, what is to be looked at a warning. */
static bool report(const Handed *handed)
{
    static const char left_out[] = "lectern.results.problems().refused.map((one) => `${one.source}\\t${one.reason}\\n`).join('')";
    static const char remarks[] = "lectern.results.problems().remarks.map((one) => `${one.source}\\t${one.reason}\\n`).join('')";
    Arena *arena = handed->project->arena;
    Diag *diag = handed->project->diag;
    Text errors, warnings, name, reason;
    if (!browser_text(handed->browser, arena, left_out, &errors) || !browser_text(handed->browser, arena, remarks, &warnings))
        return false;
    const bool is_all = errors.length == 0;
    while (take_line(&errors, &name, &reason))
        diag_file_error(diag, path_shown(handed, name), "%.*s", TEXT_ARG(reason));
    while (take_line(&warnings, &name, &reason))
        diag_file_warn(diag, path_shown(handed, name), "%.*s", TEXT_ARG(reason));
    return is_all;
}

/* Hand files to the field of the page that takes `what`, and wait until all is shown. */
static bool hand_over(const Handed *handed, const char *what, const TextList *paths, int number)
{
    Text nothing;
    Arena *arena = handed->project->arena;
    const Text selector = text_format(arena, "[data-take=\"%s\"]", what);
    const Text wait = text_format(arena, "(async () => {"
                                         " while (lectern.results.handed() < %d) await new Promise((done) => setTimeout(done, 5));"
                                         " await lectern.results.done();"
                                         "})()", number);
    return browser_choose_files(handed->browser, text_c_string(arena, selector), paths) &&
           browser_value(handed->browser, arena, text_c_string(arena, wait), &nothing);
}

static bool grade(Handed *handed, Text page)
{
    Arena *arena = handed->project->arena;
    if (!browser_show(handed->browser, page, page, true) || !hand_over(handed, "files", &handed->paths, 1))
        return false;
    if (!handed->line->roster)
        return true;
    const Text shown = text_from(handed->line->roster);
    char *real = realpath(handed->line->roster, NULL);
    if (!real)
        return diag_file_error(handed->project->diag, shown, "cannot be read: %s", files_reason(errno));
    TextList roster = {0};
    *LIST_PUSH(arena, &roster) = text_copy(arena, text_from(real));
    *LIST_PUSH(arena, &handed->paths) = roster.items[0];
    *LIST_PUSH(arena, &handed->shown) = shown;
    free(real);
    return hand_over(handed, "roster", &roster, 2);
}

/* What the page shows, as a page of its own without any script. */
static bool make_page(const Handed *handed, Text site, Buffer *out)
{
    static const char *const sheets[] = {"lectern.css", "results.css"};
    Arena *arena = handed->project->arena;
    Text head, body;
    if (!browser_text(handed->browser, arena, "lectern.results.page().head", &head) ||
        !browser_text(handed->browser, arena, "lectern.results.page().body", &body))
        return false;
    buffer_put(out, head);
    buffer_string(out, "<style>\n");
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        Text css;
        const Text path = path_join(arena, site, text_from(sheets[i]));
        const int error = files_read(arena, text_c_string(arena, path), 4 << 20, &css, NULL);
        if (error)
            return diag_file_error(handed->project->diag, path, "cannot be read: %s", files_reason(error));
        buffer_put(out, css);
    }
    buffer_string(out, "</style>\n");
    buffer_put(out, body);
    return true;
}

static bool write_out(const Handed *handed, Text site)
{
    Arena *arena = handed->project->arena;
    const Text out = handed->line->build.out;
    const bool is_page = text_is(path_extension(out), "html");
    Buffer bytes = buffer_new(arena);
    Text csv;
    if (is_page && !make_page(handed, site, &bytes))
        return false;
    if (!is_page) {
        const char *expression = handed->line->wants_questions ? "lectern.results.csv('questions')" : "lectern.results.csv('people')";
        if (!browser_text(handed->browser, arena, expression, &csv))
            return false;
        buffer_string(&bytes, out.length ? "\xEF\xBB\xBF" : "");    /* by which a spreadsheet knows its letters */
        buffer_put(&bytes, csv);
    }
    if (!out.length)
        return fwrite(bytes.bytes, 1, bytes.length, stdout) == bytes.length;
    const int error = files_replace(text_c_string(arena, out), buffer_text(&bytes));
    return !error || diag_file_error(handed->project->diag, out, "cannot be written: %s", files_reason(error));
}

/* False after reporting; what could be graded is written all the same. */
static bool show_results(Handed *handed)
{
    Project *project = handed->project;
    Arena *arena = project->arena;
    bool ok = true;
    for (int i = 0; i < handed->line->word_count; i++)
        ok = add_path(handed, text_from(handed->line->words[i]), 0) && ok;
    if (!handed->paths.count)
        return false;
    const Text site = output_folder(project, arena), page = path_join(arena, site, TEXT("results.html"));
    if (!files_exist(text_c_string(arena, page)))
        return diag_file_error(project->diag, page, "is not there: this site has no courses, or the plugin `results` is switched off");
    handed->browser = browser_open(arena, project->diag, "the page site-facilitator/results.html does the same in any browser");
    if (!handed->browser)
        return false;
    ok = grade(handed, page) && report(handed) && ok;
    if (browser_can_go_on(handed->browser))
        ok = write_out(handed, site) && ok;
    browser_close(handed->browser);
    return ok;
}

static int run(int argc, char **argv)
{
    const CommandLine line = command_line(argc, argv, "odjsrqW", help);
    if (line.has_ended)
        return line.status;
    if (line.word_count == 0) {
        fputs("lectern: name the records: files, folders or zip files\n", stderr);
        return EXIT_BAD_USAGE;
    }
    BuildOptions options = line.build;
    options.out = TEXT("");    /* --out is where the table goes */
    options.is_facilitator = true;
    Project *project = pipeline_open(&options);
    Handed handed = {.project = project, .line = &line};
    const bool is_built = pipeline_run(project, PIPELINE_WRITE);
    bool ok = is_built && show_results(&handed);
    diag_sort(project->diag);
    ok = ok && !(line.build.is_strict && diag_count(project->diag, SEVERITY_WARNING));
    command_report(project);
    pipeline_close(project);
    return ok ? EXIT_FINE : EXIT_PROBLEMS;
}

const Command command_results = {"results", "grade the records of learners", run};

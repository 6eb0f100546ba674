/* print: the sheets of a site as PDF files, through the Chromium that is installed. */
#include "commands.h"

#include "progress.h"
#include "../base/unicode.h"
#include "../browser/browser.h"
#include "../browser/letters.h"
#include "../browser/pdf.h"
#include "../course/handouts.h"
#include "../course/pipeline.h"

#include <stdio.h>
#include <unistd.h>

static const char help[] =
    "lectern print [DIR] [PAGE...] [options]   make PDF handouts of the project in DIR (default: here)\n\n"
    "Builds the site, then prints every worksheet, every quiz, and every module and course as a book, or\n"
    "the pages named (index.md is the book of its folder), into site/handouts.\n"
    "It needs Chromium or Google Chrome; LECTERN_BROWSER may name it.\n\n"
    "  --out DIR          write the PDF files there instead\n"
    "  --edition NAME     learner (default), or facilitator: with keys and notes\n"
    "  --paper NAME       letter (default) or a4\n"
    "  --drafts           with pages marked `draft: true`\n"
    "  --strict           take warnings as errors\n"
    "  --clean            write over files that are there already\n"
    "  --jobs N           workers for building; 0 does all in one process\n\n"
    "Example:  lectern print my-training --paper a4\n"
    "          lectern print my-training desk-basics/2-difficult-situations/2-quiz.yaml\n";

/* The page's scripts do not run for paper: they would draw and mix the questions of a quiz anew each
 * time, and the key on paper could not follow.  What they say to the margins is said here. */
static const char set_margins[] =
    "(() => {"
    " const data = JSON.parse(document.getElementById('lectern-page')?.textContent ?? '{}');"
    " const head = document.querySelector('.book-head, .print-head span')?.textContent;"
    " const edition = document.querySelector('.edition, .book-edition')?.textContent;"
    " const say = (name, text) => document.documentElement.style.setProperty(name, JSON.stringify(text));"
    " if (head) say('--running-head', data.title ? `${head} · ${data.title}` : head);"
    " if (edition) say('--edition', edition);"
    " if (data.home) say('--running-foot', data.home);"
    "})()";

typedef struct Printing {
    Handouts handouts;
    Browser *browser;
    BrowserPaper paper;
    Project *project;
    Diag *diag;
    bool *is_told_of;            /* by page: that letters of it have no font */
    size_t printed_count;
} Printing;

/* A book's contents name pages, which are known once it has been printed: so it is printed twice. */
static bool number_contents(Printing *printing, Arena *arena, const Handout *handout, Text pdf)
{
    Text nothing;
    Buffer script = buffer_new(arena);
    buffer_string(&script, "(() => { const pages = {");
    for (size_t i = 1; i <= handout->book.parts.count; i++) {
        const Text name = text_format(arena, "p%zu-part", i);
        buffer_format(&script, "'%.*s': %zu, ", TEXT_ARG(name), pdf_page_of(pdf, name));
    }
    buffer_string(&script, "}; for (const place of document.querySelectorAll('.book-page')) place.textContent = pages[place.dataset.part]; })()");
    return browser_value(printing->browser, arena, text_c_string(arena, buffer_text(&script)), &nothing);
}

/* `𒀀 (U+12000), 𒀁 (U+12001) and 3 more`. */
static Text describe_letters(Arena *arena, Text letters)
{
    enum { MOST_NAMED = 5 };
    Buffer words = buffer_new(arena);
    const size_t count = unicode_count(letters);
    for (size_t i = 0, offset = 0; i < count && i < MOST_NAMED; i++) {
        const size_t start = offset;
        const uint32_t code_point = unicode_next(letters, &offset);
        buffer_format(&words, "%s%.*s (U+%04X)", i ? ", " : "", TEXT_ARG(text_slice(letters, start, offset)), code_point);
    }
    if (count > MOST_NAMED)
        buffer_format(&words, " and %zu more", count - MOST_NAMED);
    return buffer_text(&words);
}

/* Where the first of the letters is written, if it is written as itself. */
static Pos position_of(const Project *project, const Page *page, Text letters)
{
    enum { LARGEST_BYTES = 16 << 20 };
    Text source;
    size_t end = 0;
    if (files_read(project->arena, text_c_string(project->arena, project->sources.items[page->file]), LARGEST_BYTES, &source, NULL) != 0)
        return (Pos){page->file, 0};
    unicode_next(letters, &end);
    const size_t offset = text_find(source, text_c_string(project->arena, text_slice(letters, 0, end)));
    return (Pos){page->file, offset < source.length ? (uint32_t)offset : 0};
}

/* Say of each page once which letters of it have no font; in a book, of the page that is in it. */
static bool warn_of_letters(Printing *printing, Arena *arena, const Handout *handout)
{
    MissingLettersList list;
    if (!letters_missing(printing->browser, arena, &list))
        return false;
    for (size_t i = 0; i < list.count; i++) {
        const size_t part = list.items[i].part;
        const bool is_part = part > 0 && part <= handout->book.parts.count;
        const uint32_t index = is_part ? handout->book.parts.items[part - 1] : handout->page;
        if (printing->is_told_of[index] || (!is_part && i + 1 < list.count))    /* its contents say what its parts say */
            continue;
        const Page *page = &printing->project->site.pages.items[index];
        const Text letters = list.items[i].letters, words = describe_letters(arena, letters);
        printing->is_told_of[index] = true;
        diag_warn(printing->diag, position_of(printing->project, page, letters), "no font that is installed has %.*s", TEXT_ARG(words));
        diag_help(printing->diag, "on paper there is an empty box instead; install a font that has it, on Debian and Ubuntu with the packages fonts-noto and fonts-noto-cjk");
    }
    return true;
}

static bool print_one(Printing *printing, const Handout *handout)
{
    Text pdf, nothing;
    Arena *arena = arena_open();
    const bool is_book = handout->book.parts.count > 0;
    bool ok = (!is_book || handouts_make_book(&printing->handouts, handout)) &&
              browser_show(printing->browser, handout->html, handout->shown, false) &&
              browser_value(printing->browser, arena, set_margins, &nothing) && warn_of_letters(printing, arena, handout) &&
              browser_print(printing->browser, arena, printing->paper, &pdf);
    if (ok && is_book)
        ok = number_contents(printing, arena, handout, pdf) && browser_print(printing->browser, arena, printing->paper, &pdf);
    if (is_book)
        handouts_remove_book(&printing->handouts, handout);
    if (ok) {
        pdf = pdf_same_each_time(arena, pdf);
        ok = pdf_page_count(pdf) > 0 || diag_file_error(printing->diag, handout->shown, "the browser printed no page of this");
        ok = ok && handouts_write(&printing->handouts, handout, pdf);
    }
    arena_close(arena);
    return ok;
}

/* One page that fails is no reason to leave out the next. */
static bool print_all(Printing *printing)
{
    bool ok = true;
    progress_begin();
    for (size_t i = 0; i < printing->handouts.count && browser_can_go_on(printing->browser); i++) {
        progress_show("printing", i + 1, printing->handouts.count, text_c_string(printing->project->arena, printing->handouts.items[i].shown));
        const bool is_printed = print_one(printing, &printing->handouts.items[i]);
        printing->printed_count += is_printed;
        ok = ok && is_printed;
    }
    progress_end();
    return ok && browser_can_go_on(printing->browser);
}

/* False after reporting; what was printed until then stays, and is kept in mind. */
static bool print_listed(Printing *printing, Arena *arena)
{
    if (printing->handouts.count)
        printing->browser = browser_open(arena, printing->diag, "the page MODULE/handout.html can be printed from any browser");
    const bool has_browser = printing->browser || printing->handouts.count == 0;
    const bool ok = has_browser && (!printing->browser || print_all(printing));
    const bool is_kept = handouts_finish(&printing->handouts);
    if (printing->browser)
        browser_close(printing->browser);
    return ok && is_kept;
}

static void print_summary(const Printing *printing)
{
    const size_t printed = printing->printed_count, count = printing->handouts.count;
    const Text folder = printing->handouts.folder;
    if (count == 0)
        puts("nothing was printed: no page of this site is a sheet, and none was named");
    else if (printed == count)
        printf("%zu %s printed in %.*s\n", count, count == 1 ? "handout" : "handouts", TEXT_ARG(folder));
    else if (printed)
        printf("%zu of %zu handouts printed in %.*s\n", printed, count, TEXT_ARG(folder));
}

static bool print_site(Project *project, const CommandLine *line)
{
    Printing printing = {.paper = line->is_a4 ? PAPER_A4 : PAPER_LETTER, .project = project, .diag = project->diag};
    printing.is_told_of = ARENA_ARRAY(project->arena, bool, project->site.pages.count + 1);
    bool ok = handouts_open(project, line->build.out, &printing.handouts);
    if (ok) {
        ok = handouts_list(&printing.handouts, line->words, (size_t)line->word_count);
        ok = (printing.handouts.count || ok) && print_listed(&printing, project->arena) && ok;
        if (printing.handouts.count || ok)
            print_summary(&printing);
    }
    handouts_close(&printing.handouts);
    diag_sort(project->diag);
    return ok && !(line->build.is_strict && diag_count(project->diag, SEVERITY_WARNING));
}

/* The pages link to their PDF files, which are there now: what has changed by that is written. */
static bool link_handouts(const BuildOptions *options, const CommandLine *line)
{
    if (line->build.out.length)
        return true;
    Project *project = pipeline_open(options);
    const bool ok = pipeline_run(project, PIPELINE_WRITE);
    if (!ok)
        command_report(project);
    pipeline_close(project);
    return ok;
}

static int run(int argc, char **argv)
{
    const CommandLine line = command_line(argc, argv, "oedjscpP", help);
    if (line.has_ended)
        return line.status;
    BuildOptions options = line.build;
    options.out = TEXT("");    /* --out is where the PDF files go; the site goes where it always does */
    Project *project = pipeline_open(&options);
    const bool ok = pipeline_run(project, PIPELINE_WRITE) && print_site(project, &line);
    command_report(project);
    pipeline_close(project);
    return ok && link_handouts(&options, &line) ? EXIT_FINE : EXIT_PROBLEMS;
}

const Command command_print = {"print", "make PDF handouts", run};

/* publish: builds the learners' site, says what would change where it is published, and copies it there. */
#include "commands.h"

#include "progress.h"
#include "rsync.h"
#include "../base/path.h"
#include "../course/output.h"
#include "../course/pipeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char help[] =
    "lectern publish [DIR] [options]    build the site of the project in DIR (default: here), and copy it to where it is read\n\n"
    "Warnings stop it.  What would change is said first.  Files at the destination that Lectern did not put there stay.\n"
    "It needs rsync, on both sides.\n\n"
    "  --to DEST          user@host:folder, reached by ssh, or a folder of this computer; left out, `publish: {to: ...}` of site.yaml\n"
    "  --dry-run          only say what would change\n"
    "  --jobs N           workers; 0 does all in one process\n\n"
    "Example:  lectern publish my-training --to desk@www.example.edu:public_html/training --dry-run\n";

enum { MOST_LISTED = 20 };

static int usage(const char *problem, const char *cure)
{
    fprintf(stderr, "lectern: %s\n      = %s\n", problem, cure);
    return EXIT_BAD_USAGE;
}

/* What changes, in words. */

static const char *ending(size_t count)
{
    return count == 1 ? "" : "s";
}

/* Titles are the author's: nothing in them may move the cursor of a terminal. */
static void print_file(const PublishedFile *file)
{
    printf("    %.*s", TEXT_ARG(file->address));
    if (file->title.length)
        printf("  (");
    for (size_t i = 0; i < file->title.length; i++)
        putchar((unsigned char)file->title.bytes[i] < ' ' || file->title.bytes[i] == 0x7F ? ' ' : file->title.bytes[i]);
    printf(file->title.length ? ")\n" : "\n");
}

static void print_list(const PublishedList *list, const char *one, const char *many)
{
    if (list->count == 0)
        return;
    printf("  %zu %s\n", list->count, list->count == 1 ? one : many);
    for (size_t i = 0; i < list->count && i < MOST_LISTED; i++)
        print_file(list->items[i]);
    if (list->count > MOST_LISTED)
        printf("    and %zu more\n", list->count - MOST_LISTED);
}

/* The page that has the title of one that vanished, if there is one. */
static const Page *heir_of(const Project *project, const Changes *changes, const PublishedFile *vanished)
{
    for (size_t i = 0; vanished->title.length && i < changes->added.count; i++) {
        if (!text_equal(changes->added.items[i]->title, vanished->title))
            continue;
        for (size_t j = 0; j < project->site.pages.count; j++)
            if (text_equal(project->site.pages.items[j].address, changes->added.items[i]->address))
                return &project->site.pages.items[j];
    }
    return NULL;
}

static void print_vanished(const Project *project, const Changes *changes)
{
    const PublishedList *list = &changes->vanished;
    print_list(list, "address leads nowhere from now on; links and bookmarks to it break", "addresses lead nowhere from now on; links and bookmarks to them break");
    if (list->count == 0)
        return;
    printf("      = list it under `old-addresses` of the page that has taken its place, and it leads there:\n");
    for (size_t i = 0; i < list->count && i < MOST_LISTED; i++) {
        const Page *heir = heir_of(project, changes, list->items[i]);
        if (heir)
            printf("        in %.*s  old-addresses: [%.*s]\n", TEXT_ARG(heir->source), TEXT_ARG(list->items[i]->address));
        else if (list->count == 1)
            printf("        old-addresses: [%.*s]\n", TEXT_ARG(list->items[i]->address));
    }
}

static void print_files(const Changes *changes)
{
    if (changes->around_count)
        printf("  %zu more page%s %s different, but not by an edit of %s own: lists, links, looks\n", changes->around_count,
               ending(changes->around_count), changes->around_count == 1 ? "is" : "are", changes->around_count == 1 ? "its" : "their");
    if (changes->files_new_count)
        printf("  %zu other file%s %s new or different\n", changes->files_new_count, ending(changes->files_new_count), changes->files_new_count == 1 ? "is" : "are");
    if (changes->files_removed_count)
        printf("  %zu other file%s %s removed\n", changes->files_removed_count, ending(changes->files_removed_count), changes->files_removed_count == 1 ? "is" : "are");
}

/* Somebody may have written one there that keeps the folder closed to strangers. */
static void warn_of_htaccess(const Published *before, const Published *site)
{
    const Text name = TEXT(".htaccess");
    if (published_find(site, name) && !published_find(before, name))
        printf("If a .htaccess stands there already, it is replaced, with all that it forbids.\n");
}

static void print_changes(const Project *project, const Destination *destination, bool is_known, const Published *site, const Changes *changes)
{
    const bool is_same = changes->added.count + changes->edited.count + changes->gone.count + changes->around_count + changes->files_new_count == 0;
    if (!is_known) {
        size_t pages = 0;
        for (size_t i = 0; i < site->count; i++)
            pages += site->items[i].kind == PUBLISHED_PAGE;
        printf("Nothing was published from here to %.*s before: %zu page%s and %zu other file%s are copied.\n", TEXT_ARG(destination->shown),
               pages, ending(pages), site->count - pages, ending(site->count - pages));
        printf("Files of the same names that stand there are replaced; all others stay.\n");
        return;
    }
    printf("Compared with what was published last to %.*s:\n", TEXT_ARG(destination->shown));
    print_list(&changes->added, "page is new", "pages are new");
    print_list(&changes->edited, "page was edited", "pages were edited");
    print_list(&changes->removed, "page is removed", "pages are removed");
    print_list(&changes->answers, "page has a quiz that is scored differently now; what was handed in before is still scored by its old key",
               "pages have a quiz that is scored differently now; what was handed in before is still scored by its old key");
    print_files(changes);
    if (is_same)
        printf("  nothing is different\n");
    print_vanished(project, changes);
}

/* Copying. */

static bool copy(Project *project, const Destination *destination, char **words)
{
    if (isatty(STDOUT_FILENO))
        printf("Copying to %.*s ...\n", TEXT_ARG(destination->shown));
    fflush(stdout);
    const int status = rsync_run(words);
    if (status == 0)
        return true;
    diag_file_error(project->diag, destination->shown, "rsync ended with status %d: %s", status, rsync_reason(status));
    diag_help(project->diag, "some of the site may stand there already; publish again when that is mended, and the rest follows");
    return false;
}

/* What may stand there while it is copied is written down first: nothing of it is forgotten when that breaks off. */
static bool publish(Project *project, const Destination *destination, const Published *before, const Published *site, char **words, const char *rules_path, Text rules)
{
    const Published both = published_both(project->arena, before, site);
    const int error = files_replace(rules_path, rules);
    if (error)
        return diag_file_error(project->diag, text_from(rules_path), "cannot be written: %s", files_reason(error));
    const bool ok = published_write(project, destination, &both) && copy(project, destination, words) && published_write(project, destination, site);
    unlink(rules_path);
    if (ok)
        printf("Published to %.*s.\n", TEXT_ARG(destination->shown));
    const Text home = project_home(project, project->arena, TEXT(""));
    if (ok && home.length)
        printf("It is read at %.*s\n", TEXT_ARG(home));
    return ok;
}

/* rsync takes what stands before a colon for a host: so the whole path. */
static const char *whole_path(Arena *arena, Text path)
{
    char *real = realpath(text_c_string(arena, path), NULL);
    const char *whole = text_c_string(arena, real ? text_from(real) : path);
    free(real);
    return whole;
}

static void print_command(char **words)
{
    printf("Nothing was copied.  Without --dry-run this runs:\n ");
    for (; *words; words++)
        printf(text_find_char(text_from(*words), ' ') < text_from(*words).length ? " '%s'" : " %s", *words);
    putchar('\n');
}

static bool compare_and_publish(Project *project, const Destination *destination, bool is_dry_run)
{
    Published before, site;
    Arena *arena = project->arena;
    if (!destination_is_safe(project, destination) || !published_site(project, &site))
        return false;
    const bool is_known = published_read(project, destination, &before);
    const Changes changes = published_compare(arena, &before, &site);
    print_changes(project, destination, is_known, &site, &changes);
    warn_of_htaccess(&before, &site);
    const char *folder = whole_path(arena, output_folder(project, arena));
    const char *rules_path = text_c_string(arena, path_join(arena, text_from(whole_path(arena, project_path(project, arena, TEXT(".lectern")))), TEXT("publish.rules")));
    char **words = rsync_words(arena, folder, rules_path, destination);
    if (is_dry_run) {
        print_command(words);
        return true;
    }
    return publish(project, destination, &before, &site, words, rules_path, rsync_rules(arena, folder, &site, &changes.gone));
}

/* Warnings stop it, but for those that files in site/ are not Lectern's: such are not copied. */
static bool is_publishable(const Project *project)
{
    for (size_t i = 0; i < project->diag->count; i++)
        if (project->diag->items[i].severity != SEVERITY_ADVICE && project->diag->items[i].path.length)
            return false;
    return true;
}

/* Where to: as the command line says, else site.yaml. */
static int find_destination(Project *project, const char *to, Destination *destination)
{
    const char *problem, *cure;
    const Text written = to ? text_from(to) : value_get_text(value_get(&project->site.settings, "publish"), "to");
    const Text base = to ? TEXT("") : project->options.folder;
    if (destination_read(project->arena, written, base, destination, &problem, &cure))
        return EXIT_FINE;
    return usage("nobody has said where to", "write `--to`, or `publish:` with `to:` below it in site.yaml");
}

static int publish_project(Project *project, const CommandLine *line)
{
    Destination destination;
    progress_begin();
    const bool is_built = pipeline_run(project, PIPELINE_WRITE);
    progress_end();
    if (!is_built && !is_publishable(project)) {
        command_report(project);
        fputs(project->diag->error_count ? "nothing was published\n" : "nothing was published, as warnings count here\n", stderr);
        return EXIT_PROBLEMS;
    }
    command_report(project);
    project->diag->count = 0;
    int status = find_destination(project, line->to, &destination);
    if (status == EXIT_FINE && !line->is_dry_run && !rsync_is_there(&destination))
        status = EXIT_PROBLEMS;
    if (status == EXIT_FINE && !compare_and_publish(project, &destination, line->is_dry_run)) {
        command_report(project);
        status = EXIT_PROBLEMS;
    }
    return status;
}

static int run(int argc, char **argv)
{
    const CommandLine line = command_line(argc, argv, "edjtN", help);
    if (line.has_ended)
        return line.status;
    if (line.build.is_facilitator)
        return usage("the facilitator's edition is not published: it has the answers", "give the folder `site-facilitator` to facilitators by a way that learners cannot take");
    if (line.build.with_drafts)
        return usage("drafts are not published", "take `draft: true` out of the pages that are ready");
    Arena *arena = arena_open();
    Destination destination;
    const char *problem, *cure;
    const bool is_fine = !line.to || destination_read(arena, text_from(line.to), TEXT(""), &destination, &problem, &cure);
    const char *said = is_fine ? NULL : text_c_string(arena, text_format(arena, "--to '%s': %s", line.to, problem));
    int status = is_fine ? EXIT_FINE : usage(said, cure);
    arena_close(arena);
    if (!is_fine)
        return status;
    BuildOptions options = line.build;
    options.is_strict = true;
    Project *project = pipeline_open(&options);
    status = publish_project(project, &line);
    pipeline_close(project);
    return status;
}

const Command command_publish = {"publish", "copy the site to where it is read", run};

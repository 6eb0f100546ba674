/* handouts: see handouts.h. */
#include "handouts.h"

#include "../base/path.h"
#include "bundles.h"
#include "output.h"
#include "pdf_names.h"
#include "parse.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { LARGEST_PDF_BYTES = 1 << 30 };

static const char *path_of(const Handouts *handouts, Text address)
{
    Arena *arena = handouts->project->arena;
    return text_c_string(arena, path_join(arena, handouts->root, address));
}

bool handouts_open(Project *project, Text out, Handouts *handouts)
{
    Arena *arena = project->arena;
    *handouts = (Handouts){.project = project, .lock = -1, .root = out.length ? out : output_folder(project, arena)};
    handouts->folder = out.length ? out : path_join(arena, handouts->root, TEXT("handouts"));
    handouts->memory_path = output_memory(project, arena, out, "handouts");
    handouts->after = manifest_new(arena);
    if (!output_lock(project, &handouts->lock))
        return false;
    manifest_read(arena, text_c_string(arena, handouts->memory_path), &handouts->before);
    const char *folder = text_c_string(arena, handouts->folder);
    int error = files_make_folder(folder);
    if (!error && access(folder, W_OK | X_OK) != 0)
        error = errno;
    return !error || diag_file_error(project->diag, handouts->folder, "nothing can be written here: %s", files_reason(error));
}

/* Which pages. */

static Handout *name_pages(const Handouts *handouts)
{
    Project *project = handouts->project;
    const Site *site = &project->site;
    Arena *arena = project->arena;
    const Text *names = pdf_names(project);
    Handout *named = ARENA_ARRAY(arena, Handout, site->pages.count + 1);
    const Text folder = text_after(handouts->folder, handouts->root.length);
    for (size_t i = 0; i < site->pages.count; i++) {
        const Page *page = &site->pages.items[i];
        if (!page_is_published(project, page))
            continue;
        const Text name = names[i];
        const Text address = pdf_is_book(page) ? text_format(arena, "handouts/%.*s.html", TEXT_ARG(name)) : page->address;
        named[i] = (Handout){.page = (uint32_t)i,
                             .html = path_join(arena, output_folder(project, arena), address),
                             .book = pdf_is_book(page) ? bundles_book(handouts->project, (uint32_t)i, address) : (Bundle){0},
                             .address = path_join(arena, text_after(folder, folder.length ? 1 : 0), text_format(arena, "%.*s.pdf", TEXT_ARG(name))),
                             .shown = project->sources.items[page->file]};
    }
    return named;
}

/* The page whose source is the file at `path`. */
static const Page *page_at(const Project *project, Text path)
{
    char *real = realpath(text_c_string(project->arena, path), NULL);
    char *content = realpath(text_c_string(project->arena, project->content), NULL);
    const Page *page = NULL;
    if (real && content && path_is_in(text_from(real), text_from(content)))
        page = site_page(&project->site, text_copy(project->arena, text_after(text_from(real), text_from(content).length + 1)));
    free(real);
    free(content);
    return page;
}

/* A page may be named as seen from content/, from the project or from here. */
static const Page *page_named(const Project *project, Text word)
{
    Text normal;
    const Page *page = path_normal(project->arena, word, &normal) ? site_page(&project->site, normal) : NULL;
    if (!page)
        page = page_at(project, word);
    return page ? page : page_at(project, project_path(project, project->arena, word));
}

/* The end of a path, no longer than what can be compared. */
static Text end_of(Text path)
{
    enum { MOST_BYTES = 48 };
    return text_after(path, path.length > MOST_BYTES ? path.length - MOST_BYTES : 0);
}

/* The published page whose path, or if none is near whose name, is most like `word`. */
static const Page *nearest_page(const Project *project, Text word)
{
    Nearest path = nearest_to(end_of(word)), name = nearest_to(path_name(word));
    const Page *by_path = NULL, *by_name = NULL;
    for (size_t i = 0; i < project->site.pages.count; i++) {
        const Page *page = &project->site.pages.items[i];
        const size_t path_before = path.distance, name_before = name.distance;
        if (page->is_missing || !page_is_published(project, page))
            continue;
        nearest_try(&path, end_of(page->source));
        nearest_try(&name, path_name(page->source));
        by_path = path.distance < path_before ? page : by_path;
        by_name = name.distance < name_before ? page : by_name;
    }
    return by_path ? by_path : by_name;
}

static bool unknown_page(const Handouts *handouts, Text word)
{
    const Project *project = handouts->project;
    const Page *near = nearest_page(project, word);
    diag_file_error(project->diag, word, "there is no page of that name");
    if (near)
        diag_help(project->diag, "did you mean '%.*s'?", TEXT_ARG(near->source));
    else
        diag_help(project->diag, "name it as it stands in content/, as in `desk-basics/2-difficult-situations/2-quiz.yaml`");
    return false;
}

/* A page that was named, and cannot be printed. */
static bool refuse(const Handouts *handouts, const Page *page, const char *why, const char *help)
{
    Diag *diag = handouts->project->diag;
    diag_file_error(diag, handouts->project->sources.items[page->file], "this page is not printed, as it says `%s`", why);
    diag_help(diag, "%s", help);
    return false;
}

static bool add(Handouts *handouts, const Handout *handout)
{
    for (size_t i = 0; i < handouts->count; i++)
        if (text_equal(handouts->items[i].address, handout->address))
            return true;
    *LIST_PUSH(handouts->project->arena, handouts) = *handout;
    return true;
}

static bool add_named(Handouts *handouts, const Handout *named, Text word)
{
    const Project *project = handouts->project;
    const Page *page = page_named(project, word);
    if (!page)
        return unknown_page(handouts, word);
    if (!page_is_published(project, page))
        return refuse(handouts, page, "draft: true", "with `--drafts` pages that are not ready are printed as well");
    if (!page->is_printed)
        return refuse(handouts, page, "print: false", "take that line out of the file to print it");
    return add(handouts, &named[page - project->site.pages.items]);
}

/* A PDF stays Lectern's own as long as its page can be printed. */
static void keep_in_mind(Handouts *handouts, const Handout *named)
{
    const Site *site = &handouts->project->site;
    for (size_t i = 0; i < site->pages.count; i++) {
        const ManifestEntry *known = named[i].address.length ? manifest_find(&handouts->before, named[i].address) : NULL;
        if (known && site->pages.items[i].is_printed)
            manifest_add(&handouts->after, known);
    }
}

bool handouts_list(Handouts *handouts, char *const *words, size_t word_count)
{
    const Project *project = handouts->project;
    const Handout *named = name_pages(handouts);
    bool ok = true;
    for (size_t i = 0; i < word_count; i++)
        ok = add_named(handouts, named, text_from(words[i])) && ok;
    for (size_t i = 0; word_count == 0 && i < project->site.pages.count; i++)
        if (bundles_is_sheet(project, &project->site.pages.items[i]) || named[i].book.parts.count)
            add(handouts, &named[i]);
    keep_in_mind(handouts, named);
    return ok;
}

/* Books. */

bool handouts_make_book(Handouts *handouts, const Handout *handout)
{
    Project *project = handouts->project;
    Arena *arena = arena_open();
    Buffer html = buffer_new(arena);
    Diag *diag = diag_new(arena, &project->sources);
    bool ok = bundle_render(project, &handout->book, arena, diag, &html);
    if (!ok)
        diag_file_error(project->diag, handout->shown, "the book of this could not be made");
    const char *path = text_c_string(arena, handout->html);
    int error = ok ? files_make_folder(text_c_string(arena, path_folder(handout->html))) : 0;
    if (ok && !error)
        error = files_replace(path, buffer_text(&html));
    ok = ok && (!error || diag_file_error(project->diag, handout->html, "cannot be written: %s", files_reason(error)));
    arena_close(arena);
    return ok;
}

void handouts_remove_book(Handouts *handouts, const Handout *handout)
{
    Arena *arena = handouts->project->arena;
    unlink(text_c_string(arena, handout->html));
    if (!text_equal(path_folder(handout->html), handouts->folder))
        rmdir(text_c_string(arena, path_folder(handout->html)));    /* if nothing else is in it */
}

/* Writing. */

static bool is_same(const char *path, Text pdf)
{
    Text before;
    Arena *arena = arena_open();
    const bool same = files_read(arena, path, LARGEST_PDF_BYTES, &before, NULL) == 0 && text_equal(before, pdf);
    arena_close(arena);
    return same;
}

static void remember(Handouts *handouts, const Handout *handout, Text pdf)
{
    struct stat status;
    ManifestEntry entry = {.address = handout->address, .hash = hash_of(pdf)};
    if (lstat(path_of(handouts, handout->address), &status) == 0)
        entry.output = file_stamp(&status);
    ManifestEntry *known = NULL;
    for (size_t i = 0; i < handouts->after.count && !known; i++)
        if (text_equal(handouts->after.items[i].address, handout->address))
            known = &handouts->after.items[i];
    if (known)
        *known = entry;
    else
        manifest_add(&handouts->after, &entry);
}

bool handouts_write(Handouts *handouts, const Handout *handout, Text pdf)
{
    Project *project = handouts->project;
    const char *path = path_of(handouts, handout->address);
    const bool is_ours = manifest_find(&handouts->before, handout->address) || project->options.is_clean;
    if (!is_same(path, pdf)) {
        if (!is_ours && files_exist(path)) {
            diag_file_error(project->diag, text_from(path), "this file stays, as Lectern did not write it");
            diag_help(project->diag, "move it away, or let Lectern write over it with `--clean`");
            return false;
        }
        const int error = files_replace(path, pdf);
        if (error)
            return diag_file_error(project->diag, text_from(path), "cannot be written: %s", files_reason(error));
    }
    remember(handouts, handout, pdf);
    return true;
}

bool handouts_finish(Handouts *handouts)
{
    Project *project = handouts->project;
    manifest_sort(&handouts->after);
    for (size_t i = 0; i < handouts->before.count; i++) {
        const ManifestEntry *old = &handouts->before.items[i];
        if (!manifest_find(&handouts->after, old->address) && manifest_is_untouched(old, path_of(handouts, old->address)))
            unlink(path_of(handouts, old->address));
    }
    if (handouts->folder.length > handouts->root.length)
        rmdir(text_c_string(project->arena, handouts->folder));    /* if nothing is in it */
    const int error = manifest_write(&handouts->after, text_c_string(project->arena, handouts->memory_path));
    return !error || diag_file_error(project->diag, handouts->memory_path, "cannot be written: %s", files_reason(error));
}

void handouts_close(Handouts *handouts)
{
    manifest_close(&handouts->before);
    if (handouts->lock >= 0)
        close(handouts->lock);
}

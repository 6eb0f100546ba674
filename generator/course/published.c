/* published: see published.h. */
#include "published.h"

#include "../base/path.h"
#include "output.h"

#include <stdlib.h>

enum { MOST_BYTES = 256 << 20, EDITION_LENGTH = 16 };

static const char first_line[] = "lectern published 1";

static void add(Arena *arena, Published *list, PublishedFile file)
{
    if (!list->by_address.arena)
        list->by_address = table_new(arena);
    if (table_put(&list->by_address, file.address, (uint32_t)list->count) == TABLE_NOTHING)
        *LIST_PUSH(arena, list) = file;
}

const PublishedFile *published_find(const Published *published, Text address)
{
    const uint32_t index = published->by_address.arena ? table_get(&published->by_address, address) : TABLE_NOTHING;
    return index == TABLE_NOTHING ? NULL : &published->items[index];
}

/* What is in the site. */

static bool is_edition(Text text)
{
    bool is_fine = text.length >= EDITION_LENGTH + 1 && text.bytes[EDITION_LENGTH] == '"';
    for (size_t i = 0; is_fine && i < EDITION_LENGTH; i++)
        is_fine = byte_is_digit(text.bytes[i]) || (text.bytes[i] >= 'a' && text.bytes[i] <= 'f');
    return is_fine;
}

/* The editions of the quizzes on a page, from their data blocks. */
static Text editions_of(Arena *arena, Text html)
{
    static const char key[] = "\"edition\":\"";
    Buffer editions = buffer_new(arena);
    for (Text rest = html; (rest = text_after(rest, text_find(rest, key))).length;) {
        rest = text_after(rest, sizeof key - 1);
        if (!is_edition(rest))
            continue;
        if (editions.length)
            buffer_char(&editions, ',');
        buffer_put(&editions, text_slice(rest, 0, EDITION_LENGTH));
    }
    return editions.length ? buffer_text(&editions) : TEXT("-");
}

static PublishedFile describe(Project *project, const Table *pages, const Table *redirects, Text address, Text bytes, Arena *scratch)
{
    Arena *arena = project->arena;
    const uint32_t index = table_get(pages, address);
    PublishedFile file = {PUBLISHED_FILE, address, TEXT(""), hash_hex(arena, hash_of(bytes)), TEXT("-"), TEXT("-")};
    if (table_get(redirects, address) != TABLE_NOTHING)
        file.kind = PUBLISHED_REDIRECT;
    if (index == TABLE_NOTHING)
        return file;
    const Page *page = &project->site.pages.items[index];
    file.kind = PUBLISHED_PAGE;
    file.title = page->title;
    file.source = hash_hex(arena, page->hash);
    file.editions = text_copy(arena, editions_of(scratch, bytes));
    return file;
}

static bool add_files(Project *project, Published *site, const Table *pages, const Table *redirects, const char *ending)
{
    Manifest manifest;
    bool ok = true;
    Arena *arena = project->arena, *scratch = arena_open();
    manifest_read(arena, text_c_string(arena, output_memory(project, arena, TEXT(""), ending)), &manifest);
    for (size_t i = 0; i < manifest.count; i++) {
        Text bytes;
        const Text address = text_copy(arena, manifest.items[i].address), path = path_join(scratch, output_folder(project, scratch), address);
        const int error = files_read(scratch, text_c_string(scratch, path), (size_t)4 << 30, &bytes, NULL);
        if (error)
            ok = diag_file_error(project->diag, path, "cannot be read: %s", files_reason(error));
        else
            add(arena, site, describe(project, pages, redirects, address, bytes, scratch));
        arena_reset(scratch);
    }
    manifest_close(&manifest);
    arena_close(scratch);
    return ok;
}

static int compare_addresses(const void *left, const void *right)
{
    return text_compare(((const PublishedFile *)left)->address, ((const PublishedFile *)right)->address);
}

bool published_site(Project *project, Published *site)
{
    Table pages = table_new(project->arena), redirects = table_new(project->arena);
    Published all = {0};
    for (uint32_t i = 0; i < project->site.pages.count; i++)
        if (page_is_published(project, &project->site.pages.items[i]))
            table_put(&pages, project->site.pages.items[i].address, i);
    for (uint32_t i = 0; i < project->site.redirects.count; i++)
        table_put(&redirects, project->site.redirects.items[i].address, i);
    const bool ok = add_files(project, &all, &pages, &redirects, "manifest") & add_files(project, &all, &pages, &redirects, "handouts");
    if (all.count)
        qsort(all.items, all.count, sizeof *all.items, compare_addresses);
    *site = (Published){0};
    for (size_t i = 0; i < all.count; i++)
        add(project->arena, site, all.items[i]);
    return ok;
}

/* The list. */

static Text list_path(const Project *project, const Destination *destination)
{
    const Text key = hash_hex(project->arena, hash_of(destination->shown));
    return project_path(project, project->arena, text_format(project->arena, ".lectern/published-%.8s.list", key.bytes));
}

static bool take_word(Text *line, Text *word)
{
    const size_t end = text_find_char(*line, ' ');
    *word = text_slice(*line, 0, end);
    *line = text_after(*line, end < line->length ? end + 1 : end);
    return word->length > 0;
}

/* Files are removed by it: nothing else than what a build can have written is believed. */
static bool is_address(Arena *arena, Text address)
{
    Text normal;
    bool ok = path_normal(arena, address, &normal) && text_equal(address, normal);
    for (size_t i = 0; i < address.length; i++)
        ok = ok && (byte_is_digit(address.bytes[i]) || (address.bytes[i] >= 'a' && address.bytes[i] <= 'z') ||
                    address.bytes[i] == '-' || address.bytes[i] == '.' || address.bytes[i] == '/');
    return ok && address.length && address.bytes[0] != '/';
}

static bool take_line(Arena *arena, Text line, Published *published)
{
    Text kind;
    PublishedFile file;
    const bool ok = take_word(&line, &kind) && kind.length == 1 && take_word(&line, &file.hash) && take_word(&line, &file.source) &&
                    take_word(&line, &file.editions) && take_word(&line, &file.address) && is_address(arena, file.address);
    if (!ok || (kind.bytes[0] != PUBLISHED_PAGE && kind.bytes[0] != PUBLISHED_REDIRECT && kind.bytes[0] != PUBLISHED_FILE))
        return false;
    file.kind = (PublishedKind)kind.bytes[0];
    file.title = line;
    add(arena, published, file);
    return true;
}

bool published_read(Project *project, const Destination *destination, Published *published)
{
    Text rest, line;
    *published = (Published){0};
    const char *path = text_c_string(project->arena, list_path(project, destination));
    bool ok = files_read(project->arena, path, MOST_BYTES, &rest, NULL) == 0 && text_next_line(&rest, &line) && text_is(line, first_line) &&
              text_next_line(&rest, &line) && text_equal(line, destination->shown);
    while (ok && text_next_line(&rest, &line))
        ok = take_line(project->arena, line, published);
    if (!ok)
        *published = (Published){0};
    return ok;
}

/* A title on one line, whatever is in it. */
static void put_title(Buffer *list, Text title)
{
    for (size_t i = 0; i < title.length; i++)
        buffer_char(list, (unsigned char)title.bytes[i] < ' ' ? ' ' : title.bytes[i]);
}

bool published_write(Project *project, const Destination *destination, const Published *published)
{
    Buffer list = buffer_new(project->arena);
    const Text path = list_path(project, destination);
    buffer_format(&list, "%s\n%.*s\n", first_line, TEXT_ARG(destination->shown));
    for (size_t i = 0; i < published->count; i++) {
        const PublishedFile *file = &published->items[i];
        buffer_format(&list, "%c %.*s %.*s %.*s %.*s ", file->kind, TEXT_ARG(file->hash), TEXT_ARG(file->source), TEXT_ARG(file->editions),
                      TEXT_ARG(file->address));
        put_title(&list, file->title);
        buffer_char(&list, '\n');
    }
    const int error = files_replace(text_c_string(project->arena, path), buffer_text(&list));
    return !error || diag_file_error(project->diag, path, "cannot be written: %s", files_reason(error));
}

Published published_both(Arena *arena, const Published *before, const Published *after)
{
    Published both = {0};
    for (size_t i = 0; i < before->count; i++)
        add(arena, &both, before->items[i]);
    for (size_t i = 0; i < after->count; i++) {
        PublishedFile file = after->items[i];
        file.hash = TEXT("-");
        add(arena, &both, file);
    }
    return both;
}

/* What changes. */

static bool is_known(const PublishedFile *file)
{
    return file && !text_is(file->hash, "-");
}

static void compare_page(Arena *arena, Changes *changes, const PublishedFile *before, const PublishedFile *after)
{
    const bool was_page = is_known(before) && before->kind == PUBLISHED_PAGE;
    if (!was_page)
        *LIST_PUSH(arena, &changes->added) = after;
    else if (!text_equal(before->source, after->source))
        *LIST_PUSH(arena, &changes->edited) = after;
    else
        changes->around_count += !text_equal(before->hash, after->hash);
    if (was_page && !text_is(before->editions, "-") && !text_equal(before->editions, after->editions))
        *LIST_PUSH(arena, &changes->answers) = after;
}

Changes published_compare(Arena *arena, const Published *before, const Published *after)
{
    Changes changes = {0};
    for (size_t i = 0; i < after->count; i++) {
        const PublishedFile *file = &after->items[i], *old = published_find(before, file->address);
        if (file->kind == PUBLISHED_PAGE)
            compare_page(arena, &changes, old, file);
        else
            changes.files_new_count += !is_known(old) || !text_equal(old->hash, file->hash);
    }
    for (size_t i = 0; i < before->count; i++) {
        const PublishedFile *file = &before->items[i];
        if (published_find(after, file->address))
            continue;
        *LIST_PUSH(arena, &changes.gone) = file;
        if (!is_known(file))
            continue;
        changes.files_removed_count += file->kind != PUBLISHED_PAGE;
        if (file->kind == PUBLISHED_PAGE)
            *LIST_PUSH(arena, &changes.removed) = file;
        if (file->kind != PUBLISHED_FILE)
            *LIST_PUSH(arena, &changes.vanished) = file;
    }
    return changes;
}

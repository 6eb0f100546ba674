/* examples: see examples.h. */
#include "examples.h"

#include "../base/path.h"
#include "parse.h"
#include "read.h"
#include "workers.h"

#include <stdlib.h>
#include <string.h>

enum { LARGEST_RESULT_BYTES = 4 << 20 };

/* The examples, by the number of their source, and what came of each. */
typedef struct Examples {
    uint32_t *items;
    size_t count, capacity;
    struct Result {
        bool is_fine;    /* `text` is HTML, else messages */
        bool is_lost;
        Text text;
    } *results;
} Examples;

static Examples *examples_at_hand;    /* while workers run: what they do has no argument for it */

/* Making one. */

static Page example_page(Project *project, Arena *arena, uint32_t file)
{
    const Text path = project->sources.items[file];
    return (Page){.source = path_name(path), .folder = TEXT(""), .file = file, .kind = PAGE_PLAIN,
                  .course = SITE_NOWHERE, .module = SITE_NOWHERE, .name_number = SITE_NOWHERE,
                  .previous = SITE_NOWHERE, .next = SITE_NOWHERE,
                  .address = text_format(arena, "%.*s.html", TEXT_ARG(path_stem(path_name(path))))};
}

/* `3:5: error: …`, and below it what would be right. */
static Text messages_of(Arena *arena, Diag *diag)
{
    Buffer messages = buffer_new(arena);
    diag_sort(diag);
    for (size_t i = 0; i < diag->count; i++) {
        const Problem *problem = &diag->items[i];
        if (problem->severity == SEVERITY_ADVICE)
            continue;
        buffer_format(&messages, "%u:%u: %s: %.*s\n", problem->line, problem->column, severity_name(problem->severity), TEXT_ARG(problem->message));
        if (problem->help.length)
            buffer_format(&messages, "  = %.*s\n", TEXT_ARG(problem->help));
    }
    return buffer_text(&messages);
}

static bool render(Project *project, const Page *page, Arena *arena, Diag *diag, Buffer *html)
{
    PageRead read;
    return read_known_page(project, page, arena, diag, &read) && script_render_part(project->script, read.type, html);
}

static void make_one(Project *project, uint32_t item, Arena *arena, Buffer *record)
{
    Page *page = ARENA_NEW(arena, Page);
    *page = example_page(project, arena, examples_at_hand->items[item]);
    Diag *diag = diag_new(arena, &project->sources);
    Buffer html = buffer_new(arena);
    project->here = page->address;
    bool ok = parse_page(project, page, arena, diag);
    if (ok)
        ok = render(project, page, arena, diag_new(arena, &project->sources), &html);
    project->here = TEXT_NONE;
    flat_put_u8(record, ok);
    flat_put_text(record, ok ? buffer_text(&html) : messages_of(arena, diag));
}

static void take_one(Project *project, uint32_t item, FlatReader *record)
{
    const bool is_fine = flat_u8(record);
    examples_at_hand->results[item] = (struct Result){is_fine, false, text_copy(project->arena, flat_text(record))};
}

static void lose_one(Project *project, uint32_t item, const char *why)
{
    examples_at_hand->results[item].is_lost = true;
    diag_file_error(project->diag, project->sources.items[examples_at_hand->items[item]], "this example could not be made: %s", why);
}

/* Finding them. */

static void find_in(Project *project, Text folder, Examples *examples)
{
    FileList files;
    if (files_list(project->arena, text_c_string(project->arena, folder), &files))
        return;
    for (size_t i = 0; i < files.count; i++) {
        const Text name = files.items[i].name, extension = path_extension(name);
        if (!text_is(extension, "md") && !text_is(extension, "yaml"))
            continue;
        *LIST_PUSH(project->arena, examples) = sources_add(&project->sources, path_join(project->arena, folder, name));
    }
}

static Examples *find_all(Project *project)
{
    FileList folders;
    Examples *examples = ARENA_NEW(project->arena, Examples);
    const Text place = project_path(project, project->arena, TEXT("plugins/examples"));
    if (files_list(project->arena, text_c_string(project->arena, place), &folders))
        return examples;
    for (size_t i = 0; i < folders.count; i++)
        find_in(project, path_join(project->arena, place, folders.items[i].name), examples);
    examples->results = ARENA_ARRAY(project->arena, struct Result, examples->count + 1);
    return examples;
}

/* Comparing what came of them. */

static Text beside(Arena *arena, Text path, const char *extension)
{
    return path_join(arena, path_folder(path), text_format(arena, "%.*s.%s", TEXT_ARG(path_stem(path_name(path))), extension));
}

static bool read_result(Arena *arena, Text path, Text *text)
{
    return files_read(arena, text_c_string(arena, path), LARGEST_RESULT_BYTES, text, NULL) == 0;
}

/* The first line in which the two differ, from 1, and what stands there in both. */
static uint32_t first_difference(Text wanted, Text given, Text *wanted_line, Text *given_line)
{
    for (uint32_t line = 1;; line++) {
        const bool has_wanted = text_next_line(&wanted, wanted_line), has_given = text_next_line(&given, given_line);
        if (!has_wanted)
            *wanted_line = TEXT("");
        if (!has_given)
            *given_line = TEXT("");
        if (!has_wanted || !has_given || !text_equal(*wanted_line, *given_line))
            return line;
    }
}

static void report_difference(Project *project, Text path, Text wanted, Text given)
{
    Text wanted_line, given_line;
    const uint32_t line = first_difference(wanted, given, &wanted_line, &given_line);
    diag_line_error(project->diag, path, line, wanted_line, TEXT("the example gives something else here"));
    diag_help(project->diag, "now it is `%.*s`; `lectern check --accept` writes it down", TEXT_ARG(text_trim(given_line)));
}

static bool write_result(Project *project, Text path, Text stale, Text given)
{
    Arena *arena = project->arena;
    const int error = files_replace(text_c_string(arena, path), given);
    if (error)
        return diag_file_error(project->diag, path, "cannot be written: %s", files_reason(error));
    remove(text_c_string(arena, stale));
    return true;
}

/* True when its result was written. */
static bool judge(Project *project, Text path, const struct Result *result, bool accepts)
{
    Arena *arena = project->arena;
    const Text html = beside(arena, path, "html"), messages = beside(arena, path, "messages");
    const Text right = result->is_fine ? html : messages, other = result->is_fine ? messages : html;
    Text wanted, stale;
    const bool has_right = read_result(arena, right, &wanted), has_other = read_result(arena, other, &stale);
    if (has_right && !has_other && text_equal(wanted, result->text))
        return false;
    if (accepts)
        return write_result(project, right, other, result->text);
    if (has_right && !has_other) {
        report_difference(project, right, wanted, result->text);
    } else if (has_other) {
        diag_file_error(project->diag, path, result->is_fine ? "nothing is wrong with this example, but it should be" : "something is wrong with this example");
        const Text first = text_slice(result->text, 0, text_find_char(result->text, '\n'));
        diag_help(project->diag, "it gives `%.*s`; `lectern check --accept` writes it down", TEXT_ARG(first));
    } else {
        diag_file_error(project->diag, path, "nothing says what becomes of this example");
        diag_help(project->diag, "`lectern check --accept` writes it down, as %.*s", TEXT_ARG(path_name(right)));
    }
    return false;
}

size_t examples_check(Project *project, bool accepts)
{
    size_t written = 0;
    Examples *examples = find_all(project);
    uint32_t *items = ARENA_ARRAY(project->arena, uint32_t, examples->count + 1);
    for (size_t i = 0; i < examples->count; i++)
        items[i] = (uint32_t)i;
    if (examples->count == 0)
        return 0;
    examples_at_hand = examples;
    const uint32_t batch = 0;
    workers_run(&(Work){.project = project, .items = items, .item_count = examples->count, .batches = &batch, .batch_count = 1,
                        .work = make_one, .take = take_one, .lost = lose_one});
    examples_at_hand = NULL;
    for (size_t i = 0; i < examples->count; i++)
        if (!examples->results[i].is_lost)
            written += judge(project, project->sources.items[examples->items[i]], &examples->results[i], accepts);
    return written;
}

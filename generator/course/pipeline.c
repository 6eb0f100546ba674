/* pipeline: see pipeline.h. */
#include "pipeline.h"

#include "assets.h"
#include "editions.h"
#include "examples.h"
#include "find.h"
#include "links.h"
#include "load.h"
#include "memory.h"
#include "objects.h"
#include "overviews.h"
#include "parse.h"
#include "parsed.h"
#include "read.h"
#include "render.h"
#include "resolve.h"
#include "settings.h"
#include "tree.h"
#include "unchanged.h"
#include "words.h"
#include "../base/path.h"

#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static Text page_url(void *context, Arena *arena, const Value *object)
{
    const Project *project = context;
    const Page *page = objects_page_of(project, object);
    if (page)
        reads_note_page(project, page, READ_OUTLINE);
    return page ? project_link(project, arena, page->address) : TEXT_NONE;
}

static void overview_read(void *context, Text file)
{
    reads_note(context, READ_OVERVIEW, file);
}

static bool is_site_known(void *context)
{
    return ((const Project *)context)->hashes != NULL;
}

/* Parts are kept for a folder; links that begin with the path of `url` belong to none. */
static Text here(void *context)
{
    const Project *project = context;
    return project->is_anywhere ? TEXT("/anywhere/") : project_here(project);
}

static void begin_notes(void *context, Arena *arena)
{
    reads_begin_part(context, arena);
}

static Text end_notes(void *context)
{
    return reads_end_part(context);
}

static void add_notes(void *context, Text notes)
{
    reads_add(context, notes);
}

static bool page_named(void *context, Arena *arena, Text target, Value *page)
{
    const Project *project = context;
    const LinkTarget found = links_noted(project, arena, project->page->folder, target);
    if (!found.page || !page_is_published(project, found.page))
        return false;
    *page = objects_page(found.page);
    return true;
}

static Value pages_found(void *context, Arena *arena, const Value *place, Text type, Text block)
{
    return find_pages(context, arena, place, type, block);
}

Project *pipeline_open(const BuildOptions *options)
{
    Arena *arena = arena_open();
    Project *project = ARENA_NEW(arena, Project);
    project->arena = arena;
    project->options = *options;
    project->sources.arena = arena;
    project->diag = diag_new(arena, &project->sources);
    project->words = words_open(project);
    project->site.language = TEXT("en");
    project->markdown.is_hidden_block = project_hides_block;
    project->markdown.is_fenced_block = project_is_fenced_block;
    project->markdown.near_fenced_block = project_near_fenced_block;
    project->markdown.context = project;
    return project;
}

void pipeline_close(Project *project)
{
    script_close(project->script);
    tree_close(project->tree);
    store_close(&project->last);
    arena_close(project->arena);
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double end_stage(Project *project, const char *name, double started)
{
    const double now = seconds_now();
    *LIST_PUSH(project->arena, &project->stages) = (Stage){name, now - started};
    return now;
}

static void open_script(Project *project)
{
    const ScriptHost host = {.context = project,
                             .file = project_file,
                             .each_plugin = project_each_plugin,
                             .word = words_get,
                             .client_words = words_for_script,
                             .page_url = page_url,
                             .asset_url = assets_url,
                             .media_url = links_url,
                             .link_url = links_url,
                             .url_in = links_url_in,
                             .is_site_known = is_site_known,
                             .page_named = page_named,
                             .find_pages = pages_found,
                             .page_source = read_fields_source,
                             .keep_edition = editions_keep,
                             .editions = editions_all,
                             .overview_read = overview_read,
                             .here = here,
                             .begin_notes = begin_notes,
                             .end_notes = end_notes,
                             .add_notes = add_notes,
                             .captions = links_captions};
    project->script = script_open(project->arena, &host, project->diag);
}

static bool is_fine(const Project *project)
{
    return project->diag->error_count == 0 && !(project->options.is_strict && diag_count(project->diag, SEVERITY_WARNING));
}

/* What the last build left counts only where all pages would be made alike. */
static void recall(Project *project)
{
    if (!project->next_memory && !project->memory)
        return;
    const Hash environment = memory_environment(project);
    if (project->next_memory)
        project->next_memory->environment = environment;
    if (project->memory && !hash_equal(project->memory->environment, environment))
        project->memory = NULL;
}

/* All that comes before the pages, and those pages that are as they were. */
static bool read_what_is_known(Project *project)
{
    double started = seconds_now();
    const bool is_loaded = load_project(project);
    tree_close(project->tree);
    project->tree = NULL;
    if (!is_loaded)
        return false;
    started = end_stage(project, "load", started);
    open_script(project);
    settings_read_site(project);
    words_load(project);
    recall(project);
    settings_read_courses(project);
    assets_make(project);
    parse_recall(project);
    end_stage(project, "recall", started);
    return true;
}

static void read_rest(Project *project)
{
    double started = seconds_now();
    parse_rest(project);
    started = end_stage(project, "parse", started);
    project->page_count = (uint32_t)project->site.pages.count;
    resolve_site(project);
    keys_hash_site(project);
    overviews_make(project);
    end_stage(project, "resolve", started);
}

/* From pages that are known to those that are written. */
static bool make_site(Project *project, Output *output)
{
    if (output)
        parsed_open(project, output->staging);
    read_rest(project);
    double started = seconds_now();
    const bool is_rendered = is_fine(project) && render_pages(project, output) && is_fine(project);
    parsed_close(project);
    started = end_stage(project, "render", started);
    if (!is_rendered || !output)
        return is_rendered;
    if (!output_is_shown_first(output))
        parse_remember(project);
    bool ok = output_commit(output);
    if (ok && output->is_shown) {
        if (project->shown)
            project->shown(project->shown_context);
        parse_remember(project);
        ok = output_remember(output);
    }
    end_stage(project, "write", started);
    return ok;
}

static bool build(Project *project, Output *output)
{
    return read_what_is_known(project) && make_site(project, output);
}

/* Build what has changed since the last build, if anything has. */
static bool update(Project *project, Output *output)
{
    const double started = seconds_now();
    project->tree = tree_walk(project);
    const Inputs inputs = unchanged_inputs(project, project->tree);
    const bool is_unchanged = unchanged_is(output, &inputs);
    end_stage(project, "compare", started);
    if (is_unchanged)
        return true;
    if (!output_recall(output) || !output_begin(output) || !build(project, output))
        return false;
    unchanged_remember(output, &inputs);
    return true;
}

bool pipeline_run(Project *project, PipelineEnd end)
{
    Output output = {.lock = -1};
    bool ok;
    if (end == PIPELINE_CHECK) {
        ok = build(project, NULL);
        if (project->script)
            project->results_written = examples_check(project, project->options.accepts_examples);
    } else {
        const Text content = project_path(project, project->arena, TEXT("content"));
        project->content = content;
        /* without content/ there is no project, and nothing of ours should appear there */
        if (files_exist(text_c_string(project->arena, content)))
            ok = output_name(project, &output) && output_open(&output) && update(project, &output);
        else
            ok = load_project(project);
        output_close(&output);
    }
    diag_sort(project->diag);
    return ok && is_fine(project);
}

/* A build that waits. */

struct Waiting {
    Project *project;
    Output output;
    Inputs inputs;
};

Waiting *pipeline_wait(Project *project)
{
    Waiting *waiting = ARENA_NEW(project->arena, Waiting);
    waiting->project = project;
    project->content = project_path(project, project->arena, TEXT("content"));
    if (!project_exists(project) || !output_name(project, &waiting->output))
        return NULL;
    project->tree = tree_walk(project);
    waiting->inputs = unchanged_inputs(project, project->tree);
    waiting->inputs.is_settled = false;    /* something will have changed since */
    unchanged_recall(&waiting->output);
    const bool ok = output_recall(&waiting->output) && read_what_is_known(project) && is_fine(project);
    return ok && project->memory ? waiting : NULL;
}

/* Is it a page that was there before, and in the place of whose file there is another now? */
static bool forget_page(Project *project, Text source)
{
    struct stat status;
    const Page *page = site_page(&project->site, source);
    if (!page || page->is_missing || lstat(text_c_string(project->arena, project->sources.items[page->file]), &status) != 0 || !S_ISREG(status.st_mode))
        return false;
    parse_forget(project, (uint32_t)(page - project->site.pages.items), file_stamp(&status));
    return true;
}

bool pipeline_go_on(Waiting *waiting, const TextList *changed, bool *is_fine_now)
{
    Project *project = waiting->project;
    Output *output = &waiting->output;
    for (size_t i = 0; i < changed->count; i++)
        if (!forget_page(project, changed->items[i]))
            return false;
    bool ok = output_lock(project, &output->lock) && output_is_as_recalled(output);
    if (!ok) {
        if (output->lock >= 0)
            close(output->lock);
        return false;
    }
    ok = output_begin(output);
    if (ok)
        project->next_memory->environment = project->memory->environment;
    ok = ok && make_site(project, output);
    if (ok)
        unchanged_remember(output, &waiting->inputs);
    output_close(output);
    diag_sort(project->diag);
    *is_fine_now = ok && is_fine(project);
    return true;
}

bool pipeline_load_plugins(Project *project)
{
    project->is_nowhere = !project_exists(project);
    open_script(project);
    diag_sort(project->diag);
    return project->diag->error_count == 0;
}

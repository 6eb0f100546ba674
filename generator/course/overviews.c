/* overviews: see overviews.h. */
#include "overviews.h"

#include "memory.h"
#include "read.h"
#include "workers.h"

/* The site as the front page shows it. */
static bool make(Project *project, uint32_t file, Arena *arena, Diag *diag, Text *overview)
{
    PageRead read;
    /* what is wrong with the front page was said when it was parsed */
    Diag *said = diag_new(arena, &project->sources);
    if (!read_page(project, &project->site.pages.items[project->site.page], arena, said, &read))
        return diag_file_error(diag, script_file_path(project->script, file), "the front page changed while the site was being built");
    said->count = said->error_count = 0;
    const bool ok = script_call_site(project->script, file, overview);
    for (size_t i = 0; i < said->count; i++)
        *LIST_PUSH(arena, diag) = said->items[i];
    diag->error_count += said->error_count;
    return ok;
}

static void make_one(Project *project, uint32_t file, Arena *arena, Buffer *record)
{
    Diag *diag = diag_new(arena, &project->sources);
    Text overview = TEXT("");
    Reads reads;
    reads_begin(project, &reads, arena);
    make(project, file, arena, diag, &overview);
    reads_end(project);
    memory_output_put(project, arena, &reads, diag, record);
    flat_put_text(record, overview);
}

/* What is remembered of one among the outputs. */
static Text memory_name(Project *project, uint32_t file)
{
    return text_format(project->arena, "overview/%.*s", TEXT_ARG(script_file_name(project->script, file)));
}

static void take(Project *project, uint32_t file, const OutputMemory *output)
{
    FlatReader overview = flat_reader(output->made);
    memory_take_problems(project, output->problems);
    if (output->made.length)
        script_set_overview(project->script, file, flat_value(project->arena, &overview), hash_of(output->made));
    if (project->next_memory)
        memory_put_output(project->next_memory, output);
}

static void take_one(Project *project, uint32_t file, FlatReader *record)
{
    OutputMemory output = memory_output_take(record);
    output.name = memory_name(project, file);
    output.made = text_copy(project->arena, flat_text(record));
    take(project, file, &output);
}

static void lose_one(Project *project, uint32_t file, const char *why)
{
    diag_file_error(project->diag, script_file_path(project->script, file), "it could not look over the site: %s", why);
}

/* What a page that could not be read knows of itself is not known. */
static bool is_whole(const Project *project)
{
    for (size_t i = 0; i < project->site.pages.count; i++)
        if (!project->site.pages.items[i].is_read && page_is_published(project, &project->site.pages.items[i]))
            return false;
    return true;
}

void overviews_make(Project *project)
{
    const size_t count = script_file_count(project->script);
    uint32_t *items = ARENA_ARRAY(project->arena, uint32_t, count + 1);
    uint32_t *batches = ARENA_ARRAY(project->arena, uint32_t, count + 1);
    size_t item_count = 0;
    if (!is_whole(project))
        return;
    for (size_t i = 0; i < count; i++) {
        if (!script_file_has_site(project->script, i))
            continue;
        const OutputMemory *known = memory_output(project, project->arena, memory_name(project, (uint32_t)i));
        if (known) {
            take(project, (uint32_t)i, known);
            continue;
        }
        batches[item_count] = (uint32_t)item_count;
        items[item_count++] = (uint32_t)i;
    }
    workers_run(&(Work){.project = project, .items = items, .item_count = item_count, .batches = batches, .batch_count = item_count,
                        .work = make_one, .take = take_one, .lost = lose_one});
}

/* render: see render.h. */
#include "render.h"

#include "bundles.h"
#include "memory.h"
#include "outputs.h"
#include "parse.h"
#include "parts.h"
#include "workers.h"

static void put_entry(Buffer *record, const ManifestEntry *entry, bool is_new)
{
    flat_put_u8(record, is_new);
    manifest_entry_put(entry, record);
}

/* A page that is made. */
typedef struct Making {
    PageRead read;
    Diag *said;    /* what is said of it */
    Buffer html;
} Making;

static bool make_page(Project *project, uint32_t index, Arena *arena, Diag *diag, Making *making)
{
    const Page *page = &project->site.pages.items[index];
    /* what is wrong with the source was said when it was parsed */
    Diag *said = making->said = diag_new(arena, &project->sources);
    if (!read_known_page(project, page, arena, said, &making->read) ||
        (!page->is_missing && !hash_equal(making->read.hash, page->hash)))
        return diag_file_error(diag, project->sources.items[page->file], "changed while the site was being built");
    said->count = said->error_count = 0;
    const bool ok = script_render(project->script, making->read.type, parts_is_wanted(project, index), &making->html);
    for (size_t i = 0; i < said->count; i++)
        *LIST_PUSH(arena, diag) = said->items[i];
    diag->error_count += said->error_count;
    return ok;
}

/* True when its part is wanted as well, and can be made. */
static bool render_page(Project *project, uint32_t index, Arena *arena, Diag *diag, Buffer *record, Making *making)
{
    const Page *page = &project->site.pages.items[index];
    ManifestEntry entry;
    bool is_new;
    *making = (Making){.html = buffer_new(arena)};
    buffer_reserve(&making->html, 64 * 1024);
    if (!make_page(project, index, arena, diag, making))
        return false;
    if (project->output && output_write(project->output, arena, page->address, buffer_text(&making->html), diag, &entry, &is_new))
        put_entry(record, &entry, is_new);
    return parts_is_wanted(project, index);
}

/* A page at an old address, which leads to the new one. */
static bool make_redirect(Project *project, const Redirect *redirect, Arena *arena, Diag *diag, Buffer *html)
{
    PageRead read;
    Page *here = ARENA_NEW(arena, Page);
    const Page *target = &project->site.pages.items[redirect->page];
    if (!read_known_page(project, target, arena, diag, &read))
        return false;
    *here = *target;
    here->address = redirect->address;
    project->page = here;
    return script_render_template(project->script, TEXT("redirect.html"), html);
}

/* What a plugin makes is written as it comes. */
typedef struct Writing {
    Project *project;
    Arena *arena;
    Diag *diag;
    Buffer *made;
} Writing;

static void write_output(void *context, Text address, Text bytes)
{
    const Writing *writing = context;
    ManifestEntry entry;
    bool is_new;
    Project *project = writing->project;
    if (project->output && output_write(project->output, writing->arena, address, bytes, writing->diag, &entry, &is_new))
        put_entry(writing->made, &entry, is_new);
}

/* What an item of the work list is: a page, a medium, an asset, a redirect, a bundle or a plugin's file, in
 * this order. */
typedef struct Places {
    size_t media, assets, redirects, bundles, files;    /* the first item of each kind */
} Places;

static Places places_of(const Project *project)
{
    const Site *site = &project->site;
    Places places = {.media = site->pages.count};
    places.assets = places.media + site->media.count;
    places.redirects = places.assets + project->assets.count;
    places.bundles = places.redirects + site->redirects.count;
    places.files = places.bundles + project->bundles.count;
    return places;
}

/* The name under which an item is remembered; "" when it is not made from the site, but copied. */
static Text name_of(const Project *project, Arena *arena, uint32_t item)
{
    const Places places = places_of(project);
    if (item < places.media)
        return project->site.pages.items[item].address;
    if (item < places.redirects)
        return TEXT("");
    if (item < places.bundles)
        return project->site.redirects.items[item - places.redirects].address;
    if (item < places.files)
        return project->bundles.items[item - places.bundles].address;
    return text_format(arena, "outputs/%.*s", TEXT_ARG(script_file_name(project->script, item - places.files)));
}

static bool make_one(Project *project, uint32_t item, Arena *arena, Diag *diag, ManifestEntry *entry, bool *is_new)
{
    const Places places = places_of(project);
    Buffer html = buffer_new(arena);
    if (item < places.assets)
        return output_copy(project->output, arena, &project->site.media.items[item - places.media], diag, entry, is_new);
    if (item < places.redirects) {
        const Asset *asset = &project->assets.items[item - places.assets];
        return output_write(project->output, arena, asset->name, asset->text, diag, entry, is_new);
    }
    if (item >= places.bundles) {
        const Bundle *bundle = &project->bundles.items[item - places.bundles];
        return bundle_render(project, bundle, arena, diag, &html) &&
               output_write(project->output, arena, bundle->address, buffer_text(&html), diag, entry, is_new);
    }
    const Redirect *redirect = &project->site.redirects.items[item - places.redirects];
    return make_redirect(project, redirect, arena, diag, &html) &&
           output_write(project->output, arena, redirect->address, buffer_text(&html), diag, entry, is_new);
}

static void render_one(Project *project, uint32_t item, Arena *arena, Buffer *record)
{
    Diag *diag = diag_new(arena, &project->sources);
    const Places places = places_of(project);
    ManifestEntry entry;
    Reads reads;
    Making page;
    bool is_new = false, is_part_wanted = false;
    Buffer made = buffer_new(arena);
    reads_begin(project, &reads, arena);
    if (item < places.media)
        is_part_wanted = render_page(project, item, arena, diag, &made, &page);
    else if (item >= places.files)
        outputs_make(project, item - places.files, arena, diag, write_output, &(Writing){project, arena, diag, &made});
    else if (make_one(project, item, arena, diag, &entry, &is_new))
        put_entry(&made, &entry, is_new);
    reads_end(project);
    memory_output_put(project, arena, &reads, diag, record);
    flat_put_text(record, buffer_text(&made));
    if (is_part_wanted)
        parts_keep(project, item, page.read.type, reads_bytes(arena, &reads), arena, page.said);
}

/* The same address where it stays: nearly always that of the item itself. */
static Text lasting(const Project *project, uint32_t item, Text address)
{
    const Places places = places_of(project);
    Text known = TEXT("");
    if (item < places.media)
        known = project->site.pages.items[item].address;
    else if (item < places.assets)
        known = project->site.media.items[item - places.media].address;
    else if (item >= places.bundles && item < places.files)
        known = project->bundles.items[item - places.bundles].address;
    return text_equal(known, address) ? known : text_copy(project->arena, address);
}

/* Take in a file that stands in the output, made now or by the last build. */
static void take_entry(Project *project, const ManifestEntry *entry, bool is_new)
{
    manifest_add(&project->output->after, entry);
    project->files_written += is_new;
    project->files_unchanged += !is_new;
    project->bytes_written += is_new ? entry->output.size : 0;
}

static void take_output(Project *project, const OutputMemory *output)
{
    memory_take_problems(project, output->problems);
    if (output->name.length && project->next_memory)
        memory_put_output(project->next_memory, output);
}

static void take_one(Project *project, uint32_t item, FlatReader *record)
{
    Arena *arena = arena_open();
    OutputMemory output = memory_output_take(record);
    FlatReader made = flat_reader(flat_text(record));
    Buffer addresses = buffer_new(arena);
    while (!flat_is_at_end(&made)) {
        const bool is_new = flat_u8(&made);
        ManifestEntry entry = manifest_entry_take(&made);
        entry.address = lasting(project, item, entry.address);
        take_entry(project, &entry, is_new);
        flat_put_text(&addresses, entry.address);
    }
    output.name = name_of(project, arena, item);
    output.made = buffer_text(&addresses);
    take_output(project, &output);
    arena_close(arena);
}

static bool is_there(Project *project, Arena *arena, const OutputMemory *output)
{
    FlatReader made = flat_reader(output->made);
    bool ok = true;
    while (ok && !flat_is_at_end(&made))
        ok = output_untouched(project->output, arena, flat_text(&made)) != NULL;
    return ok;
}

static bool recall_medium(Project *project, const Medium *medium, Arena *arena)
{
    const ManifestEntry *entry = output_copied(project->output, arena, medium);
    if (entry)
        take_entry(project, entry, false);
    return entry != NULL;
}

/* Was the item made by the last build, and would be the same again?  Then it is taken as it is. */
static bool recall(Project *project, uint32_t item, Arena *arena)
{
    const Places places = places_of(project);
    arena_reset(arena);
    if (item >= places.media && item < places.assets)
        return recall_medium(project, &project->site.media.items[item - places.media], arena);
    const Text name = name_of(project, arena, item);
    const OutputMemory *output = name.length ? memory_output(project, arena, name) : NULL;
    if (!output || !is_there(project, arena, output))
        return false;
    for (FlatReader made = flat_reader(output->made); !flat_is_at_end(&made);)
        take_entry(project, manifest_find(&project->output->before, flat_text(&made)), false);
    take_output(project, output);
    return true;
}

static void lose_one(Project *project, uint32_t item, const char *why)
{
    const Site *site = &project->site;
    const Text path = item < site->pages.count ? project->sources.items[site->pages.items[item].file] : TEXT("media");
    diag_file_error(project->diag, path, "this page could not be made: %s", why);
}

/* The work that is left once what is remembered has been taken. */
typedef struct Plan {
    Arena *arena;
    uint32_t *items, *batches;
    size_t item_count, batch_count;
    size_t batch_start;    /* the first item of the batch at hand */
    bool *has_bundle;      /* by bundle: it has been added */
} Plan;

/* Unless it is as it was, `item` belongs to the batch at hand, which a worker does alone. */
static void add_item(Project *project, Plan *plan, uint32_t item, Arena *arena)
{
    const Places places = places_of(project);
    if (project->output && recall(project, item, arena))
        return;
    plan->items[plan->item_count++] = item;
    if (item >= places.bundles && item < places.files)
        parts_want(project, &project->bundles.items[item - places.bundles].parts);
}

static void end_batch(Plan *plan)
{
    if (plan->item_count > plan->batch_start)
        plan->batches[plan->batch_count++] = (uint32_t)plan->batch_start;
    plan->batch_start = plan->item_count;
}

/* What the page that stands for a folder owns: nearly all that it is made of is made by the same worker. */
static void add_bundles_of(Project *project, Plan *plan, Text folder, Arena *arena)
{
    size_t count = 0;
    const uint32_t owner = table_get(&project->site.by_folder, folder);
    const bool is_module = owner != TABLE_NOTHING && project->site.pages.items[owner].kind == PAGE_MODULE;
    const size_t first = is_module && project->output ? project_bundles_of(project, owner, &count) : 0;
    for (size_t i = first; i < first + count; i++) {
        plan->has_bundle[i] = true;
        add_item(project, plan, (uint32_t)(places_of(project).bundles + i), arena);
    }
}

static void add_pages(Project *project, Plan *plan, Arena *arena)
{
    const PageOrder order = parse_order(project, plan->arena, true);
    for (size_t i = 0; i < order.batch_count; i++) {
        const size_t end = i + 1 < order.batch_count ? order.batches[i + 1] : order.item_count;
        for (size_t j = order.batches[i]; j < end; j++)
            add_item(project, plan, order.items[j], arena);
        add_bundles_of(project, plan, project->site.pages.items[order.items[order.batches[i]]].folder, arena);
        end_batch(plan);
    }
}

/* Bundles of courses, which have many pages in them; then media that are used, assets and redirects, which are small. */
static void add_others(Project *project, Plan *plan, Arena *arena)
{
    enum { SMALL_AT_ONCE = 200 };
    const Places places = places_of(project);
    for (uint32_t item = (uint32_t)places.bundles; item < places.files; item++) {
        if (!plan->has_bundle[item - places.bundles])
            add_item(project, plan, item, arena);
        end_batch(plan);
    }
    for (uint32_t item = (uint32_t)places.media; item < places.bundles; item++) {
        if (item >= places.assets || project->site.media.items[item - places.media].is_used)
            add_item(project, plan, item, arena);
        if (plan->item_count - plan->batch_start >= SMALL_AT_ONCE)
            end_batch(plan);
    }
    end_batch(plan);
}

static void add_files(Project *project, Plan *plan, Arena *arena)
{
    const Places places = places_of(project);
    for (size_t i = 0; i < script_file_count(project->script); i++) {
        const uint32_t item = (uint32_t)(places.files + i);
        if (script_file_has_outputs(project->script, i))
            add_item(project, plan, item, arena);
        end_batch(plan);
    }
}

bool render_pages(Project *project, Output *output)
{
    const size_t most = places_of(project).files + script_file_count(project->script) + 1;
    Arena *arena = arena_open(), *plans = arena_open();
    Plan plan = {.arena = plans,
                 .items = arena_bytes(plans, most * sizeof *plan.items),
                 .batches = arena_bytes(plans, most * sizeof *plan.batches),
                 .has_bundle = ARENA_ARRAY(plans, bool, project->bundles.count + 1)};
    project->output = output;
    if (output)
        LIST_RESERVE(project->arena, &output->after, most);
    if (output && project->bundles.count)
        parts_open(project, output->staging);
    add_pages(project, &plan, arena);
    if (output)
        add_others(project, &plan, arena);
    add_files(project, &plan, arena);
    arena_close(arena);
    workers_run(&(Work){.project = project, .items = plan.items, .item_count = plan.item_count, .batches = plan.batches,
                        .batch_count = plan.batch_count, .doing = "making", .work = render_one, .take = take_one, .lost = lose_one});
    parts_close(project);
    arena_close(plans);
    return project->diag->error_count == 0;
}

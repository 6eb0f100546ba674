/* render: see render.h. */
#include "render.h"

#include "bundles.h"
#include "outputs.h"
#include "parse.h"
#include "read.h"
#include "workers.h"

static void put_entry(Buffer *record, const ManifestEntry *entry, bool is_new)
{
    flat_put_u8(record, is_new);
    manifest_entry_put(entry, record);
}

static bool make_page(Project *project, const Page *page, Arena *arena, Diag *diag, Buffer *html)
{
    PageRead read;
    /* what is wrong with the source was said when it was parsed */
    Diag *said = diag_new(arena, &project->sources);
    if (!read_page(project, page, arena, said, &read))
        return diag_file_error(diag, project->sources.items[page->file], "changed while the site was being built");
    if (!page->is_missing && !hash_equal(read.hash, page->hash))
        return diag_file_error(diag, project->sources.items[page->file], "changed while the site was being built");
    said->count = said->error_count = 0;
    const bool ok = script_render(project->script, read.type, html);
    for (size_t i = 0; i < said->count; i++)
        *LIST_PUSH(arena, diag) = said->items[i];
    diag->error_count += said->error_count;
    return ok;
}

static void render_page(Project *project, uint32_t index, Arena *arena, Diag *diag, Buffer *record)
{
    const Page *page = &project->site.pages.items[index];
    ManifestEntry entry;
    bool is_new;
    Buffer html = buffer_new(arena);
    buffer_reserve(&html, 64 * 1024);
    const bool ok = make_page(project, page, arena, diag, &html);
    if (ok && project->output && output_write(project->output, arena, page->address, buffer_text(&html), diag, &entry, &is_new))
        put_entry(record, &entry, is_new);
}

/* A page at an old address, which leads to the new one. */
static bool make_redirect(Project *project, const Redirect *redirect, Arena *arena, Diag *diag, Buffer *html)
{
    PageRead read;
    Page *here = ARENA_NEW(arena, Page);
    const Page *target = &project->site.pages.items[redirect->page];
    if (!read_page(project, target, arena, diag, &read))
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
static void render_one(Project *project, uint32_t item, Arena *arena, Buffer *record)
{
    Diag *diag = diag_new(arena, &project->sources);
    const Site *site = &project->site;
    const size_t media = site->pages.count, assets = media + site->media.count, redirects = assets + project->assets.count;
    const size_t bundles = redirects + site->redirects.count, files = bundles + project->bundles.count;
    ManifestEntry entry;
    bool is_new = false, ok = false;
    Buffer made = buffer_new(arena), html = buffer_new(arena);
    if (item < media) {
        render_page(project, item, arena, diag, &made);
    } else if (item < assets) {
        ok = output_copy(project->output, arena, &site->media.items[item - media], diag, &entry, &is_new);
    } else if (item < redirects) {
        const Asset *asset = &project->assets.items[item - assets];
        ok = output_write(project->output, arena, asset->name, asset->text, diag, &entry, &is_new);
    } else if (item >= files) {
        outputs_make(project, item - files, arena, diag, write_output, &(Writing){project, arena, diag, &made});
    } else if (item >= bundles) {
        const Bundle *bundle = &project->bundles.items[item - bundles];
        ok = bundle_render(project, bundle, arena, diag, &html) &&
             output_write(project->output, arena, bundle->address, buffer_text(&html), diag, &entry, &is_new);
    } else {
        const Redirect *redirect = &site->redirects.items[item - redirects];
        ok = make_redirect(project, redirect, arena, diag, &html) &&
             output_write(project->output, arena, redirect->address, buffer_text(&html), diag, &entry, &is_new);
    }
    if (ok)
        put_entry(&made, &entry, is_new);
    flat_put_text(record, buffer_text(&made));
    diag_put(diag, record);
}

static void take_one(Project *project, uint32_t item, FlatReader *record)
{
    FlatReader made = flat_reader(flat_text(record));
    (void)item;
    while (!flat_is_at_end(&made)) {
        const bool is_new = flat_u8(&made);
        const ManifestEntry entry = manifest_entry_take(&made);
        manifest_add(&project->output->after, &entry);
        project->files_written += is_new;
        project->files_unchanged += !is_new;
        project->bytes_written += is_new ? entry.output.size : 0;
    }
    diag_take(project->diag, record);
}

static void lose_one(Project *project, uint32_t item, const char *why)
{
    const Site *site = &project->site;
    const Text path = item < site->pages.count ? project->sources.items[site->pages.items[item].file] : TEXT("media");
    diag_file_error(project->diag, path, "this page could not be made: %s", why);
}

bool render_pages(Project *project, Output *output)
{
    const Site *site = &project->site;
    PageOrder order = parse_order(project, true);
    const size_t others = site->media.count + project->assets.count + site->redirects.count;
    const size_t bundles = output ? project->bundles.count : 0;
    const size_t files = script_file_count(project->script), before_files = site->pages.count + others + project->bundles.count;
    const size_t most = order.item_count + others + bundles + files + 1;
    uint32_t *items = ARENA_ARRAY(project->arena, uint32_t, most);
    uint32_t *batches = ARENA_ARRAY(project->arena, uint32_t, most + 1);
    size_t item_count = 0, batch_count = 0;
    project->output = output;
    for (size_t i = 0; i < order.batch_count; i++)
        batches[batch_count++] = order.batches[i];
    for (; item_count < order.item_count; item_count++)
        items[item_count] = order.items[item_count];
    if (output)
        batches[batch_count++] = (uint32_t)item_count;
    for (size_t i = 0; output && i < site->media.count; i++)
        if (site->media.items[i].is_used)
            items[item_count++] = (uint32_t)(site->pages.count + i);
    for (size_t i = site->media.count; output && i < others; i++)
        items[item_count++] = (uint32_t)(site->pages.count + i);
    for (size_t i = 0; i < bundles; i++) {
        batches[batch_count++] = (uint32_t)item_count;    /* each has many pages in it */
        items[item_count++] = (uint32_t)(site->pages.count + others + i);
    }
    for (size_t i = 0; i < files; i++) {
        if (!script_file_has_outputs(project->script, i))
            continue;
        batches[batch_count++] = (uint32_t)item_count;
        items[item_count++] = (uint32_t)(before_files + i);
    }
    const Work work = {.project = project,
                       .items = items,
                       .item_count = item_count,
                       .batches = batches,
                       .batch_count = batch_count,
                       .work = render_one,
                       .take = take_one,
                       .lost = lose_one};
    workers_run(&work);
    return project->diag->error_count == 0;
}

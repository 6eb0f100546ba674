/* parse: see parse.h. */
#include "parse.h"

#include "advice.h"
#include "../base/path.h"
#include "memory.h"
#include "objects.h"
#include "parsed.h"
#include "workers.h"

/* Room for the order of so many pages; what is not used is not touched. */
static PageOrder order_new(Arena *arena, size_t count)
{
    const size_t bytes = (count + 1) * sizeof(uint32_t);
    return (PageOrder){.items = arena_bytes(arena, bytes), .batches = arena_bytes(arena, bytes)};
}

PageOrder parse_order(const Project *project, Arena *arena, bool published_only)
{
    const Site *site = &project->site;
    PageOrder order = order_new(arena, site->pages.count);
    Text folder = TEXT_NONE;
    for (size_t i = 0; i < site->pages.count; i++) {
        const size_t index = project->options.in_reverse ? site->pages.count - 1 - i : i;
        const Page *page = &site->pages.items[index];
        if (published_only && !page_is_published(project, page))
            continue;
        if (order.item_count == 0 || !text_equal(folder, page->folder))
            order.batches[order.batch_count++] = (uint32_t)order.item_count;
        folder = page->folder;
        order.items[order.item_count++] = (uint32_t)index;
    }
    return order;
}

/* From what was read to the record. */

static Text text_of(const Value *fields, const char *key)
{
    const Value *value = value_get(fields, key);
    return value && value->kind == VALUE_TEXT ? value->text : TEXT("");
}

static bool bool_of(const Value *fields, const char *key, bool otherwise)
{
    const Value *value = value_get(fields, key);
    return value && value->kind == VALUE_BOOL ? value->boolean : otherwise;
}

static TextList texts_of(Arena *arena, const Value *fields, const char *key)
{
    TextList list = {0};
    const Value *value = value_get(fields, key);
    for (size_t i = 0; value && value->kind == VALUE_LIST && i < value->list.count; i++)
        if (value->list.items[i].kind == VALUE_TEXT)
            *LIST_PUSH(arena, &list) = value->list.items[i].text;
    return list;
}

static LinkList links_of(Arena *arena, const Value *fields, const char *key)
{
    LinkList list = {0};
    const Value *value = value_get(fields, key);
    for (size_t i = 0; value && value->kind == VALUE_LIST && i < value->list.count; i++)
        if (value->list.items[i].kind == VALUE_TEXT)
            *LIST_PUSH(arena, &list) = (Link){.target = value->list.items[i].text, .pos = value->list.items[i].pos};
    return list;
}

/* Past the block at `index` if the headings in it are its own, as the rows of a table are. */
static uint32_t past_own_headings(const Project *project, const Document *body, uint32_t index)
{
    const Piece *piece = &body->items[index];
    const Plugin *plugin = piece->kind == PIECE_BLOCK ? script_block(project->script, piece->block->name) : NULL;
    const bool is_hidden = plugin && (plugin->hides_headings || (plugin->is_private && !project->options.is_facilitator));
    return is_hidden ? piece->end - 1 : index;
}

static void add_place(Diag *diag, Text id, Pos pos, Buffer *headings)
{
    Heading other;
    for (FlatReader before = flat_reader(buffer_text(headings)); heading_next(&before, &other);)
        if (text_equal(other.id, id))
            diag_error(diag, pos, "two places of this page have the id '%.*s'", TEXT_ARG(id));
    heading_put(&(Heading){0, id, TEXT("")}, headings);
}

static Text all_headings(const Project *project, Arena *arena, Diag *diag, const PageRead *read)
{
    const Document *body = read->body;
    Buffer headings = buffer_new(arena);
    uint8_t before = 1;    /* the page's title */
    for (uint32_t i = read->body_from; body && i < body->count; i++) {
        const Piece *piece = &body->items[i];
        if ((piece->kind == PIECE_BLOCK || piece->kind == PIECE_INLINE) && piece->block->attributes.id.length)
            add_place(diag, piece->block->attributes.id, (Pos){body->file, piece->offset}, &headings);
        i = past_own_headings(project, body, i);
        if (piece->kind != PIECE_HEADING)
            continue;
        const uint8_t level = (uint8_t)(piece->level + read->heading_shift);
        heading_put(&(Heading){level, piece->heading.id, piece->heading.text}, &headings);
        advice_heading(project, diag, (Pos){body->file, piece->offset}, before, level);
        before = level;
    }
    return buffer_text(&headings);
}

static void collect_links(const Project *project, Arena *arena, Diag *diag, const Page *page, const Document *document, Buffer *links)
{
    uint32_t hidden_end = 0;    /* where the hidden block at hand ends */
    for (uint32_t i = 0; i < document->count; i++) {
        const Piece *piece = &document->items[i];
        if (piece->kind == PIECE_BLOCK && project_hides_block((void *)project, piece->block->name) && piece->end > hidden_end)
            hidden_end = piece->end;
        const bool is_image = piece->kind == PIECE_IMAGE || (piece->kind == PIECE_ADDRESS && piece->is_image);
        if (piece->kind != PIECE_LINK && piece->kind != PIECE_ADDRESS && !is_image)
            continue;
        const Pos pos = {document->file, piece->offset};
        link_put(&(Link){piece->link.target, pos, is_image, i < hidden_end}, links);
        if (piece->kind == PIECE_LINK)
            advice_link(project, arena, diag, document, i, page->language.length ? page->language : project->site.language);
        if (piece->kind != PIECE_IMAGE || piece->link.alt.length)
            continue;
        diag_error(diag, pos, "this picture has no description for those who do not see it");
        diag_help(diag, "write what it shows: `![a printer with a red light](%.*s)`; a mere decoration gets one blank: `![ ](...)`",
                  TEXT_ARG(piece->link.target));
    }
}

static Text all_links(const Project *project, Arena *arena, Diag *diag, const Page *page, const PageRead *read)
{
    Buffer links = buffer_new(arena);
    if (read->body)
        collect_links(project, arena, diag, page, read->body, &links);
    for (size_t i = 0; i < read->checked.documents.count; i++)
        collect_links(project, arena, diag, page, read->checked.documents.items[i], &links);
    if (read->title_is_written && read->title_html.document)
        collect_links(project, arena, diag, page, read->title_html.document, &links);
    for (size_t i = 0; i < read->checked.links.count; i++) {
        const FieldLink *link = &read->checked.links.items[i];
        link_put(&(Link){link->target, link->pos, link->is_media, link->is_hidden}, &links);
    }
    return buffer_text(&links);
}

static Text fallback_title(Project *project, Arena *arena, const Page *page)
{
    const Course *course = site_course_of(&project->site, page);
    if (page->kind == PAGE_SITE)
        return project->site.title;
    if (page->kind == PAGE_COURSE)
        return course->title;
    if (page->kind != PAGE_MODULE)
        return TEXT("");
    const Text slug = site_module_of(&project->site, page)->slug;
    char *title = text_c_string(arena, slug);
    for (char *byte = title; *byte; byte++)
        if (*byte == '-')
            *byte = ' ';
    if (*title >= 'a' && *title <= 'z')
        *title = (char)(*title - 'a' + 'A');
    return text_from(title);
}

static void fill_record(Project *project, Arena *arena, Diag *diag, Page *page, const PageRead *read)
{
    const Value *fields = &read->fields;
    const Value *minutes = value_get(fields, "minutes"), *order = value_get(fields, "order");
    const bool can_be_done = read->type->done.length && !text_is(read->type->done, "none");
    page->title = read->title.length ? read->title : fallback_title(project, arena, page);
    page->type = read->type->name;
    page->done = read->type->done;
    page->id = text_of(fields, "id");
    page->id_pos = page->id.length ? value_get(fields, "id")->pos : POS_NONE;
    page->summary = text_of(fields, "summary");
    page->to_do = text_of(fields, "to-do");
    page->language = text_of(fields, "language");
    page->is_draft = bool_of(fields, "draft", false);
    page->is_printed = bool_of(fields, "print", true);
    page->counts = can_be_done && bool_of(fields, "counts", page->kind == PAGE_PLAIN && page->module != SITE_NOWHERE);
    if (!can_be_done && bool_of(fields, "counts", false))
        diag_warn(diag, value_get(fields, "counts")->pos, "a page of the type '%.*s' cannot be done, so it does not count",
                  TEXT_ARG(page->type));
    page->minutes = minutes && minutes->kind == VALUE_INT ? (uint32_t)minutes->integer : 0;
    page->has_order = order && order->kind == VALUE_INT;
    page->order = page->has_order ? order->integer : 0;
    page->objectives = texts_of(arena, fields, "objectives");
    page->requires = links_of(arena, fields, "requires");
    page->old_addresses = texts_of(arena, fields, "old-addresses");
    page->word_count = read->body ? read->body->word_count : 0;
    page->hash = read->hash;
    page->headings = all_headings(project, arena, diag, read);
    page->links = all_links(project, arena, diag, page, read);
}

static bool check_page(Project *project, Diag *diag, const Page *page, PageRead *read)
{
    bool ok = true;
    if (read->body)
        ok = script_check_blocks(project->script, read->body, &read->checked);
    for (size_t i = 0; i < read->checked.documents.count; i++)
        ok = script_check_blocks(project->script, read->checked.documents.items[i], &read->checked) && ok;
    if (read->title.length == 0 && page->kind == PAGE_PLAIN && !read->is_partial && !read->title_is_written) {
        ok = diag_error(diag, (Pos){page->file, 0}, "this page has no title");
        diag_help(diag, read->body ? "write `title: ...` in its front matter, or begin it with a heading" : "write `title: ...` at its top");
    }
    return ok;
}

bool parse_page(Project *project, Page *page, Arena *arena, Diag *diag)
{
    PageRead read;
    bool ok = read_page(project, page, arena, diag, &read);
    if (read.type) {
        const size_t errors = diag->error_count;
        ok = check_page(project, diag, page, &read) && ok;
        fill_record(project, arena, diag, page, &read);
        if (field_is_sound(read.type->fields, &read.fields)) {
            const Value self = objects_page(page);
            project->page = page;
            ok = script_call_check(project->script, read.type, &self, &read.fields) && ok;
            ok = script_call_facts(project->script, read.type, &read.checked, &page->facts) && ok;
        }
        ok = ok && diag->error_count == errors;
    }
    page->is_read = ok;
    if (ok)
        parsed_keep(project, page, arena, &read);
    return ok;
}

static void parse_one(Project *project, uint32_t index, Arena *arena, Buffer *record)
{
    Page *page = ARENA_NEW(arena, Page);
    *page = project->site.pages.items[index];
    Diag *diag = diag_new(arena, &project->sources);
    Reads reads;
    ReadKeys keys;
    Buffer fields = buffer_new(arena), problems = buffer_new(arena);
    reads_begin(project, &reads, arena);
    parse_page(project, page, arena, diag);
    reads_end(project);
    page_put(page, &fields);
    diag_put(diag, &problems);
    const Text notes = reads_media(arena, &reads);
    flat_put_text(record, buffer_text(&fields));
    flat_put_text(record, buffer_text(&problems));
    flat_put_text(record, notes);
    flat_put_u8(record, memory_source_keys(project, arena, page, notes, &keys));
    flat_put_hash(record, keys.links);
    flat_put_hash(record, keys.rest);
    flat_put_hash(record, page->hash);
}

static void remember(const Project *project, const Page *page, const SourceMemory *source)
{
    SourceMemory next = *source;
    if (!project->next_memory)
        return;
    next.path = page->source;
    next.stamp = page->stamp;
    memory_put_source(project->next_memory, &next);
}

/* Pages are filled once all have been read: as long as the workers are there, whatever is written to what they share
 * is there twice. */
static void take_one(Project *project, uint32_t index, FlatReader *record)
{
    SourceMemory source = {.record = flat_text(record)};
    source.problems = flat_text(record);
    source.notes = flat_text(record);
    const bool has_keys = flat_u8(record);
    source.keys.links = flat_hash(record);
    source.keys.rest = flat_hash(record);
    source.hash = flat_hash(record);
    project->records[index] = text_copy(project->arena, source.record);    /* the page borrows its texts */
    memory_take_problems(project, source.problems);
    if (has_keys)
        remember(project, &project->site.pages.items[index], &source);
}

void parse_recall(Project *project)
{
    const size_t count = project->site.pages.count;
    Arena *arena = arena_open();
    project->recalled = ARENA_ARRAY(project->arena, const SourceMemory *, count + 1);
    for (size_t i = 0; i < count; i++) {
        Page *page = &project->site.pages.items[i];
        const SourceMemory *source = project->recalled[i] = memory_source(project, arena, page);
        arena_reset(arena);
        if (!source)
            continue;
        FlatReader record = flat_reader(source->record);
        page_take(project->arena, page, &record);
    }
    arena_close(arena);
}

void parse_forget(Project *project, uint32_t index, FileStamp stamp)
{
    Page *page = &project->site.pages.items[index];
    page_forget(page);
    page->stamp = stamp;
    project->recalled[index] = NULL;
}

void parse_remember(Project *project)
{
    for (size_t i = 0; i < project->site.pages.count; i++)
        if (project->recalled[i])
            remember(project, &project->site.pages.items[i], project->recalled[i]);
}

/* Of the pages in `order` those that have to be read. */
static PageOrder unknown_pages(const Project *project, Arena *arena, const PageOrder *order)
{
    PageOrder rest = order_new(arena, order->item_count);
    for (size_t batch = 0; batch < order->batch_count; batch++) {
        const size_t end = batch + 1 < order->batch_count ? order->batches[batch + 1] : order->item_count;
        const size_t first = rest.item_count;
        for (size_t i = order->batches[batch]; i < end; i++)
            if (!project->recalled[order->items[i]])
                rest.items[rest.item_count++] = order->items[i];
        if (rest.item_count > first)
            rest.batches[rest.batch_count++] = (uint32_t)first;
    }
    return rest;
}

static void lose_one(Project *project, uint32_t index, const char *why)
{
    diag_file_error(project->diag, project->sources.items[project->site.pages.items[index].file],
                    "this page could not be read: %s", why);
}

void parse_rest(Project *project)
{
    Arena *arena = arena_open();
    const PageOrder all = parse_order(project, arena, false), order = unknown_pages(project, arena, &all);
    project->pages_read = (uint32_t)order.item_count;
    for (size_t i = 0; i < project->site.pages.count; i++)
        if (project->recalled[i])
            memory_take_problems(project, project->recalled[i]->problems);
    const Work work = {.project = project,
                       .doing = "reading",
                       .items = order.items,
                       .item_count = order.item_count,
                       .batches = order.batches,
                       .batch_count = order.batch_count,
                       .work = parse_one,
                       .end = parsed_flush,
                       .take = take_one,
                       .lost = lose_one};
    project->records = ARENA_ARRAY(arena, Text, project->site.pages.count + 1);
    workers_run(&work);
    for (size_t i = 0; i < order.item_count; i++) {
        FlatReader record = flat_reader(project->records[order.items[i]]);
        if (record.flat.length)
            page_take(project->arena, &project->site.pages.items[order.items[i]], &record);
    }
    project->records = NULL;
    arena_close(arena);
}

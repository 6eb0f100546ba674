/* read: see read.h. */
#include "read.h"

#include "../base/path.h"
#include "../base/unicode.h"
#include "../formats/yaml.h"
#include "objects.h"
#include "parsed.h"
#include "reads.h"

#include <string.h>

enum { LARGEST_SOURCE_BYTES = 4 << 20 };

bool read_source(Arena *arena, Diag *diag, Text path, uint32_t file, Text *source)
{
    const int error = files_read(arena, text_c_string(arena, path), LARGEST_SOURCE_BYTES, source, NULL);
    if (error)
        return diag_file_error(diag, path, "cannot be read: %s", files_reason(error));
    diag_source(diag, file, *source);
    const size_t bad = unicode_error(*source);
    if (bad == source->length)
        return true;
    diag_error(diag, (Pos){file, (uint32_t)bad}, "this byte (0x%02X) is not UTF-8", (unsigned char)source->bytes[bad]);
    diag_help(diag, "save the file with the encoding UTF-8");
    return false;
}

/* The lines between the `---` of a page's first line and the next `---`. */
typedef struct FrontMatter {
    size_t start, end;    /* of the YAML */
    size_t body;          /* where the Markdown begins */
} FrontMatter;

static bool is_fence(Text line)
{
    return text_is(text_trim(line), "---") && text_starts(line, "---");
}

static bool find_front_matter(Diag *diag, uint32_t file, Text source, FrontMatter *front)
{
    const size_t mark = text_starts(source, "\xEF\xBB\xBF") ? 3 : 0;
    Text rest = text_after(source, mark), line;
    *front = (FrontMatter){mark, mark, mark};
    if (!text_next_line(&rest, &line) || !is_fence(line))
        return true;
    front->start = (size_t)(rest.bytes - source.bytes);
    for (size_t end = front->start; text_next_line(&rest, &line); end = (size_t)(rest.bytes - source.bytes)) {
        if (!is_fence(line) && !text_is(text_trim(line), "..."))
            continue;
        front->end = end;
        front->body = (size_t)(rest.bytes - source.bytes);
        return true;
    }
    front->end = front->start;    /* what is YAML and what Markdown cannot be known */
    front->body = source.length;
    diag_error(diag, (Pos){file, (uint32_t)mark}, "the front matter is not closed");
    diag_help(diag, "write `---` on a line of its own behind it");
    return false;
}

bool read_yaml_part(Diag *diag, uint32_t file, Text source, bool is_markdown, size_t *start, size_t *end)
{
    FrontMatter front;
    const bool ok = !is_markdown || find_front_matter(diag, file, source, &front);
    *start = is_markdown ? front.start : 0;
    *end = is_markdown ? front.end : source.length;
    return ok;
}

static bool is_markdown_page(const Page *page)
{
    return text_is(path_extension(page->source), "md");
}

static const Plugin *type_of(Project *project, const Page *page, const Value *written, Diag *diag)
{
    static const char *const index[] = {"site", "course", "module", ""};
    const Value *type = value_get(written, "type");
    if (!type || type->kind != VALUE_TEXT) {
        const char *what = page->kind != PAGE_PLAIN ? index[page->kind] : is_markdown_page(page) ? "md" : "yaml";
        return script_default(project->script, text_from(what));
    }
    const Plugin *plugin = script_plugin(project->script, TEXT(""), type->text);
    if (plugin)
        return plugin;
    Nearest nearest = nearest_to(type->text);
    script_each(project->script, TEXT(""), (void (*)(void *, Text))nearest_try, &nearest);
    diag_error(diag, type->pos, "no page type is called '%.*s'", TEXT_ARG(type->text));
    if (nearest_found(&nearest).length)
        diag_help(diag, "did you mean '%.*s'?", TEXT_ARG(nearest_found(&nearest)));
    return NULL;
}

/* The first heading, when it opens the page, is its title and not part of its content. */
static void find_title(PageRead *read, Arena *arena, const MarkdownOptions *markdown, Diag *diag)
{
    const Value *written = value_get(&read->fields, "title");
    const Document *body = read->body;
    const Piece *first = body && body->count && body->items[0].kind == PIECE_HEADING ? &body->items[0] : NULL;
    if (written && written->kind == VALUE_TEXT) {
        MarkdownOptions options = *markdown;
        options.is_one_line = true;
        const Origin origin = yaml_origin(arena, read->source, written);
        read->title_html = document_all(markdown_read(arena, written->text, &origin, &options, diag));
        read->title = fragment_text(arena, read->title_html);
        if (first && first->level == 1 && text_equal(first->heading.text, read->title))
            read->body_from = first->heading.content_end;
    } else if (first) {
        read->title_html = document_heading_words(body, 0);
        read->title = first->heading.text;
        read->body_from = first->heading.content_end;
    }
}

static void find_shift(PageRead *read)
{
    for (uint32_t i = read->body_from; read->body && i < read->body->count; i++)
        if (read->body->items[i].kind == PIECE_HEADING && read->body->items[i].level == 1)
            read->heading_shift = 1;
}

/* Let Lua know of the page; a second time, once it has been read. */
static void begin(Project *project, const Page *page, Arena *arena, Diag *diag, bool is_read, PageRead *read)
{
    const Text language = value_get_text(&read->fields, "language");
    const Value *callouts = value_get(&project->site.settings, "callouts");
    const ScriptPage script_page = {.arena = arena,
                                    .diag = diag,
                                    .page = objects_page(page),
                                    .site = objects_site(&project->site),
                                    .course = objects_course(site_course_of(&project->site, page)),
                                    .module = objects_module(site_module_of(&project->site, page)),
                                    .language = language.length ? language : project->site.language,
                                    .is_facilitator = project->options.is_facilitator,
                                    .wants_advice = project->options.wants_advice,
                                    .is_known = read->is_known,
                                    .body = read->body,
                                    .body_from = read->body_from,
                                    .heading_shift = read->heading_shift,
                                    .source = read->source,
                                    .markdown = &project->markdown,
                                    .callouts = callouts ? *callouts : value_map()};
    project->page = page;
    project->fields = &read->fields;
    project->title_html = &read->title_html;
    if (is_read)
        script_go_on(project->script, &script_page);
    else
        script_begin(project->script, &script_page);
}

/* The common keys of all pages and those of the type. */
static const Field *fields_of(const Project *project, Arena *arena, const Plugin *type)
{
    const Plugin *common = script_plugin(project->script, TEXT("settings"), TEXT("page"));
    return common ? field_join(arena, common->fields, type->fields) : type->fields;
}

static bool check_fields(Project *project, Arena *arena, const Value *written, PageRead *read)
{
    const Field *fields = fields_of(project, arena, read->type);
    const bool ok = script_check_fields(project->script, fields, written, read->is_partial, &read->checked);
    if (read->checked.typed.kind == VALUE_MAP)
        read->fields = read->checked.typed;
    return ok;
}

static bool read_all(Project *project, const Page *page, Arena *arena, Diag *diag, bool is_known, PageRead *read)
{
    *read = (PageRead){.fields = value_map(), .source = TEXT(""), .is_known = is_known};
    Value written = value_map();
    written.pos = (Pos){page->file, 0};
    bool ok = true;
    FrontMatter front = {0, 0, 0};
    if (!page->is_missing) {
        if (!read_source(arena, diag, project->sources.items[page->file], page->file, &read->source))
            return false;
        read->hash = hash_of(read->source);
        if (is_markdown_page(page))
            ok = find_front_matter(diag, page->file, read->source, &front);
        else
            front.end = read->source.length;
        ok = yaml_read(arena, page->file, read->source, front.start, front.end, diag, NULL, &written) && ok;
        read->is_partial = !ok;
    }
    read->type = type_of(project, page, &written, diag);
    if (!read->type)
        return false;
    begin(project, page, arena, diag, false, read);
    if (is_markdown_page(page) && !page->is_missing) {
        const Origin origin = origin_plain(arena, page->file, (uint32_t)front.body);
        const size_t errors = diag->error_count;
        read->body = markdown_read(arena, text_after(read->source, front.body), &origin, &project->markdown, diag);
        ok = diag->error_count == errors && ok;
    }
    read->title_is_written = value_get(&written, "title") != NULL;
    ok = check_fields(project, arena, &written, read) && ok;
    find_title(read, arena, &project->markdown, diag);
    find_shift(read);
    begin(project, page, arena, diag, true, read);
    return ok;
}

static void note_reading(Project *project, const Page *page)
{
    reads_note_page(project, page, READ_SOURCE);
    reads_note_page(project, page, READ_OUTLINE);
}

bool read_page(Project *project, const Page *page, Arena *arena, Diag *diag, PageRead *read)
{
    note_reading(project, page);
    return read_all(project, page, arena, diag, false, read);
}

bool read_known_page(Project *project, const Page *page, Arena *arena, Diag *diag, PageRead *read)
{
    note_reading(project, page);
    if (!parsed_take(project, page, arena, read))
        return read_all(project, page, arena, diag, true, read);
    begin(project, page, arena, diag, false, read);
    return true;
}

bool read_fields_source(void *context, Arena *arena, const Value *object, ScriptSource *source)
{
    Project *project = context;
    const Page *page = objects_page_of(project, object);
    Diag *diag = diag_new(arena, &project->sources);
    size_t start, end;
    if (!page || page->is_missing || !read_source(arena, diag, project->sources.items[page->file], page->file, &source->text) ||
        !read_yaml_part(diag, page->file, source->text, is_markdown_page(page), &start, &end))
        return false;
    reads_note_page(project, page, READ_SOURCE);
    source->written = value_map();
    const bool ok = yaml_read(arena, page->file, source->text, start, end, diag, NULL, &source->written);
    const Plugin *type = type_of(project, page, &source->written, diag);
    source->fields = type ? fields_of(project, arena, type) : NULL;
    return ok && type;
}

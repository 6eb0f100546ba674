/* outputs: see outputs.h. */
#include "outputs.h"

#include "../base/path.h"
#include "parse.h"
#include "read.h"

typedef struct Making {
    Project *project;
    Arena *arena;
    Diag *diag;
    Text plugin;    /* the path of its file */
} Making;

static bool is_free(const Project *project, Text address)
{
    const Site *site = &project->site;
    for (size_t i = 0; i < site->pages.count; i++)
        if (page_is_published(project, &site->pages.items[i]) && text_equal(site->pages.items[i].address, address))
            return false;
    for (size_t i = 0; i < site->media.count; i++)
        if (site->media.items[i].is_used && text_equal(site->media.items[i].address, address))
            return false;
    for (size_t i = 0; i < project->bundles.count; i++)
        if (text_equal(project->bundles.items[i].address, address))
            return false;
    for (size_t i = 0; i < project->assets.count; i++)
        if (text_equal(project->assets.items[i].name, address))
            return false;
    return true;
}

/* Small letters, digits and hyphens, in folders or not, with an ending; or what a web server reads. */
static bool is_address(Text address)
{
    if (text_is(address, ".htaccess"))
        return true;
    bool is_fine = address.length && address.length <= 200 && path_extension(address).length;
    for (size_t i = 0; is_fine && i < address.length; i++) {
        const char byte = address.bytes[i];
        const bool begins = i == 0 || address.bytes[i - 1] == '/';
        is_fine = (byte >= 'a' && byte <= 'z') || byte_is_digit(byte) || byte == '-' || (!begins && (byte == '.' || byte == '/'));
    }
    return is_fine;
}

/* Is it asked for, and known where the site will be? */
static bool is_anywhere(const Project *project, const Value *output)
{
    const Value *asked = value_get(output, "anywhere");
    return asked && asked->kind == VALUE_BOOL && asked->boolean && value_get_text(&project->site.settings, "url").length;
}

/* The front page's surroundings, with an address and a title of its own. */
static bool render(const Making *making, Text address, const Value *output, Text template, Buffer *html)
{
    PageRead read;
    Project *project = making->project;
    Page *here = ARENA_NEW(making->arena, Page);
    *here = project->site.pages.items[project->site.page];
    here->address = address;
    here->title = value_get_text(output, "title").length ? value_get_text(output, "title") : address;
    here->id = here->summary = here->done = TEXT("");
    here->kind = PAGE_PLAIN;
    here->headings = TEXT("");
    here->counts = false;
    if (!read_page(project, here, making->arena, making->diag, &read))
        return false;
    read.title_html = (Fragment){0};
    project->is_anywhere = is_anywhere(project, output);
    const Value *data = value_get(output, "data");
    const Value nothing = value_map();
    const bool ok = script_render_data(project->script, template, data && data->kind == VALUE_MAP ? data : &nothing, html);
    project->is_anywhere = false;
    return ok;
}

static bool make(const Making *making, const Value *output, void (*take)(void *taker, Text address, Text bytes), void *taker)
{
    const Text address = value_get_text(output, "address"), template = value_get_text(output, "template");
    const Value *text = value_get(output, "text");
    Buffer html = buffer_new(making->arena);
    if (!is_address(address))
        return diag_file_error(making->diag, making->plugin, "'%.*s' is no address for an output, such as `lists/outline.csv`", TEXT_ARG(address));
    if (!is_free(making->project, address))
        return diag_file_error(making->diag, making->plugin, "its output has the address '%.*s', which is taken", TEXT_ARG(address));
    if (template.length && !render(making, address, output, template, &html))
        return false;
    if (!template.length && (!text || text->kind != VALUE_TEXT))
        return diag_file_error(making->diag, making->plugin, "the output '%.*s' has neither a text nor a template", TEXT_ARG(address));
    take(taker, address, template.length ? buffer_text(&html) : text->text);
    return true;
}

bool outputs_make(Project *project, size_t file, Arena *arena, Diag *diag,
                  void (*take)(void *taker, Text address, Text bytes), void *taker)
{
    PageRead read;
    Value outputs;
    const Making making = {project, arena, diag, script_file_path(project->script, file)};
    if (!read_page(project, &project->site.pages.items[project->site.page], arena, diag, &read) ||
        !script_outputs(project->script, file, &outputs))
        return false;
    bool ok = true;
    for (size_t i = 0; outputs.kind == VALUE_LIST && i < outputs.list.count; i++)
        ok = make(&making, &outputs.list.items[i], take, taker) && ok;
    return ok;
}

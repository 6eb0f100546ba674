/* reference: see reference.h. */
#include "reference.h"

#include "state.h"

#include <stdlib.h>

typedef struct Reference {
    Arena *arena;
    Buffer *out;
} Reference;

static void put_number(Reference *page, double number)
{
    buffer_format(page->out, "%.10g", number);
}

static void put_range(Reference *page, const Field *field)
{
    if (!field->has_min && !field->has_max)
        return;
    buffer_string(page->out, field->has_min && field->has_max ? " from " : field->has_min ? ", at least " : ", at most ");
    put_number(page, field->has_min ? field->min : field->max);
    if (field->has_min && field->has_max) {
        buffer_string(page->out, " to ");
        put_number(page, field->max);
    }
}

static void put_options(Reference *page, const Field *field)
{
    for (size_t i = 0; i < field->option_count; i++)
        buffer_format(page->out, "%s`%.*s`", i == 0 ? "" : i + 1 < field->option_count ? ", " : " or ", TEXT_ARG(field->options[i]));
}

/* What a field takes, in words. */
static void put_kind(Reference *page, const Field *field)
{
    switch (field->kind) {
    case FIELD_ONE_OF: put_options(page, field); return;
    case FIELD_MARKDOWN: buffer_string(page->out, "Markdown"); return;
    case FIELD_LIST: buffer_string(page->out, "a list: "); put_kind(page, field->item); return;
    case FIELD_LIST_OR_ONE: buffer_string(page->out, "one or a list: "); put_kind(page, field->item); return;
    case FIELD_MAP: buffer_string(page->out, "names, each with "); put_kind(page, field->item); return;
    case FIELD_RECORD: buffer_string(page->out, "these keys"); return;
    case FIELD_VARIANT: buffer_format(page->out, "one of the %.*s, with these keys", TEXT_ARG(field->folder)); return;
    case FIELD_ARROW: buffer_format(page->out, "`%.*s => %.*s`", TEXT_ARG(field->options[0]), TEXT_ARG(field->options[1])); return;
    case FIELD_EITHER:
        for (size_t i = 0; i < field->option_count; i++) {
            buffer_string(page->out, i ? ", or " : "");
            put_kind(page, field->choices[i]);
        }
        return;
    default:
        buffer_string(page->out, field_kind_words(field));
        put_range(page, field);
    }
}

/* In a cell of a table a bar must not end it. */
static void put_cell(Reference *page, Text text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.bytes[i] == '|')
            buffer_char(page->out, '\\');
        buffer_char(page->out, text.bytes[i] == '\n' ? ' ' : text.bytes[i]);
    }
}

static void put_entries(Reference *page, Text path, const Field *field);

static void put_row(Reference *page, Text path, const Field *field)
{
    buffer_format(page->out, "| `%.*s` | ", TEXT_ARG(path));
    put_kind(page, field);
    buffer_format(page->out, " | %s | ", field->is_required ? "yes" : "");
    put_cell(page, field->help);
    buffer_string(page->out, field->help.length ? " |\n" : "|\n");
    put_entries(page, path, field);
}

/* The keys below a field, with those above them: `scenes.NAME.choices[].to`. */
static void put_entries(Reference *page, Text path, const Field *field)
{
    switch (field->kind) {
    case FIELD_RECORD: case FIELD_VARIANT:
        for (size_t i = 0; i < field->entry_count; i++) {
            const FieldEntry *entry = &field->entries[i];
            put_row(page, text_format(page->arena, "%.*s%s%.*s", TEXT_ARG(path), path.length ? "." : "", TEXT_ARG(entry->name)), entry->field);
        }
        return;
    case FIELD_LIST: case FIELD_LIST_OR_ONE: put_entries(page, text_format(page->arena, "%.*s[]", TEXT_ARG(path)), field->item); return;
    case FIELD_MAP: put_entries(page, text_format(page->arena, "%.*s.NAME", TEXT_ARG(path)), field->item); return;
    case FIELD_EITHER:
        for (size_t i = 0; i < field->option_count; i++)
            put_entries(page, path, field->choices[i]);
        return;
    default: return;
    }
}

static void put_table(Reference *page, const Field *fields)
{
    if (fields->entry_count == 0) {
        buffer_string(page->out, "It has no keys of its own.\n\n");
        return;
    }
    buffer_string(page->out, "| key | takes | must | |\n| --- | --- | --- | --- |\n");
    put_entries(page, TEXT(""), fields);
    buffer_char(page->out, '\n');
}

/* How a block is written, by the names it serves. */
static void put_forms(Reference *page, const Plugin *plugin)
{
    static const struct {
        unsigned form;
        const char *before, *behind;
    } forms[] = {{FORM_BLOCK, ":::", " … :::"}, {FORM_LEAF, "::", ""}, {FORM_INLINE, ":", "[…]"}, {FORM_FENCE, "```", " … ```"}};
    const char *mark = "Written ";
    for (size_t i = 0; i < plugin->name_count; i++) {
        for (size_t j = 0; j < sizeof forms / sizeof *forms; j++) {
            if (!(plugin->forms & forms[j].form))
                continue;
            const char *ticks = forms[j].form == FORM_FENCE ? "````" : "`";
            buffer_format(page->out, "%s%s%s%.*s%s%s%s", mark, ticks, forms[j].before, TEXT_ARG(plugin->names[i]), forms[j].behind,
                          forms[j].form == FORM_FENCE ? " " : "", ticks);
            mark = ", ";
        }
    }
    buffer_format(page->out, ".%s\n\n", plugin->is_private ? " For the facilitator’s edition only." : "");
}

static int compare_plugins(const void *left, const void *right)
{
    return text_compare((*(const Plugin *const *)left)->name, (*(const Plugin *const *)right)->name);
}

static void put_plugins(Reference *page, const Script *script, const char *folder, const char *heading)
{
    const Plugin **plugins = ARENA_ARRAY(page->arena, const Plugin *, script->plugins.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < script->plugins.count; i++)
        if (text_is(script->plugins.items[i].folder, folder))
            plugins[count++] = &script->plugins.items[i];
    qsort(plugins, count, sizeof *plugins, compare_plugins);
    buffer_format(page->out, "## %s\n\n", heading);
    for (size_t i = 0; i < count; i++) {
        buffer_format(page->out, "### %.*s\n\n", TEXT_ARG(plugins[i]->name));
        if (text_is(plugins[i]->folder, "blocks"))
            put_forms(page, plugins[i]);
        else if (text_is(plugins[i]->folder, "") && plugins[i]->done.length)
            buffer_format(page->out, "Done: `%.*s`.\n\n", TEXT_ARG(plugins[i]->done));
        put_table(page, plugins[i]->fields);
    }
}

static void put_settings(Reference *page, const Script *script, const char *name, const char *heading)
{
    const Plugin *plugin = script_plugin(script, TEXT("settings"), text_from(name));
    if (!plugin)
        return;
    buffer_format(page->out, "## %s\n\n", heading);
    put_table(page, plugin->fields);
}

static void put_plugin_options(Reference *page, const Script *script)
{
    buffer_string(page->out, "## Options of plugins\n\nBelow `plugins:` in `site.yaml`, under the name of the plugin’s file.\n\n");
    Text name;
    const Field *options;
    for (size_t i = 0; script_file_options(script, i, &name, &options); i++) {
        if (!options)
            continue;
        buffer_format(page->out, "### plugins: %.*s\n\n", TEXT_ARG(name));
        put_table(page, options);
    }
}

void reference_write(const Script *script, Arena *arena, Buffer *out)
{
    Reference page = {arena, out};
    buffer_string(out, "# All keys\n\n"
                       "This page is made by `lectern schema --format markdown` from what the plugins declare, so it lists all there is. In a\n"
                       "project it lists that project’s own plugins as well. The other pages of the reference tell what the keys are for.\n\n"
                       "`[]` stands for each entry of a list, `NAME` for a name that you give.\n\n");
    put_settings(&page, script, "site", "site.yaml");
    put_settings(&page, script, "course", "course.yaml");
    put_settings(&page, script, "page", "Every page");
    put_plugins(&page, script, "", "Page types");
    put_plugins(&page, script, "questions", "Types of questions");
    put_plugins(&page, script, "blocks", "Blocks");
    put_plugin_options(&page, script);
}

/* schema: see schema.h. */
#include "schema.h"

#include <math.h>

/* As YAML's core schema tells scalars apart; to Lectern each is the text that was written. */
#define TEXTS "string number boolean"
#define WHOLE_NUMBER "^[+-]?[0-9]+$"
#define NUMBER "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$"
#define PERCENTAGE "^[+]?0*(100([.]0*)?|[0-9]{1,2}([.][0-9]*)?|[.][0-9]+)[ \\t]*%?$"
#define YES_OR_NO "^(true|True|TRUE|yes|Yes|on|On|false|False|FALSE|no|No|off|Off)$"
#define DATE "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
#define COLOR "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$"
#define ARROW "(^|[ \\n])=>[ \\n]+[^ \\n]"

/* Variants stand once in a file, under `definitions`: a group of questions holds questions. */
typedef struct Definition {
    const Field *variant;
    Text reference;
} Definition;

typedef struct Writer {
    const Script *script;
    Arena *arena;
    Value definitions;
    struct {
        Definition *items;
        size_t count, capacity;
    } known;
} Writer;

static Value field_schema(Writer *writer, const Field *field);

static Value *put(Writer *writer, Value *map, const char *key, Value value)
{
    return value_set(writer->arena, map, text_from(key), value);
}

/* A map with one key. */
static Value map_of(Writer *writer, const char *key, Value value)
{
    Value map = value_map();
    put(writer, &map, key, value);
    return map;
}

static Value list_of(Writer *writer, Value item)
{
    Value list = value_list();
    value_add(writer->arena, &list, item);
    return list;
}

/* Scalars. */

/* `types` are words with a blank between. */
static Value typed(Writer *writer, const char *types)
{
    Value list = value_list(), schema = value_map();
    for (Text rest = text_from(types); rest.length;) {
        const size_t end = text_find_char(rest, ' ');
        value_add(writer->arena, &list, value_text(text_slice(rest, 0, end)));
        rest = end < rest.length ? text_after(rest, end + 1) : TEXT("");
    }
    put(writer, &schema, "type", list.list.count == 1 ? list.list.items[0] : list);
    return schema;
}

/* `pattern` is for what is a text; editors show the sentence instead of it. */
static Value shaped(Writer *writer, const char *types, const char *pattern, const char *words)
{
    Value schema = typed(writer, types);
    put(writer, &schema, "pattern", value_text(text_from(pattern)));
    put(writer, &schema, "patternErrorMessage", value_text(text_format(writer->arena, "this must be %s", words)));
    return schema;
}

static Value number_of(double number)
{
    return floor(number) == number && fabs(number) < 1e15 ? value_int((int64_t)number) : value_real(number);
}

static Value ranged(Writer *writer, const Field *field, Value schema)
{
    if (field->has_min)
        put(writer, &schema, "minimum", number_of(field->min));
    if (field->has_max)
        put(writer, &schema, "maximum", number_of(field->max));
    return schema;
}

static Value percent(Writer *writer, const char *words)
{
    Value schema = shaped(writer, "string number", PERCENTAGE, words);
    put(writer, &schema, "minimum", value_int(0));
    put(writer, &schema, "maximum", value_int(100));
    return schema;
}

/* An option such as 1 or true is no text to an editor, unless it has quotes. */
static Value one_of(Writer *writer, const Field *field)
{
    Value list = value_list();
    for (size_t i = 0; i < field->option_count; i++) {
        const Text option = field->options[i];
        int64_t integer;
        value_add(writer->arena, &list, value_text(option));
        if (text_integer(option, &integer))
            value_add(writer->arena, &list, value_int(integer));
        else if (text_is(option, "true") || text_is(option, "false"))
            value_add(writer->arena, &list, value_bool(text_is(option, "true")));
    }
    return map_of(writer, "enum", list);
}

/* What holds others. */

static Value array(Writer *writer, const Field *field)
{
    Value schema = typed(writer, "array");
    put(writer, &schema, "items", field_schema(writer, field->item));
    if (field->has_min)
        put(writer, &schema, "minItems", number_of(field->min));
    return schema;
}

static Value any_of(Writer *writer, const Field *const *choices, size_t count)
{
    Value list = value_list();
    for (size_t i = 0; i < count; i++)
        value_add(writer->arena, &list, field_schema(writer, choices[i]));
    return map_of(writer, "anyOf", list);
}

static Value list_or_one(Writer *writer, const Field *field)
{
    Value schema = any_of(writer, (const Field *const[]){field->item}, 1);
    value_add(writer->arena, &schema.map.items[0].value, array(writer, field));
    return schema;
}

/* A key with nothing behind it was left out, as the author sees it. */
static Value or_nothing(Writer *writer, Value schema)
{
    if (value_get(&schema, "$ref"))
        schema = map_of(writer, "anyOf", list_of(writer, schema));
    for (size_t i = 0; i < schema.map.count; i++) {
        ValueEntry *entry = &schema.map.items[i];
        if (text_is(entry->key, "type") && entry->value.kind == VALUE_TEXT)
            entry->value = list_of(writer, entry->value);
        if (text_is(entry->key, "type"))
            value_add(writer->arena, &entry->value, value_text(TEXT("null")));
        else if (text_is(entry->key, "enum"))
            value_add(writer->arena, &entry->value, VALUE_NONE);
        else if (text_is(entry->key, "anyOf"))
            value_add(writer->arena, &entry->value, typed(writer, "null"));
    }
    return schema;
}

static Value map_schema(Writer *writer, const Field *field)
{
    const bool holds_lists = field->item->kind == FIELD_LIST || field->item->kind == FIELD_LIST_OR_ONE;
    const Value item = field_schema(writer, field->item);
    Value schema = typed(writer, "object");
    put(writer, &schema, "additionalProperties", holds_lists && !field->item->is_required ? or_nothing(writer, item) : item);
    return schema;
}

static Value entry_schema(Writer *writer, const Field *field)
{
    const Value schema = field_schema(writer, field);
    Value entry = value_map();
    if (field->help.length)
        put(writer, &entry, "description", value_text(field->help));
    for (size_t i = 0; i < schema.map.count; i++)
        value_set(writer->arena, &entry, schema.map.items[i].key, schema.map.items[i].value);
    return field->is_required ? entry : or_nothing(writer, entry);
}

/* The keys that may stand in a group, and those that must. */
typedef struct Keys {
    Value properties, required;
} Keys;

static Keys no_keys(void)
{
    return (Keys){value_map(), value_list()};
}

static void add_key(Writer *writer, Keys *keys, Text name, Value schema, bool is_required)
{
    if (value_find(&keys->properties, name))
        return;
    value_set(writer->arena, &keys->properties, name, schema);
    if (is_required)
        value_add(writer->arena, &keys->required, value_text(name));
}

static void add_keys(Writer *writer, Keys *keys, const Field *record, Text without)
{
    for (size_t i = 0; record && i < record->entry_count; i++) {
        const FieldEntry *entry = &record->entries[i];
        if (!text_equal(entry->name, without))
            add_key(writer, keys, entry->name, entry_schema(writer, entry->field), entry->field->is_required);
    }
}

static void put_keys(Writer *writer, Value *schema, const Keys *keys)
{
    put(writer, schema, "properties", keys->properties);
    if (keys->required.list.count)
        put(writer, schema, "required", keys->required);
    put(writer, schema, "additionalProperties", value_bool(false));
}

static Value record_schema(Writer *writer, const Field *record)
{
    Value schema = typed(writer, "object");
    Keys keys = no_keys();
    add_keys(writer, &keys, record, TEXT_NONE);
    put_keys(writer, &schema, &keys);
    return schema;
}

/* What holds if something else does: the form in which editors complete, and say what is wrong.
 * `error` is what they say of a key that may not stand there; without it they find words themselves. */
static void add_case(Writer *writer, Value *cases, Value condition, const Keys *keys, Text error)
{
    Value one = value_map(), then = value_map();
    put_keys(writer, &then, keys);
    if (error.length)
        put(writer, &then, "errorMessage", value_text(error));
    put(writer, &one, "if", condition);
    put(writer, &one, "then", then);
    value_add(writer->arena, cases, one);
}

/* Variants: a question, whose type is the key that names it. */

typedef struct VariantWriter {
    Writer *writer;
    const Field *variant;
    Value cases, types;
    Keys without_type;
    Buffer names;    /* with a comma between */
} VariantWriter;

static Value has_key(Writer *writer, Text key)
{
    return map_of(writer, "required", list_of(writer, value_text(key)));
}

static const Field *prompt_of(const Plugin *plugin)
{
    for (size_t i = 0; i < plugin->fields->entry_count; i++)
        if (text_is(plugin->fields->entries[i].name, "prompt"))
            return plugin->fields->entries[i].field;
    return NULL;
}

static void add_type(void *context, Text name)
{
    VariantWriter *all = context;
    Writer *writer = all->writer;
    const Plugin *plugin = script_plugin(writer->script, all->variant->folder, name);
    const Field *prompt = prompt_of(plugin);
    Keys keys = no_keys();
    const Value type = prompt ? field_schema(writer, prompt) : value_map();
    add_key(writer, &keys, name, type, false);
    add_key(writer, &all->without_type, name, type, false);
    add_keys(writer, &keys, plugin->fields, TEXT("prompt"));
    add_keys(writer, &keys, all->variant, TEXT_NONE);
    add_case(writer, &all->cases, has_key(writer, name), &keys, TEXT_NONE);
    value_add(writer->arena, &all->types, has_key(writer, name));
    buffer_format(&all->names, "%s%.*s", all->names.length ? ", " : "", TEXT_ARG(name));
}

static bool is_same_words(const Value *left, const Value *right)
{
    const size_t count = left ? left->map.count : 0;
    bool same = count == (right ? right->map.count : 0);
    for (size_t i = 0; same && i < count; i++) {
        const Value *other = value_find(right, left->map.items[i].key);
        same = other && text_equal(other->text, left->map.items[i].value.text);
    }
    return same;
}

/* Would two declarations take the same?  What shared() returns is declared anew for each plugin. */
static bool is_same(const Field *left, const Field *right)
{
    if (left->kind != right->kind || left->entry_count != right->entry_count || left->option_count != right->option_count ||
        left->is_required != right->is_required || left->has_min != right->has_min || left->has_max != right->has_max ||
        left->min != right->min || left->max != right->max || !text_equal(left->folder, right->folder) ||
        !text_equal(left->help, right->help) || !left->item != !right->item)
        return false;
    bool same = !left->item || is_same(left->item, right->item);
    for (size_t i = 0; same && i < left->entry_count; i++)
        same = text_equal(left->entries[i].name, right->entries[i].name) && is_same(left->entries[i].field, right->entries[i].field);
    for (size_t i = 0; same && i < left->option_count; i++)
        same = left->choices ? is_same(left->choices[i], right->choices[i]) : text_equal(left->options[i], right->options[i]);
    return same && is_same_words(left->instead, right->instead);
}

/* What nothing fits. */
static Value never(Writer *writer)
{
    return map_of(writer, "not", value_map());
}

/* Other tools' words: never right, but the editor can tell what is. */
static void add_instead(Writer *writer, Keys *keys, const Value *instead)
{
    for (size_t i = 0; instead && i < instead->map.count; i++) {
        const ValueEntry *entry = &instead->map.items[i];
        Value wrong = never(writer);
        put(writer, &wrong, "description", entry->value);
        put(writer, &wrong, "deprecationMessage", entry->value);
        add_key(writer, keys, entry->key, wrong, false);
    }
}

static Value variant_types(Writer *writer, const Field *variant)
{
    VariantWriter all = {writer, variant, value_list(), value_list(), no_keys(), buffer_new(writer->arena)};
    Value schema = typed(writer, "object");
    script_each(writer->script, variant->folder, add_type, &all);
    if (all.types.list.count == 0)
        return never(writer);
    add_instead(writer, &all.without_type, variant->instead);
    add_keys(writer, &all.without_type, variant, TEXT_NONE);
    const Text error = text_format(writer->arena, "begin with one of: %.*s", TEXT_ARG(buffer_text(&all.names)));
    add_case(writer, &all.cases, map_of(writer, "not", map_of(writer, "anyOf", all.types)), &all.without_type, error);
    put(writer, &schema, "allOf", all.cases);
    put(writer, &schema, "anyOf", all.types);
    return schema;
}

static Value variant_schema(Writer *writer, const Field *variant)
{
    for (size_t i = 0; i < writer->known.count; i++)
        if (is_same(writer->known.items[i].variant, variant))
            return map_of(writer, "$ref", value_text(writer->known.items[i].reference));
    const Text name = writer->known.count
                          ? text_format(writer->arena, "%.*s-%zu", TEXT_ARG(variant->folder), writer->known.count + 1)
                          : variant->folder;
    const Text reference = text_format(writer->arena, "#/definitions/%.*s", TEXT_ARG(name));
    *LIST_PUSH(writer->arena, &writer->known) = (Definition){variant, reference};
    const Value types = variant_types(writer, variant);
    value_set(writer->arena, &writer->definitions, name, types);
    return map_of(writer, "$ref", value_text(reference));
}

static Value field_schema(Writer *writer, const Field *field)
{
    const char *words = field_kind_words(field);
    switch (field->kind) {    /* without a default: the compiler asks for a new kind */
    case FIELD_TEXT: case FIELD_MARKDOWN: case FIELD_PATH: case FIELD_PAGE: return typed(writer, TEXTS);
    case FIELD_INTEGER: return ranged(writer, field, shaped(writer, "integer string", WHOLE_NUMBER, words));
    case FIELD_NUMBER: return ranged(writer, field, shaped(writer, "number string", NUMBER, words));
    case FIELD_PERCENT: return percent(writer, words);
    case FIELD_BOOLEAN: return shaped(writer, "boolean string", YES_OR_NO, words);
    case FIELD_DATE: return shaped(writer, "string", DATE, words);
    case FIELD_COLOR: return shaped(writer, "string", COLOR, words);
    case FIELD_ANYTHING: return value_map();
    case FIELD_LIST: return array(writer, field);
    case FIELD_LIST_OR_ONE: return list_or_one(writer, field);
    case FIELD_MAP: return map_schema(writer, field);
    case FIELD_RECORD: return record_schema(writer, field);
    case FIELD_ONE_OF: return one_of(writer, field);
    case FIELD_EITHER: return any_of(writer, field->choices, field->option_count);
    case FIELD_ARROW: return field->is_required ? shaped(writer, "string", ARROW, "two texts with `=>` between them") : typed(writer, TEXTS);
    case FIELD_VARIANT: return variant_schema(writer, field);
    }
    return value_map();
}

/* Whole files. */

static Writer begin_file(const Script *script, Arena *arena, Value *schema)
{
    Writer writer = {.script = script, .arena = arena, .definitions = value_map()};
    *schema = map_of(&writer, "$schema", value_text(TEXT("http://json-schema.org/draft-07/schema#")));
    put(&writer, schema, "type", value_text(TEXT("object")));
    return writer;
}

static Value end_file(Writer *writer, Value schema, bool needs_something)
{
    if (!needs_something)
        schema = or_nothing(writer, schema);
    if (writer->definitions.map.count)
        put(writer, &schema, "definitions", writer->definitions);
    return schema;
}

/* A plugin is switched on or off, or given its options. */
static Value switch_schema(Writer *writer, const Field *options)
{
    static const char *const words[] = {"on", "off", "true", "false"};
    Value list = value_list(), choices = value_list();
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        value_add(writer->arena, &list, value_text(text_from(words[i])));
    value_add(writer->arena, &list, value_bool(true));
    value_add(writer->arena, &list, value_bool(false));
    value_add(writer->arena, &list, VALUE_NONE);
    value_add(writer->arena, &choices, map_of(writer, "enum", list));
    if (options)
        value_add(writer->arena, &choices, record_schema(writer, options));
    return map_of(writer, "anyOf", choices);
}

/* What may stand below the key for plugins: the names of their files. */
static Value plugins_schema(Writer *writer)
{
    Value properties = value_map(), schema = typed(writer, "object");
    Text name;
    const Field *options;
    for (size_t i = 0; script_file_options(writer->script, i, &name, &options); i++)
        value_set(writer->arena, &properties, name, switch_schema(writer, options));
    put(writer, &schema, "properties", properties);
    put(writer, &schema, "additionalProperties", value_bool(false));
    return or_nothing(writer, schema);
}

Value schema_of_settings(const Script *script, Arena *arena, Text name, Text plugins_key)
{
    const Plugin *plugin = script_plugin(script, TEXT("settings"), name);
    Value schema;
    Writer writer = begin_file(script, arena, &schema);
    Keys keys = no_keys();
    if (plugins_key.length)
        add_key(&writer, &keys, plugins_key, plugins_schema(&writer), false);
    add_keys(&writer, &keys, plugin ? plugin->fields : NULL, TEXT_NONE);
    put_keys(&writer, &schema, &keys);
    return end_file(&writer, schema, keys.required.list.count > 0);
}

typedef struct PageWriter {
    Writer *writer;
    const Field *common;
    Text type_key;
    Value types;    /* the names of all page types */
    Value type;     /* the schema of what stands under `type_key` */
    Value cases;
    const Plugin *sole;    /* the only one that a page is without naming it; NULL when there are several */
} PageWriter;

static void add_type_name(void *context, Text name)
{
    PageWriter *page = context;
    value_add(page->writer->arena, &page->types, value_text(name));
}

static Value type_schema(const PageWriter *page)
{
    Value schema = value_map();
    for (size_t i = 0; page->common && i < page->common->entry_count; i++) {
        const FieldEntry *entry = &page->common->entries[i];
        if (text_equal(entry->name, page->type_key) && entry->field->help.length)
            put(page->writer, &schema, "description", value_text(entry->field->help));
    }
    put(page->writer, &schema, "enum", page->types);
    return or_nothing(page->writer, schema);
}

/* `type` is that of the page type's name, in the words of JSON Schema. */
static Value type_is(const PageWriter *page, const char *word, Value type)
{
    Value properties = value_map();
    value_set(page->writer->arena, &properties, page->type_key, map_of(page->writer, word, type));
    return map_of(page->writer, "properties", properties);
}

static Keys begin_keys(const PageWriter *page)
{
    Keys keys = no_keys();
    add_key(page->writer, &keys, page->type_key, page->type, false);
    add_keys(page->writer, &keys, page->common, TEXT_NONE);
    return keys;
}

static void add_page_type(void *context, Text name)
{
    PageWriter *page = context;
    Writer *writer = page->writer;
    const Plugin *plugin = script_plugin(writer->script, TEXT(""), name);
    Keys keys = begin_keys(page);
    if (plugin == page->sole)
        return;
    add_keys(writer, &keys, plugin->fields, TEXT_NONE);
    Value condition = type_is(page, "const", value_text(name));
    put(writer, &condition, "required", list_of(writer, value_text(page->type_key)));
    add_case(writer, &page->cases, condition, &keys, TEXT_NONE);
}

/* A page that names no type, or that which it would have anyway.  When there are several that it may
 * be it has the keys of all of them, and needs none. */
static bool add_untyped(PageWriter *page, const char *const *defaults)
{
    Writer *writer = page->writer;
    Keys keys = begin_keys(page);
    bool is_sole = true;
    Value types = list_of(writer, VALUE_NONE);
    for (size_t i = 0; defaults[i]; i++) {
        const Plugin *plugin = script_default(writer->script, text_from(defaults[i]));
        if (!plugin)
            continue;
        is_sole = is_sole && (!page->sole || plugin == page->sole);
        page->sole = plugin;
        add_keys(writer, &keys, plugin->fields, TEXT_NONE);
    }
    if (is_sole && page->sole)
        value_add(writer->arena, &types, value_text(page->sole->name));
    else
        page->sole = NULL;
    if (!page->sole)
        keys.required = value_list();
    add_case(writer, &page->cases, type_is(page, "enum", types), &keys, TEXT_NONE);
    return keys.required.list.count > 0;
}

Value schema_of_page(const Script *script, Arena *arena, Text common, Text type_key, const char *const *defaults)
{
    Value schema;
    Writer writer = begin_file(script, arena, &schema);
    const Plugin *settings = script_plugin(script, TEXT("settings"), common);
    PageWriter page = {&writer, settings ? settings->fields : NULL, type_key, value_list(), value_map(), value_list(), NULL};
    script_each(script, TEXT(""), add_type_name, &page);
    page.type = type_schema(&page);
    const bool is_needed = add_untyped(&page, defaults);
    script_each(script, TEXT(""), add_page_type, &page);
    put(&writer, &schema, "properties", map_of(&writer, text_c_string(arena, type_key), page.type));
    put(&writer, &schema, "allOf", page.cases);
    return end_file(&writer, schema, is_needed);
}

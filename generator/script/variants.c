/* variants: a record of which one key names a plugin, whose fields it has besides its own: a question,
 * whose type is the key that names it. */
#include "fields_inside.h"

#include "../base/unicode.h"
#include "script.h"

/* Finding out what was meant. */

/* `Multiple Choice` and `multiple_choice` as names are written: `multiple-choice`. */
static Text as_name(FieldContext *context, Text key)
{
    Buffer name = buffer_new(context->arena);
    for (size_t i = 0; i < key.length; i++) {
        const char byte = key.bytes[i];
        buffer_char(&name, byte == ' ' || byte == '_' ? '-' : byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte);
    }
    return buffer_text(&name);
}

typedef struct NameTaker {
    Nearest *nearest;
    Buffer *all;
} NameTaker;

static void take_name(void *context, Text name)
{
    NameTaker *taker = context;
    nearest_try(taker->nearest, name);
    buffer_format(taker->all, "%s%.*s", taker->all->length ? ", " : "", TEXT_ARG(name));
}

/* The plugin's name that is nearest to `key`; all of their names in `all`. */
static Text nearest_plugin(FieldContext *context, const Field *field, Text key, Buffer *all)
{
    Nearest nearest = nearest_to(key);
    all->length = 0;
    context->each_plugin(context->context, field->folder, take_name, &(NameTaker){&nearest, all});
    return nearest_found(&nearest);
}

static bool meant(FieldContext *context, const ValueEntry *entry, Text name)
{
    return diag_error(context->diag, entry->key_pos, "unknown key '%.*s'; did you mean '%.*s'?", TEXT_ARG(entry->key), TEXT_ARG(name));
}

static bool no_type(FieldContext *context, const Field *field, Pos pos)
{
    const Text folder = field->folder;
    const Text one = text_slice(folder, 0, folder.length - text_ends(folder, "s"));
    return diag_error(context->diag, pos, "none of the keys names a type of %.*s", TEXT_ARG(one));
}

/* None of the keys is a plugin's name: another tool's word for one, a name in another spelling, or one
 * that is misspelt, looked for in this order and in that of the file. */
static bool no_variant(FieldContext *context, const Field *field, const Value *value)
{
    Buffer all = buffer_new(context->arena);
    const ValueEntry *first = NULL;
    for (size_t i = 0; i < value->map.count; i++) {
        const ValueEntry *entry = &value->map.items[i];
        if (field_entry(field, entry->key))
            continue;
        first = first ? first : entry;
        const Text name = as_name(context, entry->key);
        if (context->plugin(context->context, field->folder, name))
            return meant(context, entry, name);
        const Value *instead = field->instead ? value_find(field->instead, name) : NULL;
        if (!instead)
            continue;
        no_type(context, field, entry->key_pos);
        diag_help(context->diag, "%.*s", TEXT_ARG(instead->text));
        return false;
    }
    for (size_t i = 0; i < value->map.count; i++) {
        const ValueEntry *entry = &value->map.items[i];
        const Text best = field_entry(field, entry->key) ? TEXT("") : nearest_plugin(context, field, entry->key, &all);
        if (best.length)
            return meant(context, entry, best);
    }
    no_type(context, field, first ? first->key_pos : value->pos);
    nearest_plugin(context, field, TEXT(""), &all);
    diag_help(context->diag, "begin with one of: %.*s", TEXT_ARG(buffer_text(&all)));
    return false;
}

/* A mere text where a record belongs, perhaps one whose first key could not be read as such. */
static bool no_record(FieldContext *context, const Field *field, Text name, const Value *value)
{
    if (value->kind != VALUE_TEXT)
        return field_wrong_kind(context, field, name, value);
    Buffer all = buffer_new(context->arena);
    const Text folder = field->folder;
    const Text one = text_slice(folder, 0, folder.length - text_ends(folder, "s"));
    const Text key = as_name(context, text_trim(text_slice(value->text, 0, text_find_char(value->text, ':'))));
    const Text best = nearest_plugin(context, field, key, &all);
    diag_error(context->diag, value->pos, "a %.*s begins with its type", TEXT_ARG(one));
    if (best.length && key.length < 40)
        diag_help(context->diag, "did you mean `%.*s: ...`?", TEXT_ARG(best));
    else
        diag_help(context->diag, "write one of these before it, and a colon: %.*s", TEXT_ARG(buffer_text(&all)));
    return false;
}

/* Holding it against the plugin's fields. */

static const ValueEntry *variant_key(FieldContext *context, const Field *field, const Value *value, const Plugin **plugin, bool *ok)
{
    const ValueEntry *found = NULL;
    for (size_t i = 0; i < value->map.count; i++) {
        const ValueEntry *entry = &value->map.items[i];
        const Plugin *candidate = context->plugin(context->context, field->folder, entry->key);
        if (candidate && found)
            *ok = diag_error(context->diag, entry->key_pos, "'%.*s' and '%.*s' cannot stand together; begin a new entry with `-`",
                             TEXT_ARG(found->key), TEXT_ARG(entry->key));
        if (!candidate || found)
            continue;
        found = entry;
        *plugin = candidate;
    }
    return found;
}

/* Report the keys that neither the plugin nor every variant has. */
static bool check_keys(FieldContext *context, const Field *field, const Plugin *plugin, const Value *value)
{
    bool ok = true;
    for (size_t i = 0; i < value->map.count; i++) {
        const ValueEntry *entry = &value->map.items[i];
        const bool is_own = field_entry(plugin->fields, entry->key) && !text_is(entry->key, "prompt");
        if (is_own || field_entry(field, entry->key) || context->plugin(context->context, field->folder, entry->key))
            continue;
        ok = field_unknown_key(context, plugin->fields, field, entry);
    }
    return ok;
}

static bool check_prompt(FieldContext *context, const Field *field, const ValueEntry *key, Value *typed)
{
    Value prompt;
    const bool is_blank = key->value.kind == VALUE_NULL || (key->value.kind == VALUE_TEXT && text_is_blank(key->value.text));
    if (is_blank)
        return diag_error(context->diag, key->key_pos, "'%.*s' has no text", TEXT_ARG(key->key));
    if (!field_check(context, field, key->key, &key->value, &prompt))
        return false;
    VALUE_SET(context->arena, typed, "prompt", prompt);
    return true;
}

/* The plugin's fields but `prompt`, which stands behind the key that names it. */
static Field without_prompt(FieldContext *context, const Field *own)
{
    Field rest = *own;
    rest.entries = ARENA_ARRAY(context->arena, FieldEntry, own->entry_count + 1);
    rest.entry_count = 0;
    for (size_t i = 0; i < own->entry_count; i++)
        if (!text_is(own->entries[i].name, "prompt"))
            rest.entries[rest.entry_count++] = own->entries[i];
    return rest;
}

bool variant_check(FieldContext *context, const Field *field, Text name, const Value *value, Value *typed)
{
    *typed = value_map();
    typed->pos = value->pos;
    if (value->kind != VALUE_MAP)
        return no_record(context, field, name, value);
    bool ok = true;
    const Plugin *plugin = NULL;
    const ValueEntry *key = variant_key(context, field, value, &plugin, &ok);
    if (!key)
        return no_variant(context, field, value);
    const bool is_partial = context->is_partial;
    const Field *prompt = field_entry(plugin->fields, TEXT("prompt"));
    const Field rest = without_prompt(context, plugin->fields);
    if (ok && !check_keys(context, field, plugin, value))
        ok = !(context->is_partial = true);    /* what is missing may be what has another name */
    VALUE_SET(context->arena, typed, "type", value_text(plugin->name));
    VALUE_SET(context->arena, typed, "source", value_text(prompt && key->value.kind == VALUE_TEXT ? key->value.text : TEXT("")));
    ok = (!prompt || check_prompt(context, prompt, key, typed)) && ok;
    ok = field_check_entries(context, &rest, value, typed) && ok;
    ok = field_check_entries(context, field, value, typed) && ok;
    context->is_partial = is_partial;
    if (ok && context->variant && !is_partial)
        context->variant(context->context, plugin, typed);
    return ok;
}

/* fields: see fields.h. */
#include "fields_inside.h"

#include "../base/unicode.h"
#include "../formats/yaml.h"
#include "fields_scalar.h"
#include "script.h"

/* Html objects have no parts that C answers for: the bridge gives them their methods. */
static bool html_get(void *context, Arena *arena, const void *data, Text key, Value *part)
{
    (void)context, (void)arena, (void)data, (void)key, (void)part;
    return false;
}

const ValueType html_value_type = {"Html", html_get};

/* Markdown in YAML: its places in the file go through the scalar's own origin. */
static Value markdown_value(FieldContext *context, Text text, const Origin *origin, bool has_gaps)
{
    MarkdownOptions options = *context->markdown;
    options.has_gaps = has_gaps;
    const Document *document = markdown_read(context->arena, text, origin, &options, context->diag);
    *LIST_PUSH(context->arena, &context->documents) = document;
    Fragment *fragment = ARENA_NEW(context->arena, Fragment);
    *fragment = document_unwrapped(document_all(document));
    Value value = value_object(&html_value_type, fragment);
    value.pos = origin_pos(origin, 0);
    return value;
}

static bool check_markdown(FieldContext *context, const Field *field, Text name, const Value *value, Value *typed)
{
    if (value->kind != VALUE_TEXT)
        return field_wrong_kind(context, field, name, value);
    const Origin origin = yaml_origin(context->arena, context->source, value);
    *typed = markdown_value(context, value->text, &origin, field->has_gaps);
    return true;
}

static Origin origin_from(FieldContext *context, const Origin *origin, uint32_t start)
{
    const Origin inner = origin_plain(context->arena, origin->file, start);
    return origin_through(context->arena, origin, &inner);
}

/* `=>` with blanks around it, outside of code: `text.length` when there is none. */
static size_t find_arrow(Text text)
{
    bool in_code = false;
    for (size_t i = 0; i + 1 < text.length; i++) {
        in_code ^= text.bytes[i] == '`';
        const bool begins = i == 0 || text.bytes[i - 1] == ' ' || text.bytes[i - 1] == '\n';
        const bool ends = i + 2 == text.length || text.bytes[i + 2] == ' ' || text.bytes[i + 2] == '\n';
        if (!in_code && begins && ends && text.bytes[i] == '=' && text.bytes[i + 1] == '>')
            return i;
    }
    return text.length;
}

/* The key of what the author wrote there: `text-source`. */
static Text source_key(FieldContext *context, Text name)
{
    Buffer key = buffer_new(context->arena);
    buffer_put(&key, name);
    buffer_string(&key, "-source");
    return buffer_text(&key);
}

static bool check_arrow(FieldContext *context, const Field *field, Text name, const Value *value, Value *typed)
{
    if (value->kind != VALUE_TEXT)
        return field_wrong_kind(context, field, name, value);
    *typed = value_map();
    typed->pos = value->pos;
    const Origin origin = yaml_origin(context->arena, context->source, value);
    const size_t arrow = find_arrow(value->text);
    const Text first = text_trim(text_slice(value->text, 0, arrow));
    value_set(context->arena, typed, field->options[0], markdown_value(context, first, &origin, false));
    value_set(context->arena, typed, source_key(context, field->options[0]), value_text(first));
    if (arrow == value->text.length && field->is_required) {
        diag_error(context->diag, value->pos, "an arrow `=>` with a text behind it is missing");
        if (text_find(value->text, "=>") < value->text.length)
            diag_help(context->diag, "blanks belong around it: `one => other`");
        return false;
    }
    if (arrow == value->text.length)
        return true;
    const Text second = text_trim(text_after(value->text, arrow + 2));
    if (second.length == 0 && field->is_required)
        return diag_error(context->diag, value->pos, "an arrow `=>` with a text behind it is missing");
    const Origin behind = origin_from(context, &origin, (uint32_t)(second.bytes - value->text.bytes));
    value_set(context->arena, typed, field->options[1], markdown_value(context, second, &behind, false));
    value_set(context->arena, typed, source_key(context, field->options[1]), value_text(second));
    return true;
}

static bool check_list(FieldContext *context, const Field *field, Text name, const Value *value, Value *typed)
{
    *typed = value_list();
    typed->pos = value->pos;
    if (value->kind != VALUE_LIST) {
        if (field->kind == FIELD_LIST)
            return field_wrong_kind(context, field, name, value);
        Value item;
        const bool ok = field_check(context, field->item, name, value, &item);
        if (ok)
            value_add(context->arena, typed, item);
        return ok;
    }
    bool ok = true;
    const Text around = context->list;
    for (size_t i = 0; i < value->list.count; i++) {
        Value item;
        context->list = name;
        if (field_check(context, field->item, name, &value->list.items[i], &item))
            value_add(context->arena, typed, item);
        else
            ok = false;
    }
    context->list = around;
    if (field->has_min && (double)value->list.count < field->min)
        ok = diag_error(context->diag, value->pos, "'%.*s' needs at least %g %s", TEXT_ARG(name), field->min,
                        field->min == 1 ? "entry" : "entries");
    return ok;
}

static bool is_list(const Field *field)
{
    return field->kind == FIELD_LIST || field->kind == FIELD_LIST_OR_ONE;
}

/* What a field is when the author wrote nothing. */
static bool check_missing(FieldContext *context, const Field *field, Text name, Pos pos, Value *typed)
{
    if (field->is_required && context->is_partial)
        return false;
    if (field->is_required)
        return diag_error(context->diag, pos, "'%.*s' is missing", TEXT_ARG(name));
    if (is_list(field))
        *typed = value_list();
    else if (field->kind == FIELD_MAP)
        *typed = value_map();
    else
        *typed = VALUE_NONE;
    return true;
}

static void set_entry(FieldContext *context, Value *typed, Text name, Value part, const ValueEntry *written)
{
    value_set(context->arena, typed, name, part);
    if (written)
        typed->map.items[typed->map.count - 1].key_pos = written->key_pos;
}

static bool check_map(FieldContext *context, const Field *field, Text name, const Value *value, Value *typed)
{
    *typed = value_map();
    typed->pos = value->pos;
    if (value->kind != VALUE_MAP)
        return field_wrong_kind(context, field, name, value);
    bool ok = true;
    for (size_t i = 0; i < value->map.count; i++) {
        const ValueEntry *entry = &value->map.items[i];
        Value item;
        const bool is_right = entry->value.kind == VALUE_NULL && is_list(field->item)
                                  ? check_missing(context, field->item, entry->key, entry->value.pos, &item)
                                  : field_check(context, field->item, entry->key, &entry->value, &item);
        if (is_right)
            set_entry(context, typed, entry->key, item, entry);
        ok = ok && is_right;
    }
    return ok;
}

const Field *field_entry(const Field *record, Text name)
{
    for (size_t i = 0; i < record->entry_count; i++)
        if (text_equal(record->entries[i].name, name))
            return record->entries[i].field;
    return NULL;
}

/* The keys that are known, if they are few. */
static void help_with_keys(FieldContext *context, const Field *record)
{
    enum { MOST = 12 };
    Buffer keys = buffer_new(context->arena);
    for (size_t i = 0; i < record->entry_count; i++)
        if (!text_is(record->entries[i].name, "prompt"))    /* stands behind the key that names a variant */
            buffer_format(&keys, "%s%.*s", keys.length ? ", " : "", TEXT_ARG(record->entries[i].name));
    if (keys.length && record->entry_count <= MOST)
        diag_help(context->diag, "the keys here are: %.*s", TEXT_ARG(buffer_text(&keys)));
}

bool field_unknown_key(FieldContext *context, const Field *record, const Field *more, const ValueEntry *entry)
{
    Nearest nearest = nearest_to(entry->key);
    for (size_t i = 0; i < record->entry_count; i++)
        nearest_try(&nearest, record->entries[i].name);
    for (size_t i = 0; more && i < more->entry_count; i++)
        nearest_try(&nearest, more->entries[i].name);
    const Text best = nearest_found(&nearest);
    if (best.length)
        return diag_error(context->diag, entry->key_pos, "unknown key '%.*s'; did you mean '%.*s'?", TEXT_ARG(entry->key), TEXT_ARG(best));
    diag_error(context->diag, entry->key_pos, "unknown key '%.*s'", TEXT_ARG(entry->key));
    help_with_keys(context, record);
    return false;
}

/* Did the author mean this key, but misspell it?  Then that was said, and it is not missing too. */
static bool is_misspelt(const Field *record, const Value *value, Text name)
{
    for (size_t i = 0; i < value->map.count; i++) {
        const Text key = value->map.items[i].key;
        Nearest nearest = nearest_to(key);
        if (field_entry(record, key))
            continue;
        for (size_t j = 0; j < record->entry_count; j++)
            nearest_try(&nearest, record->entries[j].name);
        if (text_equal(nearest_found(&nearest), name))
            return true;
    }
    return false;
}

/* A list or map with a bad item is still a list: that of the good ones. */
static bool keeps_its_rest(const Field *field)
{
    return is_list(field) || field->kind == FIELD_MAP;
}

bool field_check_entries(FieldContext *context, const Field *record, const Value *value, Value *typed)
{
    bool ok = true;
    for (size_t i = 0; i < record->entry_count; i++) {
        const FieldEntry *entry = &record->entries[i];
        const Value *written = value_find(value, entry->name);
        Value part = VALUE_NONE;
        const bool is_there = written && written->kind != VALUE_NULL;
        bool is_right = is_there && field_check(context, entry->field, entry->name, written, &part);
        if (!is_there && !(entry->field->is_required && is_misspelt(record, value, entry->name)))
            is_right = check_missing(context, entry->field, entry->name, written ? written->pos : value->pos, &part);
        if (part.kind != VALUE_NULL && (is_right || keeps_its_rest(entry->field)))
            set_entry(context, typed, entry->name, part, value_entry(value, entry->name));
        ok = ok && is_right;
    }
    return ok;
}

static bool check_record(FieldContext *context, const Field *field, Text name, const Value *value, Value *typed)
{
    *typed = value_map();
    typed->pos = value->pos;
    if (value->kind != VALUE_MAP)
        return field_wrong_kind(context, field, name, value);
    bool ok = true;
    for (size_t i = 0; i < value->map.count; i++)
        if (!field_entry(field, value->map.items[i].key))
            ok = field_unknown_key(context, field, NULL, &value->map.items[i]);
    return field_check_entries(context, field, value, typed) && ok;
}

/* One of several forms, told apart by shape, or by a key that only one has. */

static bool fits_shape(const Field *field, const Value *value)
{
    switch (field->kind) {
    case FIELD_LIST: return value->kind == VALUE_LIST;
    case FIELD_LIST_OR_ONE: case FIELD_ANYTHING: return true;
    case FIELD_MAP: case FIELD_VARIANT: return value->kind == VALUE_MAP;
    case FIELD_RECORD:
        if (value->kind != VALUE_MAP)
            return false;
        for (size_t i = 0; i < value->map.count; i++)
            if (!field_entry(field, value->map.items[i].key))
                return false;
        return true;
    case FIELD_ONE_OF:
        for (size_t i = 0; i < field->option_count; i++)
            if (value->kind == VALUE_TEXT && text_equal(field->options[i], value->text))
                return true;
        return false;
    case FIELD_BOOLEAN: {
        const Text text = value->kind == VALUE_TEXT ? value->text : TEXT("");
        return text_is(text, "true") || text_is(text, "false");
    }
    case FIELD_INTEGER: {
        int64_t integer;
        return value->kind == VALUE_TEXT && text_integer(value->text, &integer);
    }
    default: return value->kind == VALUE_TEXT;
    }
}

static bool check_either(FieldContext *context, const Field *field, Text name, const Value *value, Value *typed)
{
    const Field *same_kind = NULL;
    for (size_t i = 0; i < field->option_count; i++) {
        const Field *choice = field->choices[i];
        if (fits_shape(choice, value))
            return field_check(context, choice, name, value, typed);
        if (choice->kind == FIELD_RECORD && value->kind == VALUE_MAP)
            same_kind = choice;
    }
    if (same_kind)
        return field_check(context, same_kind, name, value, typed);
    return field_check(context, field->choices[field->option_count - 1], name, value, typed);
}

static bool check_path(FieldContext *context, const Field *field, Text name, const Value *value, Value *typed)
{
    if (value->kind != VALUE_TEXT)
        return field_wrong_kind(context, field, name, value);
    const bool is_remote = text_starts(value->text, "http://") || text_starts(value->text, "https://");
    if (!(is_remote && field->allows_remote))
        *LIST_PUSH(context->arena, &context->links) = (FieldLink){value->text, value->pos, field->kind == FIELD_PATH, false};
    *typed = *value;
    return true;
}

bool field_check(FieldContext *context, const Field *field, Text name, const Value *value, Value *typed)
{
    *typed = VALUE_NONE;
    typed->pos = value->pos;
    bool ok = false;
    switch (field->kind) {
    case FIELD_TEXT:
        ok = value->kind == VALUE_TEXT || field_wrong_kind(context, field, name, value);
        *typed = *value;
        break;
    case FIELD_ANYTHING: *typed = *value; ok = true; break;
    case FIELD_MARKDOWN: ok = check_markdown(context, field, name, value, typed); break;
    case FIELD_INTEGER: case FIELD_NUMBER: case FIELD_PERCENT: case FIELD_BOOLEAN: case FIELD_DATE: case FIELD_COLOR: case FIELD_ONE_OF:
        ok = field_check_scalar(context, field, name, value, typed);
        break;
    case FIELD_PATH: case FIELD_PAGE: ok = check_path(context, field, name, value, typed); break;
    case FIELD_LIST: case FIELD_LIST_OR_ONE: ok = check_list(context, field, name, value, typed); break;
    case FIELD_MAP: ok = check_map(context, field, name, value, typed); break;
    case FIELD_RECORD: ok = check_record(context, field, name, value, typed); break;
    case FIELD_EITHER: ok = check_either(context, field, name, value, typed); break;
    case FIELD_ARROW: ok = check_arrow(context, field, name, value, typed); break;
    case FIELD_VARIANT: ok = context->check_variant(context, field, name, value, typed); break;
    }
    typed->pos = value->pos;
    return ok;
}

bool field_is_sound(const Field *record, const Value *typed)
{
    for (size_t i = 0; i < record->entry_count; i++)
        if (record->entries[i].field->is_required && !value_find(typed, record->entries[i].name))
            return false;
    return true;
}

const Field *field_join(Arena *arena, const Field *left, const Field *right)
{
    Field *joined = ARENA_NEW(arena, Field);
    *joined = (Field){.kind = FIELD_RECORD, .entry_count = left->entry_count + right->entry_count};
    joined->entries = ARENA_ARRAY(arena, FieldEntry, joined->entry_count + 1);
    for (size_t i = 0; i < left->entry_count; i++)
        joined->entries[i] = left->entries[i];
    for (size_t i = 0; i < right->entry_count; i++)
        joined->entries[left->entry_count + i] = right->entries[i];
    return joined;
}

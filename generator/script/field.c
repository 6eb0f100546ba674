/* field: see field.h. */
#include "field.h"

const char *field_kind_words(const Field *field)
{
    switch (field->kind) {
    case FIELD_TEXT: case FIELD_MARKDOWN: case FIELD_ARROW: return "a text";
    case FIELD_INTEGER: return "a whole number";
    case FIELD_NUMBER: return "a number";
    case FIELD_PERCENT: return "a percentage such as 80%";
    case FIELD_BOOLEAN: return "true or false";
    case FIELD_DATE: return "a date such as 2026-11-02";
    case FIELD_COLOR: return "a colour such as \"#0b5d4d\"";
    case FIELD_PATH: return "the path of a file";
    case FIELD_PAGE: return "the path of a page";
    case FIELD_ANYTHING: return "anything";
    case FIELD_LIST: case FIELD_LIST_OR_ONE: return "a list";
    case FIELD_MAP: case FIELD_RECORD: case FIELD_VARIANT: return "a group of keys";
    case FIELD_ONE_OF: return "one of the words that are listed";
    case FIELD_EITHER: return "one of several forms";
    }
    return "a value";
}

Text field_words_of(FieldContext *context, const Value *value)
{
    if (value->kind != VALUE_TEXT)
        return text_from(value_kind_name(value));
    const size_t shown = value->text.length < 40 ? value->text.length : 40;
    return text_format(context->arena, "'%.*s'", (int)shown, value->text.bytes);
}

/* What an author may have meant who wrote another kind of value. */
static void help_with_kind(FieldContext *context, const Field *field, const Value *value)
{
    const bool is_map = field->kind == FIELD_MAP || field->kind == FIELD_RECORD;
    if (is_map && value->kind == VALUE_LIST)
        diag_help(context->diag, "write the names without a dash before them: `Name: ...`");
    else if (field->kind == FIELD_ARROW && field->is_required && value->kind == VALUE_MAP)
        diag_help(context->diag, "write both sides with an arrow between: `one => other`");
    else if (field->kind == FIELD_NUMBER && value->kind == VALUE_TEXT && text_find_char(value->text, ',') < value->text.length)
        diag_help(context->diag, "write a point, not a comma: `1.5`; learners may type either");
    else if (value->kind == VALUE_LIST)
        diag_help(context->diag, "one value belongs here, not a list of them");
}

bool field_wrong_kind(FieldContext *context, const Field *field, Text name, const Value *value)
{
    const char *whose = context->list.bytes && text_equal(context->list, name) ? "each entry of " : "";
    diag_error(context->diag, value->pos, "%s'%.*s' must be %s, not %.*s", whose, TEXT_ARG(name),
               field_kind_words(field), TEXT_ARG(field_words_of(context, value)));
    help_with_kind(context, field, value);
    return false;
}

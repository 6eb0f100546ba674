/* fields_scalar: see fields_scalar.h. */
#include "fields_scalar.h"

#include "../base/unicode.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool check_range(FieldContext *context, const Field *field, Text name, const Value *value, double number)
{
    if (field->has_min && number < field->min)
        return diag_error(context->diag, value->pos, "'%.*s' must be at least %g", TEXT_ARG(name), field->min);
    if (field->has_max && number > field->max)
        return diag_error(context->diag, value->pos, "'%.*s' must be at most %g", TEXT_ARG(name), field->max);
    return true;
}

static bool check_integer(FieldContext *context, const Field *field, Text name, const Value *value, Value *typed)
{
    int64_t integer;
    if (value->kind != VALUE_TEXT || !text_integer(value->text, &integer))
        return field_wrong_kind(context, field, name, value);
    *typed = value_int(integer);
    return check_range(context, field, name, value, (double)integer);
}

static bool real_from(FieldContext *context, Text text, double *real)
{
    char *end;
    const char *digits = text_c_string(context->arena, text);
    if (text.length == 0 || strspn(digits, "0123456789+-.eE") != text.length)
        return false;
    *real = strtod(digits, &end);
    return *end == '\0' && isfinite(*real);
}

static bool check_number(FieldContext *context, const Field *field, Text name, const Value *value, Value *typed)
{
    double real;
    if (value->kind != VALUE_TEXT || !real_from(context, value->text, &real))
        return field_wrong_kind(context, field, name, value);
    *typed = value_real(real);
    return check_range(context, field, name, value, real);
}

static bool check_percent(FieldContext *context, const Field *field, Text name, const Value *value, Value *typed)
{
    double real;
    Text digits = value->kind == VALUE_TEXT ? value->text : TEXT("");
    if (text_ends(digits, "%"))
        digits = text_trim(text_slice(digits, 0, digits.length - 1));
    if (!real_from(context, digits, &real))
        return field_wrong_kind(context, field, name, value);
    *typed = value_real(real);
    if (real < 0 || real > 100)
        return diag_error(context->diag, value->pos, "'%.*s' must be between 0%% and 100%%", TEXT_ARG(name));
    if (real > 0 && real <= 1 && !text_ends(value->text, "%")) {
        diag_warn(context->diag, value->pos, "this is %g of a hundred", real);
        diag_help(context->diag, "write `%g%%` if that is what you mean, `%g%%` if not", 100 * real, real);
    }
    return true;
}

static bool check_boolean(FieldContext *context, const Field *field, Text name, const Value *value, Value *typed)
{
    static const char *const yes[] = {"true", "True", "TRUE", "yes", "Yes", "on", "On"};
    static const char *const no[] = {"false", "False", "FALSE", "no", "No", "off", "Off"};
    for (size_t i = 0; value->kind == VALUE_TEXT && i < sizeof yes / sizeof *yes; i++) {
        if (text_is(value->text, yes[i]) || text_is(value->text, no[i])) {
            *typed = value_bool(text_is(value->text, yes[i]));
            return true;
        }
    }
    return field_wrong_kind(context, field, name, value);
}

static bool has_shape(Text text, const char *shape)
{
    if (text.length != strlen(shape))
        return false;
    for (size_t i = 0; i < text.length; i++) {
        const bool is_digit = text.bytes[i] >= '0' && text.bytes[i] <= '9';
        const bool is_hex = is_digit || (text.bytes[i] >= 'a' && text.bytes[i] <= 'f') || (text.bytes[i] >= 'A' && text.bytes[i] <= 'F');
        if (shape[i] == '0' ? !is_digit : shape[i] == 'x' ? !is_hex : text.bytes[i] != shape[i])
            return false;
    }
    return true;
}

static bool check_shape(FieldContext *context, const Field *field, Text name, const Value *value, Value *typed)
{
    const bool is_right = value->kind == VALUE_TEXT &&
                          (field->kind == FIELD_DATE ? has_shape(value->text, "0000-00-00")
                                                     : has_shape(value->text, "#xxxxxx") || has_shape(value->text, "#xxx"));
    if (!is_right)
        return field_wrong_kind(context, field, name, value);
    *typed = *value;
    return true;
}

static bool check_one_of(FieldContext *context, const Field *field, Text name, const Value *value, Value *typed)
{
    Nearest nearest = nearest_to(value->kind == VALUE_TEXT ? value->text : TEXT(""));
    Buffer all = buffer_new(context->arena);
    for (size_t i = 0; i < field->option_count; i++) {
        if (value->kind == VALUE_TEXT && text_equal(field->options[i], value->text)) {
            *typed = *value;
            return true;
        }
        nearest_try(&nearest, field->options[i]);
        buffer_format(&all, "%s'%.*s'", i == 0 ? "" : i + 1 == field->option_count ? " or " : ", ", TEXT_ARG(field->options[i]));
    }
    diag_error(context->diag, value->pos, "'%.*s' must be %.*s, not %.*s", TEXT_ARG(name),
               TEXT_ARG(buffer_text(&all)), TEXT_ARG(field_words_of(context, value)));
    if (nearest_found(&nearest).length)
        diag_help(context->diag, "did you mean '%.*s'?", TEXT_ARG(nearest_found(&nearest)));
    return false;
}

bool field_check_scalar(FieldContext *context, const Field *field, Text name, const Value *value, Value *typed)
{
    switch (field->kind) {
    case FIELD_INTEGER: return check_integer(context, field, name, value, typed);
    case FIELD_NUMBER: return check_number(context, field, name, value, typed);
    case FIELD_PERCENT: return check_percent(context, field, name, value, typed);
    case FIELD_BOOLEAN: return check_boolean(context, field, name, value, typed);
    case FIELD_DATE: case FIELD_COLOR: return check_shape(context, field, name, value, typed);
    case FIELD_ONE_OF: return check_one_of(context, field, name, value, typed);
    default: return false;
    }
}

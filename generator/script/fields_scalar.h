/* fields_scalar: values of one word: numbers, percentages, yes and no, dates, colours, words of a list. */
#ifndef LECTERN_FIELDS_SCALAR_H
#define LECTERN_FIELDS_SCALAR_H

#include "field.h"

/* Hold `value` against a field whose kind has values of one word and is no text; what comes of it is in
 * `*typed`.  False after reporting. */
bool field_check_scalar(FieldContext *context, const Field *field, Text name, const Value *value, Value *typed);

#endif

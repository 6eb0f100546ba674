/* fields_inside: what the files share that hold values against fields. */
#ifndef LECTERN_FIELDS_INSIDE_H
#define LECTERN_FIELDS_INSIDE_H

#include "fields.h"

/* The field of that name, or NULL. */
const Field *field_entry(const Field *record, Text name);

/* Report a key that neither `record` nor `more` (which may be NULL) has; gives false. */
bool field_unknown_key(FieldContext *context, const Field *record, const Field *more, const ValueEntry *entry);

/* Hold the parts of a map against the entries of `record`, one by one. */
bool field_check_entries(FieldContext *context, const Field *record, const Value *value, Value *typed);

/* variants.c: a record of which one key names the plugin whose fields it has besides. */
bool variant_check(FieldContext *context, const Field *field, Text name, const Value *value, Value *typed);

#endif

/* fields: what a plugin declares, and holding an author's values against it.
 * A declaration is read from Lua once, when the plugin is loaded; everything that depends on it
 * (checking, messages, JSON Schema, reference pages) uses this form. */
#ifndef LECTERN_FIELDS_H
#define LECTERN_FIELDS_H

#include "field.h"

typedef struct lua_State lua_State;

/* Read the declaration at the top of the stack, leaving it there.  False when it makes no sense:
 * then `*problem` says why, for the plugin's author. */
bool field_from_lua(lua_State *lua, Arena *arena, Field **field, Text *problem);

/* Hold `value` against `field`; what comes of it, typed, is in `*typed`.  Lists that are left out
 * are empty, markdown is an Html object, everything else left out is missing.  False after
 * reporting; all that is right is in `*typed` even then. */
bool field_check(FieldContext *context, const Field *field, Text name, const Value *value, Value *typed);

/* Has a record, as field_check left it, everything that is required?  Then its plugin can check
 * it further even if something else was wrong and is left out. */
bool field_is_sound(const Field *record, const Value *typed);

/* The record of a whole page: the entries of both, under one roof. */
const Field *field_join(Arena *arena, const Field *left, const Field *right);

/* The type of Html objects: `data` is a Fragment. */
extern const ValueType html_value_type;

#endif

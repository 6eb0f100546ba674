/* schema: what plugins declare, as JSON Schema (draft 7), for editors that complete and check while
 * somebody types.  A schema sees a file as an editor reads it: what `check` functions and links are
 * about is not in it, and Lectern mends what an editor cannot read.  Where both cannot agree, the
 * schema lets pass. */
#ifndef LECTERN_SCHEMA_H
#define LECTERN_SCHEMA_H

#include "script.h"

/* The schema of a file of settings, such as `site`: a map for json_write_indented.  Under `plugins_key`,
 * unless it is "", stand plugins by the names of their files. */
Value schema_of_settings(const Script *script, Arena *arena, Text name, Text plugins_key);

/* The schema of a page: the keys of the settings `common`, one of which, `type_key`, names the page
 * type, and those of its type.  A page that names none may be a default for any of `defaults`, which
 * ends with NULL. */
Value schema_of_page(const Script *script, Arena *arena, Text common, Text type_key, const char *const *defaults);

#endif

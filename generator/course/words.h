/* words: the catalogue, every word that people see, in their language.
 * A text is looked up in `de-AT`, `de`, the site's language and English, in this
 * order.  A text with forms for several counts is a map from CLDR's plural
 * categories (one, few, other...) to texts; `{name}` stands for a value. */
#ifndef LECTERN_WORDS_H
#define LECTERN_WORDS_H

#include "project.h"

/* Read the catalogues of the site's language, reporting what is wrong in them. */
void words_load(Project *project);

/* Read the catalogues that `language` and the site's language need, once each. */
Words *words_open(Project *project);

Text words_get(void *project, Arena *arena, Text language, Text key, const Value *values);

/* What the script says on any page, with all forms: the entries that begin with `js-`, without that. */
Value words_of_script(Project *project, Arena *arena, Text language);

/* What it says on some pages alone: the entries that begin with `more`, under their whole keys; none when that is empty. */
Value words_for_script(void *project, Arena *arena, Text language, Text more);

/* Is it a language tag of a sensible form (BCP 47): letters and digits with hyphens between? */
bool words_is_language(Text language);

/* The plural category of a whole number (CLDR 45, cardinal rules) in a language. */
const char *words_plural(Text language, int64_t count);

/* `rtl` for languages written from the right, else `ltr`. */
const char *words_direction(Text language);

#endif

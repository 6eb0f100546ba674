/* load: lists and stats content/: afterwards every file, course, module and page is known, with
 * its address, and nothing has been read. */
#ifndef LECTERN_LOAD_H
#define LECTERN_LOAD_H

#include "project.h"

/* False when there is no content/ to work on; other mistakes are reported and passed over. */
bool load_project(Project *project);

/* The name of a folder or page as a part of an address: its number off, lower case, `[a-z0-9-]`.
 * The number is SITE_NOWHERE when the name begins with none. */
Text load_slug(Arena *arena, Text name, uint32_t *number);

#endif

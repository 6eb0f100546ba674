/* find: pages by what they are, for plugins: C goes over many faster than Lua does. */
#ifndef LECTERN_FIND_H
#define LECTERN_FIND_H

#include "project.h"

/* The published pages of what `place` stands for, the site, a course or a module, in the order of reading, as a list of
 * objects: those of that type, and those on which a block of that plugin made something known.  A text without bytes
 * asks for nothing.  Of a page it is that page, if it meets this. */
Value find_pages(Project *project, Arena *arena, const Value *place, Text type, Text block);

#endif

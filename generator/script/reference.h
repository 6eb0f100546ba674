/* reference: what plugins declare, as tables in Markdown for people. */
#ifndef LECTERN_REFERENCE_H
#define LECTERN_REFERENCE_H

#include "script.h"

/* All settings, page types, types of questions, blocks and options, with every key. */
void reference_write(const Script *script, Arena *arena, Buffer *out);

#endif

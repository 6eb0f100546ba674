/* entities: HTML's character references, `&eacute;`, `&#233;` and `&#xE9;`. */
#ifndef LECTERN_ENTITIES_H
#define LECTERN_ENTITIES_H

#include "../base/text.h"

/* Write the characters that `entity` (from `&` to `;`) stands for.  False, and nothing written,
 * when HTML knows no such name.  Numbers that are no character give U+FFFD, as CommonMark asks. */
bool entity_decode(Text entity, Buffer *plain);

#endif

/* path: names of files and addresses, with `/` between their parts; nothing here touches a disk. */
#ifndef LECTERN_PATH_H
#define LECTERN_PATH_H

#include "text.h"

/* Borrowed parts of `path`: `a/b/c.md` has folder `a/b` ("" when there is none), name `c.md`,
 * stem `c` and extension `md`. */
Text path_folder(Text path);
Text path_name(Text path);
Text path_stem(Text path);
Text path_extension(Text path);

/* `folder/name`, or `name` alone when `folder` is empty. */
Text path_join(Arena *arena, Text folder, Text name);

/* Take `.` and `..` out of `path`.  False when it leads out of the folder it starts in. */
bool path_normal(Arena *arena, Text path, Text *normal);

/* How a page at `from` writes a link to `to`, both addresses from the site's top:
 * from `a/b.html` to `c/d.html` it is `../c/d.html`. */
Text path_relative(Arena *arena, Text from, Text to);

/* The relative URL `url`, which stands on a page at `from`, as it has to stand on one at `to`; any other URL,
 * and a mere `#place`, is given back.  RFC 3986, 4.2 and 5.2. */
Text path_rebased(Arena *arena, Text url, Text from, Text to);

/* Is `path` in `folder`, at any depth?  Every path is in "". */
bool path_is_in(Text path, Text folder);

/* The scheme of a URL (`https` of `https://…`), or none.  RFC 3986, 3.1. */
Text path_scheme(Text target);

/* `target` with `%XX` decoded; false when one is not two hexadecimal digits, or is %00. */
bool path_decoded(Arena *arena, Text target, Text *decoded);

#endif

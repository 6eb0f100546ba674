/* page: a page as a browser shows it just now, and what has become of it since.
 * Its state is a short text that goes to the browser with the page, and comes back with the wish to
 * hear of changes; so nothing is missed in between, not even while Lectern was not running. */
#ifndef LECTERN_SERVER_PAGE_H
#define LECTERN_SERVER_PAGE_H

#include "../base/text.h"

/* The file that is shown for a path: `desk/` is `desk/index.html`. */
Text page_file(Arena *arena, Text path);

/* The state of the page for `path` (see request_path) in the site's `folder`: what stands in it, and
 * the pictures, scripts and style sheets that it names.  Versions behind `?v=` do
 * not count.  `html` is the page, where it has been read already. */
Text page_state(Arena *arena, const char *folder, Text path);
Text page_state_of(Arena *arena, const char *folder, Text path, Text html);

/* What a browser has to do that shows `before`: `none`, `style` (only its style sheets differ) or
 * `page`. */
const char *page_change(Text before, Text after);

/* The page with the script that keeps it fresh; the page itself where its policy allows no script. */
Text page_with_script(Arena *arena, Text html, Text state);

#endif

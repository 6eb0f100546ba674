/* request: what a browser asks for, held against what it may ask.
 * Nothing here touches a disk or a connection; what arrives may be any bytes. */
#ifndef LECTERN_REQUEST_H
#define LECTERN_REQUEST_H

#include "../base/text.h"

/* The path below the site that `target` (as it stands in the request: `/desk/one%2dtwo.html?x=1`)
 * names: `desk/one-two.html`, "" for the top, with a slash at its end where there was one.  It is
 * decoded once.  False for what leads elsewhere or cannot be a page: no slash in front, `..`, `.` or
 * nothing between slashes, a hidden name, NUL and other control characters, a backslash, a slash
 * that was encoded, `%` without two digits. */
bool request_path(Arena *arena, Text target, Text *path);

/* The value of `name` in the query of `target`, decoded; "" when it is not there. */
Text request_value(Arena *arena, Text target, Text name);

/* `path` as it is written in a Location: whatever is not a letter, a digit or one of `-._~/` encoded. */
Text request_encoded(Arena *arena, Text path);

/* Is the Host of a request one of `names` (`localhost`, `127.0.0.1`, `[::1]`), with a port or
 * without?  A page of somewhere else, whose name was made to lead here, names itself. */
bool request_host_is(Text host, const TextList *names);

typedef enum RangeKind { RANGE_WHOLE, RANGE_PART, RANGE_OUTSIDE } RangeKind;

/* What part of a file of `size` bytes the header `Range` asks for (RFC 9110, 14.1.2).  Several
 * parts at once, other units and nonsense are the whole file, as the standard allows. */
RangeKind request_range(Text header, uint64_t size, uint64_t *first, uint64_t *count);

/* The media type of a file by the end of its name: `text/html; charset=utf-8`. */
const char *request_type(Text path);

#endif

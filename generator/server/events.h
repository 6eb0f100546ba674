/* events: browsers that wait for news (server-sent events), each with the page that it shows. */
#ifndef LECTERN_EVENTS_H
#define LECTERN_EVENTS_H

#include "../base/text.h"

struct event_base;
struct evhttp_request;

typedef struct Events Events;

/* `folder` is the site's.  Lives in `arena`, until events_close. */
Events *events_open(Arena *arena, struct event_base *base, const char *folder);

/* Answer `request` with a stream for a browser that shows the page for `path` in `state`, and tell
 * it at once what has changed since.  The connection is kept until one side ends it.
 * A browser keeps six connections to one host and no more, so many windows of it would leave none for
 * pages: where four of the same `client` wait, the one that has waited longest is sent away.  It comes
 * again by itself, and misses nothing.  "" is a client that is not counted. */
void events_add(Events *events, struct evhttp_request *request, Text client, Text path, Text state);

/* A build has ended.  `news` is what every browser shall know, a line of JSON, copied.  Each is also
 * told what it has to do with its page: `{"change": "page", "news": …}`. */
void events_tell(Events *events, Text news);

void events_close(Events *events);

#endif

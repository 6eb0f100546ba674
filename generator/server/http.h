/* http: shows a folder of finished pages to browsers, and keeps what they show fresh.
 * It listens on this machine alone, unless it is asked for more; takes GET and HEAD; refuses names
 * of other hosts, and paths and links that lead out of the folder. */
#ifndef LECTERN_HTTP_H
#define LECTERN_HTTP_H

#include "../base/text.h"

struct event_base;

typedef struct Http Http;

typedef struct HttpOptions {
    const char *folder;       /* the site; it may be made later, and be replaced while it is shown */
    uint16_t port;            /* the first to try */
    bool is_lan;              /* listen on all networks of this machine */
    Text script, styles;      /* what comes with each page: reload.js and overlay.css */
} HttpOptions;

/* Listen on the first port that is free, from `port` on, and on any after a hundred.  NULL with an
 * errno in `error` when there is none.  Everything lives in `arena`, until http_close. */
Http *http_open(Arena *arena, struct event_base *base, const HttpOptions *options, int *error);

uint16_t http_port(const Http *http);

/* The addresses of this machine in its networks, as numbers: `192.168.1.20`. */
TextList http_lan_addresses(Arena *arena);

/* Tell all browsers what a build has brought; see events_tell. */
void http_tell(Http *http, Text news);

void http_close(Http *http);

#endif

/* http: see http.h. */
#include "http.h"

#include "events.h"
#include "page.h"
#include "request.h"
#include "../base/files.h"
#include "../base/path.h"

#include <arpa/inet.h>
#include <errno.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <limits.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    MOST_HEADER_BYTES = 32 << 10,
    MOST_BODY_BYTES = 64 << 10,    /* read and thrown away */
    SLOWEST_SECONDS = 30,
    PORTS_TRIED = 100,
    LARGEST_PAGE_BYTES = 64 << 20
};

struct Http {
    struct evhttp *server;
    struct evhttp_bound_socket *socket;
    HttpOptions options;
    TextList hosts;           /* what this machine may be called */
    Events *events;
    Arena *arena;             /* for the request at hand */
};

/* Answering. */

static void put_header(struct evhttp_request *request, const char *name, const char *value)
{
    evhttp_add_header(evhttp_request_get_output_headers(request), name, value);
}

static Text header(struct evhttp_request *request, const char *name)
{
    const char *value = evhttp_find_header(evhttp_request_get_input_headers(request), name);
    return value ? text_from(value) : TEXT("");
}

static bool is_head(struct evhttp_request *request)
{
    return evhttp_request_get_command(request) == EVHTTP_REQ_HEAD;
}

/* `body` may be NULL; it is freed.  A HEAD is told how long it would be. */
static void send_body(struct evhttp_request *request, int status, const char *type, struct evbuffer *body)
{
    char length[32];
    snprintf(length, sizeof length, "%zu", body ? evbuffer_get_length(body) : 0);
    put_header(request, "Content-Type", type);
    put_header(request, "Content-Length", length);
    put_header(request, "Cache-Control", "no-store");
    put_header(request, "X-Content-Type-Options", "nosniff");
    put_header(request, "Cross-Origin-Resource-Policy", "same-origin");
    put_header(request, "Referrer-Policy", "same-origin");
    evhttp_send_reply(request, status, NULL, is_head(request) ? NULL : body);
    if (body)
        evbuffer_free(body);
}

static void send_text(struct evhttp_request *request, int status, const char *type, Text text)
{
    struct evbuffer *body = evbuffer_new();
    evbuffer_add(body, text.bytes, text.length);
    send_body(request, status, type, body);
}

static void send_refusal(struct evhttp_request *request, int status, const char *sentence)
{
    send_text(request, status, "text/plain; charset=utf-8", text_from(sentence));
}

static void send_page(Http *http, struct evhttp_request *request, int status, Text html, Text state)
{
    send_text(request, status, "text/html; charset=utf-8", page_with_script(http->arena, html, state));
}

/* The page may come with the next build: it waits for that. */
static void send_missing(Http *http, struct evhttp_request *request, Text path)
{
    static const char missing[] =
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n"
        "<link rel=\"stylesheet\" href=\"/.lectern/overlay.css\">\n</head>\n"
        "<body class=\"missing\"><main><h1>%s</h1>\n<p>%s</p></main></body>\n</html>\n";
    const bool is_top = path.length == 0;
    const char *title = is_top ? "The site is not there yet" : "There is no page at this address";
    const char *words = is_top ? "It is shown here as soon as it has been built."
                               : "If it comes with a later change, it is shown here. <a href=\"/\">To the front page</a>";
    send_page(http, request, 404, text_format(http->arena, missing, title, title, words), TEXT("none"));
}

/* Files. */

/* Open a file of the site.  What was opened is then asked where it is: so a link that leads out of the
 * folder is found also when it is put there at this very moment.  -1 when there is none to show. */
static int open_below(Http *http, Text path, struct stat *status)
{
    char root[PATH_MAX], real[PATH_MAX], name[64];
    const char *full = text_c_string(http->arena, path_join(http->arena, text_from(http->options.folder), path));
    if (strlen(full) >= PATH_MAX || !realpath(http->options.folder, root))
        return -1;
    const int file = open(full, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0)
        return -1;
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    const ssize_t length = readlink(name, real, sizeof real);
    const Text place = {real, length > 0 ? (size_t)length : 0};
    const bool is_inside = path_is_in(place, text_from(root)) || text_equal(place, text_from(root));
    if (is_inside && fstat(file, status) == 0 && (S_ISREG(status->st_mode) || S_ISDIR(status->st_mode)))
        return file;
    close(file);
    return -1;
}

static bool read_all(int file, size_t size, Buffer *text)
{
    buffer_reserve(text, size + 1);
    while (text->length < size) {
        const ssize_t count = read(file, text->bytes + text->length, size - text->length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        text->length += (size_t)count;
    }
    return text->length == size;
}

static void send_html(Http *http, struct evhttp_request *request, Text path, int file, const struct stat *status)
{
    Buffer html = buffer_new(http->arena);
    const bool is_read = status->st_size <= LARGEST_PAGE_BYTES && read_all(file, (size_t)status->st_size, &html);
    close(file);
    if (!is_read) {
        send_refusal(request, 503, "This page is being written just now; try again.\n");
        return;
    }
    const Text state = page_state_of(http->arena, http->options.folder, path, buffer_text(&html));
    send_page(http, request, 200, buffer_text(&html), state);
}

static void send_file(struct evhttp_request *request, Text path, int file, const struct stat *status)
{
    uint64_t first, count, size = (uint64_t)status->st_size;
    char range[80];
    RangeKind kind = RANGE_WHOLE;
    if (header(request, "If-Range").length == 0)    /* what changes has no mark that could be compared */
        kind = request_range(header(request, "Range"), size, &first, &count);
    if (kind == RANGE_WHOLE)
        first = 0, count = size;
    if (kind == RANGE_PART)
        snprintf(range, sizeof range, "bytes %llu-%llu/%llu", (unsigned long long)first, (unsigned long long)(first + count - 1),
                 (unsigned long long)size);
    else
        snprintf(range, sizeof range, "bytes */%llu", (unsigned long long)size);
    put_header(request, "Accept-Ranges", "bytes");
    if (kind != RANGE_WHOLE)
        put_header(request, "Content-Range", range);
    if (kind == RANGE_OUTSIDE) {
        close(file);
        send_refusal(request, 416, "The file has no such part.\n");
        return;
    }
    struct evbuffer *body = evbuffer_new();
    if (count == 0 || evbuffer_add_file(body, file, (ev_off_t)first, (ev_off_t)count) != 0)
        close(file);
    send_body(request, kind == RANGE_PART ? 206 : 200, request_type(path), body);
}

static void send_redirect(Http *http, struct evhttp_request *request, Text path)
{
    const Text to = text_format(http->arena, "/%.*s/", TEXT_ARG(request_encoded(http->arena, path)));
    put_header(request, "Location", text_c_string(http->arena, to));
    send_refusal(request, 302, "It is a folder.\n");
}

static void send_path(Http *http, struct evhttp_request *request, Text path)
{
    struct stat status;
    const Text name = page_file(http->arena, path);
    const int file = open_below(http, name, &status);
    if (file < 0) {
        send_missing(http, request, path);
    } else if (S_ISDIR(status.st_mode)) {
        close(file);
        send_redirect(http, request, path);
    } else if (text_is(path_extension(name), "html")) {
        send_html(http, request, path, file, &status);
    } else {
        send_file(request, name, file, &status);
    }
}

/* Lectern's own. */

static void send_stream(Http *http, struct evhttp_request *request, Text target)
{
    Text path, last = header(request, "Last-Event-ID");
    if (!request_path(http->arena, request_value(http->arena, target, TEXT("page")), &path)) {
        send_refusal(request, 400, "No page has such an address.\n");
        return;
    }
    if (is_head(request)) {
        send_text(request, 200, "text/event-stream", TEXT(""));
        return;
    }
    put_header(request, "Content-Type", "text/event-stream");
    put_header(request, "Cache-Control", "no-store");
    put_header(request, "X-Content-Type-Options", "nosniff");
    char *address = NULL;
    ev_uint16_t port;
    evhttp_connection_get_peer(evhttp_request_get_connection(request), &address, &port);
    const Text program = header(request, "User-Agent");
    const Text client = program.length && address ? text_format(http->arena, "%s %.*s", address, TEXT_ARG(program)) : TEXT("");
    events_add(http->events, request, client, path, last.length ? last : request_value(http->arena, target, TEXT("state")));
}

/* False when `target` is a page's. */
static bool send_own(Http *http, struct evhttp_request *request, Text target)
{
    const Text name = text_slice(target, 0, text_find_char(target, '?'));
    if (!text_starts(name, "/.lectern/"))
        return false;
    if (text_is(name, "/.lectern/reload.js"))
        send_text(request, 200, request_type(TEXT("reload.js")), http->options.script);
    else if (text_is(name, "/.lectern/overlay.css"))
        send_text(request, 200, request_type(TEXT("overlay.css")), http->options.styles);
    else if (text_is(name, "/.lectern/events"))
        send_stream(http, request, target);
    else
        send_refusal(request, 404, "There is nothing here.\n");
    return true;
}

static void answer(struct evhttp_request *request, void *context)
{
    Http *http = context;
    Text path;
    const enum evhttp_cmd_type command = evhttp_request_get_command(request);
    const char *uri = evhttp_request_get_uri(request);
    const Text target = text_from(uri ? uri : "");
    arena_reset(http->arena);
    if (command != EVHTTP_REQ_GET && command != EVHTTP_REQ_HEAD) {
        put_header(request, "Allow", "GET, HEAD");
        send_refusal(request, 405, "Pages can be read here, nothing else.\n");
    } else if (!request_host_is(header(request, "Host"), &http->hosts)) {
        send_refusal(request, 403, "This site is not served under that name.\n");
    } else if (!send_own(http, request, target)) {
        if (request_path(http->arena, target, &path))
            send_path(http, request, path);
        else
            send_refusal(request, 400, "No page has such an address.\n");
    }
}

/* Listening. */

static void say_nothing(int severity, const char *message)
{
    (void)severity, (void)message;
}

/* libevent speaks to nobody; and many browsers may wait at once, each with a file of its own. */
static void prepare(void)
{
    struct rlimit limit;
    event_set_log_callback(say_nothing);
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static bool is_lan_address(const struct ifaddrs *entry)
{
    return entry->ifa_addr && entry->ifa_addr->sa_family == AF_INET && entry->ifa_flags & IFF_UP && !(entry->ifa_flags & IFF_LOOPBACK);
}

TextList http_lan_addresses(Arena *arena)
{
    TextList list = {0};
    struct ifaddrs *entries = NULL;
    char address[INET_ADDRSTRLEN];
    if (getifaddrs(&entries) != 0)
        return list;
    for (const struct ifaddrs *entry = entries; entry; entry = entry->ifa_next) {
        if (!is_lan_address(entry))
            continue;
        const struct sockaddr_in *place = (const struct sockaddr_in *)entry->ifa_addr;
        if (inet_ntop(AF_INET, &place->sin_addr, address, sizeof address))
            *LIST_PUSH(arena, &list) = text_copy(arena, text_from(address));
    }
    freeifaddrs(entries);
    return list;
}

static struct evhttp_bound_socket *listen_somewhere(struct evhttp *server, const HttpOptions *options)
{
    const char *address = options->is_lan ? "0.0.0.0" : "127.0.0.1";
    struct evhttp_bound_socket *bound = NULL;
    const uint32_t past = options->port + (uint32_t)PORTS_TRIED;
    for (uint32_t port = options->port; !bound && port < past && port <= UINT16_MAX; port++)
        bound = evhttp_bind_socket_with_handle(server, address, (uint16_t)port);
    return bound ? bound : evhttp_bind_socket_with_handle(server, address, 0);
}

Http *http_open(Arena *arena, struct event_base *base, const HttpOptions *options, int *error)
{
    Http *http = ARENA_NEW(arena, Http);
    prepare();
    *http = (Http){.server = evhttp_new(base), .options = *options};
    if (options->is_lan)
        http->hosts = http_lan_addresses(arena);
    *LIST_PUSH(arena, &http->hosts) = TEXT("localhost");
    *LIST_PUSH(arena, &http->hosts) = TEXT("127.0.0.1");
    *LIST_PUSH(arena, &http->hosts) = TEXT("[::1]");
    http->socket = listen_somewhere(http->server, options);
    *error = errno;
    if (!http->socket) {
        evhttp_free(http->server);
        return NULL;
    }
    http->arena = arena_open();
    http->events = events_open(arena, base, options->folder);
    evhttp_set_allowed_methods(http->server, UINT16_MAX);    /* so that the others get an answer of ours */
    evhttp_set_max_headers_size(http->server, MOST_HEADER_BYTES);
    evhttp_set_max_body_size(http->server, MOST_BODY_BYTES);
    evhttp_set_timeout(http->server, SLOWEST_SECONDS);
    evhttp_set_gencb(http->server, answer, http);
    return http;
}

uint16_t http_port(const Http *http)
{
    struct sockaddr_in place = {0};
    socklen_t size = sizeof place;
    getsockname(evhttp_bound_socket_get_fd(http->socket), (struct sockaddr *)&place, &size);
    return ntohs(place.sin_port);
}

void http_tell(Http *http, Text news)
{
    events_tell(http->events, news);
}

void http_close(Http *http)
{
    events_close(http->events);
    evhttp_free(http->server);
    arena_close(http->arena);
}

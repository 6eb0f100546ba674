/* events: see events.h. */
#include "events.h"

#include "page.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <stdlib.h>

enum {
    SIGN_OF_LIFE_SECONDS = 15,        /* so that a connection that is dead is found out */
    PATIENCE_SECONDS = 30,
    MOST_WAITING_BYTES = 1 << 20,     /* unread by a browser that reads nothing */
    MOST_READ_BYTES = 4096,           /* a browser has nothing more to say */
    MOST_A_CLIENT = 4
};

typedef struct Stream {
    Arena *arena;                     /* it lives there itself */
    Events *events;
    struct evhttp_request *request;
    Text client, path, state;
    uint64_t place;                   /* in the order of coming */
    uint32_t told;                    /* the number of the news it has heard */
} Stream;

struct Events {
    Arena *arena;
    const char *folder;
    struct event *timer;
    struct { Stream **items; size_t count, capacity; } streams;
    Arena *news_arena;
    Text news;
    uint32_t number;                  /* of the news, from 1 */
    uint64_t come_count;
};

static void forget(Stream *stream)
{
    Events *events = stream->events;
    for (size_t i = 0; i < events->streams.count; i++) {
        if (events->streams.items[i] == stream) {
            events->streams.items[i] = events->streams.items[--events->streams.count];
            break;
        }
    }
    arena_close(stream->arena);
}

/* The browser has gone.  The request belongs to us by now, and ending it frees it. */
static void on_gone(struct evhttp_connection *connection, void *context)
{
    Stream *stream = context;
    struct evhttp_request *request = stream->request;
    (void)connection;
    forget(stream);
    evhttp_send_reply_end(request);
}

static void drop(Stream *stream)
{
    struct evhttp_connection *connection = evhttp_request_get_connection(stream->request);
    forget(stream);
    evhttp_connection_set_closecb(connection, NULL, NULL);
    evhttp_connection_free(connection);    /* with its request */
}

/* A whole answer, after which the connection serves for something else. */
static void send_away(Stream *stream)
{
    const struct timeval patience = {PATIENCE_SECONDS, 0};
    struct evhttp_request *request = stream->request;
    struct evhttp_connection *connection = evhttp_request_get_connection(request);
    struct bufferevent *traffic = evhttp_connection_get_bufferevent(connection);
    forget(stream);
    evhttp_connection_set_closecb(connection, NULL, NULL);
    bufferevent_setwatermark(traffic, EV_READ, 0, 0);
    bufferevent_set_timeouts(traffic, &patience, &patience);
    evhttp_send_reply_end(request);
}

static void make_room(Events *events, Text client)
{
    Stream *first = NULL;
    size_t count = 0;
    for (size_t i = 0; client.length && i < events->streams.count; i++) {
        Stream *stream = events->streams.items[i];
        if (!text_equal(stream->client, client))
            continue;
        count++;
        if (!first || stream->place < first->place)
            first = stream;
    }
    if (count >= MOST_A_CLIENT)
        send_away(first);
}

/* False when the browser reads nothing any more, and was dropped. */
static bool send_text(Stream *stream, Text text)
{
    struct evhttp_connection *connection = evhttp_request_get_connection(stream->request);
    struct evbuffer *waiting = bufferevent_get_output(evhttp_connection_get_bufferevent(connection));
    if (evbuffer_get_length(waiting) > MOST_WAITING_BYTES) {
        drop(stream);
        return false;
    }
    struct evbuffer *chunk = evbuffer_new();
    evbuffer_add(chunk, text.bytes, text.length);
    evhttp_send_reply_chunk(stream->request, chunk);
    evbuffer_free(chunk);
    return true;
}

/* A stream's texts change with each build of its page, so they are put in a fresh arena. */
static void keep_state(Stream *stream, Text state)
{
    Arena *arena = arena_open();
    Stream *fresh = ARENA_NEW(arena, Stream);
    *fresh = *stream;
    fresh->arena = arena;
    fresh->client = text_copy(arena, stream->client);
    fresh->path = text_copy(arena, stream->path);
    fresh->state = text_copy(arena, state);
    for (size_t i = 0; i < stream->events->streams.count; i++)
        if (stream->events->streams.items[i] == stream)
            stream->events->streams.items[i] = fresh;
    evhttp_connection_set_closecb(evhttp_request_get_connection(fresh->request), on_gone, fresh);
    arena_close(stream->arena);
}

/* Say what has changed for this browser, if anything has; the state goes along as the event's id,
 * which a browser sends back when it comes again. */
static void tell(Stream *stream, Arena *arena, Text state)
{
    Events *events = stream->events;
    const char *change = page_change(stream->state, state);
    if (text_equal(stream->state, state) && stream->told == events->number)
        return;
    stream->told = events->number;
    const Text event = text_format(arena, "id: %.*s\ndata: {\"change\": \"%s\", \"news\": %.*s}\n\n", TEXT_ARG(state), change,
                                   TEXT_ARG(events->news));
    if (send_text(stream, event) && !text_equal(stream->state, state))
        keep_state(stream, state);
}

static void on_time(evutil_socket_t file, short what, void *context)
{
    Events *events = context;
    (void)file, (void)what;
    for (size_t i = events->streams.count; i-- > 0;)
        send_text(events->streams.items[i], TEXT(":\n\n"));
}

Events *events_open(Arena *arena, struct event_base *base, const char *folder)
{
    const struct timeval pause = {SIGN_OF_LIFE_SECONDS, 0};
    Events *events = ARENA_NEW(arena, Events);
    events->arena = arena;
    events->folder = folder;
    events->news_arena = arena_open();
    events->news = TEXT("null");
    events->timer = event_new(base, -1, EV_PERSIST, on_time, events);
    event_add(events->timer, &pause);
    return events;
}

void events_add(Events *events, struct evhttp_request *request, Text client, Text path, Text state)
{
    struct evhttp_connection *connection = evhttp_request_get_connection(request);
    struct bufferevent *traffic = evhttp_connection_get_bufferevent(connection);
    const struct timeval patience = {PATIENCE_SECONDS, 0};
    make_room(events, client);
    Arena *arena = arena_open(), *page = arena_open();
    Stream *stream = ARENA_NEW(arena, Stream);
    *stream = (Stream){.arena = arena, .events = events, .request = request, .place = events->come_count++};
    stream->client = text_copy(arena, client);
    stream->path = text_copy(arena, path);
    stream->state = text_copy(arena, state);
    *LIST_PUSH(events->arena, &events->streams) = stream;
    evhttp_connection_set_closecb(connection, on_gone, stream);
    evhttp_send_reply_start(request, 200, "OK");
    bufferevent_set_timeouts(traffic, NULL, &patience);    /* it may wait for hours */
    bufferevent_setwatermark(traffic, EV_READ, 0, MOST_READ_BYTES);
    if (send_text(stream, TEXT("retry: 500\n\n")))
        tell(stream, page, page_state(page, events->folder, path));
    arena_close(page);
}

/* The state of a page is worked out once, however many show it. */
static void tell_all(Events *events, Arena *arena)
{
    struct { Text *paths, *states; size_t count; } known = {ARENA_ARRAY(arena, Text, events->streams.count + 1),
                                                            ARENA_ARRAY(arena, Text, events->streams.count + 1), 0};
    for (size_t i = events->streams.count; i-- > 0;) {    /* from the end: who is dropped is replaced from there */
        Stream *stream = events->streams.items[i];
        size_t place = 0;
        while (place < known.count && !text_equal(known.paths[place], stream->path))
            place++;
        if (place == known.count) {
            known.paths[place] = text_copy(arena, stream->path);
            known.states[place] = page_state(arena, events->folder, stream->path);
            known.count++;
        }
        tell(stream, arena, known.states[place]);
    }
}

void events_tell(Events *events, Text news)
{
    Arena *arena = arena_open();
    if (!text_equal(news, events->news)) {
        Arena *news_arena = arena_open();
        events->news = text_copy(news_arena, news);
        arena_close(events->news_arena);
        events->news_arena = news_arena;
        events->number++;
    }
    tell_all(events, arena);
    arena_close(arena);
}

void events_close(Events *events)
{
    while (events->streams.count)
        drop(events->streams.items[0]);
    event_free(events->timer);
    arena_close(events->news_arena);
}

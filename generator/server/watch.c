/* watch: see watch.h. */
#include "watch.h"

#include "../base/files.h"
#include "../base/path.h"

#include <errno.h>
#include <event2/event.h>
#include <sys/inotify.h>
#include <time.h>
#include <unistd.h>

/* How long nothing more may come, and how long it may go on coming: after something whole was put
 * there; and while a file is being written, which ends with its being closed. */
enum {
    SETTLE_MS = 5, SETTLE_MOST_MS = 100,
    WRITING_MS = 100, WRITING_MOST_MS = 1000
};

static const uint32_t written = IN_MODIFY | IN_CREATE;
static const uint32_t placed = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB;

typedef struct Folder {
    uint32_t round;      /* the last in which it was seen; 0 when it is not watched */
    Text path;           /* below the root */
} Folder;

enum { MOST_FILES = 64 };    /* that are named; more is anything */

struct Watch {
    Arena *arena;
    const char *root;
    const char *const *names;
    size_t name_count, missed;
    int inotify, root_number;
    uint32_t round;                 /* of looking at all folders */
    struct { Folder *items; size_t count, capacity; } folders;    /* by number of the watch */
    struct event *readable, *timer;
    bool is_pending, is_placed;     /* something came; and it was whole */
    int64_t began_ms;
    Arena *naming;                  /* what has changed since it was told */
    WatchChanges changes;
    void (*changed)(void *context, const WatchChanges *changes);
    void *context;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Which folders. */

/* The folder `path` below the root. */
static int add_folder(Watch *watch, Arena *arena, Text path)
{
    const char *opened = text_c_string(arena, path_join(arena, text_from(watch->root), path));
    const int number = inotify_add_watch(watch->inotify, path.length ? opened : watch->root, written | placed | IN_ONLYDIR);
    if (number < 0) {
        watch->missed += errno == ENOSPC || errno == ENOMEM;
        return number;
    }
    while (watch->folders.count <= (size_t)number)
        *LIST_PUSH(watch->arena, &watch->folders) = (Folder){0, TEXT("")};
    Folder *folder = &watch->folders.items[number];
    if (!text_equal(folder->path, path))
        folder->path = text_copy(watch->arena, path);
    folder->round = watch->round;
    return number;
}

/* A folder is watched before it is listed, so that nothing can come in between. */
static void add_tree(Watch *watch, Arena *arena, Text path)
{
    FileList list;
    if (add_folder(watch, arena, path) < 0 || files_list(arena, text_c_string(arena, path_join(arena, text_from(watch->root), path)), &list) != 0)
        return;
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i].kind == FILE_FOLDER && list.items[i].name.bytes[0] != '.')
            add_tree(watch, arena, path_join(arena, path, list.items[i].name));
}

static void look_at_all(Watch *watch)
{
    Arena *arena = arena_open();
    watch->round++;
    watch->missed = 0;
    watch->root_number = add_folder(watch, arena, TEXT(""));
    for (size_t i = 0; i < watch->name_count; i++)
        add_tree(watch, arena, text_from(watch->names[i]));
    for (size_t number = 0; number < watch->folders.count; number++) {
        Folder *folder = &watch->folders.items[number];
        if (folder->round && folder->round != watch->round) {
            inotify_rm_watch(watch->inotify, (int)number);    /* moved away */
            folder->round = 0;
        }
    }
    arena_close(arena);
}

/* What happened. */

/* Names that no build looks at: hidden, and what editors keep beside a file. */
static bool is_ignored(const Watch *watch, const struct inotify_event *event)
{
    const Text name = event->len ? text_from(event->name) : TEXT("");
    if (event->wd == watch->root_number) {
        for (size_t i = 0; i < watch->name_count; i++)
            if (text_is(name, watch->names[i]))
                return false;
        return (event->mask & IN_Q_OVERFLOW) == 0;
    }
    return text_starts(name, ".") || text_starts(name, "#") || text_ends(name, "~");
}

static void wait_until_settled(Watch *watch, bool is_placed)
{
    const int64_t now = now_ms();
    if (!watch->is_pending)
        watch->began_ms = now;
    watch->is_placed = is_placed || (watch->is_pending && watch->is_placed);
    watch->is_pending = true;
    int64_t due = now + (is_placed ? SETTLE_MS : WRITING_MS);
    const int64_t latest = watch->began_ms + (watch->is_placed ? SETTLE_MOST_MS : WRITING_MOST_MS);
    due = due > latest ? latest : due;
    const int64_t left = due > now ? due - now : 0;
    const struct timeval wait = {left / 1000, left % 1000 * 1000};
    evtimer_add(watch->timer, &wait);
}

static void name_change(Watch *watch, const struct inotify_event *event, bool is_folder)
{
    WatchChanges *changes = &watch->changes;
    if (is_folder || !event->len || event->wd < 0 || (size_t)event->wd >= watch->folders.count || changes->files.count == MOST_FILES) {
        changes->is_more = true;
        return;
    }
    const Text path = path_join(watch->naming, watch->folders.items[event->wd].path, text_from(event->name));
    for (size_t i = 0; i < changes->files.count; i++)
        if (text_equal(changes->files.items[i], path))
            return;
    *LIST_PUSH(watch->naming, &changes->files) = path;
}

static void take_event(Watch *watch, const struct inotify_event *event, bool *looks, bool *is_change, bool *is_placed)
{
    if (event->mask & IN_IGNORED) {
        if (event->wd >= 0 && (size_t)event->wd < watch->folders.count)
            watch->folders.items[event->wd].round = 0;
        return;
    }
    if (!(event->mask & IN_Q_OVERFLOW) && is_ignored(watch, event))
        return;
    const bool is_folder = event->mask & (IN_ISDIR | IN_Q_OVERFLOW | IN_DELETE_SELF | IN_MOVE_SELF) || event->wd == watch->root_number;
    name_change(watch, event, is_folder);
    *looks = *looks || is_folder;
    *is_change = true;
    *is_placed = *is_placed || is_folder || event->mask & placed;
}

static void on_readable(evutil_socket_t file, short what, void *context)
{
    Watch *watch = context;
    _Alignas(struct inotify_event) char bytes[16384];
    bool looks = false, is_change = false, is_placed = false;
    (void)what;
    for (ssize_t count; (count = read(file, bytes, sizeof bytes)) > 0;) {
        for (ssize_t at = 0; at < count;) {
            const struct inotify_event *event = (const struct inotify_event *)(bytes + at);
            take_event(watch, event, &looks, &is_change, &is_placed);
            at += (ssize_t)(sizeof *event + event->len);
        }
    }
    if (looks)
        look_at_all(watch);
    if (is_change)
        wait_until_settled(watch, is_placed);
}

static void on_settled(evutil_socket_t file, short what, void *context)
{
    Watch *watch = context;
    (void)file, (void)what;
    watch->is_pending = false;
    watch->changes.is_more = watch->changes.is_more || watch->missed;
    watch->changed(watch->context, &watch->changes);
    watch->changes = (WatchChanges){0};
    arena_reset(watch->naming);
}

Watch *watch_open(Arena *arena, struct event_base *base, const char *root, const char *const names[], size_t name_count,
                  void (*changed)(void *context, const WatchChanges *changes), void *context, int *error)
{
    Watch *watch = ARENA_NEW(arena, Watch);
    *watch = (Watch){.arena = arena, .root = root, .names = names, .name_count = name_count, .changed = changed, .context = context,
                     .naming = arena_open()};
    watch->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watch->inotify < 0) {
        *error = errno;
        return NULL;
    }
    watch->readable = event_new(base, watch->inotify, EV_READ | EV_PERSIST, on_readable, watch);
    watch->timer = evtimer_new(base, on_settled, watch);
    event_add(watch->readable, NULL);
    look_at_all(watch);
    return watch;
}

size_t watch_missed(const Watch *watch)
{
    return watch->missed;
}

bool watch_is_settling(const Watch *watch)
{
    return watch->is_pending;
}

void watch_close(Watch *watch)
{
    event_free(watch->readable);
    event_free(watch->timer);
    close(watch->inotify);
    arena_close(watch->naming);
}

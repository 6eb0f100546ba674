/* rebuild: see rebuild.h. */
#include "rebuild.h"

#include "progress.h"
#include "../course/output.h"
#include "../course/pipeline.h"

#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { REPORT = 3, ORDER = 4, WAITS_FOR_OTHERS = 200, WAIT_MS = 50, REST_MS = 150 };

/* A process that builds, or waits to be told what has changed. */
typedef struct Builder {
    pid_t process;           /* 0 when there is none */
    int report, order;       /* pipes; -1 when closed */
} Builder;

struct Rebuild {
    struct event_base *base;
    BuildOptions options;
    void (*done)(void *context, const BuildResult *result);
    void *context;
    Builder busy, waiting;
    struct event *readable, *rest;
    Arena *arena;            /* for the report */
    Buffer received;
    size_t taken;            /* how much of it */
    bool is_told;            /* what the busy one reports has been taken */
    bool is_fine;            /* so it was */
    bool is_asked;           /* again, since this one began */
    struct timespec began;
};

/* In the child. */

/* Somebody may be building or printing the same project: they come first, but not for ever. */
static void wait_for_others(const BuildOptions *options)
{
    const struct timespec pause = {0, WAIT_MS * 1000000};
    for (int i = 0; i < WAITS_FOR_OTHERS; i++) {
        int lock = -1;
        Project *project = pipeline_open(options);
        const bool is_free = !project_exists(project) || output_lock(project, &lock);
        pipeline_close(project);
        if (lock >= 0)
            close(lock);
        if (is_free)
            return;
        nanosleep(&pause, NULL);
    }
}

static void send_report(Text report)
{
    while (report.length) {
        const ssize_t count = write(REPORT, report.bytes, report.length);
        if (count < 0 && errno != EINTR)
            return;
        report = text_after(report, count > 0 ? (size_t)count : 0);
    }
}

static void be_child(int report, int order, pid_t parent)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        signal(numbers[i], SIG_DFL);
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    /* first out of the way of where they belong */
    const int high_report = fcntl(report, F_DUPFD, ORDER + 1), high_order = fcntl(order, F_DUPFD, ORDER + 1);
    if (getppid() != parent || dup2(high_report, REPORT) < 0 || dup2(high_order, ORDER) < 0)
        _exit(1);
    close_range(ORDER + 1, ~0U, 0);    /* no connection is kept open by a build */
    fcntl(REPORT, F_SETFD, FD_CLOEXEC);
    fcntl(ORDER, F_SETFD, FD_CLOEXEC);
    signal(SIGTTOU, SIG_IGN);    /* it may say on the terminal how far it is */
}

static void report(Project *project, bool is_fine)
{
    Buffer flat = buffer_new(project->arena), whole = buffer_new(project->arena);
    diag_sort(project->diag);
    flat_put_u8(&flat, is_fine);
    flat_put_u32(&flat, project->files_written);
    diag_put(project->diag, &flat);
    flat_put_text(&whole, buffer_text(&flat));
    send_report(buffer_text(&whole));
}

static void report_shown(void *context)
{
    Project *project = context;
    progress_end();
    report(project, true);
    project->shown = NULL;
}

/* What was not told as soon as it was shown is told at the end, and so is what failed after that. */
static _Noreturn void end_child(Project *project, bool is_fine)
{
    progress_end();
    if (project->shown || !is_fine)
        report(project, is_fine);
    _exit(0);
}

static Project *open_project(const BuildOptions *options)
{
    Project *project = pipeline_open(options);
    project->shown = report_shown;
    project->shown_context = project;
    return project;
}

static _Noreturn void build(const BuildOptions *options)
{
    wait_for_others(options);
    Project *project = open_project(options);
    progress_begin();
    end_child(project, pipeline_run(project, PIPELINE_WRITE));
}

/* The pages that have changed, once they are told; false when nobody wants to know any more. */
static bool read_order(Arena *arena, TextList *pages)
{
    Buffer order = buffer_new(arena);
    char bytes[4096];
    for (ssize_t count; (count = read(ORDER, bytes, sizeof bytes)) > 0 || (count < 0 && errno == EINTR);)
        buffer_bytes(&order, bytes, count > 0 ? (size_t)count : 0);
    FlatReader reader = flat_reader(buffer_text(&order));
    while (!flat_is_at_end(&reader))
        *LIST_PUSH(arena, pages) = flat_text(&reader);
    return order.length > 0;
}

static _Noreturn void wait_and_build(const BuildOptions *options)
{
    TextList pages = {0};
    bool is_fine = false;
    Project *project = open_project(options);
    Waiting *waiting = pipeline_wait(project);
    if (!read_order(project->arena, &pages))
        _exit(0);
    progress_begin();
    if (waiting && pipeline_go_on(waiting, &pages, &is_fine))
        end_child(project, is_fine);
    progress_end();
    build(options);
}

/* In the parent. */

static double seconds_since(struct timespec began)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - began.tv_sec) + (double)(now.tv_nsec - began.tv_nsec) / 1e9;
}

static void take_report(Rebuild *rebuild, Text report, int status)
{
    const Sources none = {0};
    Diag *diag = diag_new(rebuild->arena, &none);
    FlatReader flat = flat_reader(report);
    BuildResult result = {.diag = diag, .seconds = seconds_since(rebuild->began), .is_shown = rebuild->is_told};
    result.is_fine = flat_u8(&flat);
    result.written = flat_u32(&flat);
    diag_take(diag, &flat);
    if (flat.is_broken) {
        result.is_fine = false;
        if (WIFSIGNALED(status))
            diag_error(diag, POS_NONE, "the build ended before it was done: %s", strsignal(WTERMSIG(status)));
        else
            diag_error(diag, POS_NONE, "the build ended before it was done");
        diag_help(diag, "the next change starts a new one; if it happens again, please report it");
    }
    rebuild->is_told = true;
    rebuild->is_fine = result.is_fine;
    if (result.is_fine || !rebuild->is_asked)
        rebuild->done(rebuild->context, &result);
}

static void close_pipe(int *pipe)
{
    if (*pipe >= 0)
        close(*pipe);
    *pipe = -1;
}

static int end_builder(Builder *builder, bool is_killed)
{
    int status = 0;
    if (is_killed) {
        kill(-builder->process, SIGKILL);
        kill(builder->process, SIGKILL);
    }
    close_pipe(&builder->report);
    close_pipe(&builder->order);
    while (waitpid(builder->process, &status, 0) < 0 && errno == EINTR)
        continue;
    builder->process = 0;
    return status;
}

static void end_build(Rebuild *rebuild)
{
    event_free(rebuild->readable);
    const int status = end_builder(&rebuild->busy, false);
    if (!rebuild->is_told)
        take_report(rebuild, TEXT(""), status);
    arena_reset(rebuild->arena);
    const struct timeval rest = {0, REST_MS * 1000};
    if (rebuild->is_asked)
        rebuild_start(rebuild, NULL);
    else if (rebuild->is_fine)
        evtimer_add(rebuild->rest, &rest);
}

/* A process may go on after its report: it remembers for the next one what it has built. */
static void on_report(evutil_socket_t file, short what, void *context)
{
    Rebuild *rebuild = context;
    char bytes[16384];
    (void)what;
    const ssize_t count = read(file, bytes, sizeof bytes);
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (count > 0)
        buffer_bytes(&rebuild->received, bytes, (size_t)count);
    FlatReader flat = flat_reader(text_after(buffer_text(&rebuild->received), rebuild->taken));
    for (Text report = flat_text(&flat); report.length; report = flat_text(&flat)) {
        rebuild->taken += flat.offset;
        take_report(rebuild, report, 0);
        flat = flat_reader(text_after(buffer_text(&rebuild->received), rebuild->taken));
    }
    if (count <= 0)
        end_build(rebuild);
}

static void fail_to_start(Rebuild *rebuild, int error)
{
    Diag *diag = diag_new(rebuild->arena, NULL);
    const BuildResult result = {.diag = diag};
    diag_error(diag, POS_NONE, "no build can be started: %s", strerror(error));
    rebuild->done(rebuild->context, &result);
    arena_reset(rebuild->arena);
}

/* Start a process that is told what to do over the pipe `order`, unless it `begins` at once: 0 or an errno. */
static int start_builder(Rebuild *rebuild, Builder *builder, bool begins)
{
    int report[2], order[2];
    const pid_t parent = getpid();
    if (pipe2(report, O_CLOEXEC) != 0)
        return errno;
    if (pipe2(order, O_CLOEXEC) != 0) {
        const int error = errno;
        close(report[0]);
        close(report[1]);
        return error;
    }
    const pid_t process = fork();
    const int error = errno;
    if (process == 0) {
        be_child(report[1], order[0], parent);
        if (begins)
            build(&rebuild->options);
        wait_and_build(&rebuild->options);
    }
    close(report[1]);
    close(order[0]);
    *builder = (Builder){.process = process, .report = report[0], .order = order[1]};
    if (process < 0) {
        close_pipe(&builder->report);
        close_pipe(&builder->order);
        builder->process = 0;
        return error;
    }
    setpgid(process, process);
    return 0;
}

static void be_busy(Rebuild *rebuild)
{
    close_pipe(&rebuild->busy.order);
    rebuild->is_told = false;
    rebuild->received = buffer_new(rebuild->arena);
    rebuild->taken = 0;
    fcntl(rebuild->busy.report, F_SETFL, O_NONBLOCK);
    rebuild->readable = event_new(rebuild->base, rebuild->busy.report, EV_READ | EV_PERSIST, on_report, rebuild);
    event_add(rebuild->readable, NULL);
}

/* Tell the one that waits what has changed; false when it is not there any more. */
static bool send_order(Rebuild *rebuild, const TextList *pages)
{
    Buffer order = buffer_new(rebuild->arena);
    for (size_t i = 0; i < pages->count; i++)
        flat_put_text(&order, pages->items[i]);
    /* less than a pipe takes at once */
    return order.length < PIPE_BUF && write(rebuild->waiting.order, order.bytes, order.length) == (ssize_t)order.length;
}

void rebuild_start(Rebuild *rebuild, const TextList *pages)
{
    rebuild->is_asked = rebuild->busy.process != 0;
    if (rebuild->busy.process)
        return;
    evtimer_del(rebuild->rest);
    clock_gettime(CLOCK_MONOTONIC, &rebuild->began);
    if (rebuild->waiting.process && pages && pages->count && send_order(rebuild, pages)) {
        rebuild->busy = rebuild->waiting;
        rebuild->waiting.process = 0;
        be_busy(rebuild);
        return;
    }
    if (rebuild->waiting.process)
        end_builder(&rebuild->waiting, true);
    const int error = start_builder(rebuild, &rebuild->busy, true);
    if (error)
        fail_to_start(rebuild, error);
    else
        be_busy(rebuild);
}

/* Where no process can be started to wait, the next build begins at its beginning. */
static void on_rest(evutil_socket_t file, short what, void *context)
{
    Rebuild *rebuild = context;
    (void)file, (void)what;
    if (!rebuild->busy.process && !rebuild->waiting.process)
        start_builder(rebuild, &rebuild->waiting, false);
}

Rebuild *rebuild_open(Arena *arena, struct event_base *base, const BuildOptions *options,
                      void (*done)(void *context, const BuildResult *result), void *context)
{
    Rebuild *rebuild = ARENA_NEW(arena, Rebuild);
    *rebuild = (Rebuild){.base = base, .options = *options, .done = done, .context = context, .arena = arena_open()};
    rebuild->rest = evtimer_new(base, on_rest, rebuild);
    return rebuild;
}

void rebuild_close(Rebuild *rebuild)
{
    if (rebuild->busy.process) {
        event_free(rebuild->readable);
        end_builder(&rebuild->busy, true);
    }
    if (rebuild->waiting.process)
        end_builder(&rebuild->waiting, true);
    event_free(rebuild->rest);
    arena_close(rebuild->arena);
}

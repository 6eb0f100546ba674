/* rebuild: see rebuild.h. */
#include "rebuild.h"

#include "progress.h"
#include "../course/output.h"
#include "../course/pipeline.h"

#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { REPORT = 3, WAITS_FOR_OTHERS = 200, WAIT_MS = 50 };

struct Rebuild {
    struct event_base *base;
    BuildOptions options;
    void (*done)(void *context, const BuildResult *result);
    void *context;
    pid_t process;           /* 0 when none is busy */
    int report;
    struct event *readable;
    Arena *arena;            /* for the report */
    Buffer received;
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

static _Noreturn void build(const BuildOptions *options, int report, pid_t parent)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        signal(numbers[i], SIG_DFL);
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent || dup2(report, REPORT) < 0)
        _exit(1);
    close_range(REPORT + 1, ~0U, 0);    /* no connection is kept open by a build */
    fcntl(REPORT, F_SETFD, FD_CLOEXEC);
    wait_for_others(options);
    signal(SIGTTOU, SIG_IGN);    /* it may say on the terminal how far it is */
    Project *project = pipeline_open(options);
    progress_begin();
    const bool is_fine = pipeline_run(project, PIPELINE_WRITE);
    progress_end();
    Buffer flat = buffer_new(project->arena);
    flat_put_u8(&flat, is_fine);
    flat_put_u32(&flat, project->files_written);
    diag_put(project->diag, &flat);
    send_report(buffer_text(&flat));
    _exit(0);
}

/* In the parent. */

static double seconds_since(struct timespec began)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - began.tv_sec) + (double)(now.tv_nsec - began.tv_nsec) / 1e9;
}

static void take_report(Rebuild *rebuild, int status)
{
    const Sources none = {0};
    Diag *diag = diag_new(rebuild->arena, &none);
    FlatReader flat = flat_reader(buffer_text(&rebuild->received));
    BuildResult result = {.diag = diag, .seconds = seconds_since(rebuild->began)};
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
    if (result.is_fine || !rebuild->is_asked)
        rebuild->done(rebuild->context, &result);
}

static void end_build(Rebuild *rebuild)
{
    int status = 0;
    event_free(rebuild->readable);
    close(rebuild->report);
    while (waitpid(rebuild->process, &status, 0) < 0 && errno == EINTR)
        continue;
    rebuild->process = 0;
    take_report(rebuild, status);
    arena_reset(rebuild->arena);
    if (rebuild->is_asked)
        rebuild_start(rebuild);
}

static void on_report(evutil_socket_t file, short what, void *context)
{
    Rebuild *rebuild = context;
    char bytes[16384];
    (void)what;
    const ssize_t count = read(file, bytes, sizeof bytes);
    if (count > 0)
        buffer_bytes(&rebuild->received, bytes, (size_t)count);
    else if (count == 0 || (errno != EINTR && errno != EAGAIN))
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

void rebuild_start(Rebuild *rebuild)
{
    int ends[2];
    const pid_t parent = getpid();
    rebuild->is_asked = rebuild->process != 0;
    if (rebuild->process)
        return;
    clock_gettime(CLOCK_MONOTONIC, &rebuild->began);
    rebuild->received = buffer_new(rebuild->arena);
    if (pipe2(ends, O_CLOEXEC) != 0) {
        fail_to_start(rebuild, errno);
        return;
    }
    rebuild->process = fork();
    if (rebuild->process == 0)
        build(&rebuild->options, ends[1], parent);
    const int error = errno;
    close(ends[1]);
    if (rebuild->process < 0) {
        rebuild->process = 0;
        close(ends[0]);
        fail_to_start(rebuild, error);
        return;
    }
    setpgid(rebuild->process, rebuild->process);
    rebuild->report = ends[0];
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    rebuild->readable = event_new(rebuild->base, ends[0], EV_READ | EV_PERSIST, on_report, rebuild);
    event_add(rebuild->readable, NULL);
}

Rebuild *rebuild_open(Arena *arena, struct event_base *base, const BuildOptions *options,
                      void (*done)(void *context, const BuildResult *result), void *context)
{
    Rebuild *rebuild = ARENA_NEW(arena, Rebuild);
    *rebuild = (Rebuild){.base = base, .options = *options, .done = done, .context = context, .arena = arena_open()};
    return rebuild;
}

void rebuild_close(Rebuild *rebuild)
{
    if (rebuild->process) {
        event_free(rebuild->readable);
        close(rebuild->report);
        kill(-rebuild->process, SIGKILL);
        kill(rebuild->process, SIGKILL);
        while (waitpid(rebuild->process, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    arena_close(rebuild->arena);
}

/* workers: see workers.h. */
#include "workers.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    MOST_WORKERS = 16,
    MOST_SECONDS_A_PAGE = 10,
    SEND_BYTES = 64 * 1024,
    LARGE_PAGE_BYTES = 8 << 20
};
static const rlim_t most_memory = (rlim_t)3 << 30;

#if defined(__SANITIZE_ADDRESS__)
#define HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif
#ifndef HAS_SANITIZER
#define HAS_SANITIZER 0
#endif

/* What the processes share: the next batch to take, and the item each is busy with. */
typedef struct Shared {
    atomic_uint next_batch;
    atomic_uint current[MOST_WORKERS];
} Shared;

typedef struct Worker {
    pid_t process;
    int pipe;
    Buffer received;
} Worker;

typedef struct Round {
    const Work *work;
    Shared *shared;
    Arena *arena;
    bool *is_done;       /* by place in `work->items` */
    Worker workers[MOST_WORKERS];
    uint32_t count;
    size_t done_count;
} Round;

static void (*watcher)(const char *doing, size_t done, size_t count);

void workers_watch(void (*new_watcher)(const char *doing, size_t done, size_t count))
{
    watcher = new_watcher;
}

static void tell(const Work *work, size_t done)
{
    if (watcher && work->doing)
        watcher(work->doing, done, work->item_count);
}

uint32_t workers_count(void)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors < 1 ? 1 : processors > MOST_WORKERS ? MOST_WORKERS : (uint32_t)processors;
}

static size_t batch_end(const Work *work, size_t batch)
{
    return batch + 1 < work->batch_count ? work->batches[batch + 1] : work->item_count;
}

/* In a worker. */

static void send_all(int pipe, Buffer *records)
{
    Text rest = buffer_text(records);
    while (rest.length) {
        const ssize_t count = write(pipe, rest.bytes, rest.length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            _exit(1);
        rest = text_after(rest, (size_t)count);
    }
    records->length = 0;
}

/* From now on; as limits are whole seconds, it is set anew when one is over, which it cannot be before one has passed. */
static void limit_page(rlim_t *set, time_t *second)
{
    struct rusage usage;
    struct rlimit limit;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    if (*set && now.tv_sec == *second)
        return;
    *second = now.tv_sec;
    getrusage(RUSAGE_SELF, &usage);
    const rlim_t most = (rlim_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + MOST_SECONDS_A_PAGE);
    if (most == *set)
        return;
    getrlimit(RLIMIT_CPU, &limit);
    limit.rlim_cur = *set = most;
    setrlimit(RLIMIT_CPU, &limit);
}

static void limit_memory(void)
{
    const struct rlimit limit = {most_memory, most_memory};
    if (!HAS_SANITIZER)
        setrlimit(RLIMIT_AS, &limit);
}

/* The front page of a very large site needs far more than any other page; the system gets that back. */
static void make_room(Arena *arena)
{
    const bool was_large = arena_held_bytes(arena) > LARGE_PAGE_BYTES;
    arena_reset(arena);
    if (was_large)
        malloc_trim(0);
}

static void do_item(const Work *work, size_t place, Arena *arena, Buffer *records)
{
    make_room(arena);
    flat_put_u32(records, (uint32_t)place);
    const size_t start = flat_begin_text(records);
    work->work(work->project, work->items[place], arena, records);
    flat_end_text(records, start);
}

static _Noreturn void be_worker(const Round *round, uint32_t number, int pipe)
{
    const Work *work = round->work;
    Arena *arena = arena_open(), *sending = arena_open();
    Buffer records = buffer_new(sending);
    rlim_t limit = 0;
    time_t second = 0;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    limit_memory();
    for (;;) {
        const size_t batch = atomic_fetch_add(&round->shared->next_batch, 1);
        if (batch >= work->batch_count)
            break;
        for (size_t place = work->batches[batch]; place < batch_end(work, batch); place++) {
            if (round->is_done[place])
                continue;
            atomic_store(&round->shared->current[number], (uint32_t)place);
            limit_page(&limit, &second);
            do_item(work, place, arena, &records);
            if (records.length > SEND_BYTES)
                send_all(pipe, &records);
        }
    }
    if (work->end)
        work->end(work->project);
    send_all(pipe, &records);
    atomic_store(&round->shared->current[number], UINT32_MAX);
    _exit(0);
}

/* In the parent. */

static void start_worker(Round *round, uint32_t number)
{
    int ends[2];
    Worker *worker = &round->workers[number];
    *worker = (Worker){.process = -1, .pipe = -1, .received = buffer_new(round->arena)};
    atomic_store(&round->shared->current[number], UINT32_MAX);
    if (pipe(ends) != 0)
        return;
    worker->process = fork();
    if (worker->process == 0) {
        close(ends[0]);
        be_worker(round, number, ends[1]);
    }
    close(ends[1]);
    if (worker->process < 0)
        close(ends[0]);
    else
        worker->pipe = ends[0];
}

/* Take in every record that has arrived whole, and keep the rest. */
static void take_records(Round *round, Worker *worker)
{
    FlatReader reader = flat_reader(buffer_text(&worker->received));
    size_t taken = 0;
    while (reader.flat.length - taken >= 8) {
        reader.offset = taken;
        const uint32_t place = flat_u32(&reader);
        const Text record = flat_text(&reader);
        if (reader.is_broken)
            break;
        FlatReader inside = flat_reader(record);
        round->is_done[place] = true;
        round->work->take(round->work->project, round->work->items[place], &inside);
        taken = reader.offset;
        round->done_count++;
    }
    tell(round->work, round->done_count);
    memmove(worker->received.bytes, worker->received.bytes + taken, worker->received.length - taken);
    worker->received.length -= taken;
}

static bool receive(Round *round, Worker *worker)
{
    buffer_reserve(&worker->received, SEND_BYTES);
    const ssize_t count = read(worker->pipe, worker->received.bytes + worker->received.length,
                               worker->received.capacity - worker->received.length);
    if (count < 0 && errno == EINTR)
        return true;
    if (count <= 0)
        return false;
    worker->received.length += (size_t)count;
    take_records(round, worker);
    return true;
}

static const char *reason(int status)
{
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return "it took longer than 10 seconds";
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
        return "it was stopped from outside, or took too much memory";
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ)
        return "this system does not allow files of its size";
    if (WIFEXITED(status))
        return "it took too much memory";
    return "the program crashed on it; please report this";
}

static void end_worker(Round *round, uint32_t number)
{
    Worker *worker = &round->workers[number];
    int status = 0;
    close(worker->pipe);
    worker->pipe = -1;
    while (waitpid(worker->process, &status, 0) < 0 && errno == EINTR)
        continue;
    const uint32_t place = atomic_load(&round->shared->current[number]);
    if ((WIFEXITED(status) && WEXITSTATUS(status) == 0) || place == UINT32_MAX || round->is_done[place])
        return;
    round->is_done[place] = true;
    round->work->lost(round->work->project, round->work->items[place], reason(status));
}

static void receive_all(Round *round)
{
    for (uint32_t open = round->count; open > 0;) {
        struct pollfd waits[MOST_WORKERS];
        for (uint32_t i = 0; i < round->count; i++)
            waits[i] = (struct pollfd){.fd = round->workers[i].pipe, .events = POLLIN};
        if (poll(waits, round->count, -1) < 0 && errno != EINTR)
            return;
        for (uint32_t i = 0; i < round->count; i++) {
            if (waits[i].fd < 0 || !waits[i].revents || receive(round, &round->workers[i]))
                continue;
            end_worker(round, i);
            open--;
        }
    }
}

static bool is_all_done(const Round *round)
{
    for (size_t i = 0; i < round->work->item_count; i++)
        if (!round->is_done[i])
            return false;
    return true;
}

static void run_here(const Work *work, const bool *is_done)
{
    Arena *arena = arena_open();
    for (size_t place = 0; place < work->item_count; place++) {
        if (is_done && is_done[place])
            continue;
        Arena *keeping = arena_open();
        Buffer record = buffer_new(keeping);
        arena_reset(arena);
        work->work(work->project, work->items[place], arena, &record);
        FlatReader reader = flat_reader(buffer_text(&record));
        work->take(work->project, work->items[place], &reader);
        arena_close(keeping);
        tell(work, place + 1);
    }
    if (work->end)
        work->end(work->project);
    arena_close(arena);
}

/* Rounds go on until every page is done or lost: each loses at least the page that ended it. */
static void run_rounds(const Work *work, uint32_t jobs)
{
    Round round = {.work = work, .arena = arena_open(), .count = jobs < MOST_WORKERS ? jobs : MOST_WORKERS};
    if (round.count > work->batch_count)
        round.count = (uint32_t)work->batch_count;
    round.is_done = ARENA_ARRAY(round.arena, bool, work->item_count + 1);
    round.shared = mmap(NULL, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (round.shared == MAP_FAILED)
        round.count = 0;
    while (round.count && !is_all_done(&round)) {
        uint32_t started = 0;
        atomic_store(&round.shared->next_batch, 0);
        for (uint32_t i = 0; i < round.count; i++) {
            start_worker(&round, started);
            started += round.workers[started].pipe >= 0;
        }
        round.count = started;
        receive_all(&round);
    }
    if (round.shared != MAP_FAILED)
        munmap(round.shared, sizeof(Shared));
    if (!is_all_done(&round))
        run_here(work, round.is_done);
    arena_close(round.arena);
}

void workers_run(const Work *work)
{
    if (work->project->options.jobs == 0 || work->item_count == 0)
        run_here(work, NULL);
    else
        run_rounds(work, work->project->options.jobs);
}

/* process: see process.h. */
#include "process.h"

#include "../base/files.h"
#include "../base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    COMMANDS = 3,                   /* where a browser that is driven through a pipe expects them */
    ANSWERS = 4,
    LONGEST_TEMPORARY_BYTES = 50    /* it puts a socket below, whose path has 107 at most */
};

/* Finding. */

static bool is_program(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

static const char *find_in_path(Arena *arena, const char *name)
{
    const char *path = getenv("PATH");
    Text rest = text_from(path ? path : "");
    while (rest.length) {
        const size_t end = text_find_char(rest, ':');
        const char *candidate = text_c_string(arena, path_join(arena, text_slice(rest, 0, end), text_from(name)));
        if (end && is_program(candidate))
            return candidate;
        rest = text_after(rest, end < rest.length ? end + 1 : end);
    }
    return NULL;
}

static const char *find_named(Arena *arena, Diag *diag, const char *name)
{
    const char *found = strchr(name, '/') ? name : find_in_path(arena, name);
    if (found && is_program(found))
        return found;
    diag_file_error(diag, text_from(name), "LECTERN_BROWSER names this browser, and there is no such program");
    diag_help(diag, "name Chromium or Google Chrome, as in `LECTERN_BROWSER=/usr/bin/chromium`, or leave it out");
    return NULL;
}

const char *process_find(Arena *arena, Diag *diag, const char *otherwise)
{
    static const char *const names[] = {"chromium", "chromium-browser", "google-chrome"};
    const char *named = getenv("LECTERN_BROWSER");
    if (named && *named)
        return find_named(arena, diag, named);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *found = find_in_path(arena, names[i]);
        if (found)
            return found;
    }
    diag_error(diag, POS_NONE, "no Chromium was found");
    diag_help(diag, "install the package chromium, or name a browser in LECTERN_BROWSER; %s", otherwise);
    return NULL;
}

/* Its folder. */

static void sleep_ms(long milliseconds)
{
    const struct timespec pause = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&pause, NULL);
}

/* Its helpers may write for a moment after it has gone. */
static void remove_folder(const char *folder)
{
    for (int tries = 0; tries < 40 && files_remove_tree(folder) != 0; tries++)
        sleep_ms(25);
}

#define FOLDER_NAME "lectern-chromium-"

static const char *path_in(Arena *arena, const char *folder, const char *name)
{
    return text_c_string(arena, path_join(arena, text_from(folder), text_from(name)));
}

/* Take a lock that nobody holds: its file, or -1. */
static int take_lock(const char *path, int how)
{
    const int file = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | how, 0600);
    if (file < 0 || flock(file, LOCK_EX | LOCK_NB) == 0)
        return file;
    close(file);
    return -1;
}

/* The lock gets its name once it is held, so that nobody finds one that is only about to be. */
static void lock_folder(Process *process, Arena *arena)
{
    const char *before = path_in(arena, process->folder, "lectern-lock.new");
    process->lock = take_lock(before, O_CREAT);
    if (process->lock >= 0)
        rename(before, path_in(arena, process->folder, "lectern-lock"));
}

/* Remove the folders that a Lectern of the same user left behind when it was killed: those that have
 * a lock that nobody holds. */
static void remove_left_behind(Arena *arena, Text place)
{
    FileList list;
    struct stat status;
    if (files_list(arena, text_c_string(arena, place), &list) != 0)
        return;
    for (size_t i = 0; i < list.count; i++) {
        const char *folder = text_c_string(arena, path_join(arena, place, list.items[i].name));
        const bool is_ours = text_starts(list.items[i].name, FOLDER_NAME) && list.items[i].kind == FILE_FOLDER &&
                             lstat(folder, &status) == 0 && status.st_uid == geteuid();
        const int lock = is_ours ? take_lock(path_in(arena, folder, "lectern-lock"), 0) : -1;
        if (lock < 0)
            continue;
        remove_folder(folder);
        close(lock);
    }
}

static bool make_folder(Process *process, Arena *arena, Diag *diag)
{
    const char *temporary = getenv("TMPDIR");
    const Text place = text_from(temporary && *temporary ? temporary : "/tmp");
    remove_left_behind(arena, place);
    process->folder = text_c_string(arena, path_join(arena, place, TEXT(FOLDER_NAME "XXXXXX")));
    if (mkdtemp(process->folder)) {
        lock_folder(process, arena);
        return true;
    }
    diag_file_error(diag, place, "the browser needs a folder here, and none can be made: %s", files_reason(errno));
    process->folder = NULL;
    return false;
}

/* Starting. */

/* Put `file` at `number`, which the program that is started next inherits. */
static void hand_over(int file, int number)
{
    if (dup2(file, number) < 0)
        _exit(127);
}

/* In the child.  The pipes are moved out of the way first: they may stand where one of them goes. */
static _Noreturn void become(const char *program, const char *folder, int commands, int answers, pid_t parent)
{
    char *profile, *said;
    if (asprintf(&profile, "--user-data-dir=%s", folder) < 0 || asprintf(&said, "%s/said", folder) < 0)
        _exit(127);
    char *arguments[] = {(char *)program, "--headless=new", "--remote-debugging-pipe", "--disable-background-networking",
                         "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-gpu", profile,
                         geteuid() == 0 ? "--no-sandbox" : NULL, NULL};
    if (strlen(folder) <= LONGEST_TEMPORARY_BYTES)
        setenv("TMPDIR", folder, 1);    /* what it leaves lying about goes with its profile */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(127);    /* it ended before it could be asked for that */
    setpgid(0, 0);
    signal(SIGPIPE, SIG_DFL);
    const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC), words = open(said, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    commands = fcntl(commands, F_DUPFD_CLOEXEC, ANSWERS + 1);
    answers = fcntl(answers, F_DUPFD_CLOEXEC, ANSWERS + 1);
    hand_over(nothing, STDIN_FILENO);
    hand_over(nothing, STDOUT_FILENO);
    hand_over(words < 0 ? nothing : words, STDERR_FILENO);
    hand_over(commands, COMMANDS);
    hand_over(answers, ANSWERS);
    execv(program, arguments);
    _exit(127);
}

static void close_pair(const int pair[2])
{
    close(pair[0]);
    close(pair[1]);
}

bool process_start(Process *process, Arena *arena, Diag *diag, const char *program)
{
    int commands[2], answers[2];
    *process = (Process){.commands = -1, .answers = -1, .lock = -1};
    if (!make_folder(process, arena, diag))
        return false;
    int error = pipe2(commands, O_CLOEXEC) ? errno : 0;
    if (!error && pipe2(answers, O_CLOEXEC) != 0) {
        error = errno;
        close_pair(commands);
    }
    const pid_t parent = getpid();
    if (!error && (process->id = fork()) == 0)
        become(program, process->folder, commands[0], answers[1], parent);
    if (!error && process->id < 0) {
        error = errno;
        close_pair(commands);
        close_pair(answers);
    }
    if (error) {
        process->id = 0;
        process_end(process);
        return diag_file_error(diag, text_from(program), "the browser cannot be started: %s", files_reason(error));
    }
    setpgid(process->id, process->id);    /* here too, as nobody knows which of the two comes first */
    close(commands[0]);
    close(answers[1]);
    process->commands = commands[1];
    process->answers = answers[0];
    fcntl(process->commands, F_SETFL, O_NONBLOCK);
    return true;
}

/* Ending. */

void process_end(Process *process)
{
    if (process->id > 0) {
        kill(-process->id, SIGKILL);
        kill(process->id, SIGKILL);
        while (waitpid(process->id, NULL, 0) < 0 && errno == EINTR)
            continue;
        close(process->commands);
        close(process->answers);
    }
    if (process->folder) {
        remove_folder(process->folder);
        if (process->lock >= 0)
            close(process->lock);
    }
    *process = (Process){.commands = -1, .answers = -1, .lock = -1};
}

Text process_last_words(const Process *process, Arena *arena)
{
    Text said, line, last = TEXT("");
    if (!process->folder)
        return last;
    const char *path = text_c_string(arena, path_join(arena, text_from(process->folder), TEXT("said")));
    if (files_read(arena, path, 1 << 20, &said, NULL) != 0)
        return last;
    while (text_next_line(&said, &line))
        if (!text_is_blank(line))
            last = text_trim(line);
    return text_slice(last, 0, last.length < 300 ? last.length : 300);
}

/* Signals. */

static const int held[] = {SIGINT, SIGTERM, SIGHUP};
enum { HELD_COUNT = sizeof held / sizeof *held };

static struct sigaction before[HELD_COUNT], pipe_before;
static volatile sig_atomic_t interrupted;

static void note(int number)
{
    interrupted = number;
}

void process_hold_signals(void)
{
    const struct sigaction noting = {.sa_handler = note}, ignoring = {.sa_handler = SIG_IGN};
    interrupted = 0;
    sigaction(SIGPIPE, &ignoring, &pipe_before);    /* a browser that has gone is found out by reading */
    for (size_t i = 0; i < HELD_COUNT; i++) {
        sigaction(held[i], &noting, &before[i]);
        if (before[i].sa_handler == SIG_IGN)    /* as nohup wants it */
            sigaction(held[i], &before[i], NULL);
    }
}

bool process_was_interrupted(void)
{
    return interrupted != 0;
}

void process_release_signals(void)
{
    sigaction(SIGPIPE, &pipe_before, NULL);
    for (size_t i = 0; i < HELD_COUNT; i++)
        sigaction(held[i], &before[i], NULL);
    if (interrupted)
        raise(interrupted);
}

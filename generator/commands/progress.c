/* progress: see progress.h. */
#include "progress.h"

#include "../base/text.h"
#include "../base/unicode.h"
#include "../course/workers.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { QUIET_MS = 500, PAUSE_MS = 100, USUAL_COLUMNS = 80 };

static int64_t began_ms, shown_ms;
static bool is_on, is_shown;

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A terminal that is asked to be plain, as those inside editors are, cannot take a line back. */
static bool is_terminal(void)
{
    const char *kind = getenv("TERM");
    return isatty(STDERR_FILENO) && kind && !text_is(text_from(kind), "dumb");
}

static size_t columns(void)
{
    struct winsize size = {0};
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : USUAL_COLUMNS;
}

/* The line, where it fits in front of the last column, behind which a terminal would begin a new one;
 * cut where its end may go, and short where that would be half a number. */
static void print_line(const char *bytes, const char *doing, size_t percent)
{
    const Text line = text_from(bytes);
    const size_t most = columns() - 1, needed = text_find_char(line, ':');
    size_t end = 0;
    for (size_t i = 0; i + 1 < most && end < line.length; i++)
        unicode_next(line, &end);
    if (unicode_count(line) <= most)
        fprintf(stderr, "\r\x1b[K%s", bytes);
    else if (needed < end)
        fprintf(stderr, "\r\x1b[K%.*s…", TEXT_ARG(text_slice(line, 0, end)));
    else if (most >= 16)
        fprintf(stderr, "\r\x1b[K%s %zu %%", doing, percent);
}

void progress_show(const char *doing, size_t done, size_t count, const char *detail)
{
    char bytes[512];
    const int64_t now = now_ms();
    if (!is_on || now - began_ms < QUIET_MS || now - shown_ms < PAUSE_MS)
        return;
    snprintf(bytes, sizeof bytes, "%s %zu of %zu%s%s", doing, done, count, detail ? ": " : "", detail ? detail : "");
    print_line(bytes, doing, count ? done * 100 / count : 0);
    fflush(stderr);
    shown_ms = now;
    is_shown = true;
}

static void show_work(const char *doing, size_t done, size_t count)
{
    progress_show(doing, done, count, NULL);
}

void progress_begin(void)
{
    is_on = is_terminal();
    is_shown = false;
    began_ms = now_ms();
    shown_ms = 0;
    if (is_on)
        workers_watch(show_work);
}

void progress_end(void)
{
    if (is_shown)
        fputs("\r\x1b[K", stderr);
    is_on = is_shown = false;
    workers_watch(NULL);
}

/* serve: shows the site while it is being written: builds after each change, and keeps browsers fresh. */
#include "commands.h"

#include "rebuild.h"
#include "../base/files.h"
#include "../base/path.h"
#include "../course/pipeline.h"
#include "../formats/json.h"
#include "../formats/qr.h"
#include "../server/http.h"
#include "../server/watch.h"

#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char help[] =
    "lectern serve [DIR] [options]      show the site of the project in DIR (default: here) while you write\n\n"
    "Builds into DIR/.lectern, shows that on this machine alone, builds again after each change, and\n"
    "keeps the pages in your browser fresh. What `lectern build` wrote stays as it is. Ctrl-C ends it.\n\n"
    "  --port N           the port to try first (default: 8000)\n"
    "  --open             open the browser\n"
    "  --edition NAME     learner (default), or facilitator: with keys and notes\n"
    "  --drafts           with pages marked `draft: true`\n"
    "  --lan              show it to all who are in the same network as well, with a QR code for phones\n"
    "  --jobs N           workers; 0 does all of a build in one process\n\n"
    "Example:  lectern serve my-training --open\n";

enum { USUAL_PORT = 8000 };

typedef struct Serving {
    Arena *arena;
    const CommandLine *line;
    BuildOptions build;
    struct event_base *base;
    Rebuild *rebuild;
    Watch *watch;
    Http *http;
    Arena *said;                /* what the last build said, to say it once only */
    Text news;
    bool has_pages;             /* of this run, or of one before */
    bool had_problems, has_opened;
} Serving;

/* What browsers are told. */

static Text place_of(Arena *arena, const Problem *problem)
{
    if (!problem->line)
        return problem->path;
    return problem->column ? text_format(arena, "%.*s:%u:%u", TEXT_ARG(problem->path), problem->line, problem->column)
                           : text_format(arena, "%.*s:%u", TEXT_ARG(problem->path), problem->line);
}

static Value problem_value(Arena *arena, const Problem *problem)
{
    Value value = value_map();
    VALUE_SET(arena, &value, "severity", value_text(text_from(severity_name(problem->severity))));
    VALUE_SET(arena, &value, "kind", value_text(text_format(arena, "%s:", severity_name(problem->severity))));
    VALUE_SET(arena, &value, "place", value_text(place_of(arena, problem)));
    VALUE_SET(arena, &value, "message", value_text(problem->message));
    VALUE_SET(arena, &value, "line", value_int(problem->line));
    VALUE_SET(arena, &value, "excerpt", value_text(problem->excerpt));
    VALUE_SET(arena, &value, "caret", value_int(problem->caret));
    VALUE_SET(arena, &value, "width", value_int(problem->width));
    VALUE_SET(arena, &value, "help", value_text(problem->help));
    return value;
}

static Text count_problems(Arena *arena, const Diag *diag)
{
    const size_t warnings = diag_count(diag, SEVERITY_WARNING), errors = diag->error_count;
    const Text errors_text = text_format(arena, "%zu %s", errors, errors == 1 ? "error" : "errors");
    const Text warnings_text = text_format(arena, "%zu %s", warnings, warnings == 1 ? "warning" : "warnings");
    if (errors && warnings)
        return text_format(arena, "%.*s, %.*s", TEXT_ARG(errors_text), TEXT_ARG(warnings_text));
    return errors ? errors_text : warnings_text;
}

static Text news_of(Arena *arena, const BuildResult *result, bool has_pages)
{
    Value news = value_map(), problems = value_list();
    Buffer json = buffer_new(arena);
    for (size_t i = 0; i < result->diag->count; i++)
        value_add(arena, &problems, problem_value(arena, &result->diag->items[i]));
    VALUE_SET(arena, &news, "failed", value_bool(!result->is_fine));
    VALUE_SET(arena, &news, "title", value_text(count_problems(arena, result->diag)));
    VALUE_SET(arena, &news, "hide", value_text(TEXT("Hide (Esc)")));
    VALUE_SET(arena, &news, "note", value_text(result->is_fine || result->is_shown ? TEXT("The site has been built all the same.")
                                               : has_pages     ? TEXT("The page below is as it was before.")
                                                               : TEXT("The site is shown as soon as this is mended.")));
    VALUE_SET(arena, &news, "problems", problems);
    json_write(&json, &news);
    return buffer_text(&json);
}

/* What the terminal is told: problems when they are new, and one line for each build. */

static void print_time(void)
{
    char clock[16];
    const time_t now = time(NULL);
    struct tm local;
    strftime(clock, sizeof clock, "%H:%M:%S", localtime_r(&now, &local));
    printf("%s  ", clock);
}

static void print_result(const Serving *serving, const BuildResult *result, bool is_news)
{
    if (is_news)
        command_report_all(result->diag);
    print_time();
    if (!result->is_fine && result->is_shown)
        printf("the pages are shown, but the next build has to make all of them\n");
    else if (!result->is_fine)
        printf("not built; %s\n", serving->has_pages ? "the pages stay as they were" : "there is nothing to show yet");
    else if (result->written == 0)
        printf("%s\n", serving->had_problems ? "mended" : "up to date");
    else
        printf("%s%u %s in %.0f ms\n", serving->had_problems ? "mended; wrote " : "wrote ", result->written,
               result->written == 1 ? "file" : "files", result->seconds * 1000);
    fflush(stdout);
}

static void open_browser(const char *address)
{
    const pid_t process = fork();
    if (process > 0)
        waitpid(process, NULL, 0);
    if (process != 0)
        return;
    if (fork() != 0)    /* nobody waits for a browser */
        _exit(0);
    const int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, STDIN_FILENO);
    dup2(nothing, STDOUT_FILENO);
    dup2(nothing, STDERR_FILENO);
    setsid();
    signal(SIGPIPE, SIG_DFL);
    execlp("xdg-open", "xdg-open", address, (char *)NULL);
    _exit(127);
}

static void end_build(void *context, const BuildResult *result)
{
    Serving *serving = context;
    if (!result->is_fine && watch_is_settling(serving->watch))
        return;    /* files are being changed at this moment: the build after that counts */
    Arena *said = arena_open();
    const Text news = news_of(said, result, serving->has_pages);
    const bool is_news = !text_equal(news, serving->news);
    print_result(serving, result, is_news && result->diag->count);
    serving->has_pages = serving->has_pages || result->is_fine;
    serving->had_problems = !result->is_fine;
    http_tell(serving->http, news);
    arena_close(serving->said);
    serving->said = said;
    serving->news = news;
    if (serving->line->opens && !serving->has_opened)
        open_browser(text_c_string(said, text_format(said, "http://127.0.0.1:%u/", http_port(serving->http))));
    serving->has_opened = true;
}

/* Beginning. */

/* Only files of content/ may be those of pages. */
static void build_again(void *context, const WatchChanges *changes)
{
    const Serving *serving = context;
    static const char content[] = "content/";
    Arena *arena = arena_open();
    TextList pages = {0};
    bool is_more = changes->is_more;
    for (size_t i = 0; i < changes->files.count; i++) {
        const Text file = changes->files.items[i];
        is_more = is_more || !text_starts(file, content);
        *LIST_PUSH(arena, &pages) = text_after(file, is_more ? 0 : strlen(content));
    }
    rebuild_start(serving->rebuild, is_more ? NULL : &pages);
    arena_close(arena);
}

static void on_signal(evutil_socket_t number, short what, void *context)
{
    (void)number, (void)what;
    event_base_loopbreak(context);
}

/* A folder for each edition: one that has been built before is shown at once. */
static Text served_folder(Arena *arena, const BuildOptions *options)
{
    const Text name = text_format(arena, ".lectern/served/%s%s", options->is_facilitator ? "facilitator" : "learner",
                                  options->with_drafts ? "-drafts" : "");
    return path_join(arena, options->folder, name);
}

static bool fits_terminal(Text code)
{
    struct winsize size = {0};
    Text line;
    return isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && text_next_line(&code, &line) &&
           qr_terminal_columns(line) <= size.ws_col;
}

static void print_lan(Serving *serving, uint16_t port)
{
    const TextList addresses = http_lan_addresses(serving->arena);
    puts("\nWith --lan everybody in the same network can see this site, with all that you save.");
    if (addresses.count == 0)
        puts("But this machine is in no network just now.");
    for (size_t i = 0; i < addresses.count; i++)
        printf("  http://%.*s:%u/\n", TEXT_ARG(addresses.items[i]), port);
    for (size_t i = 0; i < addresses.count && i < 1; i++) {
        Buffer code = buffer_new(serving->arena);
        const Text address = text_format(serving->arena, "http://%.*s:%u/", TEXT_ARG(addresses.items[i]), port);
        if (qr_terminal(address, !getenv("NO_COLOR"), &code) && fits_terminal(buffer_text(&code)))
            printf("\n%.*s", TEXT_ARG(buffer_text(&code)));
    }
    puts("");
}

static void print_welcome(Serving *serving)
{
    const uint16_t port = http_port(serving->http), asked = serving->line->port ? serving->line->port : USUAL_PORT;
    if (port != asked)
        printf("port %u is taken; this is %u\n", asked, port);
    printf("http://127.0.0.1:%u/   shows the site%s%s; Ctrl-C ends this\n", port,
           serving->build.is_facilitator ? ", facilitator’s edition" : "", serving->build.with_drafts ? ", with drafts" : "");
    if (serving->line->is_lan)
        print_lan(serving, port);
    if (watch_missed(serving->watch))
        fprintf(stderr, "lectern: %zu folders cannot be watched, as this system allows no more\n"
                        "      = changes there are seen with the next change elsewhere; `sysctl fs.inotify.max_user_watches` is the limit\n",
                watch_missed(serving->watch));
    fflush(stdout);
}

static bool cannot(const char *what, int error)
{
    fprintf(stderr, "lectern: %s: %s\n", what, files_reason(error));
    return false;
}

static bool open_all(Serving *serving)
{
    static const char *const names[] = {"content", "themes", "plugins"};
    int error = 0;
    Arena *arena = serving->arena;
    const EmbeddedFile *script = embedded_find(TEXT("generator/server/reload.js"));
    const EmbeddedFile *styles = embedded_find(TEXT("generator/server/overlay.css"));
    const Text folder = serving->build.folder;
    HttpOptions options = {.port = serving->line->port ? serving->line->port : USUAL_PORT, .is_lan = serving->line->is_lan};
    options.folder = text_c_string(arena, serving->build.out);
    options.script = (Text){script->bytes, script->length};
    options.styles = (Text){styles->bytes, styles->length};
    serving->http = http_open(arena, serving->base, &options, &error);
    if (!serving->http)
        return cannot("no port is free", error);
    serving->rebuild = rebuild_open(arena, serving->base, &serving->build, end_build, serving);
    serving->watch = watch_open(arena, serving->base, folder.length ? text_c_string(arena, folder) : ".", names, 3, build_again, serving, &error);
    return serving->watch || cannot("the folders cannot be watched", error);
}

static void close_all(Serving *serving)
{
    if (serving->rebuild)
        rebuild_close(serving->rebuild);
    if (serving->watch)
        watch_close(serving->watch);
    if (serving->http)
        http_close(serving->http);
}

static bool serve(const CommandLine *line)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct event *signals[3];
    Serving serving = {.arena = arena_open(), .line = line, .build = line->build, .base = event_base_new(), .said = arena_open()};
    serving.build.out = served_folder(serving.arena, &line->build);
    serving.has_pages = files_exist(text_c_string(serving.arena, path_join(serving.arena, serving.build.out, TEXT("index.html"))));
    serving.build.is_preview = serving.build.may_stop_early = true;
    signal(SIGPIPE, SIG_IGN);
    for (size_t i = 0; i < 3; i++) {
        signals[i] = evsignal_new(serving.base, numbers[i], on_signal, serving.base);
        evsignal_add(signals[i], NULL);
    }
    const bool ok = open_all(&serving);
    if (ok) {
        print_welcome(&serving);
        rebuild_start(serving.rebuild, NULL);
        event_base_dispatch(serving.base);
    }
    close_all(&serving);
    for (size_t i = 0; i < 3; i++)
        event_free(signals[i]);
    event_base_free(serving.base);
    arena_close(serving.said);
    arena_close(serving.arena);
    return ok;
}

/* Without content/ there is nothing to wait for: says so as `build` does. */
static bool is_project(const BuildOptions *options)
{
    Project *project = pipeline_open(options);
    const bool is_there = project_exists(project);
    if (!is_there) {
        pipeline_run(project, PIPELINE_WRITE);
        command_report(project);
    }
    pipeline_close(project);
    return is_there;
}

static int run(int argc, char **argv)
{
    const CommandLine line = command_line(argc, argv, "edjnOL", help);
    if (line.has_ended)
        return line.status;
    return is_project(&line.build) && serve(&line) ? EXIT_FINE : EXIT_PROBLEMS;
}

const Command command_serve = {"serve", "show the site while you write", run};

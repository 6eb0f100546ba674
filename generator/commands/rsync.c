/* rsync: see rsync.h. */
#include "rsync.h"

#include "../base/path.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The rules. */

typedef struct Rules {
    Arena *arena;
    const char *folder;
    const Published *site;
    Table folders;    /* all that have a file of the site in them */
    Buffer text;
} Rules;

/* A name that is not Lectern's may have any byte in it; one that could mean something to rsync becomes "none of
 * those that Lectern uses", so that no file of Lectern's is ever meant. */
static void put_pattern(Buffer *rules, Text path)
{
    buffer_char(rules, '/');
    for (size_t i = 0; i < path.length; i++) {
        const char byte = path.bytes[i];
        if (byte_is_letter(byte) || byte_is_digit(byte) || byte == '-' || byte == '.' || byte == '/' || byte == '_')
            buffer_char(rules, byte);
        else
            buffer_string(rules, "[!a-zA-Z0-9./_-]");
    }
    buffer_char(rules, '\n');
}

static void note_folders(Table *folders, Text address)
{
    for (Text folder = path_folder(address); folder.length; folder = path_folder(folder))
        table_put(folders, folder, 0);
}

static void hide_others(Rules *rules, Text folder)
{
    FileList list;
    if (files_list(rules->arena, text_c_string(rules->arena, path_join(rules->arena, text_from(rules->folder), folder)), &list) != 0)
        return;
    for (size_t i = 0; i < list.count; i++) {
        const Text path = path_join(rules->arena, folder, list.items[i].name);
        const bool is_way = list.items[i].kind == FILE_FOLDER && table_get(&rules->folders, path) != TABLE_NOTHING;
        if (is_way)
            hide_others(rules, path);
        else if (list.items[i].kind != FILE_REGULAR || !published_find(rules->site, path)) {
            buffer_string(&rules->text, "H ");
            put_pattern(&rules->text, path);
        }
    }
}

/* A file that is gone, and the folders that nothing of the site is in any more. */
static void risk(Rules *rules, Table *risked, Text address)
{
    for (Text path = address; path.length && table_get(&rules->folders, path) == TABLE_NOTHING; path = path_folder(path)) {
        if (table_put(risked, path, 0) != TABLE_NOTHING)
            return;
        buffer_string(&rules->text, "R ");
        put_pattern(&rules->text, path);
    }
}

Text rsync_rules(Arena *arena, const char *folder, const Published *site, const PublishedList *gone)
{
    Rules rules = {arena, folder, site, table_new(arena), buffer_new(arena)};
    Table risked = table_new(arena);
    for (size_t i = 0; i < site->count; i++)
        note_folders(&rules.folders, site->items[i].address);
    for (size_t i = 0; i < gone->count; i++)
        risk(&rules, &risked, gone->items[i]->address);
    buffer_string(&rules.text, "P *\n");
    hide_others(&rules, TEXT(""));
    return buffer_text(&rules.text);
}

/* The program. */

char **rsync_words(Arena *arena, const char *folder, const char *rules_path, const Destination *destination)
{
    static const char *const fixed[] = {"rsync", "--recursive", "--times", "--omit-dir-times", "--delete-after", "--delay-updates", "--protect-args"};
    enum { FIXED_COUNT = sizeof fixed / sizeof *fixed };
    char **words = ARENA_ARRAY(arena, char *, FIXED_COUNT + 5);
    const Text host = destination->host;
    for (size_t i = 0; i < FIXED_COUNT; i++)
        words[i] = text_c_string(arena, text_from(fixed[i]));
    words[FIXED_COUNT] = text_c_string(arena, text_format(arena, "--filter=merge %s", rules_path));
    words[FIXED_COUNT + 1] = text_c_string(arena, TEXT("--"));
    words[FIXED_COUNT + 2] = text_c_string(arena, text_format(arena, "%s/", folder));
    words[FIXED_COUNT + 3] = text_c_string(arena, text_format(arena, "%.*s%s%.*s/", TEXT_ARG(host), host.length ? ":" : "", TEXT_ARG(destination->folder)));
    words[FIXED_COUNT + 4] = NULL;
    return words;
}

static bool is_on_path(const char *program)
{
    bool is_there = false;
    const char *all = getenv("PATH");
    Arena *arena = arena_open();
    for (Text rest = text_from(all ? all : ""); rest.length && !is_there;) {
        const size_t end = text_find_char(rest, ':');
        is_there = end > 0 && access(text_c_string(arena, path_join(arena, text_slice(rest, 0, end), text_from(program))), X_OK) == 0;
        rest = text_after(rest, end < rest.length ? end + 1 : end);
    }
    arena_close(arena);
    return is_there;
}

static bool say_missing(const char *program, const char *does, const char *debian)
{
    fprintf(stderr, "lectern: there is no `%s` here, which %s\n"
                    "      = on Debian and Ubuntu it is installed with `sudo apt install %s`, on Fedora with `sudo dnf install %s`, on a Mac with "
                    "`brew install %s`\n", program, does, debian, debian, program);
    return false;
}

bool rsync_is_there(const Destination *destination)
{
    if (!is_on_path("rsync"))
        return say_missing("rsync", "copies the site", "rsync");
    if (destination->host.length && !getenv("RSYNC_RSH") && !is_on_path("ssh"))
        return say_missing("ssh", "reaches the other computer", "openssh-client");
    return true;
}

/* Ctrl-C ends rsync, which then puts away what it has half copied; Lectern waits for that. */
int rsync_run(char **words)
{
    extern char **environ;
    pid_t child;
    int status = 0;
    struct sigaction ignored = {.sa_handler = SIG_IGN}, before;
    posix_spawnattr_t attributes;
    sigset_t interrupt;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &interrupt);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    sigaction(SIGINT, &ignored, &before);
    const int error = posix_spawnp(&child, words[0], NULL, &attributes, words, environ);
    while (!error && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    sigaction(SIGINT, &before, NULL);
    posix_spawnattr_destroy(&attributes);
    if (error)
        return 127;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

const char *rsync_reason(int status)
{
    switch (status) {
    case 3: case 11: return "a file or folder could not be read or written there; is the folder that it should be in there, and yours?";
    case 2: case 5: return "the other side did not answer as rsync does; rsync must be installed there, too";
    /* also where ssh ended before rsync had asked why */
    case 12: return "ssh could not reach the other side, or was not let in, or there is no rsync there; what it says stands above";
    case 20: case 128 + SIGINT: return "it was interrupted";
    case 23: return "some files could not be written there";
    case 24: return "the site changed meanwhile";
    case 30: case 35: return "the other side did not answer in time";
    case 127: return "rsync could not be started";
    case 255: return "ssh could not reach the other side, or was not let in; try the same with `ssh` alone";
    default: return "it could not finish";
    }
}

/* new: a project, or a page, to start from.  What it writes is embedded from generator/starter/. */
#include "commands.h"

#include "../base/path.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

static const char help[] =
    "lectern new DIR                    a project to start from, in a new folder\n"
    "lectern new page PATH.md           a lesson\n"
    "lectern new quiz PATH.yaml         a quiz\n"
    "lectern new worksheet PATH.md      a worksheet to fill in or print\n"
    "lectern new plugin NAME            a page type of your own, in plugins/NAME.lua, with a template and examples\n\n"
    "Nothing that is there already is written over.\n\n"
    "Example:  lectern new my-training\n"
    "          lectern new quiz my-training/content/first-course/1-welcome/3-quiz.yaml\n";

static int problem(Text path, const char *what)
{
    fprintf(stderr, "%.*s: error: %s\n", TEXT_ARG(path), what);
    return EXIT_PROBLEMS;
}

/* 128 random bits in hexadecimal: what keeps two sites on one host apart in the browser. */
static Text random_id(Arena *arena)
{
    unsigned char bytes[16];
    Buffer id = buffer_new(arena);
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return TEXT("");
    for (size_t i = 0; i < sizeof bytes; i++)
        buffer_format(&id, "%02x", bytes[i]);
    return buffer_text(&id);
}

/* `3-hard-calls.md` is called "Hard calls". */
static Text title_from(Arena *arena, Text path)
{
    Text stem = path_stem(path);
    size_t digits = 0;
    while (digits < stem.length && digits < 3 && stem.bytes[digits] >= '0' && stem.bytes[digits] <= '9')
        digits++;
    if (digits && digits + 1 < stem.length && strchr("-_.", stem.bytes[digits]))
        stem = text_after(stem, digits + 1);
    char *title = text_c_string(arena, stem);
    for (char *byte = title; *byte; byte++)
        if (*byte == '-' || *byte == '_')
            *byte = ' ';
    if (*title >= 'a' && *title <= 'z')
        *title = (char)(*title - 'a' + 'A');
    return text_from(title);
}

/* A text for between double quotes in YAML. */
static Text quoted(Arena *arena, Text text)
{
    Buffer plain = buffer_new(arena);
    for (size_t i = 0; i < text.length; i++) {
        if (text.bytes[i] == '"' || text.bytes[i] == '\\')
            buffer_char(&plain, '\\');
        if ((unsigned char)text.bytes[i] >= ' ')
            buffer_char(&plain, text.bytes[i]);
    }
    return buffer_text(&plain);
}

/* What stands in a starter for what is only known now. */
typedef struct Filling {
    Text title, id, name;
} Filling;

static void put_filled(Buffer *filled, Text starter, const Filling *filling)
{
    const struct {
        const char *mark;
        Text text;
    } marks[] = {{"@TITLE@", filling->title}, {"@ID@", filling->id}, {"@NAME@", filling->name}};
    enum { COUNT = sizeof marks / sizeof *marks };
    while (starter.length) {
        size_t i = 0;
        while (i < COUNT && !text_starts(starter, marks[i].mark))
            i++;
        if (i < COUNT)
            buffer_put(filled, marks[i].text);
        else
            buffer_char(filled, starter.bytes[0]);
        starter = text_after(starter, i < COUNT ? strlen(marks[i].mark) : 1);
    }
}

static int write_starter(Arena *arena, const EmbeddedFile *starter, Text path, const Filling *filling)
{
    Buffer filled = buffer_new(arena);
    put_filled(&filled, (Text){starter->bytes, starter->length}, filling);
    const char *place = text_c_string(arena, path);
    if (files_exist(place))
        return problem(path, "it is there already, and is left as it is");
    const Text folder = path_folder(path);
    int error = folder.length ? files_make_folder(text_c_string(arena, folder)) : 0;
    if (!error)
        error = files_write(place, buffer_text(&filled), NULL);
    return error ? problem(path, files_reason(error)) : EXIT_FINE;
}

static int new_project(Arena *arena, Text folder)
{
    FileList list;
    const char *place = text_c_string(arena, folder);
    const int error = files_list(arena, place, &list);
    if (error != ENOENT && (error || list.count))
        return problem(folder, error ? files_reason(error) : "this folder is not empty; a project begins in a new one");
    const Filling filling = {.title = quoted(arena, title_from(arena, folder)), .id = random_id(arena)};
    const char *prefix = "generator/starter/project/";
    int status = EXIT_FINE;
    for (size_t i = 0; i < embedded_count && status == EXIT_FINE; i++) {
        const Text name = text_from(embedded_files[i].name);
        if (text_starts(name, prefix))
            status = write_starter(arena, &embedded_files[i], path_join(arena, folder, text_after(name, strlen(prefix))), &filling);
    }
    if (status == EXIT_FINE)
        printf("%.*s is ready.  Build it with:  lectern build %.*s\n", TEXT_ARG(folder), TEXT_ARG(folder));
    return status;
}

static int new_page(Arena *arena, const char *kind, Text path)
{
    static const struct {
        const char *kind, *starter, *extension;
    } kinds[] = {{"page", "generator/starter/page.md", "md"},
                 {"quiz", "generator/starter/quiz.yaml", "yaml"},
                 {"worksheet", "generator/starter/worksheet.md", "md"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kind, kinds[i].kind) != 0)
            continue;
        if (!text_is(path_extension(path), kinds[i].extension))
            path = text_format(arena, "%.*s.%s", TEXT_ARG(path), kinds[i].extension);
        const EmbeddedFile *starter = embedded_find(text_from(kinds[i].starter));
        const int status = write_starter(arena, starter, path, &(Filling){.title = quoted(arena, title_from(arena, path))});
        if (status == EXIT_FINE)
            printf("%.*s is ready to be written.\n", TEXT_ARG(path));
        return status;
    }
    fprintf(stderr, "lectern: new knows page, quiz, worksheet and plugin, not '%s'\n", kind);
    return EXIT_BAD_USAGE;
}

/* Small letters, digits and hyphens, as page types are called. */
static bool is_plugin_name(Text name)
{
    for (size_t i = 0; i < name.length; i++)
        if (!(name.bytes[i] >= 'a' && name.bytes[i] <= 'z') && !(i && (byte_is_digit(name.bytes[i]) || name.bytes[i] == '-')))
            return false;
    return name.length > 0;
}

/* `opening-hours` becomes plugins/opening-hours.lua, plugins/opening-hours.html and what stands in
 * plugins/examples/opening-hours/. */
static int new_plugin(Arena *arena, Text path)
{
    const Text folder = path_folder(path).length ? path_folder(path) : TEXT("plugins");
    const Text file = path_name(path), name = text_is(path_extension(file), "lua") ? path_stem(file) : file;
    const Filling filling = {.title = title_from(arena, name), .name = name};
    const char *prefix = "generator/starter/plugin/";
    int status = EXIT_FINE;
    if (!is_plugin_name(name))
        return problem(path, "a plugin is called by small letters, digits and hyphens, such as opening-hours");
    for (size_t i = 0; i < embedded_count && status == EXIT_FINE; i++) {
        if (!text_starts(text_from(embedded_files[i].name), prefix))
            continue;
        const Text part = text_after(text_from(embedded_files[i].name), strlen(prefix));
        const Text place = text_starts(part, "examples/")
                               ? text_format(arena, "examples/%.*s/%.*s", TEXT_ARG(name), TEXT_ARG(path_name(part)))
                               : text_format(arena, "%.*s.%.*s", TEXT_ARG(name), TEXT_ARG(path_extension(part)));
        status = write_starter(arena, &embedded_files[i], path_join(arena, folder, place), &filling);
    }
    if (status == EXIT_FINE)
        printf("%.*s/%.*s.lua is ready.  A page has this type with `type: %.*s`.\n"
               "`lectern check` makes its examples and compares them with what they should be.\n",
               TEXT_ARG(folder), TEXT_ARG(name), TEXT_ARG(name));
    return status;
}

static int run(int argc, char **argv)
{
    if (argc >= 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        fputs(help, stdout);
        return EXIT_FINE;
    }
    if (argc < 2 || argc > 3 || argv[1][0] == '-' || !*argv[1]) {
        fputs(help, stderr);
        return EXIT_BAD_USAGE;
    }
    Arena *arena = arena_open();
    const int status = argc == 2 ? new_project(arena, text_from(argv[1]))
                       : strcmp(argv[1], "plugin") == 0 ? new_plugin(arena, text_from(argv[2]))
                                                        : new_page(arena, argv[1], text_from(argv[2]));
    arena_close(arena);
    return status;
}

const Command command_new = {"new", "make a project, a page, a quiz, a worksheet or a plugin", run};

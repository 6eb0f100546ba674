/* main: finds the command named on the command line and runs it. */
#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

static const Command *const commands[] = {&command_build, &command_check, &command_new, &command_print, &command_publish, &command_results, &command_schema,
                                         &command_serve};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static void print_help(FILE *stream)
{
    fputs("Lectern turns a folder of Markdown lessons and YAML quizzes into a course website.\n\n"
          "  lectern COMMAND [options]\n\n", stream);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(stream, "  %-8s %s\n", commands[i]->name, commands[i]->summary);
    fputs("\n`lectern COMMAND --help` tells more about one of them.\n"
          "`lectern new my-training` makes a project to start from.\n", stream);
}

static int unknown_command(const char *name)
{
    fprintf(stderr, "lectern: there is no command '%s'\n", name);
    fputs("      = `lectern --help` lists them\n", stderr);
    return EXIT_BAD_USAGE;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        print_help(stderr);
        return EXIT_BAD_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return EXIT_FINE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("lectern %s\n", LECTERN_VERSION);
        return EXIT_FINE;
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(argv[1], commands[i]->name) == 0)
            return commands[i]->run(argc - 1, argv + 1);
    return unknown_command(argv[1]);
}

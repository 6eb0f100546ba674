/* commands: what can be typed behind `lectern`.  Adding one means a file and its line in main.c. */
#ifndef LECTERN_COMMANDS_H
#define LECTERN_COMMANDS_H

#include "../course/project.h"

#ifndef LECTERN_VERSION
#define LECTERN_VERSION "0.1.0"
#endif

enum { EXIT_FINE = 0, EXIT_PROBLEMS = 1, EXIT_BAD_USAGE = 2 };

typedef struct Command {
    const char *name, *summary;
    int (*run)(int argc, char **argv);
} Command;

extern const Command command_build, command_check, command_new, command_print, command_publish, command_results, command_schema, command_serve;

/* Options that several commands share, read from the command line. */
typedef struct CommandLine {
    BuildOptions build;
    bool fixes, as_json, as_markdown, is_a4, opens, is_lan;
    uint16_t port;       /* 0 when none was named */
    const char *to;      /* where to publish; NULL when nothing was said */
    bool is_dry_run;
    const char *roster;  /* NULL when none was named */
    bool wants_questions;
    char **words;        /* what is neither an option nor DIR */
    int word_count;
    bool has_ended;      /* help was asked for, or the usage was wrong: return `status` */
    int status;
} CommandLine;

/* `accepted` holds the letters of what the command takes: o(ut) e(dition) d(rafts) j(obs) s(trict)
 * c(lean) S(tats) f(ix) F(ormat) p(aper) n(umber of a port) O(pen) L(AN) r(oster) q(uestions) t(o)
 * N(ot really: a dry run), and P for pages behind DIR or W for any files.  `help` is shown by --help. */
CommandLine command_line(int argc, char **argv, const char *accepted, const char *help);

/* Show the problems, and how many there are, on standard error. */
void command_report(const Project *project);
void command_report_all(const Diag *diag);

#endif

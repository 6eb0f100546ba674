/* process: a browser that runs beside Lectern: found, started, talked to through two pipes, ended.
 * It keeps its profile in a temporary folder that goes with it.  Nothing is left behind: the kernel
 * ends the browser when Lectern is killed, Ctrl-C is held until it has been put away, and the folder
 * of a Lectern that was killed is removed when the next browser starts. */
#ifndef LECTERN_PROCESS_H
#define LECTERN_PROCESS_H

#include "../base/diag.h"

#include <sys/types.h>

typedef struct Process {
    pid_t id;            /* 0 when none runs */
    int commands;        /* what is written here, the browser reads; it blocks nobody */
    int answers;
    char *folder;        /* its profile, `said`: what it wrote on standard error, and `lectern-lock` */
    int lock;            /* held as long as the folder is in use, else -1 */
} Process;

/* The path of the program: what LECTERN_BROWSER names, else the first that is found in PATH.  NULL
 * after reporting; `otherwise` says what can be done without. */
const char *process_find(Arena *arena, Diag *diag, const char *otherwise);

/* Start it.  False after reporting; then nothing is left of it. */
bool process_start(Process *process, Arena *arena, Diag *diag, const char *program);

/* End it, with all that it started, and remove its folder.  Fine when none runs. */
void process_end(Process *process);

/* The last line that it wrote on standard error, or "". */
Text process_last_words(const Process *process, Arena *arena);

/* From here on Ctrl-C and its like are only noted; the last gives them their way again, and does
 * not return if there was one. */
void process_hold_signals(void);
bool process_was_interrupted(void);
void process_release_signals(void);

#endif

/* pipeline: load, parse, resolve, render, write, as far as the command asks. */
#ifndef LECTERN_PIPELINE_H
#define LECTERN_PIPELINE_H

#include "project.h"

typedef enum PipelineEnd { PIPELINE_CHECK, PIPELINE_WRITE } PipelineEnd;

/* Open the project at `options->folder`; everything lives until pipeline_close. */
Project *pipeline_open(const BuildOptions *options);
void pipeline_close(Project *project);

/* Run the stages; problems are in `project->diag`, sorted.  False when there are errors (with
 * `is_strict` warnings too): then nothing was written. */
bool pipeline_run(Project *project, PipelineEnd end);

/* A build that has done all it can before something changes: it holds the pages as they are, and no lock.  What it
 * reads later is only what it is told of.  NULL when there is nothing that could be held. */
typedef struct Waiting Waiting;
Waiting *pipeline_wait(Project *project);

/* Go on, once: the sources of pages in `changed`, by their paths below content/, are others now, and nothing else is.
 * False when that is not so, or another build has been there: then nothing was done, and pipeline_run is needed. */
bool pipeline_go_on(Waiting *waiting, const TextList *changed, bool *is_fine);

/* The plugins alone, as pipeline_run would load them.  A folder without content/ is no project: then
 * those that came with Lectern.  False when one of them cannot be used. */
bool pipeline_load_plugins(Project *project);

#endif

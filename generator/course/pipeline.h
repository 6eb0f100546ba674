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

/* The plugins alone, as pipeline_run would load them.  A folder without content/ is no project: then
 * those that came with Lectern.  False when one of them cannot be used. */
bool pipeline_load_plugins(Project *project);

#endif

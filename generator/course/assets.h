/* assets: the one style sheet and the one script, joined from the theme's files. */
#ifndef LECTERN_ASSETS_H
#define LECTERN_ASSETS_H

#include "project.h"

bool assets_make(Project *project);

/* A relative link from the page at hand, with the content's hash behind `?v=`. */
Text assets_url(void *project, Arena *arena, Text name);

#endif

/* assets: the one style sheet and the one script, joined from the theme's files.
 * The script begins with the words that it says, so there is one for each language that pages have:
 * lectern.js for the site's own, lectern.nl.js for pages in Dutch. */
#ifndef LECTERN_ASSETS_H
#define LECTERN_ASSETS_H

#include "project.h"

bool assets_make(Project *project);

/* The scripts of the other languages, once all pages and bundles are known. */
void assets_add_languages(Project *project);

/* A relative link from the page at hand, with the content's hash behind `?v=`.  Of `lectern.js` the one in the
 * page's language. */
Text assets_url(void *project, Arena *arena, Text name);

#endif

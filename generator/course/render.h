/* render: every page is read again and becomes bytes, which are staged; media are copied. */
#ifndef LECTERN_RENDER_H
#define LECTERN_RENDER_H

#include "output.h"

/* With `output` NULL pages are made and thrown away: what `check` does.  False when a page failed. */
bool render_pages(Project *project, Output *output);

#endif

/* settings: site.yaml and each course.yaml, read before anything else. */
#ifndef LECTERN_SETTINGS_H
#define LECTERN_SETTINGS_H

#include "project.h"

/* The theme that site.yaml names has to be known before plugins and templates are looked for. */
bool settings_read_site(Project *project);
bool settings_read_courses(Project *project);

#endif

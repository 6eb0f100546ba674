/* links: what the author wrote as a target -> the page, heading or medium it names. */
#ifndef LECTERN_LINKS_H
#define LECTERN_LINKS_H

#include "project.h"

typedef enum LinkKind { LINK_URL, LINK_PAGE, LINK_MEDIUM, LINK_HERE, LINK_BROKEN } LinkKind;

typedef struct LinkTarget {
    LinkKind kind;
    const Page *page;
    Medium *medium;
    Text path;        /* below content/, as far as it made sense */
    Text fragment;    /* without `#`; "" when there is none */
} LinkTarget;

/* What `target`, written in a source in `folder` (below content/), names. */
LinkTarget links_target(const Project *project, Arena *arena, Text folder, Text target);

/* The same, noted as a read of what is made just now. */
LinkTarget links_noted(const Project *project, Arena *arena, Text folder, Text target);

/* Report what is wrong with the links of a page, and mark the media that it uses. */
bool links_check(Project *project, Arena *arena, const Page *page);

/* The same for the paths in site.yaml. */
bool links_check_settings(Project *project);

/* As the page at hand writes it; for a target that names nothing, as the author wrote it. */
Text links_url(void *project, Arena *arena, Text target);
/* The same for what is written in the source number `file`. */
Text links_url_in(void *project, Arena *arena, uint32_t file, Text target);
/* What a WebVTT file named by the page at hand says. */
bool links_captions(void *project, Arena *arena, Text target, Value *cues, Text *problem);
Text links_from_settings(Project *project, Arena *arena, Text target);

#endif

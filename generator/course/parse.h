/* parse: every page is read once, checked, and remembered as a record; its source is forgotten. */
#ifndef LECTERN_PARSE_H
#define LECTERN_PARSE_H

#include "project.h"

void parse_pages(Project *project);

/* Read and check one page and fill its record.  False after reporting. */
bool parse_page(Project *project, Page *page, Arena *arena, Diag *diag);

/* The pages in the order in which workers take them, folder by folder. */
typedef struct PageOrder {
    uint32_t *items, *batches;
    size_t item_count, batch_count;
} PageOrder;
PageOrder parse_order(const Project *project, bool published_only);

#endif

/* parse: every page is read once, checked, and remembered as a record; its source is forgotten. */
#ifndef LECTERN_PARSE_H
#define LECTERN_PARSE_H

#include "project.h"

/* Take from memory the records of all pages whose sources are as they were: `project->recalled`. */
void parse_recall(Project *project);

/* Forget what was recalled of a page, whose source has another stamp now. */
void parse_forget(Project *project, uint32_t page, FileStamp stamp);

/* Read the other pages; what is said of all of them is in `project->diag`. */
void parse_rest(Project *project);

/* Leave for the next build what was recalled; of the pages that were read it has been left. */
void parse_remember(Project *project);

/* Read and check one page and fill its record.  False after reporting. */
bool parse_page(Project *project, Page *page, Arena *arena, Diag *diag);

/* The pages in the order in which workers take them, folder by folder. */
typedef struct PageOrder {
    uint32_t *items, *batches;
    size_t item_count, batch_count;
} PageOrder;
PageOrder parse_order(const Project *project, Arena *arena, bool published_only);

#endif

/* published: what stands at a destination since it was published there last, and what would change.
 * One list for each destination, in `.lectern/published-*.list`: a line for each file that Lectern put there.  A list
 * that is damaged, or of another version, counts as none. */
#ifndef LECTERN_PUBLISHED_H
#define LECTERN_PUBLISHED_H

#include "destination.h"

typedef enum PublishedKind {
    PUBLISHED_PAGE = 'p',
    PUBLISHED_REDIRECT = 'r',    /* at an old address of a page */
    PUBLISHED_FILE = 'f'
} PublishedKind;

typedef struct PublishedFile {
    PublishedKind kind;
    Text address;
    Text title;       /* of a page */
    Text hash;        /* of its bytes; "-" of one that a publication which broke off may have put there */
    Text source;      /* of a page, the hash of what its author wrote; else "-" */
    Text editions;    /* of the quizzes on it, with commas between; "-" when there is none */
} PublishedFile;

typedef struct Published {
    PublishedFile *items;
    size_t count, capacity;
    Table by_address;
} Published;

/* All that Lectern has put into the site, in the order of addresses.  False after reporting. */
bool published_site(Project *project, Published *site);

/* What the list says of a destination.  False when there is none. */
bool published_read(Project *project, const Destination *destination, Published *published);

/* Write the list.  False after reporting. */
bool published_write(Project *project, const Destination *destination, const Published *published);

/* What may stand there while one is being replaced by the other. */
Published published_both(Arena *arena, const Published *before, const Published *after);

typedef struct PublishedList {
    const PublishedFile **items;
    size_t count, capacity;
} PublishedList;

typedef struct Changes {
    PublishedList added, edited, removed;    /* pages, of which the author has changed something */
    PublishedList answers;                   /* pages in the site whose quizzes are scored otherwise now */
    PublishedList vanished;                  /* pages and old addresses at which nothing would stand any more */
    PublishedList gone;                      /* all files that are to be removed */
    size_t around_count;                     /* pages of which only the surroundings are different */
    size_t files_new_count, files_removed_count;
} Changes;

Changes published_compare(Arena *arena, const Published *before, const Published *after);

/* Borrowed; NULL when nothing is known to stand there. */
const PublishedFile *published_find(const Published *published, Text address);

#endif

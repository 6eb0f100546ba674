/* handouts: what `lectern print` makes PDF files of, how they are called, and which of them it wrote.
 * They stand in site/handouts/, or where --out says.  As with a build, only what Lectern wrote is
 * written over or removed, and a file that would be the same is not touched. */
#ifndef LECTERN_HANDOUTS_H
#define LECTERN_HANDOUTS_H

#include "manifest.h"
#include "project.h"

/* One PDF to be made: of which file, under which address, and what it is called in messages. */
typedef struct Handout {
    uint32_t page;           /* of the site: the sheet, or that of the module or course */
    Text html;               /* `site/desk/first/quiz.html`, as it is opened */
    Text address;            /* `handouts/desk-first-quiz.pdf`, below `root` */
    Text shown;              /* `content/desk/1-first/3-quiz.yaml` */
    Bundle book;             /* of a module or course: what is in it; `html` is made of it, and removed again */
} Handout;

typedef struct Handouts {
    Project *project;
    Text root;               /* the site, or what --out named */
    Text folder;             /* where the files go, as it is opened and shown */
    Handout *items;
    size_t count, capacity;
    Text memory_path;
    Manifest before, after;  /* what Lectern wrote there */
    int lock;
} Handouts;

/* For a project that has been built: take the lock, make the folder.  False after reporting; close
 * it in any case. */
bool handouts_open(Project *project, Text out, Handouts *handouts);

/* List what is to be made: every sheet of the site and every module and course as a book, or the
 * pages that `words` name (that of a module or course is its book).  False after
 * reporting those that cannot be printed; the others are listed. */
bool handouts_list(Handouts *handouts, char *const *words, size_t word_count);

/* Make the file that a book is printed from, or remove it.  False after reporting. */
bool handouts_make_book(Handouts *handouts, const Handout *handout);
void handouts_remove_book(Handouts *handouts, const Handout *handout);

/* Write one of them.  False after reporting. */
bool handouts_write(Handouts *handouts, const Handout *handout, Text pdf);

/* Remove what no page of the site gives any more, keep in mind what stands there now. */
bool handouts_finish(Handouts *handouts);
void handouts_close(Handouts *handouts);

#endif

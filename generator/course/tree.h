/* tree: all names and stamps below content/, themes/ and plugins/, found out in one walk that opens no file, by as many
 * threads as there are processors, at most four.
 * Their sum tells whether anything has changed; load takes its listings from it. */
#ifndef LECTERN_TREE_H
#define LECTERN_TREE_H

#include "project.h"

/* What is in a folder below content/, by its path there. */
typedef struct TreeFolder {
    Text path;
    FileList list;
} TreeFolder;

typedef struct Tree {
    Arena *arena;
    struct Tree *next;    /* whose arena it borrows from; NULL at the end */
    Hash sum;             /* of names and stamps, in any order */
    int64_t began_ns, newest_ns;    /* the walk, by the system's clock; the newest of all stamps */
    bool is_whole;        /* all could be looked at, and no link is among it */
    Table by_path;        /* path below content/, "" for content/ itself -> folder */
    struct { TreeFolder *items; size_t count, capacity; } folders;
} Tree;

Tree *tree_walk(Project *project);
void tree_close(Tree *tree);

/* What is in a folder of content/, in natural order; NULL when it was not there, or could not be listed. */
const FileList *tree_list(Tree *tree, Text folder);

#endif

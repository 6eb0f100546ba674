/* reads: what an output was made from.
 * While a page, a bundle or a plugin's output is made, whatever of the site is looked at is noted here:
 * sources that were read, the outlines of courses, where links lead, captions, overviews. */
#ifndef LECTERN_READS_H
#define LECTERN_READS_H

#include "project.h"

typedef enum ReadKind {
    READ_SOURCE,     /* of a page: its file */
    READ_OUTLINE,    /* of a course, by its folder: all that its pages show in lists; "-" is what is outside of courses */
    READ_DETAILS,    /* the headings and facts of the pages of a course */
    READ_LINK,       /* a folder, a NUL and a target: where it leads */
    READ_MEDIUM,     /* a file that was read, by its path below content/ */
    READ_OVERVIEW,   /* of a plugin's file */
    READ_EDITIONS,   /* all that were kept */
    READ_KINDS
} ReadKind;

typedef struct Read {
    ReadKind kind;
    Text name;
} Read;

struct Reads {
    Arena *arena;
    Reads *outer;        /* notes that these are to be added to in the end */
    Table known[READ_KINDS];    /* by name */
    Read recent[4];      /* most come again soon */
    uint32_t recent_count;
    struct { Read *items; size_t count, capacity; } list;
};

/* From now on what is looked at is noted in `reads`; NULL ends that. */
void reads_begin(Project *project, Reads *reads, Arena *arena);
void reads_end(Project *project);

/* What is outside of courses, where a course would be named by its folder. */
extern const Text reads_outside;

void reads_note(const Project *project, ReadKind kind, Text name);
void reads_note_page(const Project *project, const Page *page, ReadKind kind);
void reads_note_course(const Project *project, const Course *course);

/* Notes apart, for a part of what is made: until they are asked for; then they are added to the others. */
void reads_begin_part(Project *project, Arena *arena);
Text reads_end_part(Project *project);
void reads_add(Project *project, Text notes);

/* The notes in flat form, in the order in which they were made. */
Text reads_bytes(Arena *arena, const Reads *reads);

/* The same of media alone: of a page that is read, and not yet made, nothing else counts. */
Text reads_media(Arena *arena, const Reads *reads);

#endif

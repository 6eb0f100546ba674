/* letters: which letters of a page no installed font has.  Paper would show an empty box for each. */
#ifndef LECTERN_LETTERS_H
#define LECTERN_LETTERS_H

#include "browser.h"

/* What is missing in a part of the page: each letter once, in the order of the text. */
typedef struct MissingLetters {
    size_t part;         /* which `.part` of the page, from 1; 0 is what stands outside of them */
    Text letters;
} MissingLetters;

typedef struct MissingLettersList {
    MissingLetters *items;
    size_t count, capacity;
} MissingLettersList;

/* Of the page that is shown, of what of it is printed.  Quick where nothing is missing.  False after
 * reporting. */
bool letters_missing(Browser *browser, Arena *arena, MissingLettersList *list);

#endif

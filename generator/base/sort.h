/* sort: qsort for what is mostly few: those are sorted in place, without asking for memory. */
#ifndef LECTERN_SORT_H
#define LECTERN_SORT_H

#include <stdlib.h>
#include <string.h>

enum { SORT_FEW = 16, SORT_LARGEST_BYTES = 128 };

/* `count` items of `size` bytes, at most 128; those that compare as equal stay as they stood where they are few. */
static inline __attribute__((always_inline)) void sort_items(void *items, size_t count, size_t size, int (*compare)(const void *left, const void *right))
{
    char *bytes = items, item[SORT_LARGEST_BYTES];
    if (count > SORT_FEW) {
        qsort(items, count, size, compare);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        size_t place = i;
        memcpy(item, bytes + i * size, size);
        for (; place > 0 && compare(item, bytes + (place - 1) * size) < 0; place--)
            memcpy(bytes + place * size, bytes + (place - 1) * size, size);
        memcpy(bytes + place * size, item, size);
    }
}

#endif

/* store: a file of records that are written as they come, and read as a whole.
 * It begins with a name and a version and ends with a hash of all before it: a store that is cut off, damaged or of
 * another version is none.  What is written is seen under its name only once it is whole. */
#ifndef LECTERN_STORE_H
#define LECTERN_STORE_H

#include "files.h"
#include "flat.h"

/* Writing. */

typedef struct Store {
    const char *path;
    int file, error;
    Buffer waiting;          /* what has not been written yet */
    size_t record_start;     /* in it, of the record at hand */
    HashStream *sum;
} Store;

/* Begin to write `path`, anew.  What goes wrong is told by store_end. */
Store store_begin(Arena *arena, const char *path, const char *name, uint32_t version);

/* A record: its kind, and then what is put into the buffer until store_end_record. */
Buffer *store_record(Store *store, uint8_t kind);
void store_end_record(Store *store);

/* Write the rest; `to_the_disk` waits until a power cut could not undo it.  0 or an errno, and then there is no file. */
int store_end(Store *store, bool to_the_disk);

/* Give up. */
void store_drop(Store *store);

/* Reading. */

typedef struct StoreReader {
    Text whole;              /* mapped */
    FlatReader records;
    size_t first;            /* where the first record begins */
} StoreReader;

/* False when there is none that can be used.  What is read is borrowed until store_close. */
bool store_open(const char *path, const char *name, uint32_t version, StoreReader *reader);
void store_close(StoreReader *reader);

/* The next record; false at the end. */
bool store_next(StoreReader *reader, uint8_t *kind, FlatReader *record);

/* From the first record again. */
void store_rewind(StoreReader *reader);

#endif

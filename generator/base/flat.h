/* flat: numbers and texts written one after the other, for pipes between workers and for the
 * manifest.  Little-endian, lengths before texts; a reader that runs over the end says so once
 * at the end, and gives zeros until then. */
#ifndef LECTERN_FLAT_H
#define LECTERN_FLAT_H

#include "hash.h"
#include "value.h"

void flat_put_u8(Buffer *flat, uint8_t number);
void flat_put_u32(Buffer *flat, uint32_t number);
void flat_put_u64(Buffer *flat, uint64_t number);
void flat_put_text(Buffer *flat, Text text);
void flat_put_hash(Buffer *flat, Hash hash);
/* A text that is put piece by piece: between the two, whose `start` is the same. */
size_t flat_begin_text(Buffer *flat);
void flat_end_text(Buffer *flat, size_t start);
/* Data: what is an object of Lectern's own becomes null, and where it was written is left out. */
void flat_put_value(Buffer *flat, const Value *value);
/* All of it, with where and how it was written; `put_object` writes what is an object.  NULL: there is none. */
typedef void FlatPutObject(Buffer *flat, const Value *object);
void flat_put_written(Buffer *flat, const Value *value, FlatPutObject *put_object);

typedef struct FlatReader {
    Text flat;
    size_t offset;
    bool is_broken;
} FlatReader;

FlatReader flat_reader(Text flat);
uint8_t flat_u8(FlatReader *reader);
uint32_t flat_u32(FlatReader *reader);
uint64_t flat_u64(FlatReader *reader);
Text flat_text(FlatReader *reader);    /* borrowed from what is read */
Hash flat_hash(FlatReader *reader);
Value flat_value(Arena *arena, FlatReader *reader);    /* its texts are borrowed; nested past 64 it is broken */
typedef Value FlatTakeObject(Arena *arena, FlatReader *reader);
Value flat_written(Arena *arena, FlatReader *reader, FlatTakeObject *take_object);
bool flat_is_at_end(const FlatReader *reader);

#endif

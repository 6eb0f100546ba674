/* flat: numbers and texts written one after the other, for pipes between workers and for the
 * manifest.  Little-endian, lengths before texts; a reader that runs over the end says so once
 * at the end, and gives zeros until then. */
#ifndef LECTERN_FLAT_H
#define LECTERN_FLAT_H

#include "hash.h"
#include "text.h"

void flat_put_u8(Buffer *flat, uint8_t number);
void flat_put_u32(Buffer *flat, uint32_t number);
void flat_put_u64(Buffer *flat, uint64_t number);
void flat_put_text(Buffer *flat, Text text);
void flat_put_hash(Buffer *flat, Hash hash);

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
bool flat_is_at_end(const FlatReader *reader);

#endif

/* flat: any bytes, as problems from a worker, as captions and as character references. */
#include "base/diag.h"
#include "formats/entities.h"
#include "formats/vtt.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const Text text = {(const char *)bytes, size};
    Arena *arena = arena_open();
    Sources sources = {.arena = arena};
    FlatReader reader = flat_reader(text);
    Value cues;
    uint32_t line;
    Buffer plain = buffer_new(arena);
    Diag *diag = diag_new(arena, &sources);
    diag_take(diag, &reader);
    diag_sort(diag);
    vtt_read(arena, text, &cues, &line);
    if (size > 2 && text.bytes[0] == '&' && text.bytes[size - 1] == ';')
        entity_decode(text, &plain);
    arena_close(arena);
    return 0;
}

/* template: any bytes, as a template. */
#include "base/diag.h"
#include "base/unicode.h"
#include "formats/template.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const Text text = {(const char *)bytes, size};
    Arena *arena = arena_open();
    Sources sources = {.arena = arena};
    Text lua;
    template_compile(arena, TEXT("t.html"), text, diag_new(arena, &sources), &lua);
    arena_close(arena);
    return 0;
}

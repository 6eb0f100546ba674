/* html_part: any bytes, as the HTML of a page that becomes a part of another. */
#include "formats/html_part.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    Arena *arena = arena_open();
    Buffer out = buffer_new(arena);
    html_as_part((Text){(const char *)bytes, size}, &(HtmlPlace){TEXT("p1-"), TEXT("a/b.html"), TEXT("c/d.html")}, &out);
    assert(out.length <= 6 * size + 8);    /* a prefix at most for every letter of an id, and `../a/` for every URL of a letter */
    arena_close(arena);
    return 0;
}

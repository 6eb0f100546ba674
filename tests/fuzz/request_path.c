/* request_path: any bytes, as what a browser asks for. */
#include "base/path.h"
#include "server/request.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

static void check_path(Text path)
{
    for (size_t i = 0; i < path.length; i++)
        assert((unsigned char)path.bytes[i] >= 0x20 && path.bytes[i] != '\\');
    assert(path.length == 0 || path.bytes[0] != '/');
    for (Text rest = path; rest.length;) {
        const size_t end = text_find_char(rest, '/');
        assert(end > 0 && rest.bytes[0] != '.');    /* no `..`, nothing hidden, nothing empty */
        rest = text_after(rest, end < rest.length ? end + 1 : end);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    Arena *arena = arena_open();
    const Text target = {(const char *)bytes, size};
    Text path, items[] = {TEXT("localhost"), TEXT("127.0.0.1")}, again;
    const TextList names = {items, 2, 2};
    uint64_t first, count;
    if (request_path(arena, target, &path)) {
        check_path(path);
        const Text written = text_format(arena, "/%.*s", TEXT_ARG(request_encoded(arena, path)));
        assert(request_path(arena, written, &again) && text_equal(again, path));
    }
    request_value(arena, target, TEXT("page"));
    if (request_host_is(target, &names))
        assert(size <= 15);
    if (request_range(target, 1000, &first, &count) == RANGE_PART)
        assert(count > 0 && first + count <= 1000);
    arena_close(arena);
    return 0;
}

/* test: see test.h. */
#include "test.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_TESTS = 400 };

static struct {
    const char *name;
    TestFunction *function;
} tests[MOST_TESTS];
static int test_count;
static bool failed;

void test_register(const char *name, TestFunction *function)
{
    if (test_count < MOST_TESTS) {
        tests[test_count].name = name;
        tests[test_count++].function = function;
    }
}

void test_check(bool ok, const char *file, int line, const char *what)
{
    if (ok)
        return;
    printf("# %s:%d: not so: %s\n", file, line, what);
    failed = true;
}

void test_check_int(int64_t got, int64_t wanted, const char *file, int line, const char *what)
{
    if (got == wanted)
        return;
    printf("# %s:%d: %s is %" PRId64 ", not %" PRId64 "\n", file, line, what, got, wanted);
    failed = true;
}

void test_check_text(Text got, Text wanted, const char *file, int line, const char *what)
{
    if (text_equal(got, wanted))
        return;
    printf("# %s:%d: %s is\n#   '%.*s', not\n#   '%.*s'\n", file, line, what, TEXT_ARG(got), TEXT_ARG(wanted));
    failed = true;
}

const char *test_folder(Arena *arena)
{
    const char *above = getenv("TMPDIR");
    char *folder = text_c_string(arena, text_format(arena, "%s/lectern-unit-XXXXXX", above ? above : "/tmp"));
    CHECK(mkdtemp(folder) != NULL);
    return folder;
}

int main(void)
{
    int failures = 0;
    printf("1..%d\n", test_count);
    for (int i = 0; i < test_count; i++) {
        failed = false;
        Arena *arena = arena_open();
        tests[i].function(arena);
        arena_close(arena);
        printf("%s %d - %s\n", failed ? "not ok" : "ok", i + 1, tests[i].name);
        failures += failed;
    }
    return failures ? 1 : 0;
}

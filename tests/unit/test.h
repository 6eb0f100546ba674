/* test: the few lines that a unit test needs.
 * TEST(name) registers a promise; CHECK... says what must hold.  A failed check is printed with its
 * place and the test goes on; the program prints TAP and ends with status 1 when a test failed. */
#ifndef LECTERN_TEST_H
#define LECTERN_TEST_H

#include "base/arena.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

typedef void TestFunction(Arena *arena);

/* Called by TEST before main. */
void test_register(const char *name, TestFunction *function);

void test_check(bool ok, const char *file, int line, const char *what);
void test_check_int(int64_t got, int64_t wanted, const char *file, int line, const char *what);
void test_check_text(Text got, Text wanted, const char *file, int line, const char *what);

/* A new folder below TMPDIR, or /tmp; who asked for it removes it. */
const char *test_folder(Arena *arena);

/* Each test gets an arena of its own, closed when it ends. */
#define TEST(name)                                                                                 \
    static void name(Arena *arena);                                                                \
    __attribute__((constructor)) static void register_##name(void)                                 \
    {                                                                                              \
        test_register(#name, name);                                                                \
    }                                                                                              \
    static void name(__attribute__((unused)) Arena *arena)

#define CHECK(condition) test_check((condition), __FILE__, __LINE__, #condition)
#define CHECK_INT(got, wanted) test_check_int((got), (wanted), __FILE__, __LINE__, #got)
#define CHECK_TEXT(got, wanted)                                                                    \
    test_check_text((got), text_from(wanted), __FILE__, __LINE__, #got)

#endif

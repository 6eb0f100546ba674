/* store: files of records, whole, damaged, and such as cannot be written; and texts that wait in a spool. */
#include "test.h"

#include "base/spool.h"
#include "base/store.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Write a store of `count` records, each a number and a text. */
static const char *stored(Arena *arena, const char *folder, uint32_t count, uint32_t version)
{
    const char *path = text_c_string(arena, text_format(arena, "%s/store", folder));
    Store store = store_begin(arena, path, "some name", version);
    for (uint32_t i = 0; i < count; i++) {
        Buffer *record = store_record(&store, i % 2 ? 'b' : 'a');
        flat_put_u32(record, i);
        flat_put_text(record, TEXT("as it was put"));
        store_end_record(&store);
    }
    CHECK_INT(store_end(&store, false), 0);
    return path;
}

TEST(store_gives_back_what_was_put)
{
    enum { COUNT = 40000 };    /* more than is written at once */
    const char *folder = test_folder(arena);
    const char *path = stored(arena, folder, COUNT, 1);
    StoreReader reader;
    uint8_t kind;
    FlatReader record;
    CHECK(store_open(path, "some name", 1, &reader));
    for (int round = 0; round < 2; round++) {
        uint32_t count = 0;
        for (; store_next(&reader, &kind, &record); count++) {
            const bool is_right = kind == (count % 2 ? 'b' : 'a') && flat_u32(&record) == count && text_is(flat_text(&record), "as it was put");
            if (!is_right || !flat_is_at_end(&record))
                break;
        }
        CHECK_INT(count, COUNT);
        store_rewind(&reader);
    }
    store_close(&reader);
    CHECK(!store_open(path, "some name", 2, &reader));
    CHECK(!store_open(path, "another name", 1, &reader));
    files_remove_tree(folder);
}

TEST(store_that_is_damaged_is_none)
{
    const char *folder = test_folder(arena);
    const char *path = stored(arena, folder, 3, 1);
    Text whole;
    StoreReader reader;
    CHECK_INT(files_read(arena, path, 1 << 20, &whole, NULL), 0);
    for (size_t i = 0; i < whole.length; i++) {
        CHECK_INT(files_write(path, text_slice(whole, 0, i), NULL), 0);
        CHECK(!store_open(path, "some name", 1, &reader));
        char *changed = text_c_string(arena, whole);
        changed[i] ^= 4;
        CHECK_INT(files_write(path, (Text){changed, whole.length}, NULL), 0);
        CHECK(!store_open(path, "some name", 1, &reader));
    }
    files_remove_tree(folder);
    CHECK(!store_open(path, "some name", 1, &reader));
}

TEST(store_that_cannot_be_written_says_so)
{
    const char *folder = test_folder(arena);
    struct rlimit before, small;
    CHECK_INT(getrlimit(RLIMIT_FSIZE, &before), 0);
    const char *path = text_c_string(arena, text_format(arena, "%s/store", folder));
    small = (struct rlimit){10, before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    CHECK_INT(setrlimit(RLIMIT_FSIZE, &small), 0);
    Store store = store_begin(arena, path, "some name", 1);
    CHECK_INT(store_end(&store, false), EFBIG);
    CHECK_INT(setrlimit(RLIMIT_FSIZE, &before), 0);
    CHECK(!files_exist(path));
    files_remove_tree(folder);
    store = store_begin(arena, "/nowhere/store", "some name", 1);
    store_record(&store, 'a');
    store_end_record(&store);
    CHECK_INT(store_end(&store, false), ENOENT);
    store = store_begin(arena, "/nowhere/store", "some name", 1);
    store_drop(&store);
}

TEST(a_spool_gives_what_another_process_put)
{
    const char *folder = test_folder(arena);
    Spool *spool = spool_open(arena, folder, 3);
    Buffer large = buffer_new(arena);
    FileList list;
    int status;
    while (large.length < 100000)
        buffer_format(&large, "%zu ", large.length);
    CHECK(spool_take(spool, arena, 0).bytes == NULL);
    const pid_t child = fork();
    if (child == 0) {
        spool_put(spool, 0, TEXT("first"));
        spool_put(spool, 2, buffer_text(&large));
        spool_put(spool, 0, TEXT("and last"));
        spool_put(spool, 3, TEXT("for which there is no room"));
        spool_flush(spool);
        spool_flush(spool);    /* of nothing */
        _exit(0);
    }
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    CHECK_TEXT(spool_take(spool, arena, 0), "and last");
    CHECK(spool_take(spool, arena, 1).bytes == NULL);
    CHECK(text_equal(spool_take(spool, arena, 2), buffer_text(&large)));
    CHECK(spool_take(spool, arena, 3).bytes == NULL);
    CHECK(files_list(arena, folder, &list) == 0 && list.count == 0);
    spool_close(spool);
    rmdir(folder);
}

TEST(a_spool_writes_what_waits_before_it_is_too_much)
{
    enum { COUNT = 200 };
    const char *folder = test_folder(arena);
    Spool *spool = spool_open(arena, folder, COUNT);
    Text text[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        Buffer buffer = buffer_new(arena);
        while (buffer.length < 37 * i)
            buffer_format(&buffer, "%zu of %zu, ", buffer.length, i);
        spool_put(spool, i, text[i] = buffer_text(&buffer));
    }
    CHECK(text_equal(spool_take(spool, arena, 1), text[1]));
    CHECK(spool_take(spool, arena, COUNT - 1).bytes == NULL);
    spool_flush(spool);
    for (size_t i = 0; i < COUNT; i++)
        CHECK(text_equal(spool_take(spool, arena, i), text[i]));
    spool_close(spool);
    rmdir(folder);
}

TEST(a_spool_that_cannot_be_is_none)
{
    CHECK(spool_open(arena, "/nowhere/at/all", 3) == NULL);
    CHECK(spool_take(NULL, arena, 0).bytes == NULL);
    spool_close(NULL);
}

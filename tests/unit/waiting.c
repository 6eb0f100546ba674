/* waiting: a build that stands ready goes on with pages that have changed, and with nothing else. */
#include "test.h"

#include "base/files.h"
#include "base/path.h"
#include "course/pipeline.h"

static const char *const files[][2] = {
    {"content/site.yaml", "title: Site\nid: site\n"},  {"content/index.md", "# Site\n"},
    {"content/desk/course.yaml", "title: Desk\n"},      {"content/desk/index.md", "# Desk\n"},
    {"content/desk/1-first/index.md", "# First\n"},     {"content/desk/1-first/1-one.md", "# One\n\n## Part\n"},
    {"content/desk/1-first/2-two.md", "# Two\n\n[One](1-one.md#part)\n"},
};

static void put(Arena *arena, const char *folder, const char *name, const char *text)
{
    const char *path = text_c_string(arena, path_join(arena, text_from(folder), text_from(name)));
    files_make_folder(text_c_string(arena, path_folder(text_from(path))));
    CHECK_INT(files_write(path, text_from(text), NULL), 0);
}

static BuildOptions preview_of(Arena *arena, const char *folder)
{
    return (BuildOptions){.folder = text_from(folder), .out = path_join(arena, text_from(folder), TEXT("shown")), .is_preview = true};
}

/* A project that has been built once. */
static const char *built(Arena *arena)
{
    const char *folder = test_folder(arena);
    const BuildOptions options = preview_of(arena, folder);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        put(arena, folder, files[i][0], files[i][1]);
    Project *project = pipeline_open(&options);
    CHECK(pipeline_run(project, PIPELINE_WRITE));
    pipeline_close(project);
    return folder;
}

static void count_shown(void *context)
{
    ++*(int *)context;
}

typedef struct GoneOn {
    bool has_gone_on, is_fine;
    int shown;
    uint32_t read, written;
    size_t errors;
} GoneOn;

/* Let a build wait while `text` is put into `name`, and tell it so. */
static GoneOn go_on(Arena *arena, const char *folder, const char *name, const char *text)
{
    const BuildOptions options = preview_of(arena, folder);
    TextList changed = {0};
    GoneOn result = {0};
    Project *project = pipeline_open(&options);
    project->shown = count_shown;
    project->shown_context = &result.shown;
    Waiting *waiting = pipeline_wait(project);
    CHECK(waiting != NULL);
    put(arena, folder, text_c_string(arena, text_format(arena, "content/%s", name)), text);
    *LIST_PUSH(arena, &changed) = text_from(name);
    result.has_gone_on = waiting && pipeline_go_on(waiting, &changed, &result.is_fine);
    result.read = project->pages_read;
    result.written = project->files_written;
    result.errors = project->diag->error_count;
    pipeline_close(project);
    return result;
}

TEST(waiting_goes_on_with_a_page)
{
    const char *folder = built(arena);
    Text page;
    for (int round = 1; round <= 2; round++) {    /* what the first leaves the second can wait on */
        const char *text = text_c_string(arena, text_format(arena, "# One\n\n## Part\n\nRound %d.\n", round));
        const GoneOn result = go_on(arena, folder, "desk/1-first/1-one.md", text);
        CHECK(result.has_gone_on && result.is_fine);
        CHECK_INT(result.shown, 1);
        CHECK_INT(result.read, 1);
        CHECK_INT(result.written, 1);
        const Text path = path_join(arena, text_from(folder), TEXT("shown/desk/first/one.html"));
        CHECK_INT(files_read(arena, text_c_string(arena, path), 1 << 20, &page, NULL), 0);
        CHECK(text_find(page, round == 1 ? "Round 1." : "Round 2.") < page.length);
    }
    files_remove_tree(folder);
}

TEST(waiting_says_what_is_wrong_and_shows_nothing)
{
    const char *folder = built(arena);
    GoneOn result = go_on(arena, folder, "desk/1-first/1-one.md", "# One\n\n## Another part\n");
    CHECK(result.has_gone_on && !result.is_fine);
    CHECK_INT((int64_t)result.errors, 1);    /* the link of a page that was not read again */
    CHECK_INT(result.shown, 0);
    result = go_on(arena, folder, "desk/1-first/1-one.md", "# One\n\n## Part\n");
    CHECK(result.has_gone_on && result.is_fine);
    files_remove_tree(folder);
}

TEST(waiting_goes_on_with_nothing_but_pages_it_knows)
{
    const char *folder = built(arena);
    CHECK(!go_on(arena, folder, "desk/1-first/3-new.md", "# New\n").has_gone_on);
    CHECK(!go_on(arena, folder, "desk/course.yaml", "title: Counter\n").has_gone_on);
    CHECK(!go_on(arena, folder, "site.yaml", "title: Other\nid: site\n").has_gone_on);
    files_remove_tree(folder);
}

/* mend: see mend.h. */
#include "mend.h"

#include "../base/path.h"
#include "../formats/yaml.h"
#include "load.h"
#include "read.h"

static bool mend_file(Project *project, Text path)
{
    Arena *arena = arena_open();
    Sources sources = {.arena = arena};
    const uint32_t file = sources_add(&sources, path);
    Diag *quiet = diag_new(arena, &sources);
    YamlFixes fixes = {.arena = arena};
    Text source;
    size_t start, end;
    Value value;
    bool is_mended = false;
    if (files_exist(text_c_string(arena, path)) && read_source(arena, quiet, path, file, &source) &&
        read_yaml_part(quiet, file, source, text_is(path_extension(path), "md"), &start, &end)) {
        yaml_read(arena, file, source, start, end, quiet, &fixes, &value);
        if (fixes.count) {
            const int error = files_replace(text_c_string(arena, path), yaml_fixed(arena, source, &fixes));
            is_mended = error == 0;
            if (error)
                diag_file_error(project->diag, path, "cannot be written: %s", files_reason(error));
        }
    }
    arena_close(arena);
    return is_mended;
}

size_t mend_project(Project *project)
{
    size_t mended = 0;
    if (!load_project(project))
        return 0;
    project->diag->count = project->diag->error_count = 0;    /* the check that follows says it again */
    mended += mend_file(project, path_join(project->arena, project->content, TEXT("site.yaml")));
    for (size_t i = 0; i < project->site.courses.count; i++)
        mended += mend_file(project, project->sources.items[project->site.courses.items[i].file]);
    for (size_t i = 0; i < project->site.pages.count; i++)
        mended += mend_file(project, project->sources.items[project->site.pages.items[i].file]);
    return mended;
}

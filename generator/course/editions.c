/* editions: see editions.h. */
#include "editions.h"

#include "../base/files.h"
#include "../base/path.h"
#include "reads.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

enum { NAME_LENGTH = 16, MOST_BYTES = 4 << 20 };

static Text folder(const Project *project, Arena *arena)
{
    return project_path(project, arena, TEXT(".lectern/editions"));
}

static bool is_edition(Text name)
{
    bool is_fine = name.length == NAME_LENGTH;
    for (size_t i = 0; is_fine && i < name.length; i++)
        is_fine = byte_is_digit(name.bytes[i]) || (name.bytes[i] >= 'a' && name.bytes[i] <= 'f');
    return is_fine;
}

/* Under a name of this process's own first: another worker may be at the same edition of another page. */
static int write_edition(Arena *arena, const char *path, Text json)
{
    const char *beside = text_c_string(arena, text_format(arena, "%s.%ld", path, (long)getpid()));
    int error = files_make_folder(text_c_string(arena, path_folder(text_from(path))));
    if (!error)
        error = files_replace_soon(beside, json);    /* one that a power cut empties is written again */
    if (!error && rename(beside, path) != 0)
        error = files_exist(beside) ? EIO : 0;
    if (error)
        unlink(beside);
    return error;
}

bool editions_keep(void *context, Text edition, Text json, Diag *diag)
{
    const Project *project = context;
    if (!project->next_memory || project->options.is_preview)
        return true;
    if (!is_edition(edition))
        return diag_file_error(diag, folder(project, project->arena), "'%.*s' is no edition: 16 hexadecimal digits", TEXT_ARG(edition));
    Arena *arena = arena_open();
    Text kept;
    const Text path = path_join(arena, folder(project, arena), text_format(arena, "%.*s.json", TEXT_ARG(edition)));
    const bool is_there = files_read(arena, text_c_string(arena, path), MOST_BYTES, &kept, NULL) == 0 && text_equal(kept, json);
    const int error = is_there ? 0 : write_edition(arena, text_c_string(arena, path), json);
    if (error)
        diag_file_error(diag, path, "cannot be written: %s", files_reason(error));
    arena_close(arena);
    return !error;
}

Value editions_all(void *context, Arena *arena)
{
    const Project *project = context;
    const Text path = folder(project, arena);
    Value all = value_map();
    FileList list;
    reads_note(project, READ_EDITIONS, TEXT(""));
    if (files_list(arena, text_c_string(arena, path), &list) != 0)
        return all;
    for (size_t i = 0; i < list.count; i++) {
        Text json;
        const Text name = list.items[i].name, edition = text_slice(name, 0, name.length < NAME_LENGTH ? name.length : NAME_LENGTH);
        const char *file = text_c_string(arena, path_join(arena, path, name));
        if (is_edition(edition) && text_is(text_after(name, edition.length), ".json") && list.items[i].kind == FILE_REGULAR &&
            files_read(arena, file, MOST_BYTES, &json, NULL) == 0)
            value_set(arena, &all, edition, value_text(json));
    }
    return all;
}

Hash editions_hash(const Project *project, Arena *arena)
{
    FileList list;
    Hash sum = {0};
    if (files_list(arena, text_c_string(arena, folder(project, arena)), &list) != 0)
        return sum;
    for (size_t i = 0; i < list.count; i++) {
        const FileStamp stamp = list.items[i].stamp;
        sum = hash_add(sum, hash_of(list.items[i].name));
        sum = hash_add(sum, (Hash){stamp.size ^ stamp.inode << 32, (uint64_t)stamp.changed_ns});
    }
    return sum;
}

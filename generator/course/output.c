/* output: see output.h. */
#include "output.h"

#include "../base/path.h"
#include "memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *joined(Arena *arena, const char *folder, Text name)
{
    return text_c_string(arena, path_join(arena, text_from(folder), name));
}

/* Is it safe to write there? */

static bool refuse(Output *output, const char *why)
{
    return diag_file_error(output->project->diag, text_from(output->folder), "nothing can be built here: %s", why);
}

static const char *real_path(Arena *arena, const char *path)
{
    char *real = realpath(path, NULL);
    const char *copy = real ? text_c_string(arena, text_from(real)) : NULL;
    free(real);
    return copy;
}

static const char *existing_above(Arena *arena, const char *path)
{
    Text above = text_from(path);
    while (above.length && !files_exist(text_c_string(arena, above)))
        above = path_folder(above);
    return above.length ? text_c_string(arena, above) : path[0] == '/' ? "/" : ".";
}

/* The path that a folder has, or will have once it is made. */
static const char *future_path(Arena *arena, const char *path)
{
    const char *above = existing_above(arena, path);
    const size_t known = strcmp(above, ".") == 0 && path[0] != '.' ? 0 : strlen(above);
    Text rest = text_after(text_from(path), known), normal;
    while (rest.length && rest.bytes[0] == '/')
        rest = text_after(rest, 1);
    const char *real = real_path(arena, above);
    if (!real || !path_normal(arena, rest, &normal))
        return path;
    return normal.length ? joined(arena, real, normal) : real;
}

static bool check_place(Output *output)
{
    Arena *arena = output->arena;
    const char *real = future_path(arena, output->folder);
    const char *content = real_path(arena, text_c_string(arena, output->project->content));
    const char *home = getenv("HOME");
    const char *real_home = home && *home ? real_path(arena, home) : NULL;
    if (strcmp(real, "/") == 0)
        return refuse(output, "it is the root of the disk");
    if (real_home && strcmp(real, real_home) == 0)
        return refuse(output, "it is your home folder");
    if (content && (strcmp(real, content) == 0 || path_is_in(text_from(real), text_from(content))))
        return refuse(output, "it is inside the content");
    if (content && path_is_in(text_from(content), text_from(real)))
        return refuse(output, "the content is inside it");
    return true;
}

static bool is_empty_or_missing(Output *output, bool *is_folder)
{
    FileList list;
    const int error = files_list(output->arena, output->folder, &list);
    *is_folder = error == 0 || error == ENOENT;
    return error == ENOENT || (error == 0 && list.count == 0);
}

/* Where things are. */

static bool is_on_same_disk(const char *one, const char *other)
{
    struct stat left, right;
    return stat(one, &left) == 0 && stat(other, &right) == 0 && left.st_dev == right.st_dev;
}

static const char *usual_name(const Project *project)
{
    return project->options.is_facilitator ? "site-facilitator" : "site";
}

Text output_folder(const Project *project, Arena *arena)
{
    const Text out = project->options.out;
    return out.length ? out : project_path(project, arena, text_from(usual_name(project)));
}

Text output_memory(const Project *project, Arena *arena, Text out, const char *ending)
{
    Text name = text_from(usual_name(project));
    if (out.length)
        name = text_format(arena, "%.*s-%.8s", TEXT_ARG(name), hash_hex(arena, hash_of(out)).bytes);
    return project_path(project, arena, text_format(arena, ".lectern/%.*s.%s", TEXT_ARG(name), ending));
}

static void name_paths(Output *output)
{
    Project *project = output->project;
    Arena *arena = output->arena;
    const Text out = project->options.out;
    output->folder = text_c_string(arena, output_folder(project, arena));
    output->manifest_path = text_c_string(arena, output_memory(project, arena, out, "manifest"));
    output->journal_path = text_c_string(arena, output_memory(project, arena, out, "journal"));
    output->next_manifest_path = text_c_string(arena, output_memory(project, arena, out, "manifest.next"));
    const char *memory = text_c_string(arena, path_folder(text_from(output->manifest_path)));
    files_make_folder(memory);
    if (is_on_same_disk(memory, existing_above(arena, output->folder)))
        output->staging = text_c_string(arena, output_memory(project, arena, out, "staging"));
    else
        output->staging = joined(arena, output->folder, TEXT(".lectern-staging"));
}

bool output_lock(Project *project, int *lock)
{
    Arena *arena = project->arena;
    const Text path = project_path(project, arena, TEXT(".lectern/lock"));
    const int error = files_make_folder(text_c_string(arena, path_folder(path)));
    *lock = -1;
    if (error)
        return diag_file_error(project->diag, path_folder(path), "this folder cannot be made: %s", files_reason(error));
    *lock = open(text_c_string(arena, path), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (*lock < 0)
        return diag_file_error(project->diag, path, "cannot be written: %s", files_reason(errno));
    if (flock(*lock, LOCK_EX | LOCK_NB) == 0)
        return true;
    close(*lock);
    *lock = -1;
    return diag_file_error(project->diag, project->options.folder.length ? project->options.folder : TEXT("."),
                           "another lectern is building this project just now");
}

/* A preview can be made again: there is no need to wait for the disk. */
static int replace(const Output *output, const char *path, Text text)
{
    return output->project->options.is_preview ? files_replace_soon(path, text) : files_replace(path, text);
}

/* The journal: the folder, what is renamed in, what is removed. */

/* Does the way to `address` in the output folder lead through a link?  Nothing is written there. */
static bool is_behind_link(Output *output, Text address)
{
    struct stat status;
    for (Text folder = path_folder(address); folder.length; folder = path_folder(folder))
        if (lstat(joined(output->arena, output->folder, folder), &status) == 0 && S_ISLNK(status.st_mode))
            return true;
    return false;
}

static int rename_in(Output *output, Text address)
{
    if (is_behind_link(output, address))
        return ELOOP;
    const char *from = joined(output->arena, output->staging, address);
    const char *to = joined(output->arena, output->folder, address);
    if (rename(from, to) == 0)
        return 0;
    if (errno == ENOENT && !files_exist(from))
        return 0;    /* it was renamed before the kill */
    if (errno == EISDIR || errno == ENOTEMPTY || errno == EEXIST)
        return errno;
    const int error = files_make_folder(text_c_string(output->arena, path_folder(text_from(to))));
    return error ? error : rename(from, to) ? errno : 0;
}

static void remove_old(Output *output, Text address)
{
    Text folder = address;
    if (is_behind_link(output, address))
        return;
    unlink(joined(output->arena, output->folder, address));
    while ((folder = path_folder(folder)).length)
        if (rmdir(joined(output->arena, output->folder, folder)) != 0)
            return;
}

static bool move_failed(Output *output, Text address, int error)
{
    return diag_file_error(output->project->diag, path_join(output->arena, text_from(output->folder), address),
                           "cannot be written: %s", files_reason(error));
}

/* Rename in and remove what the journal says. */
static bool work_through(Output *output, Text journal)
{
    FlatReader reader = flat_reader(journal);
    bool ok = true;
    files_make_folder(output->folder);
    for (uint32_t count = flat_u32(&reader); count > 0 && !reader.is_broken; count--) {
        const Text address = flat_text(&reader);
        const int error = rename_in(output, address);
        if (error)
            ok = move_failed(output, address, error);
    }
    for (uint32_t count = flat_u32(&reader); count > 0 && !reader.is_broken; count--)
        remove_old(output, flat_text(&reader));
    return ok && !reader.is_broken;
}

static bool end_journal(Output *output)
{
    /* it is not there any more when it was renamed before the kill */
    if (rename(output->next_manifest_path, output->manifest_path) != 0 && errno != ENOENT)
        return diag_file_error(output->project->diag, text_from(output->manifest_path), "cannot be written: %s", files_reason(errno));
    unlink(output->journal_path);
    return true;
}

static bool replay(Output *output, Text journal)
{
    return work_through(output, journal) && end_journal(output);
}

/* Finish what a killed build had begun to rename; drop what it had only staged. */
static void recover(Output *output)
{
    Text journal;
    Manifest next;
    if (files_read(output->arena, output->journal_path, 1 << 30, &journal, NULL) == 0) {
        if (manifest_read(output->arena, output->next_manifest_path, &next))
            manifest_close(&next);
        else
            unlink(output->next_manifest_path);    /* a preview was killed while it was written */
        replay(output, journal);
    }
    unlink(output->journal_path);
    unlink(output->next_manifest_path);
    files_remove_tree(output->staging);
}

bool output_name(Project *project, Output *output)
{
    *output = (Output){.arena = project->arena, .project = project, .lock = -1, .after = manifest_new(project->arena)};
    name_paths(output);
    return check_place(output);
}

bool output_open(Output *output)
{
    if (!output_lock(output->project, &output->lock))
        return false;
    recover(output);
    return true;
}

static FileStamp stamp_of(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 ? file_stamp(&status) : (FileStamp){0};
}

bool output_is_as_recalled(const Output *output)
{
    return file_stamp_equal(output->recalled, stamp_of(output->manifest_path)) && !files_exist(output->journal_path);
}

bool output_recall(Output *output)
{
    Project *project = output->project;
    bool is_folder;
    output->is_fresh = is_empty_or_missing(output, &is_folder);
    if (!is_folder)
        return refuse(output, "there is a file of that name");
    const Text printed = output_memory(project, project->arena, project->options.out, "handouts");
    manifest_read(project->arena, text_c_string(project->arena, printed), &output->printed);
    project->printed_hash = manifest_hash(&output->printed);
    output->recalled = stamp_of(output->manifest_path);
    const bool has_manifest = manifest_read(project->arena, output->manifest_path, &output->before);
    /* of one that is damaged, or of another version, only so much is known: the folder is Lectern's */
    output->writes_all = project->options.is_clean || (!has_manifest && (project->options.is_preview || files_exist(output->manifest_path)));
    if (output->is_fresh) {
        manifest_close(&output->before);
        output->before = manifest_new(project->arena);
    } else if (!has_manifest && !output->writes_all) {
        refuse(output, "it holds files, and Lectern does not know which of them it wrote");
        diag_help(project->diag, "empty it, or let Lectern write into it with `--clean`; files that it does not replace stay");
        return false;
    }
    project->memory = has_manifest && !output->is_fresh ? memory_take(project->arena, &output->before) : NULL;
    return true;
}

bool output_begin(Output *output)
{
    Project *project = output->project;
    const int error = files_make_folder(output->staging);
    if (error)
        return diag_file_error(project->diag, text_from(output->staging), "cannot be written: %s", files_reason(error));
    project->next_memory = memory_begin(project->arena, output->next_manifest_path);
    return true;
}

const ManifestEntry *output_untouched(Output *output, Arena *arena, Text address)
{
    const ManifestEntry *entry = manifest_find(&output->before, address);
    const bool is_untouched = entry && (folders_untouched(output, path_folder(address)) ||
                                        manifest_is_untouched(entry, joined(arena, output->folder, address)));
    return is_untouched ? entry : NULL;
}

static Hash hash_of_stamp(FileStamp stamp)
{
    return hash_of((Text){(const char *)&stamp, sizeof stamp});
}

const ManifestEntry *output_copied(Output *output, Arena *arena, const Medium *medium)
{
    const ManifestEntry *entry = output->writes_all ? NULL : manifest_find(&output->before, medium->address);
    return entry && hash_equal(entry->hash, hash_of_stamp(medium->stamp)) ? output_untouched(output, arena, medium->address) : NULL;
}

/* Staging. */

static bool stage_failed(Diag *diag, const char *path, int error)
{
    return diag_file_error(diag, text_from(path), "cannot be written: %s", files_reason(error));
}

static const char *staged_path(Output *output, Arena *arena, Text address, int *error)
{
    const Text folder = path_folder(address);
    *error = 0;
    if (folder.length && !text_equal(folder, output->made_folder)) {
        *error = files_make_folder(joined(arena, output->staging, folder));
        output->made_folder = *error ? TEXT("") : text_copy(output->arena, folder);
    }
    return joined(arena, output->staging, address);
}

bool output_write(Output *output, Arena *arena, Text address, Text bytes, Diag *diag, ManifestEntry *entry, bool *is_new)
{
    const ManifestEntry *before = manifest_find(&output->before, address);
    *entry = (ManifestEntry){.address = address, .hash = hash_of(bytes)};
    *is_new = !before || output->writes_all || !hash_equal(before->hash, entry->hash) ||
              !manifest_is_untouched(before, joined(arena, output->folder, address));
    if (!*is_new) {
        *entry = *before;
        return true;
    }
    int error;
    const char *path = staged_path(output, arena, address, &error);
    if (!error)
        error = files_write(path, bytes, &entry->output);
    return !error || stage_failed(diag, path, error);
}

bool output_copy(Output *output, Arena *arena, const Medium *medium, Diag *diag, ManifestEntry *entry, bool *is_new)
{
    int error;
    *entry = (ManifestEntry){.address = medium->address, .hash = hash_of_stamp(medium->stamp)};
    *is_new = true;
    const char *path = staged_path(output, arena, medium->address, &error);
    const char *from = joined(arena, text_c_string(arena, output->project->content), medium->source);
    if (!error)
        error = files_copy(from, path, &entry->output);
    return !error || stage_failed(diag, from, error);
}

/* Committing. */

static bool is_staged(Output *output, const ManifestEntry *entry)
{
    const ManifestEntry *before = manifest_find(&output->before, entry->address);
    return !before || before->output.inode != entry->output.inode || before->output.changed_ns != entry->output.changed_ns;
}

static Text journal_of(Output *output)
{
    Buffer journal = buffer_new(output->arena), staged = buffer_new(output->arena), removed = buffer_new(output->arena);
    uint32_t staged_count = 0, removed_count = 0;
    for (size_t i = 0; i < output->after.count; i++) {
        if (!is_staged(output, &output->after.items[i]))
            continue;
        flat_put_text(&staged, output->after.items[i].address);
        staged_count++;
    }
    for (size_t i = 0; i < output->before.count; i++) {
        if (manifest_find(&output->after, output->before.items[i].address))
            continue;
        flat_put_text(&removed, output->before.items[i].address);
        removed_count++;
    }
    flat_put_u32(&journal, staged_count);
    buffer_put(&journal, buffer_text(&staged));
    flat_put_u32(&journal, removed_count);
    buffer_put(&journal, buffer_text(&removed));
    return buffer_text(&journal);
}

/* Nothing is renamed in before it is clear that everything can be: no folder on the way may be
 * read-only or a link, and no folder may stand where a file belongs. */
static bool can_commit(Output *output)
{
    Text seen = TEXT_NONE;
    bool ok = true;
    for (size_t i = 0; i < output->after.count; i++) {
        const ManifestEntry *entry = &output->after.items[i];
        const Text folder = path_folder(entry->address);
        struct stat status;
        if (!is_staged(output, entry))
            continue;
        const char *target = joined(output->arena, output->folder, entry->address);
        if (lstat(target, &status) == 0 && S_ISDIR(status.st_mode))
            ok = move_failed(output, entry->address, EISDIR);
        if (seen.bytes && text_equal(folder, seen))
            continue;
        seen = folder;
        const char *above = existing_above(output->arena, text_c_string(output->arena, path_folder(text_from(target))));
        if (is_behind_link(output, entry->address))
            ok = move_failed(output, entry->address, ELOOP);
        else if (access(above, W_OK | X_OK) != 0)
            ok = move_failed(output, entry->address, errno);
    }
    return ok;
}

/* Folders that are still empty go again. */
static void drop_folders(Output *output)
{
    for (size_t i = 0; i < output->after.count; i++) {
        Text folder = path_folder(output->after.items[i].address);
        while (folder.length && rmdir(joined(output->arena, output->folder, folder)) == 0)
            folder = path_folder(folder);
    }
}

/* The folders of all that is renamed in come first, so that a full disk is found out before anything has changed. */
static bool make_folders(Output *output)
{
    bool ok = true;
    for (size_t i = 0; i < output->after.count; i++) {
        const ManifestEntry *entry = &output->after.items[i];
        const Text folder = path_folder(entry->address);
        const int error = is_staged(output, entry) ? files_make_folder(joined(output->arena, output->folder, folder)) : 0;
        if (error)
            ok = move_failed(output, entry->address, error);
    }
    return ok;
}

/* A fresh folder is the staged tree itself, in one rename. */
static bool commit_fresh(Output *output)
{
    rmdir(output->folder);
    const char *above = text_c_string(output->arena, path_folder(text_from(output->folder)));
    if (*above)
        files_make_folder(above);
    /* first the manifest: after a kill in between there is no folder yet, and it does not count */
    if (rename(output->next_manifest_path, output->manifest_path) != 0)
        stage_failed(output->project->diag, output->manifest_path, errno);
    chmod(output->staging, 0755);
    return rename(output->staging, output->folder) == 0;
}

/* Where a power cut damages the manifest its checksum tells, and all is made anew. */
static bool write_next_manifest(Output *output)
{
    Project *project = output->project;
    const int error = memory_end(project->next_memory, project->hashes, &output->after, false);
    return !error || stage_failed(project->diag, output->next_manifest_path, error);
}

bool output_is_shown_first(const Output *output)
{
    return output->project->options.is_preview && !output->is_fresh;
}

bool output_commit(Output *output)
{
    Project *project = output->project;
    const bool is_shown_first = output_is_shown_first(output);
    manifest_sort(&output->after);
    if (!is_shown_first && !write_next_manifest(output))
        return false;
    if (output->is_fresh && commit_fresh(output))
        return project->diag->error_count == 0;
    if (!can_commit(output))
        return false;
    const Text journal = journal_of(output);
    bool ok = make_folders(output);
    const int error = ok ? replace(output, output->journal_path, journal) : 0;
    if (error)
        ok = stage_failed(project->diag, output->journal_path, error);
    if (!ok)
        drop_folders(output);
    output->is_shown = ok && is_shown_first && work_through(output, journal);
    return output->is_shown || (ok && !is_shown_first && replay(output, journal));
}

bool output_remember(Output *output)
{
    return write_next_manifest(output) && end_journal(output);
}

void output_close(Output *output)
{
    if (output->lock < 0)
        return;
    if (output->project->next_memory)
        memory_drop(output->project->next_memory);
    output->project->memory = NULL;
    output->project->last = output->before.store;
    manifest_close(&output->printed);
    if (!files_exist(output->journal_path)) {    /* else the next build goes on with it */
        files_remove_tree(output->staging);
        unlink(output->next_manifest_path);
    }
    close(output->lock);
}

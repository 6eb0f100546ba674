/* files: see files.h. */
#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int64_t nanoseconds(struct timespec time)
{
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

FileStamp file_stamp(const struct stat *status)
{
    return (FileStamp){.size = (uint64_t)status->st_size,
                       .inode = (uint64_t)status->st_ino,
                       .changed_ns = nanoseconds(status->st_mtim),
                       .touched_ns = nanoseconds(status->st_ctim)};
}

bool file_stamp_equal(FileStamp left, FileStamp right)
{
    return left.size == right.size && left.inode == right.inode &&
           left.changed_ns == right.changed_ns && left.touched_ns == right.touched_ns;
}

static FileKind kind_of(mode_t mode)
{
    if (S_ISREG(mode))
        return FILE_REGULAR;
    if (S_ISDIR(mode))
        return FILE_FOLDER;
    return S_ISLNK(mode) ? FILE_LINK : FILE_OTHER;
}

static int compare_entries(const void *left, const void *right)
{
    return text_compare_natural(((const FileEntry *)left)->name, ((const FileEntry *)right)->name);
}

/* What a folder itself tells of an entry; false when it does not tell the kind. */
static bool known_entry(const struct dirent *item, FileEntry *entry)
{
    switch (item->d_type) {
    case DT_REG: entry->kind = FILE_REGULAR; return true;
    case DT_DIR: entry->kind = FILE_FOLDER; return true;
    case DT_LNK: entry->kind = FILE_LINK; return true;
    default: return false;
    }
}

bool files_look(int folder, const char *name, FileEntry *entry)
{
    struct stat status;
    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    entry->kind = kind_of(status.st_mode);
    entry->stamp = file_stamp(&status);
    return true;
}

static int list_entries(Arena *arena, const char *path, bool wants_stamps, FileList *list)
{
    *list = (FileList){0};
    DIR *folder = opendir(path);
    if (!folder)
        return errno;
    for (const struct dirent *item = readdir(folder); item; item = readdir(folder)) {
        FileEntry entry = {0};
        if (strcmp(item->d_name, ".") == 0 || strcmp(item->d_name, "..") == 0)
            continue;
        if ((wants_stamps || !known_entry(item, &entry)) && !files_look(dirfd(folder), item->d_name, &entry))
            continue;    /* it went away between the listing and the look */
        entry.name = text_copy(arena, text_from(item->d_name));
        *LIST_PUSH(arena, list) = entry;
    }
    closedir(folder);
    files_sort(list);
    return 0;
}

void files_sort(FileList *list)
{
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, compare_entries);
}

int files_list(Arena *arena, const char *path, FileList *list)
{
    return list_entries(arena, path, true, list);
}

int files_list_names(Arena *arena, const char *path, FileList *list)
{
    return list_entries(arena, path, false, list);
}

static int read_all(int file, char *bytes, size_t size, size_t *got)
{
    for (*got = 0; *got < size;) {
        const ssize_t count = read(file, bytes + *got, size - *got);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errno;
        if (count == 0)
            break;
        *got += (size_t)count;
    }
    return 0;
}

/* Open a plain file; `file` is -1 where there is none that can be opened, and is left open whatever is said of it. */
static int open_plain(const char *path, int *file, struct stat *status)
{
    *file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*file < 0 || fstat(*file, status) != 0)
        return errno;
    return S_ISREG(status->st_mode) ? 0 : EISDIR;
}

int files_read(Arena *arena, const char *path, size_t limit_bytes, Text *text, FileStamp *stamp)
{
    *text = TEXT_NONE;
    int file;
    struct stat status;
    int error = open_plain(path, &file, &status);
    if (!error && (uint64_t)status.st_size > limit_bytes)
        error = EFBIG;
    if (!error) {
        char *bytes = arena_bytes(arena, (size_t)status.st_size + 1);
        size_t got;
        error = read_all(file, bytes, (size_t)status.st_size, &got);
        bytes[got] = '\0';
        *text = (Text){bytes, got};
        if (stamp)
            *stamp = file_stamp(&status);
    }
    if (file >= 0)
        close(file);
    return error;
}

int files_map(const char *path, Text *text)
{
    *text = TEXT("");
    int file;
    struct stat status;
    int error = open_plain(path, &file, &status);
    if (!error && status.st_size > 0) {
        void *bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
        if (bytes == MAP_FAILED)
            error = errno;
        else
            *text = (Text){bytes, (size_t)status.st_size};
    }
    if (file >= 0)
        close(file);
    return error;
}

void files_unmap(Text text)
{
    if (text.length)
        munmap((void *)text.bytes, text.length);
}

int files_write_all(int file, Text text)
{
    while (text.length) {
        const ssize_t count = write(file, text.bytes, text.length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errno;
        text = text_after(text, (size_t)count);
    }
    return 0;
}

enum { USUAL_MODE = 0644 };

/* See that the file has that mode, which it has but for an unusual umask. */
static int finish(int file, mode_t mode, FileStamp *stamp)
{
    struct stat status;
    if (fstat(file, &status) != 0)
        return errno;
    if ((status.st_mode & 07777) != mode && (fchmod(file, mode) != 0 || fstat(file, &status) != 0))
        return errno;
    if (stamp)
        *stamp = file_stamp(&status);
    return 0;
}

static int write_file(const char *path, Text text, mode_t mode, bool to_the_disk, FileStamp *stamp)
{
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, USUAL_MODE);
    if (file < 0)
        return errno;
    int error = mode != USUAL_MODE && fchmod(file, mode) ? errno : 0;
    if (!error)
        error = files_write_all(file, text);
    if (!error)
        error = finish(file, mode, stamp);
    if (!error && to_the_disk && fsync(file) != 0)
        error = errno;
    if (close(file) != 0 && !error)
        error = errno;
    return error;
}

int files_write(const char *path, Text text, FileStamp *stamp)
{
    return write_file(path, text, USUAL_MODE, false, stamp);
}

static int replace_file(const char *path, Text text, bool to_the_disk)
{
    struct stat status;
    char *beside, *real = realpath(path, NULL);    /* what a link leads to, not the link */
    const char *target = real ? real : path;
    const mode_t mode = stat(target, &status) == 0 ? status.st_mode & 07777 : 0644;
    int error = ENOMEM;
    if (asprintf(&beside, "%s.new", target) >= 0) {
        error = write_file(beside, text, mode, to_the_disk, NULL);
        if (!error && rename(beside, target) != 0)
            error = errno;
        if (error)
            unlink(beside);
        free(beside);
    }
    free(real);
    return error;
}

int files_replace(const char *path, Text text)
{
    return replace_file(path, text, true);
}

int files_replace_soon(const char *path, Text text)
{
    return replace_file(path, text, false);
}

/* Small files go through memory; of large ones the system copies what is behind the first block, if it can. */
static int copy_all(int source, int target)
{
    char block[1 << 16];
    for (;;) {
        size_t got;
        int error = read_all(source, block, sizeof block, &got);
        if (!error)
            error = files_write_all(target, (Text){block, got});
        if (error || got < sizeof block)
            return error;
        ssize_t count;
        do
            count = copy_file_range(source, NULL, target, NULL, 1 << 30, 0);
        while (count > 0 || (count < 0 && errno == EINTR));
        if (count < 0 && errno != EXDEV && errno != EINVAL && errno != ENOSYS)
            return errno;
    }
}

int files_copy(const char *from, const char *to, FileStamp *stamp)
{
    const int source = open(from, O_RDONLY | O_CLOEXEC);
    if (source < 0)
        return errno;
    const int target = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, USUAL_MODE);
    int error = target < 0 ? errno : copy_all(source, target);
    if (!error)
        error = finish(target, USUAL_MODE, stamp);
    close(source);
    if (target >= 0 && close(target) != 0 && !error)
        error = errno;
    return error;
}

int files_make_folder(const char *path)
{
    if (mkdir(path, 0755) == 0)
        return chmod(path, 0755) ? errno : 0;
    if (errno == EEXIST) {
        struct stat status;
        return stat(path, &status) == 0 && S_ISDIR(status.st_mode) ? 0 : ENOTDIR;
    }
    const char *slash = strrchr(path, '/');
    if (errno != ENOENT || !slash || slash == path)
        return errno;
    char *above = strndup(path, (size_t)(slash - path));
    if (!above)
        return ENOMEM;
    const int error = files_make_folder(above);
    free(above);
    if (error)
        return error;
    if (mkdir(path, 0755) != 0)
        return errno == EEXIST ? 0 : errno;
    return chmod(path, 0755) ? errno : 0;
}

static int remove_inside(int parent, const char *name)
{
    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
        return 0;
    if (errno != EISDIR && errno != EPERM)
        return errno;
    const int folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0)
        return errno;
    DIR *listing = fdopendir(folder);
    int error = listing ? 0 : errno;
    for (const struct dirent *item; !error && (item = readdir(listing));)
        if (strcmp(item->d_name, ".") != 0 && strcmp(item->d_name, "..") != 0)
            error = remove_inside(folder, item->d_name);
    if (listing)
        closedir(listing);
    if (!error && unlinkat(parent, name, AT_REMOVEDIR) != 0 && errno != ENOENT)
        error = errno;
    return error;
}

int files_remove_tree(const char *path)
{
    return remove_inside(AT_FDCWD, path);
}

bool files_exist(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

const char *files_reason(int error)
{
    switch (error) {
    case ENOENT: return "there is no such file";
    case EACCES: case EPERM: return "you have no permission";
    case ENOSPC: case EDQUOT: return "the disk is full";
    case EROFS: return "the disk is read-only";
    case EISDIR: return "it is not a plain file";
    case ENOTDIR: return "something on the way is not a folder";
    case EFBIG: return "it is too large";
    case ENAMETOOLONG: return "its name is too long";
    case ELOOP: return "the way to it leads through a link";
    case EMFILE: case ENFILE: return "too many files are open";
    default: return strerror(error);
    }
}

/* files: what Lectern asks of the disk: list, read, write whole.
 * Functions that can fail give 0 or an errno; who calls knows what to say about it. */
#ifndef LECTERN_FILES_H
#define LECTERN_FILES_H

#include "text.h"

#include <sys/stat.h>

/* What tells one state of a file from another without reading it. */
typedef struct FileStamp {
    uint64_t size, inode;
    int64_t changed_ns;    /* of the content: mtime */
    int64_t touched_ns;    /* of the inode: ctime */
} FileStamp;

typedef enum FileKind { FILE_REGULAR, FILE_FOLDER, FILE_LINK, FILE_OTHER } FileKind;

typedef struct FileEntry {
    Text name;
    FileKind kind;    /* of the name itself: a symbolic link is FILE_LINK */
    FileStamp stamp;
} FileEntry;

typedef struct FileList {
    FileEntry *items;
    size_t count, capacity;
} FileList;

FileStamp file_stamp(const struct stat *status);
bool file_stamp_equal(FileStamp left, FileStamp right);

/* Names in `path`, in natural order, without `.` and `..`. */
int files_list(Arena *arena, const char *path, FileList *list);

/* Kind and stamp of `name` in a folder that is open; the entry's name is left to the caller.  False when it is not there. */
bool files_look(int folder, const char *name, FileEntry *entry);

/* Into natural order. */
void files_sort(FileList *list);

/* The same without stamps, which need a look at every file. */
int files_list_names(Arena *arena, const char *path, FileList *list);

/* The whole file.  EFBIG when it is larger than `limit_bytes`, EISDIR when it is no plain file.
 * `stamp` may be NULL. */
int files_read(Arena *arena, const char *path, size_t limit_bytes, Text *text, FileStamp *stamp);

/* The whole file as memory that is read from the disk when it is looked at.  `text` is borrowed until files_unmap. */
int files_map(const char *path, Text *text);
void files_unmap(Text text);

/* Write all of `bytes` to a file that is open. */
int files_write_all(int file, Text bytes);

/* Write a file of mode 0644 whatever the umask, replacing what it held.  `stamp` may be NULL. */
int files_write(const char *path, Text text, FileStamp *stamp);

/* Write `path`, or what it links to, so that either the old or the new content is seen, even after
 * a power cut.  A file that is there keeps its mode. */
int files_replace(const char *path, Text text);

/* The same, without waiting for the disk: after a power cut it may be empty. */
int files_replace_soon(const char *path, Text text);

int files_copy(const char *from, const char *to, FileStamp *stamp);

/* Make `path` and the folders above it, of mode 0755; fine when it is there. */
int files_make_folder(const char *path);

/* Remove `path` with all that is in it; fine when it is not there.  Follows no link. */
int files_remove_tree(const char *path);

bool files_exist(const char *path);

/* A plain sentence for an errno: `there is no such file`. */
const char *files_reason(int error);

#endif

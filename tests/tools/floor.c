/* floor: what a machine needs at the least for what Lectern does, for tests/bench.
 *   floor build FROM TO   read every file, md4c in two processes, write every page, copy every picture
 *   floor stat FROM       stat every file
 * It knows no links, no courses and no templates: nothing can be faster that makes such a site. */
#include <dirent.h>
#include <fcntl.h>
#include <md4c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS = 2, LARGEST = 4 << 20, LONGEST = 4096 };

static char source[LARGEST], page[2 * LARGEST];
static size_t page_length;
static unsigned long file_count;

static void add(const char *bytes, size_t size)
{
    if (page_length + size <= sizeof page)
        memcpy(page + page_length, bytes, size);
    page_length += size;
}

/* What md4c finds is written down, tags of one length for all. */
static int on_block(MD_BLOCKTYPE type, void *detail, void *unused)
{
    (void)type, (void)detail, (void)unused;
    add("<p>", 3);
    return 0;
}

static int on_span(MD_SPANTYPE type, void *detail, void *unused)
{
    (void)type, (void)detail, (void)unused;
    add("<b>", 3);
    return 0;
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *unused)
{
    (void)type, (void)unused;
    add(text, size);
    return 0;
}

static size_t read_file(const char *path)
{
    const int file = open(path, O_RDONLY);
    size_t length = 0;
    ssize_t count;
    while (file >= 0 && (count = read(file, source + length, sizeof source - length)) > 0)
        length += (size_t)count;
    if (file >= 0)
        close(file);
    return length;
}

static void write_file(const char *path, const char *bytes, size_t length)
{
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (file < 0 || write(file, bytes, length) != (ssize_t)length) {
        perror(path);
        exit(1);
    }
    close(file);
}

static int ends(const char *name, const char *ending)
{
    const size_t length = strlen(name), end = strlen(ending);
    return length > end && strcmp(name + length - end, ending) == 0;
}

/* `one`, `between` and `other` in `path`, which has LONGEST bytes. */
static void join(char *path, const char *one, const char *between, const char *other)
{
    if (snprintf(path, LONGEST, "%s%s%s", one, between, other) >= LONGEST) {
        fprintf(stderr, "%s: this path is too long\n", one);
        exit(1);
    }
}

static void make(const char *from, const char *to)
{
    char html[LONGEST];
    const size_t length = read_file(from);
    if (!ends(from, ".md") && !ends(from, ".yaml")) {
        write_file(to, source, length);
        return;
    }
    page_length = 0;
    const MD_PARSER parser = {0, MD_DIALECT_GITHUB, on_block, on_block, on_span, on_span, on_text, NULL, NULL};
    md_parse(source, (MD_SIZE)length, &parser, NULL);
    join(html, to, ".html", "");
    write_file(html, page, page_length);
}

/* Folders are dealt out to the workers in turn. */
static void build(const char *from, const char *to, int worker, int *folder)
{
    char below[LONGEST], there[LONGEST];
    const int is_own = (*folder)++ % WORKERS == worker;
    DIR *list = opendir(from);
    mkdir(to, 0755);
    for (const struct dirent *entry; list && (entry = readdir(list));) {
        if (entry->d_name[0] == '.')
            continue;
        join(below, from, "/", entry->d_name);
        join(there, to, "/", entry->d_name);
        if (entry->d_type == DT_DIR)
            build(below, there, worker, folder);
        else if (is_own)
            make(below, there);
    }
    closedir(list);
}

static void walk(const char *from)
{
    char below[LONGEST];
    struct stat status;
    DIR *list = opendir(from);
    for (const struct dirent *entry; list && (entry = readdir(list));) {
        if (entry->d_name[0] == '.')
            continue;
        join(below, from, "/", entry->d_name);
        if (stat(below, &status) == 0)
            file_count++;
        if (S_ISDIR(status.st_mode))
            walk(below);
    }
    closedir(list);
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "stat") == 0) {
        walk(argv[2]);
        return file_count == 0;
    }
    if (argc != 4 || strcmp(argv[1], "build") != 0) {
        fputs("floor build FROM TO | floor stat FROM\n", stderr);
        return 2;
    }
    for (int i = 0; i < WORKERS; i++) {
        int folder = 0;
        if (fork() == 0) {
            build(argv[2], argv[3], i, &folder);
            _exit(0);
        }
    }
    int status = 0, failed = 0;
    while (wait(&status) > 0)
        failed |= status;
    return failed != 0;
}

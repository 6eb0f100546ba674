/* destination: see destination.h. */
#include "destination.h"

#include "../base/path.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

static const char example[] = "write it like `desk@www.example.edu:public_html/training`, or name a folder of this computer";

static bool has_control(Text text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.bytes[i] < ' ' || text.bytes[i] == 0x7F)
            return true;
    return false;
}

static bool has_parent(Text path)
{
    while (path.length) {
        const size_t end = text_find_char(path, '/');
        if (text_is(text_slice(path, 0, end), ".."))
            return true;
        path = text_after(path, end < path.length ? end + 1 : end);
    }
    return false;
}

static Text without_slashes(Text path)
{
    while (path.length > 1 && path.bytes[path.length - 1] == '/')
        path.length--;
    return path;
}

/* A user, a host, or both with `@` between: it becomes a word on ssh's command line. */
static bool is_host(Text host)
{
    const size_t at = text_find_char(host, '@');
    bool ok = host.length && host.bytes[host.length - 1] != '@' && at > 0;
    for (size_t i = 0; i < host.length; i++) {
        const char byte = host.bytes[i];
        const bool begins = i == 0 || i == at + 1;
        ok = ok && (byte_is_letter(byte) || byte_is_digit(byte) || (!begins && (byte == '-' || byte == '.' )) || byte == '_' || i == at);
    }
    return ok;
}

static bool read_remote(Arena *arena, Text host, Text folder, Destination *destination, const char **problem, const char **help)
{
    *help = example;
    *problem = "this is no host that ssh could reach";
    if (!is_host(host))
        return false;
    if (text_starts(folder, "~/"))
        folder = text_after(folder, 2);    /* ssh begins there */
    folder = without_slashes(folder);
    *problem = "this names a host and no folder on it";
    if (folder.length == 0 || text_is(folder, ".") || text_is(folder, "/") || text_is(folder, "~"))
        return false;
    *problem = "the folder can neither begin with `~name` or `-`, nor have `..` in it";
    if (folder.bytes[0] == '~' || folder.bytes[0] == '-' || has_parent(folder))
        return false;
    *destination = (Destination){text_format(arena, "%.*s:%.*s", TEXT_ARG(host), TEXT_ARG(folder)), host, text_copy(arena, folder)};
    return true;
}

static Text absolute(Arena *arena, Text folder, Text base)
{
    const char *home = getenv("HOME");
    if (text_starts(folder, "~/") && home && *home)
        return path_join(arena, text_from(home), text_after(folder, 2));
    return folder.bytes[0] == '/' ? folder : path_join(arena, base, folder);
}

/* The folder with all links on the way to it followed; it need not be there itself. */
static Text real_folder(Arena *arena, Text folder)
{
    char *whole = realpath(text_c_string(arena, folder), NULL);
    const Text above = path_folder(folder);
    const char *parent = above.length ? text_c_string(arena, above) : folder.bytes[0] == '/' ? "/" : ".";
    char *real = whole ? whole : realpath(parent, NULL);
    Text found = real ? text_copy(arena, text_from(real)) : folder;
    if (real && !whole)
        found = text_format(arena, "%.*s/%.*s", TEXT_ARG(text_is(found, "/") ? TEXT("") : found), TEXT_ARG(path_name(folder)));
    free(real);
    return found;
}

bool destination_read(Arena *arena, Text written, Text base, Destination *destination, const char **problem, const char **help)
{
    written = text_trim(written);
    const size_t colon = text_find_char(written, ':');
    *help = example;
    *problem = "no place is named";
    if (written.length == 0)
        return false;
    *problem = "a place cannot begin with `-`";
    if (written.bytes[0] == '-')
        return false;
    *problem = "there is a control character in it";
    if (has_control(written))
        return false;
    *problem = "a site is published over ssh or to a folder";
    if (text_find(written, "://") < written.length || text_find(written, "::") < written.length)
        return false;
    if (colon < text_find_char(written, '/'))
        return read_remote(arena, text_slice(written, 0, colon), text_after(written, colon + 1), destination, problem, help);
    const Text folder = real_folder(arena, without_slashes(absolute(arena, written, base)));
    *destination = (Destination){folder, TEXT(""), folder};
    return true;
}

static bool refuse(Project *project, const Destination *destination, const char *why)
{
    return diag_file_error(project->diag, destination->folder, "nothing can be published here: %s", why);
}

/* Is one of the two in the other? */
static bool meet(Text left, Text right)
{
    return path_is_in(left, right) || path_is_in(right, left) || text_equal(left, right);
}

bool destination_is_safe(Project *project, const Destination *destination)
{
    Arena *arena = project->arena;
    const Text folder = destination->folder;
    const char *home = getenv("HOME");
    struct stat status;
    if (destination->host.length)
        return true;
    if (text_is(folder, "/"))
        return refuse(project, destination, "it is the root of the disk");
    if (home && *home && text_equal(folder, real_folder(arena, text_from(home))))
        return refuse(project, destination, "it is your home folder");
    if (meet(folder, real_folder(arena, project->content)))
        return refuse(project, destination, "it holds the content, or is inside it");
    if (meet(folder, real_folder(arena, output_folder(project, arena))))
        return refuse(project, destination, "it holds the site that `lectern build` writes, or is inside it");
    if (meet(folder, real_folder(arena, project_path(project, arena, TEXT(".lectern")))))
        return refuse(project, destination, "it holds Lectern's own memory, or is inside it");
    const bool is_there = stat(text_c_string(arena, folder), &status) == 0;
    if (is_there && !S_ISDIR(status.st_mode))
        return refuse(project, destination, "it is a file");
    if (is_there || (stat(text_c_string(arena, path_folder(folder).length ? path_folder(folder) : TEXT("/")), &status) == 0 && S_ISDIR(status.st_mode)))
        return true;
    refuse(project, destination, "the folder that it should be in is not there");
    diag_help(project->diag, "is the disk or the file share connected?");
    return false;
}

/* path: see path.h. */
#include "path.h"

#include <ctype.h>

static size_t last_slash(Text path)
{
    size_t i = path.length;
    while (i > 0 && path.bytes[i - 1] != '/')
        i--;
    return i;
}

Text path_folder(Text path)
{
    const size_t slash = last_slash(path);
    return text_slice(path, 0, slash ? slash - 1 : 0);
}

Text path_name(Text path)
{
    return text_after(path, last_slash(path));
}

/* Where the last dot of a name is; a dot in the first place does not count. */
static size_t last_dot(Text name)
{
    for (size_t i = name.length; i > 1; i--)
        if (name.bytes[i - 1] == '.')
            return i - 1;
    return name.length;
}

Text path_stem(Text path)
{
    const Text name = path_name(path);
    return text_slice(name, 0, last_dot(name));
}

Text path_extension(Text path)
{
    const Text name = path_name(path);
    const size_t dot = last_dot(name);
    return dot < name.length ? text_after(name, dot + 1) : text_after(name, name.length);
}

Text path_join(Arena *arena, Text folder, Text name)
{
    if (folder.length == 0)
        return name;
    if (folder.bytes[folder.length - 1] == '/')
        folder.length--;
    Buffer path = buffer_new(arena);
    buffer_reserve(&path, folder.length + 1 + name.length);
    buffer_put(&path, folder);
    buffer_char(&path, '/');
    buffer_put(&path, name);
    return buffer_text(&path);
}

static Text next_part(Text *rest)
{
    const size_t slash = text_find_char(*rest, '/');
    const Text part = text_slice(*rest, 0, slash);
    *rest = text_after(*rest, slash < rest->length ? slash + 1 : slash);
    return part;
}

bool path_normal(Arena *arena, Text path, Text *normal)
{
    Buffer kept = buffer_new(arena);
    buffer_reserve(&kept, path.length + 1);
    for (Text rest = path; rest.length;) {
        const Text part = next_part(&rest);
        if (part.length == 0 || text_is(part, "."))
            continue;
        if (text_is(part, "..")) {
            if (kept.length == 0)
                return false;
            kept.length = path_folder(buffer_text(&kept)).length;
            continue;
        }
        if (kept.length)
            buffer_char(&kept, '/');
        buffer_put(&kept, part);
    }
    *normal = buffer_text(&kept);
    return true;
}

Text path_relative(Arena *arena, Text from, Text to)
{
    size_t common = 0;
    for (size_t i = 0; i < from.length && i < to.length && from.bytes[i] == to.bytes[i]; i++)
        if (from.bytes[i] == '/')
            common = i + 1;
    Buffer path = buffer_new(arena);
    buffer_reserve(&path, to.length + 8);
    for (size_t i = common; i < from.length; i++)
        if (from.bytes[i] == '/')
            buffer_string(&path, "../");
    buffer_put(&path, text_after(to, common));
    return buffer_text(&path);
}

/* Does it lead on from the page it stands on?  What is spelt with character references is not judged. */
static bool is_relative(Text url)
{
    for (size_t i = 0; i < url.length; i++)
        switch (url.bytes[i]) {
        case '/': return i > 0;
        case '?': case '#': return i > 0;
        case ':': case '&': return false;
        default: break;
        }
    return url.length > 0;
}

Text path_rebased(Arena *arena, Text url, Text from, Text to)
{
    Text folder = path_folder(from), rest = url;
    if (text_equal(folder, path_folder(to)) || !is_relative(url))
        return url;
    for (;;) {
        if (text_starts(rest, "./"))
            rest = text_after(rest, 2);
        else if (text_starts(rest, "../") && folder.length) {
            folder = path_folder(folder);
            rest = text_after(rest, 3);
        } else
            break;
    }
    const Text target = folder.length ? text_format(arena, "%.*s/%.*s", TEXT_ARG(folder), TEXT_ARG(rest)) : rest;
    const Text relative = path_relative(arena, to, target);
    return relative.length ? relative : TEXT("./");
}

bool path_is_in(Text path, Text folder)
{
    if (folder.length == 0)
        return true;
    return path.length > folder.length && path.bytes[folder.length] == '/' &&
           text_equal(text_slice(path, 0, folder.length), folder);
}

Text path_scheme(Text target)
{
    for (size_t i = 0; i < target.length; i++) {
        const unsigned char byte = (unsigned char)target.bytes[i];
        if (byte == ':')
            return i ? text_slice(target, 0, i) : TEXT_NONE;
        if (!isalpha(byte) && !(i && (isdigit(byte) || byte == '+' || byte == '-' || byte == '.')))
            return TEXT_NONE;
    }
    return TEXT_NONE;
}

static int hex_digit(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

bool path_decoded(Arena *arena, Text target, Text *decoded)
{
    if (text_find_char(target, '%') == target.length) {
        *decoded = target;
        return true;
    }
    Buffer plain = buffer_new(arena);
    for (size_t i = 0; i < target.length; i++) {
        if (target.bytes[i] != '%') {
            buffer_char(&plain, target.bytes[i]);
            continue;
        }
        const int high = i + 2 <= target.length - 1 ? hex_digit(target.bytes[i + 1]) : -1;
        const int low = i + 2 <= target.length - 1 ? hex_digit(target.bytes[i + 2]) : -1;
        if (high < 0 || low < 0 || (high == 0 && low == 0))
            return false;
        buffer_char(&plain, (char)(high * 16 + low));
        i += 2;
    }
    *decoded = buffer_text(&plain);
    return true;
}

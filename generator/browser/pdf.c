/* pdf: see pdf.h. */
#include "pdf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Cut off `rest` what stands before its next stream, which is skipped.  False at the end. */
static bool next_plain(Text *rest, Text *plain)
{
    if (rest->length == 0)
        return false;
    *plain = text_slice(*rest, 0, text_find(*rest, ">> stream"));
    *rest = text_after(*rest, plain->length);
    *rest = text_after(*rest, text_find(*rest, "endstream"));
    return true;
}

/* The dates: `(D:20261122080013+00'00')`. */

static void set_date(char *date, size_t length)
{
    static const char fixed[] = "D:20000101000000";
    for (size_t i = 0; i < length && date[i] != ')'; i++)
        if (i < sizeof fixed - 1)
            date[i] = fixed[i];
        else if (date[i] == '-' || date[i] == 'Z')
            date[i] = '+';
        else if (byte_is_digit(date[i]))
            date[i] = '0';
}

static void set_dates(char *bytes, Text plain, const char *key)
{
    for (Text rest = plain; rest.length;) {
        rest = text_after(rest, text_find(rest, key));
        if (rest.length <= strlen(key))
            return;
        rest = text_after(rest, strlen(key));
        set_date(bytes + (rest.bytes - plain.bytes), rest.length);
    }
}

/* The names of cells. */

enum { NUMBER_DIGITS = 8 };
#define NAME "(node"

typedef struct Names {
    char **items;        /* where the digits of each stand */
    size_t count, capacity;
} Names;

static bool is_name(Text text)
{
    const size_t before = sizeof NAME - 1;
    for (size_t i = 0; i < NUMBER_DIGITS; i++)
        if (before + i >= text.length || !byte_is_digit(text.bytes[before + i]))
            return false;
    return before + NUMBER_DIGITS < text.length && text.bytes[before + NUMBER_DIGITS] == ')';
}

static void find_names(Arena *arena, char *bytes, Text plain, Names *names)
{
    for (Text rest = plain; (rest = text_after(rest, text_find(rest, NAME))).length; rest = text_after(rest, 1))
        if (is_name(rest))
            *LIST_PUSH(arena, names) = bytes + (rest.bytes - plain.bytes) + sizeof NAME - 1;
}

static int compare_names(const void *left, const void *right)
{
    return strncmp(*(char *const *)left, *(char *const *)right, NUMBER_DIGITS);
}

static void number_names(Names *names)
{
    char before[NUMBER_DIGITS] = {0}, written[NUMBER_DIGITS + 1] = {0};
    if (names->count)
        qsort(names->items, names->count, sizeof *names->items, compare_names);
    for (unsigned i = 0, number = 0; i < names->count; i++) {
        if (strncmp(before, names->items[i], NUMBER_DIGITS) != 0)
            number++;
        memcpy(before, names->items[i], NUMBER_DIGITS);
        snprintf(written, sizeof written, "%08u", number % 100000000);
        memcpy(names->items[i], written, NUMBER_DIGITS);
    }
}

Text pdf_same_each_time(Arena *arena, Text pdf)
{
    char *bytes = text_c_string(arena, pdf);
    Names names = {0};
    Text rest = {bytes, pdf.length}, plain;
    while (next_plain(&rest, &plain)) {
        char *start = bytes + (plain.bytes - bytes);
        set_dates(start, plain, "/CreationDate (");
        set_dates(start, plain, "/ModDate (");
        find_names(arena, start, plain, &names);
    }
    number_names(&names);
    return (Text){bytes, pdf.length};
}

/* Destinations: `/p1-part [9 0 R /XYZ 6 777 0]` names a page's object. */

static size_t number_at(Text text)
{
    size_t number = 0;
    for (size_t i = 0; i < text.length && byte_is_digit(text.bytes[i]); i++)
        number = number * 10 + (size_t)(text.bytes[i] - '0');
    return number;
}

/* The object that `name` leads to, or 0. */
static size_t destination_of(Text pdf, const char *key)
{
    Text rest = pdf, plain;
    while (next_plain(&rest, &plain)) {
        const Text found = text_after(plain, text_find(plain, key));
        if (found.length)
            return number_at(text_after(found, strlen(key)));
    }
    return 0;
}

/* The number of the object in which the end of `plain` stands: the last `9 0 obj` in it. */
static size_t object_of(Text plain)
{
    size_t object = 0;
    for (Text rest = plain; (rest = text_after(rest, text_find(rest, " 0 obj"))).length; rest = text_after(rest, 1)) {
        size_t start = (size_t)(rest.bytes - plain.bytes);
        while (start > 0 && byte_is_digit(plain.bytes[start - 1]))
            start--;
        object = number_at(text_after(plain, start));
    }
    return object;
}

/* Chromium writes the objects of its pages in the order of the pages. */
size_t pdf_page_of(Text pdf, Text name)
{
    Arena *arena = arena_open();
    const size_t wanted = destination_of(pdf, text_c_string(arena, text_format(arena, "/%.*s [", TEXT_ARG(name))));
    size_t page = 0, found = 0;
    Text rest = pdf, plain;
    while (wanted && !found && next_plain(&rest, &plain)) {
        const Text whole = plain;
        while (!found && (plain = text_after(plain, text_find(plain, "/Type /Page"))).length) {
            const bool is_page = !text_starts(plain, "/Type /Pages");
            page += is_page;
            if (is_page && object_of(text_slice(whole, 0, (size_t)(plain.bytes - whole.bytes))) == wanted)
                found = page;
            plain = text_after(plain, 1);
        }
    }
    arena_close(arena);
    return found;
}

/* Pages: the largest count is that of the tree's root. */
size_t pdf_page_count(Text pdf)
{
    size_t most = 0;
    Text rest = pdf, plain;
    while (next_plain(&rest, &plain)) {
        while ((plain = text_after(plain, text_find(plain, "/Type /Pages"))).length) {
            const Text object = text_slice(plain, 0, text_find(plain, ">>"));
            const Text number = text_after(object, text_find(object, "/Count "));
            const size_t count = number_at(text_after(number, strlen("/Count ")));
            most = count > most ? count : most;
            plain = text_after(plain, 1);
        }
    }
    return most;
}

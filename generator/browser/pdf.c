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

/* Pages: the largest count is that of the tree's root. */
size_t pdf_page_count(Text pdf)
{
    size_t most = 0;
    Text rest = pdf, plain;
    while (next_plain(&rest, &plain)) {
        while ((plain = text_after(plain, text_find(plain, "/Type /Pages"))).length) {
            const Text object = text_slice(plain, 0, text_find(plain, ">>"));
            const Text number = text_after(object, text_find(object, "/Count "));
            size_t count = 0;
            for (size_t i = strlen("/Count "); i < number.length && byte_is_digit(number.bytes[i]); i++)
                count = count * 10 + (size_t)(number.bytes[i] - '0');
            most = count > most ? count : most;
            plain = text_after(plain, 1);
        }
    }
    return most;
}

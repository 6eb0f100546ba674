/* diag: see diag.h. */
#include "diag.h"

#include "files.h"
#include "unicode.h"

#include <stdlib.h>

enum { LONGEST_EXCERPT_BYTES = 200, LARGEST_SOURCE_BYTES = 16 << 20, MOST_PROBLEMS_A_FILE = 120 };

uint32_t sources_add(Sources *sources, Text path)
{
    *LIST_PUSH(sources->arena, sources) = text_copy(sources->arena, path);
    return (uint32_t)(sources->count - 1);
}

Diag *diag_new(Arena *arena, const Sources *sources)
{
    Diag *diag = ARENA_NEW(arena, Diag);
    diag->arena = arena;
    diag->sources = sources;
    diag->text_file = diag->busy_file = UINT32_MAX;
    return diag;
}

void diag_source(Diag *diag, uint32_t file, Text text)
{
    diag->text_file = file;
    diag->text = text;
}

static Text without_mark(Text text)
{
    return text_starts(text, "\xEF\xBB\xBF") ? text_after(text, 3) : text;
}

void diag_line_column(Text text, size_t offset, uint32_t *line, uint32_t *column)
{
    if (offset > text.length)
        offset = text.length;
    size_t line_start = 0;
    *line = 1;
    for (size_t i = 0; i < offset; i++) {
        if (text.bytes[i] == '\n') {
            *line += 1;
            line_start = i + 1;
        }
    }
    Text before = text_slice(text, line_start, offset);
    if (line_start == 0)
        before = without_mark(before);
    *column = (uint32_t)unicode_count(before) + 1;
}

uint32_t diag_line(const Diag *diag, Pos pos)
{
    uint32_t line = 0, column;
    if (pos.file == diag->text_file)
        diag_line_column(diag->text, pos.offset, &line, &column);
    return line;
}

/* The text that `pos` lies in: the one at hand, or read again from the disk. */
static Text source_text(Diag *diag, uint32_t file)
{
    if (file != diag->text_file) {
        Text text;
        const char *path = text_c_string(diag->arena, diag->sources->items[file]);
        if (files_read(diag->arena, path, LARGEST_SOURCE_BYTES, &text, NULL) != 0)
            return TEXT_NONE;
        diag_source(diag, file, text);
    }
    return diag->text;
}

static Text line_around(Text text, size_t offset)
{
    size_t start = offset, end = offset;
    while (start > 0 && text.bytes[start - 1] != '\n')
        start--;
    while (end < text.length && text.bytes[end] != '\n' && text.bytes[end] != '\r')
        end++;
    const Text line = text_slice(text, start, end);
    return start == 0 ? without_mark(line) : line;
}

/* A line fit to be shown: control characters and bad bytes as `?`, tabs as one blank, not endless. */
static Text excerpt_of(Arena *arena, Text line)
{
    Buffer shown = buffer_new(arena);
    for (size_t i = 0; i < line.length && shown.length < LONGEST_EXCERPT_BYTES;) {
        const unsigned char byte = (unsigned char)line.bytes[i];
        const Text rest = text_after(line, i);
        size_t length = 0;
        if (byte >= 0x80 && unicode_error(text_slice(rest, 0, rest.length < 4 ? rest.length : 4)) > 0)
            unicode_next(rest, &length);
        if (byte == '\t')
            buffer_char(&shown, ' ');
        else if (byte >= 0x80 && length > 1)
            buffer_put(&shown, text_slice(rest, 0, length));
        else
            buffer_char(&shown, byte < 0x20 || byte >= 0x7F ? '?' : (char)byte);
        i += length > 1 ? length : 1;
    }
    return buffer_text(&shown);
}

/* The line, or, of a paragraph typed on one line, the part around the place. */
static void show_line(Arena *arena, Text text, size_t offset, Problem *problem)
{
    enum { WIDEST_BYTES = 160, BEFORE_BYTES = 70 };
    const Text line = line_around(text, offset);
    const size_t at = (size_t)(text.bytes + offset - line.bytes);
    size_t start = 0;
    problem->caret = problem->column;
    if (line.length > WIDEST_BYTES && at < line.length && at > BEFORE_BYTES)
        for (start = at - BEFORE_BYTES; start < at && line.bytes[start] != ' ';)
            start++;
    if (start && start == at)
        for (start = at - BEFORE_BYTES; (line.bytes[start] & 0xC0) == 0x80;)
            start++;
    problem->excerpt = excerpt_of(arena, text_after(line, start));
    if (start == 0)
        return;
    problem->excerpt = text_format(arena, "…%.*s", TEXT_ARG(problem->excerpt));
    problem->caret = (uint32_t)unicode_count(text_slice(line, start, at)) + 2;
}

static bool is_word(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_' || byte == '-' || (byte & 0x80);
}

static uint32_t word_width(Text text, size_t offset)
{
    size_t end = offset;
    while (end < text.length && is_word(text.bytes[end]))
        end++;
    const size_t count = unicode_count(text_slice(text, offset < end ? offset : end, end));
    return count ? (uint32_t)count : 1;
}

/* A long row of problems in one file are of no use to anybody, and finding their lines takes
 * time: one message says that there are more. */
static bool is_enough(Diag *diag, Pos pos)
{
    if (pos.file == UINT32_MAX || pos.file != diag->busy_file)
        diag->busy_count = 0;
    diag->busy_file = pos.file;
    if (++diag->busy_count == MOST_PROBLEMS_A_FILE + 1 && pos.file != UINT32_MAX)
        diag_file_error(diag, diag->sources->items[pos.file], "there are more than %d problems; the rest is not shown",
                        MOST_PROBLEMS_A_FILE);
    return diag->busy_count > MOST_PROBLEMS_A_FILE && pos.file != UINT32_MAX;
}

const char *severity_name(Severity severity)
{
    static const char *const names[] = {"advice", "warning", "error"};
    return names[severity];
}

size_t diag_count(const Diag *diag, Severity severity)
{
    size_t count = 0;
    for (size_t i = 0; i < diag->count; i++)
        count += diag->items[i].severity == severity;
    return count;
}

static void report(Diag *diag, Severity severity, Pos pos, Text message)
{
    const bool is_error = severity == SEVERITY_ERROR;
    if (is_enough(diag, pos)) {
        diag->error_count += is_error;
        diag->is_last_shown = false;
        return;
    }
    diag->is_last_shown = true;
    Problem problem = {.severity = severity, .file = pos.file, .message = message};
    if (pos.file != UINT32_MAX) {
        const Text text = source_text(diag, pos.file);
        const size_t offset = pos.offset < text.length ? pos.offset : text.length;
        problem.path = diag->sources->items[pos.file];
        diag_line_column(text, offset, &problem.line, &problem.column);
        show_line(diag->arena, text, offset, &problem);
        problem.width = word_width(text, offset);
    }
    *LIST_PUSH(diag->arena, diag) = problem;
    diag->error_count += is_error;
}

bool diag_error(Diag *diag, Pos pos, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report(diag, SEVERITY_ERROR, pos, text_format_list(diag->arena, format, arguments));
    va_end(arguments);
    return false;
}

void diag_warn(Diag *diag, Pos pos, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report(diag, SEVERITY_WARNING, pos, text_format_list(diag->arena, format, arguments));
    va_end(arguments);
}

void diag_advise(Diag *diag, Pos pos, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report(diag, SEVERITY_ADVICE, pos, text_format_list(diag->arena, format, arguments));
    va_end(arguments);
}

static void report_file(Diag *diag, Severity severity, Text path, Text message)
{
    *LIST_PUSH(diag->arena, diag) =
        (Problem){.severity = severity, .file = UINT32_MAX, .path = text_copy(diag->arena, path), .message = message};
    diag->error_count += severity == SEVERITY_ERROR;
    diag->is_last_shown = true;
}

bool diag_file_error(Diag *diag, Text path, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report_file(diag, SEVERITY_ERROR, path, text_format_list(diag->arena, format, arguments));
    va_end(arguments);
    return false;
}

void diag_file_warn(Diag *diag, Text path, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report_file(diag, SEVERITY_WARNING, path, text_format_list(diag->arena, format, arguments));
    va_end(arguments);
}

void diag_file_advise(Diag *diag, Text path, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    *LIST_PUSH(diag->arena, diag) = (Problem){.severity = SEVERITY_ADVICE,
                                              .file = UINT32_MAX,
                                              .path = text_copy(diag->arena, path),
                                              .message = text_format_list(diag->arena, format, arguments)};
    va_end(arguments);
    diag->is_last_shown = true;
}

bool diag_line_error(Diag *diag, Text path, uint32_t line, Text excerpt, Text message)
{
    *LIST_PUSH(diag->arena, diag) = (Problem){.severity = SEVERITY_ERROR,
                                              .file = UINT32_MAX,
                                              .line = line,
                                              .path = text_copy(diag->arena, path),
                                              .excerpt = excerpt_of(diag->arena, excerpt),
                                              .message = text_copy(diag->arena, message)};
    diag->error_count++;
    diag->is_last_shown = true;
    return false;
}

void diag_help(Diag *diag, const char *format, ...)
{
    if (diag->count == 0 || !diag->is_last_shown)
        return;
    va_list arguments;
    va_start(arguments, format);
    diag->items[diag->count - 1].help = text_format_list(diag->arena, format, arguments);
    va_end(arguments);
}

void diag_width(Diag *diag, size_t count)
{
    if (diag->count && count && diag->is_last_shown)
        diag->items[diag->count - 1].width = (uint32_t)count;
}

Nearest nearest_to(Text wanted)
{
    return (Nearest){.wanted = wanted, .best = TEXT_NONE, .distance = wanted.length / 3 + 2};
}

void nearest_try(Nearest *nearest, Text candidate)
{
    const size_t distance = text_distance(nearest->wanted, candidate);
    if (distance < nearest->distance && distance < candidate.length) {
        nearest->distance = distance;
        nearest->best = candidate;
    }
}

Text nearest_found(const Nearest *nearest)
{
    return nearest->best;
}

void diag_put(const Diag *diag, Buffer *flat)
{
    flat_put_u32(flat, (uint32_t)diag->count);
    for (size_t i = 0; i < diag->count; i++) {
        const Problem *problem = &diag->items[i];
        flat_put_u8(flat, (uint8_t)problem->severity);
        flat_put_u32(flat, problem->file);
        flat_put_u32(flat, problem->line);
        flat_put_u32(flat, problem->column);
        flat_put_u32(flat, problem->caret);
        flat_put_u32(flat, problem->width);
        flat_put_text(flat, problem->path);
        flat_put_text(flat, problem->message);
        flat_put_text(flat, problem->help);
        flat_put_text(flat, problem->excerpt);
    }
}

void diag_take(Diag *diag, FlatReader *flat)
{
    const uint32_t count = flat_u32(flat);
    for (uint32_t i = 0; i < count && !flat->is_broken; i++) {
        const uint8_t severity = flat_u8(flat);
        Problem problem = {.severity = severity <= SEVERITY_ERROR ? (Severity)severity : SEVERITY_ERROR};
        problem.file = flat_u32(flat);
        problem.line = flat_u32(flat);
        problem.column = flat_u32(flat);
        problem.caret = flat_u32(flat);
        problem.width = flat_u32(flat);
        problem.path = text_copy(diag->arena, flat_text(flat));
        problem.message = text_copy(diag->arena, flat_text(flat));
        problem.help = text_copy(diag->arena, flat_text(flat));
        problem.excerpt = text_copy(diag->arena, flat_text(flat));
        if (flat->is_broken)
            return;
        *LIST_PUSH(diag->arena, diag) = problem;
        diag->error_count += problem.severity == SEVERITY_ERROR;
    }
}

static int compare_numbers(uint32_t left, uint32_t right)
{
    return (left > right) - (left < right);
}

static int compare_problems(const void *left_item, const void *right_item)
{
    const Problem *left = left_item, *right = right_item;
    int order = text_compare_natural(left->path, right->path);
    if (!order)
        order = compare_numbers(left->line, right->line);
    if (!order)
        order = compare_numbers(left->column, right->column);
    if (!order)
        order = (int)right->severity - (int)left->severity;
    return order ? order : text_compare(left->message, right->message);
}

void diag_sort(Diag *diag)
{
    if (diag->count == 0)
        return;
    qsort(diag->items, diag->count, sizeof *diag->items, compare_problems);
    size_t kept = 0;
    const Severity least = diag->error_count ? SEVERITY_WARNING : SEVERITY_ADVICE;
    for (size_t i = 0; i < diag->count; i++)
        if (diag->items[i].severity >= least &&
            (kept == 0 || compare_problems(&diag->items[kept - 1], &diag->items[i]) != 0))
            diag->items[kept++] = diag->items[i];
    diag->count = kept;
    diag->error_count = diag_count(diag, SEVERITY_ERROR);
}

static void print_excerpt(const Problem *problem, FILE *stream)
{
    fprintf(stream, "%5u | %.*s\n", problem->line, TEXT_ARG(problem->excerpt));
    const size_t shown = unicode_count(problem->excerpt);
    if (problem->caret == 0 || problem->caret > shown + 1)
        return;
    fprintf(stream, "      | %*s^", (int)problem->caret - 1, "");
    for (uint32_t i = 1; i < problem->width && problem->caret + i <= shown; i++)
        fputc('~', stream);
    fputc('\n', stream);
}

/* Names and texts come from files: a terminal must not take them for commands. */
static void print_safe(Text text, FILE *stream)
{
    for (size_t i = 0; i < text.length; i++) {
        const unsigned char byte = (unsigned char)text.bytes[i];
        fputc(byte < 0x20 || byte == 0x7F ? '?' : byte, stream);
    }
}

static void print_problem(const Problem *problem, FILE *stream, bool colour)
{
    static const char *const paints[] = {"\x1b[1;36m", "\x1b[1;35m", "\x1b[1;31m"};
    const char *kind = severity_name(problem->severity);
    const char *paint = colour ? paints[problem->severity] : "";
    const char *plain = colour ? "\x1b[0m" : "";
    if (problem->path.length)
        print_safe(problem->path, stream), fputc(':', stream);
    else
        fputs("lectern:", stream);
    if (problem->line)
        fprintf(stream, "%u:", problem->line);
    if (problem->column)
        fprintf(stream, "%u:", problem->column);
    fprintf(stream, " %s%s:%s ", paint, kind, plain);
    print_safe(problem->message, stream);
    fputc('\n', stream);
    if (problem->line && problem->excerpt.length)
        print_excerpt(problem, stream);
    if (problem->help.length == 0)
        return;
    fputs("      = ", stream);
    print_safe(problem->help, stream);
    fputc('\n', stream);
}

void diag_print_text(const Diag *diag, FILE *stream, bool colour)
{
    for (size_t i = 0; i < diag->count; i++)
        print_problem(&diag->items[i], stream, colour);
}

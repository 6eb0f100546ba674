/* yaml_origin: where the bytes of a scalar stand in the file, found by reading it there once more.
 * Its text tells what must come next, so nothing needs to be known of what is around it. */
#include "yaml.h"

#include "../base/bytes.h"

#include "yaml_line.h"

#include <string.h>

/* Two places that go on together. */
typedef struct Trace {
    Arena *arena;
    Text source, text;
    size_t at, done; /* in `source`, in `text` */
    bool is_plain;
    Origin origin;
} Trace;

static void run(Trace *trace)
{
    origin_run(trace->arena, &trace->origin, (uint32_t)trace->done, (uint32_t)trace->at);
}

static char byte_at(const Trace *trace, size_t at)
{
    return at < trace->source.length ? trace->source.bytes[at] : '\n';
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static size_t skip_blanks(const Trace *trace, size_t at)
{
    return yaml_skip_blanks(trace->source, at, trace->source.length);
}

/* Whether no-break spaces in the indentation were read as blanks: in plain texts, unless the text
 * has one where the next word begins. */
static bool has_mended_indent(const Trace *trace)
{
    size_t word = trace->done;
    while (word < trace->text.length &&
           (trace->text.bytes[word] == ' ' || trace->text.bytes[word] == '\n'))
        word++;
    return trace->is_plain && !yaml_is_nbsp(trace->text, word);
}

static size_t skip_indent(const Trace *trace, size_t at, bool is_mended)
{
    at = skip_blanks(trace, at);
    while (is_mended && yaml_is_nbsp(trace->source, at))
        at = skip_blanks(trace, at + 2);
    return at;
}

/* The end of a line at `at`: its bytes, or 0. */
static size_t break_bytes(const Trace *trace, size_t at)
{
    if (at >= trace->source.length)
        return 0;
    if (byte_at(trace, at) == '\r' && byte_at(trace, at + 1) == '\n')
        return 2;
    return byte_at(trace, at) == '\n';
}

/* Blanks and ends of lines between two words: one end is a blank in the text, or nothing when it
 * was escaped; each further one is an end there too. */
static void trace_gap(Trace *trace, bool is_escaped)
{
    const bool is_mended = has_mended_indent(trace);
    size_t at = skip_blanks(trace, trace->at), count = 0, bytes;
    while ((bytes = break_bytes(trace, at)) > 0) {
        const size_t next = skip_indent(trace, at + bytes, is_mended);
        const bool ends_here = break_bytes(trace, next) == 0;
        trace->at = at;
        if (count > 0 || (ends_here && !is_escaped)) {
            run(trace);
            trace->done += trace->done < trace->text.length;
        }
        count++;
        at = next;
    }
    trace->at = at;
    run(trace);
}

/* Bytes of the UTF-8 character that begins with `first`. */
static size_t character_bytes(char first)
{
    const unsigned char byte = (unsigned char)first;
    return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

static size_t escape_bytes(char letter)
{
    return letter == 'x' ? 4 : letter == 'u' ? 6 : letter == 'U' ? 10 : 2;
}

/* A backslash in double quotes, and what it stands for. */
static void trace_escape(Trace *trace)
{
    if (break_bytes(trace, trace->at + 1)) {
        trace->at++;
        trace_gap(trace, true);
        return;
    }
    run(trace);
    trace->at += escape_bytes(byte_at(trace, trace->at + 1));
    trace->done += character_bytes(trace->text.bytes[trace->done]);
    run(trace);
}

static Bytes may_differ(Bytes bytes)
{
    return (bytes <= ' ') | (bytes == '\'') | (bytes == '\\');
}

/* How many bytes from here on begin no gap, are no quote and no backslash. */
static size_t plain_bytes(const Trace *trace)
{
    const size_t in_source = trace->source.length - trace->at, in_text = trace->text.length - trace->done;
    const size_t most = in_source < in_text ? in_source : in_text;
    return bytes_until(text_slice(trace->source, trace->at, trace->at + most), 0, may_differ);
}

/* What is the same in the file and in the text: a run of blanks, of plain bytes, or one byte; a quote in
 * single quotes is written twice. */
static void trace_same(Trace *trace, ValueStyle style)
{
    const char byte = byte_at(trace, trace->at);
    const size_t count = is_blank(byte) ? skip_blanks(trace, trace->at) - trace->at : plain_bytes(trace);
    trace->at += count ? count : 1;
    trace->done += count ? count : 1;
    if (style == VALUE_SINGLE_QUOTED && byte == '\'') {
        trace->at++;
        run(trace);
    }
}

/* Plain and quoted texts. */
static void trace_words(Trace *trace, ValueStyle style)
{
    trace->is_plain = style == VALUE_PLAIN;
    run(trace);
    while (trace->done < trace->text.length && trace->at < trace->source.length) {
        if (break_bytes(trace, skip_blanks(trace, trace->at)) > 0)
            trace_gap(trace, false);
        else if (style == VALUE_DOUBLE_QUOTED && byte_at(trace, trace->at) == '\\')
            trace_escape(trace);
        else
            trace_same(trace, style);
    }
}

/* Where the blanks end that a line begins with, and how many columns they are. */
static size_t pass_indent(Text text, size_t at, size_t most, size_t *columns)
{
    for (*columns = 0; *columns < most && at < text.length; *columns += 1) {
        if (text.bytes[at] != ' ' && !yaml_is_nbsp(text, at))
            break;
        at += text.bytes[at] == ' ' ? 1 : 2;
    }
    return at;
}

/* How far the first line from `start` on that is not blank is indented. */
static size_t first_indent(Text text, size_t start)
{
    size_t columns = 0;
    while (start < text.length) {
        const YamlLine line = yaml_line_at(text, start);
        if (!yaml_line_is_blank(&line)) {
            pass_indent(text, line.start, SIZE_MAX, &columns);
            break;
        }
        start = line.next;
    }
    return columns;
}

/* How far a block's lines are indented: what its first has more in the file than in the text. */
static size_t block_indent(const Trace *trace, size_t start)
{
    const size_t in_text = first_indent(trace->text, 0);
    const size_t in_source = first_indent(trace->source, start);
    return in_source > in_text ? in_source - in_text : 0;
}

/* The bytes of a line without its indentation. */
static Text block_line(Trace *trace, size_t indent, size_t *next)
{
    const YamlLine line = yaml_line_at(trace->source, trace->at);
    size_t end = line.next, columns;
    while (end > line.start && (byte_at(trace, end - 1) == '\n' || byte_at(trace, end - 1) == '\r'))
        end--;
    const size_t start =
        pass_indent(text_slice(trace->source, 0, end), line.start, indent, &columns);
    *next = line.next;
    trace->at = start;
    if (columns < indent && yaml_line_is_blank(&line))
        return TEXT_NONE;
    return text_slice(trace->source, start, end);
}

/* A block whose lines stay lines. */
static void trace_literal(Trace *trace, size_t indent)
{
    while (trace->done < trace->text.length && trace->at < trace->source.length) {
        size_t next;
        block_line(trace, indent, &next);
        run(trace);
        const Text rest = text_after(trace->text, trace->done);
        const size_t line = text_find_char(rest, '\n');
        trace->done += line < rest.length ? line + 1 : line;
        trace->at = next;
    }
}

/* A block whose lines are joined: each is looked for behind the one before. */
static void trace_folded(Trace *trace, size_t indent)
{
    while (trace->done < trace->text.length && trace->at < trace->source.length) {
        size_t next;
        const Text line = block_line(trace, indent, &next);
        size_t done = trace->done;
        while (line.length && done < trace->text.length) {
            const Text rest = text_after(trace->text, done);
            if (rest.length >= line.length && text_equal(text_slice(rest, 0, line.length), line)) {
                trace->done = done;
                run(trace);
                trace->done += line.length;
                break;
            }
            if (rest.bytes[0] != ' ' && rest.bytes[0] != '\n')
                break; /* blanks before the block begins are not in the text */
            done++;
        }
        trace->at = next;
    }
}

/* After a mistake in it, a block may have more ends of lines than the file has left. */
static Origin kept_inside(Trace *trace)
{
    const Origin *origin = &trace->origin;
    Origin near = {.file = origin->file};
    const uint32_t end = (uint32_t)trace->source.length;
    bool is_inside = true;
    for (size_t i = 0; i < origin->count; i++) {
        const OriginRun *last = &origin->items[i];
        const size_t next = i + 1 < origin->count ? last[1].derived : trace->text.length;
        is_inside = is_inside && last->source + (next - last->derived) <= end;
    }
    for (uint32_t i = 0; !is_inside && i < trace->text.length; i++) {
        const uint32_t at = origin_source(origin, i);
        origin_run(trace->arena, &near, i, at < end ? at : end);
    }
    return is_inside ? *origin : near;
}

static Bytes may_differ_in_quotes(Bytes bytes)
{
    return (bytes == '\n') | (bytes == '\'') | (bytes == '\\');
}

/* Does the text of a plain or quoted scalar stand in the file from `start` on as it is? */
static bool is_as_written(Text source, Text text, size_t start, ValueStyle style)
{
    if (start > source.length || source.length - start < text.length || memcmp(source.bytes + start, text.bytes, text.length) != 0)
        return false;
    return style == VALUE_PLAIN ? text_find_char(text, '\n') == text.length : bytes_until(text, 0, may_differ_in_quotes) == text.length;
}

Origin yaml_origin(Arena *arena, Text source, const Value *scalar)
{
    const Pos pos = scalar->pos;
    if (scalar->kind != VALUE_TEXT || pos.offset >= source.length)
        return origin_plain(arena, pos.file, pos.offset);
    Trace trace = {.arena = arena, .source = source, .text = scalar->text, .at = pos.offset};
    trace.origin = (Origin){.file = pos.file};
    if (scalar->style == VALUE_PLAIN || scalar->style == VALUE_SINGLE_QUOTED ||
        scalar->style == VALUE_DOUBLE_QUOTED) {
        trace.at += scalar->style != VALUE_PLAIN;
        if (is_as_written(source, scalar->text, trace.at, scalar->style))
            return origin_plain(arena, pos.file, (uint32_t)trace.at);
        trace_words(&trace, scalar->style);
        return kept_inside(&trace);
    }
    trace.at = yaml_line_at(source, pos.offset).next;
    run(&trace);
    const size_t indent = block_indent(&trace, trace.at);
    if (scalar->style == VALUE_LITERAL)
        trace_literal(&trace, indent);
    else
        trace_folded(&trace, indent);
    return kept_inside(&trace);
}

/* yaml: see yaml.h.  The text is checked byte by byte, read kindly (yaml_kind.h), and what comes of
 * that goes through libyaml, whose events become values. */
#include "yaml.h"

#include "../base/bytes.h"
#include "../base/unicode.h"
#include "yaml_check.h"
#include "yaml_kind.h"
#include "yaml_line.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { LARGEST_BYTES = 1 << 20, MOST_ENTRIES = 10000 };

typedef struct Reader {
    Arena *arena;
    YamlMend *mend;
    Text text;                      /* what libyaml reads */
    Origin origin;                  /* of it */
    size_t mark_index, mark_offset; /* the same place in code points and in bytes */
    yaml_parser_t parser;
    yaml_event_t event;
    bool is_stopped;
} Reader;

/* libyaml counts code points.  Marks go on with the text, mostly, so walk from the last one. */
static size_t offset_of_mark(Reader *reader, yaml_mark_t mark)
{
    size_t offset = reader->mark_offset, index = reader->mark_index;
    while (index < mark.index && offset < reader->text.length) {
        const size_t plain = bytes_first(bytes_at(reader->text, offset) >= 0x80);
        const size_t left = mark.index - index;
        if (plain) {
            offset += plain < left ? plain : left;
            index += plain < left ? plain : left;
        } else {
            unicode_next(reader->text, &offset);
            index++;
        }
    }
    while (index > mark.index) {
        do
            offset--;
        while (((unsigned char)reader->text.bytes[offset] & 0xC0) == 0x80);
        index--;
    }
    reader->mark_offset = offset;
    reader->mark_index = index;
    return offset;
}

static Pos pos_of_mark(Reader *reader, yaml_mark_t mark)
{
    Pos pos = origin_pos(&reader->origin, (uint32_t)offset_of_mark(reader, mark));
    if (pos.offset > reader->mend->source.length)
        pos.offset = (uint32_t)reader->mend->source.length;
    return pos;
}

/* Report, unless an earlier mistake may be the cause. */
static bool report(Reader *reader, Pos pos, size_t width, Text message, Text help)
{
    YamlMend *mend = reader->mend;
    if (yaml_mend_is_suspect(mend, pos.offset))
        return false;
    return yaml_mend_error(mend, pos.offset, width, message, help);
}

static bool stop(Reader *reader)
{
    reader->is_stopped = true;
    return false;
}

/* Put the next event in `reader->event`. */
static bool next_event(Reader *reader)
{
    yaml_event_delete(&reader->event);
    if (yaml_parser_parse(&reader->parser, &reader->event))
        return true;
    const YamlWords *words = yaml_words(reader->parser.problem);
    if (!reader->mend->is_suspect)
        report(reader, pos_of_mark(reader, reader->parser.problem_mark), 0,
               text_from(words->message), text_from(words->help));
    return stop(reader);
}

/* Where the anchor, alias or tag at `at` ends. */
static size_t property_end(Text source, size_t at)
{
    while (!yaml_ends_word(source, at) && !strchr(",]}", source.bytes[at]))
        at++;
    return at;
}

/* Anchors and tags that stand inside brackets; elsewhere the kind reading has found them. */
static void refuse_properties(Reader *reader, const yaml_char_t *anchor, const yaml_char_t *tag)
{
    const Text source = reader->mend->source;
    const size_t at = pos_of_mark(reader, reader->event.start_mark).offset;
    const size_t end = property_end(source, at);
    if (!anchor && (!tag || strcmp((const char *)tag, YAML_STR_TAG) == 0))
        return;
    if (end > at && !yaml_mend_is_suspect(reader->mend, at))
        yaml_mend_refuse(reader->mend, at, text_slice(source, at, end));
}

/* Where a scalar begins: behind its tag, and what may stand there that was refused. */
static Pos scalar_pos(Reader *reader)
{
    Pos pos = pos_of_mark(reader, reader->event.start_mark);
    const Text source = reader->mend->source;
    size_t at = pos.offset;
    if (!reader->event.data.scalar.tag && !reader->event.data.scalar.anchor)
        return pos;
    while (at < source.length && (source.bytes[at] == '!' || source.bytes[at] == '&') &&
           !yaml_mend_has_quoted(reader->mend, (uint32_t)at)) {
        at = property_end(source, at);
        while (at < source.length && yaml_ends_word(source, at))
            at++;
    }
    pos.offset = (uint32_t)at;
    return pos;
}

static ValueStyle style_of(Reader *reader, Pos pos)
{
    switch (reader->event.data.scalar.style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
        return yaml_mend_has_quoted(reader->mend, pos.offset) ? VALUE_PLAIN : VALUE_SINGLE_QUOTED;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return VALUE_DOUBLE_QUOTED;
    case YAML_LITERAL_SCALAR_STYLE: return VALUE_LITERAL;
    case YAML_FOLDED_SCALAR_STYLE: return VALUE_FOLDED;
    default: return VALUE_PLAIN;
    }
}

static Value read_scalar(Reader *reader)
{
    const yaml_event_t *event = &reader->event;
    refuse_properties(reader, event->data.scalar.anchor, event->data.scalar.tag);
    const Text text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    const Pos pos = scalar_pos(reader);
    Value value = {.kind = VALUE_NULL, .pos = pos};
    if (text.length || event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE ||
        event->data.scalar.tag) {
        value.kind = VALUE_TEXT;
        value.style = style_of(reader, pos);
        value.text = text_copy(reader->arena, text);
    }
    return value;
}

static bool read_node(Reader *reader, uint32_t depth, Value *value);

static bool has_room(Reader *reader, size_t count, const char *what)
{
    if (count < MOST_ENTRIES)
        return true;
    report(reader, pos_of_mark(reader, reader->event.start_mark), 1,
           text_format(reader->arena, "there are more than %d %s", MOST_ENTRIES, what),
           TEXT("divide it into several"));
    return stop(reader);
}

static bool read_list(Reader *reader, uint32_t depth, Value *list)
{
    const bool is_flow = reader->event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    while (next_event(reader) && reader->event.type != YAML_SEQUENCE_END_EVENT) {
        Value item = VALUE_NONE;
        if (!has_room(reader, list->list.count, "items in this list"))
            return false;
        read_node(reader, depth, &item);
        value_add(reader->arena, list, item);
        if (reader->is_stopped)
            return false;
    }
    if (is_flow && !reader->is_stopped)
        yaml_check_commas(reader->mend, list);
    return !reader->is_stopped;
}

/* A key must be a text; anything else is reported and passed over. */
static bool read_key(Reader *reader, uint32_t depth, Text *key, Pos *pos)
{
    Value value = VALUE_NONE;
    const bool is_text = reader->event.type == YAML_SCALAR_EVENT;
    *pos = pos_of_mark(reader, reader->event.start_mark);
    if (!read_node(reader, depth, &value))
        return false;
    *key = value.kind == VALUE_TEXT ? value.text : TEXT("");
    if (!is_text)
        report(reader, *pos, 1, TEXT("a key must be a text"), TEXT("put it in quotes"));
    else if (value.kind == VALUE_NULL)
        report(reader, *pos, 1, TEXT("there is no key before this colon"),
               TEXT("write `key: value`"));
    else if (value.style == VALUE_PLAIN && text_is(*key, "<<"))
        report(reader, *pos, 2, TEXT("Lectern does not use YAML's merge keys: '<<'"),
               TEXT("write out what belongs here"));
    return true;
}

static bool read_map(Reader *reader, uint32_t depth, Value *map)
{
    const bool is_flow = reader->event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    while (next_event(reader) && reader->event.type != YAML_MAPPING_END_EVENT) {
        Text key;
        Pos key_pos;
        Value value = VALUE_NONE;
        if (!has_room(reader, map->map.count, "keys in this group"))
            return false;
        if (!read_key(reader, depth, &key, &key_pos) && reader->is_stopped)
            return false;
        if (!next_event(reader))
            return false;
        read_node(reader, depth, &value);
        value_set(reader->arena, map, key, value);
        map->map.items[map->map.count - 1].key_pos = key_pos;
        if (reader->is_stopped)
            return false;
    }
    if (is_flow && !reader->is_stopped)
        yaml_check_braces(reader->mend, map);
    yaml_check_twice(reader->mend, map);
    return !reader->is_stopped;
}

static bool refuse_depth(Reader *reader)
{
    report(reader, pos_of_mark(reader, reader->event.start_mark), 1,
           TEXT("this is nested more than 64 deep"), TEXT("write it flatter"));
    return stop(reader);
}

/* The value whose first event is at hand, `depth` levels deep in others. */
static bool read_node(Reader *reader, uint32_t depth, Value *value)
{
    const yaml_event_t *event = &reader->event;
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        *value = read_scalar(reader);
        return true;
    case YAML_SEQUENCE_START_EVENT:
        if (depth == YAML_DEEPEST)
            return refuse_depth(reader);
        refuse_properties(reader, event->data.sequence_start.anchor,
                          event->data.sequence_start.tag);
        *value = value_list();
        value->pos = pos_of_mark(reader, event->start_mark);
        return read_list(reader, depth + 1, value);
    case YAML_MAPPING_START_EVENT:
        if (depth == YAML_DEEPEST)
            return refuse_depth(reader);
        refuse_properties(reader, event->data.mapping_start.anchor, event->data.mapping_start.tag);
        *value = value_map();
        value->pos = pos_of_mark(reader, event->start_mark);
        return read_map(reader, depth + 1, value);
    default:
        refuse_properties(reader, event->data.alias.anchor, NULL);
        value->pos = pos_of_mark(reader, event->start_mark);
        return true;
    }
}

static void read_document(Reader *reader, Value *value)
{
    Value root = VALUE_NONE;
    while (next_event(reader) && reader->event.type != YAML_STREAM_END_EVENT) {
        if (reader->event.type == YAML_STREAM_START_EVENT ||
            reader->event.type == YAML_DOCUMENT_START_EVENT ||
            reader->event.type == YAML_DOCUMENT_END_EVENT)
            continue;
        read_node(reader, 0, &root);
        if (reader->is_stopped || root.kind != VALUE_NULL)
            break;
    }
    if (root.kind == VALUE_TEXT)
        report(reader, root.pos, 0, TEXT("there are no keys in this file, only a text"),
               TEXT("a key looks like `title: Welcome`"));
    else if (root.kind != VALUE_NULL)
        *value = root;
    /* What follows the document must be read too, or it would be lost in silence. */
    while (!reader->is_stopped && reader->event.type != YAML_STREAM_END_EVENT)
        next_event(reader);
}

static void read_text(Arena *arena, YamlMend *mend, size_t start, Value *value)
{
    Reader reader = {.arena = arena, .mend = mend};
    reader.text = yaml_mend_text(mend, start, &reader.origin);
    if (!yaml_parser_initialize(&reader.parser)) {
        fputs("lectern: this machine has no memory left\n", stderr);
        exit(1);
    }
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)reader.text.bytes,
                                 reader.text.length);
    read_document(&reader, value);
    yaml_event_delete(&reader.event);
    yaml_parser_delete(&reader.parser);
}

bool yaml_read(Arena *arena, uint32_t file, Text source, size_t start, size_t end, Diag *diag,
               YamlFixes *fixes, Value *value)
{
    assert(start <= end && end <= source.length);
    if (start == 0 && text_starts(text_slice(source, 0, end), "\xEF\xBB\xBF"))
        start = 3;
    YamlMend mend = yaml_mend_new(arena, diag, file, text_slice(source, 0, end), fixes);
    *value = value_map();
    value->pos = (Pos){file, (uint32_t)start};
    if (end - start > LARGEST_BYTES)
        return yaml_mend_error(&mend, start, 0,
                               text_format(arena, "this YAML has %zu bytes; at most %d are read",
                                           end - start, LARGEST_BYTES),
                               TEXT("make several files of it"));
    if (!yaml_check_bytes(&mend, start))
        return false;
    if (start == end)
        return true;
    yaml_kind_read(&mend, start);
    mend.is_suspect = mend.error_count > 0;
    read_text(arena, &mend, start, value);
    return mend.error_count == 0;
}

Text yaml_fixed(Arena *arena, Text source, const YamlFixes *fixes)
{
    Buffer fixed = buffer_new(arena);
    size_t done = 0;
    for (size_t i = 0; i < fixes->count; i++) {
        const YamlFix *fix = &fixes->items[i];
        buffer_put(&fixed, text_slice(source, done, fix->offset));
        buffer_put(&fixed, fix->inserted);
        done = fix->offset + fix->removed;
    }
    buffer_put(&fixed, text_after(source, done));
    return buffer_text(&fixed);
}

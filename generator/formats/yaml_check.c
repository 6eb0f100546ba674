/* yaml_check: see yaml_check.h. */
#include "yaml_check.h"

#include "../base/bytes.h"
#include "../base/unicode.h"

#include <stdlib.h>
#include <string.h>

/* Whether a sign that cannot stand in YAML is at `at`; `*code` says which. */
static bool is_forbidden_at(Text source, size_t at, uint32_t *code)
{
    const unsigned char byte = (unsigned char)source.bytes[at];
    *code = byte;
    if (byte == '\r')
        return at + 1 >= source.length || source.bytes[at + 1] != '\n';
    if (byte < 0x20 || byte == 0x7F)
        return byte != '\t' && byte != '\n';
    if (byte != 0xC2 && byte != 0xE2 && byte != 0xEF)
        return false;
    *code = unicode_next(source, &at);
    return *code < 0xA0 || *code == 0x2028 || *code == 0x2029 || *code == 0xFEFF ||
           *code == 0xFFFE || *code == 0xFFFF;
}

static Bytes may_be_forbidden(Bytes bytes)
{
    return ((bytes < ' ') & (bytes != '\n')) | (bytes == 0x7F) | (bytes == 0xC2) | (bytes == 0xE2) | (bytes == 0xEF);
}

static Text forbidden_message(Arena *arena, uint32_t code)
{
    if (code == '\r')
        return TEXT("this line ends in a carriage return alone (0x0D)");
    if (code == 0x2028 || code == 0x2029 || code == 0x85)
        return text_format(arena, "there is an invisible line break here (U+%04X)", code);
    if (code >= 0x80)
        return text_format(arena, "there is an invisible character here (U+%04X)", code);
    return text_format(arena, "there is a control character here (0x%02X)", code);
}

bool yaml_check_bytes(YamlMend *mend, size_t start)
{
    const Text source = mend->source;
    const size_t bad = start + unicode_error(text_after(source, start));
    if (bad < source.length && source.bytes[bad] != 0)
        return yaml_mend_error(mend, bad, 1,
                               text_format(mend->arena, "this byte (0x%02X) is not UTF-8",
                                           (unsigned char)source.bytes[bad]),
                               TEXT("save the file as UTF-8"));
    for (size_t i = bytes_until(source, start, may_be_forbidden); i < source.length;
         i = bytes_until(source, i + 1, may_be_forbidden)) {
        uint32_t code;
        if (!is_forbidden_at(source, i, &code))
            continue;
        const Text help = code == '\r' ? TEXT("save the file with the line ends of Windows or Unix")
                                       : TEXT("delete it, or type a blank in its place");
        return yaml_mend_error(mend, i, 1, forbidden_message(mend->arena, code), help);
    }
    return true;
}

static int compare_entries(const void *left_item, const void *right_item)
{
    const ValueEntry *left = *(const ValueEntry *const *)left_item;
    const ValueEntry *right = *(const ValueEntry *const *)right_item;
    const int order = text_compare(left->key, right->key);
    return order ? order : (left > right) - (left < right);
}

static void report_twice(YamlMend *mend, const ValueEntry *first, const ValueEntry *again)
{
    uint32_t line, column;
    if (mend->is_full || again->key.length == 0 ||
        yaml_mend_is_suspect(mend, again->key_pos.offset))
        return;
    diag_line_column(mend->source, first->key_pos.offset, &line, &column);
    const Text key = yaml_shown(mend->arena, again->key);
    yaml_mend_error(mend, again->key_pos.offset, 0,
                    text_format(mend->arena, "'%.*s' stands twice here: in line %u already",
                                TEXT_ARG(key), line),
                    TEXT("keep one of them"));
}

void yaml_check_twice(YamlMend *mend, const Value *map)
{
    const size_t count = map->map.count;
    if (count < 2)
        return;
    const ValueEntry **sorted = ARENA_ARRAY(mend->arena, const ValueEntry *, count);
    for (size_t i = 0; i < count; i++)
        sorted[i] = &map->map.items[i];
    qsort(sorted, count, sizeof *sorted, compare_entries);
    const ValueEntry *first = sorted[0];
    for (size_t i = 1; i < count; i++) {
        if (text_equal(first->key, sorted[i]->key))
            report_twice(mend, first, sorted[i]);
        else
            first = sorted[i];
    }
}

static size_t count_words(Text text)
{
    size_t count = 0;
    bool in_word = false;
    for (size_t i = 0; i < text.length; i++) {
        const bool is_blank = text.bytes[i] == ' ' || text.bytes[i] == '\n';
        count += !is_blank && !in_word;
        in_word = !is_blank;
    }
    return count;
}

static bool begins_between(const Value *value, char first, char last)
{
    return value->kind == VALUE_TEXT && value->style == VALUE_PLAIN && value->text.length &&
           value->text.bytes[0] >= first && value->text.bytes[0] <= last;
}

void yaml_check_commas(YamlMend *mend, const Value *list)
{
    const Value *items = list->list.items, *split = NULL;
    bool has_long = false;
    if (list->list.count < 2 || !begins_between(&items[0], 'A', 'Z'))
        return;
    for (size_t i = 0; i < list->list.count; i++) {
        if (items[i].kind != VALUE_TEXT)
            return;
        const bool goes_on = i > 0 && begins_between(&items[i], 'a', 'z');    /* `[Yes, but no, never]` */
        has_long |= items[i].style == VALUE_PLAIN && count_words(items[i].text) >= (goes_on ? 2 : 3);
        if (!split && goes_on)
            split = &items[i];
    }
    if (!split || !has_long)
        return;
    yaml_mend_warn(
        mend, split->pos.offset, 0,
        text_format(mend->arena, "the comma before '%.*s' begins a new item of the list",
                    TEXT_ARG(yaml_shown(mend->arena, split->text))),
        TEXT("if it belongs to the sentence, write the list with a dash and a line for each item"));
}

void yaml_check_braces(YamlMend *mend, const Value *map)
{
    for (size_t i = 0; i < map->map.count; i++) {
        const ValueEntry *entry = &map->map.items[i];
        if (entry->value.kind != VALUE_NULL)
            continue;
        const Text key = yaml_shown(mend->arena, entry->key);
        yaml_mend_warn(
            mend, entry->key_pos.offset, 0,
            text_format(mend->arena, "'%.*s' has no value in these { }", TEXT_ARG(key)),
            text_format(mend->arena,
                        "write `{%.*s: value}`; if the braces belong to a text, put it in quotes",
                        TEXT_ARG(key)));
    }
}

const YamlWords *yaml_words(const char *problem)
{
    static const char in_brackets[] =
        "put the texts in it in quotes, or write a list with a dash and a line for each item";
    static const char escape[] =
        "write \\\\ for a backslash, or put single quotes (') round the text";
    static const YamlWords words[] = {
        {"found unknown escape character", "after this backslash comes no sign that may follow one",
         escape},
        {"did not find expected hexdecimal number", "after this backslash comes no number", escape},
        {"found invalid Unicode character escape code", "this number is no character", escape},
        {"did not find expected ',' or ']'", "a comma or ']' is missing before this", in_brackets},
        {"did not find expected ',' or '}'", "a comma or '}' is missing before this", in_brackets},
        {"did not find expected node content", "an item is missing before this", in_brackets},
        {"found character that cannot start any token",
         "no text can begin with this sign without quotes", "put the text in quotes"},
        {"mapping values are not allowed in this context", "a colon with a blank cannot stand here",
         "put the text in quotes"},
        {"could not find expected ':'", "a key has no colon, or is longer than 1,000 characters",
         "write `key: value`"},
    };
    static const YamlWords other = {
        NULL, "this cannot be read as YAML",
        "look at quotes, brackets and indentation; quotes round a text often help"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (problem && strcmp(problem, words[i].problem) == 0)
            return &words[i];
    return &other;
}

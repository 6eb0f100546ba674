/* yaml_slip: see yaml_slip.h. */
#include "yaml_slip.h"

#include <string.h>

static Text shown_line(const YamlMend *mend, const YamlLine *line, size_t at)
{
    return yaml_shown(mend->arena, text_slice(mend->source, at, line->end));
}

/* Where the word at `at` ends. */
static size_t word_end(Text source, size_t at, size_t end)
{
    while (at < end && !yaml_ends_word(source, at))
        at++;
    return at;
}

/* The first colon with no blank behind it that may be a key's: not that of an address or a time. */
static size_t tight_colon(Text source, size_t at, size_t end)
{
    for (size_t i = at; i < end; i++) {
        if (source.bytes[i] != ':')
            continue;
        const bool is_address = i + 1 < end && source.bytes[i + 1] == '/';
        const bool after_letter = i > at && ((unsigned char)source.bytes[i - 1] >= 'A' ||
                                             yaml_is_field_name(text_slice(source, at, i)));
        return is_address || !after_letter ? YAML_NONE : i;
    }
    return YAML_NONE;
}

bool yaml_slip_is_key(Text source, size_t at, size_t end)
{
    const size_t colon = tight_colon(source, at, end);
    const size_t word = word_end(source, at, end);
    return yaml_is_field_name(
        text_slice(source, at, colon != YAML_NONE && colon < word ? colon : word));
}

size_t yaml_slip_colon(YamlMend *mend, const YamlLine *line, size_t at)
{
    const Text source = mend->source;
    const size_t colon = tight_colon(source, at, line->end);
    if (colon == YAML_NONE || strchr("\"'[{", source.bytes[at]) ||
        text_starts(text_after(source, at), "=>"))
        return YAML_NONE;
    const Text shown = shown_line(mend, line, at);
    const Text key = text_slice(source, at, colon + 1);
    const Text value = shown_line(mend, line, colon + 1);
    yaml_mend_error(
        mend, colon, 1,
        text_format(mend->arena, "a blank is missing after the colon in '%.*s'", TEXT_ARG(shown)),
        text_format(mend->arena, "write `%.*s %.*s`", TEXT_ARG(key), TEXT_ARG(value)));
    return colon;
}

static Text no_colon_help(const YamlMend *mend, const YamlLine *line, size_t at,
                          const YamlEntry *above)
{
    const size_t word = word_end(mend->source, at, line->end);
    const Text key = text_slice(mend->source, at, word);
    const Text rest = text_trim(shown_line(mend, line, word));
    const bool goes_on = above->state == YAML_STATE_TEXT || above->state == YAML_STATE_CUT;
    const char *deeper =
        "if it goes on with the text above, begin it with more blanks than that line";
    if (yaml_is_field_name(key) && rest.length && goes_on)
        return text_format(mend->arena, "write `%.*s: %.*s`; %s", TEXT_ARG(key), TEXT_ARG(rest),
                           deeper);
    if (yaml_is_field_name(key))
        return text_format(mend->arena, "write `%.*s:%s%.*s`", TEXT_ARG(key),
                           rest.length ? " " : "", TEXT_ARG(rest));
    return goes_on ? text_format(mend->arena, "a key looks like `title: Welcome`; %s", deeper)
                   : TEXT("a key looks like `title: Welcome`");
}

void yaml_slip_no_colon(YamlMend *mend, const YamlLine *line, size_t at, const YamlEntry *above)
{
    const Text shown = shown_line(mend, line, at);
    if (text_starts(text_after(mend->source, at), "=>")) {
        yaml_mend_error(
            mend, at, 2,
            text_format(mend->arena, "'=>' must stand deeper than the text it belongs to"),
            TEXT("put two more blanks before it"));
        return;
    }
    yaml_mend_error(
        mend, at, shown.length,
        text_format(mend->arena, "there is no colon in '%.*s', so it is no key", TEXT_ARG(shown)),
        no_colon_help(mend, line, at, above));
}

void yaml_slip_no_key(YamlMend *mend, size_t at)
{
    yaml_mend_error(mend, at, 1, TEXT("there is no key before this colon"),
                    TEXT("write `key: value`"));
}

static bool is_tight_dash(Text source, size_t at, bool is_sure)
{
    if (at + 1 >= source.length || source.bytes[at] != '-' || yaml_ends_word(source, at + 1))
        return false;
    const char next = source.bytes[at + 1];
    return next != '-' && (is_sure || !((next >= '0' && next <= '9') || next == '.'));
}

bool yaml_slip_is_dash(Text source, size_t at)
{
    return is_tight_dash(source, at, true) || yaml_bullet_bytes(source, at, true) > 0;
}

size_t yaml_slip_dash(YamlMend *mend, const YamlLine *line, bool is_sure)
{
    const Text source = mend->source;
    const size_t at = line->text, bullet = yaml_bullet_bytes(source, at, is_sure);
    if (!bullet && !is_tight_dash(source, at, is_sure))
        return 0;
    const Text item = shown_line(mend, line, at + (bullet ? bullet : 1));
    const Text help = text_format(mend->arena, "write `- %.*s`", TEXT_ARG(text_trim(item)));
    if (bullet) {
        yaml_mend_error(mend, at, 1,
                        text_format(mend->arena, "a list item begins with a dash, not with '%.*s'",
                                    (int)bullet, source.bytes + at),
                        help);
        yaml_mend_edit(mend, YAML_EDIT_READ, at, bullet, TEXT("-"));
    } else {
        yaml_mend_error(mend, at, 1,
                        text_format(mend->arena, "a blank is missing after the dash in '%.*s'",
                                    TEXT_ARG(shown_line(mend, line, at))),
                        help);
        yaml_mend_edit(mend, YAML_EDIT_READ, at + 1, 0, TEXT(" "));
    }
    return bullet ? bullet : 1;
}

void yaml_slip_no_dash(YamlMend *mend, const YamlLine *line)
{
    const Text shown = shown_line(mend, line, line->text);
    const size_t colon = yaml_colon(mend->source, line->text, line->end);
    if (colon != YAML_NONE)
        yaml_mend_error(mend, line->text, 0,
                        text_format(mend->arena,
                                    "'%.*s' is a key, but the lines beside it are list items",
                                    TEXT_ARG(text_slice(mend->source, line->text, colon))),
                        TEXT("begin it in the column of the keys that it belongs to"));
    else if (text_starts(shown, "=>"))
        yaml_mend_error(mend, line->text, 2,
                        TEXT("'=>' must stand deeper than the text it belongs to"),
                        TEXT("put two more blanks before it"));
    else
        yaml_mend_error(
            mend, line->text, shown.length,
            text_format(mend->arena, "'%.*s' stands among list items, but has no dash",
                        TEXT_ARG(shown)),
            text_format(mend->arena,
                        "write `- %.*s`; if it goes on with the item above, put two more "
                        "blanks before it",
                        TEXT_ARG(shown)));
}

void yaml_slip_item_beside_keys(YamlMend *mend, const YamlLine *line, const YamlEntry *above)
{
    yaml_mend_error(
        mend, line->text, 1, TEXT("this list item stands among keys"),
        above->state == YAML_STATE_CHILDREN
            ? text_format(mend->arena,
                          "begin it in the column of the other items; under '%.*s' is something "
                          "else already",
                          TEXT_ARG(above->key))
            : text_format(mend->arena,
                          "a list stands under a key with nothing behind its colon, but '%.*s' has "
                          "the value '%.*s'",
                          TEXT_ARG(above->key), TEXT_ARG(above->value)));
}

static void report_below_text(YamlMend *mend, const YamlLine *line, uint32_t column,
                              const YamlEntry *above)
{
    const bool is_item = above->key.length == 0;
    const Text owner =
        is_item ? TEXT("a list item") : text_format(mend->arena, "'%.*s'", TEXT_ARG(above->key));
    const Text message =
        text_format(mend->arena, "this line stands under %.*s, which has the value '%.*s' already",
                    TEXT_ARG(owner), TEXT_ARG(above->value));
    yaml_mend_error(
        mend, line->text, 0, message,
        text_format(mend->arena,
                    "if it is meant to stand beside it, begin it in column %u; if both are one "
                    "text, put the whole in quotes",
                    column + 1));
}

void yaml_slip_below_value(YamlMend *mend, const YamlLine *line, uint32_t column,
                           const YamlEntry *above)
{
    const Text source = mend->source;
    const bool is_text =
        !yaml_is_dash(source, line->text) && !yaml_is_field(source, line->text, line->end);
    if (above->state == YAML_STATE_BLOCK)
        yaml_mend_error(
            mend, line->text, 0,
            TEXT("this line is indented less than the first line of the text it belongs to"),
            TEXT("give all lines of the text at least as many blanks as its first"));
    else if (above->state == YAML_STATE_CUT && is_text)
        yaml_mend_error(
            mend, line->text, 0, TEXT("a comment ends a text, but here the text goes on"),
            TEXT("put the comment in a line of its own above the text; if '#' belongs to the text, "
                 "put the whole in quotes"));
    else
        report_below_text(mend, line, column, above);
}

void yaml_slip_indent(YamlMend *mend, const YamlLine *line, int64_t outer, uint32_t inner)
{
    if (outer < 0 && inner == line->indent) {
        yaml_mend_error(mend, line->text, 0,
                        TEXT("nothing can follow the bracket that closes above"),
                        TEXT("leave the outer brackets out, or put it inside them"));
        return;
    }
    const Text message =
        outer < 0
            ? text_format(mend->arena,
                          "this line begins in column %u, but the first one in column %u",
                          line->indent + 1, inner + 1)
            : text_format(mend->arena,
                          "this line begins in column %u, but the lines it may belong to begin in "
                          "column %u or %u",
                          line->indent + 1, (uint32_t)outer + 1, inner + 1);
    yaml_mend_error(mend, line->text, 0, message,
                    TEXT("lines that belong together begin in the same column"));
}

void yaml_slip_tab(YamlMend *mend, const YamlLine *line)
{
    size_t at = line->start;
    while (mend->source.bytes[at] != '\t')
        at++;
    yaml_mend_error(
        mend, at, 1, TEXT("there is a tab in the indentation"),
        TEXT("use blanks, two for each level; editors call this 'convert tabs to spaces'"));
}

void yaml_slip_depth(YamlMend *mend, size_t at)
{
    yaml_mend_error(mend, at, 1, TEXT("this is nested more than 64 deep"),
                    TEXT("write it flatter"));
}

void yaml_slip_tab_after_dash(YamlMend *mend, size_t at)
{
    yaml_mend_edit(mend, YAML_EDIT_FIX, at, 1, TEXT(" "));
    yaml_mend_warn(mend, at, 1, TEXT("there is a tab after the dash"),
                   TEXT("it is read as a blank; `lectern check --fix` writes one"));
}

void yaml_slip_marker(YamlMend *mend, const YamlLine *line, bool is_alone)
{
    const Text mark = text_slice(mend->source, line->start, line->start + 3);
    if (is_alone)
        yaml_mend_error(mend, line->start, 3,
                        text_format(mend->arena,
                                    "'%.*s' begins a second document, and Lectern reads only one",
                                    TEXT_ARG(mark)),
                        TEXT("leave this line out, or put what follows in a file of its own"));
    else
        yaml_mend_error(
            mend, line->start, 3,
            text_format(mend->arena, "'%.*s' must stand alone in its line", TEXT_ARG(mark)),
            TEXT("leave it out, or put the rest on the next line"));
}

bool yaml_slip_directive(YamlMend *mend, const YamlLine *line)
{
    const Text text = text_slice(mend->source, line->text, line->end);
    if (!text_starts(text, "%YAML") && !text_starts(text, "%TAG"))
        return false;
    yaml_mend_error(mend, line->text, text.length,
                    text_format(mend->arena, "Lectern does not use YAML's directives: '%.*s'",
                                TEXT_ARG(yaml_shown(mend->arena, text))),
                    TEXT("leave this line out"));
    return true;
}

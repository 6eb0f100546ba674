/* attributes: `{#id .class key=value}` of headings, blocks and inline blocks; see markdown.h. */
#include "markdown.h"

static bool is_name_char(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' || (byte & 0x80);
}

static bool is_blank_char(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static Text name_at(Text text, size_t start)
{
    size_t end = start;
    while (end < text.length && is_name_char(text.bytes[end]))
        end++;
    return text_slice(text, start, end);
}

/* The value behind `=`: in quotes, or up to a blank or the closing brace. */
static bool value_at(Text text, size_t *place, Text *value)
{
    size_t start = *place, end;
    if (start < text.length && (text.bytes[start] == '"' || text.bytes[start] == '\'')) {
        const char quote = text.bytes[start++];
        end = start + text_find_char(text_after(text, start), quote);
        if (end == text.length)
            return false;
        *place = end + 1;
    } else {
        end = start;
        while (end < text.length && !is_blank_char(text.bytes[end]) && text.bytes[end] != '}')
            end++;
        *place = end;
    }
    *value = text_slice(text, start, end);
    return true;
}

static Text joined(Arena *arena, Text classes, Text name)
{
    return classes.length ? text_format(arena, "%.*s %.*s", TEXT_ARG(classes), TEXT_ARG(name)) : name;
}

bool markdown_attributes(Arena *arena, Text braces, uint32_t offset, uint32_t file,
                         Attributes *attributes, size_t *bad)
{
    *attributes = (Attributes){.id = TEXT(""), .classes = TEXT(""), .named = value_map()};
    attributes->named.pos = (Pos){file, offset};
    for (size_t i = 1; i < braces.length;) {
        *bad = i;
        const char sign = braces.bytes[i];
        if (is_blank_char(sign)) {
            i++;
            continue;
        }
        if (sign == '}')
            return i + 1 == braces.length;
        const bool is_short = sign == '#' || sign == '.';
        const Text name = name_at(braces, i + is_short);
        if (name.length == 0)
            return false;
        i += is_short + name.length;
        if (sign == '#') {
            attributes->id = name;
        } else if (sign == '.') {
            attributes->classes = joined(arena, attributes->classes, name);
        } else {
            Value value = value_text(TEXT("true"));
            if (i < braces.length && braces.bytes[i] == '=') {
                i++;
                if (!value_at(braces, &i, &value.text))
                    return false;
            }
            value.pos = (Pos){file, offset + (uint32_t)(name.bytes - braces.bytes)};
            value_set(arena, &attributes->named, name, value);
        }
    }
    return false;
}

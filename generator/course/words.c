/* words: see words.h. */
#include "words.h"

#include "../formats/yaml.h"

#include <string.h>

/* The words of one language, in the order in which they are written. */
typedef struct Catalogue {
    Text language;
    const Value *words;    /* a map, or null when there is no such file */
    Table by_key;
} Catalogue;

struct Words {
    struct { const Catalogue **items; size_t count, capacity; } catalogues;
};

Words *words_open(Project *project)
{
    return ARENA_NEW(project->arena, Words);
}

bool words_is_language(Text language)
{
    if (language.length < 2 || language.length > 35 || !byte_is_letter(language.bytes[0]))
        return false;
    for (size_t i = 0; i < language.length; i++) {
        const char byte = language.bytes[i];
        const bool is_hyphen = byte == '-' && i + 1 < language.length && language.bytes[i - 1] != '-';
        if (!byte_is_letter(byte) && !byte_is_digit(byte) && !is_hyphen)
            return false;
    }
    return true;
}

static Catalogue *catalogue_new(Arena *arena, Text language, const Value *words)
{
    Catalogue *catalogue = ARENA_NEW(arena, Catalogue);
    *catalogue = (Catalogue){text_copy(arena, language), words, table_new(arena)};
    for (size_t i = 0; words->kind == VALUE_MAP && i < words->map.count; i++)
        table_put(&catalogue->by_key, words->map.items[i].key, (uint32_t)i);
    return catalogue;
}

/* Borrowed; NULL when it has none of that name. */
static const Value *find(const Catalogue *catalogue, Text key)
{
    const uint32_t place = table_get(&catalogue->by_key, key);
    return place == TABLE_NOTHING ? NULL : &catalogue->words->map.items[place].value;
}

/* `words/<language>.yaml` of the theme; without words when there is none. */
static const Catalogue *catalogue_of(Project *project, Text language)
{
    Words *words = project->words;
    for (size_t i = 0; i < words->catalogues.count; i++)
        if (text_equal(words->catalogues.items[i]->language, language))
            return words->catalogues.items[i];
    ScriptFile file;
    Value *value = ARENA_NEW(project->arena, Value);
    const Text name = text_format(project->arena, "words/%.*s.yaml", TEXT_ARG(language));
    if (words_is_language(language) && project_file(project, project->arena, name, &file)) {
        const uint32_t number = sources_add(&project->sources, file.path);
        Diag *diag = project->diag;
        diag_source(diag, number, file.text);
        yaml_read(project->arena, number, file.text, 0, file.text.length, diag, NULL, value);
    }
    return *LIST_PUSH(project->arena, &words->catalogues) = catalogue_new(project->arena, language, value);
}

/* Where to look, in order: the language, the language without its region, the site's, English. */
static size_t look_up_order(const Project *project, Text language, Text order[5])
{
    size_t count = 0;
    const Text both[2] = {language, project->site.language};
    for (size_t i = 0; i < 2; i++) {
        order[count++] = both[i];
        const size_t hyphen = text_find_char(both[i], '-');
        if (hyphen < both[i].length)
            order[count++] = text_slice(both[i], 0, hyphen);
    }
    order[count++] = TEXT("en");
    return count;
}

void words_load(Project *project)
{
    Text order[5];
    const size_t count = look_up_order(project, project->site.language, order);
    for (size_t i = 0; i < count; i++)
        catalogue_of(project, order[i]);
}

static Text base_language(Text language)
{
    return text_slice(language, 0, text_find_char(language, '-'));
}

static bool is_one_of(Text language, const char *const *list)
{
    for (; *list; list++)
        if (text_is(language, *list))
            return true;
    return false;
}

static bool is_between(int64_t number, int64_t low, int64_t high)
{
    return number >= low && number <= high;
}

static const char *slavic_plural(int64_t count, bool is_polish)
{
    const int64_t ten = count % 10, hundred = count % 100;
    if (is_polish ? count == 1 : ten == 1 && hundred != 11)
        return "one";
    return is_between(ten, 2, 4) && !is_between(hundred, 12, 14) ? "few" : "many";
}

static const char *arabic_plural(int64_t count)
{
    if (count <= 2)
        return count == 0 ? "zero" : count == 1 ? "one" : "two";
    if (is_between(count % 100, 3, 10))
        return "few";
    return is_between(count % 100, 11, 99) ? "many" : "other";
}

const char *words_plural(Text language, int64_t count)
{
    static const char *const none[] = {"ja", "zh", "ko", "vi", "th", "id", "ms", NULL};
    static const char *const east_slavic[] = {"ru", "uk", "be", NULL};
    static const char *const millions[] = {"fr", "es", "pt", "it", "ca", NULL};
    const Text base = base_language(language);
    count = count < 0 ? -count : count;
    if (is_one_of(base, none))
        return "other";
    if (text_is(base, "pl") || is_one_of(base, east_slavic))
        return slavic_plural(count, text_is(base, "pl"));
    if (text_is(base, "cs") || text_is(base, "sk"))
        return count == 1 ? "one" : is_between(count, 2, 4) ? "few" : "other";
    if (text_is(base, "ar"))
        return arabic_plural(count);
    if (text_is(base, "he"))
        return count == 1 ? "one" : count == 2 ? "two" : "other";
    if (text_is(base, "fr") || text_is(base, "pt"))
        return count <= 1 ? "one" : count % 1000000 == 0 ? "many" : "other";
    if (is_one_of(base, millions))
        return count == 1 ? "one" : count && count % 1000000 == 0 ? "many" : "other";
    return count == 1 ? "one" : "other";
}

const char *words_direction(Text language)
{
    static const char *const from_the_right[] = {"ar", "he", "fa", "ur", "ps", "sd", "ug", "yi", "dv", "ckb", NULL};
    return is_one_of(base_language(language), from_the_right) ? "rtl" : "ltr";
}

static Text with_values(Arena *arena, Text word, const Value *values)
{
    if (text_find_char(word, '{') == word.length || !values || values->kind != VALUE_MAP)
        return word;
    Buffer text = buffer_new(arena);
    for (Text rest = word; rest.length;) {
        const size_t open = text_find_char(rest, '{');
        buffer_put(&text, text_slice(rest, 0, open));
        rest = text_after(rest, open);
        const size_t close = text_find_char(rest, '}');
        const Value *value = close < rest.length ? value_find(values, text_slice(rest, 1, close)) : NULL;
        if (value && value->kind == VALUE_TEXT)
            buffer_put(&text, value->text);
        else if (value && value->kind == VALUE_INT)
            buffer_integer(&text, value->integer);
        else if (value && value->kind == VALUE_REAL)
            buffer_format(&text, "%g", value->real);
        else
            buffer_put(&text, text_slice(rest, 0, rest.length > 0));
        rest = text_after(rest, value ? close + 1 : rest.length > 0);
    }
    return buffer_text(&text);
}

static Text form_for(Text language, const Value *word, const Value *values)
{
    if (word->kind != VALUE_MAP)
        return word->kind == VALUE_TEXT ? word->text : TEXT("");
    const Value *count = values && values->kind == VALUE_MAP ? value_get(values, "count") : NULL;
    const char *category = count && count->kind == VALUE_INT ? words_plural(language, count->integer) : "other";
    const Value *form = value_get(word, category);
    if (!form)
        form = value_get(word, "other");
    return form && form->kind == VALUE_TEXT ? form->text : TEXT("");
}

Text words_get(void *context, Arena *arena, Text language, Text key, const Value *values)
{
    Project *project = context;
    Text order[5];
    const size_t count = look_up_order(project, language, order);
    for (size_t i = 0; i < count; i++) {
        const Value *word = find(catalogue_of(project, order[i]), key);
        if (word)
            return with_values(arena, form_for(order[i], word, values), values);
    }
    return TEXT_NONE;
}

/* The word as it stands in the catalogue, with all its forms.  Borrowed. */
static const Value *word_in(Project *project, const Text *order, size_t count, Text key)
{
    for (size_t i = 0; i < count; i++) {
        const Value *word = find(catalogue_of(project, order[i]), key);
        if (word)
            return word;
    }
    return NULL;
}

/* Every entry that begins with `prefix`, without its first `left_out` bytes, in the order of the English catalogue. */
static Value words_with(Project *project, Arena *arena, Text language, Text prefix, size_t left_out)
{
    Text order[5];
    const size_t count = look_up_order(project, language, order);
    Value words = value_map();
    const Value *english = catalogue_of(project, TEXT("en"))->words;
    for (size_t i = 0; english->kind == VALUE_MAP && i < english->map.count; i++) {
        const Text key = english->map.items[i].key;
        if (key.length >= prefix.length && text_equal(text_slice(key, 0, prefix.length), prefix))
            value_set(arena, &words, text_after(key, left_out), *word_in(project, order, count, key));
    }
    return words;
}

Value words_of_script(Project *project, Arena *arena, Text language)
{
    return words_with(project, arena, language, TEXT("js-"), 3);
}

Value words_for_script(void *context, Arena *arena, Text language, Text more)
{
    return more.length ? words_with(context, arena, language, more, 0) : value_map();
}

/* letters: see letters.h.
 * A letter that no font has is drawn as the box of the font that was asked for first.  So it is as
 * wide as a code point that never is a letter, and looks the same. */
#include "letters.h"

#include <jansson.h>

/* Gives `missing(text, family)`: the letters of a text that have no picture.  Blanks, marks that stand
 * on others and signs that are never seen are not asked about. */
#define FINDING \
    "const pen = Object.assign(document.createElement('canvas'), { width: 64, height: 64 }).getContext('2d', { willReadFrequently: true });" \
    "const NO_LETTER = '\\u{10FFFF}';" \
    "const draw = (letter) => {" \
    " pen.clearRect(0, 0, 64, 64);" \
    " pen.fillText(letter, 8, 40);" \
    " return pen.getImageData(0, 0, 64, 64).data.join();" \
    "};" \
    "const isMissing = (letter, family) => {" \
    " pen.font = `24px ${family}`;" \
    " return pen.measureText(letter).width === pen.measureText(NO_LETTER).width && draw(letter) === draw(NO_LETTER);" \
    "};" \
    "const asked = /[^\\x00-\\x7F\\p{Z}\\p{Cc}\\p{Cf}\\p{Cs}\\p{M}\\p{DI}\\p{RI}\\p{EMod}]/gu;" \
    "const missing = (text, ...families) => [...new Set(text.match(asked))].filter((letter) => families.every((family) => isMissing(letter, family)));"

/* Which fonts a letter is looked for in does not depend on the page, but for a theme's own. */
static const char suspects[] =
    "(() => {" FINDING
    " return missing(document.body.textContent, 'serif', 'sans-serif', 'monospace').length > 0;"
    "})()";

/* With the styles of paper: `found[i]` is a text for the part `i`, or null. */
static const char printed[] =
    "(() => {" FINDING
    " const parts = [...document.querySelectorAll('.part')], found = [];"
    " const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);"
    " while (walker.nextNode()) {"
    "  const { data, parentElement: box } = walker.currentNode;"
    "  if (data.search(asked) < 0 || !box.checkVisibility()) continue;"
    "  const place = parts.indexOf(box.closest('.part')) + 1;"
    "  found[place] = [...new Set((found[place] ?? '') + missing(data, getComputedStyle(box).fontFamily).join(''))].join('');"
    " }"
    " return Array.from(found, (letters) => letters || null);"
    "})()";

static void add_parts(Arena *arena, Text json, MissingLettersList *list)
{
    json_t *parts = json_loadb(json.bytes, json.length, 0, NULL), *letters;
    size_t i;
    json_array_foreach(parts, i, letters)
        if (json_is_string(letters))
            *LIST_PUSH(arena, list) = (MissingLetters){i, text_copy(arena, (Text){json_string_value(letters), json_string_length(letters)})};
    json_decref(parts);
}

bool letters_missing(Browser *browser, Arena *arena, MissingLettersList *list)
{
    Text json;
    *list = (MissingLettersList){0};
    if (!browser_value(browser, arena, suspects, &json))
        return false;
    if (!text_is(json, "true"))
        return true;
    const bool ok = browser_show_as(browser, "print") && browser_value(browser, arena, printed, &json) && browser_show_as(browser, "");
    if (ok)
        add_parts(arena, json, list);
    return ok;
}

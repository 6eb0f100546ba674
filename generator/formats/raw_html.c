/* raw_html: the author's own HTML in Markdown.
 * It passes as it is, but what it links to is verified like any other link, and what the page's
 * policy would silently stop is a warning that names the cure. */
#include "reader.h"

#include <ctype.h>
#include <string.h>

static bool is_attribute_char(char byte)
{
    return isalnum((unsigned char)byte) || byte == '-' || byte == ':';
}

static bool equals_ignoring_case(Text text, const char *word)
{
    return text.length == strlen(word) && strncasecmp(text.bytes, word, text.length) == 0;
}

static void warn(Reader *reader, uint32_t offset, const char *what, const char *cure)
{
    diag_warn(reader->diag, reader_pos(reader, offset), "%s", what);
    diag_help(reader->diag, "%s", cure);
}

/* Elements of the HTML standard and of what may stand in it, of SVG and MathML the outermost. */
static bool is_element(Text name)
{
    static const char all[] =
        " a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas caption center cite code "
        "col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame "
        "frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark math menu "
        "meta meter nav noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp script search section "
        "select slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title "
        "tr track tt u ul var video wbr path g circle rect line polyline polygon ellipse text tspan textpath defs use symbol desc "
        "lineargradient radialgradient stop marker clippath mask pattern mi mn mo mrow mfrac msup msub msqrt mroot mtext mtable mtr mtd "
        "munder mover munderover semantics annotation ";
    char wanted[20];
    if (name.length + 3 > sizeof wanted || text_find_char(name, '-') < name.length)
        return text_find_char(name, '-') < name.length;    /* with a hyphen it is an element of one's own */
    wanted[0] = ' ';
    for (size_t i = 0; i < name.length; i++)
        wanted[i + 1] = (char)tolower((unsigned char)name.bytes[i]);
    wanted[name.length + 1] = ' ';
    wanted[name.length + 2] = '\0';
    return strstr(all, wanted) != NULL;
}

/* `<your name>` was meant to be read. */
static void warn_of_angles(Reader *reader, uint32_t offset, Text name)
{
    diag_warn(reader->diag, reader_pos(reader, offset), "`<%.*s>` is no element of HTML, and nobody will see it", TEXT_ARG(name));
    diag_help(reader->diag, "if it is to be read, write `\\<%.*s>`", TEXT_ARG(name));
}

/* True when a warning tells of the whole tag, so that its attributes need none. */
static bool check_tag(Reader *reader, uint32_t offset, Text name)
{
    const size_t before = reader->diag->count;
    if (equals_ignoring_case(name, "script"))
        warn(reader, offset, "the page's policy stops this script", "a plugin can bring a script of its own");
    else if (equals_ignoring_case(name, "iframe") || equals_ignoring_case(name, "object") || equals_ignoring_case(name, "embed"))
        warn(reader, offset, "the page's policy stops what is embedded here",
             "link to it; a video can stand in a page of type `video` or in a `::video` block");
    else if (equals_ignoring_case(name, "style"))
        warn(reader, offset, "the page's policy stops styles inside a page", "put them into the theme's css");
    else if (!is_element(name))
        warn_of_angles(reader, offset, name);
    return reader->diag->count > before;
}

static void check_attribute(Reader *reader, uint32_t offset, Text name)
{
    if (equals_ignoring_case(name, "style"))
        warn(reader, offset, "the page's policy stops `style=`", "give it a class, and the class a rule in the theme's css");
    else if (name.length > 2 && strncasecmp(name.bytes, "on", 2) == 0)
        warn(reader, offset, "the page's policy stops scripts in attributes", "a plugin can bring a script of its own");
}

/* The value of src, poster or href becomes a piece, to be joined like a link. */
static void put_address(Reader *reader, uint32_t start, uint32_t end, bool is_medium)
{
    const Text target = text_slice(reader->masked.text, start, end);
    const bool is_remote = text_starts(target, "http:") || text_starts(target, "https:") || text_starts(target, "//");
    if (is_medium && is_remote) {
        warn(reader, start, "the page's policy stops what comes from another host",
             "save it in content/media/ and refer to it there");
        buffer_put(&reader->html, target);
        return;
    }
    Piece *piece = reader_piece(reader, PIECE_ADDRESS, start);
    piece->is_image = is_medium;
    piece->link.target = text_copy(reader->arena, target);
    piece->link.title = piece->link.alt = TEXT("");
}

/* Past the attribute at `at`; its value, when it is an address, has been written. */
static uint32_t put_attribute(Reader *reader, uint32_t at, uint32_t end)
{
    const Text text = reader->masked.text;
    uint32_t past = at;
    while (past < end && is_attribute_char(text.bytes[past]))
        past++;
    const Text name = text_slice(text, at, past);
    const bool has_value = past + 1 < end && text.bytes[past] == '=' && strchr("\"'", text.bytes[past + 1]);
    if (past < end && text.bytes[past] == '=')
        check_attribute(reader, at, name);
    const bool is_medium = equals_ignoring_case(name, "src") || equals_ignoring_case(name, "poster");
    if (!has_value || !(is_medium || equals_ignoring_case(name, "href"))) {
        buffer_put(&reader->html, name);
        return past;
    }
    const char quote = text.bytes[past + 1];
    const size_t length = text_find_char(text_slice(text, past + 2, end), quote);
    buffer_put(&reader->html, text_slice(text, at, past + 2));
    put_address(reader, past + 2, past + 2 + (uint32_t)length, is_medium);
    return past + 2 + (uint32_t)length;
}

void raw_html_put(Reader *reader, uint32_t start, uint32_t end)
{
    const Text text = reader->masked.text;
    for (uint32_t at = start; at < end;) {
        const char byte = text.bytes[at];
        const char before = at > start ? text.bytes[at - 1] : ' ';
        if (byte == '<' && at + 1 < end && isalpha((unsigned char)text.bytes[at + 1])) {
            uint32_t past = at + 1;
            while (past < end && is_attribute_char(text.bytes[past]))
                past++;
            if (check_tag(reader, at, text_slice(text, at + 1, past)))
                past += (uint32_t)text_find_char(text_slice(text, past, end), '>');
            buffer_put(&reader->html, text_slice(text, at, past));
            at = past;
        } else if (isalpha((unsigned char)byte) && (before == ' ' || before == '\t')) {
            at = put_attribute(reader, at, end);
        } else {
            buffer_char(&reader->html, byte);
            at++;
        }
    }
}

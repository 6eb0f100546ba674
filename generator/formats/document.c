/* document: see document.h. */
#include "document.h"

#include "../base/bytes.h"
#include "entities.h"

#include <string.h>

Fragment document_fragment(const Document *document, uint32_t from, uint32_t to)
{
    return (Fragment){document, from, to, 0, UINT32_MAX};
}

Fragment document_all(const Document *document)
{
    return document_fragment(document, 0, (uint32_t)document->count);
}

static bool is_html(const Document *document, uint32_t index, const char *html)
{
    const Piece *piece = &document->items[index];
    return piece->kind == PIECE_HTML &&
           text_is(text_slice(document->html, piece->html.start, piece->html.end), html);
}

Fragment document_inside(const Document *document, uint32_t index)
{
    const Piece *piece = &document->items[index];
    Fragment inside = document_fragment(document, index + 1, piece->end);
    if (piece->kind == PIECE_ITEM && inside.to > inside.from) {
        const Piece *last = &document->items[inside.to - 1];
        if (is_html(document, inside.to - 1, "</li>\n"))
            inside.to--;
        else if (last->kind == PIECE_HTML)
            inside.html_to = last->html.end - (uint32_t)strlen("</li>\n");
    }
    return inside;
}

Fragment document_heading_words(const Document *document, uint32_t index)
{
    const Piece *piece = &document->items[index];
    Fragment words = document_fragment(document, index + 1, piece->heading.content_end);
    words.html_to = document->items[words.to - 1].html.end - (uint32_t)strlen("</h1>\n");
    return words;
}

Fragment document_section(const Document *document, uint32_t index)
{
    const Piece *piece = &document->items[index];
    return document_fragment(document, piece->heading.content_end, piece->end);
}

/* The bytes of the HTML piece `index` that belong to the fragment. */
static Text html_in(Fragment fragment, uint32_t index)
{
    const Piece *piece = &fragment.document->items[index];
    uint32_t start = piece->html.start, end = piece->html.end;
    if (index == fragment.from && fragment.html_from > start)
        start = fragment.html_from < end ? fragment.html_from : end;
    if (index + 1 == fragment.to && fragment.html_to < end)
        end = fragment.html_to > start ? fragment.html_to : start;
    return text_slice(fragment.document->html, start, end);
}

Fragment document_unwrapped(Fragment fragment)
{
    if (fragment.from == fragment.to)
        return fragment;
    const Document *document = fragment.document;
    const Piece *first = &document->items[fragment.from], *last = &document->items[fragment.to - 1];
    size_t paragraphs = 0;
    for (uint32_t i = fragment.from; i < fragment.to; i++) {
        if (document->items[i].kind == PIECE_BLOCK || document->items[i].kind == PIECE_LIST)
            return fragment;
        if (document->items[i].kind == PIECE_HTML)
            paragraphs += text_starts(html_in(fragment, i), "<p>");
    }
    if (paragraphs != 1 || first->kind != PIECE_HTML || last->kind != PIECE_HTML ||
        !text_starts(html_in(fragment, fragment.from), "<p>") ||
        !text_ends(html_in(fragment, fragment.to - 1), "</p>\n"))
        return fragment;
    Fragment inside = fragment;
    inside.html_from = first->html.start + 3;
    inside.html_to = (fragment.html_to < last->html.end ? fragment.html_to : last->html.end) - 5;
    return inside;
}

void document_split(Fragment fragment, Fragment *first, Fragment *rest)
{
    *first = fragment;
    *rest = document_fragment(fragment.document, fragment.to, fragment.to);
    if (fragment.from == fragment.to || fragment.document->items[fragment.from].kind != PIECE_HTML ||
        !text_starts(html_in(fragment, fragment.from), "<p>"))
        return;
    for (uint32_t i = fragment.from; i < fragment.to; i++) {
        const Text html = fragment.document->items[i].kind == PIECE_HTML ? html_in(fragment, i) : TEXT("");
        const size_t end = text_find(html, "</p>\n");
        if (end == html.length)
            continue;
        const uint32_t at = (uint32_t)(html.bytes + end - fragment.document->html.bytes);
        *first = (Fragment){fragment.document, fragment.from, i + 1, fragment.document->items[fragment.from].html.start + 3, at};
        *rest = fragment;
        rest->from = i;
        rest->html_from = at + 5;
        return;
    }
}

bool fragment_is_empty(Fragment fragment)
{
    for (uint32_t i = fragment.from; i < fragment.to; i++)
        if (fragment.document->items[i].kind != PIECE_HTML || !text_is_blank(html_in(fragment, i)))
            return false;
    return true;
}

/* A tag, an entity or a blank. */
static Bytes ends_word(Bytes bytes)
{
    return (bytes == '<') | (bytes == '&') | (bytes == ' ') | (bytes == '\n') | (bytes == '\t');
}

/* Words out of HTML: tags fall away, entities become their characters, blanks are single. */
static void put_words(Buffer *words, Text html)
{
    for (size_t i = 0; i < html.length; i++) {
        const size_t start = i;
        i = bytes_until(html, i, ends_word);
        buffer_bytes(words, html.bytes + start, i - start);
        if (i == html.length)
            return;
        const char byte = html.bytes[i];
        if (byte == '<') {
            i += text_find_char(text_after(html, i), '>');
        } else if (byte == '&') {
            const size_t end = i + text_find_char(text_after(html, i), ';');
            if (end == html.length || !entity_decode(text_slice(html, i, end + 1), words))
                buffer_char(words, byte);
            else
                i = end;
        } else if (words->length && words->bytes[words->length - 1] != ' ') {
            buffer_char(words, ' ');
        }
    }
}

/* Are these words already, with single blanks between them? */
static bool is_words(Text html)
{
    for (size_t i = 0; i < html.length; i += BYTES_AT_ONCE) {
        const Bytes bytes = bytes_at(html, i), next = bytes_at(html, i + 1);
        const Bytes hits = (bytes == '<') | (bytes == '&') | (bytes == '\n') | (bytes == '\t') | ((bytes == ' ') & (next == ' '));
        if (bytes_first(hits) < BYTES_AT_ONCE)
            return false;
    }
    return true;
}

/* A paragraph that was unwrapped begins with the piece that held its tag. */
static Fragment without_empty_start(Fragment fragment)
{
    while (fragment.from < fragment.to && fragment.document->items[fragment.from].kind == PIECE_HTML && html_in(fragment, fragment.from).length == 0) {
        fragment.from++;
        fragment.html_from = 0;
    }
    return fragment;
}

Text fragment_text(Arena *arena, Fragment fragment)
{
    Buffer words = buffer_new(arena);
    fragment = without_empty_start(fragment);
    if (fragment.to == fragment.from + 1 && fragment.document->items[fragment.from].kind == PIECE_HTML) {
        const Text html = html_in(fragment, fragment.from);
        if (is_words(html))
            return text_trim(html);
    }
    for (uint32_t i = fragment.from; i < fragment.to; i++) {
        const Piece *piece = &fragment.document->items[i];
        if (piece->kind == PIECE_HTML)
            put_words(&words, html_in(fragment, i));
        else if (piece->kind == PIECE_IMAGE)
            buffer_put(&words, piece->link.alt);
        else if (piece->kind == PIECE_GAP)
            buffer_string(&words, "____");
    }
    return text_trim(buffer_text(&words));
}

/* Where the line of text ends that begins at `*html` of piece `*index`: at a line end outside of
 * tags, or at </p>. */
static bool line_end(Fragment rest, uint32_t *index, uint32_t *html)
{
    for (uint32_t i = rest.from; i < rest.to; i++) {
        if (rest.document->items[i].kind != PIECE_HTML)
            continue;
        const Text bytes = html_in(rest, i);
        for (size_t at = 0; at < bytes.length; at++) {
            const Text here = text_after(bytes, at);
            if (here.bytes[0] == '<' && !text_starts(here, "</p>")) {
                at += text_find_char(here, '>');
                continue;
            }
            if (here.bytes[0] != '\n' && here.bytes[0] != '<')
                continue;
            *index = i;
            *html = (uint32_t)(here.bytes - rest.document->html.bytes);
            return true;
        }
    }
    return false;
}

static void skip_between_lines(Fragment *rest)
{
    while (rest->from < rest->to && rest->document->items[rest->from].kind == PIECE_HTML) {
        Text html = html_in(*rest, rest->from);
        for (bool more = true; more && html.length;) {
            const size_t past = text_starts(html, "</p>") ? 4 : text_starts(html, "<p>") ? 3 : html.bytes[0] == '\n';
            html = text_after(html, past);
            more = past > 0;
        }
        if (html.length) {
            rest->html_from = (uint32_t)(html.bytes - rest->document->html.bytes);
            return;
        }
        rest->from++;
        rest->html_from = 0;
    }
}

bool fragment_next_line(Fragment *rest, Fragment *line)
{
    skip_between_lines(rest);
    if (rest->from >= rest->to)
        return false;
    *line = *rest;
    uint32_t index, html;
    if (!line_end(*rest, &index, &html)) {
        rest->from = rest->to;
        return true;
    }
    line->to = index + 1;
    line->html_to = html;
    rest->from = index;
    rest->html_from = html;
    return true;
}

/* All but letters, digits and -_.~+!*(),%#@?=;:/$ */
static Bytes not_in_url(Bytes bytes)
{
    const Bytes lower = bytes | 0x20;
    const Bytes letters = (lower >= 'a') & (lower <= 'z');
    const Bytes rows = ((bytes >= '#') & (bytes <= '%')) | ((bytes >= '(') & (bytes <= ';'));
    const Bytes others = (bytes == '!') | (bytes == '=') | (bytes == '?') | (bytes == '@') | (bytes == '_') | (bytes == '~');
    return ~(letters | rows | others);
}

/* A URL as an attribute's value: what RFC 3986 does not allow as `%XX`. */
static void put_url(Buffer *out, Text url)
{
    for (size_t at = 0; at < url.length; at++) {
        const size_t end = bytes_until(url, at, not_in_url);
        buffer_bytes(out, url.bytes + at, end - at);
        at = end;
        if (at < url.length && (url.bytes[at] == '&' || url.bytes[at] == '\''))
            buffer_html(out, text_slice(url, at, at + 1));
        else if (at < url.length)
            buffer_format(out, "%%%02X", (unsigned char)url.bytes[at]);
    }
}

static void write_link(const DocumentHooks *hooks, const Document *document, const Piece *piece, Buffer *out)
{
    const Text target = hooks ? hooks->link(hooks->context, document, piece) : piece->link.target;
    buffer_string(out, "<a href=\"");
    put_url(out, target);
    if (piece->link.title.length) {
        buffer_string(out, "\" title=\"");
        buffer_html(out, piece->link.title);
    }
    const uint32_t note = hooks && hooks->note ? hooks->note(hooks->context, target) : 0;
    if (note) {
        buffer_string(out, "\" data-note=\"");
        buffer_integer(out, note);
    }
    buffer_string(out, "\">");
}

static void write_image(const DocumentHooks *hooks, const Document *document, const Piece *piece, Buffer *out)
{
    const Text target = hooks ? hooks->image(hooks->context, document, piece) : piece->link.target;
    buffer_string(out, "<img src=\"");
    put_url(out, target);
    buffer_string(out, "\" alt=\"");
    buffer_html(out, text_trim(piece->link.alt));
    if (piece->link.title.length) {
        buffer_string(out, "\" title=\"");
        buffer_html(out, piece->link.title);
    }
    buffer_string(out, "\">");
}

static void write_heading(const DocumentHooks *hooks, const Piece *piece, Buffer *out)
{
    buffer_string(out, "<h");
    buffer_integer(out, piece->level + (hooks ? hooks->heading_shift : 0u));
    if (hooks) {
        buffer_string(out, " id=\"");
        buffer_html(out, piece->heading.id);
        buffer_char(out, '"');
        if (piece->heading.attributes && piece->heading.attributes->classes.length) {
            buffer_string(out, " class=\"");
            buffer_html(out, piece->heading.attributes->classes);
            buffer_char(out, '"');
        }
    }
    buffer_char(out, '>');
}

static void write_list(const Piece *piece, Buffer *out)
{
    if (!piece->is_ordered)
        buffer_string(out, "<ul>\n");
    else if (piece->list.start == 1)
        buffer_string(out, "<ol>\n");
    else
        buffer_format(out, "<ol start=\"%lld\">\n", (long long)piece->list.start);
}

/* The closing tag of a heading names its level, which a shift changes. */
static void write_html(Fragment fragment, uint32_t index, const DocumentHooks *hooks, Buffer *out)
{
    Text html = html_in(fragment, index);
    if (hooks && hooks->heading_shift && html.length >= 6 && text_starts(text_after(html, html.length - 6), "</h") &&
        text_ends(html, ">\n")) {
        buffer_put(out, text_slice(html, 0, html.length - 3));
        buffer_format(out, "%c>\n", html.bytes[html.length - 3] + hooks->heading_shift);
        return;
    }
    buffer_put(out, html);
}

bool document_write(Fragment fragment, const DocumentHooks *hooks, Buffer *out)
{
    const Document *document = fragment.document;
    bool ok = true;
    for (uint32_t i = fragment.from; i < fragment.to; i++) {
        const Piece *piece = &document->items[i];
        switch (piece->kind) {
        case PIECE_HTML: write_html(fragment, i, hooks, out); break;
        case PIECE_LINK: write_link(hooks, document, piece, out); break;
        case PIECE_IMAGE: write_image(hooks, document, piece, out); break;
        case PIECE_ADDRESS:
            if (piece->is_image)
                put_url(out, hooks ? hooks->image(hooks->context, document, piece) : piece->link.target);
            else
                put_url(out, hooks ? hooks->link(hooks->context, document, piece) : piece->link.target);
            break;
        case PIECE_HEADING: write_heading(hooks, piece, out); break;
        case PIECE_LIST: write_list(piece, out); break;
        case PIECE_ITEM: buffer_string(out, piece->is_ticked ? "<li class=\"task\">" : "<li>"); break;
        case PIECE_GAP: buffer_string(out, "____"); break;
        case PIECE_BLANK: case PIECE_TASK:
            ok = (!hooks || hooks->piece(hooks->context, document, i, out)) && ok;
            break;
        case PIECE_INLINE: case PIECE_BLOCK:
            ok = (!hooks || hooks->piece(hooks->context, document, i, out)) && ok;
            i = piece->end - 1;
            break;
        }
    }
    return ok;
}

/* browser: see browser.h.
 * The pipe carries JSON, each message ended by a NUL: commands with a number, answers with the same
 * number, and in between events, of which few matter here. */
#include "browser.h"

#include "process.h"

#include "../base/files.h"
#include "../base/path.h"

#include <errno.h>
#include <jansson.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    USUAL_LIMIT_MS = 60 * 1000,
    LOOK_UP_MS = 200,                  /* how long Ctrl-C may go unnoticed */
    MOST_MESSAGE_BYTES = 64 << 20,
    STREAM_BYTES = 1 << 20
};

struct Browser {
    Arena *arena;
    Diag *diag;
    const char *program;
    Process process;
    int64_t limit_ms, deadline_ms;
    Text shown;                        /* what is reported as at fault */
    Buffer received;                   /* whole messages are cut off its front */
    json_int_t last_number;
    Text tab, session;
    Text loaded;                       /* which load of the tab's own frame has ended last */
    bool is_gone;                      /* it did not start, so it will not */
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t limit_ms(void)
{
    const char *written = getenv("LECTERN_BROWSER_SECONDS");
    const double seconds = written ? strtod(written, NULL) : 0;
    return seconds >= 0.1 && seconds <= 3600 ? (int64_t)(seconds * 1000) : USUAL_LIMIT_MS;
}

/* It is of no use any more: put it away, and say why.  The next page gets a new one. */
static bool lose(Browser *browser, const char *why)
{
    const Text words = process_last_words(&browser->process, browser->arena);
    process_end(&browser->process);
    if (process_was_interrupted())
        return false;
    diag_file_error(browser->diag, browser->shown, "%s", why);
    if (words.length)
        diag_help(browser->diag, "the last that it said: %.*s", TEXT_ARG(words));
    return false;
}

static bool lose_slow(Browser *browser)
{
    char why[100];
    snprintf(why, sizeof why, "the browser did not get ready with this in %g s", (double)browser->limit_ms / 1000);
    return lose(browser, why);
}

/* The pipe. */

static bool wait_for(Browser *browser, int file, short what)
{
    for (;;) {
        struct pollfd waiting = {.fd = file, .events = what};
        const int64_t left = browser->deadline_ms - now_ms();
        if (left <= 0)
            return lose_slow(browser);
        if (process_was_interrupted())
            return lose(browser, "");
        if (poll(&waiting, 1, left < LOOK_UP_MS ? (int)left : LOOK_UP_MS) > 0)
            return true;
    }
}

static bool send_bytes(Browser *browser, const char *bytes, size_t length)
{
    while (length) {
        const ssize_t count = write(browser->process.commands, bytes, length);
        if (count > 0) {
            bytes += count;
            length -= (size_t)count;
        } else if (count < 0 && errno != EAGAIN && errno != EINTR) {
            return lose(browser, "the browser ended while it was busy with this");
        } else if (!wait_for(browser, browser->process.commands, POLLOUT)) {
            return false;
        }
    }
    return true;
}

static bool receive_more(Browser *browser)
{
    Buffer *received = &browser->received;
    if (!wait_for(browser, browser->process.answers, POLLIN))
        return false;
    buffer_reserve(received, 1 << 16);
    const ssize_t count = read(browser->process.answers, received->bytes + received->length, 1 << 16);
    if (count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN))
        return lose(browser, "the browser ended while it was busy with this");
    received->length += count > 0 ? (size_t)count : 0;
    return true;
}

/* The next message, to be released with json_decref. */
static bool receive(Browser *browser, json_t **message)
{
    static const char nonsense[] = "the browser answers what Lectern does not understand";
    Buffer *received = &browser->received;
    for (size_t seen = 0;;) {
        const char *end = received->length > seen ? memchr(received->bytes + seen, '\0', received->length - seen) : NULL;
        if (end) {
            const size_t length = (size_t)(end - received->bytes);
            *message = json_loadb(received->bytes, length, JSON_ALLOW_NUL, NULL);
            received->length -= length + 1;
            memmove(received->bytes, end + 1, received->length);
            return json_is_object(*message) || (json_decref(*message), lose(browser, nonsense));
        }
        seen = received->length;
        if (seen > MOST_MESSAGE_BYTES)
            return lose(browser, nonsense);
        if (!receive_more(browser))
            return false;
    }
}

/* Commands and events. */

static Text text_at(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_string(value) ? (Text){json_string_value(value), json_string_length(value)} : TEXT("");
}

/* False when the event says that the page is lost. */
static bool notice(Browser *browser, const json_t *message)
{
    const Text method = text_at(message, "method");
    const json_t *params = json_object_get(message, "params");
    if (text_is(method, "Inspector.targetCrashed"))
        return lose(browser, "the browser crashed on this page");
    if (text_is(method, "Page.lifecycleEvent") && text_is(text_at(params, "name"), "load") &&
        text_equal(text_at(params, "frameId"), browser->tab))
        browser->loaded = text_copy(browser->arena, text_at(params, "loaderId"));
    return true;
}

/* Send a command; `params` is released.  In `*result` the answer, to be released with json_decref. */
static bool ask(Browser *browser, const char *method, json_t *params, json_t **result)
{
    *result = NULL;
    const json_int_t number = ++browser->last_number;
    json_t *command = json_pack("{s:I, s:s, s:o}", "id", number, "method", method, "params", params ? params : json_object());
    if (browser->session.length)
        json_object_set_new(command, "sessionId", json_stringn(browser->session.bytes, browser->session.length));
    char *bytes = json_dumps(command, JSON_COMPACT);
    json_decref(command);
    const bool is_sent = bytes && send_bytes(browser, bytes, strlen(bytes) + 1);
    free(bytes);
    for (json_t *message; is_sent && receive(browser, &message); json_decref(message)) {
        if (json_is_integer(json_object_get(message, "id")) && json_integer_value(json_object_get(message, "id")) == number) {
            *result = json_incref(message);
            json_decref(message);
            break;
        }
        if (!notice(browser, message)) {
            json_decref(message);
            break;
        }
    }
    return *result != NULL;
}

/* As `ask`; the result itself, and false after reporting when the browser refuses. */
static bool result_of(Browser *browser, const char *method, json_t *params, json_t **result)
{
    json_t *answer;
    if (!ask(browser, method, params, &answer))
        return false;
    *result = json_incref(json_object_get(answer, "result"));
    if (!*result) {
        const Text why = text_at(json_object_get(answer, "error"), "message");
        diag_file_error(browser->diag, browser->shown, "the browser refuses this: %s: %.*s", method, TEXT_ARG(why));
    }
    json_decref(answer);
    return *result != NULL;
}

/* As `result_of`, of which one text is wanted. */
static bool text_of(Browser *browser, const char *method, json_t *params, const char *key, Text *text)
{
    json_t *result;
    if (!result_of(browser, method, params, &result))
        return false;
    *text = text_copy(browser->arena, text_at(result, key));
    json_decref(result);
    return true;
}

static bool say(Browser *browser, const char *method, json_t *params)
{
    json_t *result;
    if (!result_of(browser, method, params, &result))
        return false;
    json_decref(result);
    return true;
}

/* Opening. */

static bool open_tab(Browser *browser)
{
    return text_of(browser, "Target.createTarget", json_pack("{s:s}", "url", "about:blank"), "targetId", &browser->tab) &&
           text_of(browser, "Target.attachToTarget",
                   json_pack("{s:s%, s:b}", "targetId", browser->tab.bytes, browser->tab.length, "flatten", 1), "sessionId",
                   &browser->session) &&
           say(browser, "Inspector.enable", NULL) && say(browser, "Page.enable", NULL) &&
           say(browser, "Page.setLifecycleEventsEnabled", json_pack("{s:b}", "enabled", 1));
}

static bool start(Browser *browser)
{
    browser->shown = text_from(browser->program);
    browser->deadline_ms = now_ms() + browser->limit_ms;
    browser->received.length = 0;
    browser->tab = browser->session = browser->loaded = TEXT("");
    const bool ok = process_start(&browser->process, browser->arena, browser->diag, browser->program) && open_tab(browser);
    if (!ok)
        process_end(&browser->process);
    browser->is_gone = !ok;
    return ok;
}

Browser *browser_open(Arena *arena, Diag *diag, const char *otherwise)
{
    const char *program = process_find(arena, diag, otherwise);
    if (!program)
        return NULL;
    Browser *browser = ARENA_NEW(arena, Browser);
    *browser = (Browser){.arena = arena, .diag = diag, .program = program, .limit_ms = limit_ms(), .received = buffer_new(arena)};
    process_hold_signals();
    if (start(browser))
        return browser;
    browser_close(browser);
    return NULL;
}

void browser_close(Browser *browser)
{
    process_end(&browser->process);
    process_release_signals();
}

bool browser_can_go_on(const Browser *browser)
{
    return !browser->is_gone && !process_was_interrupted();
}

/* Pages. */

static Text file_url(Arena *arena, const char *path)
{
    Buffer url = buffer_new(arena);
    buffer_string(&url, "file://");
    for (; *path; path++) {
        if (byte_is_letter(*path) || byte_is_digit(*path) || strchr("/-._~", *path))
            buffer_char(&url, *path);
        else
            buffer_format(&url, "%%%02X", (unsigned)(unsigned char)*path);
    }
    return buffer_text(&url);
}

static bool wait_until_loaded(Browser *browser, Text loader)
{
    while (!text_equal(browser->loaded, loader)) {
        json_t *message;
        if (!receive(browser, &message))
            return false;
        const bool goes_on = notice(browser, message);
        json_decref(message);
        if (!goes_on)
            return false;
    }
    return true;
}

static bool navigate(Browser *browser, Text url)
{
    json_t *result;
    if (!result_of(browser, "Page.navigate", json_pack("{s:s%}", "url", url.bytes, url.length), &result))
        return false;
    const Text error = text_at(result, "errorText"), loader = text_copy(browser->arena, text_at(result, "loaderId"));
    if (error.length)
        diag_file_error(browser->diag, browser->shown, "the browser cannot show this: %.*s", TEXT_ARG(error));
    const bool ok = error.length == 0 && wait_until_loaded(browser, loader);
    json_decref(result);
    return ok;
}

/* A picture that waits to be scrolled to would be waited for in vain; one that is broken is not. */
static const char is_ready[] =
    "Promise.all([document.fonts.ready, ...Array.from(document.images, (image) => {"
    " image.loading = 'eager';"
    " return image.decode().catch(() => {});"
    "})]).then(() => true)";

bool browser_show(Browser *browser, Text path, Text shown, bool runs_script)
{
    Text ready;
    if (!browser_can_go_on(browser) || (browser->process.id == 0 && !start(browser)))
        return false;
    browser->shown = shown;
    browser->deadline_ms = now_ms() + browser->limit_ms;
    char *real = realpath(text_c_string(browser->arena, path), NULL);
    if (!real)
        return diag_file_error(browser->diag, shown, "the browser cannot show this: %s", files_reason(errno));
    const Text url = file_url(browser->arena, real);
    free(real);
    return say(browser, "Emulation.setScriptExecutionDisabled", json_pack("{s:b}", "value", !runs_script)) &&
           navigate(browser, url) && browser_value(browser, browser->arena, is_ready, &ready);
}

bool browser_show_as(Browser *browser, const char *medium)
{
    return say(browser, "Emulation.setEmulatedMedia", json_pack("{s:s}", "media", medium));
}

/* What an expression gives, as the browser describes it, to be released with json_decref; by value, or by a name
 * of the browser's own for it. */
static bool evaluate(Browser *browser, const char *expression, bool by_value, json_t **result)
{
    if (!result_of(browser, "Runtime.evaluate",
                   json_pack("{s:s, s:b, s:b}", "expression", expression, "awaitPromise", 1, "returnByValue", by_value), result))
        return false;
    const json_t *trouble = json_object_get(*result, "exceptionDetails");
    if (!trouble)
        return true;
    const Text why = text_at(json_object_get(trouble, "exception"), "description");
    diag_file_error(browser->diag, browser->shown, "a script failed in the browser: %.*s", TEXT_ARG(why));
    json_decref(*result);
    return false;
}

bool browser_value(Browser *browser, Arena *arena, const char *expression, Text *json)
{
    json_t *result;
    *json = TEXT("null");
    if (!evaluate(browser, expression, true, &result))
        return false;
    char *written = json_dumps(json_object_get(json_object_get(result, "result"), "value"), JSON_COMPACT | JSON_ENCODE_ANY);
    *json = text_copy(arena, written ? text_from(written) : TEXT("null"));
    free(written);
    json_decref(result);
    return true;
}

bool browser_text(Browser *browser, Arena *arena, const char *expression, Text *text)
{
    json_t *result;
    *text = TEXT("");
    if (!evaluate(browser, expression, true, &result))
        return false;
    *text = text_copy(arena, text_at(json_object_get(result, "result"), "value"));
    json_decref(result);
    return true;
}

bool browser_choose_files(Browser *browser, const char *selector, const TextList *paths)
{
    json_t *result, *files = json_array();
    const Text find = text_format(browser->arena, "document.querySelector('%s')", selector);
    for (size_t i = 0; i < paths->count; i++)
        json_array_append_new(files, json_stringn(paths->items[i].bytes, paths->items[i].length));
    if (!evaluate(browser, text_c_string(browser->arena, find), false, &result)) {
        json_decref(files);
        return false;
    }
    const Text field = text_copy(browser->arena, text_at(json_object_get(result, "result"), "objectId"));
    json_decref(result);
    return say(browser, "DOM.setFileInputFiles", json_pack("{s:o, s:s%}", "files", files, "objectId", field.bytes, field.length));
}

/* Printing. */

static int base64_digit(char byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return byte - 'A';
    if (byte >= 'a' && byte <= 'z')
        return byte - 'a' + 26;
    if (byte_is_digit(byte))
        return byte - '0' + 52;
    return byte == '+' ? 62 : byte == '/' ? 63 : -1;
}

static void put_base64(Buffer *bytes, Text text)
{
    uint32_t bits = 0;
    int count = 0;
    for (size_t i = 0; i < text.length; i++) {
        const int digit = base64_digit(text.bytes[i]);
        if (digit < 0)
            continue;
        bits = bits << 6 | (uint32_t)digit;
        count += 6;
        if (count >= 8) {
            count -= 8;
            buffer_char(bytes, (char)(bits >> count & 0xFF));
        }
    }
}

/* It writes a stream to its folder first. */
static bool advise_on_disk(Browser *browser)
{
    const char *folder = browser->process.folder;    /* none any more when it is lost */
    if (folder)
        diag_help(browser->diag, "is the disk full? the browser writes to %.*s first; TMPDIR may name a folder with more room",
                  TEXT_ARG(path_folder(text_from(folder))));
    return false;
}

/* What stands in a stream of the browser's, which is closed then. */
static bool read_stream(Browser *browser, Text handle, Buffer *bytes)
{
    for (bool has_ended = false; !has_ended;) {
        json_t *result;
        json_t *params = json_pack("{s:s%, s:i}", "handle", handle.bytes, handle.length, "size", STREAM_BYTES);
        if (!result_of(browser, "IO.read", params, &result))
            return advise_on_disk(browser);
        if (json_is_true(json_object_get(result, "base64Encoded")))
            put_base64(bytes, text_at(result, "data"));
        else
            buffer_put(bytes, text_at(result, "data"));
        has_ended = !json_is_false(json_object_get(result, "eof"));
        json_decref(result);
    }
    return say(browser, "IO.close", json_pack("{s:s%}", "handle", handle.bytes, handle.length));
}

bool browser_print(Browser *browser, Arena *arena, BrowserPaper paper, Text *pdf)
{
    static const double inches[][2] = {[PAPER_LETTER] = {8.5, 11}, [PAPER_A4] = {210 / 25.4, 297 / 25.4}};
    Text stream;
    Buffer bytes = buffer_new(arena);
    json_t *params = json_pack("{s:b, s:b, s:b, s:b, s:b, s:s, s:f, s:f}", "printBackground", 1, "displayHeaderFooter", 0,
                               "preferCSSPageSize", 0, "generateTaggedPDF", 1, "generateDocumentOutline", 1, "transferMode",
                               "ReturnAsStream", "paperWidth", inches[paper][0], "paperHeight", inches[paper][1]);
    if (!text_of(browser, "Page.printToPDF", params, "stream", &stream) || !read_stream(browser, stream, &bytes))
        return false;
    *pdf = buffer_text(&bytes);
    return text_starts(*pdf, "%PDF-") || diag_file_error(browser->diag, browser->shown, "the browser printed no PDF");
}

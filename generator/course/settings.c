/* settings: see settings.h. */
#include "settings.h"

#include <string.h>

#include "../base/path.h"
#include "../base/unicode.h"
#include "../formats/yaml.h"
#include "destination.h"
#include "read.h"
#include "words.h"

static const Field nothing = {.kind = FIELD_RECORD};

static const Field *fields_of(const Project *project, const char *name)
{
    const Plugin *plugin = script_plugin(project->script, TEXT("settings"), text_from(name));
    return plugin ? plugin->fields : &nothing;
}

/* Read a settings file whole; its typed values, as far as they are right. */
static bool read_settings(Project *project, uint32_t file, const char *kind, Value *typed)
{
    Text source;
    Value value;
    *typed = value_map();
    typed->pos = (Pos){file, 0};
    if (!read_source(project->arena, project->diag, project->sources.items[file], file, &source))
        return false;
    bool ok = yaml_read(project->arena, file, source, 0, source.length, project->diag, NULL, &value);
    const ScriptPage page = {.arena = project->arena,
                             .diag = project->diag,
                             .source = source,
                             .markdown = &project->markdown,
                             .language = TEXT("en")};
    ScriptChecked checked;
    script_begin(project->script, &page);
    ok = script_check_fields(project->script, fields_of(project, kind), &value, !ok, &checked) && ok;
    if (checked.typed.kind == VALUE_MAP)
        *typed = checked.typed;
    return ok;
}

static Text text_or(const Value *settings, const char *key, Text otherwise)
{
    const Text text = value_get_text(settings, key);
    return text.length ? text : otherwise;
}

static bool is_true(const Value *settings, const char *key)
{
    const Value *value = value_get(settings, key);
    return value && value->kind == VALUE_BOOL && value->boolean;
}

/* A host, and the folder that the site stands in: characters of RFC 3986 without query and fragment. */
static bool is_site_address(Text url)
{
    const size_t scheme = text_starts(url, "https://") ? 8 : text_starts(url, "http://") ? 7 : 0;
    const Text rest = text_after(url, scheme);
    bool ok = scheme && rest.length && rest.bytes[0] != '/' && !text_ends(url, ".html") && !text_ends(url, ".htm");
    for (size_t i = 0; i < rest.length; i++) {
        const char byte = rest.bytes[i];
        ok = ok && (byte_is_letter(byte) || byte_is_digit(byte) || (byte && strchr("-._~:/@!$&()*+,;=%[]", byte)));
    }
    return ok;
}

/* Addresses are made of it, and a QR code. */
static bool check_url(Project *project)
{
    const Value *url = value_get(&project->site.settings, "url");
    if (!url || url->kind != VALUE_TEXT || is_site_address(url->text))
        return true;
    diag_error(project->diag, url->pos, "'%.*s' is no address of a site", TEXT_ARG(url->text));
    diag_help(project->diag, "write it as browsers show it, as in `https://www.example.edu/~library/training/`");
    return false;
}

static bool check_publish(Project *project)
{
    Destination destination;
    const char *problem, *help;
    const Value *to = value_get(value_get(&project->site.settings, "publish"), "to");
    if (!to || to->kind != VALUE_TEXT || destination_read(project->arena, to->text, project->options.folder, &destination, &problem, &help))
        return true;
    diag_error(project->diag, to->pos, "nothing can be published to '%.*s': %s", TEXT_ARG(to->text), problem);
    diag_help(project->diag, "%s", help);
    return false;
}

/* `.htaccess` names the folder of `404.html`, which the address tells. */
static bool check_htaccess(Project *project)
{
    const Value *htaccess = value_get(&project->site.settings, "htaccess");
    if (!htaccess || value_get(&project->site.settings, "url") || (htaccess->kind == VALUE_BOOL && !htaccess->boolean))
        return true;
    diag_error(project->diag, htaccess->pos, "'htaccess' needs to know where the site will be");
    diag_help(project->diag, "write `url:` with the address of the site beside it");
    return false;
}

/* What the script of the page fills in: see themes/default/js/handin.js. */
static const char *const placeholders[] = {"name", "course", "page", "date", "score", "percent", "code"};

static bool check_placeholder(Diag *diag, Pos pos, Text name)
{
    Nearest nearest = nearest_to(name);
    for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++) {
        if (text_is(name, placeholders[i]))
            return true;
        nearest_try(&nearest, text_from(placeholders[i]));
    }
    diag_error(diag, pos, "nothing is put in for '{%.*s}'", TEXT_ARG(name));
    const Text near = nearest_found(&nearest);
    if (near.length)
        diag_help(diag, "did you mean '{%.*s}'?", TEXT_ARG(near));
    else
        diag_help(diag, "there are {name}, {course}, {page}, {date}, {score}, {percent} and {code}");
    return false;
}

/* Only behind the host: where work is sent is not to depend on what somebody types. */
static bool check_form(Diag *diag, const Value *link)
{
    const Text rest = text_after(link->text, sizeof "https://" - 1);
    const size_t host = text_find(rest, "/") < text_find(rest, "?") ? text_find(rest, "/") : text_find(rest, "?");
    if (!text_starts(link->text, "https://") || host == 0 || text_find(rest, "{") < host || text_find(rest, "@") < host) {
        diag_error(diag, link->pos, "'%.*s' is no address of a form", TEXT_ARG(link->text));
        diag_help(diag, "write it as browsers show it, as in `https://forms.example.edu/desk?name={name}&code={code}`");
        return false;
    }
    bool ok = true;
    for (Text left = text_after(rest, host); text_find_char(left, '{') < left.length;) {
        left = text_after(left, text_find_char(left, '{') + 1);
        const size_t end = text_find_char(left, '}');
        ok = check_placeholder(diag, link->pos, text_slice(left, 0, end)) && ok;
        left = text_after(left, end < left.length ? end : left.length);
    }
    return ok;
}

static bool check_email(Diag *diag, const Value *email)
{
    const Text text = email->text;
    const size_t at = text_find_char(text, '@');
    bool ok = at > 0 && at + 1 < text.length && text_find_char(text_after(text, at + 1), '@') == text.length - at - 1;
    for (size_t i = 0; i < text.length; i++)
        ok = ok && (byte_is_letter(text.bytes[i]) || byte_is_digit(text.bytes[i]) || (text.bytes[i] && strchr("@.-_+", text.bytes[i])));
    if (ok)
        return true;
    diag_error(diag, email->pos, "'%.*s' is no e-mail address", TEXT_ARG(text));
    diag_help(diag, "write one address, as in `training@library.example.edu`");
    return false;
}

static bool check_hand_in(Project *project)
{
    const Value *way = value_get(&project->site.settings, "hand-in");
    const Value *link = value_get(way, "link"), *email = value_get(way, "email");
    const bool has_link = link && link->kind == VALUE_TEXT, has_email = email && email->kind == VALUE_TEXT;
    if (has_link && has_email)
        return diag_error(project->diag, email->pos, "work is handed in by `link` or by `email`, and not by both");
    if (way && way->kind == VALUE_MAP && way->map.count == 0)
        return diag_error(project->diag, way->pos, "'hand-in' needs a `link` or an `email`");
    if (has_link)
        return check_form(project->diag, link);
    return !has_email || check_email(project->diag, email);
}

static void set_plugins(Project *project, Text source)
{
    const Value *plugins = value_get(&project->site.settings, "plugins");
    for (size_t i = 0; plugins && plugins->kind == VALUE_MAP && i < plugins->map.count; i++)
        script_set_options(project->script, &plugins->map.items[i], source, project->diag);
    script_settle_plugins(project->script, project->diag);
}

static void add_callouts(Project *project)
{
    const Value *callouts = value_get(&project->site.settings, "callouts");
    for (size_t i = 0; callouts && callouts->kind == VALUE_MAP && i < callouts->map.count; i++) {
        const ValueEntry *entry = &callouts->map.items[i];
        const Text like = text_or(&entry->value, "like", TEXT("note"));
        if (script_block(project->script, entry->key))
            continue;
        if (!script_add_block_name(project->script, entry->key, like))
            diag_error(project->diag, value_get(&entry->value, "like") ? value_get(&entry->value, "like")->pos : entry->value.pos,
                       "no call-out is called '%.*s'", TEXT_ARG(like));
        else
            continue;
        Nearest nearest = nearest_to(like);
        script_each_block(project->script, (void (*)(void *, Text))nearest_try, &nearest);
        if (nearest_found(&nearest).length)
            diag_help(project->diag, "did you mean '%.*s'?", TEXT_ARG(nearest_found(&nearest)));
    }
}

/* A theme is a folder in themes/, and its name no path. */
static void check_theme(Project *project)
{
    Site *site = &project->site;
    const Value *theme = value_get(&site->settings, "theme");
    if (!theme || text_is(site->theme, "default"))
        return;
    const bool is_name = text_find_char(site->theme, '/') == site->theme.length && site->theme.bytes[0] != '.';
    const Text folder = text_format(project->arena, "themes/%.*s", TEXT_ARG(site->theme));
    if (is_name && files_exist(text_c_string(project->arena, project_path(project, project->arena, folder))))
        return;
    diag_error(project->diag, theme->pos, "there is no theme '%.*s' in themes/", TEXT_ARG(site->theme));
    site->theme = TEXT("default");
}

/* A language tag as browsers take it (BCP 47): letters and digits with hyphens between. */
static void check_language(Project *project)
{
    const Value *language = value_get(&project->site.settings, "language");
    if (!language || words_is_language(language->text))
        return;
    diag_error(project->diag, language->pos, "'%.*s' is no language; write it like en, en-GB or de-AT", TEXT_ARG(language->text));
    project->site.language = TEXT("en");
}

bool settings_read_site(Project *project)
{
    Site *site = &project->site;
    const Text path = path_join(project->arena, project->content, TEXT("site.yaml"));
    const bool exists = files_exist(text_c_string(project->arena, path));
    bool ok = false;
    site->settings = value_map();
    if (exists)
        ok = read_settings(project, sources_add(&project->sources, path), "site", &site->settings);
    site->title = text_or(&site->settings, "title", TEXT("Untitled"));
    site->id = text_or(&site->settings, "id", TEXT(""));
    site->language = text_or(&site->settings, "language", TEXT("en"));
    site->theme = text_or(&site->settings, "theme", TEXT("default"));
    check_theme(project);
    check_language(project);
    project->markdown.escapes_html = text_is(value_get_text(&site->settings, "html"), "escape");
    project->markdown.keeps_unknown = text_is(value_get_text(&site->settings, "unknown-blocks"), "keep");
    check_url(project);
    check_htaccess(project);
    check_publish(project);
    check_hand_in(project);
    set_plugins(project, project->diag->text);
    add_callouts(project);
    return ok;
}

bool settings_read_courses(Project *project)
{
    bool ok = true;
    for (size_t i = 0; i < project->site.courses.count; i++) {
        Course *course = &project->site.courses.items[i];
        ok = read_settings(project, course->file, "course", &course->settings) && ok;
        course->title = text_or(&course->settings, "title", course->slug.length ? course->slug : project->site.title);
        course->id = text_or(&course->settings, "id", course->slug.length ? course->slug : TEXT("course"));
        course->summary = text_or(&course->settings, "summary", TEXT(""));
        course->unit = text_or(&course->settings, "unit", TEXT("Module"));
        course->is_numbered = is_true(&course->settings, "numbered");
        course->is_passport = is_true(&course->settings, "passport");
    }
    return ok;
}

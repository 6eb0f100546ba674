/* script: Lua, where plugins decide and templates speak.
 * The only folder that includes lua.h.  One Script is one Lua state: each worker has its own.  It
 * loads the plugins, holds authors' values against what they declare, calls them, and runs
 * templates.  What goes wrong in Lua is reported with the plugin's or template's file and line.
 * Whatever Script needs of the course it gets through ScriptHost. */
#ifndef LECTERN_SCRIPT_H
#define LECTERN_SCRIPT_H

#include "fields.h"
#include "../base/hash.h"

typedef struct Script Script;

/* A file of a theme or of the plugins: the project's own, or the one that came with Lectern. */
typedef struct ScriptFile {
    Text path;          /* as shown in messages */
    Text text;
    bool is_trusted;    /* the same as the one that came with Lectern */
} ScriptFile;

/* The source of another page than the one at hand. */
typedef struct ScriptSource {
    Text text;
    Value written;
    const Field *fields;
} ScriptSource;

typedef struct ScriptHost {
    void *context;
    /* `templates/quiz.html` or `plugins/quiz.lua`; false when there is none. */
    bool (*file)(void *context, Arena *arena, Text name, ScriptFile *file);
    /* The names of all plugins: `quiz`, `blocks/note`. */
    void (*each_plugin)(void *context, void (*take)(void *taker, Text name), void *taker);
    /* A text of the catalogue in `language`; a text without bytes when there is none. */
    Text (*word)(void *context, Arena *arena, Text language, Text key, const Value *values);
    /* Those that the script needs on some pages alone, a map: what begins with `more`, under its whole key. */
    Value (*client_words)(void *context, Arena *arena, Text language, Text more);
    /* From the page at hand to a page, an asset, a file or page named in its source. */
    Text (*page_url)(void *context, Arena *arena, const Value *page);
    Text (*asset_url)(void *context, Arena *arena, Text name);
    Text (*media_url)(void *context, Arena *arena, Text target);
    Text (*link_url)(void *context, Arena *arena, Text target);
    /* The same for files and pages that are named in the source number `file`. */
    Text (*url_in)(void *context, Arena *arena, uint32_t file, Text target);
    /* Have all pages been read? */
    bool (*is_site_known)(void *context);
    /* The page that the author names by `target`, as an object; false when there is none. */
    bool (*page_named)(void *context, Arena *arena, Text target, Value *page);
    /* The pages of a site, course or module, a list of objects: all, those of a type, those on which a block of that name made
     * something known; a text without bytes asks for nothing. */
    Value (*find_pages)(void *context, Arena *arena, const Value *place, Text type, Text block);
    /* What stands in the source of a page: its YAML as written, and the fields it is to be held against.
     * False when it cannot be read, or its YAML is not right. */
    bool (*page_source)(void *context, Arena *arena, const Value *page, ScriptSource *source);
    /* The address of what is being made. */
    Text (*here)(void *context);
    /* What is looked at from now on is noted apart, until it is asked for: flat, in the same arena.  It is
     * noted as ever besides, as it is when it is added. */
    void (*begin_notes)(void *context, Arena *arena);
    Text (*end_notes)(void *context);
    void (*add_notes)(void *context, Text notes);
    /* A plugin of that file is about to run, and may look at its overview. */
    void (*overview_read)(void *context, Text file);
    /* Keep the key of an edition of a quiz, a JSON text; false after reporting.  And all that were kept, a map. */
    bool (*keep_edition)(void *context, Text edition, Text json, Diag *diag);
    Value (*editions)(void *context, Arena *arena);
    /* The captions in a WebVTT file, a list of { from, to, text }; a sentence why not in `*problem`. */
    bool (*captions)(void *context, Arena *arena, Text target, Value *cues, Text *problem);
} ScriptHost;

typedef enum PluginForm { FORM_BLOCK = 1, FORM_LEAF = 2, FORM_INLINE = 4, FORM_FENCE = 8 } PluginForm;

/* What C needs to know of a plugin; it knows none by name. */
struct Plugin {
    Text name;              /* `quiz`; of a block the file's name */
    Text folder;            /* "" for page types, else `blocks`, `questions` */
    Text path;
    const Field *fields;    /* a record; of a block its attributes, of a fenced one what is in it */
    Text template;          /* `quiz.html`, `blocks/callout.html` */
    Text is_default_for;    /* `md`, `yaml`, `module`, `course`, `site` or "" */
    Text title;             /* of a page type or type of question: what people call it; "" is its name */
    Text done;              /* how a page of this type is finished: `read`, `watched`, ... */
    bool is_sheet;          /* of a page type: its pages are for paper, too: `lectern print` prints them */
    Text names[24];         /* of a block: the names it serves */
    size_t name_count;
    unsigned forms;         /* of a block: PluginForm bits */
    bool hides_headings;    /* of a block: the headings in it are not those of the page */
    bool names_itself;      /* of a block: its template writes the id and classes that the author gave */
    Text list_field;        /* of a fenced block: what a mere list in it is, `questions` */
    bool is_private;        /* of a block: for the facilitator's edition only */
    size_t file;            /* which of the plugins' files it stands in */
    Text part;              /* the table in it: "" is the file's own, else `blocks` and so on */
    int reference;          /* of its table, in Lua's registry */
    bool has_check, has_model, has_facts;
};

/* Load every plugin.  `arena` must live as long as the Script.  Problems with plugins are reported;
 * the Script is there even then, with those that load. */
Script *script_open(Arena *arena, const ScriptHost *host, Diag *diag);
void script_close(Script *script);

/* Borrowed; NULL when there is none. */
const Plugin *script_plugin(const Script *script, Text folder, Text name);
const Plugin *script_default(const Script *script, Text what);
const Plugin *script_block(const Script *script, Text name);
void script_each(const Script *script, Text folder, void (*take)(void *taker, Text name), void *taker);

/* The names of all blocks. */
void script_each_block(const Script *script, void (*take)(void *taker, Text name), void *taker);

/* `site: callouts:` adds names to a block plugin. */
bool script_add_block_name(Script *script, Text name, Text like);

/* What `site.yaml` says of the plugin in plugins/NAME.lua: whether it is switched off, or its options.
 * False after reporting, in the file whose text is `source`. */
bool script_set_options(Script *script, const ValueEntry *entry, Text source, Diag *diag);

/* The name of the plugins' file number `file` and the record of its options, NULL when it has none; false
 * when there is no such file. */
bool script_file_options(const Script *script, size_t file, Text *name, const Field **options);

/* Once site.yaml has been read: what is switched off is gone, and nothing may be claimed twice. */
void script_settle_plugins(Script *script, Diag *diag);

/* The style sheets (`css`) or scripts (`js`) that plugins bring, as `plugins/glossary.css`. */
void script_each_asset(const Script *script, const char *kind, void (*take)(void *taker, Text name), void *taker);

/* The page at hand: everything that Lua makes for it lives in `arena`, and what it keeps of the
 * page before is dead. */
typedef struct ScriptPage {
    Arena *arena;
    Diag *diag;
    Value page, site, course, module;    /* objects, or null */
    Text language;
    bool is_facilitator;
    bool is_known;                       /* its values were checked before: no plugin is asked again */
    bool wants_advice;                   /* what a careful editor would say is wanted as well */
    const Document *body;                /* NULL for a page that is YAML */
    uint32_t body_from;                  /* the first piece of the body after its title */
    uint8_t heading_shift;
    bool is_part;                        /* it is to stand with others on one page */
    Text source;                         /* the page's file */
    const MarkdownOptions *markdown;
    Value callouts;                      /* of site.yaml */
} ScriptPage;

void script_begin(Script *script, const ScriptPage *page);

/* More is known of the page at hand: what Lua has been given of it stays alive. */
void script_go_on(Script *script, const ScriptPage *page);

/* Hold `value` against a page type's or settings' fields; what markdown fields hold is in
 * `documents`, what they link in `links`.  A value that is partial, since its file could not be read
 * whole, may lack what is required: that was said. */
typedef struct ScriptChecked {
    Value typed;
    DocumentList documents;
    FieldLinks links;
    Value facts;            /* a map: what blocks make known, by the name of the plugin a list */
    size_t facts_bytes;
} ScriptChecked;
bool script_check_fields(Script *script, const Field *fields, const Value *value, bool is_partial, ScriptChecked *checked);

/* Are the blocks of the document known, and their attributes right?  The files and pages that
 * attributes name, and the Markdown in fenced blocks, are added to `checked`, which grows in the
 * page's arena. */
bool script_check_blocks(Script *script, const Document *document, ScriptChecked *checked);

/* The plugin's own check, with `self` (a page, a question) as its first argument; what it reports
 * stands where `fields`, its typed values, say. */
bool script_call_check(Script *script, const Plugin *plugin, const Value *self, const Value *fields);

/* What a page makes known of itself, in flat form: a map with what its type returned in `own`, and in
 * `blocks` what its blocks returned, which is in `checked`.  "" when there is nothing. */
bool script_call_facts(Script *script, const Plugin *plugin, const ScriptChecked *checked, Text *facts);

/* What the plugins' files see of the whole site, once all pages are known: what `site(site, report)` of a
 * file returns is flat, at most 1 MiB; "" when it returns nothing.  False after reporting. */
bool script_file_has_site(const Script *script, size_t file);
bool script_call_site(Script *script, size_t file, Text *overview);
/* From the next page on the file's plugins see `overview`, which is not copied; `hash` stands for it. */
void script_set_overview(Script *script, size_t file, Value overview, Hash hash);
Text script_file_name(const Script *script, size_t file);
Hash script_overview_hash(const Script *script, Text file);

/* How many files with plugins there are, and what the outputs of one are, a list of maps: each with
 * `address`, and with `text`, or `template`, `title` and `data`.  False after reporting; an empty list when
 * it has none or is switched off. */
size_t script_file_count(const Script *script);
bool script_file_has_outputs(const Script *script, size_t file);
bool script_outputs(Script *script, size_t file, Value *outputs);

/* The path of a plugin's file, for messages. */
Text script_file_path(const Script *script, size_t file);

/* A template with `data`, a map. */
bool script_render_data(Script *script, Text name, const Value *data, Buffer *out);

/* The whole page: its model through its template, into `out`.  The model is kept where the page is to be a
 * part as well. */
bool script_render(Script *script, const Plugin *plugin, bool is_part_as_well, Buffer *out);

/* The same as a part of another page: in `part.html` instead of the layout `base.html`.  Nothing is known any more
 * of the page that was made before it. */
bool script_render_part(Script *script, const Plugin *plugin, Buffer *out);

/* A template on its own, with no more data than what belongs to the page at hand. */
bool script_render_template(Script *script, Text name, Buffer *out);

/* The same with `pages`, a list of objects, and `parts`, the Html of each. */
bool script_render_parts(Script *script, Text name, const Text *parts, const Value *pages, Buffer *out);

/* A fragment as HTML, its blocks and places to write through their templates. */
bool script_write(Script *script, Fragment fragment, Buffer *out);

#endif

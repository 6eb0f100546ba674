/* state: what the files of script/ share of one Lua state; see script.h.
 * From the bottom up: state.c calls into it within budgets, bridge.c carries values, library.c is what plugins and
 * templates may call, templates.c runs templates, blocks.c renders what Markdown leaves to them. */
#ifndef LECTERN_STATE_H
#define LECTERN_STATE_H

#include "../base/pool.h"
#include "../base/table.h"
#include "script.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

/* A file in plugins/, in which one plugin stands or several. */
typedef struct PluginFile {
    Text name;               /* `quiz`, `blocks/note`: what site.yaml calls it */
    Text path;
    const Field *options;    /* a record */
    Value written;           /* what site.yaml says, typed */
    Value overview;          /* what its site() returned */
    Hash overview_hash;
    bool has_functions;      /* that templates may call */
    TextList css, js;
    bool has_options, has_outputs, has_site, is_off, is_broken;
    int environment, table;  /* references of its globals and of what it returned */
} PluginFile;

typedef struct KeptPart KeptPart;

/* What cannot be made twice on one page, or is counted. */
typedef struct Made {
    Table claims;            /* what claim() was called with */
    Table uniques;           /* ids that unique() gave */
    Table noted;             /* links to elsewhere -> their numbers, from 1 */
    Value notes;             /* the same in order, a list of texts */
} Made;

typedef enum HeldKind { HELD_VIEW, HELD_OBJECT, HELD_HTML, HELD_KINDS } HeldKind;

struct Script {
    lua_State *lua;
    Arena *arena;
    ScriptHost host;
    Diag *diag;              /* of the page at hand, or of loading */
    ScriptPage page;
    uint32_t model_generation;    /* that of the page whose model is kept for its part, under the address of this; 0 when there is none */
    bool has_page_names;     /* those of the page at hand have been set */
    bool has_options;        /* the plugins know their options and what their site() returned */
    uint32_t generation;     /* of the page at hand: what carries another number is dead */
    Buffer *out;             /* where templates write */
    Arena *reading;          /* where what is read from Lua goes */
    Arena *scratch;          /* for what is read only to be written */
    /* script_write: how HTML that a template shows comes to have its blocks */
    bool (*write)(Script *script, Fragment fragment, Buffer *out);
    struct {
        Plugin *items;
        size_t count, capacity;
    } plugins;
    struct {
        PluginFile *items;
        size_t count, capacity;
    } files;
    struct {
        struct {
            Text name;
            size_t plugin;
        } *items;
        size_t count, capacity;
    } block_names;
    Table templates;         /* name -> reference of its function */
    KeptPart *kept[8], *keeping;    /* see kept.c; the one that is being made */
    uint64_t kept_uses;
    Made made;               /* of the page at hand */
    Made with_model;         /* the same when its model had been made, which is kept for its part */
    Pool *pool;              /* of what Lua holds */
    size_t held_bytes;       /* by Lua */
    size_t opened_bytes;     /* of the pool, when all plugins had been loaded */
    uint64_t steps_left;
    size_t arena_bytes;      /* what was held when the call began */
    uint32_t calls;          /* into Lua, one inside the other */
    char death[256];         /* why it is dead, until that is said */
    bool has_guests;         /* a plugin or template that did not come with Lectern */
    Table guests;            /* their names */
    bool is_loading;         /* a plugin's file is being run */
    bool is_dead;            /* over its budget: nothing runs in it any more, until a fresh one opens */
    Text running;            /* the plugin or template called last */
    int library, plugin_base, page_base, page_names, types[HELD_KINDS];    /* references of tables */
    int shared;              /* the same: paths of shared files -> their functions */
    int words, plain_words;  /* the same: languages -> the words that are known in each; that of the page at hand */
    const Value *reported;   /* the typed fields that `report` finds its places in */
    uint32_t nesting;        /* of templates and blocks */
};

/* budget.c */
Script *script_of(lua_State *lua);
#if defined(__SANITIZE_ADDRESS__)
#define SCRIPT_IS_SLOW 1
#else
#define SCRIPT_IS_SLOW 0
#endif
void *script_allocate(void *script, void *old, size_t old_size, size_t new_size);
/* Around everything that runs or compiles what a plugin or template brings. */
void script_begin_call(Script *script);
void script_end_call(Script *script);
/* From now on calls are counted, unless what is met came with Lectern; `name` is what script_load is given. */
void script_meet(Script *script, Text name, bool is_trusted);
/* C works for Lua: so many steps more.  Raises a Lua error when that is over the budget; only inside a call. */
void script_charge(lua_State *lua, size_t steps);
/* The string at `index` for C to work on: charged, and refused when it is too long. */
Text script_argument(lua_State *lua, int index);
/* Compile a file's text and push its function; false and a message pushed when it cannot be. */
bool script_load(Script *script, Text source, Text name);
/* A message fit for a terminal: one line, without control characters, not endless. */
Text script_plain(Arena *arena, Text message);

/* pattern.c */
int pattern_find(lua_State *lua);
int pattern_match(lua_State *lua);
int pattern_gmatch(lua_State *lua);
int pattern_gsub(lua_State *lua);

/* basics.c: Lua's own functions in the table at the top of the stack, as far as they are harmless. */
void basics_open(lua_State *lua);
/* A stand-in for the table at the top, which it replaces: to be read only. */
void basics_lock(lua_State *lua);

/* With this begins what C puts into Lua's hands. */
typedef struct Held {
    uint32_t generation;    /* of the page it belongs to; 0 when it lasts as long as the state */
    HeldKind kind;
} Held;

/* HTML in Lua's hands: a part of a document, or text that is HTML already. */
typedef struct Html {
    Held held;
    bool is_text;
    Fragment fragment;
    Text text;
} Html;

/* html.c: the methods of Html. */
extern const luaL_Reg html_methods[];
/* The words of the Html at `index`; raises a Lua error when it is none. */
Text html_words(lua_State *lua, int index);

/* bridge.c */
/* The Html at `index`, of the page at hand; raises a Lua error when it is none. */
const Html *bridge_html(lua_State *lua, int index);
void bridge_open(Script *script);
void bridge_push(Script *script, const Value *value);
/* What outlives the page at hand; its parts do not. */
void bridge_push_lasting(Script *script, const Value *value);
void bridge_push_text(lua_State *lua, Text text);
/* The string at `index`, where it lies in Lua; raises a Lua error when it is none. */
Text bridge_text(lua_State *lua, int index);
void bridge_push_html(Script *script, Fragment fragment);
void bridge_push_html_text(Script *script, Text html);
/* The Html at `index`: written to `out`.  False when it is none. */
bool bridge_write_html(Script *script, int index, Buffer *out);
bool bridge_is_html(Script *script, int index);
bool bridge_fragment(Script *script, int index, Fragment *fragment);
/* The value at `index`, copied into the page's arena; Html becomes the text of its HTML.  Raises a
 * Lua error when it cannot be (a function, a table in a circle, nested past 64). */
Value bridge_read(Script *script, int index);
/* The same, as JSON in `out`. */
void bridge_write_json(Script *script, int index, Buffer *out);
/* The same from outside of any call: the value at the top, which is popped.  False when it cannot be, which was said. */
bool bridge_take(Script *script, Value *value);
/* Push a copy of the value at `index`, in which every table is another.  False, and nothing is pushed, when it holds
 * what has no copy: a function, a table with a metatable or in a circle. */
bool bridge_push_copy(Script *script, int index);
/* What `ipairs` of the value at 1 returns, three values, if that is a list or map of the author's; else false. */
bool bridge_push_ipairs(lua_State *lua);
/* The object at `index` of that type, or NULL. */
const void *bridge_object(Script *script, int index, const ValueType *type);
bool bridge_value(Script *script, int index, Value *value);

/* library.c: pushes the table of what templates and plugins may call; identities.c and library_site.c have parts of it. */
void library_open(Script *script);
extern const luaL_Reg library_of_identities[], library_of_site[];
/* For what makes sense only when there is a page: raises a Lua error while plugins are loaded. */
Script *script_of_page(lua_State *lua);

/* templates.c: run a template with the table of data at the top of the stack, which it pops. */
bool template_run(Script *script, Text name);
int template_include(lua_State *lua);

/* kept.c: what stands under `once` and `anywhere` in the data of an include; no bytes when nothing does. */
typedef struct Once {
    Text key;
    bool is_anywhere;
} Once;
/* A part that was made for another page: written to where templates write, or false. */
bool kept_write(Script *script, Text name, Once once);
/* Around the making of one, which is written at the end. */
typedef struct Keeping {
    KeptPart *part;
    Buffer *out, text;
} Keeping;
void kept_begin(Script *script, Text name, Once once, Keeping *keeping);
void kept_end(Script *script, Keeping *keeping, Text name, Once once, bool is_fine);
void kept_close(Script *script);
/* Raises a Lua error when a part is being made in which no address can stand. */
void kept_check_place(lua_State *lua);
int kept_write_url(lua_State *lua);
int kept_mark(lua_State *lua);

/* state.c: call the function below `arguments` values, for `results` results.  False when it
 * failed, after reporting it at the line that Lua names. */
bool script_call(Script *script, int arguments, int results);
/* The plugin's table, and its function `name` on top of it; false and nothing pushed when it has none. */
bool script_push_function(Script *script, const Plugin *plugin, const char *name);
/* bridge.c: what the plugin makes of `self`, on the stack: its model's result, or an empty table. */
bool script_push_model(Script *script, const Plugin *plugin, const Value *self);

/* names.c: the table in which templates look up what is no data of theirs. */
void names_open(Script *script);
/* The entry `key` of the table at the top. */
void names_set(Script *script, const char *key, const Value *value);
/* The words of the page's language are those that `word` gives. */
void names_for_words(Script *script);
/* What plugins see of the page at hand; and templates, unless that has been set. */
void names_for_plugins(Script *script);
void names_for_templates(Script *script);

/* script.c: a fresh state with the plugins there are. */
void script_revive(Script *script);

/* plugins.c: take in the plugin called `name`; then see which block belongs to which. */
void plugins_load(void *script, Text name);
void plugins_index_blocks(Script *script);
/* All of them once more, in a fresh state. */
void plugins_reload(Script *script);
/* Their options, and what their site() returned, unless they know it. */
void plugins_begin(Script *script);
/* Is the file it stands in switched off? */
bool plugin_is_off(const Script *script, const Plugin *plugin);
int plugins_shared(lua_State *lua);
bool plugin_error(Script *script, const Plugin *plugin, const char *message);

/* Values to hold against a declaration, and where they were written. */
typedef struct ScriptValues {
    const Field *fields;
    Text name;
    const Value *written;
    Text source;
    Diag *diag;
    bool is_partial;    /* what is missing may have been written all the same */
    bool is_known;      /* they were checked before: no plugin is asked again */
} ScriptValues;

/* values.c: what comes of them, added to what `checked` holds already. */
bool script_check_values(Script *script, const ScriptValues *values, ScriptChecked *checked);

/* fences.c: what a fenced block holds, by its plugin's fields. */
bool fence_check(Script *script, const Plugin *plugin, const Block *block, Pos pos, Diag *diag, bool is_known, ScriptChecked *checked);

/* facts.c: what the plugin makes known of the block, whose table is at the index `block`, added to `checked`. */
bool facts_add_block(Script *script, const Plugin *plugin, int block, uint32_t offset, ScriptChecked *checked);

/* blocks.c */
bool blocks_write_piece(Script *script, const Document *document, uint32_t index, Buffer *out);

#endif

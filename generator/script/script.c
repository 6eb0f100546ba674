/* script: a Lua state opened with its plugins, and what the course asks of it; see script.h. */
#include "state.h"

enum { LARGE_GROWTH_BYTES = 8 << 20 };

static bool load_prelude(Script *script)
{
    lua_State *lua = script->lua;
    ScriptFile file;
    if (!script->host.file(script->host.context, script->arena, TEXT("generator/script/prelude.lua"), &file))
        return false;
    if (!script_load(script, file.text, TEXT("prelude.lua")))
        return script_call(script, -1, 0);
    /* the prelude is ours: it alone sees `next` */
    lua_newtable(lua);
    luaL_requiref(lua, "_G", luaopen_base, 0);
    lua_getfield(lua, -1, "next");
    lua_setfield(lua, -3, "next");
    lua_getfield(lua, -1, "setmetatable");
    lua_setfield(lua, -3, "setmetatable");
    lua_getfield(lua, -1, "error");
    lua_setfield(lua, -3, "error");
    lua_getfield(lua, -1, "type");
    lua_setfield(lua, -3, "type");
    lua_pop(lua, 1);
    lua_setupvalue(lua, -2, 1);
    return script_call(script, 0, 1);
}

/* The names a plugin sees: Lua's and Lectern's functions, and those that declare fields. */
static bool make_plugin_base(Script *script)
{
    lua_State *lua = script->lua;
    if (!load_prelude(script))
        return false;
    lua_rawgeti(lua, LUA_REGISTRYINDEX, script->library);
    for (lua_pushnil(lua); lua_next(lua, -2);) {
        lua_pushvalue(lua, -2);
        if (lua_rawget(lua, -5) == LUA_TNIL) {    /* `date` declares a field here */
            lua_pushvalue(lua, -3);
            lua_pushvalue(lua, -3);
            lua_rawset(lua, -7);
        }
        lua_pop(lua, 2);
    }
    lua_pop(lua, 1);
    lua_pushcfunction(lua, plugins_shared);
    lua_setfield(lua, -2, "shared");
    script->plugin_base = luaL_ref(lua, LUA_REGISTRYINDEX);
    return true;
}

static bool open_state(Script *script)
{
    script->pool = pool_open();
    script->held_bytes = 0;
    script->is_dead = script->has_options = false;
    script->model_generation = 0;
    script->templates = table_new(script->arena);
    script->lua = NULL;    /* until there is one */
    script->lua = lua_newstate(script_allocate, script);
    *(Script **)lua_getextraspace(script->lua) = script;
    bridge_open(script);
    library_open(script);
    script->library = luaL_ref(script->lua, LUA_REGISTRYINDEX);
    names_open(script);
    lua_newtable(script->lua);
    script->shared = luaL_ref(script->lua, LUA_REGISTRYINDEX);
    return make_plugin_base(script);
}

static void close_state(Script *script)
{
    lua_close(script->lua);
    pool_close(script->pool);
}

/* After a plugin went over its budget a fresh state goes on with the next page. */
void script_revive(Script *script)
{
    close_state(script);
    if (!open_state(script))
        return;
    plugins_reload(script);
    script->opened_bytes = pool_held_bytes(script->pool);
}

/* One plugin that died takes no other with it. */
static void load_plugin(void *context, Text name)
{
    Script *script = context;
    if (script->is_dead)
        script_revive(script);
    plugins_load(script, name);
}

Script *script_open(Arena *arena, const ScriptHost *host, Diag *diag)
{
    Script *script = ARENA_NEW(arena, Script);
    script->arena = arena;
    script->host = *host;
    script->diag = diag;
    script->page.arena = arena;
    script->scratch = arena_open();
    script->write = script_write;
    script->guests = table_new(arena);
    if (!open_state(script))
        return script;
    host->each_plugin(host->context, load_plugin, script);
    plugins_index_blocks(script);
    script->opened_bytes = pool_held_bytes(script->pool);
    return script;
}

void script_close(Script *script)
{
    if (!script)
        return;
    kept_close(script);
    close_state(script);
    arena_close(script->scratch);
}

/* The page at hand. */

/* Nothing has been made of the page at hand. */
static void begin_making(Script *script)
{
    Arena *arena = script->page.arena;
    script->out = NULL;
    script->reading = NULL;
    arena_reset(script->scratch);
    script->reported = NULL;
    script->nesting = 0;
    script->made = (Made){table_new(arena), table_new(arena), table_new(arena), value_list()};
}

void script_begin(Script *script, const ScriptPage *page)
{
    script->generation++;
    script->page = *page;
    script->diag = page->diag;
    /* a very large page leaves much room behind, which only a fresh state gives back */
    if (script->is_dead || pool_held_bytes(script->pool) > script->opened_bytes + LARGE_GROWTH_BYTES)
        script_revive(script);
    begin_making(script);
    names_for_words(script);
    names_for_plugins(script);
    plugins_begin(script);
    script->has_page_names = false;
}

void script_go_on(Script *script, const ScriptPage *page)
{
    script->page = *page;
    script->has_page_names = false;
    names_for_words(script);    /* its language is known only now */
}

static Made made_copy(const Made *made)
{
    return (Made){table_copy(&made->claims), table_copy(&made->uniques), table_copy(&made->noted), made->notes};
}

/* With the model at the top, which is popped. */
static bool render(Script *script, const Plugin *plugin, Buffer *out)
{
    script->out = out;
    const size_t errors = script->diag->error_count;
    return template_run(script, plugin->template) && script->diag->error_count == errors;
}

bool script_render(Script *script, const Plugin *plugin, bool is_part_as_well, Buffer *out)
{
    if (!script_push_model(script, plugin, &script->page.page))
        return false;
    if (is_part_as_well && bridge_push_copy(script, -1)) {
        lua_rawsetp(script->lua, LUA_REGISTRYINDEX, &script->model_generation);
        script->model_generation = script->generation;
        script->with_model = made_copy(&script->made);
    }
    return render(script, plugin, out);
}

/* A template may have changed what its data holds, so a part has a copy that no other has seen. */
static bool push_part_model(Script *script, const Plugin *plugin)
{
    lua_State *lua = script->lua;
    if (script->model_generation == script->generation) {
        lua_rawgetp(lua, LUA_REGISTRYINDEX, &script->model_generation);
        script->model_generation = 0;
        script->made = script->with_model;    /* in it there may be notes and ids already */
        return true;
    }
    if (!script_push_model(script, plugin, &script->page.page))
        return false;
    if (bridge_push_copy(script, -1))
        lua_remove(lua, -2);
    return true;
}

bool script_render_part(Script *script, const Plugin *plugin, Buffer *out)
{
    begin_making(script);
    script->page.is_part = true;
    script->has_page_names = false;
    return push_part_model(script, plugin) && render(script, plugin, out);
}

bool script_render_template(Script *script, Text name, Buffer *out)
{
    lua_newtable(script->lua);
    script->out = out;
    return template_run(script, name);
}

bool script_render_data(Script *script, Text name, const Value *data, Buffer *out)
{
    bridge_push(script, data);
    script->out = out;
    return template_run(script, name);
}

size_t script_file_count(const Script *script)
{
    return script->files.count;
}

bool script_file_has_outputs(const Script *script, size_t file)
{
    return script->files.items[file].has_outputs && !script->files.items[file].is_off;
}

Text script_file_path(const Script *script, size_t file)
{
    return script->files.items[file].path;
}

bool script_outputs(Script *script, size_t index, Value *outputs)
{
    lua_State *lua = script->lua;
    const PluginFile *file = &script->files.items[index];
    *outputs = value_list();
    if (!script_file_has_outputs(script, index) || lua_rawgeti(lua, LUA_REGISTRYINDEX, file->table) != LUA_TTABLE)
        return true;
    lua_getfield(lua, -1, "outputs");
    lua_remove(lua, -2);
    bridge_push(script, &script->page.site);
    script->running = file->path;
    if (!script_call(script, 1, 1))
        return false;
    if (!bridge_take(script, outputs))
        return false;
    return outputs->kind == VALUE_LIST || (outputs->kind == VALUE_MAP && outputs->map.count == 0) ||
           diag_file_error(script->diag, file->path, "outputs() must return a list");
}

bool script_render_parts(Script *script, Text name, const Text *parts, const Value *pages, Buffer *out)
{
    lua_State *lua = script->lua;
    lua_newtable(lua);
    names_set(script, "pages", pages);
    lua_createtable(lua, (int)pages->list.count, 0);
    for (size_t i = 0; i < pages->list.count; i++) {
        bridge_push_html_text(script, parts[i]);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
    lua_setfield(lua, -2, "parts");
    script->out = out;
    return template_run(script, name);
}

/* A document may be that of another page, in whose source the links stand. */
static Text link_hook(void *context, const Document *document, const Piece *piece)
{
    Script *script = context;
    return script->host.url_in(script->host.context, script->page.arena, document->file, piece->link.target);
}

/* On paper a link to elsewhere is spelt out in a note; two to the same place share one. */
static uint32_t note_hook(void *context, Text url)
{
    Script *script = context;
    if (!text_starts(url, "http://") && !text_starts(url, "https://") && !text_starts(url, "mailto:"))
        return 0;
    const uint32_t number = (uint32_t)script->made.notes.list.count + 1;
    const uint32_t known = table_put(&script->made.noted, url, number);
    if (known == TABLE_NOTHING)
        value_add(script->page.arena, &script->made.notes, value_text(url));
    return known == TABLE_NOTHING ? number : known;
}

static bool piece_hook(void *context, const Document *document, uint32_t index, Buffer *out)
{
    return blocks_write_piece(context, document, index, out);
}

bool script_write(Script *script, Fragment fragment, Buffer *out)
{
    const DocumentHooks hooks = {.context = script,
                                 .link = link_hook,
                                 .note = note_hook,
                                 .image = link_hook,
                                 .piece = piece_hook,
                                 .heading_shift = script->page.heading_shift};
    return document_write(fragment, &hooks, out);
}

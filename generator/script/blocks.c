/* blocks: what Markdown leaves to plugins and templates: blocks, places to write, boxes to tick. */
#include "state.h"

#include "../base/hash.h"

#include <string.h>

static void set_text(lua_State *lua, const char *key, Text text)
{
    bridge_push_text(lua, text);
    lua_setfield(lua, -2, key);
}

static void set_integer(lua_State *lua, const char *key, lua_Integer integer)
{
    lua_pushinteger(lua, integer);
    lua_setfield(lua, -2, key);
}

static void set_boolean(lua_State *lua, const char *key, bool boolean)
{
    lua_pushboolean(lua, boolean);
    lua_setfield(lua, -2, key);
}

static bool write_with(Script *script, Text template, Buffer *out)
{
    Buffer *before = script->out;
    script->out = out;
    const bool ok = template_run(script, template);
    script->out = before;
    return ok;
}

/* The same inside a line, where the line end of the template's file would be a blank. */
static bool write_inline_with(Script *script, Text template, Buffer *out)
{
    const bool ok = write_with(script, template, out);
    while (out->length && out->bytes[out->length - 1] == '\n')
        out->length--;
    return ok;
}

/* `Three of them:` goes on with a comma. */
static Text without_colon(Text label)
{
    return text_ends(label, ":") ? text_slice(label, 0, label.length - 1) : label;
}

/* What a place to write is called: `What are your three strategies?, 2 of 3`; `Monday: Who?`. */
static Text blank_label(Script *script, const Blank *blank)
{
    Arena *arena = script->page.arena;
    Value values = value_map();
    Text key = TEXT("");
    if (blank->kind == BLANK_ITEM && blank->count > 1) {
        key = TEXT("place-of");
        VALUE_SET(arena, &values, "label", value_text(without_colon(blank->label)));
        VALUE_SET(arena, &values, "number", value_int(blank->place));
        VALUE_SET(arena, &values, "count", value_int(blank->count));
    } else if (blank->kind == BLANK_CELL && blank->label.length && blank->column.length) {
        key = TEXT("cell-label");
        VALUE_SET(arena, &values, "row", value_text(blank->label));
        VALUE_SET(arena, &values, "column", value_text(blank->column));
    } else {
        return blank->label.length ? blank->label : blank->column;
    }
    const Text label = script->host.word(script->host.context, arena, script->page.language, key, &values);
    return label.bytes ? label : blank->label;
}

static bool write_blank(Script *script, const Piece *piece, Buffer *out)
{
    static const char *const kinds[] = {"lines", "item", "cell", "short"};
    lua_State *lua = script->lua;
    const Blank *blank = piece->blank;
    lua_newtable(lua);
    lua_pushstring(lua, kinds[blank->kind]);
    lua_setfield(lua, -2, "kind");
    set_text(lua, "id", blank->id);
    set_text(lua, "label", blank_label(script, blank));
    set_integer(lua, "lines", blank->lines);
    set_boolean(lua, "optional", false);
    set_boolean(lua, "visible_label", false);
    const bool is_short = blank->kind == BLANK_SHORT;
    return (is_short ? write_inline_with : write_with)(script, TEXT("parts/write.html"), out);
}

static bool write_task(Script *script, const Piece *piece, Buffer *out)
{
    lua_newtable(script->lua);
    set_text(script->lua, "id", piece->task.id);
    set_boolean(script->lua, "checked", piece->is_ticked);
    return write_inline_with(script, TEXT("parts/task.html"), out);
}

static bool has_markdown(Text title)
{
    for (size_t i = 0; i < title.length; i++)
        if (memchr("*_`[]<&\\~", title.bytes[i], 9))
            return true;
    return false;
}

static const Document *read_title(Script *script, const Document *document, const Block *block)
{
    MarkdownOptions options = *script->page.markdown;
    options.is_one_line = true;
    const Origin origin = origin_plain(script->page.arena, document->file, block->title_offset);
    return markdown_read(script->page.arena, block->title, &origin, &options, script->diag);
}

static void push_title(Script *script, const Document *document, const Block *block)
{
    if (block->title.length == 0) {
        lua_pushnil(script->lua);
        return;
    }
    if (!has_markdown(block->title)) {
        Buffer html = buffer_new(script->page.arena);
        buffer_html(&html, block->title);
        bridge_push_html_text(script, buffer_text(&html));
        return;
    }
    bridge_push_html(script, document_all(read_title(script, document, block)));
}

static bool is_fence(const Block *block)
{
    return block->raw.bytes != NULL;
}

/* What the block's plugin declared: its attributes, or what is in a fenced one. */
static bool check_values(Script *script, const Plugin *plugin, const Block *block, Pos pos, Diag *diag, bool is_known, ScriptChecked *checked)
{
    if (is_fence(block))
        return fence_check(script, plugin, block, pos, diag, is_known, checked);
    Value written = block->attributes.named;
    written.pos = pos;
    return script_check_values(script, &(ScriptValues){.fields = plugin->fields, .name = block->name, .written = &written,
                                                       .source = script->page.source, .diag = diag,
                                                       .is_known = is_known}, checked);
}

/* The same again, when the page is made.  They were checked when it was read. */
static Value *typed_values(Script *script, const Plugin *plugin, const Block *block, Pos pos)
{
    ScriptChecked *checked = ARENA_NEW(script->page.arena, ScriptChecked);
    *checked = (ScriptChecked){0};
    check_values(script, plugin, block, pos, diag_new(script->page.arena, script->diag->sources), true, checked);
    return &checked->typed;
}

/* What a block's plugin gets: { name, title, title_text, id, classes, attributes or fields, content }. */
static void push_block(Script *script, const Plugin *plugin, const Document *document, uint32_t index)
{
    lua_State *lua = script->lua;
    const Block *block = document->items[index].block;
    lua_newtable(lua);
    set_text(lua, "name", block->name);
    set_text(lua, "title_text", block->title);
    push_title(script, document, block);
    lua_setfield(lua, -2, "title");
    if (block->attributes.id.length)
        set_text(lua, "id", block->attributes.id);
    set_text(lua, "identity", hash_hex(script->page.arena, hash_of(block->title.length ? block->title : block->name)));
    set_text(lua, "classes", block->attributes.classes);
    bridge_push(script, typed_values(script, plugin, block, (Pos){document->file, document->items[index].offset}));
    lua_setfield(lua, -2, is_fence(block) ? "fields" : "attributes");
    if (block->has_content)
        bridge_push_html(script, document_inside(document, index));
    else
        lua_pushboolean(lua, false);    /* nil would show the page's own */
    lua_setfield(lua, -2, "content");
}

/* Lay the model, if the plugin makes one, over the block itself, which is at the top. */
static bool lay_model(Script *script, const Plugin *plugin)
{
    lua_State *lua = script->lua;
    const int block = lua_gettop(lua);
    if (!plugin->has_model)
        return true;
    if (!script_push_function(script, plugin, "model"))
        return true;
    lua_pushvalue(lua, block);
    bridge_push(script, &script->page.page);
    if (!script_call(script, 2, 1)) {
        lua_settop(lua, block - 1);
        return false;
    }
    if (lua_istable(lua, -1)) {
        for (lua_pushnil(lua); lua_next(lua, -2);) {
            lua_pushvalue(lua, -2);
            lua_insert(lua, -2);
            lua_rawset(lua, block);
        }
    }
    lua_settop(lua, block);
    return true;
}

/* A block to which the author gave an id or a class stands in an element that bears them. */
static bool write_named(Script *script, const Attributes *attributes, Text html, bool is_inline, Buffer *out)
{
    lua_State *lua = script->lua;
    lua_newtable(lua);
    if (attributes->id.length)
        set_text(lua, "id", attributes->id);
    set_text(lua, "classes", attributes->classes);
    set_boolean(lua, "is_inline", is_inline);
    bridge_push_html_text(script, html);
    lua_setfield(lua, -2, "content");
    return (is_inline ? write_inline_with : write_with)(script, TEXT("parts/named.html"), out);
}

static bool write_block(Script *script, const Document *document, uint32_t index, Buffer *out)
{
    enum { DEEPEST = 32 };
    const Plugin *plugin = script_block(script, document->items[index].block->name);
    if (!plugin)
        return script->write(script, document_inside(document, index), out);    /* `unknown-blocks: keep` */
    if (plugin->is_private && !script->page.is_facilitator)
        return true;
    if (script->nesting > DEEPEST || !lua_checkstack(script->lua, 16))
        return diag_error(script->diag, (Pos){document->file, document->items[index].offset},
                          "blocks are nested more than %d deep", DEEPEST);
    push_block(script, plugin, document, index);
    const bool is_inline = document->items[index].kind == PIECE_INLINE;
    Buffer inside = buffer_new(script->page.arena);
    const Attributes *attributes = &document->items[index].block->attributes;
    const bool is_named = !plugin->names_itself && (attributes->id.length || attributes->classes.length);
    if (!lay_model(script, plugin) ||
        !(is_inline ? write_inline_with : write_with)(script, plugin->template, is_named ? &inside : out))
        return false;
    return !is_named || write_named(script, attributes, buffer_text(&inside), is_inline, out);
}

bool blocks_write_piece(Script *script, const Document *document, uint32_t index, Buffer *out)
{
    const Piece *piece = &document->items[index];
    switch (piece->kind) {
    case PIECE_BLANK: return write_blank(script, piece, out);
    case PIECE_TASK: return write_task(script, piece, out);
    default: return write_block(script, document, index, out);
    }
}

/* Checking, when the page is read. */

static bool unknown_block(Script *script, Pos pos, const Block *block, const char *mark)
{
    Nearest nearest = nearest_to(block->name);
    for (size_t i = 0; i < script->block_names.count; i++)
        nearest_try(&nearest, script->block_names.items[i].name);
    const Text best = nearest_found(&nearest);
    const Plugin *meant = best.length ? script_block(script, best) : NULL;
    if (script->page.markdown->keeps_unknown && !(meant && meant->is_private)) {
        diag_warn(script->diag, pos, "no block is called '%.*s'; its content is kept", TEXT_ARG(block->name));
        return true;
    }
    diag_error(script->diag, pos, "no block is called '%.*s'", TEXT_ARG(block->name));
    if (meant && meant->forms & (mark[1] ? FORM_BLOCK | FORM_LEAF : FORM_INLINE))
        diag_help(script->diag, "did you mean `%s%.*s`?", mark, TEXT_ARG(best));
    return false;
}

static const char *mark_of(const Piece *piece)
{
    if (piece->kind == PIECE_BLOCK && is_fence(piece->block))
        return "```";
    return piece->kind == PIECE_INLINE ? ":" : piece->block->has_content ? ":::" : "::";
}

static bool check_form(Script *script, Pos pos, const Plugin *plugin, const Piece *piece)
{
    const unsigned form = piece->kind == PIECE_INLINE ? FORM_INLINE : is_fence(piece->block) ? FORM_FENCE
                          : piece->block->has_content ? FORM_BLOCK : FORM_LEAF;
    if (plugin->forms & form)
        return true;
    const Text name = piece->block->name;
    diag_error(script->diag, pos, "'%.*s' cannot be written with `%s`", TEXT_ARG(name), mark_of(piece));
    if (plugin->forms & FORM_FENCE)
        diag_help(script->diag, "write it as a fenced block: ```%.*s, then its content, then ``` on a line of its own", TEXT_ARG(name));
    else if (plugin->forms & FORM_BLOCK)
        diag_help(script->diag, "write `:::%.*s`, its content below, and `:::` at its end", TEXT_ARG(name));
    else if (plugin->forms & FORM_LEAF)
        diag_help(script->diag, "write `::%.*s[...]{...}` on a line of its own", TEXT_ARG(name));
    else
        diag_help(script->diag, "write `:%.*s[...]` inside a line", TEXT_ARG(name));
    return false;
}

/* The links and pictures in a block's title. */
static void check_title(Script *script, const Document *document, const Block *block, FieldLinks *links)
{
    if (!has_markdown(block->title))
        return;
    const Document *title = read_title(script, document, block);
    for (uint32_t i = 0; i < title->count; i++) {
        const Piece *piece = &title->items[i];
        if (piece->kind == PIECE_LINK || piece->kind == PIECE_IMAGE)
            *LIST_PUSH(script->page.arena, links) =
                (FieldLink){piece->link.target, {title->file, piece->offset}, piece->kind == PIECE_IMAGE, false};
    }
}

/* The plugin's own check of the block whose table is at that index. */
static bool call_check(Script *script, const Plugin *plugin, int block)
{
    lua_State *lua = script->lua;
    const size_t errors = script->diag->error_count;
    if (!plugin->has_check || !script_push_function(script, plugin, "check"))
        return true;
    lua_pushvalue(lua, block);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, script->library);
    lua_getfield(lua, -1, "report");
    lua_remove(lua, -2);
    return script_call(script, 2, 0) && script->diag->error_count == errors;
}

static bool check_block(Script *script, const Document *document, uint32_t index, ScriptChecked *checked)
{
    const Piece *piece = &document->items[index];
    const Pos pos = {document->file, piece->offset};
    const Plugin *plugin = script_block(script, piece->block->name);
    if (piece->block->name.length == 0)
        return false;    /* it has no name, which was said */
    if (!plugin)
        return unknown_block(script, pos, piece->block, mark_of(piece));
    if (!check_form(script, pos, plugin, piece))
        return false;
    bool ok = check_values(script, plugin, piece->block, pos, script->diag, false, checked);
    Value *typed = ARENA_NEW(script->page.arena, Value);
    *typed = checked->typed;
    check_title(script, document, piece->block, &checked->links);
    if ((plugin->has_check || plugin->has_facts) && (ok || (is_fence(piece->block) && field_is_sound(plugin->fields, typed)))) {
        push_block(script, plugin, document, index);
        const int block = lua_gettop(script->lua);
        script->reported = typed;
        ok = call_check(script, plugin, block) && ok;
        ok = facts_add_block(script, plugin, block, piece->offset, checked) && ok;
        lua_settop(script->lua, block - 1);
    }
    return ok;
}

bool script_check_blocks(Script *script, const Document *document, ScriptChecked *checked)
{
    bool ok = true;
    for (uint32_t i = 0; i < document->count; i++)
        if (document->items[i].kind == PIECE_BLOCK || document->items[i].kind == PIECE_INLINE)
            ok = check_block(script, document, i, checked) && ok;
    return ok;
}

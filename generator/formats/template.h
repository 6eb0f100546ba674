/* template: HTML with Lua in it -> Lua source, line for line, so that errors keep their place.
 *   {{ e }}    writes a text or number, escaped        {# ... #}                 nothing
 *   {{{ e }}}  writes Html, which Lectern made         {% layout "base.html" %}  names one parent
 *   {% s %}    a Lua statement                         {% block name %} {% end %}
 *   {% include "x.html", value %}                      {% json value %}
 * Where a value would not be safe (an attribute without quotes, a tag, <script>, <style>) the
 * template is refused; a value that begins a URL attribute has its scheme checked when it is written. */
#ifndef LECTERN_TEMPLATE_H
#define LECTERN_TEMPLATE_H

#include "../base/diag.h"

/* A chunk that, called with the writing functions, gives the template's function:
 *   local write, escape, html, url, json, include, layout = ...
 *   return function(_ENV, blocks) ... end
 * False when the template makes no sense, after reporting it at a line of `path`. */
bool template_compile(Arena *arena, Text path, Text source, Diag *diag, Text *lua);

#endif

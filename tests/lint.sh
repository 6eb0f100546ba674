#!/bin/sh
# lint: what can be said about the code without running it.  Ends with status 1 when something is wrong.
set -u
status=0
fail() { echo "lint: $1"; status=1; }

# Calls go down: commands > course > script > formats > base, and commands > browser, server > base.
upward() {
    for above in $2; do
        found=$(grep -nE "#include \"(\.\./)?$above/" generator/"$1"/*.[ch])
        [ -z "$found" ] || fail "an include that goes up: $found"
    done
}
upward base "browser server formats script course commands"
upward browser "server formats script course commands"
upward server "browser formats script course commands"
upward formats "browser server script course commands"
upward script "browser server course commands"
upward course "browser server commands"

# Only script/ knows Lua; only arena.c asks for memory.
found=$(grep -lE '#include <(lua|lauxlib|lualib)\.h>' generator/*/*.[ch] | grep -v '^generator/script/')
[ -z "$found" ] || fail "lua.h outside of script/: $found"
found=$(grep -nE '\b(malloc|calloc|realloc)\(' generator/*/*.c | grep -v '^generator/base/arena.c')
[ -z "$found" ] || fail "memory from elsewhere than an arena: $found"

# Every file says what it is; no module grows past 600 lines.
for file in $(git ls-files 'generator/*.[ch]' 'plugins/*.lua' 'themes/*.js' 'themes/*.css' 'generator/*.js' 'generator/*.css' 'tests/*.js'); do
    head -n 1 "$file" | grep -qE '^(/\*|//|--) .' || fail "$file does not begin with a sentence saying what it is"
    lines=$(wc -l < "$file")
    [ "$lines" -le 600 ] || fail "$file has $lines lines"
done

# The default theme keeps its promises: nothing inline, nothing physical, nothing important.
found=$(grep -rnE ' style=| on[a-z]+="' themes/default/templates)
[ -z "$found" ] || fail "inline style or handler: $found"
found=$(grep -rn '!important' themes/default/css)
[ -z "$found" ] || fail "!important: $found"
found=$(grep -rnE '(margin|padding|border)-(left|right)' themes/default/css)
[ -z "$found" ] || fail "a physical property: $found"

if command -v cppcheck >/dev/null; then
    cppcheck --quiet --error-exitcode=1 --enable=warning,portability --inline-suppr \
        --suppress=missingIncludeSystem --std=c11 -D_GNU_SOURCE -Igenerator generator || status=1
fi
[ $status = 0 ] && echo "lint: nothing to say"
exit $status

#!/bin/sh
# SPDX-License-Identifier: MIT
# The rules of the tree that a compiler does not enforce: includes go down
# only, platform conditionals and certain headers stay in their files.
# usage: floors.sh SOURCE_ROOT
set -u
cd "${1:?usage: floors.sh SOURCE_ROOT}/src" || exit 1
bad=0

fail() {
    printf '%s\n' "$1"
    bad=1
}

# floor -> floors that it may include
may_include() {
    case $1 in
    base) echo base ;;
    import) echo base layout import ;;
    source) echo base source ;;
    layout) echo base layout ;;
    expr) echo base layout expr ;;
    loader) echo base layout expr loader ;;
    check) echo base layout expr loader check ;;
    sampler) echo base layout source sampler expr ;;
    writer) echo base layout source writer expr ;;
    output) echo base layout source sampler output ;;
    cli) echo base source layout expr loader sampler writer check import output ui cli ;;
    ui) echo base layout source sampler ui ;;
    esac
}

for floor in base source layout expr loader sampler writer check import output ui cli; do
    [ -d "$floor" ] || { fail "floor $floor is missing"; continue; }
    allowed=$(may_include "$floor")
    for used in $(grep -hoE '^ *# *include *"[^"]+"' "$floor"/*.[ch] |
        sed 's/.*"\(.*\)"/\1/' | sort -u); do
        [ -f "$used" ] || fail "$floor includes \"$used\": write \"floor/name.h\""
        case " $allowed " in
        *" ${used%%/*} "*) ;;
        *) fail "$floor must not include $used: $(grep -l "\"$used\"" "$floor"/*.[ch])" ;;
        esac
    done
done

# The condition itself, not its mention in a comment.
platform='^ *# *(if|ifdef|ifndef|elif).*(_WIN32|_WIN64|__linux|__unix|__APPLE__|__CYGWIN__|__MINGW|_MSC_VER)'
found=$(grep -nE "$platform" -- */*.[ch] ./*.[ch] | grep -vE '_(linux|windows)\.[ch]:')
[ -z "$found" ] || fail "platform conditionals outside *_linux.c and *_windows.c: $found"

only_in() {
    found=$(grep -lE "^ *# *include *[<\"]$1[>\"]" -- */*.[ch] ./*.[ch] | grep -vE "^$2\$")
    [ -z "$found" ] || fail "<$1> belongs to $2 alone, also in: $found"
}
only_in '(n?cursesw?/)?n?curses\.h' ui/term_curses.c
only_in 'ini\.h' base/ini.c
only_in '(lua[0-9.]*/)?(lua|lauxlib|lualib)\.h' 'expr/lua_(box|arithmetic)?\.[ch]'
only_in '(libdwarf[-0-9]*/)?(lib)?dwarf\.h' \
    'import/(dwarf_libdwarf\.c|dwarf_open\.[ch])'

for file in */*.[ch] ./*.[ch]; do
    head -n 1 "$file" | grep -q 'SPDX-License-Identifier: MIT' ||
        fail "$file: the first line names no license"
done

[ "$bad" -eq 0 ] && echo "floors: all rules hold"
exit "$bad"

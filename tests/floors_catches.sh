#!/bin/sh
# SPDX-License-Identifier: MIT
# The test of the floors must fail on a tree that breaks a rule: each rule is
# broken once in a copy.
# usage: floors_catches.sh SOURCE_ROOT
set -eu
root=${1:?usage: floors_catches.sh SOURCE_ROOT}
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
bad=0

# breaks WHAT FILE LINE: appending LINE to FILE must be noticed
breaks() {
    rm -rf "$copy/src"
    cp -R "$root/src" "$copy/src"
    printf '%s\n' "$3" >>"$copy/src/$2"
    if sh "$root/tests/floors.sh" "$copy" >/dev/null; then
        echo "not noticed: $1"
        bad=1
    fi
}

breaks 'an include that goes up' base/err.c '#include "layout/layout.h"'
breaks 'layout knows source' layout/value.c '#include "source/source.h"'
breaks 'output knows ui' output/output.c '#include "ui/view.h"'
breaks 'an include without its floor' base/err.c '#include "err.h"'
breaks 'a platform conditional' sampler/rate.c '#ifdef _WIN32'
breaks 'a platform conditional in an expression' sampler/rate.c \
    '#if defined(__linux__)'
breaks 'import knows the sampler' import/c_type.c \
    '#include "sampler/sampler.h"'
breaks 'libdwarf outside its files' import/c_type.c '#include <libdwarf.h>'
breaks 'curses outside its file' ui/draw.c '#include <curses.h>'
breaks 'inih outside its file' layout/layout.c '#include <ini.h>'
breaks 'Lua outside its file' expr/expr.c '#include <lua5.4/lauxlib.h>'
[ "$bad" -eq 0 ] && echo "floors_catches: every broken rule was noticed"
exit "$bad"

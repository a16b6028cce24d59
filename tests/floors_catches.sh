#!/bin/sh
# SPDX-License-Identifier: MIT
# tests/floors.py must fail on a tree that breaks a rule: each rule is broken once
# in a copy, and the message must name the file.
# usage: floors_catches.sh SOURCE_ROOT
set -eu
root=${1:?usage: floors_catches.sh SOURCE_ROOT}
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
bad=0

# breaks WHAT FILE LINE...: appending LINEs to FILE must be noticed
breaks() {
    what=$1 file=$2
    shift 2
    rm -rf "$copy/src"
    cp -R "$root/src" "$copy/src"
    printf '%s\n' "$@" >>"$copy/src/$file"
    if python3 "$root/tests/floors.py" "$copy" >"$copy/log" ||
        ! grep -q "$file" "$copy/log"; then
        echo "not noticed: $what"
        bad=1
    fi
}

breaks 'base includes layout' base/err.c '#include "layout/layout.h"'
breaks 'layout includes source' layout/value.c '#include "source/source.h"'
breaks 'layout includes the loader' layout/layout.c '#include "loader/loader.h"'
breaks 'draw includes layout' draw/grid.c '#include "layout/layout.h"'
breaks 'output includes ui' output/output.c '#include "ui/view.h"'
breaks 'import includes the sampler' import/c_type.c \
    '#include "sampler/sampler.h"'
breaks 'an include without its room' base/err.c '#include "err.h"'
breaks 'a private header of another room' loader/loader.c \
    '#include "expr/expr_private.h"'
breaks 'a platform conditional' sampler/rate.c '#ifdef _WIN32'
breaks 'a platform conditional in an expression' sampler/rate.c \
    '#if defined(__linux__)'
breaks 'a platform header in shared code' sampler/rate.c '#include <unistd.h>'
breaks 'libdwarf outside its files' import/c_type.c '#include <libdwarf.h>'
breaks 'curses outside its file' ui/draw.c '#include <curses.h>'
breaks 'inih outside its file' layout/layout.c '#include <ini.h>'
breaks 'utf8proc outside its room' layout/value.c '#include <utf8proc.h>'
breaks 'Lua outside its files' expr/expr.c '#include <lua5.4/lauxlib.h>'
breaks 'a header that declares what another file defines' layout/value.h \
    'bool limit_parse(const char *text, struct limit *out);' \
    'void field_put_type(struct buf *out, const struct field *field);'
breaks 'a header that declares what is nowhere' layout/value.h \
    'void value_nowhere(void);'
breaks 'a file without a license' layout/new.c 'int new_file;'
breaks 'a file in no room' loose.c '/* SPDX-License-Identifier: MIT */'
breaks 'a file that is too long' layout/layout.c "$(seq -f 'int line_%g;' 600)"
[ "$bad" -eq 0 ] && echo "floors_catches: every broken rule was noticed"
exit "$bad"

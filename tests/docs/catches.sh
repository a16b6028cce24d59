#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The tests of the documents must fail when a document and a table differ: each
# kind of word is broken in a copy, in both directions, and each break must have
# its message.
# usage: catches.sh WORDS SHMTOP DOC (the test program, the program, the folder)
set -uo pipefail
words=${1:?usage: catches.sh WORDS SHMTOP DOC}
shmtop=${2:?}
doc=${3:?}
here=$(cd "$(dirname "$0")" && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp "$doc"/* "$copy"
reasons=()
bad=0

# breaks FILE SED REASON: the change must lead to a message with REASON
breaks() {
    cp "$copy/$1" "$copy/before"
    sed "$2" "$copy/before" >"$copy/$1"
    reasons+=("$3")
    if cmp -s "$copy/before" "$copy/$1"; then
        echo "nothing to break in $1: $2"
        bad=1
    fi
}

# each PAGE MACRO WORD: the word loses its macro, and another word gets it
each() {
    breaks "$1" "s/$2 $3/No $3/" "$1: '${3#-}' "
    breaks "$1" "\$a .$2 xyzzy" "xyzzy' is marked by .$2"
}

# judged COMMAND...: the command must fail with all messages
judged() {
    local reason
    if "$@" >"$copy/out" 2>&1; then
        echo "nothing was noticed by: $*"
        bad=1
    fi
    for reason in "${reasons[@]}"; do
        grep -qF -e "$reason" "$copy/out" && continue
        echo "not noticed: $reason"
        bad=1
    done
    reasons=()
}

each shmtop.1 Cm import
each shmtop.1 Cm csv
each shmtop.1 Ic Ctrl-L
each shmtop.1 Dv GONE
each shmtop.1 Cd sort
each shmtop.1 Er 70
each shmtop.1 Li sysv:id=N
breaks shmtop.1 's/Fl -raw/No -raw/' "'--raw' (option) is not"
breaks shmtop.1 '$a .Fl -xyzzy' "shmtop.1: '--xyzzy' is marked"
breaks shmtop.1 's/ <PgUp>//' "'<PgUp>' (key keyname) is not"
breaks shmtop.1 's/^\.Bq Cm print check$/.Bq Cm print/' 'takes --format'
each shmtop-layout.5 Cd gone
each shmtop-layout.5 Ic hyst
each shmtop-layout.5 Cm tick
each shmtop-layout.5 Dv filetime
each shmtop-layout.5 Vt guid
each shmtop-layout.5 Sy walk
each shmtop-layout.5 Fn math.rad
breaks shmtop-layout.5 '$a .Fl -xyzzy' "shmtop-layout.5: '--xyzzy' is marked"
breaks shmtop-layout.5 's/Li "\[flags/Li "[flag/' "'flags' (section)"
breaks shmtop-layout.5 's/65536/65535/' 'the limit 65536'
breaks shmtop-layout.5 's/precision=2/precison=2/' "did you mean 'precision'"
if command -v groff >/dev/null; then
    wide=$(printf 'x%.0s' {1..80})
    breaks shmtop.1 "\$a .Bd -literal\n$wide\n.Ed" 'shmtop.1 is wider'
fi
judged bash "$here/manual.sh" "$words" "$shmtop" "$copy"

breaks completion.bash 's/ --raw / /' 'options of print'
breaks completion.bash 's/-p$/-p --xyzzy/' 'options of check'
breaks completion.bash 's/ recent / /' 'watch --sort'
breaks completion.bash 's/write set/write/' 'the command set'
breaks completion.bash "s/ --keys --config '/ --config '/" 'after --keys'
judged bash "$here/completion.sh" "$words" "$copy/completion.bash"
[ "$bad" -eq 0 ] && echo "every broken document was noticed"
exit "$bad"

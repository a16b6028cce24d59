#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The manual pages against the tables of the program: every word of a table is
# marked in its page, and every marked word is in a table. Examples of layouts
# are checked by the program.
# usage: manual.sh WORDS SHMTOP DOC (the test program, the program, the folder)
set -uo pipefail
words=${1:?usage: manual.sh WORDS SHMTOP DOC}
shmtop=${2:?}
doc=${3:?}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
fail() {
    echo "$1"
    bad=1
}

"$words" | tr -d '\r' >"$work/words" || exit
for page in shmtop.1 shmtop-layout.5; do
    awk -f "$here/marks.awk" "$doc/$page" >"$work/$page" ||
        fail "$page cannot be read"
done

# words_of KIND...
words_of() {
    local kind
    for kind; do sed -n "s/^$kind //p" "$work/words"; done | sort -u
}

# marks_of PAGE MACRO
marks_of() { awk -v macro="$2" '$1 == macro { print $2 }' "$work/$1" | sort -u; }

# compare PAGE MACRO KIND...: what the macro marks is what the kinds have
compare() {
    local word
    for word in $(comm -23 <(words_of "${@:3}" | cut -d' ' -f1) \
        <(marks_of "$1" "$2") | sed 's/\\/\\\\/g'); do
        fail "$1: '$word' (${*:3}) is not marked by .$2"
    done
    unknown "$@"
}

# unknown PAGE MACRO KIND...: nothing else is marked
unknown() {
    local word
    while read -r word; do
        fail "$1: '$word' is marked by .$2, but there is no such ${*:3}"
    done < <(comm -13 <(words_of "${@:3}") <(marks_of "$1" "$2"))
}

set -f # words such as ? are no patterns
export LC_ALL=C
compare shmtop.1 Fl option
compare shmtop.1 Cm command choice
compare shmtop.1 Ic key keyname
compare shmtop.1 Va action
compare shmtop.1 Dv state
compare shmtop.1 Cd config
compare shmtop.1 Er exit
compare shmtop.1 Li target
unknown shmtop-layout.5 Fl option
compare shmtop-layout.5 Cd mapping
compare shmtop-layout.5 Ic field
compare shmtop-layout.5 Cm snapshot
compare shmtop-layout.5 Dv value
compare shmtop-layout.5 Vt type
compare shmtop-layout.5 Sy pattern
compare shmtop-layout.5 Fn function
compare shmtop-layout.5 '[]' section

# Which commands take an option.
diff <(grep '^takes ' "$work/words" | sort) \
    <(grep '^takes ' "$work/shmtop.1" | sort) >"$work/diff" ||
    fail "shmtop.1: options and their commands: $(cat "$work/diff")"

for word in $(words_of limit); do
    grep -qE "(^|[^0-9])$word([^0-9]|$)" "$doc/shmtop-layout.5" ||
        fail "shmtop-layout.5 does not have the limit $word"
done

# An example that begins with a section is a whole layout.
awk -v work="$work" '
    /^\.Ed/ { file = "" }
    begin && /^\[/ { file = work "/example" ++count ".ini" }
    file { gsub(/\\&/, ""); gsub(/\\\(de/, "\302\260"); gsub(/\\e/, "\\"); print > file }
    { begin = /^\.Bd -literal/ }' "$doc/shmtop-layout.5"
set +f
for file in "$work"/example*.ini; do
    "$shmtop" check "$file" >/dev/null 2>"$work/err" ||
        fail "an example of shmtop-layout.5 is wrong: $(cat "$work/err" "$file")"
done

for page in shmtop.1 shmtop-layout.5; do
    if command -v mandoc >/dev/null; then
        mandoc -T lint -W warning "$doc/$page" >"$work/lint" 2>&1 ||
            fail "mandoc: $(cat "$work/lint")"
    fi
    if command -v groff >/dev/null; then
        groff -mdoc -ww -Tlatin1 -P-cbou "$doc/$page" \
            2>"$work/lint" >"$work/text"
        [ ! -s "$work/lint" ] || fail "groff: $(cat "$work/lint")"
        ! grep -E '.{81}' "$work/text" || fail "$page is wider than 80 columns"
    fi
done
[ "$bad" -eq 0 ] && echo "the manual pages and the tables agree"
exit "$bad"

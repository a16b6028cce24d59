#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What the dashboard keeps: dashboard.ini by many dashboards at once, and the
# screen as a file.

# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

export XDG_CONFIG_HOME=$work/config XDG_CONFIG_DIRS=$work/config
export XDG_DATA_HOME=$work/data XDG_DATA_DIRS=$work/data
export XDG_STATE_HOME=$work/state HOME=$work
kept=$work/state/shmtop/dashboard.ini
mkdir -p "$work/data/shmtop/layouts" "$work/one" "$work/two"
head -c 64 /dev/zero >"$work/bytes"
layout() { # FILE
    printf '[mapping]\nname = file:%s\n[fields]\nfirst = u8 @0\nlast = u8 @1\n' \
        "$work/bytes" >"$1"
}
dashboard() { # KEYS TARGET... [OPTION...]
    "$SHMTOP" --screen 80x24 --count 1 --color never --keys "$@"
}
sections() { grep -c '^\[layout ' "$kept"; }

# --- one after the other -------------------------------------------------------
layout "$work/one/a.ini"
layout "$work/data/shmtop/layouts/b.ini"
dashboard '<Down>xw' "$work/one/a.ini" >"$work/out"
check "w answers with the file" grep -q "kept in" "$work/out"
check "the section has the full path of the layout" \
    grep -qxF "[layout $work/one/a.ini]" "$kept"
same "the file is its owner's" "$(stat -c %a "$kept")" 600
(cd "$work/one" && dashboard '' a.ini) >"$work/out"
check "the base of a field is there again" grep -q '0x0' "$work/out"
dashboard 'w' b >"$work/out"
check "an installed layout has its name" grep -qxF '[layout b]' "$kept"
same "the other section stays" "$(sections)" 2

# --- at once --------------------------------------------------------------------
for i in {1..24}; do
    layout "$work/two/$i.ini"
done
pids=()
for i in {1..24}; do
    dashboard '<Down>xw' "$work/two/$i.ini" >"$work/two/$i.out" &
    pids+=($!)
done
wait "${pids[@]}"
same "24 dashboards at once lose nothing" "$(sections)" 26
for i in {1..24}; do
    grep -qxF "[layout $work/two/$i.ini]" "$kept" || echo "# $i is missing"
    dashboard '' "$work/two/$i.ini" >"$work/out"
    grep -q '0x0' "$work/out" || check "$i has its base" false
done
same "nothing else is left in the folder" "$(ls -A "$work/state/shmtop")" \
    dashboard.ini

# --- what is wrong in the file -----------------------------------------------------
printf '[layout %s]\nnonsense\n' "$work/one/a.ini" >"$kept"
dashboard '' "$work/one/a.ini" >"$work/out" 2>"$work/err"
same "a wrong line does not stop the dashboard" $? 0
check "and is named" grep -q 'dashboard.ini:2: warning: ' "$work/err"
printf '[layout %s]\n\0' "$work/one/a.ini" >"$kept"
dashboard 'w' "$work/one/a.ini" >"$work/out" 2>"$work/err"
same "nor does a file that is no text" $? 0
check "which is not overwritten" grep -q 'not kept' "$work/out"
same "it is as it was" "$(tr -d '\n' <"$kept" | tail -c 1 | od -An -tx1 | tr -d ' ')" 00

# --- the screen as a file -----------------------------------------------------------
rm "$kept"
cd "$work" || exit 1
for end in txt svg; do
    dashboard "P~/screen.$end<Enter>" "$work/one/a.ini" >"$work/out" 2>"$work/err"
    check "P answers with the file" grep -q "saved .*screen.$end (" "$work/out"
    cp "screen.$end" "first.$end"
    dashboard "P~/screen.$end<Enter>" "$work/one/a.ini" >"$work/out" 2>"$work/err"
    check "a file that is there is not overwritten" \
        grep -q "exists and is not overwritten" "$work/out"
    same_files "... it is as it was" "screen.$end" "first.$end"
done
check "the picture is XML" python3 -c \
    'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' screen.svg
dashboard "Pnowhere/screen.txt<Enter>" "$work/one/a.ini" >"$work/out" 2>"$work/err"
check "nor is a folder made" grep -q "not saved: " "$work/out"

# --- several TARGETs ---------------------------------------------------------------
dashboard '' "$work/one/a.ini" b >"$work/out"
check "two layouts have a heading each" \
    [ "$(grep -c '▾ \(a.ini\|b\)  ' "$work/out")" -eq 2 ]
dashboard '' --layout b "file:$work/bytes" "$work/one/a.ini" >"$work/out"
same "--layout is for the mapping among them" $? 0
dashboard '' --include first "$work/one/a.ini" b >"$work/out"
same "--include holds for both" "$(grep -c ' first ' "$work/out")" 2
dashboard '' --include nothing "$work/one/a.ini" b >"$work/out" 2>"$work/err"
same "and must match in one of them" $? 64
dashboard '' --target "file:$work/bytes" b "$work/one/a.ini" 2>"$work/err"
same "--target is refused" $? 64
check "... with the way out" grep -q -- '--layout' "$work/err"
dashboard '' "$work/one/a.ini" "$work/none.ini" 2>"$work/err"
same "one that is not there ends it" $? 66
check "... and is named" grep -q 'none.ini' "$work/err"

finish

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# --rw beside a running producer: a set point is changed and taken back, on a
# terminal; and by strace, when the mapping is open for writing.
[ -n "${PRIVATE_SHM-}" ] ||
    exec sh "$(dirname "$0")/../private_shm.sh" bash "$0"
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
need strace stty tmux
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
# shellcheck source-path=SCRIPTDIR source=pane.sh
. "$here/pane.sh"

name=shmtop-live-edit.$$
at_exit() {
    end_panes
    rm -f "/dev/shm/$name"
}
layout=$work/demo.ini
sed "s/^name *= shmtop_demo/name = $name/" "$layouts/demo.ini" >"$layout"
there() { [ -s "/dev/shm/$name" ]; }
set_point() { once "$layout" | value set_point; }

start writer "$SHMTOP" write --quiet "$layout"
writer=$pid
need_at_start "the demo writer runs" 20 there
same "the set point at first" "$(set_point)" 4.2

# --- on a terminal ---------------------------------------------------------------

pane read "$SHMTOP" "$layout"
see "without --rw" "● LIVE"
keys / ; keys -l 'Set point' ; keys Enter e
see "e says why not" "read only: start with --rw to change values"
check "and no RW is shown" hides "RW"
keys q
see "it ends" "status=0"
end_pane

pane edit "$SHMTOP" --rw "$layout"
see "with --rw the first line has RW" "RW  ● LIVE"
keys / ; keys -l 'Set point' ; keys Enter
on "the cursor is on the set point" "Set point"
keys e
see "e asks" "Set point (0..6 bar): 4.20"
keys C-u ; keys -l 4.5 ; keys Enter
see "what the memory holds then" "Set point: 4.20 -> 4.50 bar, read back 4.50"
same "others see it" "$(set_point)" 4.5
keys .
see ". steps up" "4.50 -> 4.51"
keys , ,
see ", steps down" "4.50 -> 4.49"
keys u u u
see "u takes the steps back" "4.51 -> 4.50"
keys u
see "and the value that was set" "undone: Set point: 4.50 -> 4.20 bar, read back 4.20"
same "others see that, too" "$(set_point)" 4.2
keys u
see "there is no more" "nothing to undo"

# The writer's own field.
keys / ; keys -l Mode ; keys Enter
on "the cursor is on the mode" "Mode"
keys e Tab Enter
see "the writer writes it again" "but the producer wrote"
keys u
see "so there is nothing to take back" "not undone: field 'mode' holds"

# The past.
keys Space
see "Space holds" "PAUSED"
keys e
see "the past stays" "not in the past: Space returns to now"
keys Space
see "back to now" "● LIVE"

# The mapping goes away.
keys / ; keys -l 'Set point' ; keys Enter .
see "one more change" "4.20 -> 4.21"
stop "$writer"
see "the writer ends" "GONE"
keys .
see "what is gone cannot be changed" "not now: the mapping is GONE"
keys u
see "nor taken back" "not undone: no shared memory"
check "and nothing was created" [ ! -e "/dev/shm/$name" ]
start writer "$SHMTOP" write --quiet "$layout"
writer=$pid
see "another writer" "● LIVE"
keys u
see "its value is not touched" "not undone: field 'set_point' holds 4.20, not the 4.21 that was set"
keys q
see "it ends, too" "status=0"
end_pane

# A write of the producer that does not end.
stop "$writer" KILL
"$SHMTOP" set "$layout" set_point=5 2>"$work/set.err"
same "the writer rested when it was killed" $? 0
printf '\1' | dd of="/dev/shm/$name" conv=notrunc status=none
"$SHMTOP" set "$layout" set_point=4 2>"$work/set.err"
same "while seq is odd set is refused" $? 75
check "... with the reason" grep -q "has not ended: seq is odd" "$work/set.err"
same "... and stores nothing" \
    "$(od -An -tf4 -j56 -N4 "/dev/shm/$name" | tr -d ' ')" 5
rm "/dev/shm/$name"

# --- by strace ---------------------------------------------------------------------

strace -o "$work/trial" true 2>/dev/null || skip "strace may not trace here"
start writer "$SHMTOP" write --quiet "$layout"
need_at_start "the writer runs again" 20 there

# opened WHAT TIMES OPTION...: how often the mapping is opened for writing.
opened() {
    local what=$1 times=$2
    shift 2
    strace -f -o "$work/strace" "$SHMTOP" --screen 80x24 "$@" "$layout" \
        >"$work/out" 2>"$work/out.err" </dev/null
    same "$what: runs" $? 0
    check "$what: reads it" grep -q "\"/dev/shm/$name\", O_RDONLY" "$work/strace"
    same "$what: opened for writing" \
        "$(python3 "$here/writes_open.py" "$work/strace" "$name")" "$times"
}
point='/Set point<Enter>'
all="${point}e<C-u>4<Enter><tick>.<tick>,<tick>~u<tick>uu<Esc>"
opened "all keys without --rw" 0 --keys "$all"
same "nothing has changed" "$(set_point)" 4.2
opened "--rw=no" 0 --rw --rw=no --keys "$all"
opened "--rw without a key" 0 --rw --keys "jjk<tick><tick>2<tick>1"
opened "refused changes" 0 --rw --keys "${point}e<C-u>9<Enter>e<C-u>x<Enter>e<Esc><tick>"
opened "a field that is not writable" 0 --rw --keys "ge.,~<tick>"
opened "three changes and three times back" 6 --rw --keys "$all"
same "all is as before" "$(set_point)" 4.2
# It must detect what stays open.
python3 -c 'import sys
print("1 openat(AT_FDCWD, \"/dev/shm/x\", O_RDWR) = 3")
print("1 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 3, 0) = 0x7f")
print("1 close(3) = 0")
print("1 ppoll([], 0, NULL, [], 8) = 0 (Timeout)")' >"$work/strace"
same "a mapping that stays would be noticed" \
    "$(python3 "$here/writes_open.py" "$work/strace" /dev/shm/x 2>/dev/null)" bad

finish

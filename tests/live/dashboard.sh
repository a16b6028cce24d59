#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The dashboard on a real terminal (tmux): sizes, keys, states, suspending,
# poor terminals, and the end of a connection.
[ -n "${PRIVATE_SHM-}" ] ||
    exec sh "$(dirname "$0")/../private_shm.sh" bash "$0"
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
need tmux stty
unset NO_COLOR
# The unit tests check for leaks; here they would change exit codes.
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0

# shellcheck source-path=SCRIPTDIR source=pane.sh
. "$here/pane.sh"

name=shmtop-live-dashboard.$$
at_exit() {
    end_panes
    rm -f "/dev/shm/$name"
}

cat >"$work/dash.ini" <<END
[mapping]
name = shm:$name
size = 64
refresh = 50ms
[enum mode]
0 = Off
1 = Auto
[fields]
counter = i64 @0 label=Counter write="count 1"
level = f32 @8 label="Tank level" unit=m precision=2 write="const 4.2"
mode = u8 @12 label=Mode enum=mode write="const 1" group=Control
spare = u8 @13 label=Spare level=diag group=Control
name = char[16] @16 label=Name write="const north"
END

# --- the same screen as --screen, at every size --------------------------

cat >"$work/frames" <<END
size 64
set 0 3930000000000000
set 8 66668640
set 12 01
set 16 6e6f727468
frame
set 0 3a30000000000000
frame
frame gone
END
recorded=(--layout "$work/dash.ini" "mem:$work/frames" --refresh 20ms)
pane sizes "$SHMTOP" "${recorded[@]}"
# tmux pads rows with blanks, --screen does not.
is_screen() {
    screen | sed 's/ *$//' >"$work/tmux.txt"
    "$SHMTOP" --screen "$1" "${recorded[@]}" >"$work/screen.txt"
    cmp -s "$work/tmux.txt" "$work/screen.txt"
}
for size in 80x24 40x10 200x60 120x30 30x6 12x4 8x3 5x2 3x1 2x40 200x1 \
    80x24; do
    t resize-window -t sizes -x "${size%x*}" -y "${size#*x}"
    check "$size: the terminal shows what --screen prints" \
        wait_until 15 is_screen "$size"
    [ "$failures" -eq "${looked:-0}" ] ||
        diff "$work/tmux.txt" "$work/screen.txt" | sed 's/^/# /;20q'
    looked=$failures
done
end_pane

# --- keys ----------------------------------------------------------------

start writer "$SHMTOP" write --quiet "$work/dash.ini"
writer=$pid
pane keys "$SHMTOP" "$work/dash.ini"
see "the counter is live" "● LIVE"
look
wait_until 15 shows "Counter"
first=$(counter)
check "it counts" wait_until 15 moved
keys j
on "j moves down" "Tank level"
keys G
on "G moves to the end" "Name"
keys g Up PageDown Home
on "arrows and pages move" "Counter"
keys /
keys -l Mode
see "/ asks" "/Mode"
keys Enter
on "/ finds" "Mode"
keys x
see "x changes the number base" "mode: dec"
keys '\'
keys -l tank
check "a filter works while it is typed" wait_until 15 hides "Counter  "
keys Enter
see "it stays" "1/1  \\tank"
keys Escape
see "Esc clears the filter" "all rows"
keys v
see "v shows more fields" "Spare"
keys v v
keys s
see "s asks for the order" "[x] as in the layout"
keys j Enter
see "and sorts" "by name"
keys I
see "I reverses it" "by name, reversed"
keys s k Enter
check "and back" wait_until 15 hides "by name"
keys g j
see "the details are shown" "@0x0008"
keys Enter
check "Enter closes the detail pane" wait_until 15 hides "@0x0008"
keys Enter
see "Enter opens it again" "@0x0008"
keys j
on "j moves to the heading" "▾ Control"
keys Enter
see "Enter folds it" "▸ Control"
keys Enter
see "and unfolds it" "▾ Control"
keys d
see "d changes the highlight" "changed since the baseline"
keys 0
see "0 sets the baseline" "baseline: "
keys -
see "- is slower and says so" "refresh 100 ms (10 Hz)"
keys +
see "+ is faster" "refresh 50 ms (20 Hz)"
keys '?'
see "? helps" "q back"
keys q
see "q leaves help" "● LIVE"
keys Space
see "Space holds the moment" "PAUSED"
first=$(counter)
keys g j
on "the cursor moves while held" "Tank level"
same "the moment stays" "$(counter)" "$first"
fell() {
    local value
    value=$(counter)
    [ -n "$value" ] && [ "$value" -lt "$first" ]
}
keys '[' '['
check "[ goes a sample back" wait_until 15 fell
keys Space
check "Space is live again" wait_until 15 moved

# A button that is released is an event that nothing wants: curses reads on.
keys -l $'\e[M !!'
see "a click goes to a view" "1 Table"
keys -l $'\e[M#!!'
first=$(counter)
check "it counts on after a click" wait_until 15 moved
keys -l $'\e[M"!!'
first=$(counter)
check "and while the right button is down" wait_until 15 moved
keys -l $'\e[M#!!'
check "PAUSED goes" wait_until 15 hides "PAUSED"
keys Tab
see "Tab shows the health" "LIVE for"
keys Tab
see "Tab shows the plot" "plot  "
keys Tab
see "Tab shows the table again" "Range or trend"
keys D V
see "a key without a meaning says so" "? help"
keys w
see "w keeps the settings" "dashboard.ini"
# One at a time, like a key that is held: each wakes the program up.
for ((i = 0; i < 24; i++)); do
    keys F5
    sleep 0.03
done
check "held keys without a meaning do not end it" hides "status="
for ((i = 0; i < 24; i++)); do
    keys -l $'\e[M"!!'
    sleep 0.03
done
check "nor do clicks without one" hides "status="
keys C-l
see "Ctrl-L draws anew" "Tank level"
look

# --- the producer ends and restarts --------------------------------------

stop "$writer"
see "the producer ends: GONE" "● GONE"
see "its values are held and marked" "? Tank level"
see "and still shown" "4.20"
start writer "$SHMTOP" write --quiet "$work/dash.ini"
writer=$pid
see "it comes back: generation 2" "gen 2"
check "live again" wait_until 15 shows "● LIVE"
see "and says so" "re-attached: generation 2"
keys q
see "q quits with status 0" "status=0"
look
end_pane

# --- in a shell: stop, continue, and leave the terminal as it was --------

bare_pane shell env PS1='ready> ' bash --norc --noprofile -i
wait_until 15 shows "ready>"
keys "stty -g >$work/before" Enter
keys "$SHMTOP $work/dash.ini" Enter
see "started from a shell" "● LIVE"
check "it uses the alternate screen" is alternate_on 1
keys C-z
see "Ctrl-Z gives the terminal back" "Stopped"
check "off the alternate screen" is alternate_on 0
check "with its cursor" is cursor_flag 1
keys "stty -g >$work/stopped" Enter
check "and its modes" wait_until 15 cmp -s "$work/before" "$work/stopped"
keys "fg" Enter
see "fg draws it again" "Tank level"
first=$(counter)
check "and it counts on" wait_until 15 moved
keys j
on "with keys" "Tank level"
keys q
check "after q: the shell's screen" wait_until 15 is alternate_on 0
keys "stty -g >$work/quit" Enter
check "after q: the modes" wait_until 15 cmp -s "$work/before" "$work/quit"
child() { pgrep -P "$(t display -p -t "$now" '#{pane_pid}')" -x shmtop; }
for signal in TERM INT HUP QUIT; do
    keys "$SHMTOP $work/dash.ini" Enter
    wait_until 15 shows "● LIVE"
    kill "-$signal" "$(child)"
    check "after SIG$signal: the shell's screen" wait_until 15 is alternate_on 0
    check "after SIG$signal: the cursor" wait_until 15 is cursor_flag 1
    rm -f "$work/quit"
    keys "echo status=\$? ; stty -g >$work/quit" Enter
    see "after SIG$signal: status 0" "status=0"
    check "after SIG$signal: the modes" \
        wait_until 15 cmp -s "$work/before" "$work/quit"
    keys "clear" Enter
    wait_until 15 hides "status=0"
done
look
end_pane

# --- poor terminals ------------------------------------------------------

colors() {
    t capture-pane -e -p -t "$now" | grep -qE $'\e\\[([0-9;]*;)?3[0-7]m'
}
not() { ! "$@"; }
plain() { ! screen | LC_ALL=C grep -q '[^ -~]'; }

pane color "$SHMTOP" "$work/dash.ini"
see "a colour terminal" "● LIVE"
check "has colours" wait_until 15 colors
end_pane
pane nocolor env NO_COLOR=1 "$SHMTOP" "$work/dash.ini"
see "NO_COLOR" "● LIVE"
check "has none" not colors
end_pane
for term in vt100 linux xterm screen; do
    pane "$term" env TERM="$term" "$SHMTOP" "$work/dash.ini"
    on "TERM=$term" "Counter"
    keys Down
    on "TERM=$term: arrow keys" "Tank level"
    [ "$term" != vt100 ] || check "TERM=vt100: no colours" not colors
    end_pane
done
pane ascii env LC_ALL=C TERM=vt100 "$SHMTOP" "$work/dash.ini"
on "LC_ALL=C" "Counter"
check "is ASCII only" plain
keys '?'
see "LC_ALL=C: help" "q back"
check "is ASCII only, too" plain
end_pane
for term in dumb nonsense ''; do
    pane refused env TERM="$term" "$SHMTOP" "$work/dash.ini"
    see "TERM='$term' is refused with status 69" "status=69"
    see "TERM='$term': print is suggested" "shmtop print"
    end_pane
done
"$SHMTOP" "$work/dash.ini" </dev/null >"$work/out" 2>"$work/out.err"
same "without a terminal: status 69" $? 69
check "without a terminal: nothing on stdout" [ ! -s "$work/out" ]
look

# --- a saved layout ---------------------------------------------------------

pane saved "$SHMTOP" "$work/dash.ini"
see "the layout is shown" "Counter"
keys G
on "the cursor is on the last field" "Name"
sed 's/label=Counter/label=Kilometres/' "$work/dash.ini" >"$work/new.ini"
mv "$work/new.ini" "$work/dash.ini"
see "a saved layout is shown" "Kilometres"
on "the cursor stays on its field" "Name"
see "at the rate of before" " 20 Hz"
sed -i 's/refresh = 50ms/refresh = 100ms/' "$work/dash.ini"
see "another rate is taken over" " 10 Hz"
echo 'wrong = i46' >>"$work/dash.ini"
see "an unsound one says what is wrong" "unknown type 'i46'"
check "and the old one stays, live" shows "Kilometres"
check "and counts" wait_until 15 shows "● LIVE"
sed -i 's/i46/i64 @40 label=Added/' "$work/dash.ini"
see "a mended one is shown" "Added"
check "without the message" wait_until 15 hides "unknown type"
keys q
end_pane

# --- the connection drops ------------------------------------------------

check "a closed terminal ends it, SIGHUP ignored or not" \
    python3 "$here/hangup.py" "$SHMTOP" "$work/dash.ini"
check "a stop signal ends it though its terminal takes nothing any more" \
    python3 "$here/hangup.py" --stuck "$SHMTOP" "$work/dash.ini"

stop "$writer"
finish

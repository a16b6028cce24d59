#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The dashboard as a Windows program: in Wine's console on a terminal (tmux),
# and in a console window on an invisible desktop, where console.c presses
# keys. Wine's console reads the size of a terminal only at its start, so only
# the window is resized.
# usage: console.sh SHMTOP.exe CONSOLE.exe
# shellcheck source-path=SCRIPTDIR source=lib.sh
SHMTOP=${1:?names no shmtop.exe}
driver=${2:?names no console.exe}
. "$(dirname "$0")/lib.sh"
need wine tmux stty Xvfb
# shellcheck source-path=SCRIPTDIR source=pane.sh
. "$here/pane.sh"
at_exit() { end_panes; }

tests=$(cd "$here/.." && pwd)
wine=$(cd "$tests/../cmake" && pwd)/wine.sh
prefix=${XDG_CACHE_HOME:-$HOME/.cache}/shmtop-tests/wine
shmtop=(sh "$wine" "$prefix" "$SHMTOP")
check "it runs" "${shmtop[@]}" --version >"$work/version"
[ "$failures" -eq 0 ] || finish

layout=$work/dash.ini
cat >"$layout" <<END
[mapping]
name = shmtop-console-$$
size = 64
refresh = 50ms
[fields]
counter = i64 @0 label=Counter write="count 1"
level = f32 @8 label="Tank level" unit=m precision=2 write="const 4.2"
name = char[16] @16 label=Name write="const north"
END

# serve: starts the producer.
serve() {
    start writer "${shmtop[@]}" write --quiet "$layout"
    writer=$pid
}
serve

# --- on a terminal -------------------------------------------------------

# Runs the program twice and reads a line after each.  Wine's console restores
# the modes a moment after its last program has ended.
cat >"$work/session" <<'END'
trap : INT
before=$(stty -g)
for run in 1 2; do
    "$@"
    echo "status=$?"
    until [ "$(stty -g)" = "$before" ]; do sleep 0.05; done
    echo "modes as before"
    read -r line
    clear
    echo "read: $line"
    read -r line
done
END
bare_pane session sh "$work/session" "${shmtop[@]}" "$layout"
see "the producer is live" "● LIVE"
see "the selected field is described" "@0x0000"
look
first=$(counter)
check "it counts" wait_until 15 moved
check "LIVE is green" grep -q $'\e\\[[0-9;]*92m● LIVE' < <(t capture-pane -e -p -t "$now")
same "a rule of all 80 columns" "$(screen | sed -n 2p | tr -d '\n' | wc -m)" 80
keys j
see "j moves down" " 2/3 "
keys k
see "k moves up" " 1/3 "
keys Down
see "so do arrows" " 2/3 "
keys '?'
see "? helps" "q back"
keys Escape
see "Esc leaves help" "● LIVE"
keys 2
see "the health says where the name was found" "Local"
keys 1
keys d
see "d changes the highlight" "changed since the baseline"
keys +
see "+ is faster and says so" "refresh 20 ms (50 Hz)"
keys /
keys -l nam
see "/ asks" "/nam"
keys Enter
see "/ finds" " 3/3 "
keys Space
see "Space holds the moment" "PAUSED"
keys Space
first=$(counter)
check "Space is live again" wait_until 15 moved
look

stop "$writer"
see "the producer ends: GONE" "● GONE"
serve
see "it comes back: generation 2" "gen 2"
keys q
see "q quits with status 0" "status=0"
see "the terminal's modes are as before" "modes as before"
check "it has its cursor" wait_until 15 is cursor_flag 1
keys 'usable again' Enter
see "it takes lines" "read: usable again"
check "the screen is clear" hides "Counter"
keys Enter
see "once more" "● LIVE"
keys C-c
see "Ctrl-C ends it with status 0" "status=0"
see "the modes are as before" "modes as before"
look
end_pane

# Another program shares the console: it can read lines again afterwards.
pane prompt sh "$wine" "$prefix" cmd
see "cmd has a prompt" '>'
keys -l "\"Z:${SHMTOP//\//\\}\" \"Z:${layout//\//\\}\""
keys Enter
see "started from cmd" "● LIVE"
has_title() { screen | head -n 1 | grep -qE '^ dash  '; }
check "the file's name without its folder is the title" wait_until 15 has_title
keys q
has_prompt() { screen | grep -q '^Z:[^"]*>[^"]*$'; } # without a command
check "the prompt is back" wait_until 15 has_prompt
keys -l 'echo after-%errorlevel%'
keys Enter
see "cmd goes on with status 0" "after-0"
keys -l 'exit 5'
keys Enter
see "and ends as it is told" "status=5"
look
end_pane

# --- in a window ---------------------------------------------------------

bash "$tests/desktop.sh" "$wine" "$prefix" "$driver" "$SHMTOP" "$layout" \
    >"$work/window" 2>&1
status=$?
sed 's/^\(not \)*ok - /&window: /' "$work/window"
check "window: status $status" [ "$status" -eq 0 ]

stop "$writer"
finish

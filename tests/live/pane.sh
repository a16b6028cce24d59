# SPDX-License-Identifier: MIT
# Sourced after lib.sh by tests that run the dashboard on a real terminal, a
# pane of a private tmux server.  Their `at_exit` must call end_panes.
# shellcheck shell=bash
need tmux

server=shmtop-live-$$
export TMUX_TMPDIR=$work
cat >"$work/tmux.conf" <<END
set -g status off
set -g default-terminal screen-256color
set -sg exit-empty off
set -sg escape-time 10
END
t() { tmux -L "$server" -f "$work/tmux.conf" "$@"; }
end_panes() { t kill-server 2>/dev/null; }

# pane NAME COMMAND...: runs the command in a new terminal, which the functions
# below then use.  The shell shows its status when it has ended, because tmux
# does not always notice.
pane() {
    # shellcheck disable=SC2016 # for the shell in the pane
    bare_pane "$1" sh -c '"$@"; echo "status=$?"; exec sleep 300' sh "${@:2}"
}
bare_pane() {
    now=$1
    shift
    t new-session -d -s "$now" -x 80 -y 24 "$@" && return
    echo "not ok - tmux runs"
    exit 1
}
screen() { t capture-pane -p -t "$now"; }
shows() { screen | grep -qF -- "$1"; }
hides() { ! shows "$1"; }
keys() { t send-keys -t "$now" "$@"; }
is() { [ "$(t display -p -t "$now" "#{$1}")" = "$2" ]; }
see() { check "$1" wait_until 15 shows "$2" || screen; }
# cursor_on NAME: whether the row of the cursor, which is inverted, has that
# name.
cursor_on() {
    t capture-pane -e -p -t "$now" |
        grep -E $'^(\e\\[[0-9;]*m)*\e\\[([0-9]*;)*7m' |
        sed $'s/\e\\[[0-9;]*m//g' | grep -qE "^.* $1( |\$)"
}
on() { check "$1" wait_until 15 cursor_on "$2" || screen; }
end_pane() { t kill-session -t "$now"; }
# Prints the screen of a failed check for the log.
look() {
    [ "$failures" -eq "${looked:-0}" ] || screen | sed 's/^/# /'
    looked=$failures
}

# counter: prints the number next to the label Counter.
counter() {
    screen | sed -n 's/^.*Counter  *\([0-9 ]*[0-9]\)  .*$/\1/p' | tr -d ' '
}
# moved: whether the counter is greater than $first.
moved() {
    local value
    value=$(counter)
    [ -n "$value" ] && [ "$value" -gt "$first" ]
}

# SPDX-License-Identifier: MIT
# Sourced after lib.sh by the tests that drive the dashboard on a real terminal,
# which is a pane of a tmux server of their own; `at_exit` is to call end_panes.
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

# pane NAME COMMAND...: the command in a terminal of its own, which becomes
# the one that the functions below mean.  Its status is shown when it has
# ended; tmux does not always get to know that.
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
end_pane() { t kill-session -t "$now"; }
# What a failed check saw, for the log.
look() {
    [ "$failures" -eq "${looked:-0}" ] || screen | sed 's/^/# /'
    looked=$failures
}

# counter: the number beside the label Counter.
counter() {
    screen | sed -n 's/^.*Counter  *\([0-9 ]*[0-9]\)  .*$/\1/p' | tr -d ' '
}
# moved: whether it is above $first.
moved() {
    local value
    value=$(counter)
    [ -n "$value" ] && [ "$value" -gt "$first" ]
}

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Makes screenshots/dashboard.png: runs the demo layout with its server, and the
# dashboard in a terminal (tmux).
#
# usage: screenshots/make.sh [PROGRAM]     (build/shmtop)
set -eu -o pipefail
cd "$(dirname "$0")/.."
shmtop=$(realpath "${1:-build/shmtop}")
columns=96 rows=30
server=shmtop-picture-$$
python=python3
"$python" -c 'import PIL' 2>/dev/null || python=/usr/bin/python3
"$python" -c 'import PIL' 2>/dev/null || {
    echo "needs the Debian packages python3-pil, fonts-dejavu-core, tmux" >&2
    exit 1
}
export LC_ALL=C.UTF-8
unset NO_COLOR

work=$(mktemp -d)
writer=
t() { tmux -L "$server" -f "$work/tmux.conf" "$@"; }
trap 't kill-server 2>/dev/null || true; [ -z "$writer" ] || kill "$writer"
      rm -rf "$work"' EXIT
cat >"$work/tmux.conf" <<END
set -g status off
set -g default-terminal tmux-256color
END

"$shmtop" write --quiet layouts/demo.ini &
writer=$!
t new-session -d -s picture -x "$columns" -y "$rows" \
    "$shmtop" layouts/demo.ini

# until_shown PATTERN: waits up to 30 seconds until the screen shows it.
until_shown() {
    local end=$((SECONDS + 30))
    until t capture-pane -p -t picture | grep -qE "$1"; do
        [ "$SECONDS" -lt "$end" ] || {
            echo "no '$1' on the screen" >&2
            exit 1
        }
        sleep 0.1
    done
}
until_shown 'LIVE'
t send-keys -t picture / ; t send-keys -t picture -l outlet
t send-keys -t picture Enter
until_shown '▸[ !]*Outlet'
# Wait until the trend is full and the messages are gone.
until_shown 'Cycles +11 7[4-9][0-9] '
t capture-pane -e -p -N -t picture >"$work/screen"
"$python" screenshots/render.py "$columns" "$rows" screenshots/dashboard.png \
    <"$work/screen"
ls -l screenshots/dashboard.png

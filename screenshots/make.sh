#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Makes screenshots/dashboard-COLUMNSxROWS.png: runs the demo layout with its
# server, and one dashboard in a terminal (tmux) of several sizes.
#
# usage: screenshots/make.sh [PROGRAM [SIZE ...]]   (build/release/shmtop 80x24
# 120x40 200x60); $FOLDER gets the pictures (screenshots)
set -eu -o pipefail
cd "$(dirname "$0")/.."
# The demo's name may be in use.
[ -n "${PRIVATE_SHM-}" ] ||
    exec sh tests/private_shm.sh bash screenshots/make.sh "$@"
shmtop=$(realpath "${1:-build/release/shmtop}")
shift $(($# > 0))
[ $# -gt 0 ] || set -- 80x24 120x40 200x60
folder=${FOLDER:-screenshots}
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
# Not the settings of whoever makes the pictures.
export XDG_CONFIG_HOME=$work XDG_STATE_HOME=$work

"$shmtop" write --quiet layouts/demo.ini &
writer=$!
t new-session -d -s picture -x 120 -y 40 "$shmtop" layouts/demo.ini

# until_shown PATTERN: waits up to 90 seconds until the screen shows it.
until_shown() {
    local end=$((SECONDS + 90))
    until t capture-pane -p -t picture | grep -qE "$1"; do
        [ "$SECONDS" -lt "$end" ] || {
            echo "no '$1' on the screen" >&2
            exit 1
        }
        sleep 0.1
    done
}

# find TEXT: moves the cursor to it.
find() {
    t send-keys -t picture -l "/$1"
    t send-keys -t picture Enter
}

until_shown 'LIVE'
find outlet
# Wait until the trends are full and the messages are gone.
until_shown 'Cycles +11 9'
for size; do
    columns=${size%x*} rows=${size#*x}
    t resize-window -t picture -x "$columns" -y "$rows"
    until_shown 'Outlet pressure .*'
    sleep 1 # some frames at this size
    t capture-pane -e -p -N -t picture >"$work/screen"
    "$python" screenshots/render.py "$columns" "$rows" \
        "$folder/dashboard-$size.png" <"$work/screen"
    ls -l "$folder/dashboard-$size.png"
done

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Makes screenshots/dashboard-COLUMNSxROWS.png, and of the first of 120 columns
# the past and a plot: runs the demo layout with its server, and a dashboard in a
# terminal (tmux) for each size.
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
for size; do
    t new-session -d -s "$size" -x "${size%x*}" -y "${size#*x}" \
        "$shmtop" layouts/demo.ini
done

# until_shown SIZE PATTERN: waits up to 90 seconds until the screen shows it.
until_shown() {
    local end=$((SECONDS + 90))
    until t capture-pane -p -t "$1" | grep -qE "$2"; do
        [ "$SECONDS" -lt "$end" ] || {
            echo "no '$2' on the screen of $1" >&2
            exit 1
        }
        sleep 0.1
    done
}

for size; do
    until_shown "$size" 'LIVE'
    t send-keys -t "$size" -l /outlet
    t send-keys -t "$size" Enter
done
# shoot SIZE NAME: a picture of that screen.
shoot() {
    t capture-pane -e -p -N -t "$1" >"$work/screen"
    "$python" screenshots/render.py "${1%x*}" "${1#*x}" \
        "$folder/$2-$1.png" <"$work/screen"
    ls -l "$folder/$2-$1.png"
}

for size; do
    # Until the trends are full and the messages are gone, and an alarm is on.
    until_shown "$size" 'Cycles +1(1 9|2 )'
    until_shown "$size" '! +Outlet'
    shoot "$size" dashboard
done
for size; do
    [ "${size%x*}" = 120 ] || continue
    # Just before the alarm began; the messages have gone after 4 seconds.
    t send-keys -t "$size" '(' '{'
    until_shown "$size" 'PAUSED'
    until_shown "$size" 'b compare'
    shoot "$size" past
    t send-keys -t "$size" Space
    for path in 'pumps[0].temp' 'pumps[1].temp'; do
        t send-keys -t "$size" -l ":$path"
        t send-keys -t "$size" Enter m
    done
    t send-keys -t "$size" 3 z
    until_shown "$size" ' b .*Temperature'
    until_shown "$size" "log axis"
    shoot "$size" plot
    break
done

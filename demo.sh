#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs missing packages, builds shmtop, starts the demo server and opens the
# dashboard.  Without a terminal it prints a few samples and ends.
set -eu
cd "$(dirname "$0")"
. cmake/need.sh

# shellcheck disable=SC2086 # a list of words
need $build_packages

echo "==> building build/release/shmtop"
log=$(mktemp)
if ! { cmake --preset release && cmake --build --preset release; } >"$log" 2>&1
then
    cat "$log" >&2
    rm -f "$log"
    exit 1
fi
rm -f "$log"

shmtop=build/release/shmtop
layout=layouts/demo.ini
writer=
stop_writer() {
    [ -z "$writer" ] || { kill "$writer" 2>/dev/null && wait "$writer"; } || :
    writer=
}
trap stop_writer EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# If a server runs already (a second demo, or your own), watch that one.
if "$shmtop" print --once "$layout" >/dev/null 2>&1; then
    echo "==> shmtop_demo exists already: watching it"
else
    echo "==> starting the server: $shmtop write $layout"
    "$shmtop" write --quiet "$layout" &
    writer=$!
fi

if [ -t 0 ] && [ -t 1 ]; then
    echo "==> opening the dashboard: $shmtop $layout"
    "$shmtop" --wait=10 "$layout"
else
    echo "==> no terminal, so three samples: $shmtop print $layout"
    "$shmtop" print --wait=10 --count 3 --refresh 1s --exclude 'valves*' \
        "$layout"
fi

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The Windows programs in Wine: the cost of a sample compared with memcpy, the
# CPU time of the dashboard at 10 Hz with 100 fields, the sizes of program and
# zip.
# usage: tests/bench/wine.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
tmux=(tmux -L "shmtop-bench-$$")
writer=
trap '"${tmux[@]}" kill-server 2>/dev/null || :; [ -z "$writer" ] || kill "$writer" 2>/dev/null || :; rm -rf "$work"' EXIT
wine=(sh "$PWD/cmake/wine.sh" "${XDG_CACHE_HOME:-$HOME/.cache}/shmtop-tests/wine")

cat >"$work/hundred.ini" <<END
[mapping]
name = shmtop-bench-$$
refresh = 100ms
[fields]
counter = i64[20] write="count 1"
level = f32[80] write="const 4.2"
END

# ticks PID: CPU time of the process so far, in clock ticks.
ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }

# find_dashboard LAYOUT: waits until the dashboard has drawn, prints its PID.
find_dashboard() {
    local i
    for ((i = 0; i < 300; i++)); do
        if "${tmux[@]}" capture-pane -p | grep -q LIVE; then
            pgrep -n -f "shmtop.exe $1\$" && return
        fi
        sleep 0.1
    done
    echo "the dashboard does not start" >&2
    return 1
}

for preset in win64 win32; do
    folder=build/bench-$preset
    cmake --preset "$preset" -DCMAKE_BUILD_TYPE=Release -B "$folder" >/dev/null
    cmake --build "$folder" --target shmtop bench_frame package >/dev/null
    echo "--- $preset"
    "${wine[@]}" "$folder/tests/bench_frame.exe" map: | tr -d '\r'
    "${wine[@]}" "$folder/shmtop.exe" write --quiet "$work/hundred.ini" &
    writer=$!
    "${tmux[@]}" -f /dev/null new-session -d -x 80 -y 24 \
        "${wine[*]} $folder/shmtop.exe $work/hundred.ini"
    pid=$(find_dashboard "$work/hundred.ini")
    before=$(ticks "$pid")
    sleep 20
    awk -v t=$(($(ticks "$pid") - before)) -v hz="$(getconf CLK_TCK)" 'BEGIN {
        printf "dashboard, 100 fields, 10 Hz: %.2f %% of a core, %.2f ms a sample\n",
            t / hz / 20 * 100, t / hz / 200 * 1000 }'
    "${tmux[@]}" kill-server
    kill "$writer"
    wait "$writer" 2>/dev/null || :
    writer=
    cp "$folder/shmtop.exe" "$work/shmtop.exe"
    case $preset in
    win64) x86_64-w64-mingw32-strip "$work/shmtop.exe" ;;
    win32) i686-w64-mingw32-strip "$work/shmtop.exe" ;;
    esac
    echo "shmtop.exe, stripped: $(stat -c %s "$work/shmtop.exe") bytes," \
        "zip: $(cat "$folder"/shmtop-*.zip | wc -c) bytes"
done

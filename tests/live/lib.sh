# SPDX-License-Identifier: MIT
# Sourced by the live tests: a temporary folder in $work, processes that are
# stopped at exit by their id, waiting for conditions, and checks that print
# `ok - what` or `not ok - what`.
#
# SHMTOP is the program under test.  A test ends with `finish`; exit 77 means
# that something it needs is missing on this machine.
# shellcheck shell=bash

set -u -o pipefail
export LC_ALL=C.UTF-8

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck disable=SC2034 # for the tests
layouts=$(cd "$here/../../layouts" && pwd)
failures=0
started=()

skip() {
    echo "skip - $*" >&2
    exit 77
}

# need COMMAND...: skips the test if one is missing.
need() {
    local command
    for command; do
        command -v "$command" >/dev/null ||
            skip "$command is missing (see tests/live/packages.txt)"
    done
}

cleanup() {
    local status=$? pid
    trap - EXIT
    for pid in ${started[@]+"${started[@]}"}; do
        kill -KILL "$pid" 2>/dev/null
        wait "$pid" 2>/dev/null
    done
    declare -F at_exit >/dev/null && at_exit
    rm -rf "$work"
    exit "$status"
}

: "${SHMTOP:?names the program under test}"
command -v "$SHMTOP" >/dev/null || { echo "no program $SHMTOP"; exit 1; }
need jq python3
work=$(mktemp -d "${TMPDIR:-/tmp}/shmtop-live.XXXXXX") || exit 1
trap cleanup EXIT
# Neither the settings of whoever runs the tests, nor settings for them.
export XDG_CONFIG_HOME=$work/config XDG_STATE_HOME=$work/state
trap 'exit 1' HUP INT TERM

# start OUT COMMAND...: runs it in the background, its output in $work/OUT (and
# OUT.err), its id in $pid.
start() {
    local out=$work/$1
    shift
    : >"$out"
    "$@" >"$out" 2>"$out.err" </dev/null &
    pid=$!
    started+=("$pid")
}

# stop PID [SIGNAL]: ends a process that `start` started, and waits for it.
stop() {
    local one left=()
    kill "-${2:-TERM}" "$1" 2>/dev/null
    wait "$1" 2>/dev/null
    for one in ${started[@]+"${started[@]}"}; do
        [ "$one" = "$1" ] || left+=("$one")
    done
    started=(${left[@]+"${left[@]}"})
}

# wait_until SECONDS COMMAND...: whether the command succeeds within that time.
wait_until() {
    local end=$((SECONDS + $1 + 1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.05
    done
}

# check WHAT COMMAND...: counts a failure unless the command succeeds.
check() {
    local what=$1
    shift
    if "$@"; then
        echo "ok - $what"
    else
        echo "not ok - $what"
        failures=$((failures + 1))
    fi
}

# same WHAT GOT WANTED
same() {
    check "$1" [ "$2" = "$3" ]
    [ "$2" = "$3" ] || printf '# got    %s\n# wanted %s\n' "$2" "$3"
}

# same_files WHAT GOT WANTED: shows the first lines that differ.
same_files() {
    if [ -s "$2" ] && diff "$2" "$3" >"$work/diff"; then
        echo "ok - $1"
    else
        echo "not ok - $1"
        failures=$((failures + 1))
        [ -s "$2" ] || echo "# $2 is empty"
        sed 's/^/# /;20q' "$work/diff"
    fi
}

# need_at_start WHAT SECONDS COMMAND...: waits for a condition of all other
# checks; on a timeout prints the output of the processes and ends the test.
need_at_start() {
    local what=$1 seconds=$2
    shift 2
    wait_until "$seconds" "$@" && return
    echo "not ok - $what"
    tail -n 5 "$work"/*.err | sed 's/^/# /'
    exit 1
}

# once [OPTION...] TARGET: prints one sample as a line of JSON.
once() {
    "$SHMTOP" print --once --format json "$@"
}

# watch NAME [OPTION...] TARGET: writes samples as JSON to $work/NAME until it
# is stopped; the first one when the mapping exists.
watch() {
    local name=$1
    shift
    start "$name" "$SHMTOP" print --wait --refresh 50ms --format json "$@"
}

# is_waiting TARGET...: whether the first line of the dashboard has WAITING.
is_waiting() {
    "$SHMTOP" --screen 80x24 --color never "$@" | head -n 1 | grep -q WAITING
}

# last NAME FILTER: applies jq to the last complete line of $work/NAME.
last() {
    local line
    line=$(tail -n 2 "$work/$1" 2>/dev/null | head -c -0 |
        python3 -c 'import sys
whole = [l for l in sys.stdin if l.endswith("\n")]
sys.stdout.write(whole[-1] if whole else "")')
    [ -n "$line" ] && jq -r "$2" <<<"$line"
}

# has_state NAME STATE: whether the last sample of a watch has that state.
has_state() {
    [ "$(last "$1" .state)" = "$2" ]
}

# count NAME FILTER: prints how many samples of a watch match so far.
count() {
    jq -nR "[inputs | fromjson? | select($2)] | length" <"$work/$1"
}

# some NAME FILTER: whether at least one matches.
some() {
    [ "$(count "$1" "$2")" -gt 0 ]
}

# fields: JSON lines from stdin as `path value` lines, integers exact.
fields() {
    python3 -c 'import json, sys
for line in sys.stdin:
    for path, value in json.loads(line)["fields"].items():
        print(path, value)'
}

# value PATH: its value in the JSON line of stdin, integers exact.
value() {
    fields | sed -n "s/^$1 //p"
}

# unpacked PACKAGE: prints the folder of that unpacked Debian package.
unpacked() {
    "$here/fetch.sh" "$1" 2>"$work/fetch.err" ||
        skip "$1 cannot be fetched: $(tail -n 1 "$work/fetch.err")"
}

finish() {
    if [ "$failures" -gt 0 ]; then
        echo "# $failures failed"
        tail -n 3 "$work"/*.err | sed 's/^/# /'
        exit 1
    fi
    exit 0
}

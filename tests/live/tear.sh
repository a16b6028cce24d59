#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The copy function of shmtop reads torn values of a 64-bit counter that a
# 32-bit program writes with plain stores, and never of one written with single
# stores. bench/tear.sh measures how often.
. "$(dirname "$0")/lib.sh"

: "${TEAR:?}" "${TEAR_WRITER32:?}" "${TEAR_WRITER64:?}"
need taskset
cpus=$(taskset -cp $$)
cpus=${cpus##* }
writer_cpu=${cpus%%[,-]*} reader_cpu=${cpus##*[,-]}
[ "$writer_cpu" != "$reader_cpu" ] ||
    skip "writer and reader need a processor each"

# writes NAME WRITER KIND: starts a writer of $work/NAME, at full speed.
writes() {
    start "$1.out" taskset -c "$writer_cpu" "$2" "$work/$1" halves "$3" 0 60
}

# tally NAME SECONDS [until-torn]: reads it; sets $reads, $torn and others.
tally() {
    read -r bits reads torn changes stable stable_torn gave_up \
        < <(taskset -c "$reader_cpu" "$TEAR" "$work/$1" halves "${@:2}" \
            2>"$work/$1.tally.err")
    echo "# $1: $bits-bit reader: $reads reads, $torn torn, $changes changes;" \
        "$stable stable reads, $stable_torn torn, $gave_up given up"
}

for writer in "$TEAR_WRITER32" "$TEAR_WRITER64"; do
    [ -x "$writer" ] ||
        skip "no $(basename "$writer"): the compiler makes no such programs" \
            "(package gcc-multilib), or this is no x86"
    "$writer" "$work/try" halves plain 0 0 >/dev/null 2>&1 ||
        skip "$(basename "$writer") does not run here"
done

writes pairs "$TEAR_WRITER32" plain
tally pairs 30 until-torn
check "two stores of 4 bytes are seen torn" [ "${torn:-0}" -gt 0 ]
stop "$pid"

writes whole32 "$TEAR_WRITER32" whole
tally whole32 2
check "the counter of one store moves" [ "${changes:-0}" -gt 0 ]
same "one 8-byte store of a 32-bit program is never torn" "${torn:-}" 0
same "nor in a stable read" "${stable_torn:-}" 0
stop "$pid"

writes whole64 "$TEAR_WRITER64" plain
tally whole64 2
check "the counter of a 64-bit program moves" [ "${changes:-0}" -gt 0 ]
same "a plain store of a 64-bit program is never torn" "${torn:-}" 0
same "nor in a stable read" "${stable_torn:-}" 0
stop "$pid"
finish

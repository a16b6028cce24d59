# SPDX-License-Identifier: MIT
# Sourced after lib.sh by tests in which one program writes a counter and
# another reads it.
# shellcheck shell=bash

period_ms=20 # of writers and readers
# Larger than 32 bits and than the integers that a double holds exactly, and far
# apart, so that the numbers of two runs of a writer do not overlap.
first=9007199254740993
apart=1000000000

now_ms() { date +%s%3N; }

# layout FILE NAME START: writes a layout for a counter that starts at START.
layout() {
    cat >"$1" <<END
[mapping]
name = $2
size = 64
refresh = ${period_ms}ms
stale = 1s

[field counter]
offset = 0
type = i64
write = "count 1 from $3"
END
}

# begin START: notes the first number and the time of a writer that starts now.
begin() {
    from=$1
    begun_ms=$(now_ms)
}

# limit: prints the highest number that this writer can have written by now.
limit() {
    echo $((from + ($(now_ms) - begun_ms) / period_ms + 1))
}

# judge OUT [GENERATION]: whether the output of a reader shows the counter.
judge() {
    cp "$work/$1" "$work/judged" # first, because it grows
    python3 "$here/judge_counter.py" "$from" "$(limit)" "${@:2}" \
        <"$work/judged" >"$work/judge" 2>&1 && return
    sed 's/^/# /' "$work/judge"
    return 1
}

# saw OUT [GENERATION]: the same for a reader that still runs.
saw() {
    judge "$@" >/dev/null
}

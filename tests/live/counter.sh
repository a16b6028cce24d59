# SPDX-License-Identifier: MIT
# Sourced after lib.sh by the tests of pairs: one writes a counter, the other
# reads it.
# shellcheck shell=bash

period_ms=20 # of writers and readers
# Far above what a double holds exactly and what 32 bits hold, and so far apart
# that no run of a writer comes near the numbers of the next one.
first=9007199254740993
apart=1000000000

now_ms() { date +%s%3N; }

# layout FILE NAME START: a layout for a counter that begins at START.
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

# begin START: notes the numbers that the writer starting now can have written.
begin() {
    from=$1
    begun_ms=$(now_ms)
}

# limit: the highest number that it can have written by now.
limit() {
    echo $((from + ($(now_ms) - begun_ms) / period_ms + 1))
}

# judge OUT [GENERATION]: whether the reader with that output saw the counter.
judge() {
    cp "$work/$1" "$work/judged" # first, as it grows
    python3 "$here/judge_counter.py" "$from" "$(limit)" "${@:2}" \
        <"$work/judged" >"$work/judge" 2>&1 && return
    sed 's/^/# /' "$work/judge"
    return 1
}

# saw OUT [GENERATION]: the same, of a reader that still runs.
saw() {
    judge "$@" >/dev/null
}

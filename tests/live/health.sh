#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# require, heartbeat, pid and gone with a real producer that is not ready yet,
# pauses, is killed, starts again in the same memory, and ends normally.

# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

file=$work/health.bin
target=(--target "file:$file" "$here/health.ini")
producer() { # NAME
    start "$1" python3 "$here/health_producer.py" "$file"
    need_at_start "the producer starts" 10 grep -q ready "$work/$1"
}
head -c 64 /dev/zero >"$file"
producer first
first=$pid

once "${target[@]}" >"$work/refused" 2>"$work/refused.err"
same "an unmet require is no mapping" $? 66
check "and its message says the expression" grep -q \
    "require does not hold (yet): magic == 0x4e4f5453; --wait waits for it" \
    "$work/refused.err"
same "nothing was printed" "$(wc -c <"$work/refused")" 0

watch stream "${target[@]}"
reader=$pid
kill -USR1 "$first"
check "--wait begins when it holds" wait_until 10 has_state stream LIVE
same "with generation 1" "$(last stream .generation)" 1
same "of the producer" "$(last stream .fields.pid)" "$first"

kill -USR2 "$first"
check "a heart that stops is STALE" wait_until 10 has_state stream STALE
before=$(last stream .fields.counter)
counts_on() { [ "$(last stream .fields.counter)" -gt "$before" ]; }
check "though other fields move" wait_until 10 counts_on
check "still STALE" has_state stream STALE
"$SHMTOP" print --refresh 100ms --count 9 "${target[@]}" >"$work/text"
check "and it is said which" grep -q \
    "STALE, generation 1: heartbeat beat has not moved for 0.4 s" "$work/text"
kill -USR2 "$first"
check "one that beats again is LIVE" wait_until 10 has_state stream LIVE

stop "$first" KILL
check "a process that was killed is GONE" wait_until 10 has_state stream GONE
"$SHMTOP" print --once "${target[@]}" >"$work/text"
check "and it is said which" grep -q "process $first does not exist" \
    "$work/text"
check "what it left is shown, held" grep -q "Counter.*(held)\|counter.*(held)" \
    "$work/text"
"$SHMTOP" --screen 80x20 --count 1 --keys '<Tab>' "${target[@]}" >"$work/pane"
check "the health pane says so, too" grep -q \
    "process *$first does not exist" "$work/pane"

producer second
second=$pid
kill -USR1 "$second"
check "another one in the same memory is LIVE" wait_until 10 \
    has_state stream LIVE
same "and the next generation" "$(last stream .generation)" 2
check "which began REPLACED" some stream \
    '.state == "REPLACED" and .generation == 2'
"$SHMTOP" --screen 80x20 --count 1 --keys '<Tab>' "${target[@]}" >"$work/pane"
check "the health pane knows that it lives" grep -q "process *$second lives" \
    "$work/pane"

"$SHMTOP" print --once --fail-on warn "${target[@]}" >/dev/null 2>"$work/alarm"
same "an alarm is an exit code" $? 1
check "that names field and value" grep -q "alarm: counter = [0-9]* (warn >0)" \
    "$work/alarm"

stop "$second"
check "one that says that it ends is GONE" wait_until 10 has_state stream GONE
"$SHMTOP" print --once "${target[@]}" >"$work/text"
check "and it is said why" grep -q "the producer has ended: magic == 0xdead" \
    "$work/text"
"$SHMTOP" print --once --fail-on warn "${target[@]}" >/dev/null
same "what is only held is not judged" $? 0
stop "$reader"
finish

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# `print` and other programs: readers that stop reading, full disks, closed
# streams, files that others read at any time.
. "$(dirname "$0")/lib.sh"

printf '\x39\x30' >"$work/map"
truncate -s 64 "$work/map"
cat >"$work/map.ini" <<EOF
[mapping]
name = file:$work/map
size = 64
[field counter]
offset = 0
type = i64
[fields]
rest = u64[7] @8
EOF
layout=$work/map.ini
counter='"counter":12345'

# A reader that closes the pipe ends the stream, without a message.
timeout 20 bash -c '"$1" print --refresh 10ms --format json "$2" 2>"$3/pipe.err"
    echo $? >"$3/pipe.status"' - "$SHMTOP" "$layout" "$work" |
    head -n 2 >"$work/pipe"
wait_until 5 [ -s "$work/pipe.status" ]
same "head gets its two lines" "$(grep -c "$counter" "$work/pipe")" 2
same "SIGPIPE ends the stream" "$(cat "$work/pipe.status")" 141
same "and nothing is said" "$(cat "$work/pipe.err")" ""

# With SIGPIPE ignored, as under some supervisors, it is an I/O error.
timeout 20 bash -c 'trap "" PIPE
    "$1" print --refresh 10ms --format json "$2" 2>"$3/epipe.err"
    echo $? >"$3/epipe.status"' - "$SHMTOP" "$layout" "$work" |
    head -n 1 >"$work/epipe"
wait_until 5 [ -s "$work/epipe.status" ]
check "an ignored SIGPIPE ends it too" \
    grep -qxE '74|141' "$work/epipe.status"

# full FORMAT OPTION...: checks that a full disk is reported, for any output.
full() {
    local format=$1 status
    shift
    timeout 20 "$SHMTOP" print --format "$format" "$@" "$layout" \
        >/dev/full 2>"$work/full.err"
    status=$?
    same "/dev/full with $format $*: exit 74" "$status" 74
    same "/dev/full with $format $*: one line of why" \
        "$(grep -c . "$work/full.err")" 1
    check "/dev/full with $format $*: the reason" \
        grep -qi 'no space left' "$work/full.err"
}
for format in text json csv; do
    full "$format" --once
    full "$format" --refresh 10ms --count 3
done
full json --refresh 10ms
timeout 20 "$SHMTOP" --help >/dev/full 2>"$work/help.err"
same "--help into /dev/full: exit 74" $? 74
timeout 20 "$SHMTOP" --screen 80x24 "$layout" >/dev/full 2>"$work/screen.err"
same "--screen into /dev/full: exit 74" $? 74

# Closed streams.
timeout 20 "$SHMTOP" print --once "$layout" >&- 2>"$work/closed.err"
same "a closed stdout: exit 74" $? 74
check "a closed stdout: the reason" [ -s "$work/closed.err" ]
same "a closed stdin does not matter" \
    "$(timeout 20 "$SHMTOP" print --once --format json "$layout" <&- |
        grep -c "$counter")" 1
same "a closed stderr does not matter" \
    "$(timeout 20 "$SHMTOP" print --once --format json "$layout" 2>&- |
        grep -c "$counter")" 1
same "all closed but stdout" \
    "$(timeout 20 "$SHMTOP" print --once --format json "$layout" <&- 2>&- |
        grep -c "$counter")" 1
# The mapping must not get the descriptor of a closed stream, else messages
# would be written into it.
cp "$work/map" "$work/before"
timeout 20 "$SHMTOP" print --once "$layout" <&- >&- 2>&-
check "nothing is written into the mapping" cmp -s "$work/map" "$work/before"

# Data only on stdout, messages only on stderr.
"$SHMTOP" print --once --target "file:$work/no-such" "$layout" \
    >"$work/missing" 2>"$work/missing.err"
same "no such mapping: exit 66" $? 66
same "no such mapping: nothing on stdout" "$(cat "$work/missing")" ""
check "no such mapping: it is named" grep -q no-such "$work/missing.err"

# A stream reaches a slow reader line by line, not in blocks.
start lines "$SHMTOP" print --refresh 20ms --format json "$layout"
lines=$pid
check "lines come as they are sampled" \
    wait_until 5 grep -q "$counter" "$work/lines"
stop "$lines"
same "the last line is whole" "$(tail -c 1 "$work/lines" | od -An -c | tr -d ' ')" '\n'

# whole FILE [TIMES]: reads it TIMES times; whether it always has only complete
# JSON objects, or still `old`.
whole() {
    python3 -c 'import json, sys, time
for look in range(int(sys.argv[2])):
    text = open(sys.argv[1]).read()
    assert text == "" or text.endswith("\n"), "cut: " + text[-40:]
    for line in text.splitlines() if text != "old\n" else []:
        assert json.loads(line)["fields"]["counter"] == 12345
    time.sleep(0.01)' "$1" "${2:-1}"
}

# --output: at any time, others see the old file or a complete one.
# watch_output WHAT OPTION...: reads the file many times during a run, and after
# TERM has ended it.
watch_output() {
    local what=$1
    shift
    rm -rf "$work/out"
    mkdir "$work/out"
    echo old >"$work/out/data"
    start output "$SHMTOP" print --refresh 5ms --format json \
        --output "$work/out/data" "$@" "$layout"
    check "$what is never half written" whole "$work/out/data" 60
    stop "$pid"
    check "$what is whole after TERM" whole "$work/out/data"
    check "$what holds the samples" grep -q "$counter" "$work/out/data"
    same "$what leaves no temporary file" "$(ls "$work/out")" data
    same "$what leaves stdout empty" "$(cat "$work/output")" ""
}
watch_output "--output of a stream"
watch_output "--output with --count" --count 100000

"$SHMTOP" print --once --format json --output "$work/out/once" "$layout"
same "--output --once: exit 0" $? 0
check "--output --once: whole" whole "$work/out/once"

echo old >"$work/out/keep"
"$SHMTOP" print --once --target "file:$work/no-such" --output "$work/out/keep" \
    "$layout" 2>/dev/null
same "a run that fails leaves the old file" "$(cat "$work/out/keep")" old
"$SHMTOP" print --once --output "$work/no/such/folder" "$layout" 2>"$work/folder.err"
same "--output into no folder: exit 73" $? 73
check "and the file is named" grep -q "no/such/folder" "$work/folder.err"
same "nothing else is left" "$(ls "$work/out" | sort | tr '\n' ' ')" "data keep once "

finish

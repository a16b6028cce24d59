#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# `write` of a mapping that takes long to allocate: a stop signal ends it soon
# and it removes the mapping; other signals do not end it.  strace delays the
# allocation of each part.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
need strace
strace -o "$work/trial" true 2>/dev/null || skip "strace may not trace here"
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0 # under ptrace

parts=8 # of 64 MiB
file=$work/huge
cat >"$work/huge.ini" <<END
[mapping]
name = file:$file
size = $((parts << 26))
refresh = 20ms
[fields]
counter = i64 @0 write="count 1"
END

# serve DELAY_MS [OPTION...]: starts the server, its id in $server; each part
# takes DELAY_MS.
serve() {
    : >"$work/calls"
    start strace strace -o "$work/calls" -e trace=fallocate \
        -e "inject=fallocate:delay_exit=$(($1 * 1000))" \
        python3 -c 'import os, signal, sys
for one in signal.SIGINT, signal.SIGHUP, signal.SIGTERM:
    signal.signal(one, signal.SIG_DFL)
os.execvp(sys.argv[1], sys.argv[1:])' \
        "$SHMTOP" write --quiet "${@:2}" "$work/huge.ini"
    tracer=$pid
    wait_until 20 calls_reach 2 || { echo "not ok - it allocates"; exit 1; }
    server=$(pgrep -P "$tracer")
}
calls() { grep -c '^fallocate' "$work/calls"; }
calls_reach() { [ "$(calls)" -ge "$1" ]; }
kept() { [ "$(cat "$file" 2>/dev/null)" = old ]; }
goes_on() { calls_reach "$1" || is_full_size; }
is_full_size() { [ "$(stat -c %s "$file")" -eq $((parts << 26)) ]; }

# ends_early SIGNAL: whether it ends before all parts are allocated.
ends_early() {
    kill "-$1" "$server"
    wait "$tracer"
    same "SIG$1 ends it: exit 0" $? 0
    check "... before it has allocated all" [ "$(calls)" -lt "$parts" ]
    same "... without a word" "$(cat "$work/strace.err")" ""
}

for signal in INT TERM HUP; do
    serve 500
    check "nobody sees a part of it" [ ! -s "$file" ]
    ends_early "$signal"
    check "... and leaves nothing behind" [ ! -e "$file" ]
done

echo old >"$file"
serve 500 --replace
check "--replace: the old file stays so long" kept
ends_early TERM
check "... and after it, too" kept
same "... with nothing beside it" "$(find "$work" -name '.shmtop-*')" ""
rm "$file"

serve 300
for signal in WINCH CONT WINCH; do
    kill "-$signal" "$server"
    before=$(calls)
    check "SIG$signal does not end it" \
        wait_until 20 goes_on $((before + 1))
done
check "it gets all of it" wait_until 60 is_full_size
same "and has it on the disk" \
    "$([ "$(du -B 1 "$file" | cut -f 1)" -ge $((parts << 26)) ] && echo yes)" yes
kill "$server"
wait "$tracer"
same "a stop ends it then: exit 0" $? 0
check "and removes it" [ ! -e "$file" ]
finish

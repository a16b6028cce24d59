#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# One server and all four clients: shmtop starts before the server and runs on
# over restarts, .NET programs open an existing mapping and hold it.
#
# Usage: bridge_writer.sh shmtop64|shmtop32|server64|server32
# Started by bridge.sh; PROGRAMS is a folder with those four and client64,
# client32.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source-path=SCRIPTDIR source=counter.sh
. "$here/counter.sh"
: "${PROGRAMS:?names the folder of the programs}"

server=$1
name=shmtop-bridge-$$
run=0 # of the server, counted

# compose PROGRAM START: puts the command of a server into $command.
compose() {
    case $1 in
    shmtop*)
        layout "$work/$1.ini" "$name" "$2"
        command=("$PROGRAMS/$1" write "$work/$1.ini")
        ;;
    server*)
        command=("$PROGRAMS/$1" --name "$name" --period "$period_ms"
            --start "$2")
        ;;
    esac
}

# serve: starts the server again, with numbers far from those before.
serve() {
    compose "$server" $((first + run * apart))
    begin $((first + run * apart))
    run=$((run + 1))
    start server "${command[@]}"
    writer=$pid
}

# up: whether the server writes or has ended.
up() {
    [ -s "$work/server" ] || grep -q "writing counter" "$work/server.err" ||
        ! kill -0 "$writer" 2>/dev/null
}

# come_back: restarts the server while shmtop still shows the one before.
# shmtop opens the name for a moment now and then, to check whether it exists.
# Only in that moment is the server refused, so three tries are enough.
come_back() {
    local try
    for try in 1 2 3; do
        serve
        wait_until 20 up && kill -0 "$writer" 2>/dev/null && return
        echo "# try $try: $(tail -n 1 "$work/server.err")"
    done
    return 1
}

# refused PROGRAM: whether it exits with 73 and a message with the mapping.
refused() {
    compose "$1" 1
    timeout 30 "${command[@]}" >"$work/refused" 2>&1 </dev/null
    local status=$?
    [ "$status" -eq 73 ] && grep -q "$name" "$work/refused" && return
    sed "s/^/# exit $status: /" "$work/refused"
    return 1
}

# waits BITS: whether shmtop with these bits is waiting.
waits() {
    local SHMTOP=$PROGRAMS/shmtop$1
    is_waiting "$work/reader.ini"
}

# see BITS GENERATION: checks shmtop after a start of the server.
see() {
    local out=shmtop$1 what="seen by shmtop$1, generation $2"
    wait_until 30 saw "$out" "$2"
    check "$what: it counts" judge "$out" "$2"
    same "$what: LIVE" "$(last "$out" '"\(.state) \(.generation)"')" "LIVE $2"
}

# ask BITS: runs a .NET client that reads some values.
ask() {
    start "asks$1" "$PROGRAMS/client$1" --name "$name" --period "$period_ms" \
        --count 50
    asking[$1]=$pid
}

# answered BITS: checks these values.
answered() {
    wait "${asking[$1]}"
    same "seen by client$1, run $run: it ends well" $? 0
    same "seen by client$1, run $run: all it asked for" \
        "$(wc -l <"$work/asks$1")" 50
    check "seen by client$1, run $run: it counts" judge "asks$1"
}

# frozen OUT: whether the last ten numbers of a .NET client are equal.
frozen() {
    [ "$(tail -n 11 "$work/$1" | head -n 10 | sort -u | wc -l)" -eq 1 ]
}

# --- no server yet
layout "$work/reader.ini" "$name" 0
for bits in 64 32; do
    SHMTOP=$PROGRAMS/shmtop$bits watch "shmtop$bits" "$work/reader.ini"
    readers[bits]=$pid
    "$PROGRAMS/client$bits" --name "$name" >"$work/none" 2>&1 </dev/null
    same "no server: client$bits ends with exit 66" $? 66
    "$PROGRAMS/shmtop$bits" print --once "$work/reader.ini" \
        >"$work/none" 2>&1 </dev/null
    same "no server: shmtop$bits print ends with exit 66" $? 66
    check "... and names the mapping" grep -q "$name" "$work/none"
done
for bits in 64 32; do
    check "no server: shmtop$bits shows WAITING" waits "$bits"
    check "... and waits" kill -0 "${readers[bits]}"
done

# --- the server starts
serve
for bits in 64 32; do
    see "$bits" 1
    same "the first sample of shmtop$bits, there before the server" \
        "$(head -n 1 "$work/shmtop$bits" |
            jq -r '"\(.state) \(.generation)"')" "LIVE 1"
    ask "$bits"
done
answered 64
answered 32

# --- no other server gets its name
for other in shmtop64 shmtop32 server64 server32; do
    check "its name is refused to $other" refused "$other"
done
before=$(last shmtop64 .fields.counter)
goes_on() { [ "$(last shmtop64 .fields.counter)" -gt "$before" ]; }
check "... and it goes on" wait_until 10 goes_on
check "... with its numbers, for shmtop64" judge shmtop64 1
check "... and for shmtop32" judge shmtop32 1

# --- the server restarts: shmtop does not hold the name
stop "$writer" KILL
for bits in 64 32; do
    check "it ends: GONE for shmtop$bits" \
        wait_until 30 has_state "shmtop$bits" GONE
    check "... with the last value held" \
        [ "$(last "shmtop$bits" .fields.counter)" -gt "$before" ]
done
serve
for bits in 64 32; do
    see "$bits" 2
    ask "$bits"
done
answered 64
answered 32

stop "$writer" KILL
check "it comes back at once" come_back
for bits in 64 32; do see "$bits" 3; done

# --- the server ends while .NET clients hold the mapping
for bits in 64 32; do
    start "client$bits" "$PROGRAMS/client$bits" --name "$name" \
        --period "$period_ms"
    clients[bits]=$pid
done
for bits in 64 32; do
    wait_until 30 saw "client$bits"
    check "client$bits sees it count" judge "client$bits"
done
stop "$writer" KILL
for bits in 64 32; do
    check "it ends: client$bits stays at the last value" \
        wait_until 10 frozen "client$bits"
    check "it ends while clients hold the name: STALE for shmtop$bits" \
        wait_until 30 has_state "shmtop$bits" STALE
done
check "... and it cannot come back" refused "$server"
stop "${clients[64]}" KILL
check "... nor while the last client is there" refused "$server"
for bits in 64 32; do
    same "... which is not GONE for shmtop$bits" \
        "$(last "shmtop$bits" '"\(.state) \(.generation)"')" "STALE 3"
done
stop "${clients[32]}" KILL
for bits in 64 32; do
    check "the last client ends: GONE for shmtop$bits" \
        wait_until 30 has_state "shmtop$bits" GONE
done
serve
for bits in 64 32; do
    see "$bits" 4
    same "REPLACED for shmtop$bits, once each time" \
        "$(jq -r 'select(.state == "REPLACED").generation' \
            <"$work/shmtop$bits" | tr '\n' ' ')" "2 3 4 "
    ask "$bits"
done
answered 64
answered 32
finish

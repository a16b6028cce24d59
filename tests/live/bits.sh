#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# 32-bit and 64-bit programs on one POSIX mapping: each writer with each reader.
# The reader starts first, and the writer restarts in two ways.
# SHMTOP is the 64-bit program, SHMTOP32 the 32-bit one.
[ -n "${PRIVATE_SHM-}" ] ||
    exec sh "$(dirname "$0")/../private_shm.sh" bash "$0"
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source-path=SCRIPTDIR source=counter.sh
. "$here/counter.sh"
: "${SHMTOP32:?names the 32-bit program}"
command -v "$SHMTOP32" >/dev/null || { echo "no program $SHMTOP32"; exit 1; }

program=([32]=$SHMTOP32 [64]=$SHMTOP)
at_exit() { rm -f /dev/shm/shmtop-bits-"$$"-*; }

# The first bytes of an ELF file contain its bitness.
class() { head -c 5 "$1" | tail -c 1 | od -An -tu1 | tr -d ' '; }
same "SHMTOP32 is a 32-bit program" "$(class "$(command -v "$SHMTOP32")")" 1
same "SHMTOP is a 64-bit program" "$(class "$(command -v "$SHMTOP")")" 2

# serve START [OPTION...]: starts the writer, counting from START.
serve() {
    layout "$work/writer.ini" "$name" "$1"
    begin "$1"
    start writer "${program[$bits]}" write "${@:2}" "$work/writer.ini"
    writer=$pid
}

# refused BY: checks for exit 73 and an unchanged mapping.
refused() {
    "${program[$1]}" write "$work/writer.ini" >"$work/refused" 2>&1
    [ $? -eq 73 ] && grep -q "$name" "$work/refused"
}

# waits BITS: whether the reader with these bits is waiting.
waits() {
    local SHMTOP=${program[$1]}
    is_waiting "$work/reader.ini"
}

# see BITS GENERATION: checks a reader after the start of a writer.
see() {
    local out=reader$1 what="writer $bits, reader $1, generation $2"
    wait_until 10 saw "$out" "$2"
    check "$what: sees it count" judge "$out" "$2"
    same "$what: LIVE" "$(last "$out" '"\(.state) \(.generation)"')" "LIVE $2"
}

for bits in 64 32; do
    name=shmtop-bits-$$-$bits
    layout "$work/reader.ini" "$name" 0
    for reader in 64 32; do
        SHMTOP=${program[$reader]} watch "reader$reader" "$work/reader.ini"
        readers[reader]=$pid
        check "writer $bits, reader $reader: waits for it" \
            waits "$reader"
    done
    serve "$first"
    for reader in 64 32; do
        see "$reader" 1
        same "writer $bits, reader $reader: the first sample" \
            "$(head -n 1 "$work/reader$reader" |
                jq -r '"\(.state) \(.generation)"')" "LIVE 1"
        check "writer $bits: a second one of $reader bits is refused" \
            refused "$reader"
    done

    stop "$writer"
    for reader in 64 32; do
        check "writer $bits ends, reader $reader: GONE" \
            wait_until 10 has_state "reader$reader" GONE
    done
    serve $((first + apart))
    for reader in 64 32; do see "$reader" 2; done

    stop "$writer" KILL # does not remove the mapping
    serve $((first + 2 * apart)) --replace
    for reader in 64 32; do
        see "$reader" 3
        same "writer $bits, reader $reader: REPLACED, once each time" \
            "$(jq -r 'select(.state == "REPLACED").generation' \
                <"$work/reader$reader" | tr '\n' ' ')" "2 3 "
    done
    stop "$writer"
    for reader in 64 32; do stop "${readers[reader]}"; done
done
finish

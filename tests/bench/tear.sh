#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# How often the copy function of shmtop reads a torn 64-bit counter: writers
# and readers of both bitnesses, plain and stable reads, each on its own
# processor. Prints the instructions of the plain store, then a line for each
# pair of writer and reader; `changes` are reads that differ from the read
# before.
# usage: tear.sh FOLDER64 FOLDER32 [SECONDS a line]
#   where `tear`, `tear_writer32` and `tear_writer64` were built for each
set -euo pipefail
export LC_ALL=C.UTF-8
folder64=$1 folder32=$2 seconds=${3:-3}
writer_seconds=$((seconds + 1))

cpus=$(taskset -cp $$)
cpus=${cpus##* }
writer_cpu=${cpus%%[,-]*} reader_cpu=${cpus##*[,-]}
[ "$writer_cpu" != "$reader_cpu" ] ||
    { echo "tear.sh: needs two processors" >&2; exit 1; }

memory=$(mktemp "/dev/shm/shmtop-tear.XXXXXX")
writer=
cleanup() {
    [ -z "$writer" ] || kill "$writer" 2>/dev/null || true
    rm -f "$memory"
}
trap cleanup EXIT

for bits in 32 64; do
    echo "a plain store of 8 bytes by the $bits-bit writer:"
    objdump -d --no-show-raw-insn --disassemble=store_plain \
        "$folder64/tear_writer$bits" | grep -E '^ +[0-9a-f]+:'
done
echo

# share TORN ALL: TORN / ALL in parts per million or in percent.
share() {
    awk -v torn="$1" -v all="$2" 'BEGIN {
        part = all ? torn / all : 0
        if (torn == 0) printf "0"
        else if (part < 1e-5) printf "%.2g ppm", part * 1e6
        else if (part < 1e-3) printf "%.0f ppm", part * 1e6
        else printf "%.1f %%", part * 100 }'
}

# short NUMBER: 1234, 56 k, 7.8 M
short() {
    awk -v n="$1" 'BEGIN {
        if (n < 1e4) printf "%.0f", n
        else if (n < 1e6) printf "%.0f k", n / 1e3
        else printf "%.1f M", n / 1e6 }'
}

form='%-7s %-6s %-7s %8s  %-7s %8s %8s %8s %8s  %8s %8s %8s\n'
# shellcheck disable=SC2059 # one form for head and rows
printf "$form" "writer" "store" "values" "stores/s" "reader" "reads" \
    "changes" "torn" "" "stable" "torn" "given up"

# row WRITER-BITS plain|whole halves|across HZ READER-FOLDER
row() {
    local bits reads torn changes stable stable_torn gave_up stores
    : >"$memory"
    taskset -c "$writer_cpu" "$folder64/tear_writer$1" \
        "$memory" "$3" "$2" "$4" "$writer_seconds" >"$memory.stores" &
    writer=$!
    read -r bits reads torn changes stable stable_torn gave_up \
        < <(taskset -c "$reader_cpu" "$5/tear" "$memory" "$3" "$seconds")
    wait "$writer"
    writer=
    stores=$(cat "$memory.stores")
    rm -f "$memory.stores"
    [ "$changes" -gt 0 ] ||
        { echo "tear.sh: the counter stood still" >&2; exit 1; }
    # shellcheck disable=SC2059
    printf "$form" "$1-bit" "$2" "$3" \
        "$(short "$(awk -v n="$stores" -v s="$writer_seconds" \
            'BEGIN { print n / s }')")" \
        "$bits-bit" "$(short "$reads")" "$(short "$changes")" "$torn" \
        "$(share "$torn" "$reads")" \
        "$(short "$stable")" "$(share "$stable_torn" "$stable")" \
        "$(share "$gave_up" "$((stable + gave_up))")"
}

for reader in "$folder64" "$folder32"; do
    for hz in 0 1000; do
        row 32 plain halves "$hz" "$reader"
        row 32 plain across "$hz" "$reader"
        row 32 whole halves "$hz" "$reader"
        row 64 plain halves "$hz" "$reader"
    done
done

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Performance Co-Pilot's demo acme and its file of memory-mapped values,
# compared with mmvdump, alive and killed.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
need gcc
pcp=$(unpacked pcp) || exit
mmvdump=$pcp/usr/lib/pcp/pmdas/mmv/mmvdump
gcc -w -o "$work/acme" "$pcp/usr/share/pcp/demos/mmv/acme.c" -lpcp_mmv -lpcp \
    2>"$work/gcc.err" || skip "acme does not build: $(head -n 1 "$work/gcc.err")"

mkdir -p "$work/mmv"
file=$work/mmv/acme
target=(--target "file:$file" "$here/acme.ini")
acme() { PCP_TMP_DIR=$work exec "$work/acme"; }
start acme.out acme
acme=$pid
is_made() {
    local anvils
    anvils=$(once "${target[@]}" 2>/dev/null | value at_704)
    [ "${anvils:-0}" -gt 0 ]
}
need_at_start "acme makes its file and its first anvil" 10 is_made
watch live "${target[@]}"
shmtop=$pid

# --- alive: all machines work or queue at the same times.
moved() { [ "$(count live '.state == "LIVE"')" -ge 40 ]; }
check "forty samples" wait_until 20 moved
counts=$(jq -nR '[inputs | fromjson? | .fields | [
    .at_800 + .at_896, .at_832 + .at_928, .at_864 + .at_960] | unique |
    length] | "\(length) \(map(select(. == 1)) | length)"' -r <"$work/live")
read -r all whole <<<"$counts"
echo "# time + queuetime is the same for all products in $whole of $all samples"
# A sample may fall between two stores of acme; these take microseconds.
check "in all but a few" [ $((all - whole)) -le $((all / 20)) ]
rising() {
    jq -nRe '[inputs | fromjson? | .fields.at_704] | . == sort and
        (unique | length) > 5' <"$work/live" >/dev/null
}
check "the count of anvils rises" rising
kill -STOP "$acme"
same_as_dump() { # WHAT
    "$mmvdump" "$file" >"$work/dump"
    sed -n 's|^  \[[0-9]*/\([0-9]*\)\] products.* = \([0-9]*\)$|at_\1 \2|p' \
        "$work/dump" >"$work/wanted"
    once "${target[@]}" | fields >"$work/all"
    grep '^at_' "$work/all" >"$work/got"
    same "$1: nine values" "$(wc -l <"$work/wanted")" 9
    same_files "$1: each is what mmvdump prints" "$work/got" "$work/wanted"
    # The shipped layout finds values and their names in the file.
    sed -n 's|^  \[.*\] \(products[^ ]*\)\[[0-9]* or "\(.*\)"\] = \([0-9]*\)$|\1 \2 \3|p' \
        "$work/dump" >"$work/wanted"
    once --verbose --verbose --target "file:$file" "$layouts/pcp_mmv.ini" |
        jq -r '.fields as $all | range(9) | "values[\(.)]" | "\(
            $all[. + ".metric.name"]) \($all[. + ".instance.name"]) \(
            $all[. + ".value"])"' >"$work/got"
    same_files "$1: so is each, by name, with the shipped layout" \
        "$work/got" "$work/wanted"
}
same_as_dump stopped
ours() { sed -n "s/^$1 //p" "$work/all"; }
dumped() { sed -n "s/^$1  *= //p" "$work/dump"; }
same "magic" "$(ours magic)" MMV
same "version" "$(ours version)" "$(dumped Version)"
same "number of contents" "$(ours tocs)" "$(dumped 'TOC count')"
same "cluster" "$(ours cluster)" "$(dumped Cluster)"
same "process" "$(ours pid)" "$acme"
same "generation" "$(once --raw "${target[@]}" | value generation)" \
    "$(dumped Generated)"
same "committed" "$(ours committed)" "$(ours generation)"
same "instances" "$(ours name_anvils) $(ours name_rockets) $(ours name_bands)" \
    "$(sed -n 's/.* instance = .*"\(.*\)"\]/\1/p' "$work/dump" | xargs)"
same "metrics" \
    "products.count products.time products.queuetime" \
    "$(ours metric_count) $(ours metric_time) $(ours metric_queuetime)"
check "stopped: STALE" wait_until 20 has_state live STALE
kill -CONT "$acme"
check "continued: LIVE" wait_until 10 has_state live LIVE

# --- killed: the file remains, with its last values.
stop "$acme" KILL
same_as_dump killed
check "killed: STALE" wait_until 20 has_state live STALE
same "still generation 1" "$(last live .generation)" 1

# --- acme creates its file again.
start acme2.out acme
acme=$pid
check "another acme: REPLACED" wait_until 20 some live '.state == "REPLACED"'
check "then LIVE" wait_until 10 has_state live LIVE
same "as generation 2" "$(last live .generation)" 2
same "of the new process" "$(last live .fields.pid)" "$acme"
stop "$acme"
rm "$file"
check "removed: GONE" wait_until 10 has_state live GONE
same "the last process is held" "$(last live .fields.pid)" "$acme"
stop "$shmtop"
finish

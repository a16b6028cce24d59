#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# A C# program on Mono that writes an Int64 and a Double into a file in /dev/shm
# through MemoryMappedFile.
[ -n "${PRIVATE_SHM-}" ] ||
    exec sh "$(dirname "$0")/../private_shm.sh" bash "$0"
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
need mcs mono

name=shmtop-live-mono.$$
file=/dev/shm/$name
at_exit() { rm -f "$file"; }
export MONO_DISABLE_SHARED_AREA=1 # else it does not remove /dev/shm/mono.PID
mcs -out:"$work/Writer.exe" "$here/Writer.cs" || exit 1

target=(--target "shm:$name" "$here/mono.ini")
watch live "${target[@]}"
shmtop=$pid
check "before the program runs: WAITING" is_waiting "${target[@]}"

start writer mono "$work/Writer.exe" "$file" "$work/rest"
writer=$pid
need_at_start "the program makes its file" 20 [ -s "$file" ]
check "found: LIVE" wait_until 10 has_state live LIVE
same "from the first sample on" \
    "$(head -n 1 "$work/live" | jq -c '[.state, .generation]')" '["LIVE",1]'
moved() { [ "$(count live '.fields.counter != null')" -ge 20 ]; }
check "twenty samples" wait_until 20 moved

# Each value of a sample is whole, but they may be of different steps of the
# writer: the real number belongs to this counter or to the one before.
judge() {
    python3 -c '
import json, math, sys
last, seen = 0, set()
for line in sys.stdin:
    if not line.endswith("\n"):
        break
    sample = json.loads(line)["fields"]
    counter, real = sample["counter"], sample["real"]
    if not counter:
        continue
    assert counter >= last, (counter, last)
    assert counter > 9007199254740992, counter
    assert any(real == c % 1000000 * math.pi
               for c in (counter - 1, counter)) or not real, sample
    last = counter
    seen.add(counter)
assert len(seen) >= 10, seen
' <"$work/live"
}
check "counter rises, exactly; the double is the one that belongs to it" judge

touch "$work/rest"
wait_until 10 [ -s "$work/writer" ] || exit 1
same "at rest: what C# reads back" \
    "$(once "${target[@]}" | fields | sort)" \
    "$(python3 -c 'counter, real = input().split()
print("counter", int(counter))
print("real", float(real)) # C# may print one more digit' <"$work/writer")"
check "at rest: STALE" wait_until 20 has_state live STALE
rm "$work/rest"
check "goes on: LIVE" wait_until 10 has_state live LIVE

# --- the program ends, its file is removed, both are created again
stop "$writer"
rm -f "$file"
check "removed: GONE" wait_until 10 has_state live GONE
held=$(last live .fields.counter)
check "the last value is held" [ "$held" != null ]
start writer mono "$work/Writer.exe" "$file" "$work/rest"
check "back again: REPLACED" wait_until 20 some live '.state == "REPLACED"'
check "then LIVE" wait_until 10 has_state live LIVE
same "as generation 2" "$(last live .generation)" 2
same "REPLACED is one sample" "$(count live '.state == "REPLACED"')" 1
stop "$shmtop"
finish

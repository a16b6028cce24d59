#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# gpsd's reference clock for NTP in System V shared memory, with a fake receiver
# over TCP, compared with ntpshmmon, which reads the same segment.

# The keys of the segments are fixed for a whole machine.
[ -n "${PRIVATE_SHM-}" ] ||
    exec sh "$(dirname "$0")/../private_shm.sh" bash "$0"
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
need ipcs ipcrm

keys() { # prints the keys of NTP units and of the export segment that exist
    ipcs -m | grep -oE '^0x(4e54503[0-7]|53484d54)'
}

PATH=$PATH:/usr/sbin
command -v gpsd >/dev/null || {
    gps=$(unpacked gpsd) || exit
    PATH=$PATH:$gps/usr/sbin:$gps/usr/bin
}
need gpsd ntpshmmon

start receiver "$here/fake_nmea.py" "$work/port"
need_at_start "the fake receiver listens" 10 [ -s "$work/port" ]
read -r nmea_port own_port <"$work/port"
daemon() {
    GPSD_SHM_KEY=0x53484d54 exec gpsd -N -n -S "$own_port" \
        "tcp://127.0.0.1:$nmea_port"
}
start gpsd daemon
gpsd=$pid

# Units 0 and 1 are for root: the unit that gpsd uses depends on its user.
unit=0
[ "$(id -u)" -eq 0 ] || unit=2
key=$(printf '0x4e5450%x' $((0x30 + unit)))
target=(--verbose --raw --target "sysv:$key" "$layouts/ntp_shm.ini")
is_valid() { [ "$(once "${target[@]}" 2>/dev/null | value valid)" = 1 ]; }
need_at_start "gpsd tells the time to unit $unit" 60 is_valid

watch live "${target[@]}"
shmtop=$pid
check "LIVE" wait_until 10 has_state live LIVE
timeout 30 ntpshmmon -n 5 >"$work/ntpshmmon"
wait_until 5 has_state live LIVE
sed -n "s/^sample NTP$unit *[0-9.]* *//p" "$work/ntpshmmon" |
    sed 's/  */ /g' >"$work/theirs"
same "samples of ntpshmmon" "$(wc -l <"$work/theirs")" 5

# Samples of ntpshmmon have receive time, clock time, leap, precision.
judge() {
    python3 -c '
import json, sys
ours = {}
for line in open(sys.argv[1]):
    if not line.endswith("\n"):
        break
    f = json.loads(line)["fields"]
    if f["count"] is None or f["count"] % 2:
        continue  # gpsd is writing
    assert f["mode"] == 1, f
    assert f["valid"] == 1, f
    assert f["clock_usec"] == f["clock_nsec"] // 1000, f
    assert f["receive_usec"] == f["receive_nsec"] // 1000, f
    stamp = "%d.%09d" % (f["receive_sec"], f["receive_nsec"])
    ours[stamp] = "%d.%09d %d %d" % (
        f["clock_sec"], f["clock_nsec"], f["leap"], f["precision"])
found = 0
for line in open(sys.argv[2]):
    stamp, theirs = line.strip().split(" ", 1)
    if stamp in ours:
        assert ours[stamp] == theirs, (stamp, ours[stamp], theirs)
        found += 1
print("#", found, "samples of ntpshmmon are among ours, equal in all values")
assert found >= 3, (found, sorted(ours))
' "$work/live" "$work/theirs"
}
check "each value is what ntpshmmon shows" judge
rises() {
    jq -nRe '[inputs | fromjson? | .fields.count | values] | . == sort and
        (unique | length) >= 3' <"$work/live" >/dev/null
}
check "count rises" rises
same "the mode has its word" "$("$SHMTOP" print --once --format json --verbose \
    --target "sysv:$key" "$layouts/ntp_shm.ini" | value mode)" counted
id=$(ipcs -m | awk -v key="$key" '$1 == key { print $2 }')
same_by_id() { # fails if the second ends at this moment
    [ "$(once "${target[@]}" --target "sysv:id=$id" | jq .fields)" = \
        "$(once "${target[@]}" | jq .fields)" ]
}
check "by its id, the same segment" wait_until 10 same_by_id

# --- gpsd ends: the segment remains, and is removed later
stop "$gpsd"
check "the segment outlives gpsd" [ -n "$(keys)" ]
check "which is STALE" wait_until 20 has_state live STALE
nattch() { ipcs -m | awk -v key="$key" '$1 == key { print $6 }'; }
same "only the watcher is attached" "$(nattch)" 1
ipcrm -M "$key"
check "removed: GONE" wait_until 10 has_state live GONE
check "and not kept alive by who watches" [ -z "$(ipcs -m -i "$id" 2>/dev/null |
    grep "shmid=$id")" ]
check "the last values are held" [ "$(last live .fields.clock_sec)" -gt 0 ]

# --- gpsd again
start gpsd2 daemon
gpsd=$pid
check "a new segment: REPLACED" wait_until 20 some live '.state == "REPLACED"'
check "then LIVE" wait_until 10 has_state live LIVE
same "as generation 2" "$(last live .generation)" 2
again() { [ "$(last live '.fields.valid')" = 1 ]; }
check "with the time" wait_until 60 again
stop "$gpsd"
stop "$shmtop"
finish
